//! The texts of the language that is shown, by their numbers. English is built in; `state::language` puts another in its
//! place before the first text is asked for.

use crate::device::language;
use bothways::texts::{Form, Texts, fill};
use std::fmt::Display;
use std::sync::OnceLock;

static SHOWN: OnceLock<Texts> = OnceLock::new();

fn english() -> Texts {
    Texts::of(include_str!(concat!(env!("OUT_DIR"), "/english.txt")))
}

/// Puts another language's texts in place of the English ones. False where they are not this build's, or not whole.
pub fn replace(text: String) -> bool {
    // For as long as the page is there.
    english().replaced(text.leak()).is_some_and(|texts| SHOWN.set(texts).is_ok())
}

fn shown() -> &'static Texts {
    SHOWN.get_or_init(english)
}

/// The text of a number.
#[inline(never)]
pub fn text(number: usize) -> &'static &'static str {
    shown().text(number)
}

/// A text with its gaps filled.
#[inline(never)]
pub fn filled(number: usize, gaps: &[&dyn Display]) -> String {
    fill(text(number), gaps)
}

/// The form of a text that a number asks for, with its gaps filled: the number, and the others.
#[inline(never)]
pub fn counted(number: usize, n: usize, gaps: &[&dyn Display]) -> String {
    fill(shown().form(number, Form::of(&language::plural(n))), gaps)
}

/// The text of a section that is named by an id.
#[inline(never)]
pub fn by_id(first: usize, names: &str, id: &str) -> Option<&'static str> {
    shown().by_id(first, names, id)
}
