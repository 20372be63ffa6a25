//! A mark: a thing one member marked. It is an entry whose id follows from member and thing, so that two phones
//! of one person never disagree; where they do, the mark that is set wins.

use super::{take_text, text};
use crate::ids::EntryId;
use crate::library::ContentId;
use crate::log::Member;
use serde_json::{Map, Value};

/// The fields of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What kind of mark.
    pub mark: MarkSort,
    /// What is marked.
    pub thing: ContentId,
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
            mark: (take_text(&mut fields, "mark")?? == MarkSort::Favourite.id())
                .then_some(MarkSort::Favourite)?,
            thing: take_text(&mut fields, "thing")??.parse().ok()?,
            on: fields.get("on")?.as_bool()?,
        })
    }
}

/// What a mark means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkSort {
    /// One to come back to.
    Favourite,
}

impl MarkSort {
    /// The name in files and derived ids.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Favourite => "favourite",
        }
    }
}
