//! A question of their own, for both: it is answered sealed like any other, under the entry's id. It stays its writer's,
//! since answers stand under it.

use super::shape::Shape;
use crate::caps;

/// The kind.
pub const SHAPE: Shape =
    Shape { id: "own-question", most: caps::TITLE_CHARS, has_history: true, ..Shape::PLAIN };
