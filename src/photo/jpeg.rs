//! JPEG, segment by segment (ITU-T T.81, annex B). What a decoder needs is named here; all else counts as metadata.

use super::{BadPhoto, Facts, Metadata, Sides, Sort, be16, exif};

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const RESTARTS: std::ops::RangeInclusive<u8> = 0xd0..=0xd7;

/// One segment with its marker; a scan with all its coded data.
struct Segment<'a> {
    marker: u8,
    whole: &'a [u8],
    payload: &'a [u8],
}

/// What a segment is for.
#[derive(PartialEq, Eq)]
enum Role {
    /// The start, with which every file begins.
    Start,
    /// The size of the picture, and how it is coded.
    Frame,
    /// Tables, the picture itself, and JFIF's own header without a thumbnail.
    Picture,
    /// The colour profile.
    Icc,
    Exif,
    Xmp,
    Iptc,
    Comment,
    Other,
    End,
}

impl Segment<'_> {
    fn role(&self) -> Role {
        match (self.marker, self.payload) {
            (SOI, _) => Role::Start,
            (EOI, _) => Role::End,
            (0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, _) => Role::Frame,
            // Huffman tables, the scan, quantisation tables, the restart interval.
            (0xc4 | SOS | 0xdb | 0xdd, _) => Role::Picture,
            // Version, density, and a thumbnail of no size.
            (0xe0, [b'J', b'F', b'I', b'F', 0, _, _, _, _, _, _, _, 0, 0]) => Role::Picture,
            (0xe1, payload) if payload.starts_with(b"Exif\0") => Role::Exif,
            (0xe1, payload) if payload.starts_with(b"http://ns.adobe.com/x") => Role::Xmp,
            (0xe2, payload) if payload.starts_with(b"ICC_PROFILE\0") => Role::Icc,
            (0xed, _) => Role::Iptc,
            (0xfe, _) => Role::Comment,
            _ => Role::Other,
        }
    }

    /// The sides that a frame says.
    fn sides(&self) -> Result<Sides, BadPhoto> {
        let side = |place| be16(self.payload, place).map(u32::from).ok_or(BadPhoto::Damaged);
        Sides::new(side(3)?, side(1)?).ok_or(BadPhoto::Damaged)
    }
}

/// The segments in order, up to the end of the picture or of what can be read.
struct Segments<'a> {
    bytes: &'a [u8],
    /// Where the next one is looked for.
    place: usize,
    /// Whether bytes stood between segments that belong to none. Decoders skip them.
    strays: bool,
    /// Whether the end of the picture was met.
    ended: bool,
}

impl<'a> Segments<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, place: 0, strays: false, ended: false }
    }

    /// Goes to the next marker. Any number of 0xff may stand before it.
    fn marker(&mut self) -> Option<u8> {
        loop {
            match (self.bytes.get(self.place)?, *self.bytes.get(self.place + 1)?) {
                (0xff, 0xff) => {}
                (0xff, marker) if marker != 0 => return Some(marker),
                _ => self.strays = true,
            }
            self.place += 1;
        }
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        if self.ended {
            return None;
        }
        let marker = self.marker()?;
        let start = self.place;
        let (payload, end): (&[u8], usize) =
            if matches!(marker, SOI | EOI | 0x01) || RESTARTS.contains(&marker) {
                (&[], start + 2)
            } else {
                let end = start + 2 + usize::from(be16(self.bytes, start + 2)?);
                // None also where the length is less than the two bytes it takes itself.
                let payload = self.bytes.get(start + 4..end)?;
                (payload, if marker == SOS { end_of_scan(self.bytes, end) } else { end })
            };
        self.place = end;
        self.ended = marker == EOI;
        Some(Segment { marker, whole: self.bytes.get(start..end)?, payload })
    }
}

/// Where coded data ends: at a marker that is neither a stuffed byte nor a restart.
fn end_of_scan(bytes: &[u8], mut place: usize) -> usize {
    while let Some(found) = bytes.get(place..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) {
        place += found;
        match bytes.get(place + 1) {
            None => break,
            Some(0xff) => place += 1,
            Some(next) if *next == 0 || RESTARTS.contains(next) => place += 2,
            Some(_) => return place,
        }
    }
    bytes.len()
}

pub(super) fn inspect(bytes: &[u8]) -> Result<Facts, BadPhoto> {
    let mut metadata = Metadata::default();
    let (mut sides, mut turned, mut scanned) = (None, false, false);
    let mut segments = Segments::of(bytes);
    for (number, segment) in segments.by_ref().enumerate() {
        let role = segment.role();
        match role {
            Role::Start => metadata.other |= number > 0,
            // A second one is an error to every decoder; the two may contradict each other.
            Role::Frame if sides.is_some() => return Err(BadPhoto::Damaged),
            Role::Frame => sides = Some(segment.sides()?),
            Role::Picture | Role::End => {}
            Role::Icc => metadata.icc = true,
            Role::Exif => {
                // The first one counts. Its name is followed by two zeros.
                turned |= !metadata.exif && segment.payload.get(6..).is_some_and(exif::turned);
                metadata.exif = true;
            }
            Role::Xmp => metadata.xmp = true,
            Role::Iptc => metadata.iptc = true,
            Role::Comment => metadata.comment = true,
            Role::Other => metadata.other = true,
        }
        scanned |= segment.marker == SOS && sides.is_some();
    }
    metadata.other |= segments.strays;
    metadata.trailing = segments.ended && segments.place < bytes.len();
    match sides {
        Some(sides) => Ok(Facts {
            sort: Sort::Jpeg,
            sides: Some(sides),
            turned,
            moving: false,
            whole: segments.ended && scanned,
            metadata: Some(metadata),
        }),
        None if segments.ended => Err(BadPhoto::Damaged),
        None => Err(BadPhoto::Cut),
    }
}

/// The segments a decoder needs, and no others.
pub(super) fn strip(bytes: &[u8]) -> Vec<u8> {
    let mut kept = vec![0xff, SOI];
    for segment in Segments::of(bytes) {
        if matches!(segment.role(), Role::Frame | Role::Picture | Role::Icc | Role::End) {
            kept.extend_from_slice(segment.whole);
        }
    }
    kept
}
