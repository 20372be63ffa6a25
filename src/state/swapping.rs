//! Prepare a file, read one, take in what it brings. The work is the worker's; here it is asked for, and shown.

use super::{App, Problem, StoreError};
pub use crate::device::files::dropped as dropped_file;
pub use crate::device::inbox::CAME as FILE_CAME;
use crate::device::sharing::Shared;
use crate::device::worker::{Call, Program, Sort};
use crate::device::{clipboard, clock, files, inbox, random, sharing, worker};
use bothways::caps;
use bothways::ids::EntryId;
use bothways::log::view::EntryView;
use bothways::swap::errand::{
    Answer, CHANGED_SINCE, DAMAGED_CARD, Errand, Given, JOINED_SINCE, NO_CARD, NOT_PAIRED, Weighed,
};
use bothways::swap::file::Refusal;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// A file that is ready to leave the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub text: String,
    /// The newest of its entries, at most [`LISTED`]: the list of what leaves the phone.
    pub newest: Vec<EntryView>,
    /// What else is told of it.
    pub given: Given,
}

/// How far a long reading, comparing or storing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub done: usize,
    /// Of how much.
    pub total: usize,
}

/// What came of an errand: the answer, and what came with it; none where the worker cannot be had or broke.
pub(super) type Outcome = Option<(Answer, JsValue)>;

impl App {
    /// Sends an errand to the worker, and shows how far it is.
    pub(super) async fn errand(&self, errand: Errand, along: Option<js_sys::Object>) -> Outcome {
        self.errand_with(errand, along.into_iter().map(JsValue::from).collect()).await
    }

    /// The same with several things that go along.
    pub(super) async fn errand_with(&self, errand: Errand, along: Vec<JsValue>) -> Outcome {
        let undoable: Vec<EntryId> =
            self.undoable.with_untracked(|undoable| undoable.iter().copied().collect());
        let text = errand.to_text(&self.origin().ok()?, &undoable);
        let progress = self.progress;
        let tell = Box::new(move |done, total| progress.set(Some(Progress { done, total })));
        let (answer, along) =
            self.call(Call { program: Program::Log, sort: Sort::Ends, text, along }, tell).await?;
        Some((Answer::parse(&answer).ok()?, along))
    }

    /// Has a program run an errand. What it says of how far it is stands until it is over.
    pub(super) async fn call(&self, call: Call, on_progress: Box<dyn Fn(usize, usize)>) -> worker::Outcome {
        let outcome = worker::run(call, on_progress).await;
        self.progress.set(None);
        outcome
    }

    /// Makes a file of what the other phones lack as far as they have said, or of everything. From then on it counts
    /// as sent.
    pub async fn prepare_swap(&self, everything: bool) -> Result<Prepared, Problem> {
        self.ready().await?;
        let errand = if everything { Errand::GiveAll } else { Errand::Give };
        let (given, text) = match self.errand(errand, None).await {
            Some((Answer::Given(given), text)) => (given, text.as_string().unwrap_or_default()),
            Some((Answer::Refused(_), _)) => return Err(Problem::FileTooLarge),
            other => return Err(problem(other)),
        };
        self.reread(&given.sent).await;
        let newest = self.views(&given.newest).await?.into_iter().flatten().collect();
        Ok(Prepared { name: format!("bothways-{}.txt", clock::date_for_file_names()), text, newest, given })
    }

    /// Whether this browser has a share sheet that takes such a file.
    pub fn can_share(&self) -> bool {
        sharing::can_share("bothways.txt")
    }

    /// Opens the share sheet: true if it was handed over, false if the browser would not, none if the person
    /// closed it.
    pub async fn share_file(&self, file: &Prepared) -> Option<bool> {
        match sharing::share(&file.name, &file.text).await {
            Shared::Done => Some(true),
            Shared::Refused => Some(false),
            Shared::Closed => None,
        }
    }

    /// Saves the file where the browser puts downloads.
    pub fn save_file(&self, file: &Prepared) -> bool {
        files::save(&file.name, &file.text)
    }

    /// Copies a text.
    pub async fn copy_text(&self, text: &str) -> bool {
        clipboard::copy(text).await
    }

