//! Finding QR codes in a picture, with rxing's port of ZXing-C++. (Its reader as a whole needs a clock and half a
//! megabyte of character sets; the parts are put together here.)

pub use super::grey::Grey;

use rxing::common::{BitMatrix, DetectorRXingResult as _, HybridBinarizer};
use rxing::qrcode::cpp_port::{decoder, detector};
use rxing::{Binarizer as _, Luma8LuminanceSource};

/// How many threes of corners are tried, the most likely first. A picture of nothing but gravel has thousands.
const MOST_CORNERS: usize = 400;

/// How much darker than its surroundings dark is, in shades: a wall that is only noise has no corners then.
const LEAST_CONTRAST: u8 = 2;

impl Grey {
    /// What the code in it says; none where there is no whole one. Quick enough for every frame of a camera.
    pub fn code(&self) -> Option<Vec<u8>> {
        found(&self.dark_by_blocks()?).or_else(|| found(&self.dark_by_surroundings(20)?))
    }

    /// The same with more patience, for a photo: what helps most comes first, and the first that is read is it.
    pub fn code_in_photo(&self) -> Option<Vec<u8>> {
        // A large photo is looked at in smaller sizes first: its grain is finer than any module.
        let mut sizes = vec![self.clone()];
        while let Some(half) = sizes.last().and_then(Self::half).filter(|half| half.shorter_side() >= 100) {
            sizes.push(half);
        }
        let large = sizes.iter().take_while(|size| size.shorter_side() > 1_500).count();
        sizes.rotate_left(large);
        let read = sizes.iter().find_map(Self::code);
        let read = read.or_else(|| sizes.iter().find_map(|size| size.inverted().code()));
        // What is left is dotted or grainy, or its modules are hardly larger than pixels, or out of focus.
        let middle = sizes.first()?;
        let read = read.or_else(|| middle.blurred(2).code());
        read.or_else(|| {
            let double = middle.double().filter(|double| double.shorter_side() <= 3_000)?;
            let sharp = double.sharpened(3).code().or_else(|| double.code());
            sharp.or_else(|| found(&double.dark_by_surroundings(10)?))
        })
    }

    fn shorter_side(&self) -> u32 {
        let (width, height) = self.sides();
        width.min(height)
    }

    /// What is dark, in blocks of eight pixels and their neighbours.
    fn dark_by_blocks(&self) -> Option<BitMatrix> {
        let (width, height) = self.sides();
        let source = Luma8LuminanceSource::new(self.pixels().to_vec(), width, height).ok()?;
        HybridBinarizer::new(source).get_black_matrix().ok().cloned()
    }

    /// What is darker than the mean of the square that reaches so far around it: finer, and slower.
    fn dark_by_surroundings(&self, reach: u8) -> Option<BitMatrix> {
        let (width, height) = self.sides();
        let mut dark = BitMatrix::new(width, height).ok()?;
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let blurred = self.blurred(reach);
        let pairs = self.pixels().iter().zip(blurred.pixels());
        let is_dark = |(pixel, mean): (&u8, &u8)| pixel.saturating_add(LEAST_CONTRAST) < *mean;
        places.zip(pairs).filter(|(_, pair)| is_dark(*pair)).for_each(|((x, y), _)| dark.set(x, y));
        Some(dark)
    }
}

/// The first code that can be read.
fn found(dark: &BitMatrix) -> Option<Vec<u8>> {
    let mut corners = detector::FindFinderPatterns(dark, true, 0);
    detector::GenerateFinderPatternSets(&mut corners).iter().take(MOST_CORNERS).find_map(|corners| {
        let sampled = detector::SampleQR(dark, corners).ok()?;
        let read = decoder::Decode(sampled.getBits()).ok()?;
        read.isValid().then(|| read.content().bytes().to_vec())
    })
}
