//! What takes long, beside the page: swap files. The messages are those of [`bothways::swap::errand`].
//!
//! - [`backup`]: everything on this phone, as files under a passphrase
//! - [`take`]: reading a file, comparing it with the log, storing what it brings
//! - [`give`]: making a file
//! - [`me`]: this phone within a log: its keys
//! - [`pairing`]: pairing with another phone, and what is known of phones
//! - [`picture`]: making a photo of a picture
//! - [`restore`]: a backup opened, and taken in
//! - [`side`]: correcting who writes on this phone
//! - [`undo`]: taking the last import back

mod backup;
mod give;
mod me;
mod pairing;
mod picture;
mod restore;
mod side;
mod take;
mod undo;

use crate::device::talk::{self, Talk};
use crate::store::StoreError;
use bothways::swap::errand::{Answer, Errand};
use give::Bring;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast as _;
use web_sys::File;

/// Answers errands from now on.
pub fn listen() {
    talk::listen(run);
}

/// Why an errand came to nothing: an answer like any other.
type Outcome = Result<(), Answer>;

async fn run(text: String, talk: Talk, along: Array) {
    let bytes = along.get(0).dyn_ref::<ArrayBuffer>().map(|bytes| Uint8Array::new(bytes).to_vec());
    let outcome = match (Errand::parse(&text), bytes) {
        (Ok((Errand::Weigh, log, undoable)), Some(bytes)) => take::weigh(&talk, &log, bytes, undoable).await,
        (Ok((Errand::Picture, log, _)), Some(bytes)) => picture::make(&talk, &log, bytes).await,
        (Ok((Errand::Take, log, undoable)), _) => take::take(&talk, &log, undoable).await,
        (Ok((Errand::Give, log, _)), _) => give::give(&talk, &log, Bring::Lacking).await,
        (Ok((Errand::GiveAll, log, _)), _) => give::give(&talk, &log, Bring::Everything).await,
        (Ok((Errand::Pack, log, _)), _) => give::pack(&talk, &log, Bring::Words).await,
        (Ok((Errand::PackAll, log, _)), _) => give::pack(&talk, &log, Bring::AllWords).await,
        (Ok((Errand::Side, log, _)), Some(seed)) => side::change(&talk, &log, &seed).await,
        (Ok((Errand::Card, log, _)), _) => pairing::card(&talk, &log).await,
        (Ok((Errand::Meet, log, _)), Some(text)) => pairing::meet(&talk, &log, &text).await,
        (Ok((Errand::Pair, log, _)), _) => pairing::pair(&talk, &log).await,
        (Ok((Errand::Unpair, log, _)), _) => pairing::unpair(&talk, &log).await,
        (Ok((Errand::Phones, log, _)), _) => pairing::phones(&talk, &log).await,
        (Ok((Errand::Retire, log, _)), Some(device)) => pairing::retire(&talk, &log, &device).await,
        (Ok((Errand::Words, _, _)), _) => backup::words(&talk),
        (Ok((Errand::Reminder, _, _)), Some(says)) => backup::reminder(&talk, &says),
        (Ok((Errand::Backup, _, _)), Some(words)) => backup::make(&talk, &words).await,
        (Ok((Errand::Open, _, _)), Some(words)) => restore::open(&talk, &words, &files(&along)).await,
        (Ok((Errand::Restore, log, _)), Some(words)) => {
            restore::restore(&talk, &log, &words, &files(&along)).await
        }
        (Ok((Errand::Undo, log, _)), _) => undo::undo(&talk, &log).await,
        _ => Err(Answer::Failed(StoreError::Failed.name().into())),
    };
    if let Err(answer) = outcome {
        talk.say(&answer);
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
