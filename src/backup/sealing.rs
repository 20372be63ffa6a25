//! A part packed and sealed with a passphrase, as text: gzip in age in its armor, so that `age -d backup.txt | gunzip`
//! reads it without us.

use super::part::{Part, Unopened};
use super::read;
use crate::age::{self, Failure, Identity, Recipient, armor};
use crate::phrases::as_meant;
use crate::swap::Refusal;
use crate::swap::packing::{is_packed, packed, unpacked};
use crate::swap::sealing::unarmored;

/// How much work it is to try a passphrase, as the logarithm of scrypt's N: 64 MiB and about half a second on a phone.
/// Six random words are what nobody can guess; the work is a second lock.
const LOG_N: u8 = 16;

/// Seals a part's text. `random` gives secret random bytes, new ones each time.
///
/// # Errors
/// Where nothing has been sealed: the work was more than there is memory for.
pub fn sealed(
    text: &str,
    phrase: &str,
    random: &mut dyn FnMut() -> [u8; 32],
) -> Result<String, age::CannotSeal> {
    let recipient = Recipient::Passphrase { phrase: as_meant(phrase), log_n: LOG_N };
    Ok(armor::put_on(&age::encrypt(&packed(text), &[recipient], random)?))
}

/// Opens a file as it was picked, with the words as they were typed.
///
/// # Errors
/// Why it is not opened.
pub fn opened(file: Vec<u8>, phrase: &str) -> Result<Part, Unopened> {
    let sealed = unarmored(&file).map_err(named)?.filter(|sealed| age::wants_phrase(sealed));
    let sealed = sealed.ok_or(Unopened::NotABackup)?;
    drop(file);
    let identity = Identity::Passphrase(as_meant(phrase));
    let small = age::decrypt(&sealed, &[identity]).map_err(|failure| match failure {
        Failure::NoMatch => Unopened::WrongWords,
        _ => Unopened::Damaged,
    })?;
    drop(sealed);
    if !is_packed(&small) {
        return Err(Unopened::NotABackup);
    }
    let bytes = unpacked(&small).map_err(named)?;
    drop(small);
    read(&String::from_utf8(bytes).map_err(|_| Unopened::NotABackup)?)
}

const fn named(refusal: Refusal) -> Unopened {
    match refusal {
        Refusal::TooLarge => Unopened::TooLarge,
        Refusal::Truncated => Unopened::Truncated,
        _ => Unopened::Damaged,
    }
}
