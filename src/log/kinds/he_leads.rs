//! A line of the list of what he does on his own, what they do together, and where he would like to be asked.

use super::shape::{Shape, Whose};
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape {
    id: "he-leads",
    whose: Whose::Both,
    theme: Some(Theme::OwnFeet),
    choices: &["own", "together", "ask"],
    has_history: true,
    ..Shape::PLAIN
};
