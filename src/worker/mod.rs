//! What takes long, beside the page: swap files. The messages are those of [`bothways::swap::errand`].
//!
//! - [`backup`]: everything on this phone, as files under a passphrase
//! - [`take`]: reading a file, comparing it with the log, storing what it brings
//! - [`give`]: making a file
//! - [`lock`]: what one keeps to themselves, where it is locked
//! - [`me`]: this phone within a log: its keys
//! - [`pairing`]: pairing with another phone, and what is known of phones
//! - [`picture`]: making a photo of a picture
//! - [`rescue`]: a rescue file, as a backup
//! - [`restore`]: a backup opened, and taken in
//! - [`side`]: correcting who writes on this phone
//! - [`undo`]: taking the last import back

mod backup;
mod give;
mod lock;
mod me;
mod pairing;
mod picture;
mod rescue;
mod restore;
mod side;
mod take;
mod undo;

use crate::device::talk::Talk;
use crate::store::StoreError;
use bothways::ids::{EntryId, OriginId};
use bothways::swap::errand::{Answer, Errand};
use give::Bring;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use std::future::ready;
use std::mem;
use std::pin::Pin;
use wasm_bindgen::JsCast as _;
use web_sys::File;

/// The way into the worker's part of the program, and the only one: what is called through it and from nowhere else is in a
/// file of its own (`xtask/src/dist/split/mod.rs`), which only a worker brings.
pub mod doors {
    /// Answers errands from now on.
    #[inline(never)]
    pub fn listen() {
        crate::device::talk::listen(super::run);
    }
}

/// Why an errand came to nothing: an answer like any other.
type Outcome = Result<(), Answer>;

/// An errand that goes on. Boxed: as one future, all errands together would be one function, too large for what makes
/// functions small.
type Going<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

async fn run(text: String, talk: Talk, along: Array) {
    let outcome = match Errand::parse(&text) {
        Ok((errand, log, undoable)) => {
            let mut bytes =
                along.get(0).dyn_ref::<ArrayBuffer>().map(|bytes| Uint8Array::new(bytes).to_vec());
            let files = files(&along);
            going(errand, &talk, &log, undoable, bytes.as_mut(), &files).await
        }
        Err(_) => Err(StoreError::Failed.into()),
    };
    if let Err(answer) = outcome {
        talk.say(&answer);
    }
}

fn going<'a>(
    errand: Errand,
    talk: &'a Talk,
    log: &'a OriginId,
    undoable: Vec<EntryId>,
    bytes: Option<&'a mut Vec<u8>>,
    files: &'a [File],
) -> Going<'a> {
    match (errand, bytes) {
        (Errand::Weigh, Some(bytes)) => Box::pin(take::weigh(talk, log, mem::take(bytes), undoable)),
        (Errand::Picture, Some(bytes)) => Box::pin(picture::make(talk, log, mem::take(bytes))),
        (Errand::Take, _) => Box::pin(take::take(talk, log, undoable)),
        (Errand::Give, _) => Box::pin(give::give(talk, log, Bring::Lacking)),
        (Errand::GiveAll, _) => Box::pin(give::give(talk, log, Bring::Everything)),
        (Errand::Pack, _) => Box::pin(give::pack(talk, log, Bring::Words)),
        (Errand::PackAll, _) => Box::pin(give::pack(talk, log, Bring::AllWords)),
        (Errand::Side, Some(seed)) => Box::pin(side::change(talk, log, seed)),
        (Errand::Card, _) => Box::pin(pairing::card(talk, log)),
        (Errand::Meet, Some(text)) => Box::pin(pairing::meet(talk, log, text)),
        (Errand::Pair, _) => Box::pin(pairing::pair(talk, log)),
        (Errand::Unpair, _) => Box::pin(pairing::unpair(talk, log)),
        (Errand::Phones, _) => Box::pin(pairing::phones(talk, log)),
        (Errand::Retire, Some(device)) => Box::pin(pairing::retire(talk, log, device)),
        (Errand::Reminder, Some(says)) => Box::pin(ready(backup::reminder(talk, says))),
        (Errand::Backup, Some(words)) => Box::pin(backup::make(talk, words)),
        (Errand::Open, Some(words)) => Box::pin(restore::open(talk, words, files)),
        (Errand::Restore, Some(words)) => Box::pin(restore::restore(talk, log, words, files)),
        (Errand::Alone, Some(asked)) => Box::pin(lock::run(talk, log, asked)),
        (Errand::Undo, _) => Box::pin(undo::undo(talk, log)),
        _ => Box::pin(ready(Err(StoreError::Failed.into()))),
    }
}

/// The files that came along.
fn files(along: &Array) -> Vec<File> {
    along.iter().filter_map(|thing| thing.dyn_into().ok()).collect()
}

impl From<StoreError> for Answer {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stopped => Self::Stopped,
            other => Self::Failed(other.name().into()),
        }
    }
}
