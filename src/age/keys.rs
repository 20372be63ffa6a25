//! From a recipient or an identity to the file's key.

use super::header::{Stanza, encoded, unencoded};
use super::{Failure, FileKey, derived, first};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

const X25519: &str = "X25519";
const X25519_INFO: &[u8] = b"age-encryption.org/v1/X25519";
const SCRYPT: &str = "scrypt";
const SCRYPT_SALT: &[u8] = b"age-encryption.org/v1/scrypt";
/// The most work a passphrase may ask for, as the logarithm of scrypt's N: what age itself asks for. It takes 256 MiB;
/// a file that asks for more would only hang the phone.
pub const MAX_LOG_N: u8 = 18;

/// For whom a file is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// Whoever holds the secret key to this public one.
    X25519([u8; 32]),
    /// Whoever knows a passphrase; and how much work it is to try one.
    Passphrase {
        /// The passphrase.
        phrase: String,
        /// The logarithm of scrypt's N, at most [`MAX_LOG_N`].
        log_n: u8,
    },
}

/// Who opens a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The holder of a secret key.
    X25519([u8; 32]),
    /// Somebody who knows a passphrase.
    Passphrase(String),
}

/// The public key to a secret one (RFC 7748).
pub fn recipient_of(secret: [u8; 32]) -> [u8; 32] {
    x25519(secret, X25519_BASEPOINT_BYTES)
}

impl Recipient {
    /// Whether it is a passphrase.
    pub const fn is_passphrase(&self) -> bool {
        matches!(self, Self::Passphrase { .. })
    }

    /// The file's key, as this recipient alone can read it.
    pub(super) fn wrap(&self, key: &FileKey, random: &mut dyn FnMut() -> [u8; 32]) -> Option<Stanza> {
        match self {
            Self::X25519(public) => {
                let ephemeral = random();
                let share = recipient_of(ephemeral);
                let wrapping = wrapping_key(shared(ephemeral, *public)?, &share, public);
                Some(Stanza { args: vec![X25519.into(), encoded(&share)], body: sealed(&wrapping, key) })
            }
            Self::Passphrase { phrase, log_n } => {
                let salt = first(random());
                let wrapping = stretched(phrase, &salt, *log_n)?;
                let args = vec![SCRYPT.into(), encoded(&salt), log_n.to_string()];
                Some(Stanza { args, body: sealed(&wrapping, key) })
            }
        }
    }
}

/// A stanza of a sort that is known.
enum Known {
    X25519 { share: [u8; 32], body: [u8; 32] },
    Scrypt { salt: [u8; 16], log_n: u8, body: [u8; 32] },
}

impl Known {
    /// None for sorts that are not known: they are for others.
    fn read(stanza: &Stanza) -> Option<Result<Self, Failure>> {
        let body = || <[u8; 32]>::try_from(stanza.body.as_slice()).ok();
        let args: Vec<&str> = stanza.args.iter().map(String::as_str).collect();
        let known = match *args.as_slice() {
            [X25519, share] => {
                let share = unencoded(share).and_then(|share| share.try_into().ok());
                share.zip(body()).map(|(share, body)| Self::X25519 { share, body })
            }
            [SCRYPT, salt, work] => {
                let salt = unencoded(salt).and_then(|salt| salt.try_into().ok());
                let parts = salt.zip(log_n(work)).zip(body());
                parts.map(|((salt, log_n), body)| Self::Scrypt { salt, log_n, body })
            }
            [X25519 | SCRYPT, ..] => None,
            _ => return None,
        };
        Some(known.ok_or(Failure::Header))
    }

    fn open(&self, identity: &Identity) -> Result<Option<FileKey>, Failure> {
        match (self, identity) {
            (Self::X25519 { share, body }, Identity::X25519(secret)) => {
                let secret_shared = shared(*secret, *share).ok_or(Failure::Header)?;
                Ok(opened(&wrapping_key(secret_shared, share, &recipient_of(*secret)), body))
            }
            (Self::Scrypt { salt, log_n, body }, Identity::Passphrase(phrase)) => {
                Ok(opened(&stretched(phrase, salt, *log_n).ok_or(Failure::Header)?, body))
            }
            _ => Ok(None),
        }
    }
}

/// The file's key, by the first identity that opens a stanza.
pub(super) fn unwrap(stanzas: &[Stanza], identities: &[Identity]) -> Result<FileKey, Failure> {
    let known: Vec<Known> = stanzas.iter().filter_map(Known::read).collect::<Result<_, _>>()?;
    if stanzas.len() > 1 && known.iter().any(|known| matches!(known, Known::Scrypt { .. })) {
        return Err(Failure::Header);
    }
    for identity in identities {
        for known in &known {
            if let Some(key) = known.open(identity)? {
                return Ok(key);
            }
        }
    }
    Err(Failure::NoMatch)
}

/// Whether there is a stanza for a passphrase.
pub(super) fn want_phrase(stanzas: &[Stanza]) -> bool {
    stanzas.iter().any(|stanza| stanza.args.first().is_some_and(|sort| sort == SCRYPT))
}

/// The work as it must be written: no sign, no zero at its head.
fn log_n(text: &str) -> Option<u8> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|log_n| is_plain && *log_n <= MAX_LOG_N)
}

/// What two keys share; none for the few public keys with which anybody shares nothing.
fn shared(secret: [u8; 32], public: [u8; 32]) -> Option<[u8; 32]> {
    Some(x25519(secret, public)).filter(|shared| *shared != [0; 32])
}

fn wrapping_key(shared: [u8; 32], share: &[u8; 32], public: &[u8; 32]) -> [u8; 32] {
    derived(&shared, &[*share, *public].concat(), X25519_INFO)
}

fn stretched(phrase: &str, salt: &[u8; 16], log_n: u8) -> Option<[u8; 32]> {
    if log_n == 0 || log_n > MAX_LOG_N {
        return None;
    }
    let mut key = [0; 32];
    let work = scrypt::Params::new(log_n, 8, 1).ok()?;
    scrypt::scrypt(phrase.as_bytes(), &[SCRYPT_SALT, salt].concat(), &work, &mut key).ok()?;
    Some(key)
}

/// Each wrapping key is used once, so the nonce can be zero.
fn sealed(wrapping: &[u8; 32], key: &FileKey) -> Vec<u8> {
    let mut body = key.to_vec();
    // Refuses only what is larger than 256 GiB.
    ChaCha20Poly1305::new(&(*wrapping).into()).encrypt_in_place(&Nonce::default(), &[], &mut body).ok();
    body
}

fn opened(wrapping: &[u8; 32], body: &[u8; 32]) -> Option<FileKey> {
    let mut key = body.to_vec();
    ChaCha20Poly1305::new(&(*wrapping).into()).decrypt_in_place(&Nonce::default(), &[], &mut key).ok()?;
    key.try_into().ok()
}
