//! A thing they always do, and how it moves on: the old way stays beside the new.

use super::shape::{Shape, Whose};
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape {
    id: "ritual",
    whose: Whose::Both,
    theme: Some(Theme::Change),
    parts: &["when"],
    has_history: true,
    ..Shape::PLAIN
};
