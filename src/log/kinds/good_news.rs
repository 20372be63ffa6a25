//! Good news: told so that the other can be glad too.

use super::shape::Shape;
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape = Shape { id: "good-news", theme: Some(Theme::Needs), ..Shape::PLAIN };
