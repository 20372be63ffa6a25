//! A moment: something lived and told, in one person's words.

use crate::caps;
use crate::library::{ContentId, Theme};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The fields of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// What its writer says. Line breaks are kept.
    pub words: String,
    /// How it felt, if the writer said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeling: Option<Feeling>,
    /// The theme of the guide it touches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// What in the library it is about: the idea that was done, the question answered, the practice tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<ContentId>,
    /// Fields of a newer version, carried along when the moment is edited.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

impl Moment {
    /// Whether there is something to keep: words, and not too many.
    pub fn is_sayable(&self) -> bool {
        !self.words.trim().is_empty() && self.words.chars().count() <= caps::WORDS_CHARS
    }
}

/// How something felt: the id of a feeling the app knows, or a person's own word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Feeling(String);

impl Feeling {
    /// The eight the app offers, each with a face: pleasant and lively first, clockwise to tense.
    pub const OFFERED: [&str; 8] = ["glad", "proud", "calm", "loved", "tired", "sad", "worried", "cross"];

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

impl TryFrom<String> for Feeling {
    type Error = &'static str;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        Self::new(&word).ok_or("a feeling is one to sixty characters")
    }
}

impl From<Feeling> for String {
    fn from(feeling: Feeling) -> Self {
        feeling.0
    }
}
