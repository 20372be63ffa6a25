//! The age file format, version 1 (age-encryption.org/v1; specification: C2SP "age"): X25519 and scrypt recipients, and
//! ASCII armor. What it writes opens with every age program, and it opens what they write.
//!
//! Only the format is ours; ciphers, hashes and curves are RustCrypto's and dalek's. Randomness comes in as an argument.
//! It is held to the test vectors of C2SP's CCTV (`tests/domain/age.rs`).
//!
//! - [`armor`]: the format as text
//! - `header`: who can open it
//! - `keys`: from a recipient or an identity to the file's key
//! - `stream`: the payload, in chunks of 64 KiB

pub mod armor;
mod header;
mod keys;
mod stream;

pub use keys::{Identity, MAX_LOG_N, Recipient, recipient_of};

use header::Header;
use hkdf::Hkdf;
use sha2::Sha256;

/// How a sealed file begins.
pub const MAGIC: &str = "age-encryption.org/";

/// The key of one file.
type FileKey = [u8; 16];

/// Why a file does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The armor is not as it must be.
    #[error("the armor is damaged")]
    Armor,
    /// The header is not as it must be, or asks for too much work.
    #[error("the header cannot be read")]
    Header,
    /// None of the keys, or passphrases, opens it.
    #[error("no key opens it")]
    NoMatch,
    /// A key opens it, but the header has been changed.
    #[error("the header has been changed")]
    Mac,
    /// The payload has been changed, or cut.
    #[error("the payload has been changed")]
    Payload,
}

/// Why something cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotSeal {
    /// There is nobody to seal it for, or a passphrase beside others: the format has a passphrase stand alone.
    #[error("the recipients do not go together")]
    Recipients,
    /// A recipient's key is none, or a passphrase's work is more than anybody would do.
    #[error("a recipient's key cannot be used")]
    Key,
}

/// Seals bytes for these recipients. `random` gives secret random bytes, new ones each time.
///
/// # Errors
/// Where nothing has been sealed.
pub fn encrypt(
    plain: &[u8],
    recipients: &[Recipient],
    random: &mut dyn FnMut() -> [u8; 32],
) -> Result<Vec<u8>, CannotSeal> {
    let alone = recipients.len() == 1;
    if recipients.is_empty() || (!alone && recipients.iter().any(Recipient::is_passphrase)) {
        return Err(CannotSeal::Recipients);
    }
    let file_key: FileKey = first(random());
    let mut header = Header::default();
    for recipient in recipients {
        header.stanzas.push(recipient.wrap(&file_key, random).ok_or(CannotSeal::Key)?);
    }
    let mut sealed = header.write(&mac_key(&file_key));
    let nonce: [u8; 16] = first(random());
    sealed.extend_from_slice(&nonce);
    stream::encrypt(&payload_key(&file_key, &nonce), plain, &mut sealed);
    Ok(sealed)
}

/// Opens a file: all of it, or nothing.
///
/// # Errors
/// Why it does not open.
pub fn decrypt(sealed: &[u8], identities: &[Identity]) -> Result<Vec<u8>, Failure> {
    let (header, payload) = Header::read(sealed)?;
    let (nonce, chunks) = payload.split_first_chunk::<16>().ok_or(Failure::Header)?;
    let file_key = keys::unwrap(&header.stanzas, identities)?;
    if !header.is_unchanged(&mac_key(&file_key)) {
        return Err(Failure::Mac);
    }
    stream::decrypt(&payload_key(&file_key, nonce), chunks)
}

/// Whether a file opens with a passphrase alone.
pub fn wants_phrase(sealed: &[u8]) -> bool {
    Header::read(sealed).is_ok_and(|(header, _)| keys::want_phrase(&header.stanzas))
}

fn mac_key(file_key: &FileKey) -> [u8; 32] {
    derived(file_key, &[], b"header")
}

fn payload_key(file_key: &FileKey, nonce: &[u8; 16]) -> [u8; 32] {
    derived(file_key, nonce, b"payload")
}

/// HKDF-SHA-256 (RFC 5869), to 32 bytes.
fn derived(secret: &[u8], salt: &[u8], info: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    // 32 bytes are well within what one expansion gives.
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut key).ok();
    key
}

/// The first half of random bytes.
fn first(bytes: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
    half
}
