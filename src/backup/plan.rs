//! Which things go into which part of a backup.
//!
//! Planned before a word is written, so that each part can say which of how many it is. A part is whole in itself: what
//! the phone is to a log stands in every part that has something of the log, an entry's revisions come together with
//! their bodies and links, and a photo with what names it. Where an entry's photos do not all fit beside it, the next
//! part has the entry once more.

use super::kept::Kept;
use super::write::{body_of, heard_line, held_line, note_line, revision_line, room_for, text_line};
use crate::caps;
use crate::drawer::Note;
use crate::drawer::lock::{Lock, Sealed};
use crate::ids::{DeviceId, EntryId, PhotoHash, RevisionId};
use crate::log::chain::Link;
use crate::log::view::photos_in;
use crate::log::{LogSet, Millis};
use crate::sorted::{SortedMap, SortedSet};
use crate::swap::heard::Heard;
use serde_json::json;

/// Room for a line's type and its end.
const LINE_ROOM: usize = 40;
/// Room for a link that stands alone on its line.
const LINK_ROOM: usize = 320;
/// Room for a part's first line and its last.
const ENDS_ROOM: usize = 2_048;

/// One log with everything that belongs to it.
pub struct Source<'a> {
    kept: &'a Kept,
    trust: Option<&'a str>,
    pub(super) heard: &'a Heard,
    pub(super) log: &'a LogSet,
    pub(super) notes: &'a [Note],
    locks: &'a [Lock],
    pub(super) sealed: &'a [Sealed],
    sizes: &'a [(PhotoHash, usize)],
    links: SortedMap<RevisionId, Vec<Link>>,
}

impl<'a> Source<'a> {
    /// A log; `sizes` are those of the photos that are on this phone, ascending.
    pub fn new(
        kept: &'a Kept,
        trust: Option<&'a str>,
        heard: &'a Heard,
        log: &'a LogSet,
        notes: &'a [Note],
        sizes: &'a [(PhotoHash, usize)],
    ) -> Self {
        let mut links = SortedMap::<RevisionId, Vec<Link>>::new();
        for link in log.chains().iter() {
            links.change(link.revision, |links| links.push(*link));
        }
        Self { kept, trust, heard, log, notes, locks: &[], sealed: &[], sizes, links }
    }

    /// The same with what of its drawer is locked: it goes as it lies here.
    #[must_use]
    pub const fn with_locked(mut self, locks: &'a [Lock], sealed: &'a [Sealed]) -> Self {
        (self.locks, self.sealed) = (locks, sealed);
        self
    }

    /// What every part says that has something of this log: types and lines.
    pub(super) fn head(&self) -> Vec<(&'static str, String)> {
        // Plain fields are always written.
        let mut lines = vec![("home", serde_json::to_string(self.kept).unwrap_or_default())];
        lines.extend(self.trust.map(|text| ("trust", json!({ "text": text }).to_string())));
        lines.extend(self.locks.iter().map(|lock| ("lock", text_line(&lock.to_text()))));
        let held: Vec<EntryId> = self.kept.held_back.iter().copied().collect();
        lines.extend(held.chunks(caps::HELD_RUN).map(|run| ("held-back", held_line(run))));
        lines
    }

    /// Its entries, those first that were seen first: what was sent together stands together, and its links are few lines.
    fn entries(&self) -> Vec<EntryId> {
        let first = |entry: EntryId| {
            let seen = self.log.revisions_of(&entry).map(|held| (held.seen, held.revision.id()));
            seen.min()
        };
        let mut order: Vec<(Millis, RevisionId)> = self.log.entries().filter_map(first).collect();
        order.sort_unstable();
        let entry_of = |(_, id): &(Millis, RevisionId)| Some(self.log.revision(id)?.revision.header().entry);
        order.iter().filter_map(entry_of).collect()
    }

    /// An entry in pieces of some size: one, unless it is a very long story.
    fn pieces(&self, entry: &EntryId, room: usize) -> Vec<Piece> {
        let heads = if self.log.is_erased(entry) { Vec::new() } else { self.log.heads(entry).ids };
        let mut pieces = vec![Piece::default()];
        for held in self.log.revisions_of(entry) {
            let id = held.revision.id();
            let body = body_of(self.log, held);
            let size = LINE_ROOM
                + revision_line(held).len()
                + body.map_or(0, |text| LINE_ROOM + text_line(text).len())
                + LINK_ROOM * self.links.get(&id).map_or(0, Vec::len);
            if pieces.last().is_some_and(|piece| piece.size > 0 && piece.size + size > room) {
                pieces.push(Piece::default());
            }
            let Some(piece) = pieces.last_mut() else { break };
            piece.size += size;
            piece.revisions.push(id);
            if heads.contains(&id) {
                piece.photos.extend(body.into_iter().flat_map(photos_in));
            }
        }
        pieces
    }
}

/// Something that stays together.
#[derive(Clone, Default)]
struct Piece {
    size: usize,
    revisions: Vec<RevisionId>,
    notes: Vec<EntryId>,
    photos: Vec<PhotoHash>,
}

/// What of a log goes into a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Whether the part has anything of the log.
    pub is_there: bool,
    /// Revisions, with their bodies and links; of those that have not arrived only the links.
    pub revisions: Vec<RevisionId>,
    /// Notes.
    pub notes: SortedSet<EntryId>,
    /// Photos.
    pub photos: SortedSet<PhotoHash>,
    /// What these phones have said that they hold.
    pub heard: Vec<DeviceId>,
    /// Lines of a newer version.
    pub lines: Vec<Box<str>>,
}

