//! The lock of the drawer: a passphrase without which nothing in it can be read.
//!
//! A lock is a pair of keys (X25519). The public half is the lock's id, and every note is an age file for it; the secret
//! half is an age file for the passphrase (scrypt), made anew with every new passphrase. So a note can be put in while the
//! drawer is shut, as through the slot of a letter box, and to open it takes the passphrase. There is no other way in:
//! what is forgotten is gone.
//!
//! A sealed note is as long as its words, in steps of [`STEP`]; which lock it is under, its id and the hashes of its photos
//! stand beside it. Photos are not sealed.

use super::Note;
use crate::age::{self, CannotSeal, Failure, Identity, Recipient, recipient_of};
use crate::caps;
use crate::ids::{EntryId, PhotoHash, PublicKey};
use crate::json::{BadRecord, Record, all_parsed};
use crate::log::{Member, Millis};
use base64ct::{Base64, Encoding as _};
use serde_json::json;

/// The newest version of both records that this program reads, and the one it writes.
const VERSION: u32 = 1;
/// How much work it is to try a passphrase, as the logarithm of scrypt's N: 64 MiB and about half a second on a phone.
pub const LOG_N: u8 = 16;
/// A note's text is filled up to a multiple of this, so that its length says little.
pub const STEP: usize = 512;
/// The most a record of either sort is long: a body in base64, and what stands around it.
const RECORD_BYTES: usize = caps::BODY_BYTES / 3 * 4 + 4_096;
const SECRET: usize = 32;

/// Random bytes, new and secret ones each time.
pub type Random<'a> = &'a mut dyn FnMut() -> [u8; 32];

/// What opens notes. In memory only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key {
    lock: PublicKey,
    secret: [u8; SECRET],
}

impl Key {
    /// The lock it opens.
    pub const fn lock(&self) -> PublicKey {
        self.lock
    }
}

/// Why something does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// It is another passphrase.
    #[error("the passphrase does not open it")]
    WrongPhrase,
    /// It is under a lock that has not been opened.
    #[error("it is under another lock")]
    Shut,
    /// It was changed.
    #[error("it was changed")]
    Damaged,
}

/// A lock as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Its public key, by which notes name it.
    pub id: PublicKey,
    /// Who set it.
    pub member: Member,
    /// When. Of several, what is written goes under the newest.
    pub made: Millis,
    sealed: Vec<u8>,
}

impl Lock {
    /// A new lock, and what opens it.
    ///
    /// # Errors
    /// Where none was made: the work was more than there is memory for.
    pub fn new(
        member: Member,
        made: Millis,
        phrase: &str,
        log_n: u8,
        random: Random<'_>,
    ) -> Result<(Self, Key), CannotSeal> {
        let secret = random();
        let id = PublicKey::from_bytes(recipient_of(secret));
        let recipient = Recipient::Passphrase { phrase: phrase.to_owned(), log_n };
        let sealed = age::encrypt(&inside(&secret, member, made), &[recipient], random)?;
        Ok((Self { id, member, made, sealed }, Key { lock: id, secret }))
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`Unopened::WrongPhrase`], or [`Unopened::Damaged`].
    pub fn open(&self, phrase: &str) -> Result<Key, Unopened> {
        let plain = age::decrypt(&self.sealed, &[Identity::Passphrase(phrase.to_owned())]);
        let plain = plain.map_err(|failure| match failure {
            Failure::NoMatch => Unopened::WrongPhrase,
            _ => Unopened::Damaged,
        })?;
        let secret = *plain.first_chunk::<SECRET>().ok_or(Unopened::Damaged)?;
        let is_whole = plain == inside(&secret, self.member, self.made)
            && PublicKey::from_bytes(recipient_of(secret)) == self.id;
        if is_whole { Ok(Key { lock: self.id, secret }) } else { Err(Unopened::Damaged) }
    }

    /// Seals a note. No secret is needed for it.
    ///
    /// # Errors
    /// Where the lock's key is none.
    pub fn seal(&self, note: &Note, random: Random<'_>) -> Result<Sealed, CannotSeal> {
        let mut text = note.to_text();
        let full = text.len().next_multiple_of(STEP).min(caps::BODY_BYTES.max(text.len()));
        text.extend(std::iter::repeat_n(' ', full - text.len()));
        let sealed = age::encrypt(text.as_bytes(), &[Recipient::X25519(*self.id.bytes())], random)?;
        let photos = note.telling.photos.iter().map(|photo| photo.hash).collect();
        Ok(Sealed { id: note.id, lock: self.id, photos, sealed })
    }

