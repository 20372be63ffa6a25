//! Rules about how a text is typed: checked on the files as they are, so that every line is exact.

use super::limits::BANNED;
use super::source::{Problems, Source};

/// Characters that have a plain spelling, or cannot be seen.
const UNWANTED: &[(char, &str)] = &[
    ('\u{201c}', "a curly quotation mark: use \""),
    ('\u{201d}', "a curly quotation mark: use \""),
    ('\u{201e}', "a curly quotation mark: use \""),
    ('\u{00ab}', "an angled quotation mark: use \""),
    ('\u{00bb}', "an angled quotation mark: use \""),
    ('\u{2018}', "a curly apostrophe: use '"),
    ('\u{2019}', "a curly apostrophe: use '"),
    ('\u{201a}', "a curly quotation mark: use '"),
    ('\u{00b4}', "an accent for an apostrophe: use '"),
    ('\u{00a0}', "a no-break space"),
    ('\u{200b}', "an invisible space"),
    ('\u{feff}', "a byte order mark"),
    ('\t', "a tab"),
    ('\r', "a Windows line end"),
    ('!', "an exclamation mark: this is a calm place"),
];

/// Characters that mean something in Markdown or HTML and would be shown as they are.
const MARKUP: &[char] = &['*', '_', '`', '<', '>', '[', ']', '\\', '|', '~', '{', '}', '#'];

/// Quotation marks that languages beside English have of their own.
const OWN_MARKS: [char; 2] = ['\u{00ab}', '\u{00bb}'];

/// Checks a file of a language beside English, which may have quotation marks of its own.
pub fn check_translated(source: &Source, problems: &mut Problems) {
    check_letters(source, &OWN_MARKS, problems);
}

/// Checks a file letter by letter: quotation marks, invisible characters, line ends, banned phrases.
pub fn check_file(source: &Source, problems: &mut Problems) {
    check_letters(source, &[], problems);
    check_phrases(source, problems);
}

fn check_letters(source: &Source, allowed: &[char], problems: &mut Problems) {
    for (at, line) in source.text.split('\n').enumerate() {
        let spot = source.spot(at + 1);
        for (letter, what) in UNWANTED {
            if line.contains(*letter) && !allowed.contains(letter) {
                problems.add(spot.clone(), *what);
            }
        }
        if line.ends_with(' ') {
            problems.add(spot, "spaces at the end of the line");
        }
    }
    if !source.text.ends_with('\n') {
        problems.add(source.spot_at(source.text.len()), "the last line has no line end");
    } else if source.text.ends_with("\n\n") {
        problems.add(source.spot_at(source.text.len()), "empty lines at the end of the file");
    }
}

fn check_phrases(source: &Source, problems: &mut Problems) {
    // Of the same length as the file, byte by byte, so that places stay places.
    let text = source.text.to_ascii_lowercase().replace('\n', " ");
    for (phrase, why) in BANNED {
        for (at, _) in text.match_indices(phrase) {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + phrase.len()..).and_then(|text| text.chars().next());
            if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) {
                problems.add(source.spot_at(at), format!("\"{phrase}\": {why}"));
            }
        }
    }
}

/// What is wrong with a plain text, if anything: it is shown as it is, on one line.
pub fn flaw(text: &str) -> Option<String> {
    let blank = |flaw: &str| Some(flaw.to_owned());
    if text.trim().is_empty() {
        return blank("it is empty");
    }
    if text.trim() != text {
        return blank("it begins or ends with a space");
    }
    if text.contains('\n') {
        return blank("it must be one line");
    }
    if text.contains("  ") {
        return blank("two spaces in a row");
    }
    text.chars().find(|letter| MARKUP.contains(letter)).map(|letter| format!("`{letter}` is not plain text"))
}

#[cfg(test)]
mod tests {
    use super::super::source::Shelf;
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let source = Source { shelf: Shelf::Ideas, file: "x.toml".into(), text: text.to_owned() };
        let mut problems = Problems::default();
        check_file(&source, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_plainly_typed_file_is_fine() {
        assert!(found("title = \"Don't\"\nSay 'it' - or \"write\" it. Café, naïve.\n").is_empty());
    }

    #[test]
    fn curly_quotes_tabs_and_exclamation_marks_are_found_on_their_line() {
        assert_eq!(found("fine\nit\u{2019}s\n"), ["x.toml:2: a curly apostrophe: use '"]);
        assert_eq!(found("\u{201c}a\n"), ["x.toml:1: a curly quotation mark: use \""]);
        assert_eq!(found("a\n\tb\n"), ["x.toml:2: a tab"]);
        assert_eq!(found("a\n\nWell done!\n"), ["x.toml:3: an exclamation mark: this is a calm place"]);
    }

    #[test]
    fn junk_at_the_end_of_a_line_or_a_file_is_found() {
        assert_eq!(found("a \nb\n"), ["x.toml:1: spaces at the end of the line"]);
        assert_eq!(found("a\nb"), ["x.toml:2: the last line has no line end"]);
        assert_eq!(found("a\n\n\n"), ["x.toml:4: empty lines at the end of the file"]);
    }

    #[test]
    fn a_banned_phrase_is_found_across_lines_and_in_capitals_but_not_inside_a_word() {
        let found = found("Spend some Quality\ntime, he said.\nUndelved.\nDelve into it.\n");
        assert_eq!(
            found,
            [
                "x.toml:1: \"quality time\": a slogan: time is time",
                "x.toml:4: \"delve\": nobody says it: look into",
            ]
        );
    }

    #[test]
    fn a_plain_text_is_one_line_without_markup() {
        assert_eq!(flaw("Fry it (twice) at 7:30; 5 + 5 = 10 %."), None);
        for bad in ["", " a", "a ", "a  b", "a\nb", "*a*", "<b>", "[a](b)", "a_b", "`a`", "# a"] {
            assert!(flaw(bad).is_some(), "{bad:?}");
        }
    }
}
