//! What one kind of entry asks for, as a table: the forms, the cards and the index are the same for all kinds and read it.

use crate::caps;
use crate::library::Theme;

/// What a kind is made of. Its words (name, prompts, what is said afterwards) stand in the language files under [`Self::id`].
#[derive(Debug)]
pub struct Shape {
    /// The kind's name in bodies, and the key of its words.
    pub id: &'static str,
    /// Whose it is.
    pub whose: Whose,
    /// Who reads it, unless its writer chooses otherwise.
    pub readers: FirstReaders,
    /// The theme it belongs to, where its writer names none.
    pub theme: Option<Theme>,
    /// Texts it asks for beside the words, in their order; each may stay empty.
    pub parts: &'static [&'static str],
    /// Characters of its words at most.
    pub most: usize,
    /// Whether it says what it takes: time, money, a place.
    pub takes: bool,
    /// What its day means, if it has one.
    pub day: Option<Day>,
    /// A choice it asks for: one of these.
    pub choices: &'static [&'static str],
    /// Whether a feeling is asked for first, and is enough.
    pub feeling_first: bool,
    /// Whether the choice is enough, without words.
    pub choice_is_enough: bool,
    /// Whether what was in it before is worth showing beside what is in it now.
    pub has_history: bool,
}

impl Shape {
    /// What most kinds are: words of one person, for both.
    pub const PLAIN: Self = Self {
        id: "",
        whose: Whose::Writer,
        readers: FirstReaders::Both,
        theme: None,
        parts: &[],
        most: caps::WORDS_CHARS,
        takes: false,
        day: None,
        choices: &[],
        feeling_first: false,
        choice_is_enough: false,
        has_history: false,
    };
}

/// Whose pen an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// What one person says: changed by its writer only.
    Writer,
    /// What belongs to both: either may change it, and its words go when both erase it.
    Both,
}

/// Who reads an entry at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstReaders {
    /// Both.
    Both,
    /// Its writer alone, until they share it.
    Writer,
}

/// What a kind's day means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Not to be read by the other before: see [`crate::log::view::readable`].
    Opens,
    /// To be looked at again.
    Review,
    /// When it was.
    Happened,
}
