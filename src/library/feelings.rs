//! Words for what one feels: eight families, each with a face for who cannot read yet, and finer words in two depths.

use crate::json::{BadRecord, Record, records, texts};
use serde::Serialize;

/// Feelings of one sort.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Family {
    /// Its id, which entries name where no finer word was picked.
    pub id: String,
    /// The face drawn for it.
    pub face: String,
    /// Its word.
    pub name: String,
    /// What has helped people who felt so.
    pub helped: Vec<String>,
    /// Finer words, the livelier first.
    pub words: Vec<FeelingWord>,
}

/// One word for a feeling.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeelingWord {
    /// Its id, which entries name.
    pub id: String,
    /// The word.
    pub name: String,
    /// What it means, in one line.
    pub meaning: String,
    /// 2 for the middle choice, 3 for the full one. (1 is the faces.)
    pub depth: u8,
}

impl Family {
    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            id: parts.text("id")?,
            face: parts.text("face")?,
            name: parts.text("name")?,
            helped: texts(parts.list("helped")?, "helped")?,
            words: records(parts.list("words")?, "words", FeelingWord::read)?,
        })
    }

    /// Whether this is it, or one of its words.
    pub fn has(&self, feeling: &str) -> bool {
        self.id == feeling || self.words.iter().any(|word| word.id == feeling)
    }
}

impl FeelingWord {
    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            id: parts.text("id")?,
            name: parts.text("name")?,
            meaning: parts.text("meaning")?,
            depth: parts.small("depth")?,
        })
    }
}
