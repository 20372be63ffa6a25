//! `cargo xtask content`: checks what people read and packs it, one file a language.
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
mod typing;
mod vocabulary;
mod whole;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod searches;
#[cfg(test)]
mod tests;

use bothways::library::Pack;
use limits::{FLOORS, Floors};
use shelves::Library;
use source::{Problems, Source};
use std::io;
use std::path::Path;
use std::process::ExitCode;

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

/// Checks all languages; writes their packs when nothing is wrong with any. Says whether it did.
fn check_and_pack(root: &Path, floors: &Floors) -> io::Result<bool> {
    let mut problems = Problems::default();
    let mut packs = Vec::new();
    for language in shelves::languages(root)? {
        let sources = shelves::sources(root, &language, &mut problems)?;
        let mut pack = check(&language, &sources, floors, &mut problems);
        vocabulary::check(root, &mut pack, &mut problems)?;
        packs.push(pack);
    }
    packs.iter().for_each(|pack| println!("{}", report::table(pack)));
    if packs.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "there is no language in content/"));
    }
    if !problems.is_empty() {
        problems.iter().for_each(|problem| eprintln!("{problem}"));
        eprintln!("\ncontent: {} to put right; see content/README.md", problems.len());
        return Ok(false);
    }
    for pack in &packs {
        let path = root.join("public/pack").join(format!("{}.txt", pack.language));
        let text = pack.write();
        // A text with one of the marks in it would come back as something else.
        if Pack::read(&text).ok().as_ref() != Some(pack) {
            return Err(io::Error::other(format!("{} does not come back as it was written", path.display())));
        }
        crate::write_if_changed(&path, &text)?;
    }
    let numbers: serde_json::Map<_, _> =
        packs.iter().map(|pack| (pack.language.clone(), report::numbers(pack))).collect();
    crate::write_if_changed(
        &root.join("target/content.json"),
        &format!("{:#}\n", serde_json::Value::from(numbers)),
    )?;
    Ok(true)
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
