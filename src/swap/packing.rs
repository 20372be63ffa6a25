//! A swap file made small (gzip, RFC 1952), and made large again within a cap: what comes is hostile, and a few bytes
//! can become many.

use super::file::Refusal;
use crate::caps;
use flate2::Compression;
use flate2::bufread::{GzDecoder, GzEncoder};
use std::io::Read as _;

/// How a gzip file begins.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Whether these bytes are packed.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Makes a file small.
pub fn packed(text: &str) -> Vec<u8> {
    let mut small = Vec::new();
    // Reading from a slice into memory cannot fail.
    GzEncoder::new(text.as_bytes(), Compression::best()).read_to_end(&mut small).ok();
    small
}

/// Makes it large again.
///
/// # Errors
/// [`Refusal::TooLarge`] once it would grow beyond [`caps::FILE_BYTES`]; [`Refusal::Damaged`] where the bytes were
/// changed; [`Refusal::Truncated`] where the end is missing.
pub fn unpacked(small: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut reader = GzDecoder::new(small).take(caps::FILE_BYTES as u64 + 1);
    let read = reader.read_to_end(&mut bytes);
    if bytes.len() > caps::FILE_BYTES {
        return Err(Refusal::TooLarge);
    }
    match read {
        // One file and nothing behind it.
        Ok(_) if reader.into_inner().into_inner().is_empty() => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(Refusal::Truncated),
        _ => Err(Refusal::Damaged),
    }
}
