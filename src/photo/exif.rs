//! The one thing of EXIF that matters before decoding: whether the picture is shown with its sides swapped.
//! A TIFF structure (TIFF 6.0, section 2): byte order, the place of the first directory, and its entries.

use super::at;

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;
/// Entries looked at; cameras write a dozen.
const ENTRIES: u16 = 256;

/// Whether the orientation is one of the four that lie on their side (5 to 8).
pub(super) fn turned(tiff: &[u8]) -> bool {
    orientation(tiff).is_some_and(|orientation| (5..=8).contains(&orientation))
}

fn orientation(tiff: &[u8]) -> Option<u16> {
    let lower_first = match tiff {
        [b'I', b'I', 42, 0, ..] => true,
        [b'M', b'M', 0, 42, ..] => false,
        _ => return None,
    };
    let short = |place: usize| {
        at(tiff, place)
            .map(|bytes| if lower_first { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |place: usize| {
        at(tiff, place)
            .map(|bytes| if lower_first { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    for entry in 0..short(directory)?.min(ENTRIES) {
        let place = directory.checked_add(2 + 12 * usize::from(entry))?;
        if short(place)? == ORIENTATION {
            return (short(place.checked_add(2)?)? == SHORT).then_some(short(place.checked_add(8)?)?);
        }
    }
    None
}
