//! The payload: chunks of 64 KiB under ChaCha20-Poly1305 (RFC 8439), numbered, the last one marked: the STREAM
//! construction of Hoang, Reyhanitabar, Rogaway and Vizár.

use super::Failure;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};

const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

fn nonce(number: u64, is_last: bool) -> Nonce {
    let mut nonce = [0; 12];
    // Eleven bytes of number, of which eight are more than anybody can fill, and one that marks the last.
    nonce.iter_mut().skip(3).zip(number.to_be_bytes()).for_each(|(to, from)| *to = from);
    if let Some(mark) = nonce.last_mut() {
        *mark = u8::from(is_last);
    }
    nonce.into()
}

/// Seals the payload behind what is there.
pub fn encrypt(key: &[u8; 32], plain: &[u8], sealed: &mut Vec<u8>) {
    let cipher = ChaCha20Poly1305::new(&(*key).into());
    // An empty payload is one empty chunk.
    let count = plain.len().div_ceil(CHUNK).max(1);
    sealed.reserve(plain.len() + count * TAG);
    let mut chunks = plain.chunks(CHUNK);
    for number in 0..count {
        let mut chunk = chunks.next().unwrap_or_default().to_vec();
        let nonce = nonce(number as u64, number + 1 == count);
        // Refuses only what is larger than 256 GiB.
        cipher.encrypt_in_place(&nonce, &[], &mut chunk).ok();
        sealed.append(&mut chunk);
    }
}

/// Opens it: all of it, or nothing.
pub fn decrypt(key: &[u8; 32], sealed: &[u8]) -> Result<Vec<u8>, Failure> {
    let cipher = ChaCha20Poly1305::new(&(*key).into());
    let mut plain = Vec::with_capacity(sealed.len());
    let mut rest = sealed;
    let mut number = 0;
    loop {
        let (chunk, after) = rest.split_at(rest.len().min(CHUNK + TAG));
        let is_last = after.is_empty();
        let mut chunk = chunk.to_vec();
        let opened = cipher.decrypt_in_place(&nonce(number, is_last), &[], &mut chunk);
        // Only an empty payload has an empty chunk.
        if opened.is_err() || (chunk.is_empty() && number > 0) {
            return Err(Failure::Payload);
        }
        plain.append(&mut chunk);
        if is_last {
            return Ok(plain);
        }
        rest = after;
        number += 1;
    }
}
