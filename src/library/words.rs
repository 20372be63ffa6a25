//! What a word is when searching: letters and digits without capitals and accents, so that "cafe" finds "Café"
//! and "dont" finds "don't".

use std::ops::Range;

/// A word of a text, and where in the text it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word without capitals, accents and apostrophes.
    pub folded: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// The words of a text, in order. A hyphen parts words, an apostrophe within one does not.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut open: Option<Word> = None;
    for (at, letter) in text.char_indices() {
        if letter.is_alphanumeric() || is_mark(letter) {
            let word = open.get_or_insert_with(|| Word { folded: String::new(), range: at..at });
            fold_into(&mut word.folded, letter);
            word.range.end = at + letter.len_utf8();
        } else if !is_apostrophe(letter) {
            found.extend(open.take());
        }
    }
    found.extend(open);
    // A lone combining mark folds to nothing, and the empty word would match everything.
    found.retain(|word| !word.folded.is_empty());
    found
}

/// Whether every word of the query begins some word of the text. An empty query matches everything.
pub fn matches_words(haystack: &str, query: &str) -> bool {
    let words = words(haystack);
    self::words(query).iter().all(|typed| words.iter().any(|word| word.folded.starts_with(&typed.folded)))
}

/// Whether `word` begins with what was typed, give or take one typing mistake: a letter wrong, missing or too
/// many, or two neighbours swapped.
pub(super) fn begins_with_one_typo(word: &str, typed: &str) -> bool {
    let (mut word, mut typed) = (word.chars(), typed.chars());
    loop {
        let (before_word, before_typed) = (word.clone(), typed.clone());
        match (word.next(), typed.next()) {
            (_, None) => return true,
            (None, Some(_)) => return before_typed.count() <= 1,
            (Some(right), Some(wrong)) if right != wrong => {
                return begins(word.clone(), typed.clone())
                    || begins(word.clone(), before_typed)
                    || begins(before_word, typed.clone())
                    || (word.next() == Some(wrong) && typed.next() == Some(right) && begins(word, typed));
            }
            _ => {}
        }
    }
}

fn begins(mut word: std::str::Chars<'_>, mut typed: std::str::Chars<'_>) -> bool {
    typed.all(|letter| word.next() == Some(letter))
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}')
}

/// Combining diacritical marks (Unicode block U+0300 to U+036F): an accent that is written after its letter.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Letters with accents, and what people type instead. Latin letters only, as a table: full normalisation
/// (Unicode TR 15) would cost more kilobytes than the whole search.
const PLAIN: &[(&str, &str)] = &[
    ("àáâãäåāăąǎ", "a"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįıǐ", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŉ", "n"),
    ("òóôõöøōŏőǒ", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűųǔ", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
];

fn fold_into(folded: &mut String, letter: char) {
    for small in letter.to_lowercase().filter(|small| !is_mark(*small)) {
        if small.is_ascii() {
            folded.push(small);
        } else if let Some((_, plain)) = PLAIN.iter().find(|(accented, _)| accented.contains(small)) {
            folded.push_str(plain);
        } else {
            folded.push(small);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn capitals_accents_and_apostrophes_do_not_matter() {
        assert_eq!(folded("Don't say “Café”, Größe: İpek!"), ["dont", "say", "cafe", "grosse", "ipek"]);
        assert_eq!(folded("Cafe\u{301} bike-ride 7"), ["cafe", "bike", "ride", "7"]);
        assert_eq!(folded("'quoted' Привет \u{301}"), ["quoted", "привет"]);
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "Tea, 'Café', don't";
        let cut: Vec<&str> = words(text).iter().map(|word| text.get(word.range.clone()).unwrap()).collect();
        assert_eq!(cut, ["Tea", "Café", "don't"]);
    }

    #[test]
    fn all_words_of_a_query_must_begin_a_word() {
        assert!(matches_words("Taste it in the dark", "DARK tas"));
        assert!(matches_words("Taste it in the dark", "  "));
        assert!(!matches_words("Taste it in the dark", "dark soup"));
        assert!(!matches_words("Taste it in the dark", "ark"));
    }

    #[test]
    fn one_typing_mistake_is_forgiven_and_two_are_not() {
        for typed in ["umbrela", "umbtella", "ubmrella", "umbbrella", "umbrellas", "mbrel", "umbrella"] {
            assert!(begins_with_one_typo("umbrella", typed), "{typed}");
        }
        for typed in ["umrela", "abmrella", "umbrellass", "kitchen"] {
            assert!(!begins_with_one_typo("umbrella", typed), "{typed}");
        }
    }
}