    /// Reads a picked or dropped file, or what a code says in the picture that was picked. None if the person stopped
    /// it.
    pub async fn read_file(&self, picked: &web_sys::File) -> Result<Option<Weighed>, Refusal> {
        let bytes = files::read(picked, caps::FILE_BYTES).await.map_err(|unread| match unread {
            files::Unread::TooLarge => Refusal::TooLarge,
            files::Unread::Failed => Refusal::NotText,
        })?;
        let read = self.read(bytes).await;
        if !matches!(read, Err(Refusal::NotText)) {
            return read;
        }
        match files::read(picked, caps::PHOTO_INPUT_BYTES).await {
            Ok(picture) => match self.code_in(picture).await {
                Some(bytes) => self.read(bytes).await,
                None => read,
            },
            Err(_) => read,
        }
    }

    /// The bytes of what another app has handed over; none where nothing has come.
    pub async fn shared_bytes(&self) -> Option<js_sys::ArrayBuffer> {
        inbox::waiting().await
    }

    /// Lets go what another app has handed over: it has been taken, left or refused.
    pub async fn clear_shared(&self) {
        inbox::clear().await;
    }

    /// Reads a pasted text. None if the person stopped it.
    pub async fn read_text(&self, text: String) -> Result<Option<Weighed>, Refusal> {
        self.read(js_sys::Uint8Array::from(text.as_bytes()).buffer()).await
    }

    /// Stops the reading or storing that is going on, with nothing changed.
    pub fn stop_swap(&self) {
        worker::stop(|_| true);
    }

    /// Reads a file's bytes. None if the person stopped it.
    pub async fn read(&self, bytes: js_sys::ArrayBuffer) -> Result<Option<Weighed>, Refusal> {
        match self.errand(Errand::Weigh, Some(bytes.into())).await {
            Some((Answer::Weighed(weighed), _)) => Ok(Some(*weighed)),
            Some((Answer::Refused(why), _)) => Err(why),
            Some((Answer::Stopped, _)) => Ok(None),
            _ => Err(Refusal::NoStorage),
        }
    }

    /// Takes in what the file read last brings: all of it, in one transaction. Who writes here is still asked with
    /// the first entry, where nobody has said: it may be either's new phone.
    pub async fn take_in(&self) -> Result<(), Problem> {
        self.stored_by(Errand::Take).await
    }

    /// Takes out again what the last import brought.
    pub async fn undo_import(&self) -> Result<(), Problem> {
        self.stored_by(Errand::Undo).await
    }

    /// Says that this phone is the other's of the two: what was written here becomes theirs.
    pub async fn change_side(&self) -> Result<(), Problem> {
        let seed: [u8; 32] = random::bytes().ok_or(Problem::NoRandomness)?;
        self.stored_with(Errand::Side, Some(js_sys::Uint8Array::from(&seed[..]).buffer().into())).await?;
        self.finish_erasing().await;
        Ok(())
    }

    pub(super) async fn stored_by(&self, errand: Errand) -> Result<(), Problem> {
        self.stored_with(errand, None).await
    }

    pub(super) async fn stored_with(
        &self,
        errand: Errand,
        along: Option<js_sys::Object>,
    ) -> Result<(), Problem> {
        self.ready().await?;
        match self.errand(errand, along).await {
            Some((Answer::Taken(entries), _)) => {
                self.reread(&entries).await;
                Ok(())
            }
            other => Err(problem(other)),
        }
    }
}

/// Why an errand came to nothing.
pub(super) fn problem(outcome: Outcome) -> Problem {
    match outcome {
        Some((Answer::Failed(why), _)) if why == CHANGED_SINCE => Problem::ChangedSince,
        Some((Answer::Failed(why), _)) if why == JOINED_SINCE => Problem::JoinedSince,
        Some((Answer::Failed(why), _)) if why == NOT_PAIRED => Problem::NotPaired,
        Some((Answer::Failed(why), _)) if why == NO_CARD => Problem::NoCard,
        Some((Answer::Failed(why), _)) if why == DAMAGED_CARD => Problem::DamagedCard,
        Some((Answer::Failed(why), _)) => Problem::Store(StoreError::from_name(&why)),
        Some((Answer::Stopped, _)) => Problem::Store(StoreError::Stopped),
        _ => Problem::Store(StoreError::Failed),
    }
}

/// A text as bytes that can be handed over.
pub(super) fn bytes_of(text: &str) -> js_sys::Object {
    js_sys::Uint8Array::from(text.as_bytes()).buffer().into()
}
