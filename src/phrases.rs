//! Bytes as words that a person can write down on paper, read aloud and compare.
//!
//! The list is that of BIP 39: 2,048 short English words, no two of which begin with the same four letters, so that a
//! smudged one can still be told. A word stands for eleven bits. No checksum is among them, and nothing of BIP 39 but
//! the list is used.
//!
//! The program for codes carries the list, and no other does: the page asks it for words.

use bip39::Language;

/// Bits of one word.
const BITS: usize = 11;
/// Words of a backup's passphrase: 66 bits. Together with the work of trying one, more than anybody can pay for.
pub const BACKUP_WORDS: usize = 6;

/// So many words for these bytes, eleven bits a word from the highest bit of the first byte on. Fewer where the bytes
/// do not reach: six words take nine bytes. The same bytes give the same words on every phone and for ever.
pub fn words_of(bytes: &[u8], count: usize) -> Vec<&'static str> {
    let list = Language::English.word_list();
    let bit = |at: usize| bytes.get(at / 8).map(|byte| usize::from(byte >> (7 - at % 8) & 1));
    let place =
        |word: usize| (word * BITS..(word + 1) * BITS).try_fold(0, |place, at| Some(place << 1 | bit(at)?));
    (0..count).map_while(place).filter_map(|place| list.get(place).copied()).collect()
}

/// A passphrase as it was meant: the case, the line breaks and how many spaces somebody typed do not matter.
pub fn as_meant(typed: &str) -> String {
    // The list has plain letters alone.
    let mut meant = String::with_capacity(typed.len());
    for word in typed.split_whitespace() {
        if !meant.is_empty() {
            meant.push(' ');
        }
        meant.push_str(&word.to_ascii_lowercase());
    }
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_bits_are_a_word_of_the_list() {
        // 0 and 1, 2 and 3 as two words of eleven bits each, as BIP 39 counts them.
        assert_eq!(words_of(&[0, 0, 0b0000_0100], 2), ["abandon", "ability"]);
        assert_eq!(words_of(&[0xff; 3], 2), ["zoo", "zoo"]);
        assert_eq!(words_of(&[0x80, 0], 1), [Language::English.word_list()[1024]]);
    }

    #[test]
    fn no_word_is_made_of_bytes_that_are_not_there() {
        assert_eq!(words_of(&[0xff; 2], 6).len(), 1);
        assert_eq!(words_of(&[0xff; 9], 6).len(), 6);
        assert_eq!(words_of(&[], 6).len(), 0);
    }

    #[test]
    fn one_changed_bit_is_another_phrase() {
        let random = [0x5a; 32];
        let phrase = words_of(&random, BACKUP_WORDS);
        assert_eq!(phrase.len(), BACKUP_WORDS);
        for at in 0..BACKUP_WORDS * BITS {
            let mut changed = random;
            changed[at / 8] ^= 0x80 >> (at % 8);
            assert_ne!(words_of(&changed, BACKUP_WORDS), phrase, "bit {at}");
        }
    }

    #[test]
    fn a_phrase_is_read_however_it_was_typed() {
        let phrase = words_of(&[7; 32], BACKUP_WORDS).join(" ");
        let typed = format!("  {}\r\n", phrase.to_uppercase().replace(' ', "\n \u{a0}\t"));
        assert_eq!(as_meant(&typed), phrase);
        assert_eq!(as_meant(" \n"), "");
        assert_ne!(as_meant(&phrase.replace(' ', "")), phrase);
    }

    #[test]
    fn no_two_words_begin_with_the_same_four_letters() {
        let mut heads: Vec<&str> =
            Language::English.word_list().iter().map(|word| &word[..word.len().min(4)]).collect();
        heads.sort_unstable();
        heads.dedup();
        assert_eq!(heads.len(), 2_048);
    }
}
