//! The kinds of entry, one file each. Adding one touches its file, the list in `kind.rs`, and the language files.
//!
//! What people tell is a [`Telling`]: the same fields for all kinds, of which each kind's [`Shape`] asks for some.

mod agreement;
mod answer;
mod check_in;
mod good_news;
mod he_leads;
mod kind;
mod learned;
mod letter;
mod mark;
mod milestone;
mod moment;
mod name;
mod own_idea;
mod own_question;
mod photo;
mod repair;
mod reply;
mod ritual;
mod shape;
mod story;
mod takes;
mod teach_me;
mod telling;
mod thanks;

pub use kind::{Kind, NoKind};
pub use mark::{Mark, MarkSort, Thing};
pub use name::Name;
pub use photo::Photo;
pub use shape::{Day, FirstReaders, Shape, Whose};
pub use takes::Takes;
pub use telling::{Feeling, Telling, Wish};

use serde_json::{Map, Value};

/// What a revision says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Something told, of any kind.
    Told(Telling),
    /// A thing marked by one member.
    Mark(Mark),
    /// What a member is called, in their own words.
    Name(Name),
    /// Nothing any more: the body of a tombstone.
    Erased,
    /// Written with a newer version: kept to the letter, passed on, and not shown as words.
    Unknown(String),
}

impl Content {
    const MARK: &str = "mark";
    const NAME: &str = "name";
    const ERASED: &str = "erased";

    /// The kind's name in a body, and its fields.
    pub fn to_fields(&self) -> (String, Map<String, Value>) {
        match self {
            Self::Told(telling) => (telling.kind.id().into(), telling.to_fields()),
            Self::Mark(mark) => (Self::MARK.into(), mark.to_fields()),
            Self::Name(name) => (Self::NAME.into(), name.to_fields()),
            Self::Erased => (Self::ERASED.into(), Map::new()),
            Self::Unknown(kind) => (kind.clone(), Map::new()),
        }
    }

    /// What it tells, if it tells something.
    pub const fn telling(&self) -> Option<&Telling> {
        match self {
            Self::Told(telling) => Some(telling),
            _ => None,
        }
    }

    /// The question it answers, if it is an answer.
    pub const fn answers(&self) -> Option<&crate::library::ContentId> {
        match self {
            Self::Told(Telling { kind: Kind::Answer, about, .. }) => about.as_ref(),
            _ => None,
        }
    }

    /// What the fields say, or [`Content::Unknown`] where this version does not understand them.
    pub fn from_fields(kind: &str, fields: &Map<String, Value>) -> Self {
        let content = match kind {
            Self::MARK => Mark::from_fields(fields.clone()).map(Self::Mark),
            Self::NAME => Name::from_fields(fields.clone()).map(Self::Name),
            Self::ERASED => Some(Self::Erased),
            _ => {
                let kind = kind.parse().ok();
                kind.and_then(|kind| Telling::from_fields(kind, fields.clone())).map(Self::Told)
            }
        };
        content.unwrap_or_else(|| Self::Unknown(kind.into()))
    }
}

fn text(words: &str) -> Value {
    Value::String(words.to_owned())
}

/// Takes a text out of the fields, and leaves an empty one behind. `Some(None)` where there is no such field, none where it is not a text: then
/// the whole is of a version this one does not understand.
fn take_text(fields: &mut Map<String, Value>, name: &str) -> Option<Option<String>> {
    match fields.get_mut(name) {
        None => Some(None),
        Some(Value::String(text)) => Some(Some(std::mem::take(text))),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_kind_of_a_newer_version_is_unknown_not_an_error() {
        assert_eq!(Content::from_fields("hologram", &Map::new()), Content::Unknown("hologram".into()));
        let wrong = fields(json!({ "words": 7 }));
        assert_eq!(Content::from_fields("moment", &wrong), Content::Unknown("moment".into()));
    }

    #[test]
    fn a_field_of_a_newer_version_is_carried_through_an_edit() {
        let written = fields(json!({ "words": "soup", "smell": "leek" }));
        let (_, again) = Content::from_fields("moment", &written).to_fields();
        assert_eq!(again, written);
    }

    #[test]
    fn every_kind_is_read_as_it_was_written() {
        for kind in Kind::ALL {
            let shape = kind.shape();
            let told = Content::Told(Telling {
                kind,
                words: "words".into(),
                about: Some("soup".parse().unwrap()),
                parts: shape.parts.iter().map(|name| (*name, format!("{name}, in words"))).collect(),
                day: shape.day.map(|_| -5),
                choice: shape.choices.last().copied(),
                wish: Some(Wish::JustKnow),
                ..Telling::default()
            });
            let (id, fields) = told.to_fields();
            assert_eq!(Content::from_fields(&id, &fields), told);
        }
    }

    #[test]
    fn a_choice_or_part_of_a_newer_version_is_unknown() {
        for field in
            [json!({"words": "", "choice": "elsewhere"}), json!({"words": "", "parts": {"neighbour": ""}})]
        {
            assert_eq!(Content::from_fields("he-leads", &fields(field)), Content::Unknown("he-leads".into()));
        }
    }

    #[test]
    fn what_is_enough_is_the_kinds_to_say() {
        let of = |kind| Telling { kind, ..Telling::default() };
        assert!(!of(Kind::Moment).is_sayable() && !of(Kind::CheckIn).is_sayable());
        let glad = Feeling::new("glad");
        assert!(Telling { feeling: glad.clone(), ..of(Kind::CheckIn) }.is_sayable());
        assert!(!Telling { feeling: glad, ..of(Kind::Moment) }.is_sayable());
        assert!(Telling { choice: Some("heard"), ..of(Kind::Reply) }.is_sayable());
        assert!(!Telling { choice: Some("own"), ..of(Kind::HeLeads) }.is_sayable());
    }
}
