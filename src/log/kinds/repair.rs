//! Putting it right: my part (the words), what I heard, what I need, what I offer. For its writer alone until they
//! share it; what is shared then is a new entry, so nothing of the time before leaves the phone.

use super::shape::{FirstReaders, Shape};
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape {
    id: "repair",
    readers: FirstReaders::Writer,
    theme: Some(Theme::Talking),
    parts: &["heard", "need", "offer"],
    ..Shape::PLAIN
};
