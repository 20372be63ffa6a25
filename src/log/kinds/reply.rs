//! A reply to an entry: a sort that is enough by itself, or words.

use super::shape::Shape;

/// The kind.
pub const SHAPE: Shape = Shape {
    id: "reply",
    choices: &["heard", "more", "glad", "later"],
    choice_is_enough: true,
    ..Shape::PLAIN
};
