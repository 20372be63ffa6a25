//! Languages beside English: their files have texts only, each under the id of an English one, whose place it takes.
//! What is not there yet is read in English. Of a chapter a file may have the beginning, as many blocks as it likes.

use super::each::check_text;
use super::entries::parts;
use super::fields::{Fields, Lines, parse};
use super::markdown::{PlacedBlock, blocks};
use super::source::{Problems, Shelf, Source};
use super::vocabulary::{PROMPTS_IN_PACK, STARTERS_IN_PACK};
use bothways::library::{Block, Pack, Stage};
use std::any::type_name;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

/// A pack in another language, and how many of its things are in it.
pub struct Translated {
    pub pack: Pack,
    pub count: usize,
}

/// Puts what the files of a language say in place of the English, and reports what is wrong with them.
pub fn translated(
    language: &str,
    english: &Pack,
    sources: &[Source],
    vocabulary: &[Source; 2],
    problems: &mut Problems,
) -> Translated {
    let mut pack = Pack { language: language.to_owned(), ..english.clone() };
    let mut seen = Seen { ids: BTreeSet::new(), problems };
    for source in sources {
        match source.shelf {
            Shelf::Chapters => chapter(source, &mut pack, &mut seen),
            Shelf::Ideas => ideas(source, &mut pack, &mut seen),
            Shelf::Questions => questions(source, &mut pack, &mut seen),
            Shelf::Answers => {
                seen.problems
                    .add(source.spot(1), "answers are read in English: their place here is not made yet");
            }
        }
    }
    let [feelings_file, kinds_file] = vocabulary;
    feelings(feelings_file, &mut pack, &mut seen);
    kinds(kinds_file, &mut pack, &mut seen);
    Translated { pack, count: seen.ids.len() }
}

/// The ids there have been, and what was wrong.
struct Seen<'p> {
    ids: BTreeSet<(&'static str, String)>,
    problems: &'p mut Problems,
}

impl Seen<'_> {
    /// The English thing whose texts these are.
    fn english<'t, T>(
        &mut self,
        things: &'t mut [T],
        id_of: fn(&T) -> &str,
        id: &str,
        lines: &Lines,
    ) -> Option<&'t mut T> {
        // A kind, a feeling and a chapter may be called the same.
        if !self.ids.insert((type_name::<T>(), id.to_owned())) {
            self.problems.add(lines.spot("id"), format!("the id \"{id}\" is already taken"));
        }
        let found = things.iter_mut().find(|thing| id_of(thing) == id);
        if found.is_none() {
            self.problems.add(lines.spot("id"), format!("there is no \"{id}\" in English"));
        }
        found
    }

    /// Puts a text in place of the English one.
    fn text(&mut self, place: &mut String, text: String, field: &str, lines: &Lines) {
        check_text(&text, field, lines, self.problems);
        *place = text;
    }

    /// Puts texts in place of the English ones. There is something where the English has something.
    fn texts(&mut self, place: &mut Vec<String>, texts: Vec<String>, field: &str, lines: &Lines) {
        if texts.is_empty() != place.is_empty() {
            self.problems
                .add(lines.spot(field), format!("`{field}` is empty where the English is, and only there"));
        }
        for (at, text) in texts.iter().enumerate() {
            check_text(text, &format!("{field}.{at}"), lines, self.problems);
        }
        *place = texts;
    }
}

