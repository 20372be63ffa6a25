//! The pack: everything there is to read in one language, as the app receives it.
//!
//! It is JSON, written by `cargo xtask content` and read here. Empty lists, absent values and "any" are left out.
//! Formatted text is [`Block`](super::Block)s and [`Span`](super::Span)s, never HTML: the app draws text nodes, so no content can become
//! markup. Unknown fields are passed over, so that a pack may grow without becoming unreadable.

use super::choices::{Cost, Depth, Energy, For, Kind, Leads, Minutes, Place, Season, Stage, Theme, Weather};
use super::feelings::Family;
use super::guide::{Answer, Chapter, Practice};
use super::id::ContentId;
use super::kinds::KindWords;
use crate::json::{BadRecord, Record, all_parsed, parsed, records, texts};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Why a pack cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// It was made for a later version of the program.
    #[error("the pack has format {0}, newer than this program")]
    Newer(u32),
    /// It is not a pack, or damaged.
    #[error("the pack cannot be read: {0}")]
    Broken(#[from] BadRecord),
}

/// Everything there is to read in one language.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// Words for what one feels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub feelings: Vec<Family>,
    /// Words for the kinds of entry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<KindWords>,
}

/// Something to do together.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    #[serde(skip_serializing_if = "is_default")]
    pub weather: Weather,
    /// The time of year it needs.
    #[serde(skip_serializing_if = "is_default")]
    pub season: Season,
    /// How lively it is.
    pub energy: Energy,
    /// Who leads.
    pub leads: Leads,
    /// What it is good for, the strongest first.
    pub themes: Vec<Theme>,
    /// What must be at hand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// One thing to talk about while doing it.
    pub talk: String,
    /// The line that starts an entry afterwards.
    pub log: String,
    /// What is different at a stage.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub changes: BTreeMap<Stage, String>,
}

/// A question for both. Both answer the same words.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    pub who: Option<For>,
}

impl Pack {
    /// The format this program writes and reads.
    pub const FORMAT: u32 = 1;

    /// Reads a pack.
    ///
    /// # Errors
    /// When it is damaged, or made for a later version of the program.
    pub fn from_json(json: &str) -> Result<Self, PackError> {
        let mut parts = Record::parse(json)?;
        // Only the format is common to all packs; whether anything else can be read depends on it.
        let format = parts.small("format")?;
        if format > Self::FORMAT {
            return Err(PackError::Newer(format));
        }
        Ok(Self {
            format,
            language: parts.text("language")?,
            chapters: records(parts.list("chapters")?, "chapters", Chapter::read)?,
            answers: records(parts.list("answers")?, "answers", Answer::read)?,
            ideas: records(parts.list("ideas")?, "ideas", Idea::read)?,
            questions: records(parts.list("questions")?, "questions", Question::read)?,
            feelings: records(parts.list_if_any("feelings")?, "feelings", Family::read)?,
            kinds: records(parts.list_if_any("kinds")?, "kinds", KindWords::read)?,
        })
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

    /// The word for a feeling of this id.
    pub fn feeling(&self, id: &str) -> Option<&str> {
        let mut words = self.feelings.iter().flat_map(|family| &family.words);
        let family = self.feelings.iter().find(|family| family.id == id).map(|family| family.name.as_str());
        family.or_else(|| words.find(|word| word.id == id).map(|word| word.name.as_str()))
    }

    /// The words of a kind of entry.
    pub fn kind(&self, id: &str) -> Option<&KindWords> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id.as_str() == id)
    }
}

impl Idea {
    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        let mut changes = BTreeMap::new();
        if let Some(Value::Object(by_stage)) = parts.take("changes") {
            for (stage, change) in by_stage {
                let Value::String(change) = change else { return Err(BadRecord::Part("changes")) };
                changes.insert(parsed(&stage, "changes")?, change);
            }
        }
        Ok(Self {
            id: parts.parsed("id")?,
            title: parts.text("title")?,
            kind: parts.parsed("kind")?,
            stages: all_parsed(parts.list("stages")?, "stages")?,
            minutes: Minutes::try_from(parts.small::<u16>("minutes")?)
                .map_err(|_| BadRecord::Part("minutes"))?,
            cost: parts.parsed("cost")?,
            place: parts.parsed("place")?,
            weather: parts.parsed_if_any("weather")?.unwrap_or_default(),
            season: parts.parsed_if_any("season")?.unwrap_or_default(),
            energy: parts.parsed("energy")?,
            leads: parts.parsed("leads")?,
            themes: themes(&parts.list("themes")?)?,
            needs: texts(parts.list_if_any("needs")?, "needs")?,
            steps: texts(parts.list("steps")?, "steps")?,
            talk: parts.text("talk")?,
            log: parts.text("log")?,
            changes,
        })
    }
}

impl Question {
    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            id: parts.parsed("id")?,
            text: parts.text("text")?,
            theme: theme(&parts.take("theme").unwrap_or_default())?,
            depth: parts.parsed("depth")?,
            stages: all_parsed(parts.list("stages")?, "stages")?,
            who: parts.parsed_if_any("for")?,
        })
    }
}

pub(super) fn theme(value: &Value) -> Result<Theme, BadRecord> {
    let number = value.as_u64().and_then(|number| u16::try_from(number).ok());
    number.and_then(|number| Theme::try_from(number).ok()).ok_or(BadRecord::Part("theme"))
}

pub(super) fn themes(values: &[Value]) -> Result<Vec<Theme>, BadRecord> {
    let mut themes = Vec::with_capacity(values.len());
    for value in values {
        themes.push(theme(value)?);
    }
    Ok(themes)
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::super::guide::{Block, Span};
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
        assert_eq!(pack.feeling("calm"), Some("Calm"));
        assert_eq!(pack.feeling("calm-rested"), Some("rested"));
        assert_eq!(pack.feeling("my own word"), None);
    }
}
