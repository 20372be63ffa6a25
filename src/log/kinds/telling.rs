//! What somebody tells: the fields that the kinds of entry are made of.

use super::kind::Kind;
use super::shape::Shape;
use super::{Photo, Takes, take_text, text};
use crate::caps;
use crate::ids::EntryId;
use crate::library::{ContentId, IdeaFilter, Theme};
use crate::log::Millis;
use serde_json::{Map, Value};

/// Something told. Which of the fields are asked for is its kind's [`super::Shape`] to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// What kind of entry it is.
    pub kind: Kind,
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
    /// Texts beside the words, by the names the shape gives them; none of them empty.
    pub parts: Vec<(&'static str, String)>,
    /// The kind's day: an instant, the beginning of that day where it was written.
    pub day: Option<Millis>,
    /// Which of the kind's choices.
    pub choice: Option<&'static str>,
    /// What it takes, where it is an idea of their own.
    pub takes: Takes,
    /// The words it stands by, in what it is about: a paragraph of a chapter, or its beginning.
    pub passage: Option<String>,
    /// What its writer hopes for from the other.
    pub wish: Option<Wish>,
    /// Fields of a newer version, carried along when it is edited.
    pub more: Map<String, Value>,
}

/// The fields of every version, in bodies.
const KNOWN: [&str; 11] =
    ["words", "feeling", "theme", "about", "reply_to", "photos", "parts", "day", "choice", "wish", "passage"];

impl Telling {
    /// Whether there is something to keep: words, or a photo, or what the kind says is enough.
    pub fn says_something(&self) -> bool {
        self.says_of_itself() || self.passage.is_some()
    }

    /// The same, were there no passage that it stands by.
    pub fn says_of_itself(&self) -> bool {
        let shape = self.kind.shape();
        self.has_words()
            || !self.photos.is_empty()
            || shape.feeling_first && self.feeling.is_some()
            || shape.choice_is_enough && self.choice.is_some()
    }

    /// Whether there is something to keep, and not too much of it.
    pub fn is_sayable(&self) -> bool {
        self.says_something()
            && self.words.chars().count() <= self.kind.shape().most
            && self.parts.iter().all(|(_, text)| text.chars().count() <= caps::WORDS_CHARS)
            && self.passage.as_deref().is_none_or(|it| it.chars().count() <= caps::PASSAGE_CHARS)
            && self.photos.len() <= caps::PHOTOS_PER_ENTRY
    }

    /// Whether it has words of its own.
    pub fn has_words(&self) -> bool {
        !self.words.trim().is_empty()
    }

    /// Its words in one line, as the title of an idea or a question.
    pub fn title(&self) -> String {
        self.words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether an idea of their own fits what is asked for. It has no kind; of anything else that was not said, nothing
    /// stands in the way.
    pub fn fits(&self, filter: &IdeaFilter) -> bool {
        let has_theme = |theme| self.theme == Some(theme);
        filter.kind.is_none() && filter.theme.is_none_or(has_theme) && self.takes.fit(filter)
    }

    /// One of the texts beside the words; empty where there is none.
    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
    }

    /// The theme its writer named, else the kind's own.
    pub fn theme_or_kinds(&self) -> Option<Theme> {
        self.theme.or(self.kind.shape().theme)
    }

    /// Whether it stands in the timeline by itself. A reply without words is shown with what it replies to.
    pub fn is_told(&self) -> bool {
        match self.kind {
            // One that says nothing was withdrawn.
            Kind::Answer => self.is_sayable(),
            Kind::Reply => self.has_words() || !self.photos.is_empty(),
            _ => true,
        }
    }

