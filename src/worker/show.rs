//! Showing what the other phones lack as a moving code, until the person stops it.

use super::Outcome;
use super::give::{Bring, made};
use super::talk::Talk;
use crate::device::timer;
use crate::store::StoreError;
use bothways::ids::OriginId;
use bothways::qr::code::{Code, Size};
use bothways::qr::{Frame, Transfer};
use bothways::swap::errand::{Answer, TOO_MUCH};
use wasm_bindgen::JsCast as _;
use web_sys::{OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// How long a frame stands, in milliseconds: nine a second, so that a camera sees each of them whole two or three times.
const STANDS: u64 = 110;
/// Light modules around the code (ISO/IEC 18004).
const BORDER: u32 = 4;
/// Pixels of the page (CSS) from which on there is room for the larger code.
const WIDE: u32 = 480;
/// Pixels of the canvas for a module. The page shows it in the size it has room for.
const MODULE: u32 = 6;

/// Shows the file until it is stopped. What is in it counts as sent from the first frame on.
pub async fn show(talk: &Talk, log: &OriginId, canvas: Option<OffscreenCanvas>, bring: Bring) -> Outcome {
    let failed = || Answer::from(StoreError::Failed);
    let canvas = canvas.ok_or_else(failed)?;
    // The page has made it as wide as it is on the screen.
    let size = if canvas.width() >= WIDE { Size::Wide } else { Size::Phone };
    let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
    let context: OffscreenCanvasRenderingContext2d = context.ok_or_else(failed)?;
    // Photos come with a file: filming one would take as long as the rest together.
    let (_, small) = made(log, bring).await?;
    let transfer = Transfer::new(&small, Frame::room(size.characters()));
    let transfer = transfer.ok_or_else(|| Answer::Failed(TOO_MUCH.into()))?;
    for number in 0..=u32::MAX {
        let code = Code::of_frame(&transfer.frame(number).to_text(), size).ok_or_else(failed)?;
        draw(&canvas, &context, &code);
        if !talk.go_on(number as usize + 1, transfer.blocks()) {
            break;
        }
        timer::pause(STANDS).await;
    }
    Err(Answer::Stopped)
}

fn draw(canvas: &OffscreenCanvas, context: &OffscreenCanvasRenderingContext2d, code: &Code) {
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
