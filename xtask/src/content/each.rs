//! Rules for one chapter, answer, idea or question by itself.

use super::entries::PlacedChapter;
use super::fields::{Lines, Placed};
use super::grade::grade;
use super::limits::{
    ANSWER_WORDS, CHANGES, CHAPTER_WORDS, EVIDENCE, GRADE_OF_CHAPTERS, GRADE_OF_IDEAS, GRADE_OF_QUESTIONS,
    LINKS, PRACTICE_MINUTES, PRACTICES, QUESTION_CHARS, STAGE_WORDS, STAGES_WITHOUT_CHANGES, STEPS, THEMES,
    TITLE_CHARS,
};
use super::shelves::Library;
use super::source::Problems;
use super::typing::flaw;
use bothways::library::{Answer, Block, ContentId, Evidence, Idea, Practice, Question, Stage, StageNote};
use std::fmt::Display;
use std::ops::RangeInclusive;

/// Checks each thing of a language by itself.
pub fn check_each(library: &Library, problems: &mut Problems) {
    library.chapters.iter().for_each(|chapter| check_chapter(chapter, problems));
    library.answers.iter().for_each(|answer| check_answer(answer, problems));
    library.ideas.iter().for_each(|idea| check_idea(idea, problems));
    library.questions.iter().for_each(|question| check_question(question, problems));
}

fn check_chapter(placed: &PlacedChapter, problems: &mut Problems) {
    let Placed { item: chapter, lines } = &placed.chapter;
    let theme = chapter.theme.id();
    if chapter.id.as_str() != theme {
        problems.add(lines.spot("id"), format!("the chapter of this theme has the id \"{theme}\""));
    }
    check_text(&chapter.title, "title", lines, problems);
    check_text(&chapter.summary, "summary", lines, problems);
    check_body(&chapter.body, lines, problems);
    check_count("words", words_in(&chapter.body), CHAPTER_WORDS, lines, "body.0", problems);
    check_grade(&text_of(&chapter.body), GRADE_OF_CHAPTERS, "body.0", lines, problems);
    check_count("practices", chapter.practices.len(), PRACTICES, lines, "practice", problems);
    check_count("ideas", chapter.ideas.len(), LINKS, lines, "ideas", problems);
    check_count("questions", chapter.questions.len(), LINKS, lines, "questions", problems);
    check_count("pieces of evidence", chapter.evidence.len(), EVIDENCE, lines, "evidence", problems);
    if !chapter.stages.iter().map(|note| note.stage).eq(Stage::ALL.iter().copied()) {
        problems.add(lines.spot("stage"), "a chapter has a [[stage]] for each stage, in their order");
    }
    placed.stages.iter().for_each(|note| check_stage(note, problems));
    placed.evidence.iter().for_each(|said| check_evidence(said, problems));
    placed.practices.iter().for_each(|practice| check_practice(practice, problems));
}

fn check_stage(placed: &Placed<StageNote>, problems: &mut Problems) {
    let Placed { item: note, lines } = placed;
    for (field, text) in [("changes", &note.changes), ("try", &note.to_try), ("avoid", &note.to_avoid)] {
        check_text(text, field, lines, problems);
        check_count("words", text.split_whitespace().count(), STAGE_WORDS, lines, field, problems);
    }
}

fn check_evidence(placed: &Placed<Evidence>, problems: &mut Problems) {
    let Placed { item: said, lines } = placed;
    for (field, text) in [("claim", &said.claim), ("source", &said.source), ("limits", &said.limits)] {
        check_text(text, field, lines, problems);
    }
}

fn check_practice(placed: &Placed<Practice>, problems: &mut Problems) {
    let Placed { item: practice, lines } = placed;
    check_text(&practice.title, "title", lines, problems);
    check_text(&practice.write, "write", lines, problems);
    check_texts(&practice.steps, "steps", lines, problems);
    if practice.steps.is_empty() {
        problems.add(lines.spot("steps"), "a practice has at least one step");
    }
    if !PRACTICE_MINUTES.contains(&practice.minutes) {
        let (least, most) = (PRACTICE_MINUTES.start(), PRACTICE_MINUTES.end());
        problems.add(lines.spot("minutes"), format!("a practice takes {least} to {most} minutes"));
    }
}

fn check_answer(placed: &Placed<Answer>, problems: &mut Problems) {
    let Placed { item: answer, lines } = placed;
    check_text(&answer.title, "title", lines, problems);
    check_text(&answer.summary, "summary", lines, problems);
    check_body(&answer.body, lines, problems);
    check_count("words", words_in(&answer.body), ANSWER_WORDS, lines, "body.0", problems);
    check_grade(&text_of(&answer.body), GRADE_OF_CHAPTERS, "body.0", lines, problems);
    check_count("themes", answer.themes.len(), THEMES, lines, "themes", problems);
    check_once(
        &answer.themes.iter().map(|theme| theme.number()).collect::<Vec<_>>(),
        "themes",
        lines,
        problems,
    );
}

