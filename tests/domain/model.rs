//! What two phones should hold and show, said as simply as possible: sets of numbered versions, and nothing of the
//! program. `machine.rs` lets the program and this model live through the same, and compares them after every step.

use proptest::prelude::*;
use proptest::strategy::Union;
use proptest_state_machine::ReferenceStateMachine;
use std::collections::{BTreeMap, BTreeSet};

/// The things that can be a favourite.
pub const THINGS: [&str; 2] = ["art-clay", "walk-in-rain"];

/// What is written about. Entry 7 of hers is the eighth moment anybody wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    Telling(usize),
    /// Whose favourite, and which thing.
    Mark(usize, usize),
}

#[derive(Clone, Debug)]
pub struct Version {
    pub entry: Entry,
    pub writer: usize,
    pub says: Says,
    parents: BTreeSet<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    Words,
    Erased,
    Marked(bool),
}

/// One phone: the versions it holds, those that have left a phone, those this very installation wrote.
#[derive(Clone, Debug, Default)]
pub struct Side {
    pub holds: BTreeSet<usize>,
    published: BTreeSet<usize>,
    own: BTreeSet<usize>,
    /// Entries whose words have gone: no undo brings them back.
    pub swept: BTreeSet<Entry>,
}

/// A file on its way: who made it, and the versions in it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub number: usize,
    pub from: usize,
    versions: BTreeSet<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct Both {
    pub versions: Vec<Version>,
    pub sides: [Side; 2],
    pub files: Vec<Sent>,
    moments: usize,
    sent: usize,
}

/// What happens. The first number is the phone: 0 hers, 1 his.
#[derive(Clone, Debug)]
pub enum Event {
    Write(usize),
    Edit(usize, Entry),
    Erase(usize, Entry),
    Undo(usize, Entry),
    Sweep(usize),
    Favourite(usize, usize, bool),
    Export(usize),
    /// A file arrives: for the first time or again, in any order.
    Import(usize, usize),
    /// Only so many thousandths of a file arrive.
    ImportPart(usize, u16),
    Lose(usize),
    /// The phone is gone; a new one takes over what an old file of its own holds.
    Restore(usize, usize),
    /// The clock jumps by days, ahead or back.
    Clock(usize, i64),
    /// The phone stops before what was being written is.
    CrashWriting(usize),
    /// It stops when what leaves was noted, but before there is a file.
    CrashExporting(usize),
    /// It stops when a file was read, but before the person said yes.
    CrashImporting(usize, usize),
    Meet,
}

impl Both {
    fn of<'a>(&'a self, side: &'a Side, entry: Entry) -> impl Iterator<Item = usize> + 'a {
        side.holds.iter().copied().filter(move |version| self.versions[*version].entry == entry)
    }

    fn entries(&self, side: &Side) -> BTreeSet<Entry> {
        side.holds.iter().map(|version| self.versions[*version].entry).collect()
    }

    /// Every entry has one writer, so one tombstone erases it.
    pub fn is_erased(&self, side: &Side, entry: Entry) -> bool {
        self.of(side, entry).any(|version| self.versions[version].says == Says::Erased)
    }

    fn heads(&self, side: &Side, entry: Entry) -> BTreeSet<usize> {
        let followed: BTreeSet<usize> =
            self.of(side, entry).flat_map(|version| self.versions[version].parents.iter().copied()).collect();
        self.of(side, entry).filter(|version| !followed.contains(version)).collect()
    }

    /// The moments a phone shows, each with the versions that stand.
    pub fn shown(&self, side: usize) -> BTreeMap<Entry, BTreeSet<usize>> {
        let side = &self.sides[side];
        self.entries(side)
            .into_iter()
            .filter(|entry| matches!(entry, Entry::Telling(_)) && !self.is_erased(side, *entry))
            .map(|entry| (entry, self.heads(side, entry)))
            .collect()
    }

