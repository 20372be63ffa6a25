//! A picture in shades of grey, and what can be made of it so that a code in it is easier to see.

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

    /// Its width and its height.
    pub const fn sides(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Its pixels, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    fn rows(&self) -> std::slice::ChunksExact<'_, u8> {
        self.pixels.chunks_exact(self.width as usize)
    }

    /// Four pixels become one: what is too fine, or noise, goes. None where it would be too small for a code.
    pub fn half(&self) -> Option<Self> {
        let (width, height) = (self.width / 2, self.height / 2);
        let rows = self.rows();
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

    /// One pixel becomes four, shaded like those around it: modules of a pixel or two get edges that can be followed.
    /// None where it would be too large to look at.
    pub fn double(&self) -> Option<Self> {
        let wide: Vec<Vec<u8>> = self.rows().map(|row| between(row, &|a, b| mix(*a, *b))).collect();
        let rows = between(&wide, &|a, b| a.iter().zip(b).map(|(a, b)| mix(*a, *b)).collect());
        Self::new(self.width * 2, self.height * 2, rows.concat())
    }

    /// Black becomes white.
    pub fn inverted(&self) -> Self {
        Self { pixels: self.pixels.iter().map(|pixel| !pixel).collect(), ..*self }
    }

    /// Each pixel becomes the mean of the square that reaches so many pixels around it.
    pub fn blurred(&self, reach: u8) -> Self {
        let wide: Vec<Vec<u8>> = self.rows().map(|row| means(row, reach)).collect();
        let sides = (self.width as usize, usize::from(reach));
        Self { pixels: means_of_columns(&wide, sides), ..*self }
    }

    /// What differs from its surroundings differs more: edges that lie within one another's blur come apart.
    pub fn sharpened(&self, reach: u8) -> Self {
        let sharper = |(pixel, mean): (&u8, &u8)| {
            let (pixel, mean) = (i16::from(*pixel), i16::from(*mean));
            (pixel + 2 * (pixel - mean)).clamp(0, 255) as u8
        };
        let blurred = self.blurred(reach);
        Self { pixels: self.pixels.iter().zip(&blurred.pixels).map(sharper).collect(), ..*self }
    }
}

/// Two for each, a quarter of the way to its neighbour before it and behind it.
fn between<T>(row: &[T], mix: &dyn Fn(&T, &T) -> T) -> Vec<T> {
    let (first, last) = (row.first().into_iter(), row.last().into_iter());
    let before = first.chain(row);
    let behind = row.iter().skip(1).chain(last);
    row.iter().zip(before.zip(behind)).flat_map(|(here, (a, b))| [mix(here, a), mix(here, b)]).collect()
}

fn mix(most: u8, least: u8) -> u8 {
    ((3 * u16::from(most) + u16::from(least)) / 4) as u8
}

/// The mean around each, what lies past the ends being like the ends.
fn means(row: &[u8], reach: u8) -> Vec<u8> {
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return Vec::new() };
    let reach = usize::from(reach);
    let over = mean_of(reach);
    let padded = || {
        let (before, behind) = (std::iter::repeat_n(first, reach + 1), std::iter::repeat_n(last, reach));
        before.chain(row).chain(behind).map(|pixel| u32::from(*pixel))
    };
    let mut sum: u32 = padded().take(2 * reach + 1).sum();
    let steps = padded().skip(2 * reach + 1).zip(padded());
    steps
        .map(|(comes, goes)| {
            sum = sum + comes - goes;
            over(sum)
        })
        .collect()
}

/// The same down the columns, all of them at once: memory is read in its order.
fn means_of_columns(rows: &[Vec<u8>], (width, reach): (usize, usize)) -> Vec<u8> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    let over = mean_of(reach);
    let padded = || {
        let (before, behind) = (std::iter::repeat_n(first, reach + 1), std::iter::repeat_n(last, reach));
        before.chain(rows).chain(behind)
    };
    let mut sums = vec![0; width];
    for row in padded().take(2 * reach + 1) {
        sums.iter_mut().zip(row).for_each(|(sum, pixel)| *sum += u32::from(*pixel));
    }
    let mut pixels = Vec::with_capacity(width * rows.len());
    for (comes, goes) in padded().skip(2 * reach + 1).zip(padded()) {
        pixels.extend(sums.iter_mut().zip(comes.iter().zip(goes)).map(|(sum, (comes, goes))| {
            *sum = *sum + u32::from(*comes) - u32::from(*goes);
            over(*sum)
        }));
    }
    pixels
}

/// From the sum over a line that reaches so far both ways to its mean, without a division.
fn mean_of(reach: usize) -> impl Fn(u32) -> u8 {
    // 255 times this is just what fits.
    let part = (1_u32 << 24).div_ceil(2 * reach as u32 + 1);
    move |sum| ((sum * part) >> 24) as u8
}
