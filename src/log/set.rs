//! The set of revisions: union, heads, what is erased.
//!
//! Every change is a [`Delta`]: what to add and what to forget. The store writes a delta in one transaction and
//! only then is it applied here, so memory never runs ahead of the disk.

use super::Millis;
use super::chain::{Chains, Link};
use super::revision::{Member, Revision};
use crate::ids::{BodyHash, DeviceId, EntryId, RevisionId};
use crate::sorted::{SortedMap, SortedSet};

/// A revision and when this phone first saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The revision.
    pub revision: Revision,
    /// When this phone first held it, by this phone's clock.
    pub seen: Millis,
}

/// One log: all revisions held, their bodies, and the chains of what has been published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogSet {
    revisions: SortedMap<RevisionId, Held>,
    bodies: SortedMap<BodyHash, Box<str>>,
    entries: SortedMap<EntryId, SortedSet<RevisionId>>,
    chains: Chains,
    unknown_lines: SortedSet<Box<str>>,
}

/// A change to a log: additions and removals, to be stored in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// Revisions to add.
    pub revisions: Vec<Held>,
    /// Bodies to add, by their hash.
    pub bodies: Vec<(BodyHash, Box<str>)>,
    /// Links to add.
    pub links: Vec<Link>,
    /// Lines of a newer version's swap file: kept to the letter and passed on.
    pub unknown_lines: Vec<Box<str>>,
    /// Bodies whose words go.
    pub forget_bodies: Vec<BodyHash>,
    /// Revisions that go without trace: unpublished ones, or those an import brought that is undone.
    pub forget_revisions: Vec<RevisionId>,
    /// Links that go with them.
    pub forget_links: Vec<Link>,
    /// Lines of a newer version that go.
    pub forget_lines: Vec<Box<str>>,
}

impl Delta {
    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The newest revisions of an entry, and whether anything before them is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heads {
    /// Revisions no other follows, ascending by id. More than one: two versions stand side by side.
    pub ids: Vec<RevisionId>,
    /// True where some revision's parents have not arrived yet. Such a revision waits: it is no second version.
    pub incomplete: bool,
}

impl LogSet {
    /// Applies a change.
    pub fn apply(&mut self, delta: Delta) {
        delta.revisions.into_iter().for_each(|held| self.hold(held));
        for (hash, text) in delta.bodies {
            self.bodies.insert(hash, text);
        }
        for link in delta.links {
            self.chains.add(link);
        }
        for line in delta.unknown_lines {
            self.unknown_lines.insert(line);
        }
        for gone in delta.forget_bodies {
            self.bodies.remove(&gone);
        }
        if !delta.forget_links.is_empty() {
            self.chains = self.chains.without(&delta.forget_links);
        }
        for gone in delta.forget_lines {
            self.unknown_lines.remove(&gone);
        }
        for gone in delta.forget_revisions {
            self.let_go(&gone);
        }
    }

    fn hold(&mut self, held: Held) {
        let (entry, id) = (held.revision.header().entry, held.revision.id());
        self.entries.change(entry, |revisions| {
            revisions.insert(id);
        });
        // The first sighting stays: a repeated import must change nothing.
        if !self.revisions.contains_key(&id) {
            self.revisions.insert(id, held);
        }
    }

    fn let_go(&mut self, id: &RevisionId) {
        let Some(held) = self.revisions.remove(id) else { return };
        let entry = held.revision.header().entry;
        let Some(revisions) = self.entries.get_mut(&entry) else { return };
        revisions.remove(id);
        if revisions.is_empty() {
            self.entries.remove(&entry);
        }
    }

    /// All revisions, ascending by id.
    pub fn revisions(&self) -> impl Iterator<Item = &Held> {
        self.revisions.values()
    }

    /// A revision by its id.
    pub fn revision(&self, id: &RevisionId) -> Option<&Held> {
        self.revisions.get(id)
    }

    /// A body's exact text, if it is held.
    pub fn body(&self, hash: &BodyHash) -> Option<&str> {
        self.bodies.get(hash).map(|text| &**text)
    }

    /// The body of a revision, if it is held.
    pub fn body_of(&self, id: &RevisionId) -> Option<&str> {
        self.body(&self.revision(id)?.revision.header().body)
    }

    /// What has been published.
    pub const fn chains(&self) -> &Chains {
        &self.chains
    }

    /// Notes links of a slice that are held already.
    pub fn note_links(&mut self, links: Vec<Link>) {
        links.into_iter().for_each(|link| self.chains.add(link));
    }

    /// Notes that a revision of a slice has been published: see [`super::records`].
    pub fn note_published(&mut self, revision: RevisionId, device: DeviceId) {
        self.chains.note_published(revision, device);
    }

