//! Words for each kind of entry in the log: what it is for, and what helps to begin one.

use super::columns::{Lines, Row, Written, items};

/// Words for one kind of entry.
#[derive(Clone, Debug, PartialEq)]
pub struct KindWords {
    /// The id of the kind, as entries name it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When one would choose it, and what it does.
    pub about: String,
    /// Nudges to begin.
    pub prompts: Vec<String>,
    /// First halves of a sentence.
    pub starters: Vec<String>,
    /// Said once, when the entry is kept.
    pub after: String,
}

/// Its columns.
const KIND: usize = 6;

pub(super) fn write(kinds: &[KindWords], written: &mut Written) {
    written.table(kinds, KindWords::row);
}

/// Reads what `write` has written.
pub(super) fn read(lines: &mut Lines) -> Option<Vec<KindWords>> {
    lines.table(KIND, KindWords::read)
}

impl KindWords {
    fn row(&self) -> [String; KIND] {
        let [id, name, about, after] = [&self.id, &self.name, &self.about, &self.after].map(String::clone);
        [id, name, about, items(&self.prompts), items(&self.starters), after]
    }

    fn read(row: &mut Row) -> Option<Self> {
        Some(Self {
            id: row.text(),
            name: row.text(),
            about: row.text(),
            prompts: row.texts(),
            starters: row.texts(),
            after: row.text(),
        })
    }
}
