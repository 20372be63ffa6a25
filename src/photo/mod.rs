//! Photos, by their bytes: what sort of picture it is, how large it will be once decoded, and what it carries
//! besides the picture. Never by a file's name or by the type somebody declared.
//!
//! - [`inspect`]: read before anything is decoded, so that a bomb is refused while it is still small
//! - [`is_clean`]: what may be stored and sent, checked on writing and again on reading
//! - [`strip`]: the same picture with nothing beside it; some browsers write metadata into what they encode
//!
//! Every reader here goes once over the bytes, allocates nothing, and takes any bytes at all.

mod exif;
mod gif;
mod heif;
mod jpeg;
mod png;
mod webp;

use crate::caps;

/// The sort of a picture, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG (W3C), animated or not.
    Png,
    /// WebP (RFC 9649).
    WebP,
    /// GIF (87a and 89a).
    Gif,
    /// HEIF with what an iPhone puts in it (ISO 23008-12). Recognised only: few browsers can decode it.
    Heif,
    /// AVIF. Recognised only.
    Avif,
}

impl Sort {
    /// The sort of these bytes; none where they are no picture we know.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => heif::sort(bytes),
        }
    }

    /// Its media type, as IANA has it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Heif => "image/heif",
            Self::Avif => "image/avif",
        }
    }
}

/// Width and height, in pixels. Neither is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Sides {
    /// None where one of them is zero.
    pub fn new(width: u32, height: u32) -> Option<Self> {
        (width > 0 && height > 0).then_some(Self { width, height })
    }

    /// How many pixels there are.
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The longer of the two.
    pub fn longest(self) -> u32 {
        self.width.max(self.height)
    }

    /// The picture turned by a quarter.
    pub fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// The same shape with no side longer than this. Never larger than it was.
    pub fn within(self, side: u32) -> Self {
        let longest = u64::from(self.longest());
        if longest <= u64::from(side) {
            return self;
        }
        // Rounded, and at least one pixel: a very long strip stays a strip. Fits: it is not larger than `side`.
        let scaled = |own: u32| {
            let scaled = (u64::from(own) * u64::from(side) + longest / 2) / longest;
            u32::try_from(scaled).unwrap_or(side).max(1)
        };
        Self { width: scaled(self.width), height: scaled(self.height) }
    }
}

/// What stands in a file besides the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// EXIF: the camera, the time, and often the place.
    pub exif: bool,
    /// XMP: what programs note down about a picture.
    pub xmp: bool,
    /// IPTC, in Photoshop's wrapping: captions and names.
    pub iptc: bool,
    /// A comment or a text.
    pub comment: bool,
    /// A colour profile. Belongs to the picture: colours are wrong without it.
    pub icc: bool,
    /// Anything else that no decoder needs: thumbnails, times, makers' own records, stray bytes.
    pub other: bool,
    /// Bytes after the end of the picture: where phones hang films and depth maps.
    pub trailing: bool,
}

impl Metadata {
    /// Whether there is nothing that says more than the picture itself does.
    pub fn is_silent(self) -> bool {
        self == Self { icc: self.icc, ..Self::default() }
    }
}

/// What can be said of a picture without decoding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its sort.
    pub sort: Sort,
    /// Its sides as its header has them, before any turning. Unknown for HEIF and AVIF.
    pub sides: Option<Sides>,
    /// Whether its EXIF asks for a quarter turn, so that it is shown with its sides swapped.
    pub turned: bool,
    /// Whether it moves.
    pub moving: bool,
    /// Whether the file goes on to the end of the picture. (Nothing says that it can be decoded.)
    pub whole: bool,
    /// What it carries. Not looked for in HEIF and AVIF.
    pub metadata: Option<Metadata>,
}

impl Facts {
    /// The sides it is shown with.
    pub fn shown(&self) -> Option<Sides> {
        self.sides.map(|sides| if self.turned { sides.turned() } else { sides })
    }
}

/// Why bytes are no picture that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPhoto {
    /// They begin like no picture we know.
    #[error("not a picture")]
    NotAPicture,
    /// They end before the picture's size is said.
    #[error("the picture is cut off")]
    Cut,
    /// What they say of the picture cannot be so.
    #[error("the picture is damaged")]
    Damaged,
}

/// What can be said of these bytes without decoding them. The size comes from the header, and metadata is looked for
/// up to the end of the bytes; of a file that is cut after its header the facts are those of the part that is there.
pub fn inspect(bytes: &[u8]) -> Result<Facts, BadPhoto> {
    match Sort::of(bytes).ok_or(BadPhoto::NotAPicture)? {
        Sort::Jpeg => jpeg::inspect(bytes),
        Sort::Png => png::inspect(bytes),
        Sort::WebP => webp::inspect(bytes),
        Sort::Gif => gif::inspect(bytes),
        sort @ (Sort::Heif | Sort::Avif) => {
            Ok(Facts { sort, sides: None, turned: false, moving: false, whole: false, metadata: None })
        }
    }
}

/// Whether this may be stored and sent as a photo: a whole, still JPEG or WebP within the caps that carries nothing
/// but the picture and its colours.
pub fn is_clean(bytes: &[u8]) -> bool {
    is_clean_within(bytes, caps::PHOTO_BYTES, caps::PHOTO_SIDE)
}

/// The same for the small picture of a photo.
pub fn is_clean_thumb(bytes: &[u8]) -> bool {
    is_clean_within(bytes, caps::THUMB_BYTES, caps::THUMB_SIDE)
}

fn is_clean_within(bytes: &[u8], limit: usize, side: u32) -> bool {
    bytes.len() <= limit
        && inspect(bytes).is_ok_and(|facts| {
            matches!(facts.sort, Sort::Jpeg | Sort::WebP)
                && facts.whole
                && !facts.moving
                && facts.sides.is_some_and(|sides| sides.longest() <= side)
                && facts.metadata.is_some_and(Metadata::is_silent)
        })
}

/// The same picture, bit for bit, with nothing beside it but its colour profile. None for what is no whole and still
/// JPEG or WebP. A turn that its EXIF asked for is lost: this is for what a canvas wrote, which stands upright.
pub fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let facts = inspect(bytes).ok()?;
    match facts.sort {
        _ if !facts.whole || facts.moving => None,
        Sort::Jpeg => Some(jpeg::strip(bytes)),
        Sort::WebP => Some(webp::strip(bytes)),
        _ => None,
    }
}

/// The bytes at a place, if they are all there.
fn at<const N: usize>(bytes: &[u8], place: usize) -> Option<[u8; N]> {
    bytes.get(place..place.checked_add(N)?)?.try_into().ok()
}

/// Two bytes, the higher first.
fn be16(bytes: &[u8], place: usize) -> Option<u16> {
    at(bytes, place).map(u16::from_be_bytes)
}

/// Two bytes, the lower first.
fn le16(bytes: &[u8], place: usize) -> Option<u16> {
    at(bytes, place).map(u16::from_le_bytes)
}

/// Four bytes as a length, the highest first.
fn be32(bytes: &[u8], place: usize) -> Option<usize> {
    at(bytes, place).map(u32::from_be_bytes).and_then(|value| usize::try_from(value).ok())
}

/// Four bytes as a length, the lowest first.
fn le32(bytes: &[u8], place: usize) -> Option<usize> {
    at(bytes, place).map(u32::from_le_bytes).and_then(|value| usize::try_from(value).ok())
}

#[cfg(test)]
mod tests;
