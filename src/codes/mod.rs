//! Codes, beside the page: shown, drawn, filmed, found in a picture. The messages are those of
//! [`bothways::qr::errand`].
//!
//! - [`show`]: bytes as a moving code
//! - [`film`]: a moving code back to bytes, or a code that is looked for
//! - [`look`]: the code in a picture that was picked
//! - [`eye`]: from a picture's pixels to what its code says
//! - [`draw`]: a code on a canvas

mod draw;
mod eye;
mod film;
mod look;
mod show;

use crate::device::talk::{self, Talk};
use bothways::phrases::words_of;
use bothways::qr::errand::{Answer, Errand};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};

/// Answers errands from now on.
pub fn listen() {
    talk::listen(run);
}

/// An answer with what goes along, or why an errand came to nothing: an answer like any other.
type Outcome = Result<(Answer, JsValue), Answer>;

async fn run(text: String, talk: Talk, along: Array) {
    let first = along.get(0);
    let outcome = match Errand::parse(&text) {
        Some(Errand::Show { larger }) => show::show(&talk, &bytes(&first), along.get(1), larger).await,
        Some(Errand::Draw(text)) => draw::still(&text),
        Some(Errand::Film) => film::film(&talk).await,
        Some(Errand::Find(beginning)) => film::find(&talk, &beginning).await,
        Some(Errand::Words(bytes, count)) => {
            Ok((Answer::Said(words_of(bytes.bytes(), count).join(" ")), JsValue::UNDEFINED))
        }
        Some(Errand::Look) => look::look(&bytes(&first)).await,
        None => Err(Answer::Failed),
    };
    match outcome {
        Ok((answer, along)) => talk.say_with(&answer, &along),
        Err(answer) => talk.say(&answer),
    }
}

/// The bytes that came along; where nothing did, none.
fn bytes(along: &JsValue) -> Vec<u8> {
    along.dyn_ref::<ArrayBuffer>().map(|bytes| Uint8Array::new(bytes).to_vec()).unwrap_or_default()
}

/// A film's bytes, on their way to the page.
fn whole(bytes: &[u8]) -> (Answer, JsValue) {
    (Answer::Whole, Uint8Array::from(bytes).buffer().into())
}
