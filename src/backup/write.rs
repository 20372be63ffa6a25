//! Writing one part of a backup: the lines that a plan has given it.

use super::part::{FORMAT, Header, VERSION};
use super::plan::{Plan, Source};
use crate::caps;
use crate::drawer::Note;
use crate::ids::{BackupId, DeviceId, EntryId, LinkHash, RevisionId};
use crate::log::chain::Link;
use crate::log::set::Held;
use crate::log::{LogSet, Millis};
use crate::sorted::SortedSet;
use crate::swap::blobs::{self, Photos};
use crate::swap::heard::Seen;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

const ABOUT: &str =
    "A backup of a phone with Bothways. To get it back, open Bothways, then Swap, then Backup.";

#[derive(Serialize)]
struct RevisionLine<'a> {
    seen: Millis,
    header: &'a str,
}

#[derive(Serialize)]
struct LinkLine {
    device: DeviceId,
    seq: u64,
    previous: Option<LinkHash>,
    revisions: Vec<RevisionId>,
}

/// What all parts of a backup have in common.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The backup.
    pub backup: BackupId,
    /// When it is made.
    pub made: Millis,
    /// The program's version.
    pub app: String,
}

/// Writes a part, counted from 0. `photos` has the bytes of those that the plan has put into it; one that has gone since
/// is left out.
pub fn write(cover: &Cover, plan: &Plan, part: usize, sources: &[Source<'_>], photos: &[Photos]) -> String {
    let mut lines = Lines::default();
    lines.push("header", &header(cover, part + 1, plan.parts.len()));
    let none = Photos::new();
    for (at, source) in sources.iter().enumerate() {
        let Some(share) = plan.parts.get(part).and_then(|shares| shares.get(at)) else { continue };
        if !share.is_there {
            continue;
        }
        for (sort, line) in source.head() {
            lines.push_json(sort, &line);
        }
        for device in &share.heard {
            if let Some(seen) = source.heard.get(device) {
                lines.push_json("heard", &heard_line(device, seen));
            }
        }
        share.lines.iter().for_each(|line| lines.push_json("line", &text_line(line)));
        let (mut going, mut bodies) = (SortedSet::new(), SortedSet::new());
        for id in share.revisions.iter().filter(|id| going.insert(**id)) {
            let Some(held) = source.log.revision(id) else { continue };
            lines.push_json("revision", &revision_line(held));
            let body = body_of(source.log, held);
            if let Some(body) = body.filter(|_| bodies.insert(held.revision.header().body)) {
                lines.push_json("body", &text_line(body));
            }
        }
        // In the order of their chains.
        for run in runs(source.log.chains().iter().filter(|link| going.contains(&link.revision))) {
            lines.push("link", &run);
        }
        for note in source.notes.iter().filter(|note| share.notes.contains(&note.id)) {
            lines.push_json("note", &note_line(note));
        }
        for note in source.sealed.iter().filter(|note| share.notes.contains(&note.id)) {
            lines.push_json("sealed-note", &text_line(&note.to_text()));
        }
        for (hash, bytes) in
            photos.get(at).unwrap_or(&none).iter().filter(|(hash, _)| share.photos.contains(hash))
        {
            blobs::lines_of(*hash, bytes).for_each(|line| lines.push("blob-chunk", &line));
        }
    }
    lines.seal()
}

pub(super) fn header(cover: &Cover, part: usize, parts: usize) -> Header {
    Header {
        format: FORMAT.into(),
        version: VERSION,
        about: ABOUT.into(),
        app: cover.app.clone(),
        made: cover.made,
        backup: cover.backup,
        part,
        parts,
    }
}

/// A body's text, unless it belongs to what was erased.
pub(super) fn body_of<'a>(log: &'a LogSet, held: &Held) -> Option<&'a str> {
    let part = held.revision.header();
    let forgotten = !part.erases && log.is_erased(&part.entry);
    log.body(&part.body).filter(|text| !forgotten && text.len() == part.size as usize)
}

pub(super) fn revision_line(held: &Held) -> String {
    // Structs of plain fields, and plain values, are always written.
    let line = RevisionLine { seen: held.seen, header: held.revision.text() };
    serde_json::to_string(&line).unwrap_or_default()
}

pub(super) fn text_line(text: &str) -> String {
    json!({ "text": text }).to_string()
}

pub(super) fn note_line(note: &Note) -> String {
    text_line(&note.to_text())
}

pub(super) fn heard_line(device: &DeviceId, seen: &Seen) -> String {
    json!({ "device": device, "text": seen.to_text() }).to_string()
}

pub(super) fn held_line(entries: &[EntryId]) -> String {
    json!({ "entries": entries }).to_string()
}

/// About how much room a photo takes.
pub(super) const fn room_for(size: usize) -> usize {
    size.div_ceil(3) * 4 + (size / blobs::CHUNK + 1) * 256
}

/// Links in the order of their chains, as runs.
fn runs<'a>(links: impl Iterator<Item = &'a Link>) -> Vec<LinkLine> {
    let mut runs: Vec<(LinkLine, LinkHash)> = Vec::new();
    for link in links {
        match runs.last_mut() {
            Some((line, last))
                if link.previous == Some(*last)
                    && line.device == link.device
                    && line.revisions.len() < caps::LINK_RUN =>
            {
                line.revisions.push(link.revision);
                *last = link.hash();
            }
            _ => {
                let Link { device, seq, previous, revision } = *link;
                runs.push((LinkLine { device, seq, previous, revisions: vec![revision] }, link.hash()));
            }
        }
    }
    runs.into_iter().map(|(line, _)| line).collect()
}

#[derive(Default)]
struct Lines {
    text: String,
    count: usize,
    hash: Sha256,
}

impl Lines {
    fn push<T: Serialize>(&mut self, sort: &str, line: &T) {
        if let Ok(text) = serde_json::to_string(line) {
            self.push_json(sort, &text);
        }
    }

    /// A line that is written as a JSON object already; its type goes to its head.
    fn push_json(&mut self, sort: &str, line: &str) {
        let fields = line.strip_prefix('{').unwrap_or_default();
        let line = format!("{{\"type\":\"{sort}\",{fields}\n");
        self.count += 1;
        self.hash.update(line.as_bytes());
        self.text.push_str(&line);
    }

    fn seal(mut self) -> String {
        let digest = crate::swap::file::hex(self.hash.clone());
        self.push_json("seal", &json!({ "lines": self.count, "digest": digest }).to_string());
        self.text
    }
}
