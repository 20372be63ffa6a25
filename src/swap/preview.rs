//! What a file would bring, told before anything changes, and the one delta that brings it.

use super::file::SwapFile;
use crate::ids::{EntryId, PhotoHash};
use crate::log::acts::sweep;
use crate::log::kinds::Content;
use crate::log::set::{Delta, Held};
use crate::log::view::{EntryView, is_told, newest_first, photos_of, readable};
use crate::log::{LogSet, Member, Millis};
use crate::sorted::SortedSet;

/// What a file would change, entry by entry, newest first. Marks and names come along without being listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Entries this phone has not seen.
    pub new: Vec<EntryView>,
    /// Entries that would read differently.
    pub changed: Vec<EntryView>,
    /// Entries that would be erased here, as they read now.
    pub erased: Vec<EntryView>,
    /// Entries of which two versions would stand side by side.
    pub in_conflict: Vec<EntryView>,
    /// Entries and lines written with a newer version: kept, not shown.
    pub from_newer: usize,
}

impl Preview {
    /// Both previews as one: of two parts of one file.
    pub fn and(&mut self, other: Self) {
        self.from_newer += other.from_newer;
        let lists = [
            (&mut self.new, other.new),
            (&mut self.changed, other.changed),
            (&mut self.erased, other.erased),
            (&mut self.in_conflict, other.in_conflict),
        ];
        for (list, others) in lists {
            list.extend(others);
            newest_first(list);
        }
    }

    /// The same where it is not known which of the two looks: what is sealed is shut.
    pub fn shut(self) -> Self {
        let shut = |list: Vec<EntryView>| list.into_iter().map(EntryView::shut).collect();
        Self {
            new: shut(self.new),
            changed: shut(self.changed),
            erased: shut(self.erased),
            in_conflict: shut(self.in_conflict),
            from_newer: self.from_newer,
        }
    }

    /// Whether a person would see any difference.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What to store if the person says yes, and what that would look like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The whole change, for one transaction.
    pub delta: Delta,
    /// Photos of the file that are to be kept: those a standing version names.
    pub photos: Vec<PhotoHash>,
    /// Photos that a standing version names and of which the file brings only a small picture.
    pub thumbs: Vec<PhotoHash>,
    /// What the person is shown.
    pub preview: Preview,
}

/// Compares a file with a log. The log may change before the person answers: plan again then.
pub fn plan(
    log: &LogSet,
    file: &SwapFile,
    viewer: Member,
    now: Millis,
    still_undoable: &SortedSet<EntryId>,
) -> Plan {
    let mut delta = additions(log, file, now);
    let mut after = log.clone();
    after.apply(delta.clone());
    let forget = sweep(&after, still_undoable);
    let mut gone = SortedSet::new();
    gone.extend(forget.forget_bodies.iter().copied());
    delta.bodies.retain(|(hash, _)| !gone.contains(hash));
    delta.forget_bodies = forget.forget_bodies.into_iter().filter(|hash| log.body(hash).is_some()).collect();
    after.apply(Delta { forget_bodies: gone.into_iter().collect(), ..Delta::default() });

    let mut touched = SortedSet::new();
    touched.extend(delta.revisions.iter().map(|held| held.revision.header().entry));
    // A body that was wanted may arrive for a revision that is already held.
    touched.extend(
        file.revisions.iter().map(|r| r.header()).filter(|h| log.body(&h.body).is_none()).map(|h| h.entry),
    );
    let mut preview = Preview { from_newer: delta.unknown_lines.len(), ..Preview::default() };
    for entry in touched.iter() {
        sort_into(&mut preview, told(log, entry, viewer, now), told(&after, entry, viewer, now));
    }
    for list in [&mut preview.new, &mut preview.changed, &mut preview.erased, &mut preview.in_conflict] {
        newest_first(list);
    }
    let (mut photos, mut thumbs) = (Vec::new(), Vec::new());
    if !(file.photos.is_empty() && file.thumbs.is_empty()) {
        let named = file.entries().into_iter().flat_map(|entry| photos_of(&after, &entry));
        (photos, thumbs) = named.partition(|hash| file.photos.contains_key(hash));
        thumbs.retain(|hash| file.thumbs.contains_key(hash));
    }
    Plan { delta, photos, thumbs, preview }
}

fn told(log: &LogSet, entry: &EntryId, viewer: Member, now: Millis) -> Option<EntryView> {
    readable(log, entry, viewer, now)
        .filter(|view| view.versions.iter().any(|version| is_told(version.content.as_ref())))
}

fn sort_into(preview: &mut Preview, before: Option<EntryView>, after: Option<EntryView>) {
    let newer = |view: &EntryView| {
        view.versions.iter().any(|version| matches!(version.content, Some(Content::Unknown(_))))
    };
    match (before, after) {
        (Some(before), None) => preview.erased.push(before),
        (before, Some(after)) if before.as_ref().is_none_or(|before| before.versions != after.versions) => {
            preview.from_newer += usize::from(newer(&after));
            if after.versions.len() > 1 {
                preview.in_conflict.push(after);
            } else if before.is_some() {
                preview.changed.push(after);
            } else {
                preview.new.push(after);
            }
        }
        _ => {}
    }
}

/// What the file has and the log has not. Bodies come only with a revision that names them.
fn additions(log: &LogSet, file: &SwapFile, now: Millis) -> Delta {
    let revisions = file
        .revisions
        .iter()
        .filter(|revision| log.revision(&revision.id()).is_none())
        .map(|revision| Held { revision: revision.clone(), seen: now })
        .collect();
    let bodies = file
        .bodies
        .iter()
        .filter(|(hash, _)| log.body(hash).is_none())
        .map(|(hash, text)| (*hash, text.clone()))
        .collect();
    let links = file.links.iter().filter(|link| !log.chains().contains(link)).copied().collect();
    let unknown_lines =
        file.unknown_lines.iter().filter(|line| !log.has_unknown_line(line)).cloned().collect();
    Delta { revisions, bodies, links, unknown_lines, ..Delta::default() }
}
