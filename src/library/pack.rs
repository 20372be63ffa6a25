//! The pack: everything there is to read in one language, as the app receives it.
//!
//! It is JSON, written by `cargo xtask content` and read here. Empty lists, absent values and "any" are left out.
//! Formatted text is [`Block`]s and [`Span`]s, never HTML: the app draws text nodes, so no content can become
//! markup. Unknown fields are passed over, so that a pack may grow without becoming unreadable.

use super::choices::{Cost, Depth, Energy, For, Kind, Leads, Minutes, Place, Season, Stage, Theme, Weather};
use super::id::ContentId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a pack cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// It was made for a later version of the program.
    #[error("the pack has format {0}, newer than this program")]
    Newer(u32),
    /// It is not a pack, or damaged.
    #[error("the pack cannot be read: {0}")]
    Broken(#[from] serde_json::Error),
}

/// Everything there is to read in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The format of the pack: [`Pack::FORMAT`].
    pub format: u32,
    /// The language, as its folder in `content/` is called: a BCP 47 tag such as `en`.
    pub language: String,
    /// The guide, one chapter a theme, in the order of the themes.
    pub chapters: Vec<Chapter>,
    /// The questions people ask, with their answers.
    pub answers: Vec<Answer>,
    /// Things to do together.
    pub ideas: Vec<Idea>,
    /// Questions for both.
    pub questions: Vec<Question>,
}

/// One chapter of the guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chapter {
    /// Its id, which is the id of its theme.
    pub id: ContentId,
    /// The theme it is about.
    pub theme: Theme,
    /// Its title.
    pub title: String,
    /// One sentence that makes one want to read on.
    pub summary: String,
    /// Things to try, each done in ten minutes.
    pub practices: Vec<Practice>,
    /// The text.
    pub body: Vec<Block>,
    /// Ideas it leads to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ideas: Vec<ContentId>,
    /// Questions it leads to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<ContentId>,
}

/// Something to try, in ten minutes at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Practice {
    /// Its id.
    pub id: ContentId,
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub minutes: u16,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// The line the log offers afterwards.
    pub write: String,
}

/// A question people ask, with its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Its id.
    pub id: ContentId,
    /// The question, as a person would ask it.
    pub title: String,
    /// The answer in one sentence.
    pub summary: String,
    /// What it is about, the strongest first.
    pub themes: Vec<Theme>,
    /// The whole answer.
    pub body: Vec<Block>,
    /// Ideas it leads to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ideas: Vec<ContentId>,
    /// Questions it leads to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<ContentId>,
}

/// Something to do together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Idea {
    /// Its id.
    pub id: ContentId,
    /// Its title, which invites.
    pub title: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// The stages it suits.
    pub stages: Vec<Stage>,
    /// How long it takes.
    pub minutes: Minutes,
    /// What it costs.
    pub cost: Cost,
    /// Where it is done.
    pub place: Place,
    /// The weather it needs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub weather: Weather,
    /// The time of year it needs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub season: Season,
    /// How lively it is.
    pub energy: Energy,
    /// Who leads.
    pub leads: Leads,
    /// What it is good for, the strongest first.
    pub themes: Vec<Theme>,
    /// What must be at hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// One thing to talk about while doing it.
    pub talk: String,
    /// The line that starts an entry afterwards.
    pub log: String,
    /// What is different at a stage.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub changes: BTreeMap<Stage, String>,
}

/// A question for both. Both answer the same words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its id.
    pub id: ContentId,
    /// The question.
    pub text: String,
    /// What it is about.
    pub theme: Theme,
    /// How much it asks for.
    pub depth: Depth,
    /// The stages it suits.
    pub stages: Vec<Stage>,
    /// Whom it is for, when it is not for both.
    #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
    pub who: Option<For>,
}

/// A piece of formatted text, set apart from its neighbours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A heading within a chapter or an answer.
    #[serde(rename = "h")]
    Heading(String),
    /// A paragraph.
    #[serde(rename = "p")]
    Paragraph(Vec<Span>),
    /// A list without numbers.
    #[serde(rename = "ul")]
    List(Vec<Vec<Span>>),
}

