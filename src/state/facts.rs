//! What the rooms need to know of the log without reading it: names, marks, what was done, how much there is.
//! Taken from the index, and kept up to date with each change.

use super::{App, Standing};
use crate::store::{StoreError, brought, log, small, trust};
use bothways::ids::OriginId;
use bothways::library::ContentId;
use bothways::log::Member;
use bothways::log::kinds::{MarkSort, Thing};
use bothways::log::records::{Change, head};
use bothways::sorted::SortedSet;
use leptos::prelude::*;
use serde::Serialize;

/// Where it is kept that something has been written: what is drawn before the log is read goes by it (`public/dress.js` too).
const BEGUN: &str = "begun";

/// Only whether it is there is asked.
#[derive(Serialize)]
struct Begun {}

/// What is known of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What each member calls themselves.
    pub names: [Option<String>; 2],
    /// The marks that are set: `member/mark/thing`.
    pub marks: Vec<String>,
    /// What in the library an entry is about.
    pub done: SortedSet<ContentId>,
    /// Entries one can read.
    pub entries: usize,
    /// Those of them that have not left this phone.
    pub waiting: usize,
    /// Whether the last import can be undone.
    pub can_undo: bool,
    /// Whether another phone has been paired.
    pub paired: bool,
}

impl Facts {
    /// Reads them.
    pub async fn read(origin: &OriginId) -> Result<Self, StoreError> {
        let mut facts = Self {
            entries: log::index_count(origin, head::ROW).await?,
            waiting: log::index_count(origin, head::WAITS).await?,
            can_undo: brought::is_there(origin).await?,
            paired: trust::is_there(origin).await?,
            ..Self::default()
        };
        facts.read_names(origin).await?;
        facts.read_marks(origin).await?;
        facts.read_done(origin).await?;
        Ok(facts)
    }

    async fn read_names(&mut self, origin: &OriginId) -> Result<(), StoreError> {
        for (name, member) in self.names.iter_mut().zip(Member::ALL) {
            *name = log::index_value(origin, &format!("{}{}", head::NAME, member.id())).await?;
        }
        Ok(())
    }

    async fn read_marks(&mut self, origin: &OriginId) -> Result<(), StoreError> {
        self.marks = log::index_keys(origin, head::MARK, None, None, None).await?;
        Ok(())
    }

    async fn read_done(&mut self, origin: &OriginId) -> Result<(), StoreError> {
        self.done = SortedSet::new();
        let keys = log::index_keys(origin, head::DONE, None, None, None).await?;
        self.done.extend(keys.iter().filter_map(|key| key.split('/').next()?.parse().ok()));
        Ok(())
    }

    /// What they are after a change that has been stored.
    pub async fn follow(&mut self, origin: &OriginId, change: &Change) -> Result<(), StoreError> {
        self.entries = self.entries.saturating_add_signed(change.balance(head::ROW));
        self.waiting = self.waiting.saturating_add_signed(change.balance(head::WAITS));
        if change.touches(head::NAME) {
            self.read_names(origin).await?;
        }
        if change.touches(head::MARK) {
            self.read_marks(origin).await?;
        }
        if change.touches(head::DONE) {
            self.read_done(origin).await?;
        }
        Ok(())
    }

    /// What a member has marked.
    pub fn marked(&self, member: Member, mark: MarkSort) -> SortedSet<ContentId> {
        let head = format!("{}/{}/", member.id(), mark.id());
        let mut things = SortedSet::new();
        things.extend(self.marks.iter().filter_map(|mark| mark.strip_prefix(&head)?.parse().ok()));
        things
    }

    /// Whether a member has marked something.
    pub fn is_marked(&self, member: Member, mark: MarkSort, thing: &Thing) -> bool {
        let key = format!("{}/{}/{thing}", member.id(), mark.id());
        self.marks.contains(&key)
    }

    /// What a member calls themselves.
    pub fn name(&self, member: Member) -> Option<String> {
        let [hers, his] = &self.names;
        match member {
            Member::Mother => hers,
            Member::Son => his,
        }
        .clone()
    }
}

impl App {
    /// Whether something has been written, as far as it is known now.
    pub fn has_begun(&self) -> bool {
        match self.standing.get() {
            Standing::Ready => self.facts.with(|facts| facts.entries > 0),
            _ => small::get(BEGUN).is_some(),
        }
    }

    /// Shows what is known of the log from now on.
    pub(super) fn know_facts(&self, facts: Facts) {
        let has_begun = facts.entries > 0;
        if has_begun != small::get(BEGUN).is_some() {
            if has_begun {
                // Where it cannot be kept, the next start shows the first words for a moment.
                small::set(BEGUN, &Begun {});
            } else {
                small::remove(BEGUN);
            }
        }
        self.facts.set(facts);
    }
}
