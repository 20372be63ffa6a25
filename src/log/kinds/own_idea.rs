//! An idea of their own: something to do that either of them has thought of. It stands among the ideas of the library, and the
//! entry's id serves as the idea's, so whatever can name an idea can name it.

use super::shape::{Shape, Whose};
use crate::caps;

/// The kind.
pub const SHAPE: Shape = Shape {
    id: "own-idea",
    whose: Whose::Both,
    parts: &["steps"],
    most: caps::TITLE_CHARS,
    takes: true,
    has_history: true,
    ..Shape::PLAIN
};