fn check_idea(placed: &Placed<Idea>, problems: &mut Problems) {
    let Placed { item: idea, lines } = placed;
    check_text(&idea.title, "title", lines, problems);
    check_length(&idea.title, TITLE_CHARS, "title", lines, problems);
    check_texts(&idea.needs, "needs", lines, problems);
    check_texts(&idea.steps, "steps", lines, problems);
    check_text(&idea.talk, "talk", lines, problems);
    check_text(&idea.log, "log", lines, problems);
    check_count("steps", idea.steps.len(), STEPS, lines, "steps", problems);
    check_count("themes", idea.themes.len(), THEMES, lines, "themes", problems);
    check_once(
        &idea.themes.iter().map(|theme| theme.number()).collect::<Vec<_>>(),
        "themes",
        lines,
        problems,
    );
    check_stages(&idea.stages.iter().map(|stage| stage.id()).collect::<Vec<_>>(), lines, problems);
    let said: Vec<&str> = idea
        .steps
        .iter()
        .chain([&idea.talk])
        .chain(idea.changes.iter().map(|(_, text)| text))
        .map(String::as_str)
        .collect();
    check_grade(&said.join("\n"), GRADE_OF_IDEAS, "steps", lines, problems);
    if !idea.talk.ends_with('?') {
        problems.add(lines.spot("talk"), "`talk` is a question: it ends with ?");
    }
    for (stage, text) in &idea.changes {
        let field = format!("changes.{}", stage.id());
        check_text(text, &field, lines, problems);
        if !idea.stages.contains(stage) {
            problems.add(lines.spot(&field), format!("{} is not one of its stages", stage.id()));
        }
    }
    if idea.stages.len() > STAGES_WITHOUT_CHANGES && idea.changes.len() < CHANGES {
        let stages = idea.stages.len();
        let message = format!("for {stages} stages, `changes` says what is different for at least {CHANGES}");
        problems.add(lines.spot("stages"), message);
    }
}

fn check_question(placed: &Placed<Question>, problems: &mut Problems) {
    let Placed { item: question, lines } = placed;
    check_text(&question.text, "text", lines, problems);
    check_length(&question.text, QUESTION_CHARS, "text", lines, problems);
    check_grade(&question.text, GRADE_OF_QUESTIONS, "text", lines, problems);
    check_stages(&question.stages.iter().map(|stage| stage.id()).collect::<Vec<_>>(), lines, problems);
    if !question.text.ends_with(['?', '.']) {
        problems.add(lines.spot("text"), "a question ends with ? or .");
    }
}

/// Reports what is wrong with a plain text.
pub fn check_text(text: &str, field: &str, lines: &Lines, problems: &mut Problems) {
    if let Some(flaw) = flaw(text) {
        problems.add(lines.spot(field), format!("`{field}`: {flaw}"));
    }
}

fn check_texts(texts: &[String], field: &str, lines: &Lines, problems: &mut Problems) {
    for (at, text) in texts.iter().enumerate() {
        check_text(text, &format!("{field}.{at}"), lines, problems);
    }
}

fn check_body(body: &[Block], lines: &Lines, problems: &mut Problems) {
    for (at, block) in body.iter().enumerate() {
        for flaw in block.texts().iter().filter_map(|text| flaw(text)) {
            problems.add(lines.spot(&format!("body.{at}")), format!("in this block: {flaw}"));
        }
    }
}

fn check_length(text: &str, most: usize, field: &str, lines: &Lines, problems: &mut Problems) {
    let length = text.chars().count();
    if length > most {
        problems.add(lines.spot(field), format!("`{field}` has {length} characters: {most} at most"));
    }
}

fn check_count(
    what: &str,
    count: usize,
    allowed: RangeInclusive<usize>,
    lines: &Lines,
    field: &str,
    problems: &mut Problems,
) {
    if !allowed.contains(&count) {
        let (least, most) = (allowed.start(), allowed.end());
        problems.add(lines.spot(field), format!("{count} {what}: there are {least} to {most}"));
    }
}

fn check_stages(stages: &[&str], lines: &Lines, problems: &mut Problems) {
    if stages.is_empty() {
        problems.add(lines.spot("stages"), "it suits no stage");
    }
    check_once(stages, "stages", lines, problems);
}

/// Nothing is listed twice.
pub fn check_once<T: PartialEq + Display>(list: &[T], field: &str, lines: &Lines, problems: &mut Problems) {
    for (at, one) in list.iter().enumerate() {
        if list.iter().take(at).any(|earlier| earlier == one) {
            problems.add(lines.spot(&format!("{field}.{at}")), format!("{one} is listed twice"));
        }
    }
}

/// Ids that are linked to, each once, and there is such a thing.
pub fn check_links(
    links: &[ContentId],
    exists: impl Fn(&ContentId) -> bool,
    field: &str,
    lines: &Lines,
    problems: &mut Problems,
) {
    check_once(links, field, lines, problems);
    for (at, id) in links.iter().enumerate().filter(|(_, id)| !exists(id)) {
        problems.add(lines.spot(&format!("{field}.{at}")), format!("there is no \"{id}\" among the {field}"));
    }
}

fn check_grade(text: &str, most: f64, field: &str, lines: &Lines, problems: &mut Problems) {
    let grade = grade(text);
    if grade > most {
        let message =
            format!("needs {grade:.1} years of school to read: {most} at most; shorter words and sentences");
        problems.add(lines.spot(field), message);
    }
}

fn text_of(body: &[Block]) -> String {
    body.iter().flat_map(Block::texts).collect::<Vec<_>>().join("\n")
}

fn words_in(body: &[Block]) -> usize {
    body.iter().flat_map(Block::texts).map(|text| text.split_whitespace().count()).sum()
}
