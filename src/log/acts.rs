//! What a person can do to a log. Each act looks at the set and gives the [`Delta`] that does it; nothing here
//! stores or changes anything itself.

use super::body::{BadBody, Body, When, hash_of};
use super::kinds::{Content, Kind, Mark, MarkSort, Name, Telling, Thing, Whose};
use super::revision::{BadHeader, Header, Member, Revision};
use super::seal::answer_entry;
use super::set::{Delta, Held, LogSet};
use super::view::{EntryView, standing};
use crate::ids::{DeviceId, EntryId, RevisionId, Salt};
use crate::library::ContentId;
use crate::sorted::SortedSet;

/// Why something could not be written.
#[derive(Debug, thiserror::Error)]
pub enum CannotWrite {
    /// The words do not fit.
    #[error(transparent)]
    Body(#[from] BadBody),
    /// The entry has too many versions to be followed by one.
    #[error(transparent)]
    Header(#[from] BadHeader),
    /// There is no such entry, or it was erased.
    #[error("there is no such entry")]
    NoEntry,
    /// The entry is the other member's: what one person says is edited and erased by its writer only.
    #[error("only its writer may change it")]
    NotWriter,
}

/// Who writes, on which installation, and when.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// Who writes.
    pub member: Member,
    /// The installation.
    pub device: DeviceId,
    /// The phone's clock.
    pub when: When,
}

impl Pen {
    /// A new entry.
    pub fn write(&self, entry: EntryId, salt: Salt, content: &Content) -> Result<Delta, CannotWrite> {
        self.revise(entry, Vec::new(), salt, content, false)
    }

    /// A new version of an own entry, or of one that belongs to both. It follows every head, so it settles two versions into one.
    pub fn edit(
        &self,
        log: &LogSet,
        entry: EntryId,
        salt: Salt,
        content: &Content,
    ) -> Result<Delta, CannotWrite> {
        if !belongs_to_both(log, &entry) {
            self.own(log, &entry)?;
        }
        self.revise(entry, log.heads(&entry).ids, salt, content, false)
    }

    /// A tombstone on an own entry. The words go when [`sweep`] is stored.
    pub fn erase(&self, log: &LogSet, entry: EntryId, salt: Salt) -> Result<Delta, CannotWrite> {
        self.own(log, &entry)?;
        self.revise(entry, log.heads(&entry).ids, salt, &Content::Erased, true)
    }

    /// A sealed answer of the pen's member to the question the moment is about. Where there was one before, this
    /// follows it.
    pub fn answer(
        &self,
        log: &LogSet,
        question: &ContentId,
        salt: Salt,
        telling: Telling,
    ) -> Result<Delta, CannotWrite> {
        let entry = answer_entry(self.member, question);
        if log.is_erased(&entry) {
            return Err(CannotWrite::NoEntry);
        }
        let content = Content::Told(Telling { kind: Kind::Answer, about: Some(question.clone()), ..telling });
        self.revise(entry, log.heads(&entry).ids, salt, &content, false)
    }

    /// Sets or takes away a mark of the pen's member.
    pub fn mark(
        &self,
        log: &LogSet,
        mark: MarkSort,
        thing: &Thing,
        on: bool,
        salt: Salt,
    ) -> Result<Delta, CannotWrite> {
        let mark = Mark { mark, thing: thing.clone(), on };
        let (entry, content) = (mark.entry(self.member), Content::Mark(mark));
        self.revise(entry, log.heads(&entry).ids, salt, &content, false)
    }

    /// Says what the pen's member is called.
    pub fn name(&self, log: &LogSet, name: &str, salt: Salt) -> Result<Delta, CannotWrite> {
        let entry = self.name_entry();
        let content = Content::Name(Name { name: name.into() });
        self.revise(entry, log.heads(&entry).ids, salt, &content, false)
    }

    /// The entry a mark of the pen's member is kept in.
    pub fn mark_entry(&self, mark: MarkSort, thing: &Thing) -> EntryId {
        Mark { mark, thing: thing.clone(), on: true }.entry(self.member)
    }

    /// The entry the name of the pen's member is kept in.
    pub fn name_entry(&self) -> EntryId {
        EntryId::derived("name", self.member.id(), "")
    }

    fn own(&self, log: &LogSet, entry: &EntryId) -> Result<(), CannotWrite> {
        if log.is_erased(entry) || log.revisions_of(entry).next().is_none() {
            return Err(CannotWrite::NoEntry);
        }
        if log.revisions_of(entry).any(|held| held.revision.header().member != self.member) {
            return Err(CannotWrite::NotWriter);
        }
        Ok(())
    }

    fn revise(
        &self,
        entry: EntryId,
        parents: Vec<RevisionId>,
        salt: Salt,
        content: &Content,
        erases: bool,
    ) -> Result<Delta, CannotWrite> {
        let body = Body::new(salt, self.when, content).write()?;
        let hash = hash_of(&body)?;
        let revision = Revision::write(Header {
            v: 1,
            entry,
            parents,
            device: self.device,
            member: self.member,
            body: hash,
            size: body.len() as u32,
            erases,
        })?;
        Ok(Delta {
            revisions: vec![Held { revision, seen: self.when.at }],
            bodies: vec![(hash, body.into())],
            ..Delta::default()
        })
    }
}

/// Whether what stands in an entry is either's to change.
pub fn belongs_to_both(log: &LogSet, entry: &EntryId) -> bool {
    let view = standing(log, entry);
    let kind = view.as_ref().and_then(EntryView::telling).map(|telling| telling.kind);
    kind.is_some_and(|kind| kind.shape().whose == Whose::Both)
}

/// Takes back a tombstone of this installation that has not left it. Nothing, if it has.
pub fn undo_erase(log: &LogSet, entry: EntryId, device: DeviceId) -> Delta {
    let tombstones = log.revisions_of(&entry).filter(|held| {
        let header = held.revision.header();
        header.erases && header.device == device && !log.chains().is_published(&held.revision.id())
    });
    let mut delta = Delta::default();
    for held in tombstones {
        delta.forget_bodies.push(held.revision.header().body);
        delta.forget_revisions.push(held.revision.id());
    }
    delta
}

/// Lets the words of erased entries go for good, but not yet those still open to undo. An entry that never left
/// this phone goes without trace; of any other the headers stay, so that an old file cannot bring the words back.
pub fn sweep(log: &LogSet, still_undoable: &SortedSet<EntryId>) -> Delta {
    let mut delta = Delta::default();
    for entry in log.entries().filter(|entry| !still_undoable.contains(entry) && log.is_erased(entry)) {
        delta.forget_bodies.extend(log.words_of_erased(&entry));
        if !log.revisions_of(&entry).any(|held| log.chains().is_published(&held.revision.id())) {
            for held in log.revisions_of(&entry) {
                if held.revision.header().erases {
                    delta.forget_bodies.push(held.revision.header().body);
                }
                delta.forget_revisions.push(held.revision.id());
            }
        }
    }
    delta
}
