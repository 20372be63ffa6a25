//! Prepare a file, read one, take in what it brings.

use super::{App, Problem, StoreError};
pub use crate::device::files::{dropped as dropped_file, picked as picked_file};
use crate::device::sharing::Shared;
use crate::device::{clipboard, clock, files, sharing, timer};
use crate::store::{database, home, log};
use bothways::caps;
use bothways::ids::EntryId;
use bothways::log::Member;
use bothways::log::acts;
use bothways::log::records::{self, Change};
use bothways::log::view::EntryView;
use bothways::swap::file::{self, Reading, Refusal, Sender, SwapFile};
use bothways::swap::meeting::{Meeting, Origins, meet};
use bothways::swap::preview::{Preview, plan};
use leptos::prelude::*;
use std::sync::Arc;

/// A file as a person picked it.
pub type PickedFile = web_sys::File;

/// A file that is ready to leave the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub text: String,
    /// How many entries are in it.
    pub count: usize,
    /// The newest of them, at most [`LISTED`]: the list of what leaves the phone.
    pub newest: Vec<EntryView>,
}

/// A file that was read and is whole, and what it would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The file.
    pub file: Arc<SwapFile>,
    /// Whose it is.
    pub meeting: Meeting,
    /// True for a file this very phone wrote.
    pub own: bool,
    /// What would change.
    pub preview: Preview,
}

/// How far a long reading, comparing or storing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub done: usize,
    /// Of how much.
    pub total: usize,
}

/// Entries of a file that are compared with the log at once.
const PART: usize = 100;
/// Lines that are read at once.
const LINES: usize = 300;
/// Entries listed one by one before they leave.
pub const LISTED: usize = 50;

/// What a file would change, for one transaction, and what the person is shown.
struct Planned {
    change: Change,
    entries: Vec<EntryId>,
    preview: Preview,
}

