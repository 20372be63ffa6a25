//! What the guide is made of: chapters, and answers to the questions people ask.

use super::choices::{Grade, Stage, Theme};
use super::id::ContentId;
use super::pack::{theme, themes};
use crate::json::{BadRecord, Record, all_parsed, records, texts};
use serde::Serialize;
use serde_json::Value;

/// One chapter of the guide.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// What it looks like at each stage, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageNote>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// The text.
    pub body: Vec<Block>,
    /// Ideas it leads to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ideas: Vec<ContentId>,
    /// Questions it leads to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<ContentId>,
}

/// What a chapter's theme looks like at one stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageNote {
    /// The stage.
    pub stage: Stage,
    /// What is different now.
    pub changes: String,
    /// One thing to do.
    #[serde(rename = "try")]
    pub to_try: String,
    /// One thing to leave.
    #[serde(rename = "avoid")]
    pub to_avoid: String,
}

/// Something a chapter says, and how sure one can be of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// How well it is known.
    pub grade: Grade,
    /// What is said.
    pub claim: String,
    /// Who found it, when, and how.
    pub source: String,
    /// What it does not show.
    pub limits: String,
}

/// Something to try, in ten minutes at most.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ideas: Vec<ContentId>,
    /// Questions it leads to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<ContentId>,
}

/// A piece of formatted text, set apart from its neighbours.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Span {
    /// Plain words.
    #[serde(rename = "t")]
    Text(String),
    /// Words with emphasis.
    #[serde(rename = "em")]
    Emphasis(String),
}

impl Chapter {
    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            id: parts.parsed("id")?,
            theme: theme(&parts.take("theme").unwrap_or_default())?,
            title: parts.text("title")?,
            summary: parts.text("summary")?,
            practices: records(parts.list("practices")?, "practices", Practice::read)?,
            stages: records(parts.list_if_any("stages")?, "stages", StageNote::read)?,
            evidence: records(parts.list_if_any("evidence")?, "evidence", Evidence::read)?,
            body: blocks(parts.list("body")?)?,
            ideas: all_parsed(parts.list_if_any("ideas")?, "ideas")?,
            questions: all_parsed(parts.list_if_any("questions")?, "questions")?,
        })
    }
}

impl StageNote {
    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            stage: parts.parsed("stage")?,
            changes: parts.text("changes")?,
            to_try: parts.text("try")?,
            to_avoid: parts.text("avoid")?,
        })
    }
}

impl Evidence {
    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            grade: parts.parsed("grade")?,
            claim: parts.text("claim")?,
            source: parts.text("source")?,
            limits: parts.text("limits")?,
        })
    }
}

impl Practice {
    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            id: parts.parsed("id")?,
            title: parts.text("title")?,
            minutes: parts.small("minutes")?,
            steps: texts(parts.list("steps")?, "steps")?,
            write: parts.text("write")?,
        })
    }
}

impl Answer {
    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            id: parts.parsed("id")?,
            title: parts.text("title")?,
            summary: parts.text("summary")?,
            themes: themes(&parts.list("themes")?)?,
            body: blocks(parts.list("body")?)?,
            ideas: all_parsed(parts.list_if_any("ideas")?, "ideas")?,
            questions: all_parsed(parts.list_if_any("questions")?, "questions")?,
        })
    }
}

fn blocks(values: Vec<Value>) -> Result<Vec<Block>, BadRecord> {
    records(values, "body", Block::read)
}

fn spans(value: Value) -> Result<Vec<Span>, BadRecord> {
    match value {
        Value::Array(values) => records(values, "spans", Span::read),
        _ => Err(BadRecord::Part("spans")),
    }
}

impl Block {
    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        if let Some(text) = parts.text_if_any("h")? {
            return Ok(Self::Heading(text));
        }
        if let Some(words) = parts.take("p") {
            return Ok(Self::Paragraph(spans(words)?));
        }
        let mut items = Vec::new();
        for item in parts.list("ul")? {
            items.push(spans(item)?);
        }
        Ok(Self::List(items))
    }

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
    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        match parts.text_if_any("t")? {
            Some(text) => Ok(Self::Text(text)),
            None => parts.text("em").map(Self::Emphasis),
        }
    }

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
