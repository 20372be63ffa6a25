//! What the guide is made of: chapters, and answers to the questions people ask.

use super::choices::{Grade, Stage, Theme};
use super::columns::{Lines, Row, Written, items, letters};
use super::id::ContentId;
use crate::caps;

/// One chapter of the guide.
#[derive(Clone, Debug, PartialEq)]
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
    pub stages: Vec<StageNote>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The text.
    pub body: Vec<Block>,
    /// Ideas it leads to.
    pub ideas: Vec<ContentId>,
    /// Questions it leads to.
    pub questions: Vec<ContentId>,
}

/// What a chapter's theme looks like at one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageNote {
    /// The stage.
    pub stage: Stage,
    /// What is different now.
    pub changes: String,
    /// One thing to do.
    pub to_try: String,
    /// One thing to leave.
    pub to_avoid: String,
}

/// Something a chapter says, and how sure one can be of it.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
    pub ideas: Vec<ContentId>,
    /// Questions it leads to.
    pub questions: Vec<ContentId>,
}

/// A piece of formatted text, set apart from its neighbours.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading within a chapter or an answer.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list without numbers.
    List(Vec<Vec<Span>>),
}

/// A run of words.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// Words with emphasis.
    Emphasis(String),
}

/// The columns of each.
const CHAPTER: usize = 7;
const PRACTICE: usize = 5;
const NOTE: usize = 4;
const EVIDENCE: usize = 4;
const ANSWER: usize = 7;

/// What a block is, in its first letter.
const HEADING: char = 'h';
const PARAGRAPH: char = 'p';
const LIST: char = 'l';
/// Between the items of a list, and wherever emphasis begins or ends.
const POINT: char = '\u{1d}';
const EMPHASIS: char = '\u{1c}';

/// Writes the chapters, and then what else each has.
pub(super) fn write_chapters(chapters: &[Chapter], written: &mut Written) {
    written.table(chapters, Chapter::row);
    for chapter in chapters {
        written.table(&chapter.practices, Practice::row);
        written.table(&chapter.stages, StageNote::row);
        written.table(&chapter.evidence, Evidence::row);
    }
}

/// Reads what `write_chapters` has written.
pub(super) fn read_chapters(lines: &mut Lines) -> Option<Vec<Chapter>> {
    let mut chapters = lines.table(CHAPTER, Chapter::read)?;
    for chapter in &mut chapters {
        chapter.practices = lines.table(PRACTICE, Practice::read)?;
        chapter.stages = lines.table(NOTE, StageNote::read)?;
        chapter.evidence = lines.table(EVIDENCE, Evidence::read)?;
    }
    Some(chapters)
}

pub(super) fn write_answers(answers: &[Answer], written: &mut Written) {
    written.table(answers, Answer::row);
}

/// Reads what `write_answers` has written.
pub(super) fn read_answers(lines: &mut Lines) -> Option<Vec<Answer>> {
    lines.table(ANSWER, Answer::read)
}

impl Chapter {
    fn row(&self) -> [String; CHAPTER] {
        [
            letters(&[self.theme], &Theme::ALL),
            self.id.to_string(),
            items(&self.ideas),
            items(&self.questions),
            body(&self.body),
            self.title.clone(),
            self.summary.clone(),
        ]
    }

    /// Without what follows it.
    fn read(row: &mut Row) -> Option<Self> {
        Some(Self {
            theme: row.choice(&Theme::ALL)?,
            id: row.parsed()?,
            ideas: row.items(id)?,
            questions: row.items(id)?,
            body: row.items(Block::read)?,
            title: row.text(),
            summary: row.text(),
            practices: Vec::new(),
            stages: Vec::new(),
            evidence: Vec::new(),
        })
    }
}

impl StageNote {
    fn row(&self) -> [String; NOTE] {
        let stage = letters(&[self.stage], Stage::ALL);
        [stage, self.changes.clone(), self.to_try.clone(), self.to_avoid.clone()]
    }

    fn read(row: &mut Row) -> Option<Self> {
        Some(Self {
            stage: row.choice(Stage::ALL)?,
            changes: row.text(),
            to_try: row.text(),
            to_avoid: row.text(),
        })
    }
}

impl Evidence {
    fn row(&self) -> [String; EVIDENCE] {
        let grade = letters(&[self.grade], Grade::ALL);
        [grade, self.claim.clone(), self.source.clone(), self.limits.clone()]
    }

    fn read(row: &mut Row) -> Option<Self> {
        Some(Self {
            grade: row.choice(Grade::ALL)?,
            claim: row.text(),
            source: row.text(),
            limits: row.text(),
        })
    }
}

impl Practice {
    fn row(&self) -> [String; PRACTICE] {
        let [id, minutes] = [self.id.to_string(), self.minutes.to_string()];
        [minutes, id, self.title.clone(), items(&self.steps), self.write.clone()]
    }

    fn read(row: &mut Row) -> Option<Self> {
        Some(Self {
            minutes: row.parsed()?,
            id: row.parsed()?,
            title: row.text(),
            steps: row.texts(),
            write: row.text(),
        })
    }
}

impl Answer {
    fn row(&self) -> [String; ANSWER] {
        [
            letters(&self.themes, &Theme::ALL),
            self.id.to_string(),
            items(&self.ideas),
            items(&self.questions),
            body(&self.body),
            self.title.clone(),
            self.summary.clone(),
        ]
    }

    fn read(row: &mut Row) -> Option<Self> {
        Some(Self {
            themes: row.choices(&Theme::ALL)?,
            id: row.parsed()?,
            ideas: row.items(id)?,
            questions: row.items(id)?,
            body: row.items(Block::read)?,
            title: row.text(),
            summary: row.text(),
        })
    }
}

fn id(text: &str) -> Option<ContentId> {
    text.parse().ok()
}

fn body(blocks: &[Block]) -> String {
    items(&blocks.iter().map(Block::cell).collect::<Vec<_>>())
}

/// Plain words and words with emphasis by turns, as in `not EMPHASIS now EMPHASIS please`.
fn marked(spans: &[Span]) -> String {
    let mut text = String::new();
    for span in spans {
        match span {
            Span::Text(words) => text.push_str(words),
            Span::Emphasis(words) => text.push_str(&format!("{EMPHASIS}{words}{EMPHASIS}")),
        }
    }
    text
}

fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for (at, words) in text.split(EMPHASIS).enumerate().filter(|(_, words)| !words.is_empty()) {
        let words = words.to_owned();
        spans.push(if at % 2 == 0 { Span::Text(words) } else { Span::Emphasis(words) });
    }
    spans
}

impl Block {
    fn cell(&self) -> String {
        match self {
            Self::Heading(text) => format!("{HEADING}{text}"),
            Self::Paragraph(spans) => format!("{PARAGRAPH}{}", marked(spans)),
            Self::List(points) => {
                let points: Vec<String> = points.iter().map(|spans| marked(spans)).collect();
                format!("{LIST}{}", points.join(&POINT.to_string()))
            }
        }
    }

    fn read(cell: &str) -> Option<Self> {
        let mut letters = cell.chars();
        let sort = letters.next()?;
        let words = letters.as_str();
        match sort {
            HEADING => Some(Self::Heading(words.to_owned())),
            PARAGRAPH => Some(Self::Paragraph(spans(words))),
            LIST => Some(Self::List(words.split(POINT).map(spans).collect())),
            _ => None,
        }
    }

    /// The words by which a note names it, here and in a later edition: all of them, or the first.
    pub fn passage(&self) -> String {
        self.texts().join(" ").chars().take(caps::PASSAGE_CHARS).collect()
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
