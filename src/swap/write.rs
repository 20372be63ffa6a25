//! Writing a swap file: everything a log has published, and the photos that fit.

use super::Origins;
use super::blobs;
use super::file::{
    BodyLine, FORMAT, FileHeader, LinkLine, Refusal, RevisionLine, SealLine, Seen, Sender, VERSION, hex,
};
use crate::caps;
use crate::ids::{BodyHash, LinkHash, PhotoHash};
use crate::log::view::photos_in;
use crate::log::{LogSet, Millis};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

const ABOUT: &str = "Part of a log that two people keep with Bothways. To read it, open Bothways, then Swap.";
/// Room kept for the last line.
const SEAL_ROOM: usize = 1_024;

/// Writes what a log has published and the other phone lacks, and as many of these photos as fit, the first ones
/// first. Bodies of erased entries are not in it, nor is anything unpublished: prepare with [`crate::log::acts::publish`], and store that, before writing.
///
/// # Errors
/// [`Refusal::TooLarge`] where a reader would refuse the result for its size.
pub fn write(
    log: &LogSet,
    from: Sender,
    origins: Origins,
    app: &str,
    made: Millis,
    photos: &[(PhotoHash, Arc<[u8]>)],
    other: &Seen,
) -> Result<String, Refusal> {
    let header = FileHeader {
        format: FORMAT.into(),
        version: VERSION,
        about: ABOUT.into(),
        app: app.into(),
        made,
        from,
        origins,
        have: log.chains().have(),
        wants: wants(log),
    };
    let mut lines = Writer::default();
    lines.push("header", &header);
    let there = log.chains().held_by(&other.have);
    let mut written = BTreeSet::new();
    let mut run: Option<(LinkLine, LinkHash)> = None;
    for link in log.chains().iter() {
        let held = log.revision(&link.revision);
        let wanted = held.is_some_and(|held| other.wants.contains(&held.revision.header().body));
        if there.contains(&link.hash()) && !wanted {
            continue;
        }
        // Two links may name one revision: that of the phone that wrote it, and that of one that took its place.
        if let Some(held) = held.filter(|_| written.insert(link.revision)) {
            let part = held.revision.header();
            lines.push("revision", &RevisionLine { header: held.revision.text().into() });
            let forgotten = !part.erases && log.is_erased(&part.entry);
            let fits = |text: &&str| !forgotten && text.len() == part.size as usize;
            if let Some(text) = log.body(&part.body).filter(fits) {
                lines.push("body", &BodyLine { text: text.into() });
            }
        }
        match &mut run {
            Some((line, last))
                if link.previous == Some(*last)
                    && line.device == link.device
                    && line.revisions.len() < caps::LINK_RUN =>
            {
                line.revisions.push(link.revision);
                *last = link.hash();
            }
            _ => {
                if let Some((line, _)) = run.take() {
                    lines.push("link", &line);
                }
                let line = LinkLine {
                    device: link.device,
                    seq: link.seq,
                    previous: link.previous,
                    revisions: vec![link.revision],
                };
                run = Some((line, link.hash()));
            }
        }
    }
    if let Some((line, _)) = run {
        lines.push("link", &line);
    }
    log.unknown_lines().for_each(|line| lines.push_raw(line));
    let named = published_photos(log);
    for (hash, photo) in photos.iter().filter(|(hash, _)| named.contains(hash)) {
        if lines.text.len() + blobs::room_for(photo) + SEAL_ROOM < caps::FILE_BYTES {
            blobs::lines_of(*hash, photo).for_each(|line| lines.push("blob-chunk", &line));
        }
    }
    lines.seal()
}

/// The photos of standing versions that a link publishes: a photo leaves with its words, never before them.
fn published_photos(log: &LogSet) -> BTreeSet<PhotoHash> {
    let mut named = BTreeSet::new();
    for entry in log.entries().filter(|entry| !log.is_erased(entry)) {
        let published = log.heads(&entry).ids.into_iter().filter(|id| log.chains().is_published(id));
        named.extend(published.filter_map(|id| log.body_of(&id)).flat_map(photos_in));
    }
    named
}

/// Bodies that some revision names, that are not held, and that nobody erased.
fn wants(log: &LogSet) -> Vec<BodyHash> {
    log.revisions()
        .map(|held| held.revision.header())
        .filter(|part| log.body(&part.body).is_none() && !log.is_erased(&part.entry))
        .map(|part| part.body)
        .take(caps::WANTS)
        .collect()
}

#[derive(Default)]
struct Writer {
    text: String,
    lines: usize,
    hash: Sha256,
}

impl Writer {
    fn push<T: Serialize>(&mut self, sort: &'static str, line: &T) {
        // Structs of plain fields are always written as a JSON object; its type goes to its head.
        if let Ok(text) = serde_json::to_string(line) {
            let fields = text.strip_prefix('{').unwrap_or_default();
            self.push_raw(&format!("{{\"type\":\"{sort}\",{fields}"));
        }
    }

    fn push_raw(&mut self, line: &str) {
        self.lines += 1;
        for part in [line, "\n"] {
            self.hash.update(part.as_bytes());
            self.text.push_str(part);
        }
    }

    fn seal(mut self) -> Result<String, Refusal> {
        let seal = SealLine { lines: self.lines, digest: hex(self.hash.clone()) };
        self.push("seal", &seal);
        let fits = self.text.len() <= caps::FILE_BYTES && self.lines <= caps::FILE_LINES;
        if fits { Ok(self.text) } else { Err(Refusal::TooLarge) }
    }
}
