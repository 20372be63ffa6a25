//! A moment: something lived and told.

use super::shape::Shape;

/// The kind.
pub const SHAPE: Shape = Shape { id: "moment", ..Shape::PLAIN };
