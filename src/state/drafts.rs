//! Words that are not saved yet. Kept on every input, so that a phone may kill the page at any moment.

use super::App;
use crate::store::{rest, small};
use bothways::ids::{EntryId, OriginId};
use bothways::json::Record;
use bothways::library::{ContentId, Theme};
use bothways::log::kinds::Photo;
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
    /// The entry it replies to.
    pub reply_to: Option<EntryId>,
    /// Its photos, which are kept already.
    #[serde(serialize_with = "Photo::write_all")]
    pub photos: Vec<Photo>,
    /// Who may read it.
    pub readers: Readers,
}

/// Who may read what is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Readers {
    /// Both.
    #[default]
    Both,
    /// Both, once both have answered.
    Sealed,
    /// Its writer alone.
    Me,
}

impl Readers {
    /// The name, in drafts and on the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Sealed => "sealed",
            Self::Me => "me",
        }
    }

    /// The readers of this name; both, where there is none such.
    pub fn from_id(id: Option<&str>) -> Self {
        [Self::Sealed, Self::Me].into_iter().find(|readers| Some(readers.id()) == id).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Sealed {
    sealed: String,
}

fn key(log: &OriginId, entry: Option<EntryId>) -> String {
    match entry {
        None => format!("draft.{log}.new"),
        Some(entry) => format!("draft.{log}.{entry}"),
    }
}

impl App {
    /// The draft of a new entry, or of a change to one.
    pub fn draft(&self, entry: Option<EntryId>) -> Option<Draft> {
        Draft::stored(&key(&self.origin().ok()?, entry))
    }

    /// Keeps a draft, sealed as every text is. False where the browser keeps nothing, or the log is not open.
    pub fn keep_draft(&self, entry: Option<EntryId>, draft: &Draft) -> bool {
        let text = serde_json::to_string(draft).unwrap_or_default();
        let Ok(log) = self.origin() else { return false };
        rest::seal(&text).is_ok_and(|sealed| small::set(&key(&log, entry), &Sealed { sealed }))
    }

    /// Lets a draft go: it is saved, or given up.
    pub fn drop_draft(&self, entry: Option<EntryId>) {
        if let Ok(log) = self.origin() {
            small::remove(&key(&log, entry));
        }
    }
}

impl Draft {
    fn stored(key: &str) -> Option<Self> {
        let sealed = small::get(key)?.text("sealed").ok()?;
        let mut parts = Record::parse(&rest::open(&sealed).ok()?).ok()?;
        // A part that cannot be read is left out: the words matter more.
        let theme =
            parts.take("theme").and_then(|theme| Theme::try_from(u16::try_from(theme.as_u64()?).ok()?).ok());
        Some(Self {
            words: parts.text("words").ok()?,
            feeling: parts.text_if_any("feeling").ok()?,
            theme,
            about: parts.parsed_if_any("about").unwrap_or_default(),
            reply_to: parts.parsed_if_any("reply_to").unwrap_or_default(),
            photos: Photo::read_all(parts.list_if_any("photos").ok()?).unwrap_or_default(),
            readers: Readers::from_id(parts.text_if_any("readers").ok()?.as_deref()),
        })
    }

    /// Whether there is anything in it worth keeping.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && self.photos.is_empty()
    }
}
