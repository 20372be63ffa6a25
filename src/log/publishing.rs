//! What leaves the phone with the next swap, and what stays.

use super::Millis;
use super::body::Body;
use super::set::{Delta, Held, LogSet};
use crate::ids::{DeviceId, EntryId, RevisionId};
use crate::sorted::SortedSet;

/// Publishes what this installation has written and not yet sent, but for what is held back: links for its
/// revisions, parents first, then by when they were seen here. What the installations it took the place of had not
/// sent goes with its own chain: theirs may still be going on elsewhere.
pub fn publish(
    log: &LogSet,
    device: DeviceId,
    predecessors: &[DeviceId],
    held_back: &SortedSet<EntryId>,
) -> Delta {
    let staying = staying(log, held_back);
    let ours = |held: &Held| {
        let by = held.revision.header().device;
        (by == device || predecessors.contains(&by)) && !log.chains().is_published(&held.revision.id())
    };
    let mut waiting: Vec<(Millis, RevisionId)> = log
        .revisions()
        .filter(|held| ours(held))
        .filter(|held| !staying.contains(&held.revision.header().entry))
        .map(|held| (held.seen, held.revision.id()))
        .collect();
    waiting.sort_unstable();
    let mut order = Vec::with_capacity(waiting.len());
    let mut placed = SortedSet::new();
    for (_, id) in waiting {
        place(log, &ours, id, &mut placed, &mut order);
    }
    Delta { links: log.chains().extend(device, order), ..Delta::default() }
}

/// The entries that stay on this phone: those held back, and the replies to them. What has left it once cannot be
/// held back any more.
pub fn staying(log: &LogSet, held_back: &SortedSet<EntryId>) -> SortedSet<EntryId> {
    let mut staying = SortedSet::new();
    staying.extend(held_back.iter().copied().filter(|entry| !has_left(log, entry)));
    // A reply may be replied to: looked at until nothing is added.
    let mut before = 0;
    while staying.len() > before {
        before = staying.len();
        for entry in log.entries().filter(|entry| !staying.contains(entry)).collect::<Vec<_>>() {
            if replies_to(log, &entry).any(|replied| staying.contains(&replied)) && !has_left(log, &entry) {
                staying.insert(entry);
            }
        }
    }
    staying
}

/// Whether anything of an entry has left the phone that wrote it.
fn has_left(log: &LogSet, entry: &EntryId) -> bool {
    log.revisions_of(entry).any(|held| log.chains().is_published(&held.revision.id()))
}

fn replies_to(log: &LogSet, entry: &EntryId) -> impl Iterator<Item = EntryId> {
    log.revisions_of(entry)
        .filter_map(|held| Body::parse(log.body_of(&held.revision.id())?).ok()?.content().telling()?.reply_to)
}

/// Puts a revision behind its own unpublished ancestors. A stack, not recursion: a long thread of edits made
/// while the clock stood wrong must not overflow anything.
fn place(
    log: &LogSet,
    ours: &impl Fn(&Held) -> bool,
    id: RevisionId,
    placed: &mut SortedSet<RevisionId>,
    order: &mut Vec<RevisionId>,
) {
    let mut stack = vec![(id, false)];
    while let Some((id, parents_done)) = stack.pop() {
        let Some(held) = log.revision(&id) else { continue };
        if !ours(held) || placed.contains(&id) {
            continue;
        }
        if parents_done {
            placed.insert(id);
            order.push(id);
        } else {
            stack.push((id, true));
            stack.extend(held.revision.header().parents.iter().map(|parent| (*parent, false)));
        }
    }
}
