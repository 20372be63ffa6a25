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

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;
    use bothways::library::{Family, FeelingWord, KindWords, Span};

    const FILES: [(Shelf, &str); 5] = [
        (
            Shelf::Chapters,
            "+++\nid = \"needs\"\ntitle = \"Los dos\"\nsummary = \"Lo que hace falta.\"\n+++\nComienzo de él.\n",
        ),
        (
            Shelf::Ideas,
            "[[idea]]\nid = \"art-0\"\ntitle = \"Una línea\"\nneeds = [\"papel\"]\nsteps = [\"Se traza.\"]\ntalk = \"¿Cuál?\"\n\
             log = \"Fue\"\nchanges = { little = \"Menos.\", grown = \"Más.\" }\n",
        ),
        (Shelf::Questions, "[[question]]\nid = \"needs-q-0\"\ntext = \"¿Qué dijo con «nada»?\"\n"),
        (
            Shelf::Ideas,
            "[[family]]\nid = \"glad\"\nname = \"Alegría\"\nhelped = [\"Contarlo\"]\n[[family.word]]\nid = \"glad-merry\"\n\
             name = \"risa\"\nmeaning = \"Todo pesa poco.\"\n",
        ),
        (
            Shelf::Ideas,
            "[[kind]]\nid = \"moment\"\nname = \"Un momento\"\nabout = \"Algo que pasó.\"\nprompts = [\"¿Qué?\"]\n\
             starters = [\"Hoy\"]\nafter = \"Guardado.\"\n",
        ),
    ];

    fn english() -> Pack {
        let word = |text: &str| text.to_owned();
        let merry =
            FeelingWord { id: word("glad-merry"), name: word("merry"), meaning: word("Light."), depth: 3 };
        let moment = KindWords {
            id: word("moment"),
            name: word("A moment"),
            about: word("Something."),
            prompts: vec![word("What?")],
            starters: vec![word("Today")],
            after: word("Kept."),
        };
        let glad = Family {
            id: word("glad"),
            face: word("glad"),
            name: word("Glad"),
            helped: vec![word("Tell")],
            words: vec![merry],
        };
        Pack { feelings: vec![glad], kinds: vec![moment], ..Fixture::new().pack() }
    }

    /// What becomes of the files, with this in place of that, and what is wrong with them.
    fn read(from: &str, to: &str) -> (Translated, String) {
        assert!(FILES.iter().any(|(_, text)| text.contains(from)), "{from}");
        let [chapter, idea, question, feelings, kinds] =
            FILES.map(|(shelf, text)| Source { shelf, file: "f".into(), text: text.replacen(from, to, 1) });
        let mut problems = Problems::default();
        let english = english();
        let read = translated("es", &english, &[chapter, idea, question], &[feelings, kinds], &mut problems);
        (read, problems.iter().map(|problem| format!("{problem}\n")).collect())
    }

    #[test]
    fn texts_take_the_place_of_the_english_and_everything_else_stays_as_it_was() {
        let (Translated { pack, count }, wrong) = read("Los dos", "Los dos");
        assert_eq!((wrong.as_str(), count, pack.language.as_str()), ("", 6, "es"));
        let english = english();
        let (idea, theirs) = (pack.idea("art-0").unwrap(), english.idea("art-0").unwrap());
        assert_eq!((idea.title.as_str(), idea.steps.len(), idea.talk.as_str()), ("Una línea", 1, "¿Cuál?"));
        assert_eq!((idea.kind, &idea.stages, idea.minutes), (theirs.kind, &theirs.stages, theirs.minutes));
        assert_eq!(idea.changes, [(Stage::Little, "Menos.".to_owned()), (Stage::Grown, "Más.".to_owned())]);
        assert_eq!(pack.idea("art-1"), english.idea("art-1"));
        let (chapter, theirs) = (&pack.chapters[0], &english.chapters[0]);
        assert_eq!(chapter.body[0], Block::Paragraph(vec![Span::Text("Comienzo de él.".into())]));
        assert_eq!(chapter.body[1..], theirs.body[1..]);
        assert_eq!((&chapter.practices, chapter.theme), (&theirs.practices, theirs.theme));
        assert_eq!((pack.feelings[0].name.as_str(), pack.feelings[0].words[0].depth), ("Alegría", 3));
        assert_eq!(pack.kinds[0].name, "Un momento");
        assert_eq!(pack.answers, english.answers);
    }

    #[test]
    fn beside_the_english_it_is_small_and_comes_back() {
        use bothways::library::beside::{beside, joined};
        let (Translated { pack, .. }, _) = read("Los dos", "Los dos");
        let (english, own) = (english().write(), pack.write());
        let kept = beside(&english, &own).unwrap();
        assert!(kept.len() < 1000, "{} bytes", kept.len());
        assert_eq!(Pack::read(&joined(&english, &kept).unwrap()).unwrap(), pack);
    }

    #[test]
    fn a_planted_error_of_each_sort_is_found() {
        for (from, to, says) in [
            ("art-0", "art-99", "f:2: there is no \"art-99\" in English"),
            ("needs-q-0", "art-0", "f:2: there is no \"art-0\" in English"),
            ("\"needs\"", "\"needing\"", "there is no \"needing\" in English"),
            ("\"glad-merry\"", "\"glad\"", "there is no \"glad\" in English"),
            ("\"moment\"", "\"instant\"", "there is no \"instant\" in English"),
            ("log = \"Fue\"\n", "", "f:1: `log` is missing"),
            ("log = \"Fue\"", "log = \" Fue\"", "f:7: `log`: it begins or ends with a space"),
            ("log = \"Fue\"", "log = \"Fue\"\nminutes = 15", "f:8: `minutes` is not a field of this"),
            ("¿Cuál?", "Cuál", "`talk` is a question"),
            ("«nada»?", "«nada»", "a question ends with ? or ."),
            ("[\"papel\"]", "[]", "`needs` is empty where the English is"),
            ("little = \"Menos.\", ", "", "`changes` has the stages of the English"),
            ("little = \"Menos.\"", "smol = \"Menos.\"", "`changes`"),
            ("Comienzo", "## Comienzo", "f:6: the English has a block of another sort here"),
            ("Comienzo", "[Comienzo](x)", "f:6: "),
            ("+++\nid", "id", "the first line must be +++"),
            ("[[kind]]", "[[kinds]]", "`kinds` is not a field of this"),
            (
                "[[question]]",
                "[[question]]\nid = \"needs-q-0\"\ntext = \"¿Y?\"\n[[question]]",
                "is already taken",
            ),
        ] {
            let (_, wrong) = read(from, to);
            assert!(wrong.contains(says), "{says} is not in: {wrong}");
        }
    }
}
