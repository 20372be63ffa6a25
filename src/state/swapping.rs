//! Prepare a file, read one, take in what it brings.

use super::{App, Problem, Standing};
pub use crate::device::files::{dropped as dropped_file, picked as picked_file};
use crate::device::sharing::Shared;
use crate::device::{clipboard, clock, files, sharing};
use crate::store::home::Home;
use bothways::caps;
use bothways::log::Member;
use bothways::log::acts;
use bothways::log::view::EntryView;
use bothways::swap::file::{self, Refusal, Sender, SwapFile};
use bothways::swap::meeting::{Meeting, meet};
use bothways::swap::preview::{Plan, Preview, plan};
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
    /// The entries in it, newest first: the list of what leaves the phone.
    pub entries: Vec<EntryView>,
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

impl App {
    /// Makes a file of everything. From then on it counts as sent.
    pub async fn prepare_swap(&self, app_version: &str) -> Result<Prepared, Problem> {
        // Another tab may have sent since: a number of the chain is never used twice.
        self.reload().await;
        let home = self.home.get_untracked().ok_or(Problem::NobodyYet)?;
        let member = home.member.ok_or(Problem::NobodyYet)?;
        let delta = self.log.with_untracked(|log| acts::publish(log, home.device()));
        if !delta.is_empty() {
            self.commit(delta).await?;
        }
        let from = Sender { device: home.device(), member, name: self.name(member).unwrap_or_default() };
        let now = clock::now().at;
        let text = self
            .log
            .with_untracked(|log| file::write(log, from, home.origins.clone(), app_version, now))
            .map_err(|_| Problem::FileTooLarge)?;
        let entries = self.timeline.get_untracked().to_vec();
        Ok(Prepared { name: format!("bothways-{}.txt", clock::date_for_file_names()), text, entries })
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

    /// Reads a picked or dropped file.
    pub async fn read_file(&self, picked: &web_sys::File) -> Result<Incoming, Refusal> {
        let bytes = files::read(picked, caps::FILE_BYTES).await.map_err(|unread| match unread {
            files::Unread::TooLarge => Refusal::TooLarge,
            files::Unread::Failed => Refusal::NotText,
        })?;
        self.weigh(file::read_bytes(&bytes)?)
    }

    /// Reads a pasted text.
    pub fn read_text(&self, text: &str) -> Result<Incoming, Refusal> {
        self.weigh(file::read(text)?)
    }

    fn weigh(&self, file: SwapFile) -> Result<Incoming, Refusal> {
        // Nothing can be weighed against a log that has not been read; the room does not offer it before.
        let home = self.home.get_untracked().ok_or(Refusal::Damaged)?;
        let meeting = meet(&home.origins, home.member, &file.header.origins, file.header.from.member);
        let viewer = home.member.unwrap_or_else(|| file.header.from.member.other());
        let planned = self.plan(&file, viewer);
        Ok(Incoming {
            own: file.header.from.device == home.device(),
            file: Arc::new(file),
            meeting,
            preview: planned.preview,
        })
    }

    fn plan(&self, file: &SwapFile, viewer: Member) -> Plan {
        let now = clock::now().at;
        self.undoable
            .with_untracked(|undoable| self.log.with_untracked(|log| plan(log, file, viewer, now, undoable)))
    }

    /// Takes in what a file brings: all of it, in one transaction. Who writes here is still asked with the first
    /// entry, where nobody has said: it may be either's new phone.
    pub async fn take_in(&self, incoming: &Incoming) -> Result<(), Problem> {
        let (Meeting::Ours(origins) | Meeting::Join(origins)) = incoming.meeting.clone() else {
            return Err(Problem::NotYours);
        };
        if self.standing.get_untracked() != Standing::Ready {
            return Err(Problem::NobodyYet);
        }
        let sender = incoming.file.header.from.member;
        let viewer = self.home.with_untracked(|home| home.as_ref().and_then(|home| home.member));
        let viewer: Member = viewer.unwrap_or_else(|| sender.other());
        // Planned again: the log may have changed while the person was reading.
        let planned = self.plan(&incoming.file, viewer);
        self.change_home(planned.delta, move |home: &mut Home| {
            home.origins = origins;
        })
        .await
    }
}
