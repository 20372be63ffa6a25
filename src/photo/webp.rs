//! WebP, chunk by chunk (RFC 9649): the lossy form, the lossless one, and the extended one around either.

use super::{BadPhoto, Facts, Metadata, Sides, Sort, at, exif, le16, le32};

/// The flags of the extended form that a still picture needs: a colour profile, and transparency.
const STILL: u8 = 0x30;
const MOVES: u8 = 0x02;

struct Chunk<'a> {
    name: [u8; 4],
    payload: &'a [u8],
}

impl Chunk<'_> {
    /// The sides a chunk says; none where it says none.
    fn sides(&self) -> Option<Result<Sides, BadPhoto>> {
        let sides = match &self.name {
            b"VP8X" => self.canvas(),
            b"VP8 " => self.lossy(),
            b"VP8L" => self.lossless(),
            _ => return None,
        };
        Some(sides.ok_or(BadPhoto::Damaged))
    }

    fn canvas(&self) -> Option<Sides> {
        let side = |place| {
            let [low, middle, high] = at(self.payload, place)?;
            Some(u32::from_le_bytes([low, middle, high, 0]) + 1)
        };
        Sides::new(side(4)?, side(7)?)
    }

    /// A key frame's header (RFC 6386, section 9.1).
    fn lossy(&self) -> Option<Sides> {
        let is_key = self.payload.first()? & 1 == 0;
        let side = |place| Some(u32::from(le16(self.payload, place)? & 0x3fff));
        (is_key && at(self.payload, 3)? == [0x9d, 0x01, 0x2a]).then_some(())?;
        Sides::new(side(6)?, side(8)?)
    }

    fn lossless(&self) -> Option<Sides> {
        let bits = u32::from_le_bytes(at(self.payload, 1)?);
        (*self.payload.first()? == 0x2f).then_some(())?;
        Sides::new((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
    }

    /// The extended form's header, if it asks for nothing but what a still picture needs.
    fn is_plain_header(&self) -> bool {
        matches!(self.payload, [flags, 0, 0, 0, _, _, _, _, _, _] if flags & !STILL == 0)
    }
}

/// The chunks in order, up to the end the file declares or of what can be read.
struct Chunks<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl<'a> Chunks<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let end = end(bytes).unwrap_or(bytes.len());
        Self { bytes: bytes.get(..end).unwrap_or(bytes), place: 12 }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Chunk<'a>> {
        let (name, length) = (at(self.bytes, self.place)?, le32(self.bytes, self.place.checked_add(4)?)?);
        let start = self.place.checked_add(8)?;
        let end = start.checked_add(length)?;
        let payload = self.bytes.get(start..end)?;
        // A chunk of an odd length has a byte more.
        self.place = end.checked_add(length % 2)?;
        Some(Chunk { name, payload })
    }
}

/// Where the file says it ends.
fn end(bytes: &[u8]) -> Option<usize> {
    le32(bytes, 4)?.checked_add(8)
}

pub(super) fn inspect(bytes: &[u8]) -> Result<Facts, BadPhoto> {
    let mut metadata = Metadata::default();
    let (mut canvas, mut picture, mut turned, mut moving) = (None, None, false, false);
    let mut chunks = Chunks::of(bytes);
    for (number, chunk) in chunks.by_ref().enumerate() {
        let said = chunk.sides().transpose()?;
        match &chunk.name {
            b"VP8X" => {
                moving |= chunk.payload.first().is_some_and(|flags| flags & MOVES != 0);
                // Which metadata there is, its own chunk says; flags without one are no reason to call it clean.
                metadata.other |= number > 0 || !chunk.is_plain_header();
                canvas = canvas.or(said);
            }
            b"VP8 " | b"VP8L" => {
                metadata.other |= picture.is_some();
                picture = picture.or(said);
            }
            b"ALPH" => {}
            b"ANIM" | b"ANMF" => moving = true,
            b"ICCP" => metadata.icc = true,
            b"EXIF" => {
                // Some writers put JPEG's name for it before it.
                let tiff = chunk.payload.strip_prefix(b"Exif\0\0").unwrap_or(chunk.payload);
                turned |= !metadata.exif && exif::turned(tiff);
                metadata.exif = true;
            }
            b"XMP " => metadata.xmp = true,
            _ => metadata.other = true,
        }
    }
    let declared = end(bytes).ok_or(BadPhoto::Cut)?;
    metadata.trailing = declared < bytes.len();
    // A still picture fills its canvas: one of the two would lie about what a decoder allocates.
    if !moving && canvas.is_some() && picture.is_some() && canvas != picture {
        return Err(BadPhoto::Damaged);
    }
    match canvas.or(picture) {
        Some(sides) => Ok(Facts {
            sort: Sort::WebP,
            sides: Some(sides),
            turned,
            moving,
            whole: declared <= bytes.len() && chunks.place == declared && picture.is_some(),
            metadata: Some(metadata),
        }),
        None if declared <= bytes.len() => Err(BadPhoto::Damaged),
        None => Err(BadPhoto::Cut),
    }
}

/// The chunks a still picture needs, and no others.
pub(super) fn strip(bytes: &[u8]) -> Vec<u8> {
    let mut kept = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut has_picture = false;
    for chunk in Chunks::of(bytes) {
        let is_picture = matches!(&chunk.name, b"VP8 " | b"VP8L");
        if has_picture || !(is_picture || matches!(&chunk.name, b"VP8X" | b"ALPH" | b"ICCP")) {
            continue;
        }
        has_picture = is_picture;
        kept.extend_from_slice(&chunk.name);
        // Both lengths fit: they come from such a file, and the one made here is not longer.
        kept.extend_from_slice(&u32::try_from(chunk.payload.len()).unwrap_or(u32::MAX).to_le_bytes());
        match chunk.payload {
            [flags, _, _, _, canvas @ ..] if &chunk.name == b"VP8X" => {
                kept.extend_from_slice(&[flags & STILL, 0, 0, 0]);
                kept.extend_from_slice(canvas);
            }
            payload => kept.extend_from_slice(payload),
        }
        if chunk.payload.len() % 2 == 1 {
            kept.push(0);
        }
    }
    let length = u32::try_from(kept.len().saturating_sub(8)).unwrap_or(u32::MAX);
    kept.iter_mut().skip(4).zip(length.to_le_bytes()).for_each(|(to, from)| *to = from);
    kept
}
