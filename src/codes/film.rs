//! Watching the pictures of a camera.

use super::eye::Eye;
use super::{Outcome, whole};
use crate::device::talk::Talk;
use bothways::qr::errand::Answer;
use bothways::qr::{Frame, Receiver};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::ImageBitmap;

/// Pixels of a picture's longer side that are looked at: as many as a camera is asked for, and some more.
const LONGEST: u32 = 1_920;

/// Watches until a whole film has been gathered, and says after each picture how much has been.
pub async fn film(talk: &Talk) -> Outcome {
    let mut receiver = Receiver::default();
    watch(talk, |text| {
        if let Some(frame) = text.and_then(|text| Frame::parse(&text)) {
            receiver.take(frame);
        }
        let (found, of) = receiver.progress().unwrap_or_default();
        talk.go_on(found, of);
        receiver.bytes().map(|bytes| whole(&bytes))
    })
    .await
}

/// Watches until a code says something that begins like this.
pub async fn find(talk: &Talk, beginning: &str) -> Outcome {
    watch(talk, |text| {
        let found = text.filter(|text| text.starts_with(beginning));
        talk.go_on(0, 0);
        found.map(|text| (Answer::Said(text), JsValue::UNDEFINED))
    })
    .await
}

/// Hands on what the code in each picture says, if there is one, until something comes of it. The page sends the next
/// picture when it has heard of the one before.
async fn watch(talk: &Talk, mut saw: impl FnMut(Option<String>) -> Option<(Answer, JsValue)>) -> Outcome {
    let eye = Eye::new().ok_or(Answer::Failed)?;
    talk.go_on(0, 0);
    loop {
        let picture = talk.next().await.ok_or(Answer::Stopped)?;
        if let Some(outcome) = saw(said(&eye, &picture)) {
            return Ok(outcome);
        }
    }
}

fn said(eye: &Eye, picture: &JsValue) -> Option<String> {
    let picture: &ImageBitmap = picture.dyn_ref()?;
    String::from_utf8(eye.grey(picture, LONGEST)?.code()?).ok()
}