    pub(super) fn to_fields(&self) -> Map<String, Value> {
        let mut fields = self.more.clone();
        fields.insert("words".into(), text(&self.words));
        if !self.photos.is_empty() {
            fields.insert("photos".into(), Photo::to_values(&self.photos));
        }
        if !self.parts.is_empty() {
            let mut parts = Map::new();
            for (name, words) in &self.parts {
                parts.insert((*name).into(), text(words));
            }
            fields.insert("parts".into(), Value::Object(parts));
        }
        if let Some(day) = self.day {
            fields.insert("day".into(), day.into());
        }
        self.takes.put(&mut fields);
        let reply_to = self.reply_to.map(|entry| entry.to_string());
        let texts = [
            ("reply_to", reply_to.as_deref()),
            ("feeling", self.feeling.as_ref().map(Feeling::as_str)),
            ("theme", self.theme.map(Theme::id)),
            ("about", self.about.as_ref().map(ContentId::as_str)),
            ("choice", self.choice),
            ("wish", self.wish.map(Wish::id)),
            ("passage", self.passage.as_deref()),
        ];
        fields.extend(texts.into_iter().filter_map(|(name, part)| Some((name.to_owned(), text(part?)))));
        fields
    }

    pub(super) fn from_fields(kind: Kind, mut fields: Map<String, Value>) -> Option<Self> {
        let shape = kind.shape();
        let telling = Self {
            kind,
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
            parts: match fields.get_mut("parts").map(Value::take) {
                Some(Value::Object(parts)) => read_parts(shape.parts, parts)?,
                Some(_) => return None,
                None => Vec::new(),
            },
            day: match fields.get("day") {
                Some(day) => Some(day.as_i64()?),
                None => None,
            },
            choice: match take_text(&mut fields, "choice")? {
                Some(id) => Some(known(shape.choices, &id)?),
                None => None,
            },
            takes: if shape.takes { Takes::read(&mut fields)? } else { Takes::default() },
            passage: take_text(&mut fields, "passage")?,
            wish: match take_text(&mut fields, "wish")? {
                Some(id) => Some(Wish::from_id(&id)?),
                None => None,
            },
            more: others(shape, fields),
        };
        // An answer to nothing would never open.
        let is_whole = kind != Kind::Answer || telling.about.is_some();
        // What is shown in one line, and what is marked, was never longer.
        let is_short = |text: &str, most| text.len() <= most || text.chars().count() <= most;
        let fits = (shape.most == caps::WORDS_CHARS || is_short(&telling.words, shape.most))
            && telling.passage.as_deref().is_none_or(|it| is_short(it, caps::PASSAGE_CHARS));
        (is_whole && fits).then_some(telling)
    }
}

fn known(names: &[&'static str], id: &str) -> Option<&'static str> {
    names.iter().copied().find(|name| *name == id)
}

/// The parts in the order of the shape; none where one is of a newer version.
fn read_parts(names: &[&'static str], parts: Map<String, Value>) -> Option<Vec<(&'static str, String)>> {
    let mut read = Vec::with_capacity(parts.len());
    for (name, text) in parts {
        let Value::String(text) = text else { return None };
        read.push((known(names, &name)?, text));
    }
    read.sort_by_key(|(name, _)| names.iter().position(|known| known == name));
    Some(read)
}

/// The fields that this version does not know.
fn others(shape: &Shape, fields: Map<String, Value>) -> Map<String, Value> {
    let mut others = Map::new();
    for (name, value) in fields {
        let is_known =
            KNOWN.contains(&name.as_str()) || shape.takes && Takes::FIELDS.contains(&name.as_str());
        if !is_known {
            others.insert(name, value);
        }
    }
    others
}

/// What somebody who tells something hopes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To be listened to.
    Listen,
    /// To be helped.
    Help,
    /// Only that the other knows.
    JustKnow,
}

impl Wish {
    /// All of them, as they are offered.
    pub const ALL: [Self; 3] = [Self::Listen, Self::Help, Self::JustKnow];

    /// The name in bodies.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Listen => "listen",
            Self::Help => "help",
            Self::JustKnow => "just-know",
        }
    }

    /// The wish of this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.id() == id)
    }
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
