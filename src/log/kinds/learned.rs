//! What one has from the other.

use super::shape::Shape;
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape { id: "learned", theme: Some(Theme::Learning), ..Shape::PLAIN };
