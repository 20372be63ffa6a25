//! A code on a canvas.

use super::Outcome;
use bothways::qr::code::Code;
use bothways::qr::errand::Answer;
use wasm_bindgen::JsCast as _;
use web_sys::{OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// Light modules around the code (ISO/IEC 18004).
const BORDER: u32 = 4;
/// Pixels of the canvas for a module. The page shows it in the size it has room for.
const MODULE: u32 = 6;

/// A canvas to draw codes on, one after the other.
pub struct Board {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
}

impl Board {
    /// On this canvas; none where the browser cannot draw on it.
    pub fn of(canvas: OffscreenCanvas) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self { canvas, context })
    }

    /// Draws a code over the one before.
    pub fn draw(&self, code: &Code) {
        let (canvas, context) = (&self.canvas, &self.context);
        let side = (code.side() + 2 * BORDER) * MODULE;
        if canvas.width() != side {
            canvas.set_width(side);
            canvas.set_height(side);
        }
        // Black on white, whatever the colours of the page: a camera looks at it, not a person.
        context.set_fill_style_str("white");
        context.fill_rect(0.0, 0.0, side.into(), side.into());
        context.set_fill_style_str("black");
        for (x, y) in code.dark() {
            let at = |module: u32| f64::from((module + BORDER) * MODULE);
            context.fill_rect(at(x), at(y), MODULE.into(), MODULE.into());
        }
    }
}

/// A code that stands still, as a picture. (On a canvas of the page's own it would be gone with this program.)
pub fn still(text: &str) -> Outcome {
    let drawn = || {
        let board = Board::of(OffscreenCanvas::new(1, 1).ok()?)?;
        board.draw(&Code::of_text(text)?);
        board.canvas.transfer_to_image_bitmap().ok()
    };
    drawn().map(|picture| (Answer::Drawn, picture.into())).ok_or(Answer::Failed)
}
