//! A systematic fountain over GF(2): first the blocks themselves, then random sums of about half of them, without end.
//! Whoever has as many independent symbols as there are blocks can solve for the blocks; of random sums hardly more
//! than that many are needed (two more, whatever the number of blocks).

use super::Frame;
use crate::caps;
use crate::ids::labelled_hash;

/// Bytes on their way out.
#[derive(Clone, Debug)]
pub struct Transfer {
    id: u32,
    length: u32,
    size: usize,
    blocks: Vec<Vec<u8>>,
}

impl Transfer {
    /// Cuts bytes into blocks of at most this size; none where there are too many, or there is nothing to send. The
    /// transfer's number follows from the bytes: shown again, they are the same transfer.
    pub fn new(bytes: &[u8], size: usize) -> Option<Self> {
        let count = bytes.len().div_ceil(size.max(1));
        if bytes.is_empty() || size == 0 || count > caps::FILM_BLOCKS || bytes.len() > caps::FILM_BYTES {
            return None;
        }
        // All of one size, as small as it can be.
        let size = bytes.len().div_ceil(count);
        let blocks: Vec<Vec<u8>> = bytes
            .chunks(size)
            .map(|chunk| {
                let mut block = chunk.to_vec();
                block.resize(size, 0);
                block
            })
            .collect();
        let [a, b, c, d, ..] = labelled_hash("bothways/film/1", &[&size.to_be_bytes(), bytes]);
        Some(Self { id: u32::from_be_bytes([a, b, c, d]), length: bytes.len() as u32, size, blocks })
    }

    /// How many blocks there are.
    pub const fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The frame of this number: there is no last one.
    pub fn frame(&self, number: u32) -> Frame {
        let blocks = self.blocks.len() as u16;
        let row = Row::of(self.id, blocks, number);
        let mut symbol = vec![0; self.size];
        for (_, block) in self.blocks.iter().enumerate().filter(|(at, _)| row.has(*at)) {
            add(&mut symbol, block);
        }
        Frame { transfer: self.id, length: self.length, blocks, number, symbol }
    }
}

/// What a camera has gathered so far.
#[derive(Clone, Debug, Default)]
pub struct Receiver {
    film: Option<Film>,
}

/// The transfer that is being received: the rows gathered, each with a leading block of its own.
#[derive(Clone, Debug)]
struct Film {
    transfer: u32,
    length: u32,
    size: usize,
    /// By leading block.
    rows: Vec<Option<(Row, Vec<u8>)>>,
    found: usize,
}

impl Receiver {
    /// Takes a frame in. One of another transfer begins anew; one that says nothing new changes nothing.
    pub fn take(&mut self, frame: Frame) {
        let is_same = self.film.as_ref().is_some_and(|film| {
            film.transfer == frame.transfer
                && film.length == frame.length
                && film.rows.len() == usize::from(frame.blocks)
                && film.size == frame.symbol.len()
        });
        if !is_same {
            self.film = Some(Film {
                transfer: frame.transfer,
                length: frame.length,
                size: frame.symbol.len(),
                rows: vec![None; usize::from(frame.blocks)],
                found: 0,
            });
        }
        if let Some(film) = &mut self.film {
            film.take(frame);
        }
    }

    /// How many blocks' worth has been gathered, and how many there are; none before the first frame.
    pub fn progress(&self) -> Option<(usize, usize)> {
        self.film.as_ref().map(|film| (film.found, film.rows.len()))
    }

    /// The bytes, once enough has been gathered.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let film = self.film.as_ref().filter(|film| film.found == film.rows.len())?;
        film.solved()
    }
}

impl Film {
    fn take(&mut self, frame: Frame) {
        let mut row = Row::of(self.transfer, frame.blocks, frame.number);
        let mut symbol = frame.symbol;
        // Rows that are there are taken off, from the front, until a leading block is left that is new.
        while let Some(lead) = row.lead() {
            match self.rows.get_mut(lead) {
                Some(Some((other, known))) => {
                    row.add(other);
                    add(&mut symbol, known);
                }
                Some(place) => {
                    *place = Some((row, symbol));
                    self.found += 1;
                    return;
                }
                None => return,
            }
        }
    }

    /// From the last row to the first, each is freed from all blocks but its leading one.
    fn solved(&self) -> Option<Vec<u8>> {
        let mut blocks: Vec<Vec<u8>> = vec![Vec::new(); self.rows.len()];
        for (lead, row) in self.rows.iter().enumerate().rev() {
            let (row, symbol) = row.as_ref()?;
            let mut block = symbol.clone();
            for (_, known) in blocks.iter().enumerate().skip(lead + 1).filter(|(at, _)| row.has(*at)) {
                add(&mut block, known);
            }
            *blocks.get_mut(lead)? = block;
        }
        let mut bytes = blocks.concat();
        bytes.truncate(self.length as usize);
        Some(bytes)
    }
}

/// Which blocks a symbol is the sum of, a bit for each.
#[derive(Clone, Debug)]
struct Row(Vec<u8>);

impl Row {
    /// The blocks of a symbol: its own for the first ones, from then on those a hash of its number names.
    fn of(transfer: u32, blocks: u16, number: u32) -> Self {
        let count = usize::from(blocks);
        let mut bits = vec![0_u8; count.div_ceil(8)];
        if let Some(byte) = bits.get_mut(number as usize / 8).filter(|_| number < u32::from(blocks)) {
            *byte = 0x80 >> (number % 8);
            return Self(bits);
        }
        for (part, bytes) in bits.chunks_mut(32).enumerate() {
            let seed = [transfer, number, part as u32].map(u32::to_be_bytes).concat();
            bytes.iter_mut().zip(labelled_hash("bothways/sum/1", &[&seed])).for_each(|(to, from)| *to = from);
        }
        // Bits past the last block mean nothing.
        if let Some(last) = bits.last_mut().filter(|_| count % 8 > 0) {
            *last &= 0xff << (8 - count % 8);
        }
        Self(bits)
    }

    fn has(&self, block: usize) -> bool {
        self.0.get(block / 8).is_some_and(|byte| byte & (0x80 >> (block % 8)) != 0)
    }

    fn lead(&self) -> Option<usize> {
        let at = self.0.iter().position(|byte| *byte != 0)?;
        Some(at * 8 + self.0.get(at)?.leading_zeros() as usize)
    }

    fn add(&mut self, other: &Self) {
        add(&mut self.0, &other.0);
    }
}

fn add(to: &mut [u8], what: &[u8]) {
    to.iter_mut().zip(what).for_each(|(to, from)| *to ^= from);
}
