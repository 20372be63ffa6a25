//! One frame: which transfer it belongs to, which symbol it is, and the symbol's bytes; in base45 (RFC 9285), which a
//! QR code carries in its alphanumeric mode almost without loss.
//!
//! As bytes, numbers big-endian: version (1), transfer (4), length of the whole (4), number of blocks (2), number of the
//! symbol (4), the symbol, and a CRC-32 (IEEE 802.3) over all of it: a camera may see two frames at once.

use crate::caps;
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

const VERSION: u8 = 1;
const HEAD: usize = 15;
const CHECK: usize = 4;
/// Frames are short: it works without a table, which nothing can compress.
static CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// One symbol of one transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Tells one transfer from another.
    pub transfer: u32,
    /// Bytes of the whole.
    pub length: u32,
    /// Blocks the whole is cut into, all of one size; the last is filled up with zeros.
    pub blocks: u16,
    /// Which symbol this is: up to `blocks` the block of this number, from then on a sum of several.
    pub number: u32,
    /// The symbol.
    pub symbol: Vec<u8>,
}

impl Frame {
    /// Bytes of a symbol that fit into a QR code which holds so many characters.
    pub const fn room(characters: usize) -> usize {
        (characters / 3 * 2).saturating_sub(HEAD + CHECK)
    }

    /// The text a QR code carries.
    pub fn to_text(&self) -> String {
        let mut bytes = Vec::with_capacity(HEAD + self.symbol.len() + CHECK);
        bytes.push(VERSION);
        bytes.extend(self.transfer.to_be_bytes());
        bytes.extend(self.length.to_be_bytes());
        bytes.extend(self.blocks.to_be_bytes());
        bytes.extend(self.number.to_be_bytes());
        bytes.extend_from_slice(&self.symbol);
        let check = CRC.checksum(&bytes);
        bytes.extend(check.to_be_bytes());
        base45::encode(&bytes)
    }

    /// Reads what a camera saw: none for any other QR code, and for one that was not seen whole.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > caps::FRAME_CHARS {
            return None;
        }
        let bytes = base45::decode(text).ok()?;
        let (seen, check) = bytes.split_last_chunk::<CHECK>()?;
        if CRC.checksum(seen) != u32::from_be_bytes(*check) {
            return None;
        }
        let (head, symbol) = seen.split_first_chunk::<HEAD>()?;
        let [version, a, b, c, d, e, f, g, h, i, j, k, l, m, n] = *head;
        let frame = Self {
            transfer: u32::from_be_bytes([a, b, c, d]),
            length: u32::from_be_bytes([e, f, g, h]),
            blocks: u16::from_be_bytes([i, j]),
            number: u32::from_be_bytes([k, l, m, n]),
            symbol: symbol.to_vec(),
        };
        (version == VERSION && frame.is_sane()).then_some(frame)
    }

    /// Whether the whole has a size anybody would film, and is cut as it says.
    fn is_sane(&self) -> bool {
        let (length, blocks) = (self.length as usize, usize::from(self.blocks));
        (1..=caps::FILM_BYTES).contains(&length)
            && (1..=caps::FILM_BLOCKS).contains(&blocks)
            && !self.symbol.is_empty()
            && length.div_ceil(self.symbol.len()) == blocks
    }
}
