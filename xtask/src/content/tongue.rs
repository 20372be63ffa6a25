//! The words of the interface in languages beside English (`content/<language>/words.toml`): held to the English ones text
//! by text, and written as the app reads them, under the numbers `build.rs` gave the English.

#[path = "../../../build/words.rs"]
mod words;

use super::source::{Problems, Shelf, Source};
use super::typing;
use bothways::language::ENGLISH;
use bothways::texts::Texts;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};
use words::{Text, Words, gaps};

/// What the app reads of a language's words; what is wrong with them is reported.
pub fn check(root: &Path, language: &str, problems: &mut Problems) -> io::Result<String> {
    let file = |language: &str| format!("content/{language}/words.toml");
    let english = fs::read_to_string(root.join(file(ENGLISH.id)))?;
    let text = fs::read_to_string(root.join(file(language))).unwrap_or_default();
    let source = Source { shelf: Shelf::Ideas, file: file(language).into(), text };
    typing::check_translated(&source, problems);
    let read = words(&english, &source.text);
    for error in read.as_ref().err().into_iter().flatten() {
        problems.add(source.spot(0), error.clone());
    }
    Ok(read.unwrap_or_default())
}

/// What the app reads; or all that is wrong.
fn words(english: &str, other: &str) -> Result<String, Vec<String>> {
    let english = Words::read(english)?;
    let other = Words::read(other)?;
    let wrong = wrong_beside(&english, &other);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mark = english.mark();
    let written = other.lines(&mark);
    // As the app will: what is shifted by a line would be another text under every number.
    let fits = Texts::of(english.lines(&mark).leak()).replaced(written.clone().leak()).is_some();
    if fits { Ok(written) } else { Err(vec!["these words do not come back as they were written".to_owned()]) }
}

/// What another language has too little, too much or otherwise than the English: all of it at once.
fn wrong_beside(english: &Words, other: &Words) -> Vec<String> {
    let named = |words: &Words| -> BTreeMap<String, Text> {
        words.numbered().map(|(_, section, key, text)| (format!("{section}.{key}"), text.clone())).collect()
    };
    let (english, other) = (named(english), named(other));
    let mut wrong = Vec::new();
    for (name, theirs) in &english {
        match other.get(name) {
            None => wrong.push(format!("{name} is missing; in English: {}", said(theirs))),
            Some(ours) => wrong.extend(wrong_form(ours, theirs).map(|error| format!("{name} {error}"))),
        }
    }
    let unknown = other.keys().filter(|name| !english.contains_key(*name));
    wrong.extend(unknown.map(|name| format!("{name} is not in the English file")));
    wrong
}

/// A text as it is said of most numbers.
fn said(text: &Text) -> &str {
    match text {
        Text::Plain(text) => text,
        Text::Counted { other, .. } => other,
    }
}

fn wrong_form(ours: &Text, theirs: &Text) -> Option<String> {
    if ours.lines() != theirs.lines() {
        return Some("depends on a number where the English does not, or the other way round".to_owned());
    }
    let english = theirs.forms();
    ours.forms().into_iter().find_map(|(form, text)| {
        // Where the English has no such form (many), it is that of all other numbers.
        let theirs = english.iter().find(|(name, _)| *name == form).map_or(said(theirs), |(_, text)| text);
        let (mut own, mut wanted) = (gaps(text), gaps(theirs));
        if form == "one" {
            // "1 day", "{n} day" and "a day" are all right.
            own.remove("n");
            wanted.remove("n");
        }
        (own != wanted).then(|| format!("has the gaps {own:?}, the English {wanted:?}: {text}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "[log]\ntitle = \"Log\"\nby = \"By {name} on {day}\"\nfound = { one = \"1 in {year}\", other = \"{n} in {year}\" }\n";
    const SPANISH: &str = "[log]\nby = \"El {day}, de {name}\"\nfound = { one = \"1 en {year}\", many = \"{n} de ellas en {year}\", other = \"{n} en {year}\" }\ntitle = \"Diario\"\n";

    #[test]
    fn a_language_has_its_texts_under_the_numbers_of_the_english() {
        let english = Words::read(ENGLISH).unwrap();
        let written = words(ENGLISH, SPANISH).unwrap();
        assert_eq!(
            english.lines("mark").replacen("mark", &english.mark(), 1),
            words(ENGLISH, ENGLISH).unwrap()
        );
        let (mark, texts) = written.split_once('\n').unwrap();
        assert_eq!(mark, english.mark());
        let spanish = "El \u{1}, de \u{2}\n1 en \u{2}\n\u{1} de ellas en \u{2}\n\u{1} en \u{2}\nDiario\n";
        assert_eq!(texts, spanish);
    }

    #[test]
    fn other_names_of_texts_or_gaps_are_another_mark_and_other_words_are_not() {
        let mark = |toml: &str| Words::read(toml).unwrap().mark();
        assert_eq!(mark(ENGLISH), mark(&ENGLISH.replace("Log", "Diary")));
        for (from, to) in [("title", "heading"), ("{name}", "{who}"), ("[log]", "[diary]")] {
            assert_ne!(mark(ENGLISH), mark(&ENGLISH.replace(from, to)), "{from}");
        }
    }

    #[test]
    fn a_planted_error_of_each_sort_is_found() {
        for (from, to, says) in [
            ("title = \"Diario\"\n", "", "log.title is missing; in English: Log"),
            ("title", "titel", "log.titel is not in the English file"),
            ("[log]", "[diary]", "log.found is missing; in English: {n} in {year}"),
            ("title = \"Diario\"", "title = { one = \"1\", other = \"2\" }", "log.title depends on a number"),
            ("El {day}, de {name}", "De {name}", "log.by has the gaps"),
            ("El {day}, de {name}", "El {dia}, de {name}", "log.by has the gaps"),
            ("\"1 en {year}\"", "\"1\"", "log.found has the gaps"),
            ("{n} de ellas en", "Todas en", "log.found has the gaps"),
            ("other = \"{n} en", "other = \"Varias en", "log.found has the gaps"),
            ("one = \"1 en {year}\", ", "", "log.found has no form \"one\""),
            (", other = \"{n} en {year}\"", "", "log.found has no form \"other\""),
            ("many =", "few =", "log.found has a form \"few\""),
            ("\"Diario\"", "7", "log.title is neither a text nor forms of one"),
            ("\"Diario\"", "\"\"", "log.title is empty"),
            ("\"Diario\"", "\"Dos\\nl\u{ed}neas\"", "log.title must be one line"),
            ("{name}", "{name", "log.by has a brace that makes no gap"),
            ("\"Diario\"", "\"Diario", "TOML parse error"),
        ] {
            assert!(SPANISH.contains(from), "{from}");
            let wrong = words(ENGLISH, &SPANISH.replacen(from, to, 1)).unwrap_err().join("\n");
            assert!(wrong.contains(says), "{says} is not in: {wrong}");
        }
    }

    #[test]
    fn all_that_is_missing_is_named_at_once() {
        assert_eq!(words(ENGLISH, "").unwrap_err().len(), 3);
    }
}
