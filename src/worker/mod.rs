//! What takes long, beside the page: swap files. The messages are those of [`bothways::swap::errand`].
//!
//! - [`talk`]: one errand's line to the page: how far it is, and whether the person has stopped it
//! - [`take`]: reading a file, comparing it with the log, storing what it brings
//! - [`give`]: making a file
//! - [`me`]: this phone within a log: its keys
//! - [`pairing`]: pairing with another phone, and what is known of phones
//! - [`picture`]: making a photo of a picture
//! - [`show`]: a file as a moving code
//! - [`film`]: a moving code back to a file
//! - [`side`]: correcting who writes on this phone
//! - [`undo`]: taking the last import back

mod film;
mod give;
mod me;
mod pairing;
mod picture;
mod show;
mod side;
mod take;
mod talk;
mod undo;

use crate::store::StoreError;
use bothways::swap::errand::{Answer, Errand};
use give::Bring;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use talk::Talk;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, MessagePort, OffscreenCanvas};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(text: &str);
}

/// Answers errands from now on, and says that it is there.
pub fn listen() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let broken = scope.clone();
    // A panic ends this program; the page starts another when it is next needed. No word anybody wrote is in the report.
    std::panic::set_hook(Box::new(move |panic| {
        if let Some(place) = panic.location() {
            console_error(&format!("Bothways' worker stopped at {place}"));
        }
        broken.post_message(&"broken".into()).ok();
    }));
    let heard = Closure::<dyn Fn(MessageEvent)>::new(|message: MessageEvent| {
        let parts: Array = message.data().unchecked_into();
        let (Some(text), Ok(port)) = (parts.get(0).as_string(), parts.get(1).dyn_into::<MessagePort>())
        else {
            return;
        };
        spawn_local(run(text, Talk::on(port), parts.get(2)));
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    // The page waits for this before it asks anything.
    scope.post_message(&"ready".into()).ok();
}

/// Why an errand came to nothing: an answer like any other.
type Outcome = Result<(), Answer>;

async fn run(text: String, talk: Talk, along: JsValue) {
    let bytes = along.dyn_ref::<ArrayBuffer>().map(|bytes| Uint8Array::new(bytes).to_vec());
    let canvas = along.dyn_into::<OffscreenCanvas>().ok();
    let outcome = match (Errand::parse(&text), bytes) {
        (Ok((Errand::Weigh, log, undoable)), Some(bytes)) => take::weigh(&talk, &log, bytes, undoable).await,
        (Ok((Errand::Picture, log, _)), Some(bytes)) => picture::make(&talk, &log, bytes).await,
        (Ok((Errand::Take, log, undoable)), _) => take::take(&talk, &log, undoable).await,
        (Ok((Errand::Give, log, _)), _) => give::give(&talk, &log, Bring::Lacking).await,
        (Ok((Errand::GiveAll, log, _)), _) => give::give(&talk, &log, Bring::Everything).await,
        (Ok((Errand::Show, log, _)), _) => show::show(&talk, &log, canvas, Bring::Words).await,
        (Ok((Errand::ShowAll, log, _)), _) => show::show(&talk, &log, canvas, Bring::AllWords).await,
        (Ok((Errand::Film, log, undoable)), _) => film::film(&talk, &log, undoable).await,
        (Ok((Errand::Side, log, _)), Some(seed)) => side::change(&talk, &log, &seed).await,
        (Ok((Errand::Card, log, _)), _) => pairing::card(&talk, &log).await,
        (Ok((Errand::Meet, log, _)), Some(text)) => pairing::meet(&talk, &log, &text).await,
        (Ok((Errand::Pair, log, _)), _) => pairing::pair(&talk, &log).await,
        (Ok((Errand::Unpair, log, _)), _) => pairing::unpair(&talk, &log).await,
        (Ok((Errand::Phones, log, _)), _) => pairing::phones(&talk, &log).await,
        (Ok((Errand::Retire, log, _)), Some(device)) => pairing::retire(&talk, &log, &device).await,
        (Ok((Errand::Undo, log, _)), _) => undo::undo(&talk, &log).await,
        _ => Err(Answer::Failed(StoreError::Failed.name().into())),
    };
    if let Err(answer) = outcome {
        talk.say(&answer);
    }
}

impl From<StoreError> for Answer {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stopped => Self::Stopped,
            other => Self::Failed(other.name().into()),
        }
    }
}