    /// The favourites of one member as a phone shows them.
    pub fn favourites(&self, side: usize, member: usize) -> BTreeSet<&'static str> {
        let side = &self.sides[side];
        let on = |version: &usize| self.versions[*version].says == Says::Marked(true);
        (0..THINGS.len())
            .filter(|thing| self.heads(side, Entry::Mark(member, *thing)).iter().any(on))
            .map(|thing| THINGS[thing])
            .collect()
    }

    /// What a phone's person may edit or erase.
    fn editable(&self, side: usize) -> Vec<Entry> {
        let own = |entry: &Entry| {
            self.of(&self.sides[side], *entry).all(|version| self.versions[version].writer == side)
        };
        self.shown(side).into_keys().filter(own).collect()
    }

    /// Tombstones that can still be taken back.
    fn open_tombstones(&self, side: usize, entry: Entry) -> BTreeSet<usize> {
        let side = &self.sides[side];
        self.of(side, entry)
            .filter(|version| self.versions[*version].says == Says::Erased)
            .filter(|version| side.own.contains(version) && !side.published.contains(version))
            .filter(|_| !side.swept.contains(&entry))
            .collect()
    }

    fn undoable(&self, side: usize) -> Vec<Entry> {
        let entries = self.entries(&self.sides[side]).into_iter();
        entries.filter(|entry| !self.open_tombstones(side, *entry).is_empty()).collect()
    }

    pub fn file(&self, number: usize) -> Option<&Sent> {
        self.files.iter().find(|file| file.number == number)
    }

    fn write(&mut self, writer: usize, entry: Entry, says: Says) {
        let parents = self.heads(&self.sides[writer], entry);
        let version = self.versions.len();
        self.versions.push(Version { entry, writer, says, parents });
        self.sides[writer].holds.insert(version);
        self.sides[writer].own.insert(version);
    }

    fn publish(&mut self, side: usize) -> BTreeSet<usize> {
        let side = &mut self.sides[side];
        side.published.extend(side.own.intersection(&side.holds));
        side.published.clone()
    }

    fn take_in(&mut self, side: usize, versions: &BTreeSet<usize>) {
        self.sides[side].holds.extend(versions);
        self.sides[side].published.extend(versions);
        self.forget_words(side);
    }

    fn forget_words(&mut self, side: usize) {
        let entries = self.entries(&self.sides[side]);
        let erased: Vec<Entry> =
            entries.into_iter().filter(|entry| self.is_erased(&self.sides[side], *entry)).collect();
        self.sides[side].swept.extend(erased);
    }

    /// What never left the phone goes without trace once it is erased.
    fn sweep(&mut self, side: usize) {
        self.forget_words(side);
        for entry in self.sides[side].swept.clone() {
            let versions: BTreeSet<usize> = self.of(&self.sides[side], entry).collect();
            if versions.is_disjoint(&self.sides[side].published) {
                self.sides[side].holds.retain(|version| !versions.contains(version));
            }
        }
    }
}

