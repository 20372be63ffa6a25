//! Words that are not saved yet. Kept on every input, so that a phone may kill the page at any moment.

use crate::store::small;
use bothways::ids::EntryId;
use bothways::library::{ContentId, Theme};
use serde::Serialize;

/// What the writing page holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The words so far.
    pub words: String,
    /// The feeling picked, if any.
    pub feeling: Option<String>,
    /// The theme picked, if any.
    pub theme: Option<Theme>,
    /// What in the library it is about.
    pub about: Option<ContentId>,
}

fn key(entry: Option<EntryId>) -> String {
    match entry {
        None => "draft.new".into(),
        Some(entry) => format!("draft.{entry}"),
    }
}

impl Draft {
    /// The draft of a new entry, or of a change to one.
    pub fn stored(entry: Option<EntryId>) -> Option<Self> {
        let mut parts = small::get(&key(entry))?;
        // A part that cannot be read is left out: the words matter more.
        let theme =
            parts.take("theme").and_then(|theme| Theme::try_from(u16::try_from(theme.as_u64()?).ok()?).ok());
        Some(Self {
            words: parts.text("words").ok()?,
            feeling: parts.text_if_any("feeling").ok()?,
            theme,
            about: parts.parsed_if_any("about").unwrap_or_default(),
        })
    }

    /// Keeps it. False where the browser keeps nothing.
    pub fn keep(&self, entry: Option<EntryId>) -> bool {
        small::set(&key(entry), self)
    }

    /// Lets it go: it is saved, or given up.
    pub fn drop_stored(entry: Option<EntryId>) {
        small::remove(&key(entry));
    }

    /// Whether there is anything in it worth keeping.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty()
    }
}
