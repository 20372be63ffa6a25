//! A text as a QR code (ISO/IEC 18004), drawn by `qrcodegen`.

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// How large a code is. Larger ones carry more, and need a larger screen and a nearer camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Version 12: for a camera that cannot make out smaller squares.
    Large,
    /// Version 20: for the screen of a phone.
    Phone,
    /// Version 25: for a wider screen.
    Wide,
}

impl Size {
    /// Pixels of the page (CSS) from which on there is room for the widest code.
    const WIDE: u32 = 480;

    /// What fits on a screen where the code is so many pixels wide.
    pub const fn of_screen(width: u32, larger: bool) -> Self {
        match width {
            _ if larger => Self::Large,
            Self::WIDE.. => Self::Wide,
            _ => Self::Phone,
        }
    }

    const fn version(self) -> u8 {
        match self {
            Self::Large => 12,
            Self::Phone => 20,
            Self::Wide => 25,
        }
    }

    /// Characters it holds in its alphanumeric mode, at the lowest level of correction (ISO/IEC 18004, table 7). Of a
    /// moving code lost frames come again, so that more correction would only cost.
    pub const fn characters(self) -> usize {
        match self {
            Self::Large => 535,
            Self::Phone => 1_249,
            Self::Wide => 1_853,
        }
    }
}

/// The dark and light modules of a code.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(QrCode);

impl From<QrCode> for Code {
    fn from(code: QrCode) -> Self {
        Self(code)
    }
}

impl Code {
    /// A frame of a moving code. None where the text does not fit, or has other characters than the mode (base45's).
    pub fn of_frame(text: &str, size: Size) -> Option<Self> {
        if !QrSegment::is_alphanumeric(text) {
            return None;
        }
        let segment = QrSegment::make_alphanumeric(text);
        let version = Version::new(size.version());
        // Of base45 nothing is regular: every mask is as good, and trying them all would cost half the time.
        let mask = Some(Mask::new(0));
        QrCode::encode_segments_advanced(&[segment], QrCodeEcc::Low, version, version, mask, false)
            .ok()
            .map(Self)
    }

    /// A code that stands still, with more correction; none where the text is longer than any code.
    pub fn of_text(text: &str) -> Option<Self> {
        QrCode::encode_text(text, QrCodeEcc::Medium).ok().map(Self)
    }

    /// Modules along a side, without the light border of four that a code needs around it.
    pub fn side(&self) -> u32 {
        self.0.size().unsigned_abs()
    }

    /// The dark modules as (column, row).
    pub fn dark(&self) -> impl Iterator<Item = (u32, u32)> {
        let side = self.0.size();
        (0..side)
            .flat_map(move |y| (0..side).map(move |x| (x, y)))
            .filter(|(x, y)| self.0.get_module(*x, *y))
            .map(|(x, y)| (x.unsigned_abs(), y.unsigned_abs()))
    }
}