    /// The text that is kept.
    pub fn to_text(&self) -> String {
        let sealed = Base64::encode_string(&self.sealed);
        json!({ "lock": VERSION, "id": self.id, "member": self.member, "made": self.made, "sealed": sealed })
            .to_string()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one, or is one of a newer version.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        let mut parts = versioned(text, "lock")?;
        Ok(Self {
            id: parts.parsed("id")?,
            member: parts.parsed("member")?,
            made: parts.integer("made")?,
            sealed: bytes(&mut parts)?,
        })
    }
}

/// What lies under the passphrase: the secret, and what else must not be changed.
fn inside(secret: &[u8; SECRET], member: Member, made: Millis) -> Vec<u8> {
    [secret.as_slice(), member.id().as_bytes(), &made.to_be_bytes()].concat()
}

/// A note under a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The note's id.
    pub id: EntryId,
    /// Which lock it is under.
    pub lock: PublicKey,
    /// The photos it names: so that they are kept, and go with it.
    pub photos: Vec<PhotoHash>,
    sealed: Vec<u8>,
}

impl Sealed {
    /// Opens it with one of these keys.
    ///
    /// # Errors
    /// [`Unopened::Shut`] where none of them is its lock's, or [`Unopened::Damaged`].
    pub fn open(&self, keys: &[Key]) -> Result<Note, Unopened> {
        let key = keys.iter().find(|key| key.lock == self.lock).ok_or(Unopened::Shut)?;
        let plain = age::decrypt(&self.sealed, &[Identity::X25519(key.secret)]);
        let plain = plain.ok().and_then(|plain| String::from_utf8(plain).ok()).ok_or(Unopened::Damaged)?;
        let note = Note::parse(&plain).map_err(|_| Unopened::Damaged)?;
        let names = note.telling.photos.iter().map(|photo| photo.hash);
        // Else one could be put in another's place.
        let is_it = note.id == self.id && names.eq(self.photos.iter().copied());
        if is_it { Ok(note) } else { Err(Unopened::Damaged) }
    }

    /// The text that is kept.
    pub fn to_text(&self) -> String {
        let sealed = Base64::encode_string(&self.sealed);
        json!({ "note": VERSION, "id": self.id, "lock": self.lock, "photos": self.photos, "sealed": sealed })
            .to_string()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one, or is one of a newer version.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        let mut parts = versioned(text, "note")?;
        let photos = parts.list("photos")?;
        if photos.len() > caps::PHOTOS_PER_ENTRY {
            return Err(BadRecord::Part("photos"));
        }
        Ok(Self {
            id: parts.parsed("id")?,
            lock: parts.parsed("lock")?,
            photos: all_parsed(photos, "photos")?,
            sealed: bytes(&mut parts)?,
        })
    }
}

fn versioned(text: &str, sort: &'static str) -> Result<Record, BadRecord> {
    if text.len() > RECORD_BYTES || !crate::log::body::depth_within(text, caps::JSON_DEPTH) {
        return Err(BadRecord::Part("{}"));
    }
    let mut parts = Record::parse(text)?;
    if parts.small::<u32>(sort)? == VERSION { Ok(parts) } else { Err(BadRecord::Part(sort)) }
}

fn bytes(parts: &mut Record) -> Result<Vec<u8>, BadRecord> {
    Base64::decode_vec(&parts.text("sealed")?).map_err(|_| BadRecord::Part("sealed"))
}

/// Whose notes a lock is for: on a phone of one person all, else those of who set it.
pub fn applies(lock: &Lock, member: Member, for_two: bool) -> bool {
    !for_two || lock.member == member
}

/// The lock under which a member writes: their own, and of those the newest. None where the drawer is not locked.
pub fn of(locks: &[Lock], member: Member, for_two: bool) -> Option<&Lock> {
    let applying = locks.iter().filter(|lock| applies(lock, member, for_two));
    applying.max_by_key(|lock| (lock.member == member, lock.made, lock.id))
}

/// A passphrase as it is used: without spaces around it. None where it is too short, or too long.
pub fn usable(typed: &str) -> Option<&str> {
    let (fewest, most) = caps::PHRASE_CHARS;
    Some(typed.trim()).filter(|phrase| (fewest..=most).contains(&phrase.chars().count()))
}
