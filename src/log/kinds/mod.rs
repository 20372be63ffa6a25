//! The kinds of entry, one file each: its fields and its rules. Adding a kind touches its file, the list
//! below, and the language files.

mod mark;
mod moment;
mod name;
mod photo;

pub use mark::{Mark, MarkSort};
pub use moment::{Feeling, Moment};
pub use name::Name;
pub use photo::Photo;

use serde_json::{Map, Value};

/// What a revision says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Something lived and told, by one of the two.
    Moment(Moment),
    /// A moment that answers a question of the library, sealed until both have answered: see [`super::view::readable`].
    Answer(Moment),
    /// A thing marked by one member: a favourite.
    Mark(Mark),
    /// What a member is called, in their own words.
    Name(Name),
    /// Nothing any more: the body of a tombstone.
    Erased,
    /// Written with a newer version: kept to the letter, passed on, and not shown as words.
    Unknown(String),
}

impl Content {
    const MOMENT: &str = "moment";
    const ANSWER: &str = "answer";
    const MARK: &str = "mark";
    const NAME: &str = "name";
    const ERASED: &str = "erased";

    /// The kind's name in a body, and its fields.
    pub fn to_fields(&self) -> (String, Map<String, Value>) {
        match self {
            Self::Moment(moment) => (Self::MOMENT.into(), moment.to_fields()),
            Self::Answer(moment) => (Self::ANSWER.into(), moment.to_fields()),
            Self::Mark(mark) => (Self::MARK.into(), mark.to_fields()),
            Self::Name(name) => (Self::NAME.into(), name.to_fields()),
            Self::Erased => (Self::ERASED.into(), Map::new()),
            Self::Unknown(kind) => (kind.clone(), Map::new()),
        }
    }

    /// The moment it tells, as an entry of its own or as an answer.
    pub const fn moment(&self) -> Option<&Moment> {
        match self {
            Self::Moment(moment) | Self::Answer(moment) => Some(moment),
            _ => None,
        }
    }

    /// What the fields say, or [`Content::Unknown`] where this version does not understand them.
    pub fn from_fields(kind: &str, fields: &Map<String, Value>) -> Self {
        let content = match kind {
            Self::MOMENT => Moment::from_fields(fields.clone()).map(Self::Moment),
            // An answer to nothing would never open.
            Self::ANSWER => {
                Moment::from_fields(fields.clone()).filter(|moment| moment.about.is_some()).map(Self::Answer)
            }
            Self::MARK => Mark::from_fields(fields.clone()).map(Self::Mark),
            Self::NAME => Name::from_fields(fields.clone()).map(Self::Name),
            Self::ERASED => Some(Self::Erased),
            _ => None,
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
}
