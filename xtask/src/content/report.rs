//! What there is, in numbers: the table that `cargo xtask content` prints, and `target/content.json`.

use bothways::library::{Cost, Depth, Idea, Kind, Minutes, Pack, Place, Question, Stage, Theme};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The table: ideas by kind, ideas by theme and stage, questions by theme and depth.
pub fn table(pack: &Pack) -> String {
    let (chapters, answers) = (pack.chapters.len(), pack.answers.len());
    let (ideas, questions) = (pack.ideas.len(), pack.questions.len());
    let mut lines = vec![
        format!(
            "{}: {chapters} chapters, {answers} answers, {ideas} ideas, {questions} questions",
            pack.language
        ),
        String::new(),
    ];
    let kinds = Kind::ALL.iter().map(|kind| (kind, ideas_that(pack, |idea| idea.kind == *kind)));
    lines.extend(kinds.filter(|(_, count)| *count > 0).map(|(kind, count)| row(kind.id(), &[count], &[])));

    let stages: String = Stage::ALL.iter().map(|stage| format!("{:>8}", stage.id())).collect();
    let depths: String = Depth::ALL.iter().map(|depth| format!("{:>8}", depth.id())).collect();
    lines.push(String::new());
    lines.push("  Ideas on each theme, for each stage, and its questions, by depth:".into());
    lines.push(format!("  {:<12}{stages}{:>8}  |{depths}{:>8}", "", "all", "all"));
    let themes = Theme::ALL.into_iter().map(|theme| {
        let ideas = by_stage(pack, |idea| idea.themes.contains(&theme));
        row(theme.id(), &ideas, &by_depth(pack, |question| question.theme == theme))
    });
    lines.extend(themes);
    lines.push(row("all", &by_stage(pack, |_| true), &by_depth(pack, |_| true)));
    lines.push(String::new());
    lines.join("\n")
}

fn row(name: &str, left: &[usize], right: &[usize]) -> String {
    let cells = |counts: &[usize]| counts.iter().map(|count| format!("{count:>8}")).collect::<String>();
    let bar = if right.is_empty() { "" } else { "  |" };
    format!("  {name:<12}{}{bar}{}", cells(left), cells(right))
}

/// How many of these ideas suit each stage, and how many there are.
fn by_stage(pack: &Pack, is: impl Fn(&Idea) -> bool) -> Vec<usize> {
    let stages = Stage::ALL.iter();
    let mut counts: Vec<usize> =
        stages.map(|stage| ideas_that(pack, |idea| is(idea) && idea.stages.contains(stage))).collect();
    counts.push(ideas_that(pack, &is));
    counts
}

/// How many of these questions have each depth, and how many there are.
fn by_depth(pack: &Pack, is: impl Fn(&Question) -> bool) -> Vec<usize> {
    let questions: Vec<&Question> = pack.questions.iter().filter(|question| is(question)).collect();
    let depths = Depth::ALL.iter();
    let mut counts: Vec<usize> =
        depths.map(|depth| questions.iter().filter(|question| question.depth == *depth).count()).collect();
    counts.push(questions.len());
    counts
}

/// The numbers of a language for `target/content.json`.
pub fn numbers(pack: &Pack) -> Value {
    let stages = Stage::ALL.iter().map(|stage| stage.id()).zip(by_stage(pack, |_| true));
    let depths = Depth::ALL.iter().map(|depth| depth.id()).zip(by_depth(pack, |_| true));
    let themes = Theme::ALL
        .into_iter()
        .map(|theme| (theme.id(), ideas_that(pack, |idea| idea.themes.contains(&theme))));
    json!({
        "chapters": pack.chapters.len(),
        "answers": pack.answers.len(),
        "ideas": pack.ideas.len(),
        "questions": pack.questions.len(),
        "ideas_by_stage": stages.collect::<BTreeMap<_, _>>(),
        "ideas_by_theme": themes.collect::<BTreeMap<_, _>>(),
        "feelings": pack.feelings.iter().map(|family| family.words.len()).sum::<usize>(),
        "free_and_short": ideas_that(pack, |idea| idea.cost == Cost::Nothing && idea.minutes <= Minutes::Quarter),
        "far_apart": ideas_that(pack, |idea| idea.place == Place::Apart),
        "outdoors": ideas_that(pack, |idea| idea.place == Place::Outdoors),
        "questions_by_depth": depths.collect::<BTreeMap<_, _>>(),
    })
}

fn ideas_that(pack: &Pack, is: impl Fn(&Idea) -> bool) -> usize {
    pack.ideas.iter().filter(|idea| is(idea)).count()
}
