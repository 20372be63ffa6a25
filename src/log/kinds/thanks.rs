//! Thanks for something exact.

use super::shape::Shape;
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape { id: "thanks", theme: Some(Theme::Connection), ..Shape::PLAIN };
