//! Photos in a swap file: each as lines of 128 KiB, in base64, one behind the other; or, where it is filmed, only a small
//! picture of it, in one line.

use super::file::Refusal;
use crate::caps;
use crate::ids::PhotoHash;
use crate::json::{BadRecord, Record};
use crate::photo::{is_clean, is_clean_thumb};
use crate::sorted::SortedMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Serialize;
use std::sync::Arc;

/// Photos by their hash.
pub type Photos = SortedMap<PhotoHash, Arc<[u8]>>;

/// Bytes of one line, before base64.
pub(crate) const CHUNK: usize = 128 * 1024;

/// One line: a part of a photo.
#[derive(Serialize)]
pub(crate) struct ChunkLine {
    hash: PhotoHash,
    size: usize,
    at: usize,
    data: String,
}

/// One line: the small picture of a photo.
#[derive(Serialize)]
pub(super) struct ThumbLine {
    hash: PhotoHash,
    data: String,
}

impl ThumbLine {
    pub fn of(hash: PhotoHash, small: &[u8]) -> Self {
        Self { hash, data: BASE64.encode(small) }
    }
}

/// The lines of a photo.
pub(crate) fn lines_of(hash: PhotoHash, photo: &[u8]) -> impl Iterator<Item = ChunkLine> {
    let size = photo.len();
    photo.chunks(CHUNK).zip((0..).step_by(CHUNK)).map(move |(part, at)| ChunkLine {
        hash,
        size,
        at,
        data: BASE64.encode(part),
    })
}

/// About how much room a photo's lines take.
pub(crate) const fn room_for(photo: &[u8]) -> usize {
    photo.len().div_ceil(3) * 4 + (photo.len() / CHUNK + 1) * 256
}

/// Photos while their lines come in.
#[derive(Default)]
pub(crate) struct Blobs {
    whole: Photos,
    small: Photos,
    coming: Option<(PhotoHash, usize, Vec<u8>)>,
}

impl Blobs {
    /// Takes a line in. Each photo's lines follow one another, from its beginning to its end.
    pub fn chunk(&mut self, mut parts: Record) -> Result<(), BadRecord> {
        let bad = BadRecord::Part("data");
        let hash: PhotoHash = parts.parsed("hash")?;
        let (size, at): (usize, usize) = (parts.small("size")?, parts.small("at")?);
        let data = BASE64.decode(parts.text("data")?).map_err(|_| BadRecord::Part("data"))?;
        let (of, whole_size, mut bytes) = match self.coming.take() {
            Some(coming) => coming,
            None if at == 0 && size <= caps::PHOTO_BYTES => (hash, size, Vec::new()),
            None => return Err(bad),
        };
        let fits = of == hash && whole_size == size && bytes.len() == at && at + data.len() <= size;
        if !fits || data.is_empty() {
            return Err(bad);
        }
        bytes.extend_from_slice(&data);
        if bytes.len() < size {
            self.coming = Some((hash, size, bytes));
        } else if PhotoHash::of_photo(&bytes) == hash && is_clean(&bytes) {
            self.whole.insert(hash, bytes.into());
        } else {
            return Err(bad);
        }
        Ok(())
    }

    /// Takes the small picture of a photo in. Nothing proves that it is one: it stands for the photo until that comes.
    pub fn thumb(&mut self, mut parts: Record) -> Result<(), BadRecord> {
        let bad = BadRecord::Part("data");
        let hash: PhotoHash = parts.parsed("hash")?;
        let data = parts.text("data")?;
        if self.small.len() == caps::THUMBS || data.len() > caps::THUMB_BYTES.div_ceil(3) * 4 {
            return Err(bad);
        }
        let small = BASE64.decode(data).map_err(|_| BadRecord::Part("data"))?;
        let is_first = is_clean_thumb(&small) && self.small.insert(hash, small.into()).is_none();
        if is_first { Ok(()) } else { Err(bad) }
    }

    /// All photos, and small pictures of others, once there are no more lines.
    pub fn finish(self) -> Result<(Photos, Photos), Refusal> {
        if self.coming.is_some() { Err(Refusal::Damaged) } else { Ok((self.whole, self.small)) }
    }
}