/// A run of words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Span {
    /// Plain words.
    #[serde(rename = "t")]
    Text(String),
    /// Words with emphasis.
    #[serde(rename = "em")]
    Emphasis(String),
}

impl Pack {
    /// The format this program writes and reads.
    pub const FORMAT: u32 = 1;

    /// Reads a pack.
    ///
    /// # Errors
    /// When it is damaged, or made for a later version of the program.
    pub fn from_json(json: &str) -> Result<Self, PackError> {
        // Only the format is common to all packs; whether anything else can be read depends on it.
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let head: Head = serde_json::from_str(json)?;
        if head.format > Self::FORMAT {
            return Err(PackError::Newer(head.format));
        }
        Ok(serde_json::from_str(json)?)
    }

    /// The chapter with this id.
    pub fn chapter(&self, id: &str) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.id.as_str() == id)
    }

    /// The practice with this id, and the chapter it stands in.
    pub fn practice(&self, id: &str) -> Option<(&Chapter, &Practice)> {
        self.chapters.iter().find_map(|chapter| {
            let practice = chapter.practices.iter().find(|practice| practice.id.as_str() == id)?;
            Some((chapter, practice))
        })
    }

    /// The answer with this id.
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.id.as_str() == id)
    }

    /// The idea with this id.
    pub fn idea(&self, id: &str) -> Option<&Idea> {
        self.ideas.iter().find(|idea| idea.id.as_str() == id)
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id.as_str() == id)
    }
}

impl Block {
    /// Its words without emphasis, one text for each heading, paragraph or item.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Heading(text) => vec![text.clone()],
            Self::Paragraph(spans) => vec![plain(spans)],
            Self::List(items) => items.iter().map(|spans| plain(spans)).collect(),
        }
    }
}

impl Span {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Emphasis(text) => text,
        }
    }
}

fn plain(spans: &[Span]) -> String {
    spans.iter().map(Span::text).collect()
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_pack_comes_back_from_json_as_it_was() {
        let pack = samples::pack();
        let json = serde_json::to_string(&pack).unwrap();
        assert_eq!(Pack::from_json(&json).unwrap(), pack);
    }

    #[test]
    fn what_says_nothing_is_not_written() {
        let json = serde_json::to_string(&samples::idea("soup", "Soup")).unwrap();
        for absent in ["weather", "season", "needs", "changes", "any"] {
            assert!(!json.contains(absent), "{absent} in {json}");
        }
        let paragraph = Block::Paragraph(vec![Span::Text("Not ".into()), Span::Emphasis("now".into())]);
        let json = serde_json::to_string(&paragraph).unwrap();
        assert_eq!(json, r#"{"p":[{"t":"Not "},{"em":"now"}]}"#);
    }

    #[test]
    fn a_newer_pack_is_recognised_even_when_it_is_shaped_differently() {
        let newer = r#"{"format": 2, "language": "en", "shelves": []}"#;
        assert!(matches!(Pack::from_json(newer), Err(PackError::Newer(2))));
        assert!(matches!(Pack::from_json("{\"format\": 1"), Err(PackError::Broken(_))));
        assert!(matches!(Pack::from_json("{}"), Err(PackError::Broken(_))));
    }

    #[test]
    fn a_field_added_later_does_not_make_a_pack_unreadable() {
        let json = serde_json::to_string(&samples::pack()).unwrap();
        let grown = json.replacen("{\"format\":1,", "{\"format\":1,\"feelings\":[\"calm\"],", 1);
        assert_ne!(json, grown);
        assert_eq!(Pack::from_json(&grown).unwrap(), samples::pack());
    }

    #[test]
    fn everything_is_found_by_its_id_and_only_by_that() {
        let pack = samples::pack();
        assert_eq!(pack.chapter("needs").unwrap().theme, Theme::Needs);
        assert_eq!(pack.practice("two-sentences").unwrap().0.id.as_str(), "needs");
        assert!(pack.answer("he-says-nothing").is_some());
        assert!(pack.idea("soup").is_some());
        assert!(pack.question("quiet-day").is_some());
        assert!(pack.idea("needs").is_none());
    }
}
