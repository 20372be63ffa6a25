//! `cargo xtask content`: checks what people read and packs it, one file a language.
//!
//! English has all of it, and rules for enough of everything; another language is held to the English, text by text.
//!
//! Reads `content/<language>/`, names everything that is wrong with its file and line, and, when nothing is,
//! writes `public/pack/<language>.txt` (what the app reads: `bothways::library::Pack`) and
//! `target/content.json` (the numbers).
//!
//! - [`limits`]: the numbers and the banned phrases
//! - [`shelves`]: finds and reads the files, with [`entries`], [`fields`] (TOML) and [`markdown`]
//! - [`typing`], [`each`], [`whole`]: the rules, from the letter to the language
//! - [`grade`]: how hard a text is to read; [`article`]: no sentence of the article it all grew from
//! - [`vocabulary`]: words for feelings and kinds of entry
//! - [`translated`]: another language in place of the English; [`tongue`]: its words for the interface
//! - [`report`]: the numbers

mod article;
mod each;
mod entries;
mod fields;
mod grade;
mod limits;
mod markdown;
mod report;
mod shelves;
mod source;
mod tongue;
mod translated;
mod typing;
mod vocabulary;
mod whole;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod searches;
#[cfg(test)]
mod tests;

use bothways::language::{ENGLISH, Language};
use bothways::library::Pack;
use bothways::library::beside::beside;
use limits::{FLOORS, Floors};
use shelves::Library;
use source::{Problems, Source, Spot};
use std::io;
use std::path::Path;
use std::process::ExitCode;
use translated::{Translated, translated};

/// Runs the command.
pub fn run() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match check_and_pack(&root, &FLOORS) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("content: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Checks all languages; writes their packs and words when nothing is wrong with any. Says whether it did.
fn check_and_pack(root: &Path, floors: &Floors) -> io::Result<bool> {
    let mut problems = Problems::default();
    let languages = shelves::languages(root)?;
    if !languages.iter().any(|language| language == ENGLISH.id) {
        return Err(io::Error::new(io::ErrorKind::NotFound, "there is no English in content/"));
    }
    let english = check_english(root, floors, &mut problems)?;
    println!("{}", report::table(&english));

    let mut files = vec![(format!("public/pack/{}.txt", ENGLISH.id), written(&english)?)];
    for language in languages.iter().filter(|language| *language != ENGLISH.id) {
        files.extend(check_other(root, language, &english, &mut problems)?);
    }
    if !problems.is_empty() {
        problems.iter().for_each(|problem| eprintln!("{problem}"));
        eprintln!("\ncontent: {} to put right; see content/README.md", problems.len());
        return Ok(false);
    }
    let numbers = serde_json::json!({ ENGLISH.id: report::numbers(&english) });
    files.push(("target/content.json".to_owned(), format!("{numbers:#}\n")));
    for (path, text) in files {
        crate::write_if_changed(&root.join(path), &text)?;
    }
    Ok(true)
}

/// All rules for English.
fn check_english(root: &Path, floors: &Floors, problems: &mut Problems) -> io::Result<Pack> {
    let sources = shelves::sources(root, ENGLISH.id, problems)?;
    let mut english = check(ENGLISH.id, &sources, floors, problems);
    vocabulary::check(root, &mut english, problems)?;
    Ok(english)
}

/// What there is in English, for whoever must know which ids there are: they are the same in every language. What is
/// wrong with it is the command's own to say.
pub fn english(root: &Path) -> io::Result<Pack> {
    check_english(root, &FLOORS, &mut Problems::default())
}

/// The text of a pack.
fn written(pack: &Pack) -> io::Result<String> {
    let text = pack.write();
    // A text with one of the marks in it would come back as something else.
    if Pack::read(&text).ok().as_ref() != Some(pack) {
        return Err(io::Error::other(format!(
            "the pack {} does not come back as it was written",
            pack.language
        )));
    }
    Ok(text)
}

/// All rules for a language beside English; gives its two files, as they are worth something without a problem.
fn check_other(
    root: &Path,
    language: &str,
    english: &Pack,
    problems: &mut Problems,
) -> io::Result<[(String, String); 2]> {
    if Language::from_id(language).is_none() {
        let spot = Spot { file: format!("content/{language}").into(), line: 0 };
        problems.add(spot, "nobody can choose this language: offer it in src/language.rs");
    }
    let sources = shelves::sources(root, language, problems)?;
    let vocabulary = shelves::vocabulary(root, language)?;
    sources.iter().chain(&vocabulary).for_each(|source| typing::check_translated(source, problems));
    let Translated { pack, count } = translated(language, english, &sources, &vocabulary, problems);
    println!("{language}: {count} things in their own words, the others in English");
    let own = written(&pack)?;
    let beside = beside(&english.write(), &own)
        .ok_or_else(|| io::Error::other(format!("the pack {language} is not like the English one")))?;

    let words = tongue::check(root, language, problems)?;
    Ok([(format!("public/pack/{language}.txt"), beside), (format!("public/words/{language}.txt"), words)])
}

/// All rules for one language. The pack holds what could be read; it is good only if no problem was added.
fn check(language: &str, sources: &[Source], floors: &Floors, problems: &mut Problems) -> Pack {
    sources.iter().for_each(|source| typing::check_file(source, problems));
    sources.iter().for_each(|source| article::check_file(source, problems));
    let library = Library::read(language, sources, problems);
    each::check_each(&library, problems);
    whole::check_whole(&library, floors, problems);
    whole::check_variety(&library, sources, problems);
    library.pack()
}
