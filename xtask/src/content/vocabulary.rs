//! Words for what one feels (`feelings.toml`) and for the kinds of entry (`kinds.toml`): checked, and put into the pack.

use super::source::{Problems, Spot};
use bothways::library::{self, FeelingWord, KindWords, Pack};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// The files, which are not on a shelf of their own.
pub const FILES: [&str; 2] = ["feelings.toml", "kinds.toml"];

/// The faces that are drawn for one who cannot read yet: one for each family.
const FACES: [&str; 8] = ["glad", "calm", "proud", "loving", "sad", "scared", "angry", "tired"];
const KINDS: [&str; 16] = [
    "moment",
    "check-in",
    "good-news",
    "answer",
    "thanks",
    "learned",
    "teach-me",
    "story",
    "letter",
    "agreement",
    "repair",
    "ritual",
    "milestone",
    "he-leads",
    "own-idea",
    "own-question",
];
/// Words there must be, in all and at the middle depth.
const WORDS: usize = 100;
const MIDDLE_WORDS: usize = 32;
/// Characters of a meaning, a kind's name, a prompt, a starter.
const MEANING: usize = 70;
const NAME: usize = 24;
const PROMPT: usize = 110;
const STARTER: usize = 60;
const OF_EACH: std::ops::RangeInclusive<usize> = 6..=10;
/// How many of a kind's prompts and starters the pack has: the first ones. A form shows one at a time, and more would
/// cost every phone some kilobytes.
pub const PROMPTS_IN_PACK: usize = 5;
pub const STARTERS_IN_PACK: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Feelings {
    family: Vec<Family>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    id: String,
    face: String,
    name: String,
    pleasant: i8,
    energy: i8,
    helped: Vec<String>,
    word: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    id: String,
    name: String,
    meaning: String,
    depth: u8,
    pleasant: i8,
    energy: i8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    id: String,
    name: String,
    about: String,
    prompts: Vec<String>,
    starters: Vec<String>,
    after: String,
}

/// Checks both files of a language, as far as they are there, and puts them into its pack.
pub fn check(root: &Path, pack: &mut Pack, problems: &mut Problems) -> io::Result<()> {
    let [feelings_file, kinds_file] = FILES.map(|name| format!("content/{}/{name}", pack.language));
    if let Some(Feelings { family }) = read(root, &feelings_file, problems, wrong_with_feelings)? {
        pack.feelings = family.into_iter().map(family_in_pack).collect();
    }
    if let Some(Kinds { kind }) = read(root, &kinds_file, problems, wrong_with_kinds)? {
        pack.kinds = kind.into_iter().map(kind_in_pack).collect();
    }
    Ok(())
}

/// A file, if it is there and can be read; what is wrong with it is reported.
fn read<T: DeserializeOwned>(
    root: &Path,
    file: &str,
    problems: &mut Problems,
    wrong_with: fn(&T) -> Vec<String>,
) -> io::Result<Option<T>> {
    let text = match fs::read_to_string(root.join(file)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text?,
    };
    let found = parse(&text);
    let wrong = found.as_ref().map_or_else(|error| vec![error.clone()], wrong_with);
    for message in wrong {
        problems.add(Spot { file: file.into(), line: 0 }, message);
    }
    Ok(found.ok())
}

/// The livelier and pleasanter words first: that is the order in which they are offered.
fn family_in_pack(mut family: Family) -> library::Family {
    family.word.sort_by_key(|word| std::cmp::Reverse((word.energy, word.pleasant)));
    let word =
        |word: Word| FeelingWord { id: word.id, name: word.name, meaning: word.meaning, depth: word.depth };
    library::Family {
        id: family.id,
        face: family.face,
        name: family.name,
        helped: family.helped,
        words: family.word.into_iter().map(word).collect(),
    }
}