impl App {
    /// Makes a file of everything. From then on it counts as sent.
    pub async fn prepare_swap(&self, app_version: &str) -> Result<Prepared, Problem> {
        self.ready().await?;
        let _lock = self.lock().await;
        let home = home::load().await?.ok_or(Problem::NobodyYet)?;
        let member = home.member.ok_or(Problem::NobodyYet)?;
        let mut log = log::whole(&home.origin).await?;
        let delta = acts::publish(&log, home.device());
        if !delta.is_empty() {
            let published = delta.links.iter().filter_map(|link| log.revision(&link.revision));
            let mut entries: Vec<EntryId> = published.map(|held| held.revision.header().entry).collect();
            entries.sort_unstable();
            entries.dedup();
            let slice = log::slice(&home.origin, &entries).await?;
            self.store(&records::change(&slice, &delta), &entries).await?;
            log.apply(delta);
        }
        let from = Sender { device: home.device(), member, name: self.name(member).unwrap_or_default() };
        let text = file::write(&log, from, home.origins.clone(), app_version, clock::now().at)
            .map_err(|_| Problem::FileTooLarge)?;
        let newest = self.page(None, LISTED).await?;
        Ok(Prepared {
            name: format!("bothways-{}.txt", clock::date_for_file_names()),
            text,
            count: self.facts.with_untracked(|facts| facts.entries),
            newest: newest.into_iter().map(|(_, entry)| entry).collect(),
        })
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

    /// Copies the file's text.
    pub async fn copy_file(&self, file: &Prepared) -> bool {
        clipboard::copy(&file.text).await
    }

    /// Reads a picked or dropped file. None if the person stopped it.
    pub async fn read_file(&self, picked: &web_sys::File) -> Result<Option<Incoming>, Refusal> {
        let bytes = files::read(picked, caps::FILE_BYTES).await.map_err(|unread| match unread {
            files::Unread::TooLarge => Refusal::TooLarge,
            files::Unread::Failed => Refusal::NotText,
        })?;
        self.read(Reading::of_bytes(bytes)?).await
    }

    /// Reads a pasted text. None if the person stopped it.
    pub async fn read_text(&self, text: String) -> Result<Option<Incoming>, Refusal> {
        self.read(Reading::of_text(text)?).await
    }

    /// Stops the reading or storing that is going on, with nothing changed.
    pub fn stop_swap(&self) {
        self.stopped.set_value(true);
    }

    /// Notes how far it is; false once the person has stopped it.
    fn go_on(&self, done: usize, total: usize) -> bool {
        self.progress.set(Some(Progress { done, total }));
        !self.stopped.get_value()
    }

    async fn read(&self, mut reading: Reading) -> Result<Option<Incoming>, Refusal> {
        self.stopped.set_value(false);
        let read = async {
            loop {
                if let Some(file) = reading.go_on(LINES)? {
                    return self.weigh(file).await;
                }
                let (done, total) = reading.progress();
                if !self.go_on(done, total) {
                    return Ok(None);
                }
                timer::pause(0).await;
            }
        };
        let outcome = read.await;
        self.progress.set(None);
        outcome
    }

    async fn weigh(&self, file: SwapFile) -> Result<Option<Incoming>, Refusal> {
        // Nothing can be weighed against a log that has not been read; the room does not offer it before.
        let home = self.home.get_untracked().ok_or(Refusal::Damaged)?;
        let meeting = meet(&home.origins, home.member, &file.header.origins, file.header.from.member);
        let viewer = home.member.unwrap_or_else(|| file.header.from.member.other());
        let preview = match self.plan(&file, viewer).await {
            Ok(planned) => planned.preview,
            Err(StoreError::Stopped) => return Ok(None),
            Err(_) => return Err(Refusal::NoStorage),
        };
        Ok(Some(Incoming {
            own: file.header.from.device == home.device(),
            file: Arc::new(file),
            meeting,
            preview,
        }))
    }

    /// Compares a file with the log, some entries at a time.
    async fn plan(&self, file: &SwapFile, viewer: Member) -> Result<Planned, StoreError> {
        let (origin, now) = (self.origin()?, clock::now().at);
        let mut planned =
            Planned { change: Change::default(), entries: file.entries(), preview: Preview::default() };
        let parts = file.parts(PART);
        for (done, part) in parts.iter().enumerate() {
            if !self.go_on(done, parts.len()) {
                return Err(StoreError::Stopped);
            }
            timer::pause(0).await;
            let mut slice = log::slice(&origin, &part.entries()).await?;
            slice.note_links(log::held_links(&origin, &part.links).await?);
            slice.apply(log::lines(&origin, part.unknown_lines.is_empty()).await?);
            let of_part = self.undoable.with_untracked(|undoable| plan(&slice, part, viewer, now, undoable));
            planned.change.and(records::change(&slice, &of_part.delta));
            planned.preview.and(of_part.preview);
        }
        Ok(planned)
    }

    /// Takes in what a file brings: all of it, in one transaction. Who writes here is still asked with the first
    /// entry, where nobody has said: it may be either's new phone.
    pub async fn take_in(&self, incoming: &Incoming) -> Result<(), Problem> {
        let (Meeting::Ours(origins) | Meeting::Join(origins)) = incoming.meeting.clone() else {
            return Err(Problem::NotYours);
        };
        self.stopped.set_value(false);
        let taken = self.store_file(&incoming.file, origins).await;
        self.progress.set(None);
        taken
    }

    async fn store_file(&self, file: &SwapFile, origins: Origins) -> Result<(), Problem> {
        self.ready().await?;
        let _lock = self.lock().await;
        let mut home = home::load().await?.ok_or(Problem::NobodyYet)?;
        let viewer = home.member.unwrap_or_else(|| file.header.from.member.other());
        // Planned again: the log may have changed while the person was reading.
        let planned = self.plan(file, viewer).await?;
        home.origins = origins;
        let mut steps = log::steps(&home.origin, &planned.change);
        steps.push(home::step(&home)?);
        let total = steps.len();
        database::write(&steps, &|done| self.go_on(done, total)).await?;
        self.home.set(Some(home));
        self.stored(&planned.change, &planned.entries).await;
        Ok(())
    }
}
