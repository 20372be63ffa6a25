//! Write, edit, erase, undo, mark. Each act is stored first and shown after: "saved" is said when it is.

use super::drafts::{Draft, Readers};
use super::{App, Problem};
use crate::device::{clock, offline, random, timer};
use bothways::ids::{EntryId, Salt};
use bothways::library::ContentId;
use bothways::log::Delta;
use bothways::log::acts::{self, CannotWrite, Pen};
use bothways::log::kinds::{Content, MarkSort, Telling, Thing};
use bothways::log::seal::answer_entry;
use bothways::log::view::{EntryView, readable};
use bothways::sorted::SortedSet;
use leptos::prelude::*;
use leptos::task::spawn_local;

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
    pub(super) async fn pen(&self) -> Result<Pen, Problem> {
        self.ready().await?;
        let nobody = if untrack(|| self.is_for_two()) { Problem::WhoSpeaks } else { Problem::NobodyYet };
        let member = self.member_now().ok_or(nobody)?;
        self.home.with_untracked(|home| {
            let home = home.as_ref().ok_or(Problem::NobodyYet)?;
            Ok(Pen { member, device: home.device(), when: clock::now() })
        })
    }

    /// Saves a new entry, or a change to one. The draft is let go only once the words are on the disk.
    pub async fn save(&self, entry: Option<EntryId>, draft: &Draft) -> Result<(), Problem> {
        let pen = self.pen().await?;
        let mut telling = telling_of(draft)?;
        let (id, salt) = (entry.map_or_else(|| random().map(EntryId::from_bytes), Ok)?, salt()?);
        let viewer = pen.member;
        let question = telling.about.clone().filter(|_| entry.is_none() && draft.readers == Readers::Sealed);
        let id = question.as_ref().map_or(id, |question| answer_entry(viewer, question));
        self.act(&[id], |slice| {
            if let Some(question) = &question {
                // What was answered once is changed in the log, knowingly.
                let is_first = slice.revisions_of(&id).next().is_none();
                let answer = || Ok(pen.answer(slice, question, salt, telling)?);
                return if is_first { answer() } else { Err(Problem::AnsweredAlready) };
            }
            if entry.is_none() {
                return Ok(pen.write(id, salt, &Content::Told(telling))?);
            }
            // Fields of a newer version go along.
            let before = readable(slice, &id, viewer, pen.when.at);
            if let Some(before) = before.as_ref().and_then(EntryView::telling) {
                telling.more = before.more.clone();
            }
            let answers = before.as_ref().and_then(EntryView::answers).cloned();
            Ok(match answers {
                Some(question) => pen.answer(slice, &question, salt, telling)?,
                None => pen.edit(slice, id, salt, &Content::Told(telling))?,
            })
        })
        .await?;
        self.ask_to_persist();
        Ok(())
    }

    /// Erases an entry. For ten seconds, or until the app is started again, it can be brought back.
    pub async fn erase(self, entry: EntryId, said: &str) -> Result<(), Problem> {
        let (pen, salt) = (self.pen().await?, salt()?);
        self.undoable.update(|undoable| {
            undoable.insert(entry);
        });
        if let Err(problem) = self.act(&[entry], |slice| Ok(pen.erase(slice, entry, salt)?)).await {
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

    /// Brings an entry, or a note, back that was erased a moment ago.
    pub async fn undo_erase(&self, entry: EntryId) -> Result<(), Problem> {
        let device = self.pen().await?.device;
        if !self.undo_erase_note(entry).await? {
            self.act(&[entry], |slice| Ok(acts::undo_erase(slice, entry, device))).await?;
        }
        self.no_longer_undoable(entry);
        self.notice.set(None);
        Ok(())
    }

    fn no_longer_undoable(&self, entry: EntryId) {
        self.undoable.update(|undoable| {
            let mut others = SortedSet::new();
            others.extend(undoable.iter().copied().filter(|other| *other != entry));
            *undoable = others;
        });
    }

    /// Holds an entry back from swaps, or lets it go with the next.
    pub async fn hold_back(&self, entry: EntryId, on: bool) -> Result<(), Problem> {
        self.ready().await?;
        self.change_home(&[entry], |_, home| {
            let mut held_back = SortedSet::new();
            held_back.extend(home.held_back.iter().copied().filter(|other| *other != entry));
            held_back.extend(on.then_some(entry));
            home.held_back = held_back;
            Ok(Delta::default())
        })
        .await
    }

    /// Marks something as a favourite, or takes the mark away.
    pub async fn mark_favourite(&self, thing: &ContentId, on: bool) -> Result<(), Problem> {
        self.mark(MarkSort::Favourite, &thing.into(), on).await
    }

    /// Sets a mark of whoever writes now, or takes it away.
    pub async fn mark(&self, mark: MarkSort, thing: &Thing, on: bool) -> Result<(), Problem> {
        let (pen, salt) = (self.pen().await?, salt()?);
        let entry = pen.mark_entry(mark, thing);
        self.act(&[entry], |slice| Ok(pen.mark(slice, mark, thing, on, salt)?)).await
    }

    /// Asks the browser to keep what is stored, now that there is something to keep.
    pub(super) fn ask_to_persist(&self) {
        if self.persisted.get_untracked() != Some(true) {
            let persisted = self.persisted;
            spawn_local(async move { persisted.set(offline::persist().await) });
        }
    }
}

/// What a draft says, if it can be said.
pub(super) fn telling_of(draft: &Draft) -> Result<Telling, Problem> {
    let mut telling = draft.telling.clone();
    telling.words.truncate(telling.words.trim_end().len());
    telling.parts.retain(|(_, text)| !text.trim().is_empty());
    if telling.is_sayable() { Ok(telling) } else { Err(Problem::TooLong) }
}

pub(super) fn salt() -> Result<Salt, Problem> {
    random().map(Salt::from_bytes)
}

pub(super) fn random() -> Result<[u8; 16], Problem> {
    random::bytes().ok_or(Problem::NoRandomness)
}
