//! Words at rest: how bodies and drafts lie in the browser's storage.
//!
//! Browsers keep storage in files that only grow and are tidied up when the browser likes (LevelDB's log and tables):
//! a deleted record's bytes stay there for a while. So that nobody who searches those files finds what was erased, words
//! are stored under a key of this installation. That is all it does. The key lies on the same phone: who holds the
//! unlocked phone reads the log, with this or without it.
//!
//! ChaCha20 (RFC 8439). The nonce is a keyed hash of the text itself, so no two texts share one (as in RFC 5297), and
//! reading checks it: what was changed is not taken for words.

use crate::ids::{OriginId, labelled_hash};
use base64ct::{Base64Unpadded, Encoding as _};
use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};

const NONCE: usize = 12;

/// The key under which this installation keeps the words of one log.
#[derive(Clone, Copy)]
pub struct AtRest([u8; 32]);

impl AtRest {
    /// The key that follows from an installation's seed, for the log it began with.
    pub fn of_first(seed: &[u8; 32]) -> Self {
        // The seed is 32 random bytes: a hash under a label of its own is all that HKDF would add here.
        Self(labelled_hash("bothways/at-rest/1", &[seed]))
    }

    /// The same for another log.
    pub fn of_another(seed: &[u8; 32], origin: &OriginId) -> Self {
        Self(labelled_hash("bothways/at-rest/1", &[seed, origin.bytes()]))
    }

    /// What is stored for a text.
    pub fn seal(&self, text: &str) -> String {
        let mut sealed = self.nonce(text.as_bytes()).to_vec();
        sealed.extend_from_slice(text.as_bytes());
        self.turn(&mut sealed);
        Base64Unpadded::encode_string(&sealed)
    }

    /// The text that was stored; none where it is not what [`Self::seal`] made.
    pub fn open(&self, stored: &str) -> Option<String> {
        let mut sealed = Base64Unpadded::decode_vec(stored).ok()?;
        self.turn(&mut sealed);
        let (nonce, text) = sealed.split_first_chunk::<NONCE>()?;
        let is_whole = *nonce == self.nonce(text);
        let text = text.to_vec();
        is_whole.then(|| String::from_utf8(text).ok())?
    }

    fn nonce(&self, text: &[u8]) -> [u8; NONCE] {
        let mut nonce = [0; NONCE];
        let hash = labelled_hash("bothways/at-rest-nonce/1", &[&self.0, text]);
        nonce.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        nonce
    }

    /// Ciphers or deciphers what stands behind the nonce.
    fn turn(&self, sealed: &mut [u8]) {
        if let Some((nonce, text)) = sealed.split_first_chunk_mut::<NONCE>() {
            ChaCha20::new(&self.0.into(), &(*nonce).into()).apply_keystream(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: AtRest = AtRest([7; 32]);

    #[test]
    fn the_words_of_one_log_do_not_open_under_another_ones_key() {
        let keys = [
            AtRest::of_first(&[7; 32]),
            AtRest::of_another(&[7; 32], &OriginId::from_bytes([1; 16])),
            AtRest::of_another(&[7; 32], &OriginId::from_bytes([2; 16])),
            AtRest::of_first(&[8; 32]),
        ];
        for (at, key) in keys.iter().enumerate() {
            let sealed = key.seal("soup");
            for (other, opens) in keys.iter().enumerate() {
                assert_eq!(opens.open(&sealed).is_some(), at == other);
            }
        }
    }

    #[test]
    fn what_is_stored_shows_nothing_of_the_words() {
        let stored = KEY.seal("zebra finch");
        assert!(!stored.contains("zebra"));
        let bytes = Base64Unpadded::decode_vec(&stored).unwrap();
        assert!(!bytes.windows(5).any(|part| part == b"zebra"));
        assert_ne!(stored, AtRest::of_first(&[1; 32]).seal("zebra finch"));
    }

    #[test]
    fn another_key_or_a_changed_letter_opens_nothing() {
        let stored = KEY.seal("words");
        assert_eq!(AtRest::of_first(&[1; 32]).open(&stored), None);
        for at in 0..stored.len() {
            let mut changed = stored.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert_ne!(KEY.open(&String::from_utf8(changed).unwrap()).as_deref(), Some("words"));
        }
        assert_eq!(KEY.open(""), None);
        assert_eq!(KEY.open("{\"words\":\"plain\"}"), None);
    }

    #[test]
    fn the_cipher_is_that_of_rfc_8439() {
        // Section 2.4.2: key 00 to 1f, nonce 00 00 00 00 00 00 00 4a 00 00 00 00; its counter begins at 1, ours at 0,
        // so the first block (64 bytes) is passed over.
        let key: [u8; 32] = std::array::from_fn(|n| n as u8);
        let mut sealed = vec![0, 0, 0, 0, 0, 0, 0, 0x4a, 0, 0, 0, 0];
        sealed.extend([0; 64]);
        sealed.extend(b"Ladies and Gentl");
        AtRest(key).turn(&mut sealed);
        let expected =
            [0x6e, 0x2e, 0x35, 0x9a, 0x25, 0x68, 0xf9, 0x80, 0x41, 0xba, 0x07, 0x28, 0xdd, 0x0d, 0x69, 0x81];
        assert_eq!(sealed[NONCE + 64..], expected);
    }

    proptest! {
        #[test]
        fn whatever_was_sealed_is_opened(text in ".{0,400}") {
            prop_assert_eq!(KEY.open(&KEY.seal(&text)), Some(text));
        }

        #[test]
        fn whatever_stands_there_is_no_panic(text in ".{0,80}") {
            prop_assert_eq!(KEY.open(&text), None);
        }
    }
}
