//! A moment: something lived and told, in one person's words.

use super::{Photo, take_text, text};
use crate::caps;
use crate::ids::EntryId;
use crate::library::{ContentId, Theme};
use serde_json::{Map, Value};

/// The fields of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// What its writer says. Line breaks are kept.
    pub words: String,
    /// How it felt, if the writer said so.
    pub feeling: Option<Feeling>,
    /// The theme of the guide it touches.
    pub theme: Option<Theme>,
    /// What in the library it is about: the idea that was done, the question answered, the practice tried.
    pub about: Option<ContentId>,
    /// The entry it replies to, which may be the other's.
    pub reply_to: Option<EntryId>,
    /// Photos of it.
    pub photos: Vec<Photo>,
    /// Fields of a newer version, carried along when the moment is edited.
    pub more: Map<String, Value>,
}

impl Moment {
    /// Whether there is something to keep: words, and not too many, or a photo.
    pub fn is_sayable(&self) -> bool {
        (!self.words.trim().is_empty() || !self.photos.is_empty())
            && self.words.chars().count() <= caps::WORDS_CHARS
            && self.photos.len() <= caps::PHOTOS_PER_ENTRY
    }

    pub(super) fn to_fields(&self) -> Map<String, Value> {
        let mut fields = self.more.clone();
        fields.insert("words".into(), text(&self.words));
        if !self.photos.is_empty() {
            fields.insert("photos".into(), Photo::to_values(&self.photos));
        }
        let reply_to = self.reply_to.map(|entry| entry.to_string());
        let parts = [
            ("reply_to", reply_to.as_deref()),
            ("feeling", self.feeling.as_ref().map(Feeling::as_str)),
            ("theme", self.theme.map(Theme::id)),
            ("about", self.about.as_ref().map(ContentId::as_str)),
        ];
        fields.extend(parts.into_iter().filter_map(|(name, part)| Some((name.to_owned(), text(part?)))));
        fields
    }

    pub(super) fn from_fields(mut fields: Map<String, Value>) -> Option<Self> {
        Some(Self {
            words: take_text(&mut fields, "words")??,
            feeling: match take_text(&mut fields, "feeling")? {
                Some(word) => Some(Feeling::new(&word)?),
                None => None,
            },
            theme: match take_text(&mut fields, "theme")? {
                Some(id) => Some(Theme::from_id(&id)?),
                None => None,
            },
            about: match take_text(&mut fields, "about")? {
                Some(id) => Some(id.parse().ok()?),
                None => None,
            },
            reply_to: match take_text(&mut fields, "reply_to")? {
                Some(id) => Some(id.parse().ok()?),
                None => None,
            },
            photos: match fields.get_mut("photos").map(Value::take) {
                Some(Value::Array(photos)) => Photo::read_all(photos)?,
                Some(_) => return None,
                None => Vec::new(),
            },
            more: others(fields),
        })
    }
}

/// The fields that this version does not know.
fn others(fields: Map<String, Value>) -> Map<String, Value> {
    let mut others = Map::new();
    for (name, value) in fields {
        if !["words", "feeling", "theme", "about", "reply_to", "photos"].contains(&name.as_str()) {
            others.insert(name, value);
        }
    }
    others
}

/// How something felt: the id of a feeling the app knows, or a person's own word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feeling(String);

impl Feeling {
    /// A feeling by its id or own word; none if empty or longer than a name.
    pub fn new(word: &str) -> Option<Self> {
        let word = word.trim();
        (!word.is_empty() && word.chars().count() <= caps::NAME_CHARS).then(|| Self(word.into()))
    }

    /// The id or the word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
