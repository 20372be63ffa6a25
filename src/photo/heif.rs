//! HEIF and AVIF, recognised by the brands of their first box and no further (ISO 14496-12, section 4.3).

use super::{Sort, at, be32};

/// Brands looked at; encoders name fewer than ten.
const BRANDS: usize = 32;

pub(super) fn sort(bytes: &[u8]) -> Option<Sort> {
    if at(bytes, 4)? != *b"ftyp" {
        return None;
    }
    let brands = bytes.get(8..bytes.len().min(be32(bytes, 0)?))?;
    let mut found = None;
    for (number, brand) in brands.chunks_exact(4).take(BRANDS).enumerate() {
        match brand {
            // The second is a version, not a brand.
            _ if number == 1 => {}
            b"avif" | b"avis" => return Some(Sort::Avif),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
                found = Some(Sort::Heif);
            }
            _ => {}
        }
    }
    found
}
