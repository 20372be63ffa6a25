//! An agreement: his concern, her concern, what they try, and a day to look again. It counts once both have accepted
//! exactly these words: see [`crate::log::view::EntryView::is_agreed`].

use super::shape::{Day, Shape, Whose};
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape {
    id: "agreement",
    whose: Whose::Both,
    theme: Some(Theme::Boundaries),
    parts: &["his", "hers", "try"],
    day: Some(Day::Review),
    has_history: true,
    ..Shape::PLAIN
};