/// The things of one list in a file; what cannot be read is reported and left out.
fn each<T>(
    source: &Source,
    name: &str,
    problems: &mut Problems,
    read: impl Fn(Fields<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let Some(mut file) = parse(source, &source.text, problems) else { return Vec::new() };
    let things = file.entries(name, read);
    file.finish();
    things.into_iter().flatten().collect()
}

fn ideas(source: &Source, pack: &mut Pack, seen: &mut Seen<'_>) {
    let read = |mut fields: Fields<'_, '_>| {
        let id: Option<String> = fields.read("id");
        let texts = ["title", "talk", "log"].map(|name| fields.read::<String>(name));
        let lists = [fields.read_or_default::<Vec<String>>("needs"), fields.read("steps")];
        let changes: Option<BTreeMap<Stage, String>> = fields.read_or_default("changes");
        Some((id?, texts, lists, changes?, fields.finish()))
    };
    for (id, texts, lists, changes, lines) in each(source, "idea", seen.problems, read) {
        let ([Some(title), Some(talk), Some(log)], [Some(needs), Some(steps)]) = (texts, lists) else {
            continue;
        };
        let Some(idea) = seen.english(&mut pack.ideas, |idea| idea.id.as_str(), &id, &lines) else {
            continue;
        };
        seen.text(&mut idea.title, title, "title", &lines);
        seen.texts(&mut idea.needs, needs, "needs", &lines);
        seen.texts(&mut idea.steps, steps, "steps", &lines);
        seen.text(&mut idea.talk, talk, "talk", &lines);
        seen.text(&mut idea.log, log, "log", &lines);
        if !idea.talk.ends_with('?') {
            seen.problems.add(lines.spot("talk"), "`talk` is a question: it ends with ?");
        }
        if !idea.changes.iter().map(|(stage, _)| stage).eq(changes.keys()) {
            seen.problems.add(lines.spot("changes"), "`changes` has the stages of the English, and no other");
        }
        for (stage, text) in &changes {
            check_text(text, &format!("changes.{}", stage.id()), &lines, seen.problems);
        }
        idea.changes = changes.into_iter().collect();
    }
}

fn questions(source: &Source, pack: &mut Pack, seen: &mut Seen<'_>) {
    let read = |mut fields: Fields<'_, '_>| {
        let (id, text) = (fields.read::<String>("id"), fields.read::<String>("text"));
        Some((id?, text?, fields.finish()))
    };
    for (id, text, lines) in each(source, "question", seen.problems, read) {
        let Some(question) = seen.english(&mut pack.questions, |question| question.id.as_str(), &id, &lines)
        else {
            continue;
        };
        seen.text(&mut question.text, text, "text", &lines);
        if !question.text.ends_with(['?', '.']) {
            seen.problems.add(lines.spot("text"), "a question ends with ? or .");
        }
    }
}

fn chapter(source: &Source, pack: &mut Pack, seen: &mut Seen<'_>) {
    let Some((front, start)) = parts(source, seen.problems) else { return };
    let begun = blocks(source, start, seen.problems);
    let Some(mut fields) = parse(source, &front, seen.problems) else { return };
    let [id, title, summary] = ["id", "title", "summary"].map(|name| fields.read::<String>(name));
    let lines = fields.finish();
    let (Some(id), Some(title), Some(summary)) = (id, title, summary) else { return };
    let Some(chapter) = seen.english(&mut pack.chapters, |chapter| chapter.id.as_str(), &id, &lines) else {
        return;
    };
    seen.text(&mut chapter.title, title, "title", &lines);
    seen.text(&mut chapter.summary, summary, "summary", &lines);
    begin(&mut chapter.body, begun, source, seen.problems);
}

/// The first blocks of a chapter in place of the English ones, block by block: so the rest goes on where they end.
fn begin(body: &mut [Block], begun: Vec<PlacedBlock>, source: &Source, problems: &mut Problems) {
    let count = begun.len();
    for (english, PlacedBlock { block, line }) in body.iter_mut().zip(begun) {
        if discriminant(english) != discriminant(&block) {
            problems.add(source.spot(line), "the English has a block of another sort here");
        }
        *english = block;
    }
    if count > body.len() {
        problems.add(source.spot(1), format!("{count} blocks: the English has {}", body.len()));
    }
}

fn feelings(source: &Source, pack: &mut Pack, seen: &mut Seen<'_>) {
    let word = |mut fields: Fields<'_, '_>| {
        let [id, name, meaning] = ["id", "name", "meaning"].map(|name| fields.read::<String>(name));
        Some((id?, name?, meaning?, fields.finish()))
    };
    let family = |mut fields: Fields<'_, '_>| {
        let (id, name) = (fields.read::<String>("id"), fields.read::<String>("name"));
        let helped = fields.read::<Vec<String>>("helped");
        let words: Vec<_> = fields.entries("word", word).into_iter().flatten().collect();
        Some((id?, name?, helped?, words, fields.finish()))
    };
    for (id, name, helped, words, lines) in each(source, "family", seen.problems, family) {
        let Some(family) = seen.english(&mut pack.feelings, |family| &family.id, &id, &lines) else {
            continue;
        };
        seen.text(&mut family.name, name, "name", &lines);
        seen.texts(&mut family.helped, helped, "helped", &lines);
        for (id, name, meaning, lines) in words {
            let Some(word) = seen.english(&mut family.words, |word| &word.id, &id, &lines) else { continue };
            seen.text(&mut word.name, name, "name", &lines);
            seen.text(&mut word.meaning, meaning, "meaning", &lines);
        }
    }
}

fn kinds(source: &Source, pack: &mut Pack, seen: &mut Seen<'_>) {
    let read = |mut fields: Fields<'_, '_>| {
        let texts = ["id", "name", "about", "after"].map(|name| fields.read::<String>(name));
        let lists = ["prompts", "starters"].map(|name| fields.read::<Vec<String>>(name));
        Some((texts, lists, fields.finish()))
    };
    for (texts, lists, lines) in each(source, "kind", seen.problems, read) {
        let ([Some(id), Some(name), Some(about), Some(after)], [Some(mut prompts), Some(mut starters)]) =
            (texts, lists)
        else {
            continue;
        };
        let Some(kind) = seen.english(&mut pack.kinds, |kind| &kind.id, &id, &lines) else { continue };
        prompts.truncate(PROMPTS_IN_PACK);
        starters.truncate(STARTERS_IN_PACK);
        seen.text(&mut kind.name, name, "name", &lines);
        seen.text(&mut kind.about, about, "about", &lines);
        seen.texts(&mut kind.prompts, prompts, "prompts", &lines);
        seen.texts(&mut kind.starters, starters, "starters", &lines);
        seen.text(&mut kind.after, after, "after", &lines);
    }
}
