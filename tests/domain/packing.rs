//! Our gzip is everybody's gzip: held against `flate2`'s own.

use bothways::caps;
use bothways::swap::file::Refusal;
use bothways::swap::packing::{packed, unpacked};
use flate2::bufread::{GzDecoder, GzEncoder};
use flate2::{Compression, GzBuilder};
use proptest::prelude::*;
use std::io::Read;

fn read(mut from: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

/// As a program packs it that says a good deal about a file first.
fn packed_elsewhere(text: &str) -> Vec<u8> {
    let head = GzBuilder::new()
        .filename("log.txt")
        .comment("of a spring")
        .extra(b"ab\x02\0cd".as_slice())
        .mtime(1_800_000_000);
    let mut bytes = read(head.buf_read(text.as_bytes(), Compression::fast()));
    // The check of the head, which that library reads and does not write.
    let end = 10 + 2 + 6 + "log.txt".len() + 1 + "of a spring".len() + 1;
    bytes[3] |= 2;
    let mut check = flate2::Crc::new();
    check.update(&bytes[..end]);
    bytes.splice(end..end, (check.sum() as u16).to_le_bytes());
    bytes
}

#[test]
fn what_others_say_about_a_file_is_passed_over() {
    let text = "the heron at the weir";
    let bytes = packed_elsewhere(text);
    assert_eq!(read(GzDecoder::new(&*bytes)), text.as_bytes(), "it is a gzip file");
    assert_eq!(unpacked(&bytes).unwrap(), text.as_bytes());
}

#[test]
fn a_file_cut_anywhere_is_refused_and_so_is_one_with_something_behind_it() {
    for whole in [packed("the heron at the weir"), packed_elsewhere("the heron at the weir")] {
        for cut in 0..whole.len() {
            assert_eq!(unpacked(&whole[..cut]).unwrap_err(), Refusal::Truncated, "cut at {cut}");
        }
        assert_eq!(unpacked(&[&*whole, &[0]].concat()).unwrap_err(), Refusal::Damaged);
        assert_eq!(unpacked(&[&*whole, &*whole].concat()).unwrap_err(), Refusal::Damaged);
    }
}

#[test]
fn a_few_bytes_do_not_become_more_than_a_file_may_have() {
    let most = "0".repeat(caps::FILE_BYTES);
    assert_eq!(unpacked(&packed(&most)).unwrap().len(), caps::FILE_BYTES);
    assert_eq!(unpacked(&packed(&(most + "0"))).unwrap_err(), Refusal::TooLarge);
}

proptest! {
    #[test]
    fn everybody_can_read_it_and_it_is_what_the_library_writes(text in ".{0,300}") {
        let small = packed(&text);
        prop_assert_eq!(&small, &read(GzEncoder::new(text.as_bytes(), Compression::best())));
        prop_assert_eq!(read(GzDecoder::new(&*small)), text.as_bytes());
        prop_assert_eq!(unpacked(&small).unwrap(), text.as_bytes());
        prop_assert_eq!(unpacked(&packed_elsewhere(&text)).unwrap(), text.as_bytes());
    }

    /// Wherever a bit turns in what is checked, it is noticed; where it turns in what is only said about the file, the
    /// words are still the same ones.
    #[test]
    fn a_turned_bit_never_gives_other_words(text in "[a-z ]{1,80}", at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut bytes = packed_elsewhere(&text);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(read) = unpacked(&bytes) {
            prop_assert_eq!(read, text.as_bytes());
        }
    }
}
