//! Something from before.

use super::shape::Shape;
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape { id: "story", theme: Some(Theme::Legacy), ..Shape::PLAIN };
