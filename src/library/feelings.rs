//! Words for what one feels: eight families, each with a face for who cannot read yet, and finer words in two depths.

use super::columns::{Lines, Row, Written, items};

/// Feelings of one sort.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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

/// The columns of each.
const FAMILY: usize = 4;
const WORD: usize = 4;

/// Writes the families, and then the words of each.
pub(super) fn write(families: &[Family], written: &mut Written) {
    written.table(families, Family::row);
    families.iter().for_each(|family| written.table(&family.words, FeelingWord::row));
}

/// Reads what `write` has written.
pub(super) fn read(lines: &mut Lines) -> Option<Vec<Family>> {
    let mut families = lines.table(FAMILY, Family::read)?;
    for family in &mut families {
        family.words = lines.table(WORD, FeelingWord::read)?;
    }
    Some(families)
}

impl Family {
    fn row(&self) -> [String; FAMILY] {
        [self.id.clone(), self.face.clone(), self.name.clone(), items(&self.helped)]
    }

    /// Without its words, which follow.
    fn read(row: &mut Row) -> Option<Self> {
        Some(Self {
            id: row.text(),
            face: row.text(),
            name: row.text(),
            helped: row.texts(),
            words: Vec::new(),
        })
    }

    /// Whether this is it, or one of its words.
    pub fn has(&self, feeling: &str) -> bool {
        self.id == feeling || self.words.iter().any(|word| word.id == feeling)
    }
}

impl FeelingWord {
    fn row(&self) -> [String; WORD] {
        [self.depth.to_string(), self.id.clone(), self.name.clone(), self.meaning.clone()]
    }

    fn read(row: &mut Row) -> Option<Self> {
        Some(Self { depth: row.parsed()?, id: row.text(), name: row.text(), meaning: row.text() })
    }
}
