//! Words that are not saved yet. Kept on every input, so that a phone may kill the page at any moment.

use super::App;
use crate::store::{rest, small};
use bothways::ids::{EntryId, OriginId};
use bothways::json::Record;
use bothways::log::kinds::{Content, FirstReaders, Kind, Telling};
use serde::Serialize;
use serde_json::json;

/// What the writing page holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What is told so far. Its photos are kept already.
    pub telling: Telling,
    /// Who may read it.
    pub readers: Readers,
}

/// Who may read what is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

    /// Who reads a kind of entry at first.
    pub const fn first_of(kind: Kind) -> Self {
        match kind.shape().readers {
            FirstReaders::Both => Self::Both,
            FirstReaders::Writer => Self::Me,
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
        let text = draft.to_text();
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
    fn to_text(&self) -> String {
        let (kind, fields) = Content::Told(self.telling.clone()).to_fields();
        json!({ "kind": kind, "fields": fields, "readers": self.readers.id() }).to_string()
    }

    fn stored(key: &str) -> Option<Self> {
        let sealed = small::get(key)?.text("sealed").ok()?;
        let mut parts = Record::parse(&rest::open(&sealed).ok()?).ok()?;
        let kind = parts.text("kind").ok()?;
        match Content::from_fields(&kind, &parts.record("fields").ok()?.all()) {
            Content::Told(telling) => {
                let readers = Readers::from_id(parts.text_if_any("readers").ok()?.as_deref());
                Some(Self { telling, readers })
            }
            _ => None,
        }
    }

    /// Whether there is anything in it worth keeping.
    pub fn is_empty(&self) -> bool {
        !self.telling.says_of_itself() && self.telling.parts.iter().all(|(_, text)| text.trim().is_empty())
    }
}
