//! Pictures made by hand, byte by byte.

use super::*;

const EXIF: &[u8] = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
const SAYS_PLACE: &[u8] = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0PLACE";
const JFIF: &[u8] = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], payload].concat()
}

/// A JPEG of 1200 by 900 with these segments before its frame.
fn jpeg(extra: &[Vec<u8>]) -> Vec<u8> {
    let frame = [8, 0x03, 0x84, 0x04, 0xb0, 1, 1, 0x11, 0];
    [
        vec![0xff, 0xd8],
        segment(0xe0, JFIF),
        extra.concat(),
        segment(0xdb, &[0; 65]),
        segment(0xc0, &frame),
        segment(0xc4, &[0; 17]),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        // Coded data with a stuffed byte and a restart in it.
        vec![1, 2, 0xff, 0, 0xd8, 0xff, 0xd3, 7, 0xff, 0xd9],
    ]
    .concat()
}

fn chunk_of_png(name: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    [&u32::try_from(payload.len()).unwrap().to_be_bytes(), &name[..], payload, &[0; 4]].concat()
}

fn png(extra: &[Vec<u8>]) -> Vec<u8> {
    let header = [0, 0, 4, 0xb0, 0, 0, 3, 0x84, 8, 2, 0, 0, 0];
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk_of_png(b"IHDR", &header),
        extra.concat(),
        chunk_of_png(b"IDAT", &[1, 2, 3]),
        chunk_of_png(b"IEND", &[]),
    ]
    .concat()
}

fn chunk(name: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    let padding: &[u8] = if payload.len() % 2 == 1 { &[0] } else { &[] };
    [&name[..], &u32::try_from(payload.len()).unwrap().to_le_bytes(), payload, padding].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    let chunks = chunks.concat();
    [b"RIFF", &u32::try_from(chunks.len() + 4).unwrap().to_le_bytes()[..], b"WEBP", &chunks].concat()
}

/// 1200 by 900, in each of WebP's three ways.
fn lossy() -> Vec<u8> {
    chunk(b"VP8 ", &[0, 0, 0, 0x9d, 0x01, 0x2a, 0xb0, 0x04, 0x84, 0x03, 9])
}

fn lossless() -> Vec<u8> {
    let bits = 1199_u32 | 899 << 14;
    chunk(b"VP8L", &[&[0x2f], &bits.to_le_bytes()[..]].concat())
}

fn extended(flags: u8) -> Vec<u8> {
    chunk(b"VP8X", &[flags, 0, 0, 0, 0xaf, 0x04, 0, 0x83, 0x03, 0])
}

fn gif(blocks: &[&[u8]]) -> Vec<u8> {
    let frame = b"\x2c\0\0\0\0\xb0\x04\x84\x03\0\x02\x02\x44\x01\0";
    [b"GIF89a\xb0\x04\x84\x03\x80\0\0rgbRGB", &blocks.concat()[..], frame, b"\x3b"].concat()
}

fn heif(brands: &[u8]) -> Vec<u8> {
    let length = u32::try_from(brands.len() + 8).unwrap().to_be_bytes();
    [&length[..], b"ftyp", brands, b"\0\0\0\x08mdat"].concat()
}

fn sides_of(bytes: &[u8]) -> (u32, u32) {
    let sides = inspect(bytes).unwrap().sides.unwrap();
    (sides.width, sides.height)
}

fn metadata_of(bytes: &[u8]) -> Metadata {
    inspect(bytes).unwrap().metadata.unwrap()
}

/// One of each sort, with nothing beside the picture.
fn plain() -> Vec<Vec<u8>> {
    let webps = [webp(&[lossy()]), webp(&[lossless()]), webp(&[extended(0), lossy()])];
    [jpeg(&[]), png(&[]), gif(&[])].into_iter().chain(webps).collect()
}

#[test]
fn the_size_of_every_sort_is_read_from_its_header() {
    for picture in plain() {
        let facts = inspect(&picture).unwrap();
        assert_eq!(sides_of(&picture), (1200, 900), "{:?}", facts.sort);
        assert!(facts.whole && !facts.moving && !facts.turned, "{facts:?}");
        assert_eq!(facts.metadata, Some(Metadata::default()), "{:?}", facts.sort);
    }
}

