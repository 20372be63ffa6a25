//! Finding QR codes in a picture, with rxing's port of ZXing-C++. (Its reader as a whole needs a clock and half a
//! megabyte of character sets; the parts are put together here.)

use rxing::common::{BitMatrix, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::qrcode::cpp_port::{decoder, detector};
use rxing::{Binarizer as _, Luma8LuminanceSource};

/// A picture in shades of grey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grey {
    width: u32,
    height: u32,
    /// Row by row, a byte a pixel: 0 is black.
    pixels: Vec<u8>,
}

impl Grey {
    /// The smallest picture a code can be in, by its side, and the largest that is looked at.
    const SIDES: std::ops::RangeInclusive<u32> = 21..=8_192;

    /// From one byte a pixel; none where their number is not what the sides say, or the picture is no size for a code.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let fits = Self::SIDES.contains(&width) && Self::SIDES.contains(&height);
        (fits && pixels.len() as u64 == u64::from(width) * u64::from(height)).then_some(Self {
            width,
            height,
            pixels,
        })
    }

    /// From four bytes a pixel (red, green, blue, and one that is not looked at). The weights are those of ITU-R
    /// BT.601, in 256ths.
    pub fn of_rgba(width: u32, height: u32, rgba: &[u8]) -> Option<Self> {
        let grey = |pixel: &[u8; 4]| {
            let [red, green, blue, _] = pixel.map(u32::from);
            ((77 * red + 150 * green + 29 * blue) >> 8) as u8
        };
        let (pixels, []) = rgba.as_chunks::<4>() else { return None };
        Self::new(width, height, pixels.iter().map(grey).collect())
    }

    /// Its pixels, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// What the code in it says; none where there is no whole one. Quick enough for every frame of a camera.
    pub fn code(&self) -> Option<Vec<u8>> {
        let source = Luma8LuminanceSource::new(self.pixels.clone(), self.width, self.height).ok()?;
        let binarizer = HybridBinarizer::new(source);
        found(binarizer.get_black_matrix().ok()?)
    }

    /// The same with more patience, for a photo: in half the size, white on black, and with one shade for all.
    pub fn code_in_photo(&self) -> Option<Vec<u8>> {
        self.code().or_else(|| self.half()?.code()).or_else(|| self.inverted().code()).or_else(|| {
            let source = Luma8LuminanceSource::new(self.pixels.clone(), self.width, self.height).ok()?;
            let binarizer = GlobalHistogramBinarizer::new(source);
            found(binarizer.get_black_matrix().ok()?)
        })
    }

    /// Four pixels become one: what is too fine, or noise, goes.
    fn half(&self) -> Option<Self> {
        let (width, height) = (self.width / 2, self.height / 2);
        let rows = self.pixels.chunks_exact(self.width as usize);
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for (upper, lower) in rows.clone().step_by(2).zip(rows.skip(1).step_by(2)) {
            let (upper, lower) = (upper.as_chunks::<2>().0, lower.as_chunks::<2>().0);
            let mean = |(a, b): (&[u8; 2], &[u8; 2])| {
                (a.iter().chain(b).map(|pixel| u16::from(*pixel)).sum::<u16>() / 4) as u8
            };
            pixels.extend(upper.iter().zip(lower).map(mean));
        }
        Self::new(width, height, pixels)
    }

    fn inverted(&self) -> Self {
        Self { pixels: self.pixels.iter().map(|pixel| !pixel).collect(), ..*self }
    }
}

/// The first code that can be read.
fn found(black: &BitMatrix) -> Option<Vec<u8>> {
    let mut corners = detector::FindFinderPatterns(black, true, 0);
    detector::GenerateFinderPatternSets(&mut corners).iter().find_map(|corners| {
        let sampled = detector::SampleQR(black, corners).ok()?;
        let read = decoder::Decode(rxing::common::DetectorRXingResult::getBits(&sampled)).ok()?;
        read.isValid().then(|| read.content().bytes().to_vec())
    })
}
