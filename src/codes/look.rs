//! The code in a picture that was picked.

use super::eye::Eye;
use super::{Outcome, whole};
use crate::device::pictures::decoded;
use bothways::qr::errand::Answer;
use bothways::qr::{Frame, Receiver};
use wasm_bindgen::JsValue;

/// Pixels of a picture's longer side that are looked at: more would take seconds, and helps no code.
const LONGEST: u32 = 3_000;

/// Reads it: a film of a single frame is whole at once, and anything else that is no frame is told as it is.
pub async fn look(picture: &[u8]) -> Outcome {
    let text = said(picture).await.ok_or(Answer::Nothing)?;
    let Some(frame) = Frame::parse(&text) else { return Ok((Answer::Said(text), JsValue::UNDEFINED)) };
    let mut receiver = Receiver::default();
    receiver.take(frame);
    receiver.bytes().map(|bytes| whole(&bytes)).ok_or(Answer::Nothing)
}

async fn said(picture: &[u8]) -> Option<String> {
    let picture = decoded(picture).await?;
    String::from_utf8(Eye::new()?.grey(&picture, LONGEST)?.code_in_photo()?).ok()
}