#[test]
fn a_sort_is_known_by_the_bytes() {
    assert_eq!(Sort::of(&heif(b"heic\0\0\0\0mif1heic")), Some(Sort::Heif));
    assert_eq!(Sort::of(&heif(b"mif1\0\0\0\0avif")), Some(Sort::Avif));
    assert_eq!(Sort::of(&heif(b"isom\0\0\x02\0mp42")), None);
    // The version is no brand.
    assert_eq!(Sort::of(&heif(b"isomheic")), None);
    assert_eq!(inspect(&heif(b"heic\0\0\0\0")).unwrap().sides, None);
    for other in [&b""[..], b"<svg xmlns", b"%PDF-1.7", b"BM......", b"RIFF\0\0\0\0WAVE", b"\xff\xd8"] {
        assert_eq!(inspect(other), Err(BadPhoto::NotAPicture));
    }
}

#[test]
fn only_a_plain_jpeg_or_webp_is_clean() {
    let icc = segment(0xe2, b"ICC_PROFILE\0\x01\x01...");
    for clean in [
        jpeg(&[]),
        jpeg(&[icc]),
        webp(&[lossy()]),
        webp(&[lossless()]),
        webp(&[extended(0x30), chunk(b"ICCP", b"..."), chunk(b"ALPH", b"."), lossy()]),
    ] {
        assert!(is_clean(&clean));
        assert_eq!(strip(&clean).as_deref(), Some(&clean[..]));
    }
    for other in [png(&[]), gif(&[]), heif(b"heic\0\0\0\0"), Vec::new()] {
        assert!(!is_clean(&other));
        assert_eq!(strip(&other), None);
    }
}

