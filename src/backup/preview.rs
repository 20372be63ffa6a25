//! What several files of one backup bring together: told before anything changes.

use super::part::{Header, LogPart, Part, Unopened};
use crate::ids::{EntryId, OriginId, PhotoHash};
use crate::log::view::timeline;
use crate::log::{Member, Millis};
use crate::sorted::SortedSet;

/// A log in a backup, as a person knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfLog {
    /// Whose phone it was.
    pub member: Option<Member>,
    /// What the two are called, she first.
    pub names: [Option<String>; 2],
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Counted {
    origin: OriginId,
    log: OfLog,
    entries: SortedSet<EntryId>,
    photos: SortedSet<PhotoHash>,
    notes: SortedSet<EntryId>,
}

/// What a backup has, as far as its parts have been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    first: Option<Header>,
    here: Vec<usize>,
    logs: Vec<Counted>,
    newer: usize,
}

impl Contents {
    /// Takes a part in. One that was taken in already changes nothing.
    ///
    /// # Errors
    /// [`Unopened::Another`] where it belongs to another backup than the first.
    pub fn add(&mut self, part: &Part) -> Result<(), Unopened> {
        let first = self.first.get_or_insert_with(|| part.header.clone());
        if (first.backup, first.parts) != (part.header.backup, part.header.parts) {
            return Err(Unopened::Another);
        }
        if !self.here.contains(&part.header.part) {
            self.here.push(part.header.part);
            self.newer += part.newer;
            part.logs.iter().for_each(|log| self.add_log(log, part.header.made));
        }
        Ok(())
    }

    fn add_log(&mut self, log: &LogPart, made: Millis) {
        let origin = log.kept.phone.origin;
        if !self.logs.iter().any(|known| known.origin == origin) {
            self.logs.push(Counted {
                origin,
                log: OfLog { member: log.kept.member, names: called(log) },
                entries: SortedSet::new(),
                photos: SortedSet::new(),
                notes: SortedSet::new(),
            });
        }
        let Some(counted) = self.logs.iter_mut().find(|known| known.origin == origin) else { return };
        let member = log.kept.member.unwrap_or(Member::Mother);
        counted.entries.extend(timeline(&log.as_log(), member, made).into_iter().map(|entry| entry.id));
        counted.photos.extend(log.photos.keys().copied());
        counted.notes.extend(log.notes.iter().map(|note| note.id));
        counted.notes.extend(log.sealed.iter().map(|note| note.id));
    }

    /// When it was made; none before the first part.
    pub fn made(&self) -> Option<Millis> {
        self.first.as_ref().map(|header| header.made)
    }

    /// How many parts it has.
    pub fn parts(&self) -> usize {
        self.first.as_ref().map_or(0, |header| header.parts)
    }

    /// The numbers of the parts that are not here.
    pub fn missing(&self) -> Vec<usize> {
        (1..=self.parts()).filter(|part| !self.here.contains(part)).collect()
    }

    /// Its logs.
    pub fn logs(&self) -> impl Iterator<Item = &OfLog> {
        self.logs.iter().map(|counted| &counted.log)
    }

    /// Entries somebody wrote, photos, notes for one alone, and lines of a newer version that are passed over.
    pub fn counts(&self) -> [usize; 4] {
        let sum = |of: fn(&Counted) -> usize| self.logs.iter().map(of).sum();
        [sum(|log| log.entries.len()), sum(|log| log.photos.len()), sum(|log| log.notes.len()), self.newer]
    }
}

/// What the two are called: by themselves, else on the phone.
fn called(log: &LogPart) -> [Option<String>; 2] {
    let mut names = log.kept.names.clone();
    for (name, member) in names.iter_mut().zip(Member::ALL) {
        if log.kept.member == Some(member.other()) {
            let nickname = Some(log.kept.nickname.clone()).filter(|nickname| !nickname.trim().is_empty());
            *name = name.take().or(nickname);
        }
    }
    names
}
