//! Taking an import back.
//!
//! What an import brought is noted when it is stored, and can be taken out again until this phone makes a file of its
//! own or writes something that follows what came. Only what that import brought goes, never an own word. What it
//! erased stays erased: those words are gone, and a log that has seen a tombstone never forgets it.

use crate::ids::{BodyHash, DeviceId, EntryId, RevisionId};
use crate::json::{BadRecord, Record, all_parsed, records, texts};
use crate::log::chain::Link;
use crate::log::{Delta, LogSet};
use crate::sorted::SortedSet;
use crate::swap::Origins;
use serde::Serialize;

/// What one import brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// The origins of the log before it.
    pub origins: Origins,
    /// The revisions, with their entries.
    pub revisions: Vec<(EntryId, RevisionId)>,
    /// The bodies.
    pub bodies: Vec<BodyHash>,
    /// The links.
    pub links: Vec<Link>,
    /// The lines of a newer version.
    pub lines: Vec<Box<str>>,
}

#[derive(Serialize)]
struct LinkRecord {
    device: DeviceId,
    seq: u64,
    previous: Option<crate::ids::LinkHash>,
    revision: RevisionId,
}

#[derive(Serialize)]
struct BroughtRecord<'a> {
    origins: &'a Origins,
    entries: Vec<EntryId>,
    revisions: Vec<RevisionId>,
    bodies: &'a [BodyHash],
    links: Vec<LinkRecord>,
    lines: Vec<&'a str>,
}

impl Brought {
    /// Nothing yet, to a log of these origins.
    pub const fn nothing(origins: Origins) -> Self {
        Self { origins, revisions: Vec::new(), bodies: Vec::new(), links: Vec::new(), lines: Vec::new() }
    }

    /// Adds what a change brings.
    pub fn note(&mut self, delta: &Delta) {
        let named = delta.revisions.iter().map(|held| (held.revision.header().entry, held.revision.id()));
        self.revisions.extend(named);
        self.bodies.extend(delta.bodies.iter().map(|(hash, _)| *hash));
        self.links.extend(&delta.links);
        self.lines.extend(delta.unknown_lines.iter().cloned());
    }

    /// The entries it touched.
    pub fn entries(&self) -> Vec<EntryId> {
        let entries: SortedSet<EntryId> = self.revisions.iter().map(|(entry, _)| *entry).collect();
        entries.into_iter().collect()
    }

    /// The text that is kept on this phone until it can no longer be undone.
    pub fn to_text(&self) -> String {
        let record = BroughtRecord {
            origins: &self.origins,
            entries: self.revisions.iter().map(|(entry, _)| *entry).collect(),
            revisions: self.revisions.iter().map(|(_, revision)| *revision).collect(),
            bodies: &self.bodies,
            links: self
                .links
                .iter()
                .map(|&Link { device, seq, previous, revision }| LinkRecord {
                    device,
                    seq,
                    previous,
                    revision,
                })
                .collect(),
            lines: self.lines.iter().map(|line| &**line).collect(),
        };
        // Structs of plain fields are always written.
        serde_json::to_string(&record).unwrap_or_default()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        let mut parts = Record::parse(text)?;
        let entries: Vec<EntryId> = all_parsed(parts.list("entries")?, "entries")?;
        let revisions: Vec<RevisionId> = all_parsed(parts.list("revisions")?, "revisions")?;
        let lines = texts(parts.list("lines")?, "lines")?;
        Ok(Self {
            origins: Origins::read(&mut parts)?,
            revisions: entries.into_iter().zip(revisions).collect(),
            bodies: all_parsed(parts.list("bodies")?, "bodies")?,
            links: records(parts.list("links")?, "links", |mut link| {
                Ok(Link {
                    device: link.parsed("device")?,
                    seq: link.number("seq")?,
                    previous: link.parsed_if_any("previous")?,
                    revision: link.parsed("revision")?,
                })
            })?,
            lines: lines.into_iter().map(String::into_boxed_str).collect(),
        })
    }

    /// What takes these entries back to where they stood before; none where something this phone wrote follows what
    /// came. `slice` holds the threads of the entries, or the whole log.
    pub fn undo(&self, slice: &LogSet, device: DeviceId) -> Option<Delta> {
        let is_own =
            |id: &RevisionId| slice.revision(id).is_none_or(|held| held.revision.header().device == device);
        let mut going = SortedSet::new();
        going.extend(
            self.revisions
                .iter()
                .filter(|(entry, id)| !is_own(id) && !slice.is_erased(entry))
                .map(|(_, id)| *id),
        );
        let headers = || slice.revisions().map(|held| (held.revision.id(), held.revision.header()));
        let follows = headers().any(|(id, header)| {
            !going.contains(&id) && header.parents.iter().any(|parent| going.contains(parent))
        });
        if follows {
            return None;
        }
        // A body goes even where it came for a revision that was there before; not where what came stays.
        let mut came = SortedSet::new();
        came.extend(self.revisions.iter().map(|(_, id)| *id));
        let mut named = SortedSet::new();
        let staying = headers().filter(|(id, _)| came.contains(id) && !going.contains(id));
        named.extend(staying.map(|(_, header)| header.body));
        let forget_bodies =
            self.bodies.iter().filter(|hash| slice.body(hash).is_some() && !named.contains(hash));
        Some(Delta {
            forget_bodies: forget_bodies.copied().collect(),
            forget_links: self.links.iter().filter(|link| going.contains(&link.revision)).copied().collect(),
            forget_revisions: going.into_iter().collect(),
            forget_lines: self.lines.clone(),
            ..Delta::default()
        })
    }
}