fn kind_in_pack(kind: Kind) -> KindWords {
    let first = |texts: Vec<String>, count| texts.into_iter().take(count).collect();
    KindWords {
        id: kind.id,
        name: kind.name,
        about: kind.about,
        prompts: first(kind.prompts, PROMPTS_IN_PACK),
        starters: first(kind.starters, STARTERS_IN_PACK),
        after: kind.after,
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

fn wrong_with_feelings(feelings: &Feelings) -> Vec<String> {
    let mut wrong = Vec::new();
    let faces: Vec<&str> = feelings.family.iter().map(|family| family.face.as_str()).collect();
    if faces != FACES {
        wrong.push(format!("the families' faces must be {}", FACES.join(", ")));
    }
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for family in &feelings.family {
        if family.name.is_empty() || family.helped.is_empty() || family.helped.iter().any(String::is_empty) {
            wrong.push(format!("{}: a name, and what helped, are needed", family.id));
        }
        for word in &family.word {
            if !ids.insert(&word.id) || !word.id.starts_with(&format!("{}-", family.id)) {
                wrong.push(format!("{}: an id is used once, and begins with its family's", word.id));
            }
            if !names.insert(word.name.to_lowercase()) {
                wrong.push(format!("{}: the word \"{}\" stands twice", word.id, word.name));
            }
            if word.meaning.is_empty() || word.meaning.chars().count() > MEANING {
                wrong.push(format!("{}: a meaning has 1 to {MEANING} characters", word.id));
            }
            let places = [word.pleasant, word.energy, family.pleasant, family.energy];
            if !(2..=3).contains(&word.depth) || places.iter().any(|place| !(-3..=3).contains(place)) {
                wrong.push(format!("{}: depth is 2 or 3, pleasant and energy are -3 to 3", word.id));
            }
        }
    }
    let all = || feelings.family.iter().flat_map(|family| &family.word);
    let middle = all().filter(|word| word.depth == 2).count();
    if all().count() < WORDS || middle < MIDDLE_WORDS {
        wrong.push(format!(
            "{} words, {middle} of depth 2; {WORDS} and {MIDDLE_WORDS} are needed",
            all().count()
        ));
    }
    wrong
}

fn wrong_with_kinds(kinds: &Kinds) -> Vec<String> {
    let mut wrong = Vec::new();
    let ids: Vec<&str> = kinds.kind.iter().map(|kind| kind.id.as_str()).collect();
    if ids != KINDS {
        wrong.push(format!("the kinds must be {}", KINDS.join(", ")));
    }
    for kind in &kinds.kind {
        let fits = |texts: &[String], chars| {
            OF_EACH.contains(&texts.len())
                && texts.iter().all(|text| !text.is_empty() && text.chars().count() <= chars)
        };
        if kind.name.is_empty() || kind.name.chars().count() > NAME {
            wrong.push(format!("{}: a name has 1 to {NAME} characters", kind.id));
        }
        if kind.about.is_empty() || kind.after.is_empty() {
            wrong.push(format!("{}: `about` and `after` must say something", kind.id));
        }
        if !fits(&kind.prompts, PROMPT) || !fits(&kind.starters, STARTER) {
            wrong.push(format!(
                "{}: 6 to 10 prompts of at most {PROMPT} characters, and starters of at most {STARTER}",
                kind.id
            ));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

    fn english(name: &str) -> String {
        fs::read_to_string(Path::new(ROOT).join("content/en").join(name)).unwrap()
    }

    #[test]
    fn the_words_there_are_have_nothing_wrong() {
        let mut problems = Problems::default();
        let mut pack = Fixture::new().pack();
        check(Path::new(ROOT), &mut pack, &mut problems).unwrap();
        assert_eq!(pack.kinds.len(), KINDS.len());
        let kind = pack.kind("check-in").unwrap();
        assert_eq!((kind.prompts.len(), kind.starters.len()), (PROMPTS_IN_PACK, STARTERS_IN_PACK));
        assert!(pack.feelings.iter().map(|family| family.words.len()).sum::<usize>() >= WORDS);
        assert!(problems.is_empty());
    }

    #[test]
    fn a_planted_error_of_each_sort_is_found() {
        let feelings = english("feelings.toml");
        for (from, to, says) in [
            ("face = \"glad\"", "face = \"grinning\"", "faces"),
            ("id = \"glad-cheerful\"", "id = \"cheerful\"", "begins with"),
            ("name = \"excited\"", "name = \"cheerful\"", "stands twice"),
            ("depth = 2", "depth = 4", "depth is 2 or 3"),
            (
                "meaning = \"",
                "meaning = \"This is a meaning that goes on for much longer than anybody would read it, ",
                "70",
            ),
            ("helped = [\"", "helped = [\"\", \"", "what helped"),
        ] {
            let spoilt: Feelings = parse(&feelings.replacen(from, to, 1)).unwrap();
            let wrong = wrong_with_feelings(&spoilt).join("\n");
            assert!(wrong.contains(says), "{says} is not in: {wrong}");
        }
        assert!(parse::<Feelings>(&feelings.replacen("energy =", "energie =", 1)).is_err());
        let kinds = english("kinds.toml");
        for (from, to, says) in [
            ("id = \"moment\"", "id = \"instant\"", "the kinds must be"),
            ("name = \"A moment\"", "name = \"A moment that is too long for a button\"", "24"),
            ("starters = [", "starters = [\"\",", "starters"),
        ] {
            let spoilt: Kinds = parse(&kinds.replacen(from, to, 1)).unwrap();
            let wrong = wrong_with_kinds(&spoilt).join("\n");
            assert!(wrong.contains(says), "{says} is not in: {wrong}");
        }
    }
}
