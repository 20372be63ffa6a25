//! From files to the types of the library: chapters, answers, ideas, questions.

use super::fields::{Lines, Placed, parse};
use super::markdown::{PlacedBlock, blocks};
use super::source::{Problems, Source};
use bothways::library::{Answer, Block, Chapter, Evidence, Idea, Practice, Question, Stage, StageNote};
use std::collections::BTreeMap;

/// The line above and below the front matter of a chapter or an answer.
const FENCE: &str = "+++";

/// Reads every field before any of them may be found wanting, so that all that is wrong is reported. The fields
/// after the semicolon have been read already.
macro_rules! read {
    ($fields:ident, $type:ident { $($name:ident),+ $(; $($known:ident),+)? }) => {{
        $(let $name = $fields.read(stringify!($name));)+
        let lines = $fields.finish();
        Some(Placed { item: $type { $($name: $name?,)+ $($($known: $known?),+)? }, lines })
    }};
}

/// The ideas of one file; `None` for each that cannot be read.
pub fn ideas(source: &Source, problems: &mut Problems) -> Vec<Option<Placed<Idea>>> {
    let Some(mut file) = parse(source, &source.text, problems) else {
        return vec![None];
    };
    let ideas = file.entries("idea", |mut fields| {
        let changes: Option<BTreeMap<Stage, String>> = fields.read_or_default("changes");
        let changes = changes.map(|by_stage| by_stage.into_iter().collect());
        read!(fields, Idea {
            id, title, kind, stages, minutes, cost, place, weather, season, energy, leads, themes, needs, steps,
            talk, log; changes
        })
    });
    file.finish();
    ideas
}

/// The questions of one file; `None` for each that cannot be read.
pub fn questions(source: &Source, problems: &mut Problems) -> Vec<Option<Placed<Question>>> {
    let Some(mut file) = parse(source, &source.text, problems) else {
        return vec![None];
    };
    let questions = file.entries("question", |mut fields| {
        let who = fields.read_or_default("for");
        let (id, text, theme) = (fields.read("id"), fields.read("text"), fields.read("theme"));
        let (depth, stages) = (fields.read("depth"), fields.read("stages"));
        let lines = fields.finish();
        let (depth, stages) = (depth?, stages?);
        Some(Placed {
            item: Question { id: id?, text: text?, theme: theme?, depth, stages, who: who? },
            lines,
        })
    });
    file.finish();
    questions
}

/// A chapter, with its practices also by themselves, each with its own lines.
pub struct PlacedChapter {
    pub chapter: Placed<Chapter>,
    pub practices: Vec<Placed<Practice>>,
    pub stages: Vec<Placed<StageNote>>,
    pub evidence: Vec<Placed<Evidence>>,
}

/// The chapter in a file.
pub fn chapter(source: &Source, problems: &mut Problems) -> Option<PlacedChapter> {
    let (front, body) = parts(source, problems)?;
    let (body, body_lines) = split(blocks(source, body, problems));
    let mut fields = parse(source, &front, problems)?;
    let practices =
        fields.entries("practice", |mut fields| read!(fields, Practice { id, title, minutes, steps, write }));
    let stages = fields.entries("stage", |mut fields| {
        let (stage, changes) = (fields.read("stage"), fields.read("changes"));
        let (to_try, to_avoid) = (fields.read("try"), fields.read("avoid"));
        let lines = fields.finish();
        let item = StageNote { stage: stage?, changes: changes?, to_try: to_try?, to_avoid: to_avoid? };
        Some(Placed { item, lines })
    });
    let evidence =
        fields.entries("evidence", |mut fields| read!(fields, Evidence { grade, claim, source, limits }));
    let (id, theme, title) = (fields.read("id"), fields.read("theme"), fields.read("title"));
    let (summary, ideas, questions) =
        (fields.read("summary"), fields.read("ideas"), fields.read("questions"));
    let lines = with_body(fields.finish(), &body_lines);
    let practices: Vec<Placed<Practice>> = practices.into_iter().collect::<Option<_>>()?;
    let stages: Vec<Placed<StageNote>> = stages.into_iter().collect::<Option<_>>()?;
    let evidence: Vec<Placed<Evidence>> = evidence.into_iter().collect::<Option<_>>()?;
    let item = Chapter {
        id: id?,
        theme: theme?,
        title: title?,
        summary: summary?,
        practices: practices.iter().map(|practice| practice.item.clone()).collect(),
        stages: stages.iter().map(|note| note.item.clone()).collect(),
        evidence: evidence.iter().map(|said| said.item.clone()).collect(),
        body,
        ideas: ideas?,
        questions: questions?,
    };
    Some(PlacedChapter { chapter: Placed { item, lines }, practices, stages, evidence })
}

/// The answer in a file.
pub fn answer(source: &Source, problems: &mut Problems) -> Option<Placed<Answer>> {
    let (front, body) = parts(source, problems)?;
    let (body, body_lines) = split(blocks(source, body, problems));
    let mut fields = parse(source, &front, problems)?;
    let (id, title, summary) = (fields.read("id"), fields.read("title"), fields.read("summary"));
    let (themes, ideas, questions) = (fields.read("themes"), fields.read("ideas"), fields.read("questions"));
    let lines = with_body(fields.finish(), &body_lines);
    let (themes, ideas, questions) = (themes?, ideas?, questions?);
    let item = Answer { id: id?, title: title?, summary: summary?, themes, body, ideas, questions };
    Some(Placed { item, lines })
}

/// The front matter, at the offsets it has in the file, and the byte at which the text begins.
pub fn parts(source: &Source, problems: &mut Problems) -> Option<(String, usize)> {
    let mut offset = 0;
    let mut fences = source.text.split_inclusive('\n').filter_map(|line| {
        let start = offset;
        offset += line.len();
        (line.trim_end() == FENCE).then_some((start, offset))
    });
    let Some((0, _)) = fences.next() else {
        problems.add(source.spot(1), "the first line must be +++");
        return None;
    };
    let Some((end, body)) = fences.next() else {
        problems.add(source.spot(1), "the +++ that ends the front matter is missing");
        return None;
    };
    // The opening fence becomes a comment of the same length, so that offsets stay those of the file.
    let front = source.text.get(FENCE.len()..end).unwrap_or_default();
    Some((format!("#++{front}"), body))
}

fn split(blocks: Vec<PlacedBlock>) -> (Vec<Block>, Vec<usize>) {
    blocks.into_iter().map(|placed| (placed.block, placed.line)).unzip()
}

/// The block at index 3 of the body is found as `body.3`.
fn with_body(mut lines: Lines, body: &[usize]) -> Lines {
    for (at, line) in body.iter().enumerate() {
        lines.set(format!("body.{at}"), *line);
    }
    lines
}
