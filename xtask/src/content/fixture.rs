//! A whole language that has nothing wrong with it, made of nonsense, to plant errors in.

use super::limits::KINDS;
use super::source::{Problems, Shelf, Source};
use bothways::library::{Pack, Theme};
use std::fmt::Write;

/// Words that no two texts of the fixture have in the same order.
struct Nonsense(u64);

impl Nonsense {
    fn word(&mut self) -> String {
        // Knuth's constants for a linear congruential generator (MMIX).
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let syllables = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"];
        let syllable = |shift: u32| syllables[(self.0 >> shift) as usize % syllables.len()];
        [syllable(60), syllable(50), syllable(40)].concat()
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

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
        sources.extend(KINDS.map(|kind| ideas(kind.id(), &mut nonsense)));
        sources.sort_by(|one, other| one.file.cmp(&other.file));
        Self(sources)
    }

    /// Replaces the first occurrence in the file, which must have one.
    pub fn plant(mut self, file: &str, from: &str, to: &str) -> Self {
        let source = self.0.iter_mut().find(|source| source.file.ends_with(file)).unwrap();
        assert!(source.text.contains(from), "{from:?} is not in {file}");
        source.text = source.text.replacen(from, to, 1);
        self
    }

    /// What `check` has to say, without the folder of the language.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Problems::default();
        super::check("en", &self.0, &mut problems);
        problems.iter().map(|problem| problem.to_string().replace("content/en/", "")).collect()
    }

    pub fn pack(&self) -> Pack {
        super::check("en", &self.0, &mut Problems::default())
    }
}

fn source(shelf: Shelf, name: &str, text: String) -> Source {
    let file = format!("content/en/{}/{name}.{}", shelf.folder(), shelf.extension());
    Source { shelf, file: file.into(), text }
}

fn chapter(theme: Theme, nonsense: &mut Nonsense) -> Source {
    let (number, id) = (theme.number(), theme.id());
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
+++
Opening words, *with emphasis* and
on two lines.

## A heading

- One item
- Another item

{}.
",
        nonsense.words(343)
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
{}.
",
        nonsense.words(150)
    );
    source(Shelf::Answers, &format!("ask-{at}"), text)
}

fn ideas(kind: &str, nonsense: &mut Nonsense) -> Source {
    let mut text = String::new();
    for at in 0..9 {
        let (one, two, three) = (nonsense.words(3), nonsense.words(6), nonsense.words(6));
        let theme = at + 1;
        write!(
            text,
            "[[idea]]
id = \"{kind}-{at}\"
title = \"{one}\"
kind = \"{kind}\"
stages = [\"little\", \"school\", \"teen\", \"young\", \"grown\"]
minutes = 15
cost = \"nothing\"
place = \"home\"
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
        write!(
            text,
            "[[question]]
id = \"{id}-q-{at}\"
text = \"{words}?\"
theme = {number}
depth = \"easy\"
stages = [\"school\", \"teen\"]
"
        )
        .unwrap();
    }
    source(Shelf::Questions, id, text)
}
