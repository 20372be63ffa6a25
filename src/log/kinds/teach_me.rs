//! Something to be shown, asked for or offered. It waits until they have sat down to it.

use super::shape::Shape;
use crate::library::Theme;

/// The kind.
pub const SHAPE: Shape =
    Shape { id: "teach-me", theme: Some(Theme::Learning), choices: &["ask", "offer"], ..Shape::PLAIN };
