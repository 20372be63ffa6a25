//! GIF, block by block (GIF89a).

use super::{BadPhoto, Facts, Metadata, Sides, Sort, le16};

pub(super) fn inspect(bytes: &[u8]) -> Result<Facts, BadPhoto> {
    let side = |place| le16(bytes, place).map(u32::from).ok_or(BadPhoto::Cut);
    let (mut width, mut height) = (side(6)?, side(8)?);
    let mut metadata = Metadata::default();
    let (mut frames, mut whole) = (0_u32, false);
    let mut place = bytes.get(10).map_or(bytes.len(), |flags| 13 + table(*flags));
    loop {
        match bytes.get(place) {
            Some(0x2c) => {
                // Browsers widen the picture for a frame that does not fit it.
                let far =
                    |from, length| Some(u32::from(le16(bytes, from)?) + u32::from(le16(bytes, length)?));
                let flags = bytes.get(place + 9);
                let sides = far(place + 1, place + 5).zip(far(place + 3, place + 7));
                let (Some(flags), Some((right, bottom))) = (flags, sides) else { break };
                (width, height) = (width.max(right), height.max(bottom));
                frames = frames.saturating_add(1);
                place += 11 + table(*flags);
            }
            Some(0x21) => {
                match (bytes.get(place + 1), bytes.get(place + 3..place + 14)) {
                    // How the next frame is drawn.
                    (Some(0xf9), _) => {}
                    (Some(0xfe | 0x01), _) => metadata.comment = true,
                    (Some(0xff), Some(b"NETSCAPE2.0" | b"ANIMEXTS1.0")) => {}
                    (Some(0xff), Some(b"XMP DataXMP")) => metadata.xmp = true,
                    (Some(0xff), Some(b"ICCRGBG1012")) => metadata.icc = true,
                    _ => metadata.other = true,
                }
                place += 2;
            }
            Some(0x3b) => {
                whole = frames > 0;
                metadata.trailing = place + 1 < bytes.len();
                break;
            }
            _ => break,
        }
        // The data that follows, in blocks of up to 255 bytes; one of none ends it.
        while let Some(length) = bytes.get(place).filter(|length| **length > 0) {
            place += 1 + usize::from(*length);
        }
        place += 1;
    }
    let sides = Sides::new(width, height).ok_or(BadPhoto::Damaged)?;
    let moving = frames > 1;
    Ok(Facts { sort: Sort::Gif, sides: Some(sides), turned: false, moving, whole, metadata: Some(metadata) })
}

/// The bytes of a colour table, as the flags before it have them.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 6 << (flags & 7) }
}
