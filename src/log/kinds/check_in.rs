//! How I am: a feeling, and as many words as there are, none included.

use super::shape::Shape;
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape =
    Shape { id: "check-in", theme: Some(Theme::Feelings), feeling_first: true, ..Shape::PLAIN };
