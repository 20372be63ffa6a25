//! Write, edit, erase, undo, mark. Each act is stored first and shown after: "saved" is said when it is.

use super::drafts::Draft;
use super::{App, Problem, Standing};
use crate::device::{clock, offline, random, timer};
use crate::store::log;
use bothways::ids::{EntryId, Salt};
use bothways::library::ContentId;
use bothways::log::Delta;
use bothways::log::acts::{self, CannotWrite, Pen};
use bothways::log::kinds::{Content, Feeling, MarkSort, Moment};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// How long an erased entry can be brought back, in milliseconds.
pub const UNDO_MS: u64 = 10_000;

impl From<CannotWrite> for Problem {
    fn from(error: CannotWrite) -> Self {
        match error {
            CannotWrite::NoEntry | CannotWrite::NotWriter => Self::NotYours,
            CannotWrite::Body(_) | CannotWrite::Header(_) => Self::TooLong,
        }
    }
}

impl App {
    /// Stores a change of the log, and only then shows it.
    pub(super) async fn commit(&self, delta: Delta) -> Result<(), Problem> {
        match self.standing.get_untracked() {
            Standing::Ready => {}
            Standing::Closed(error) => return Err(error.into()),
            Standing::Starting => return Err(Problem::NobodyYet),
        }
        let origin = self.home.with_untracked(|home| home.as_ref().map(|home| home.origin));
        log::commit(&origin.ok_or(Problem::NobodyYet)?, &delta).await?;
        self.log.update(|log| log.apply(delta));
        self.tell_other_tabs();
        Ok(())
    }

    fn pen(&self) -> Result<Pen, Problem> {
        self.home.with_untracked(|home| {
            let home = home.as_ref().ok_or(Problem::NobodyYet)?;
            let member = home.member.ok_or(Problem::NobodyYet)?;
            Ok(Pen { member, device: home.device(), when: clock::now() })
        })
    }

    /// Saves a new entry, or a change to one. The draft is let go only once the words are on the disk.
    pub async fn save(&self, entry: Option<EntryId>, draft: &Draft) -> Result<(), Problem> {
        let pen = self.pen()?;
        let before = entry.and_then(|entry| self.moment_of(entry)).unwrap_or_default();
        let moment = Moment {
            words: draft.words.trim_end().to_owned(),
            feeling: draft.feeling.as_deref().and_then(Feeling::new),
            theme: draft.theme,
            about: draft.about.clone(),
            more: before.more,
        };
        if !moment.is_sayable() {
            return Err(Problem::TooLong);
        }
        let content = Content::Moment(moment);
        let delta = match entry {
            None => pen.write(EntryId::from_bytes(random()?), salt()?, &content)?,
            Some(entry) => {
                let salt = salt()?;
                self.log.with_untracked(|log| pen.edit(log, entry, salt, &content))?
            }
        };
        self.commit(delta).await?;
        Draft::drop_stored(entry);
        self.ask_to_persist();
        Ok(())
    }

    /// The moment an entry tells, in the version that stands.
    pub fn moment_of(&self, entry: EntryId) -> Option<Moment> {
        self.timeline
            .with_untracked(|timeline| timeline.iter().find(|view| view.id == entry)?.moment().cloned())
    }

    /// Erases an entry. For ten seconds, or until the app is started again, it can be brought back.
    pub async fn erase(self, entry: EntryId, said: &str) -> Result<(), Problem> {
        let (pen, salt) = (self.pen()?, salt()?);
        let delta = self.log.with_untracked(|log| pen.erase(log, entry, salt))?;
        self.undoable.update(|undoable| {
            undoable.insert(entry);
        });
        if let Err(problem) = self.commit(delta).await {
            self.no_longer_undoable(entry);
            return Err(problem);
        }
        self.notify(said.to_owned(), Some(entry));
        timer::after(UNDO_MS, move || {
            spawn_local(async move {
                if self.undoable.with_untracked(|undoable| undoable.contains(&entry)) {
                    self.no_longer_undoable(entry);
                    self.finish_erasing().await;
                }
            });
        });
        Ok(())
    }

    /// Brings an entry back that was erased a moment ago.
    pub async fn undo_erase(&self, entry: EntryId) -> Result<(), Problem> {
        let device = self.pen()?.device;
        let delta = self.log.with_untracked(|log| acts::undo_erase(log, entry, device));
        self.commit(delta).await?;
        self.no_longer_undoable(entry);
        self.notice.set(None);
        Ok(())
    }

    fn no_longer_undoable(&self, entry: EntryId) {
        self.undoable.update(|undoable| {
            let mut others = BTreeSet::new();
            others.extend(undoable.iter().copied().filter(|other| *other != entry));
            *undoable = others;
        });
    }

    /// Marks something as a favourite, or takes the mark away.
    pub async fn mark_favourite(&self, thing: &ContentId, on: bool) -> Result<(), Problem> {
        let (pen, salt) = (self.pen()?, salt()?);
        let delta = self.log.with_untracked(|log| pen.mark(log, MarkSort::Favourite, thing, on, salt))?;
        self.commit(delta).await
    }

    /// Asks the browser to keep what is stored, now that there is something to keep.
    fn ask_to_persist(&self) {
        if self.persisted.get_untracked() != Some(true) {
            let persisted = self.persisted;
            spawn_local(async move { persisted.set(offline::persist().await) });
        }
    }
}

pub(super) fn salt() -> Result<Salt, Problem> {
    random().map(Salt::from_bytes)
}

fn random() -> Result<[u8; 16], Problem> {
    random::bytes().ok_or(Problem::NoRandomness)
}
