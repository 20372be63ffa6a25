//! A letter that opens on a day, or when something has come to pass: an envelope, not a vault.

use super::shape::{Day, Shape};
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape {
    id: "letter",
    theme: Some(Theme::Legacy),
    parts: &["opens-when"],
    day: Some(Day::Opens),
    ..Shape::PLAIN
};
