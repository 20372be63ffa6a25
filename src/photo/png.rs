//! PNG, chunk by chunk (W3C, third edition, section 5). Its checksums are left to the decoder.

use super::{BadPhoto, Facts, Metadata, Sides, Sort, at, be32, exif};

pub(super) fn inspect(bytes: &[u8]) -> Result<Facts, BadPhoto> {
    // The header comes first and has thirteen bytes.
    let side = |place| be32(bytes, place).and_then(|side| u32::try_from(side).ok()).ok_or(BadPhoto::Cut);
    let (width, height) = (side(16)?, side(20)?);
    if at(bytes, 8) != Some([0, 0, 0, 13]) || at(bytes, 12) != Some(*b"IHDR") {
        return Err(BadPhoto::Damaged);
    }
    let sides = Sides::new(width, height).ok_or(BadPhoto::Damaged)?;
    let mut metadata = Metadata::default();
    let (mut turned, mut moving, mut whole) = (false, false, false);
    let mut place = 8;
    while let (Some(length), Some(name)) = (be32(bytes, place), at::<4>(bytes, place.saturating_add(4))) {
        let start = place.saturating_add(8);
        let end = start.saturating_add(length);
        let Some(payload) = bytes.get(start..end) else { break };
        match &name {
            b"IHDR" | b"PLTE" | b"IDAT" | b"IEND" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"sBIT"
            | b"bKGD" | b"hIST" | b"pHYs" | b"cICP" | b"mDCV" | b"cLLI" => {}
            b"acTL" | b"fcTL" | b"fdAT" => moving = true,
            b"iCCP" => metadata.icc = true,
            b"eXIf" => {
                turned |= !metadata.exif && exif::turned(payload);
                metadata.exif = true;
            }
            b"iTXt" if payload.starts_with(b"XML:com.adobe.xmp\0") => metadata.xmp = true,
            b"tEXt" | b"zTXt" | b"iTXt" => metadata.comment = true,
            _ => metadata.other = true,
        }
        // Past the checksum.
        place = end.saturating_add(4);
        if &name == b"IEND" {
            whole = place <= bytes.len();
            metadata.trailing = place < bytes.len();
            break;
        }
    }
    Ok(Facts { sort: Sort::Png, sides: Some(sides), turned, moving, whole, metadata: Some(metadata) })
}
