//! Showing bytes as a moving code, until the person stops it.

use super::Outcome;
use super::draw::Board;
use crate::device::talk::Talk;
use crate::device::timer;
use bothways::qr::code::{Code, Size};
use bothways::qr::errand::Answer;
use bothways::qr::{Frame, Transfer};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::OffscreenCanvas;

/// How long a frame stands, in milliseconds: nine a second, so that a camera sees each of them whole two or three times.
const STANDS: u64 = 110;

/// Shows the bytes until it is stopped.
pub async fn show(talk: &Talk, bytes: &[u8], canvas: JsValue, larger: bool) -> Outcome {
    let canvas: OffscreenCanvas = canvas.dyn_into().map_err(|_| Answer::Failed)?;
    // The page has made it as wide as it is on the screen.
    let size = Size::of_screen(canvas.width(), larger);
    let board = Board::of(canvas).ok_or(Answer::Failed)?;
    let transfer = Transfer::new(bytes, Frame::room(size.characters())).ok_or(Answer::TooMuch)?;
    for number in 0..=u32::MAX {
        let code = Code::of_frame(&transfer.frame(number).to_text(), size);
        board.draw(&code.ok_or(Answer::Failed)?);
        if !talk.go_on(number as usize + 1, transfer.blocks()) {
            break;
        }
        timer::pause(STANDS).await;
    }
    Err(Answer::Stopped)
}
