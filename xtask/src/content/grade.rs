//! How many years of school a text asks for: the Flesch-Kincaid grade level.
//!
//! 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (J. P. Kincaid and others, "Derivation of new readability
//! formulas for Navy enlisted personnel", 1975). For English only: other languages have formulas of their own.

/// The grade of a text; 0 where there is nothing to read. A line end ends a sentence: steps need no full stop.
pub fn grade(text: &str) -> f64 {
    let (mut sentences, mut words, mut syllables) = (0_u32, 0_u32, 0_u32);
    for line in text.lines() {
        let mut open = false;
        for word in line.split_whitespace() {
            let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
            if letters > 0 {
                (words, open) = (words + 1, true);
                syllables += syllables_in(word);
            }
            let ends = word.trim_end_matches(['"', '\'', ')']).ends_with(['.', '?', ':', ';']);
            if ends && open {
                (sentences, open) = (sentences + 1, false);
            }
        }
        sentences += u32::from(open);
    }
    if words == 0 {
        return 0.0;
    }
    0.39 * f64::from(words) / f64::from(sentences.max(1)) + 11.8 * f64::from(syllables) / f64::from(words)
        - 15.59
}

/// Groups of vowels, without a silent e at the end: right for nine words of ten, and wrong both ways for the rest.
fn syllables_in(word: &str) -> u32 {
    let word: String = word.to_lowercase().chars().filter(|letter| letter.is_ascii_alphabetic()).collect();
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let silent = |word: &str| {
        let end = ["es", "ed", "e"].into_iter().find_map(|end| word.strip_suffix(end))?;
        let before = end.chars().next_back()?;
        let sounds =
            word.ends_with("le") || (word.ends_with("ed") && "td".contains(before)) || is_vowel(before);
        let hisses = word.ends_with("es") && "csxzgh".contains(before);
        (!sounds && !hisses && end.chars().any(is_vowel)).then(|| end.to_owned())
    };
    let spoken = silent(&word).unwrap_or(word);
    let (mut groups, mut before) = (0, false);
    for letter in spoken.chars() {
        let vowel = is_vowel(letter);
        groups += u32::from(vowel && !before);
        before = vowel;
    }
    groups.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_those_one_hears() {
        for (word, heard) in [
            ("cat", 1),
            ("table", 2),
            ("bake", 1),
            ("baked", 1),
            ("wanted", 2),
            ("boxes", 2),
            ("mother", 2),
            ("the", 1),
            ("I", 1),
            ("question", 2),
            ("relationship", 4),
            ("he's", 1),
            ("away", 2),
            ("together", 3),
        ] {
            assert_eq!(syllables_in(word), heard, "{word}");
        }
    }

    #[test]
    fn plain_words_in_short_sentences_need_less_school() {
        let plain = grade("The cat sat on the mat. It was wet.");
        let formula = 0.39 * 9.0 / 2.0 + 11.8 * 9.0 / 9.0 - 15.59;
        assert!((plain - formula).abs() < 1e-9, "{plain}");
        assert!(
            grade("Facilitating considerable reciprocal communication necessitates continuous availability.")
                > 20.0
        );
        assert!(grade("Fill the pot\nStir it") < 1.0, "each line is a sentence of its own");
        assert_eq!(grade(" 7 + 5 "), 0.0);
    }
}