/// Which things go into which part: for each part, for each log, its share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The parts.
    pub parts: Vec<Vec<Share>>,
}

/// It would be more than a backup can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than a backup can be")]
pub struct TooMuch;

impl Plan {
    /// Plans parts of at most so many bytes: [`caps::BACKUP_BYTES`], but in tests.
    ///
    /// # Errors
    /// [`TooMuch`].
    pub fn new(sources: &[Source<'_>], room: usize) -> Result<Self, TooMuch> {
        let size_of = |head: Vec<(&str, String)>| head.iter().map(|(_, line)| LINE_ROOM + line.len()).sum();
        let heads: Vec<usize> = sources.iter().map(|source| size_of(source.head())).collect();
        // An entry and its largest photo must fit beside the heads.
        let sizes = sources.iter().flat_map(|source| source.sizes.iter().map(|(_, size)| size));
        let largest = room / 4 + sizes.map(|size| room_for(*size)).max().unwrap_or_default();
        if ENDS_ROOM + heads.iter().sum::<usize>() + largest > room || sources.len() > caps::LOGS {
            return Err(TooMuch);
        }
        let mut filling = Filling { room, heads, parts: Vec::new(), used: 0 };
        filling.begin();
        // The first part has all logs, those too in which there is nothing yet.
        (0..sources.len()).for_each(|at| filling.enter(at));
        for (at, source) in sources.iter().enumerate() {
            filling.fill(at, source);
        }
        if filling.parts.len() > caps::BACKUP_PARTS {
            Err(TooMuch)
        } else {
            Ok(Self { parts: filling.parts })
        }
    }
}

/// Parts while they are filled.
struct Filling {
    room: usize,
    heads: Vec<usize>,
    parts: Vec<Vec<Share>>,
    used: usize,
}

impl Filling {
    fn begin(&mut self) {
        self.parts.push(vec![Share::default(); self.heads.len()]);
        self.used = ENDS_ROOM;
    }

    fn share(&mut self, log: usize) -> Option<&mut Share> {
        self.parts.last_mut().and_then(|shares| shares.get_mut(log))
    }

    /// From now on the part has something of this log.
    fn enter(&mut self, log: usize) {
        let head = self.heads.get(log).copied().unwrap_or_default();
        if let Some(share) = self.share(log).filter(|share| !share.is_there) {
            share.is_there = true;
            self.used += head;
        }
    }

    /// Makes room for something of this log; true where that took a new part.
    fn make_room(&mut self, log: usize, size: usize) -> bool {
        let head = self.heads.get(log).copied().unwrap_or_default();
        let is_there = self.share(log).is_some_and(|share| share.is_there);
        let is_full = self.used + size + if is_there { 0 } else { head } > self.room;
        if is_full {
            self.begin();
        }
        self.enter(log);
        self.used += size;
        is_full
    }

    fn put(&mut self, log: usize, size: usize, put: impl FnOnce(&mut Share)) {
        self.make_room(log, size);
        if let Some(share) = self.share(log) {
            put(share);
        }
    }

    fn fill(&mut self, log: usize, source: &Source<'_>) {
        for (device, seen) in source.heard.iter().take(caps::DEVICES) {
            self.put(log, LINE_ROOM + heard_line(device, seen).len(), |share| share.heard.push(*device));
        }
        for line in source.log.unknown_lines() {
            self.put(log, LINE_ROOM + text_line(line).len(), |share| share.lines.push(line.into()));
        }
        for (id, links) in source.links.iter().filter(|(id, _)| source.log.revision(id).is_none()) {
            self.put(log, LINK_ROOM * links.len(), |share| share.revisions.push(*id));
        }
        let mut placed = SortedSet::new();
        let quarter = self.room / 4;
        for entry in source.entries() {
            for piece in source.pieces(&entry, quarter) {
                self.put_piece(log, piece, source.sizes, &mut placed);
            }
        }
        for note in source.notes {
            let photos = note.telling.photos.iter().map(|photo| photo.hash).collect();
            let size = LINE_ROOM + note_line(note).len();
            let piece = Piece { size, notes: vec![note.id], photos, ..Piece::default() };
            self.put_piece(log, piece, source.sizes, &mut placed);
        }
        self.fill_locked(log, source, &mut placed);
    }

    fn fill_locked(&mut self, log: usize, source: &Source<'_>, placed: &mut SortedSet<PhotoHash>) {
        for note in source.sealed {
            let size = LINE_ROOM + text_line(&note.to_text()).len();
            let piece = Piece { size, notes: vec![note.id], photos: note.photos.clone(), ..Piece::default() };
            self.put_piece(log, piece, source.sizes, placed);
        }
    }

    fn put_piece(
        &mut self,
        log: usize,
        piece: Piece,
        sizes: &[(PhotoHash, usize)],
        placed: &mut SortedSet<PhotoHash>,
    ) {
        let put = |share: &mut Share| {
            share.revisions.extend(&piece.revisions);
            share.notes.extend(piece.notes.iter().copied());
        };
        self.put(log, piece.size, put);
        for photo in &piece.photos {
            let here = sizes.binary_search_by_key(photo, |(hash, _)| *hash).ok();
            let size = here.and_then(|at| sizes.get(at)).filter(|_| placed.insert(*photo));
            let Some((_, size)) = size else { continue };
            if self.make_room(log, room_for(*size)) {
                // The photo comes with what names it, or nobody would know that it is wanted.
                self.put(log, piece.size, put);
            }
            if let Some(share) = self.share(log) {
                share.photos.insert(*photo);
            }
        }
    }
}
