//! Words for the kinds of entry: what one is for, and how to begin.

use crate::json::{BadRecord, Record, texts};
use serde::Serialize;

/// The words of one kind of entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KindWords {
    /// The kind's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When one would choose it.
    pub about: String,
    /// Questions that lead on.
    pub prompts: Vec<String>,
    /// First halves of sentences.
    pub starters: Vec<String>,
    /// Said once it is kept.
    pub after: String,
}

impl KindWords {
    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            id: parts.text("id")?,
            name: parts.text("name")?,
            about: parts.text("about")?,
            prompts: texts(parts.list("prompts")?, "prompts")?,
            starters: texts(parts.list("starters")?, "starters")?,
            after: parts.text("after")?,
        })
    }
}
