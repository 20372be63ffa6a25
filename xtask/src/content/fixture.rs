//! A whole language that has nothing wrong with it, made of nonsense, to plant errors in.

use super::limits::{Floors, KINDS};
use super::source::{Problems, Shelf, Source};
use bothways::library::{Pack, Stage, Theme};
use std::fmt::Write;

/// Words that no two texts of the fixture have in the same order.
struct Nonsense(u64);

impl Nonsense {
    fn word(&mut self) -> String {
        // Knuth's constants for a linear congruential generator (MMIX).
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let letter =
            |shift: u32, letters: &[u8]| char::from(letters[(self.0 >> shift) as usize % letters.len()]);
        // One syllable each, so that it is easy reading.
        [letter(56, b"bcdfglmnprstvz"), letter(48, b"aiou"), letter(40, b"bdfglmnprtvz")].iter().collect()
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// As much as it has of everything.
pub const FLOORS: Floors = Floors {
    chapters: 9,
    answers: 3,
    ideas: 126,
    questions: 54,
    ideas_a_kind: 8,
    ideas_a_theme: 13,
    ideas_a_stage: 100,
    questions_a_theme: 6,
    questions_a_depth: 18,
    free_and_short: 100,
    apart: 14,
    outdoors: 13,
};

/// The files of a language.
pub struct Fixture(pub Vec<Source>);

impl Fixture {
    pub fn new() -> Self {
        let mut nonsense = Nonsense(1);
        let mut sources = Vec::new();
        for theme in Theme::ALL {
            sources.push(chapter(theme, &mut nonsense));
            sources.push(questions(theme, &mut nonsense));
        }
        sources.extend((0..3).map(|at| answer(at, &mut nonsense)));
        sources.extend(KINDS.iter().map(|kind| ideas(kind.id(), &mut nonsense)));
        sources.sort_by(|one, other| one.file.cmp(&other.file));
        Self(sources)
    }

    /// Replaces the first occurrence in the file, which must have one.
    pub fn plant(mut self, file: &str, from: &str, to: &str) -> Self {
        let named = format!("/{file}");
        let source = self.0.iter_mut().find(|source| source.file.ends_with(&named)).unwrap();
        assert!(source.text.contains(from), "{from:?} is not in {file}");
        source.text = source.text.replacen(from, to, 1);
        self
    }

    /// What `check` has to say, without the folder of the language.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Problems::default();
        super::check("en", &self.0, &FLOORS, &mut problems);
        problems.iter().map(|problem| problem.to_string().replace("content/en/", "")).collect()
    }

    pub fn pack(&self) -> Pack {
        super::check("en", &self.0, &FLOORS, &mut Problems::default())
    }
}

/// So many words, in sentences of five.
fn sentences(nonsense: &mut Nonsense, words: usize) -> String {
    let sentence = |at: usize, nonsense: &mut Nonsense| nonsense.words(5.min(words - at)) + ".";
    (0..words).step_by(5).map(|at| sentence(at, nonsense)).collect::<Vec<_>>().join(" ")
}

fn source(shelf: Shelf, name: &str, text: String) -> Source {
    let file = format!("content/en/{}/{name}.{}", shelf.folder(), shelf.extension());
    Source { shelf, file: file.into(), text }
}

fn chapter(theme: Theme, nonsense: &mut Nonsense) -> Source {
    let (number, id) = (theme.number(), theme.id());
    let practices: String = (2..4)
        .map(|at| {
            format!("[[practice]]\nid = \"{id}-practice-{at}\"\ntitle = \"P\"\nminutes = 5\nsteps = [\"S.\"]\nwrite = \"W\"\n\n")
        })
        .collect();
    let stages: String = Stage::ALL
        .iter()
        .map(|stage| {
            let stage = stage.id();
            format!("[[stage]]\nstage = \"{stage}\"\nchanges = \"A b c d {stage}.\"\ntry = \"A b c d e.\"\navoid = \"A b c d e.\"\n\n")
        })
        .collect();
    let evidence =
        "[[evidence]]\ngrade = \"opinion\"\nclaim = \"So it is.\"\nsource = \"We think so.\"\nlimits = \"All.\"\n\n".repeat(3);
    let text = format!(
        "+++
id = \"{id}\"
theme = {number}
title = \"Title\"
summary = \"Summary.\"
ideas = [\"art-0\", \"art-1\"]
questions = [\"needs-q-0\", \"needs-q-1\"]

[[practice]]
id = \"{id}-practice\"
title = \"Practice\"
minutes = 10
steps = [
  \"First.\",
  \"Second.\",
]
write = \"What I said:\"

{practices}{stages}{evidence}+++
Opening words, *with emphasis* and
on two lines.

## A heading

- One item
- Another item

{}
",
        sentences(nonsense, 893)
    );
    source(Shelf::Chapters, &format!("{number}-{id}"), text)
}

fn answer(at: usize, nonsense: &mut Nonsense) -> Source {
    let text = format!(
        "+++
id = \"ask-{at}\"
title = \"Why?\"
summary = \"Because.\"
themes = [1, 3]
ideas = []
questions = [\"needs-q-0\"]
+++
{}
A night shift, two homes, an adopted son, a wheelchair, ballet, sign language, a job abroad.
",
        sentences(nonsense, 150)
    );
    source(Shelf::Answers, &format!("ask-{at}"), text)
}

fn ideas(kind: &str, nonsense: &mut Nonsense) -> Source {
    let mut text = String::new();
    for at in 0..9 {
        let (one, two, three) = (nonsense.words(3), nonsense.words(6), nonsense.words(6));
        let theme = at + 1;
        let place = ["home", "outdoors", "apart"][at.min(2)];
        write!(
            text,
            "[[idea]]
id = \"{kind}-{at}\"
title = \"{one}\"
kind = \"{kind}\"
stages = [\"little\", \"school\", \"teen\", \"young\", \"grown\"]
minutes = 15
cost = \"nothing\"
place = \"{place}\"
weather = \"any\"
season = \"any\"
energy = \"calm\"
leads = \"either\"
themes = [{theme}]
needs = [\"a pan\"]
steps = [\"{two}\", \"{three}\"]
talk = \"{}?\"
log = \"It was\"
changes = {{ little = \"Less.\", grown = \"More.\" }}
",
            nonsense.words(4)
        )
        .unwrap();
    }
    source(Shelf::Ideas, kind, text)
}

fn questions(theme: Theme, nonsense: &mut Nonsense) -> Source {
    let (number, id) = (theme.number(), theme.id());
    let mut text = String::new();
    for at in 0..6 {
        let words = nonsense.words(7);
        let depth = ["easy", "real", "deep"][at % 3];
        write!(
            text,
            "[[question]]
id = \"{id}-q-{at}\"
text = \"{words}?\"
theme = {number}
depth = \"{depth}\"
stages = [\"school\", \"teen\"]
"
        )
        .unwrap();
    }
    source(Shelf::Questions, id, text)
}