#[test]
fn what_a_jpeg_carries_is_found_and_can_be_taken_out() {
    let bare = Metadata::default();
    let found = [
        (segment(0xe1, SAYS_PLACE), Metadata { exif: true, ..bare }),
        (segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x>"), Metadata { xmp: true, ..bare }),
        (segment(0xe1, b"http://ns.adobe.com/xmp/extension/\0..."), Metadata { xmp: true, ..bare }),
        (segment(0xe1, b"something"), Metadata { other: true, ..bare }),
        (segment(0xed, b"Photoshop 3.0\0"), Metadata { iptc: true, ..bare }),
        (segment(0xfe, b"made by"), Metadata { comment: true, ..bare }),
        // A thumbnail in JFIF's header, another in its extension, and an index of further pictures.
        (segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01rgb"), Metadata { other: true, ..bare }),
        (segment(0xe0, b"JFXX\0\x10"), Metadata { other: true, ..bare }),
        (segment(0xe2, b"MPF\0"), Metadata { other: true, ..bare }),
        (segment(0xef, b""), Metadata { other: true, ..bare }),
        (b"words between segments".to_vec(), Metadata { other: true, ..bare }),
    ];
    for (extra, metadata) in found {
        let picture = jpeg(std::slice::from_ref(&extra));
        assert_eq!(metadata_of(&picture), metadata);
        assert!(!is_clean(&picture));
        assert_eq!(strip(&picture), Some(jpeg(&[])));
    }
    let hidden = [jpeg(&[]), b"a film".to_vec()].concat();
    assert_eq!(metadata_of(&hidden), Metadata { trailing: true, ..bare });
    assert!(!is_clean(&hidden));
    assert_eq!(strip(&hidden), Some(jpeg(&[])));
}

#[test]
fn any_number_of_filling_bytes_may_stand_before_a_marker() {
    let filled = jpeg(&[vec![0xff; 5]]);
    assert!(is_clean(&filled));
    assert_eq!(strip(&filled), Some(jpeg(&[])));
}

#[test]
fn what_a_webp_carries_is_found_and_can_be_taken_out() {
    let bare = Metadata::default();
    // The flag in the header says it too, and no decoder needs it.
    let found = [
        (0x08, chunk(b"EXIF", &SAYS_PLACE[6..]), Metadata { exif: true, other: true, ..bare }),
        (0x04, chunk(b"XMP ", b"<x>"), Metadata { xmp: true, other: true, ..bare }),
        (0, chunk(b"NOTE", b"words"), Metadata { other: true, ..bare }),
    ];
    for (flags, extra, metadata) in found {
        let picture = webp(&[extended(flags), lossy(), extra]);
        assert_eq!(metadata_of(&picture), metadata);
        assert!(!is_clean(&picture));
        assert_eq!(strip(&picture), Some(webp(&[extended(0), lossy()])));
    }
    let hidden = [webp(&[lossy()]), b"a film".to_vec()].concat();
    assert_eq!(metadata_of(&hidden), Metadata { trailing: true, ..bare });
    assert!(!is_clean(&hidden));
    assert_eq!(strip(&hidden), Some(webp(&[lossy()])));
    assert!(!is_clean(&webp(&[lossy(), lossy()])), "a second picture");
}

#[test]
fn what_a_png_or_a_gif_carries_is_found() {
    let bare = Metadata::default();
    let found = [
        (chunk_of_png(b"eXIf", &EXIF[6..]), Metadata { exif: true, ..bare }),
        (chunk_of_png(b"tEXt", b"Author\0me"), Metadata { comment: true, ..bare }),
        (chunk_of_png(b"zTXt", b"Author\0\0"), Metadata { comment: true, ..bare }),
        (chunk_of_png(b"iTXt", b"XML:com.adobe.xmp\0"), Metadata { xmp: true, ..bare }),
        (chunk_of_png(b"tIME", &[0; 7]), Metadata { other: true, ..bare }),
        (chunk_of_png(b"iCCP", b"p\0\0"), Metadata { icc: true, ..bare }),
    ];
    for (extra, metadata) in found {
        assert_eq!(metadata_of(&png(&[extra])), metadata);
    }
    assert!(metadata_of(&[png(&[]), vec![0]].concat()).trailing);
    assert!(inspect(&png(&[chunk_of_png(b"acTL", &[0; 8])])).unwrap().moving);

    assert!(metadata_of(&gif(&[b"\x21\xfe\x02hi\0"])).comment);
    assert!(metadata_of(&gif(&[b"\x21\xff\x0bXMP DataXMP\x01<\0"])).xmp);
    assert_eq!(
        metadata_of(&gif(&[b"\x21\xf9\x04\0\0\0\0\0", b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"])),
        bare
    );
    assert!(metadata_of(&[gif(&[]), vec![0]].concat()).trailing);
    assert!(inspect(&gif(&[b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\0"])).unwrap().moving);
    // A frame that does not fit makes the picture larger: 65535 + 1 wide.
    assert_eq!(sides_of(&gif(&[b"\x2c\xff\xff\0\0\x01\0\x01\0\0\x02\0"])), (65_536, 900));
}

#[test]
fn a_turn_is_read_in_both_byte_orders() {
    for (picture, turned) in [
        (jpeg(&[segment(0xe1, EXIF)]), true),
        (jpeg(&[segment(0xe1, SAYS_PLACE)]), false),
        (jpeg(&[segment(0xe1, b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0")]), true),
        (
            jpeg(&[segment(0xe1, b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0")]),
            false,
        ),
        // The first block counts.
        (jpeg(&[segment(0xe1, SAYS_PLACE), segment(0xe1, EXIF)]), false),
        (png(&[chunk_of_png(b"eXIf", &EXIF[6..])]), true),
        (webp(&[extended(8), lossy(), chunk(b"EXIF", &EXIF[6..])]), true),
        (webp(&[extended(8), lossy(), chunk(b"EXIF", EXIF)]), true),
    ] {
        let facts = inspect(&picture).unwrap();
        assert_eq!(facts.turned, turned);
        assert_eq!(facts.shown().unwrap().width, if turned { 900 } else { 1200 });
    }
}

#[test]
fn a_cut_picture_is_never_clean_and_never_whole() {
    let marked = [
        jpeg(&[segment(0xe1, EXIF), segment(0xfe, b"text")]),
        png(&[chunk_of_png(b"eXIf", &EXIF[6..])]),
        webp(&[extended(8), lossy(), chunk(b"EXIF", &EXIF[6..])]),
        gif(&[b"\x21\xfe\x02hi\0"]),
    ];
    for picture in plain().into_iter().chain(marked) {
        for end in 0..picture.len() {
            let part = &picture[..end];
            assert!(!is_clean(part));
            assert_eq!(strip(part), None);
            match inspect(part) {
                Ok(facts) => assert!(!facts.whole && facts.sides.is_some()),
                Err(why) => assert!(matches!(why, BadPhoto::Cut | BadPhoto::NotAPicture), "{end}: {why}"),
            }
        }
    }
}

#[test]
fn sizes_that_cannot_be_are_refused() {
    let with = |frame: &[u8]| [vec![0xff, 0xd8], segment(0xc2, frame), vec![0xff, 0xd9]].concat();
    assert_eq!(inspect(&with(&[8, 0, 0, 0, 9])), Err(BadPhoto::Damaged));
    assert_eq!(inspect(&with(&[8, 0])), Err(BadPhoto::Damaged));
    assert_eq!(inspect(&[0xff, 0xd8, 0xff, 0xd9]), Err(BadPhoto::Damaged));
    // A frame and no scan.
    assert!(!inspect(&with(&[8, 0, 9, 0, 9])).unwrap().whole);
    // Two frames that contradict each other.
    assert_eq!(inspect(&jpeg(&[segment(0xc5, &[8, 0, 9, 0, 9])])), Err(BadPhoto::Damaged));
    // The canvas says one thing, the picture in it another.
    let lying = chunk(b"VP8X", &[0, 0, 0, 0, 9, 0, 0, 9, 0, 0]);
    assert_eq!(inspect(&webp(&[lying, lossy()])), Err(BadPhoto::Damaged));
    assert_eq!(
        inspect(&webp(&[chunk(b"VP8 ", &[1, 0, 0, 0x9d, 1, 0x2a, 1, 0, 1, 0])])),
        Err(BadPhoto::Damaged)
    );
    assert_eq!(inspect(&webp(&[])), Err(BadPhoto::Damaged));
    let mut nothing = png(&[]);
    nothing[16..20].fill(0);
    assert_eq!(inspect(&nothing), Err(BadPhoto::Damaged));
}

#[test]
fn a_bomb_is_known_by_its_header() {
    let mut bomb = png(&[]);
    bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    assert!(inspect(&bomb).unwrap().sides.unwrap().pixels() > caps::PHOTO_PIXELS);
    bomb[16..24].fill(0xff);
    assert!(inspect(&bomb).unwrap().sides.unwrap().pixels() > caps::PHOTO_PIXELS);
}

#[test]
fn what_moves_or_is_too_large_is_not_stored() {
    assert!(!is_clean(&webp(&[extended(2), chunk(b"ANIM", &[0; 6]), chunk(b"ANMF", &[0; 16])])));
    assert!(!is_clean(&webp(&[extended(2), lossy()])));
    assert!(is_clean(&webp(&[lossy()])) && !is_clean_thumb(&webp(&[lossy()])));
    let small = chunk(b"VP8 ", &[0, 0, 0, 0x9d, 0x01, 0x2a, 64, 1, 64, 1]);
    assert!(is_clean_thumb(&webp(&[small])));
    let wide = chunk(b"VP8 ", &[0, 0, 0, 0x9d, 0x01, 0x2a, 0x41, 0x06, 1, 0]);
    assert!(!is_clean(&webp(&[wide])), "1601 pixels wide");
    let mut heavy = vec![0, 0, 0, 0x9d, 0x01, 0x2a, 9, 0, 9, 0];
    heavy.resize(caps::PHOTO_BYTES, 0);
    assert!(!is_clean(&webp(&[chunk(b"VP8 ", &heavy)])));
}

#[test]
fn a_shape_is_kept_when_it_is_made_to_fit() {
    let within = |width, height, side| {
        let sides = Sides::new(width, height).unwrap().within(side);
        (sides.width, sides.height)
    };
    assert_eq!(within(2000, 1500, 1600), (1600, 1200));
    assert_eq!(within(1500, 2000, 1600), (1200, 1600));
    assert_eq!(within(1600, 3, 1600), (1600, 3));
    assert_eq!(within(3, 2, 1600), (3, 2));
    assert_eq!(within(60_000, 1, 320), (320, 1));
    assert_eq!(within(u32::MAX, u32::MAX, 320), (320, 320));
}
