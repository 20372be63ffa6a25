//! A swap file closed so that only the phones of the log open it: packed, then an age file (see [`crate::age`]), as
//! text where it goes through a messenger.

use super::file::Refusal;
use super::packing;
use crate::age::armor::{BEGIN, COLUMNS, END, take_off};
use crate::age::{self, Failure, Identity, Recipient};
use crate::backup::rescue;
use crate::caps;
use crate::ids::PublicKey;

/// Closes a file for these phones. `random` gives secret random bytes, new ones each time.
///
/// # Errors
/// [`Refusal::TooLarge`] where a reader would refuse the result for its size; [`Refusal::Damaged`] where a key is none.
pub fn sealed(
    text: &str,
    phones: &[PublicKey],
    random: &mut dyn FnMut() -> [u8; 32],
) -> Result<Vec<u8>, Refusal> {
    let recipients: Vec<Recipient> =
        phones.iter().take(caps::RECIPIENTS).map(|key| Recipient::X25519(*key.bytes())).collect();
    let sealed = age::encrypt(&packing::packed(text), &recipients, random).map_err(|_| Refusal::Damaged)?;
    // The armor adds a third, and a line end to every 64 characters.
    if sealed.len() / 3 * 4 + sealed.len() / 40 > caps::FILE_BYTES {
        Err(Refusal::TooLarge)
    } else {
        Ok(sealed)
    }
}

/// Opens what is sealed; what is not comes back as it is. Words before and after, and lines that a messenger has
/// broken elsewhere, do no harm.
///
/// # Errors
/// [`Refusal::NotForUs`] where none of these keys opens it, [`Refusal::Locked`] where only words do or it is a rescue file,
/// [`Refusal::Truncated`] where the end is missing, [`Refusal::Damaged`] where it was changed.
pub fn opened(bytes: Vec<u8>, identities: &[Identity]) -> Result<Vec<u8>, Refusal> {
    if bytes.starts_with(rescue::HEAD.as_bytes()) {
        return Err(Refusal::Locked);
    }
    let Some(sealed) = unarmored(&bytes)? else { return Ok(bytes) };
    if age::wants_phrase(&sealed) {
        return Err(Refusal::Locked);
    }
    age::decrypt(&sealed, identities).map_err(|failure| match failure {
        Failure::NoMatch => Refusal::NotForUs,
        Failure::Armor | Failure::Header | Failure::Mac | Failure::Payload => Refusal::Damaged,
    })
}

/// The bytes of a sealed file; none for a file that is not sealed.
pub(crate) fn unarmored(bytes: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
    if bytes.len() > caps::FILE_BYTES {
        return Err(Refusal::TooLarge);
    }
    if bytes.starts_with(age::MAGIC.as_bytes()) {
        return Ok(Some(bytes.to_vec()));
    }
    let Ok(text) = str::from_utf8(bytes) else { return Ok(None) };
    let Some((_, rest)) = text.split_once(BEGIN) else { return Ok(None) };
    // A swap file that quotes such a line somewhere in its words begins with a brace.
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        return Ok(None);
    }
    let (encoded, _) = rest.split_once(END).ok_or(Refusal::Truncated)?;
    let mut armor = String::with_capacity(encoded.len() + 80);
    armor.push_str(BEGIN);
    for (column, char) in encoded.chars().filter(|char| !char.is_whitespace()).enumerate() {
        if column % COLUMNS == 0 {
            armor.push('\n');
        }
        armor.push(char);
    }
    armor.push('\n');
    armor.push_str(END);
    take_off(&armor).map(Some).map_err(|_| Refusal::Damaged)
}
