//! A mark: a thing one member marked. It is an entry whose id follows from member and thing, so that two phones
//! of one person never disagree; where they do, the mark that is set wins.

use super::{take_text, text};
use crate::ids::{EntryId, RevisionId};
use crate::library::ContentId;
use crate::log::Member;
use serde_json::{Map, Value};
use std::fmt;
use std::str::FromStr;

/// The fields of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What kind of mark.
    pub mark: MarkSort,
    /// What is marked.
    pub thing: Thing,
    /// Whether it is set or taken away.
    pub on: bool,
}

impl Mark {
    /// The entry in which a member's mark of this thing is kept.
    pub fn entry(&self, member: Member) -> EntryId {
        EntryId::derived("mark", member.id(), &format!("{} {}", self.mark.id(), self.thing))
    }

    pub(super) fn to_fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("mark".into(), text(self.mark.id()));
        fields.insert("thing".into(), text(self.thing.as_str()));
        fields.insert("on".into(), Value::Bool(self.on));
        fields
    }

    pub(super) fn from_fields(mut fields: Map<String, Value>) -> Option<Self> {
        Some(Self {
            mark: {
                let id = take_text(&mut fields, "mark")??;
                MarkSort::ALL.into_iter().find(|sort| sort.id() == id)?
            },
            thing: take_text(&mut fields, "thing")??.parse().ok()?,
            on: fields.get("on")?.as_bool()?,
        })
    }
}

/// What a mark means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkSort {
    /// One to come back to: of the library.
    Favourite,
    /// Exactly these words are agreed to: of a revision.
    Accepts,
    /// It has come to pass, so the letter may be read: of an entry.
    Opened,
    /// It is settled: a repair that has mended, something asked for that was shown. Of an entry.
    Settled,
    /// Not to be brought up again on its day: of an entry.
    Rests,
}

impl MarkSort {
    const ALL: [Self; 5] = [Self::Favourite, Self::Accepts, Self::Opened, Self::Settled, Self::Rests];

    /// The name in files and derived ids.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Favourite => "favourite",
            Self::Accepts => "accepts",
            Self::Opened => "opened",
            Self::Settled => "settled",
            Self::Rests => "rests",
        }
    }
}

/// What can be marked: something of the library, an entry, or one exact version of an entry; by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing(String);

impl Thing {
    /// The longest such id: a revision's.
    const LONGEST: usize = 64;

    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Thing {
    type Err = NoThing;

    fn from_str(id: &str) -> Result<Self, NoThing> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_one = !id.is_empty() && id.len() <= Self::LONGEST && id.bytes().all(fits);
        if is_one { Ok(Self(id.into())) } else { Err(NoThing) }
    }
}

/// A text that is no id of anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoThing;

impl From<&ContentId> for Thing {
    fn from(id: &ContentId) -> Self {
        Self(id.as_str().into())
    }
}

impl From<EntryId> for Thing {
    fn from(id: EntryId) -> Self {
        Self(id.to_string())
    }
}

impl From<RevisionId> for Thing {
    fn from(id: RevisionId) -> Self {
        Self(id.to_string())
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
