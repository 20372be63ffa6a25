//! Writing a swap file: what a log has published and the other phones lack, and the photos that fit.

use super::Origins;
use super::blobs::{self, ThumbLine};
use super::file::{
    BodyLine, FORMAT, FileHeader, LinkLine, Refusal, RevisionLine, SealLine, Sender, VERSION, hex,
};
use super::heard::Seen;
use super::keys::Keys;
use super::proof::message;
use super::trust::Trust;
use crate::caps;
use crate::ids::{BodyHash, EntryId, LinkHash, PhotoHash, PublicKey, RevisionId, Signature};
use crate::log::chain::Link;
use crate::log::view::photos_in;
use crate::log::{LogSet, Millis};
use crate::sorted::SortedSet;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;

const ABOUT: &str = "Part of a log that two people keep with Bothways. To read it, open Bothways, then Swap.";
/// Room kept for the last line.
const SEAL_ROOM: usize = 1_024;

/// What a file says of itself and of who wrote it.
#[derive(Clone, Debug)]
pub struct Cover {
    /// Who writes it.
    pub from: Sender,
    /// The origins of the log.
    pub origins: Origins,
    /// The program's version.
    pub app: String,
    /// When it is made.
    pub made: Millis,
    /// Photos the log names and the phone lacks: asked for with the file.
    pub photos_wanted: Vec<PhotoHash>,
    /// Small pictures of photos that do not go with it themselves, the first ones first.
    pub thumbs: Vec<(PhotoHash, Arc<[u8]>)>,
}

/// With what a file is signed.
#[derive(Clone, Copy)]
pub struct Signing<'a> {
    /// The keys of the phone that writes it.
    pub keys: &'a Keys,
    /// What is known of phones: goes with the file.
    pub trust: &'a Trust,
    /// The phones it will be sealed for.
    pub to: &'a [PublicKey],
}

/// What a file has to bring.
#[derive(Clone, Debug, Default)]
pub struct Due {
    links: Vec<Link>,
    /// The entries it is about.
    pub entries: SortedSet<EntryId>,
    /// The photos that go with it, as far as they are here and fit.
    pub photos: SortedSet<PhotoHash>,
}

/// What a log has published and at least one of the other phones lacks. Where nothing is known of others it is
/// everything; but of signed chains only what is `signed`, since more would be refused.
pub fn due(log: &LogSet, others: &[Seen], signed: Option<&SortedSet<LinkHash>>) -> Due {
    let held: Vec<SortedSet<LinkHash>> = others.iter().map(|seen| log.chains().held_by(&seen.have)).collect();
    let there = |link: &Link| !held.is_empty() && held.iter().all(|held| held.contains(&link.hash()));
    let photos_named = published_photos(log);
    let asked_with: SortedSet<RevisionId> = photos_named
        .iter()
        .filter(|(_, photo)| others.iter().any(|seen| seen.photos.contains(photo)))
        .map(|(revision, _)| *revision)
        .collect();
    let mut due = Due::default();
    let goes = |link: &&Link| signed.is_none_or(|signed| signed.contains(&link.hash()));
    for link in log.chains().iter().filter(goes) {
        let part = log.revision(&link.revision).map(|held| held.revision.header());
        let asked_for = part.is_some_and(|part| others.iter().any(|seen| seen.wants.contains(&part.body)));
        // A photo that is asked for comes with the words it belongs to.
        if there(link) && !asked_for && !asked_with.contains(&link.revision) {
            continue;
        }
        due.links.push(*link);
        due.entries.extend(part.map(|part| part.entry));
    }
    let going: SortedSet<RevisionId> = due.links.iter().map(|link| link.revision).collect();
    due.photos.extend(photos_named.iter().filter(|(id, _)| going.contains(id)).map(|(_, photo)| *photo));
    due
}

/// Writes what is due, and as many of these photos as fit, the first ones first. Bodies of erased entries are not in
/// it, nor is anything unpublished: prepare with [`crate::log::acts::publish`], and store that, before writing.
///
/// # Errors
/// [`Refusal::TooLarge`] where a reader would refuse the result for its size.
pub fn write(
    log: &LogSet,
    cover: Cover,
    due: &Due,
    photos: &[(PhotoHash, Arc<[u8]>)],
    signing: Option<Signing<'_>>,
) -> Result<String, Refusal> {
    let device = cover.from.device;
    let Cover { from, origins, app, made, mut photos_wanted, thumbs } = cover;
    photos_wanted.truncate(caps::WANTS);
    let header = FileHeader {
        format: FORMAT.into(),
        version: VERSION,
        about: ABOUT.into(),
        app,
        made,
        from,
        origins,
        have: log.chains().have(),
        wants: wants(log),
        photos: photos_wanted,
        to: signing.map(|signing| signing.to.to_vec()).unwrap_or_default(),
    };
    let mut lines = Writer::default();
    lines.push("header", &header);
    let mut written = SortedSet::new();
    let mut run: Option<(LinkLine, LinkHash)> = None;
    for link in &due.links {
        let held = log.revision(&link.revision);
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
    if let Some(Signing { trust, .. }) = signing {
        let (vouches, gone, signed) = trust.lines();
        vouches.iter().for_each(|line| lines.push("vouch", line));
        gone.iter().for_each(|line| lines.push("gone", line));
        signed.iter().for_each(|line| lines.push("signed", line));
    }
    log.unknown_lines().for_each(|line| lines.push_raw(line));
    for (hash, small) in thumbs.iter().filter(|(hash, _)| due.photos.contains(hash)).take(caps::THUMBS) {
        lines.push("thumb", &ThumbLine::of(*hash, small));
    }
    for (hash, photo) in photos.iter().filter(|(hash, _)| due.photos.contains(hash)) {
        if lines.text.len() + blobs::room_for(photo) + SEAL_ROOM < caps::FILE_BYTES {
            blobs::lines_of(*hash, photo).for_each(|line| lines.push("blob-chunk", &line));
        }
    }
    lines.seal(|digest| signing.map(|signing| signing.keys.sign(&message(&device, digest))))
}

/// The standing versions that a link publishes, with the photos they name: a photo leaves with its words, never
/// before them.
fn published_photos(log: &LogSet) -> SortedSet<(RevisionId, PhotoHash)> {
    let mut named = SortedSet::new();
    for entry in log.entries().filter(|entry| !log.is_erased(entry)) {
        let published = log.heads(&entry).ids.into_iter().filter(|id| log.chains().is_published(id));
        for id in published {
            named.extend(log.body_of(&id).into_iter().flat_map(photos_in).map(|photo| (id, photo)));
        }
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

    fn seal(mut self, sign: impl FnOnce(&[u8; 32]) -> Option<Signature>) -> Result<String, Refusal> {
        let signature = sign(&self.hash.clone().finalize().into());
        let seal = SealLine { lines: self.lines, digest: hex(self.hash.clone()), signature };
        self.push("seal", &seal);
        let fits = self.text.len() <= caps::FILE_BYTES && self.lines <= caps::FILE_LINES;
        if fits { Ok(self.text) } else { Err(Refusal::TooLarge) }
    }
}
