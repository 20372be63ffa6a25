//! Bytes that claim to be pictures: whatever they are, reading them ends, and what is called clean is clean.

use bothways::caps;
use bothways::photo::{Metadata, inspect, is_clean, is_clean_thumb, strip};
use proptest::prelude::*;

/// How each sort begins.
const BEGINNINGS: [&[u8]; 7] = [
    b"\xff\xd8\xff",
    b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00",
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0....",
    b"RIFF\x40\0\0\0WEBP",
    b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x0f\0\0",
    b"GIF89a\x10\0\x10\0\x91\0\0",
    b"\0\0\0\x18ftypmif1",
];

/// What a reader looks out for, among bytes that mean nothing: lengths that lie, markers and names in wrong places.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let names = prop::sample::select(vec![
        "IDAT",
        "IEND",
        "eXIf",
        "iTXt",
        "VP8 ",
        "VP8L",
        "VP8X",
        "ALPH",
        "ANMF",
        "EXIF",
        "XMP ",
        "ICCP",
        "MM\0*",
        "II*\0",
        "Exif\0\0",
        "ICC_PROFILE\0",
        "JFIF\0",
        "heic",
        "avif",
    ]);
    prop_oneof![
        3 => prop::collection::vec(any::<u8>(), 0..24),
        2 => names.prop_map(|name| name.as_bytes().to_vec()),
        2 => (any::<u8>(), 0..40_u8).prop_map(|(marker, length)| vec![0xff, marker, 0, length]),
        1 => any::<u32>().prop_map(|length| length.to_le_bytes().to_vec()),
        1 => (0..64_u32).prop_map(|length| length.to_be_bytes().to_vec()),
        1 => prop::sample::select(vec![0x21_u8, 0x2c, 0x3b, 0xff, 0xd9, 0]).prop_map(|byte| vec![byte]),
    ]
}

/// A JPEG of any segments, well formed around them.
fn segments() -> impl Strategy<Value = Vec<u8>> {
    let segment = (any::<u8>(), prop::collection::vec(any::<u8>(), 0..30)).prop_map(|(marker, payload)| {
        let length = u8::try_from(payload.len() + 2).unwrap();
        [&[0xff, marker, 0, length], &payload[..]].concat()
    });
    prop::collection::vec(segment, 0..8).prop_map(|segments| {
        let picture = b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00\xff\xda\0\x08\x01\x01\0\0\x3f\0\x12\x34\xff\xd9";
        [b"\xff\xd8", &segments.concat()[..], picture].concat()
    })
}

fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat());
    let begun = (prop::sample::select(BEGINNINGS.to_vec()), pieces)
        .prop_map(|(beginning, rest)| [beginning, &rest[..]].concat());
    prop_oneof![1 => prop::collection::vec(any::<u8>(), 0..200), 6 => begun, 3 => segments()]
}

/// These take microseconds: many more of them than of the laws' histories.
fn cases() -> u32 {
    let laws: u32 = std::env::var("BOTHWAYS_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    laws.saturating_mul(30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn any_bytes_can_be_looked_at(bytes in hostile()) {
        let facts = inspect(&bytes);
        let clean = is_clean(&bytes);
        prop_assert!(clean || !is_clean_thumb(&bytes), "a small picture is a picture");
        if clean {
            let facts = facts.unwrap();
            prop_assert!(facts.whole && !facts.moving && !facts.turned);
            prop_assert!(facts.sides.unwrap().longest() <= caps::PHOTO_SIDE);
            prop_assert_eq!(facts.metadata.map(|found| Metadata { icc: false, ..found }), Some(Metadata::default()));
        }
        for end in 0..bytes.len() {
            let part = inspect(&bytes[..end]).ok();
            prop_assert!(!(clean && part.is_some_and(|part| part.whole)), "clean, and over at {} already", end);
        }
    }

    #[test]
    fn stripping_makes_clean_loses_no_picture_and_is_done_once(bytes in hostile()) {
        if let Some(kept) = strip(&bytes) {
            let (before, after) = (inspect(&bytes).unwrap(), inspect(&kept).unwrap());
            prop_assert!(after.whole);
            prop_assert_eq!(before.sides, after.sides);
            prop_assert!(kept.len() <= bytes.len());
            prop_assert_eq!(strip(&kept), Some(kept.clone()));
            prop_assert!(!after.metadata.unwrap().exif && !after.metadata.unwrap().trailing);
        }
    }
}