impl ReferenceStateMachine for Both {
    type State = Self;
    type Transition = Event;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self::default()).boxed()
    }

    fn transitions(both: &Self) -> BoxedStrategy<Event> {
        let day = 366_i64;
        let mut events = vec![(2, Just(Event::Meet).boxed())];
        let numbers: Vec<usize> = both.files.iter().map(|file| file.number).collect();
        for side in 0..2 {
            let jump = prop_oneof![Just(-40 * day), Just(-1), Just(2), Just(10 * day), -day..day];
            events.extend([
                (6, Just(Event::Write(side)).boxed()),
                (2, Just(Event::Sweep(side)).boxed()),
                (4, Just(Event::Export(side)).boxed()),
                (1, Just(Event::CrashWriting(side)).boxed()),
                (1, Just(Event::CrashExporting(side)).boxed()),
                (2, jump.prop_map(move |days| Event::Clock(side, days)).boxed()),
                (
                    2,
                    (0..THINGS.len(), any::<bool>())
                        .prop_map(move |(t, on)| Event::Favourite(side, t, on))
                        .boxed(),
                ),
            ]);
            let editable = both.editable(side);
            if !editable.is_empty() {
                let entry = prop::sample::select(editable);
                events.push((5, entry.clone().prop_map(move |entry| Event::Edit(side, entry)).boxed()));
                events.push((3, entry.prop_map(move |entry| Event::Erase(side, entry)).boxed()));
            }
            let undoable = both.undoable(side);
            if !undoable.is_empty() {
                let entry = prop::sample::select(undoable);
                events.push((3, entry.prop_map(move |entry| Event::Undo(side, entry)).boxed()));
            }
            if !numbers.is_empty() {
                let file = prop::sample::select(numbers.clone());
                let part = (file.clone(), 0..1000_u16);
                events.extend([
                    (6, file.clone().prop_map(move |file| Event::Import(side, file)).boxed()),
                    (1, part.prop_map(move |(file, part)| Event::ImportPart(file, part)).boxed()),
                    (1, file.clone().prop_map(move |file| Event::CrashImporting(side, file)).boxed()),
                    (1, file.prop_map(Event::Lose).boxed()),
                ]);
            }
            let backups: Vec<usize> =
                both.files.iter().filter(|file| file.from == side).map(|file| file.number).collect();
            if !backups.is_empty() {
                let file = prop::sample::select(backups);
                events.push((1, file.prop_map(move |file| Event::Restore(side, file)).boxed()));
            }
        }
        Union::new_weighted(events).boxed()
    }

    fn preconditions(both: &Self, event: &Event) -> bool {
        match event {
            Event::Edit(side, entry) | Event::Erase(side, entry) => both.editable(*side).contains(entry),
            Event::Undo(side, entry) => both.undoable(*side).contains(entry),
            Event::Import(_, file)
            | Event::ImportPart(file, _)
            | Event::CrashImporting(_, file)
            | Event::Lose(file) => both.file(*file).is_some(),
            Event::Restore(side, file) => both.file(*file).is_some_and(|file| file.from == *side),
            _ => true,
        }
    }

    fn apply(mut both: Self, event: &Event) -> Self {
        match *event {
            Event::Write(side) => {
                both.write(side, Entry::Telling(both.moments), Says::Words);
                both.moments += 1;
            }
            Event::Edit(side, entry) => both.write(side, entry, Says::Words),
            Event::Erase(side, entry) => both.write(side, entry, Says::Erased),
            Event::Undo(side, entry) => {
                let open = both.open_tombstones(side, entry);
                both.sides[side].holds.retain(|version| !open.contains(version));
            }
            Event::Sweep(side) => both.sweep(side),
            Event::Favourite(side, thing, on) => {
                both.write(side, Entry::Mark(side, thing), Says::Marked(on));
            }
            Event::Export(side) => {
                let versions = both.publish(side);
                both.files.push(Sent { number: both.sent, from: side, versions });
                both.sent += 1;
            }
            Event::Import(side, file) => {
                let versions = both.file(file).map(|file| file.versions.clone()).unwrap_or_default();
                both.take_in(side, &versions);
            }
            Event::Lose(file) => both.files.retain(|sent| sent.number != file),
            Event::Restore(side, file) => {
                let versions = both.file(file).map(|file| file.versions.clone()).unwrap_or_default();
                both.sides[side] = Side::default();
                both.take_in(side, &versions);
            }
            Event::CrashExporting(side) => {
                both.publish(side);
            }
            Event::Meet => {
                let hers = both.publish(0);
                both.take_in(1, &hers);
                let his = both.publish(1);
                both.take_in(0, &his);
            }
            Event::ImportPart(..) | Event::Clock(..) | Event::CrashWriting(_) | Event::CrashImporting(..) => {
            }
        }
        both
    }
}