    /// Lines of a newer version's swap file, kept for those who understand them.
    pub fn unknown_lines(&self) -> impl Iterator<Item = &str> {
        self.unknown_lines.iter().map(|line| &**line)
    }

    /// Whether such a line is held.
    pub fn has_unknown_line(&self, line: &str) -> bool {
        self.unknown_lines.contains(line)
    }

    /// All entries, ascending by id.
    pub fn entries(&self) -> impl Iterator<Item = EntryId> {
        self.entries.keys().copied()
    }

    /// The revisions of an entry, ascending by id.
    pub fn revisions_of(&self, entry: &EntryId) -> impl Iterator<Item = &Held> {
        self.entries.get(entry).into_iter().flat_map(SortedSet::iter).filter_map(|id| self.revisions.get(id))
    }

    /// The heads of an entry: of the revisions whose whole ancestry is held, those no other follows. Where
    /// nothing is whole yet, the newest of what is there, marked incomplete.
    pub fn heads(&self, entry: &EntryId) -> Heads {
        // Ascending by id, so that a parent is found by halving.
        let all: Vec<&Revision> = self.revisions_of(entry).map(|held| &held.revision).collect();
        let place = |id: &RevisionId| all.binary_search_by(|revision| revision.id().cmp(id)).ok();
        let whole = whole(&all, &place);
        let incomplete = whole.contains(&false);
        let count_all = !whole.contains(&true);
        let counts = |at: usize| count_all || whole.get(at).is_some_and(|whole| *whole);
        let mut followed = vec![false; all.len()];
        for (_, revision) in all.iter().enumerate().filter(|(at, _)| counts(*at)) {
            for parent in revision.header().parents.iter().filter_map(&place) {
                if let Some(followed) = followed.get_mut(parent) {
                    *followed = true;
                }
            }
        }
        let heads =
            all.iter().zip(followed).enumerate().filter(|(at, (_, followed))| counts(*at) && !followed);
        Heads { ids: heads.map(|(_, (revision, _))| revision.id()).collect(), incomplete }
    }

    /// Whether an entry's words are to be forgotten: each member who wrote in it has erased it. A tombstone beats
    /// every revision of its writer in the entry, those not yet seen included.
    pub fn is_erased(&self, entry: &EntryId) -> bool {
        let (mut wrote, mut erased) = ([false; 2], [false; 2]);
        for header in self.revisions_of(entry).map(|held| held.revision.header()) {
            let [hers, his] = if header.erases { &mut erased } else { &mut wrote };
            match header.member {
                Member::Mother => *hers = true,
                Member::Son => *his = true,
            }
        }
        erased.contains(&true) && wrote.iter().zip(erased).all(|(wrote, erased)| erased || !wrote)
    }

    /// The bodies that hold words of an erased entry. A body that a living revision also names stays: whoever names
    /// another's body and erases that must not take the other's words.
    pub fn words_of_erased(&self, entry: &EntryId) -> Vec<BodyHash> {
        let mut words: Vec<BodyHash> = self
            .revisions_of(entry)
            .map(|held| held.revision.header())
            .filter(|header| !header.erases && self.bodies.contains_key(&header.body))
            .map(|header| header.body)
            .collect();
        // Looked for only where there is something to forget, which is once for each erased entry.
        if !words.is_empty() {
            for header in self.revisions.values().map(|held| held.revision.header()) {
                let its_own = self.body(&header.body).is_some_and(|text| text.len() == header.size as usize);
                if its_own && words.contains(&header.body) && !self.is_erased(&header.entry) {
                    words.retain(|body| *body != header.body);
                }
            }
        }
        words
    }
}

/// For each of these revisions, whether its ancestors are all there. Works through the graph once, parents before
/// children.
fn whole(all: &[&Revision], place: &impl Fn(&RevisionId) -> Option<usize>) -> Vec<bool> {
    let mut missing: Vec<usize> = all.iter().map(|revision| revision.header().parents.len()).collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    for (child, revision) in all.iter().enumerate() {
        for parent in revision.header().parents.iter().filter_map(place) {
            if let Some(children) = children.get_mut(parent) {
                children.push(child);
            }
        }
    }
    let mut ready: Vec<usize> =
        missing.iter().enumerate().filter(|(_, left)| **left == 0).map(|(at, _)| at).collect();
    let mut whole = vec![false; all.len()];
    while let Some(at) = ready.pop() {
        if let Some(whole) = whole.get_mut(at) {
            *whole = true;
        }
        for child in children.get(at).into_iter().flatten() {
            if let Some(left) = missing.get_mut(*child) {
                *left -= 1;
                if *left == 0 {
                    ready.push(*child);
                }
            }
        }
    }
    whole
}
