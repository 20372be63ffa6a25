//! A swap file made small (gzip, RFC 1952), and made large again within a cap: what comes is hostile, and a few bytes
//! can become many.
//!
//! The frame around the deflated bytes is read and written here: that of `flate2` brings a table for its CRC of 16 KB,
//! which nothing can compress.

use super::file::Refusal;
use crate::caps;
use crc::{CRC_32_ISO_HDLC, Crc};
use flate2::Compression;
use flate2::bufread::{DeflateDecoder, DeflateEncoder};
use std::io::{ErrorKind, Read as _};

/// How a gzip file begins (RFC 1952, 2.3.1).
const MAGIC: [u8; 2] = [0x1f, 0x8b];
/// What we write: deflated, no flags, no time, the best compression, an unknown system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff];
const DEFLATED: u8 = 8;
static CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// What a head may say of itself: bits of its fourth byte.
mod flag {
    pub const HEAD_CHECK: u8 = 2;
    pub const EXTRA: u8 = 4;
    pub const NAME: u8 = 8;
    pub const COMMENT: u8 = 16;
    pub const RESERVED: u8 = 0b1110_0000;
}

/// Whether these bytes are packed.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Makes a file small.
pub fn packed(text: &str) -> Vec<u8> {
    let mut small = HEAD.to_vec();
    // Reading from a slice into memory cannot fail.
    DeflateEncoder::new(text.as_bytes(), Compression::best()).read_to_end(&mut small).ok();
    small.extend(CRC.checksum(text.as_bytes()).to_le_bytes());
    small.extend((text.len() as u32).to_le_bytes());
    small
}

/// Makes it large again.
///
/// # Errors
/// [`Refusal::TooLarge`] once it would grow beyond [`caps::FILE_BYTES`]; [`Refusal::Damaged`] where the bytes were
/// changed; [`Refusal::Truncated`] where the end is missing.
pub fn unpacked(small: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut reader = DeflateDecoder::new(behind_head(small)?).take(caps::FILE_BYTES as u64 + 1);
    reader.read_to_end(&mut bytes).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => Refusal::Truncated,
        _ => Refusal::Damaged,
    })?;
    if bytes.len() > caps::FILE_BYTES {
        return Err(Refusal::TooLarge);
    }
    // One file and nothing behind it.
    let (check, behind) =
        reader.into_inner().into_inner().split_first_chunk::<8>().ok_or(Refusal::Truncated)?;
    let [a, b, c, d, length @ ..] = *check;
    let is_whole = CRC.checksum(&bytes) == u32::from_le_bytes([a, b, c, d])
        && bytes.len() as u32 == u32::from_le_bytes(length)
        && behind.is_empty();
    is_whole.then_some(bytes).ok_or(Refusal::Damaged)
}

/// What follows the head. Other programs put a name there, or a comment.
fn behind_head(file: &[u8]) -> Result<&[u8], Refusal> {
    let (head, mut rest) = file.split_first_chunk::<10>().ok_or(Refusal::Truncated)?;
    let [_, _, method, flags, ..] = *head;
    if !is_packed(file) || method != DEFLATED || flags & flag::RESERVED != 0 {
        return Err(Refusal::Damaged);
    }
    if flags & flag::EXTRA != 0 {
        let (length, extra) = rest.split_first_chunk::<2>().ok_or(Refusal::Truncated)?;
        rest = extra.get(usize::from(u16::from_le_bytes(*length))..).ok_or(Refusal::Truncated)?;
    }
    for text in [flag::NAME, flag::COMMENT] {
        if flags & text != 0 {
            let end = rest.iter().position(|&byte| byte == 0).ok_or(Refusal::Truncated)?;
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }
    if flags & flag::HEAD_CHECK != 0 {
        rest = rest.get(2..).ok_or(Refusal::Truncated)?;
    }
    Ok(rest)
}
