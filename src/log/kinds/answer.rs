//! An answer to a question of the library. Sealed until both have answered: see [`crate::log::view::readable`].

use super::shape::Shape;
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape { id: "answer", theme: Some(Theme::Connection), ..Shape::PLAIN };
