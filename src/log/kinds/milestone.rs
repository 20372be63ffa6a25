//! Something that has changed for good, with its day.

use super::shape::{Day, Shape};
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape =
    Shape { id: "milestone", theme: Some(Theme::Change), day: Some(Day::Happened), ..Shape::PLAIN };
