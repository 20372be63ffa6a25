//! The swap file: UTF-8 JSON Lines, first a header, last a seal. `docs/format.md` is its description.
//!
//! Reading trusts nothing: every count, length and depth is capped before anything is allocated for it, every
//! hash is recomputed, and a file is taken whole or not at all.

use crate::caps;
use crate::ids::{BodyHash, DeviceId, EntryId, LinkHash, PhotoHash, RevisionId};
use crate::json::{BadRecord, Record, all_parsed, parsed};
use crate::log::body::{self, depth_within};
use crate::log::chain::{Have, Link, Reached};
use crate::log::revision::Revision;
use crate::log::view::{photos_in, photos_of};
use crate::log::{LogSet, Member, Millis};
use crate::swap::Origins;
use crate::swap::blobs::{self, Blobs, Photos};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The format's name in the header.
pub const FORMAT: &str = "bothways/swap";
/// The newest version of the format this program reads, and the one it writes.
pub const VERSION: u32 = 1;
const ABOUT: &str = "Part of a log that two people keep with Bothways. To read it, open Bothways, then Swap.";

/// Who wrote a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sender {
    /// The installation.
    pub device: DeviceId,
    /// Which of the two keeps it.
    pub member: Member,
    /// What they are called, if they said.
    pub name: String,
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileHeader {
    /// Always [`FORMAT`].
    pub format: String,
    /// The format's version.
    pub version: u32,
    /// What this is, for somebody who opens it with something else.
    pub about: String,
    /// The program's version.
    pub app: String,
    /// When it was made, by the sender's clock.
    pub made: Millis,
    /// Who made it.
    pub from: Sender,
    /// The origins of the log.
    pub origins: Origins,
    /// How far the sender holds each device's chain.
    pub have: Have,
    /// Bodies the sender knows of, lacks, and has not erased.
    pub wants: Vec<BodyHash>,
}

#[derive(Serialize)]
struct RevisionLine {
    header: String,
}

#[derive(Serialize)]
struct BodyLine {
    text: String,
}

/// A run of one device's chain: the links `seq`, `seq + 1` ... , each following the one before.
#[derive(Serialize)]
struct LinkLine {
    device: DeviceId,
    seq: u64,
    previous: Option<LinkHash>,
    revisions: Vec<RevisionId>,
}

#[derive(Serialize)]
struct SealLine {
    lines: usize,
    digest: String,
}

/// A file that has been read and found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwapFile {
    /// The first line.
    pub header: FileHeader,
    /// Its revisions.
    pub revisions: Vec<Revision>,
    /// Its bodies.
    pub bodies: BTreeMap<BodyHash, Box<str>>,
    /// Its links.
    pub links: Vec<Link>,
    /// Its photos.
    pub photos: Photos,
    /// Lines of types this version does not know, as they stand.
    pub unknown_lines: Vec<Box<str>>,
}

impl SwapFile {
    /// The same file as several, each with whole threads of so many entries, their bodies and links: what belongs
    /// together is compared with the log together. Links of revisions that are not in the file, and lines of a
    /// newer version, come with the last.
    pub fn parts(&self, entries: usize) -> Vec<Self> {
        let mut threads: BTreeMap<EntryId, Vec<&Revision>> = BTreeMap::new();
        for revision in &self.revisions {
            threads.entry(revision.header().entry).or_default().push(revision);
        }
        let mut links: BTreeMap<RevisionId, Vec<Link>> = BTreeMap::new();
        for link in &self.links {
            links.entry(link.revision).or_default().push(*link);
        }
        let empty = || Self {
            header: self.header.clone(),
            revisions: Vec::new(),
            bodies: BTreeMap::new(),
            links: Vec::new(),
            photos: Photos::new(),
            unknown_lines: Vec::new(),
        };
        let mut parts = vec![empty()];
        let mut threads_in_part = 0;
        for thread in threads.into_values() {
            if threads_in_part == entries {
                parts.push(empty());
                threads_in_part = 0;
            }
            threads_in_part += 1;
            let Some(part) = parts.last_mut() else { break };
            for revision in thread {
                let hash = revision.header().body;
                if let Some(text) = self.bodies.get(&hash) {
                    for photo in photos_in(text) {
                        part.photos.extend(self.photos.get(&photo).map(|bytes| (photo, bytes.clone())));
                    }
                    part.bodies.insert(hash, text.clone());
                }
                part.links.extend(links.get_mut(&revision.id()).map(std::mem::take).unwrap_or_default());
                part.revisions.push(revision.clone());
            }
        }
        if let Some(part) = parts.last_mut() {
            links.into_values().for_each(|others| part.links.extend(others));
            part.unknown_lines.extend(self.unknown_lines.iter().cloned());
        }
        parts
    }

    /// The entries its revisions belong to.
    pub fn entries(&self) -> Vec<EntryId> {
        let mut entries: Vec<EntryId> =
            self.revisions.iter().map(|revision| revision.header().entry).collect();
        entries.sort_unstable();
        entries.dedup();
        entries
    }
}

/// Why a file is not taken. Each is told in words of its own; nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Larger than [`caps::FILE_BYTES`].
    #[error("the file is larger than any swap file")]
    TooLarge,
    /// Not text at all.
    #[error("the file is not text")]
    NotText,
    /// Text, but not a swap file.
    #[error("the file is not a swap file")]
    NotOurs,
    /// Written by a newer version of the program, in a format this one cannot read.
    #[error("the file was written by a newer version")]
    Newer,
    /// The end is missing.
    #[error("the end of the file is missing")]
    Truncated,
    /// The file is well, but the log could not be read to compare it with.
    #[error("the log could not be read")]
    NoStorage,
    /// It has the shape of a swap file, but not its content as it was written.
    #[error("the file is damaged")]
    Damaged,
}

/// Reads a file as it was picked: bytes of unknown origin.
///
/// # Errors
/// Why it is not taken.
pub fn read_bytes(bytes: Vec<u8>) -> Result<SwapFile, Refusal> {
    Reading::of_bytes(bytes)?.finish_at_once()
}

/// Reads a file's text, as it was picked or pasted. Space around it and Windows line ends do no harm.
///
/// # Errors
/// Why it is not taken.
pub fn read(text: &str) -> Result<SwapFile, Refusal> {
    Reading::of_text(text.to_owned())?.finish_at_once()
}

/// A file while it is read, some lines at a time, so that a page can answer in between.
pub struct Reading {
    text: String,
    at: usize,
    header: FileHeader,
    reader: Reader,
}

impl Reading {
    /// Begins with a file as it was picked.
    ///
    /// # Errors
    /// Why it is not taken, as far as its first line shows.
    pub fn of_bytes(bytes: Vec<u8>) -> Result<Self, Refusal> {
        if bytes.len() > caps::FILE_BYTES {
            return Err(Refusal::TooLarge);
        }
        if bytes.contains(&0) {
            return Err(Refusal::NotText);
        }
        Self::of_text(String::from_utf8(bytes).map_err(|_| Refusal::NotText)?)
    }

    /// Begins with a file's text.
    ///
    /// # Errors
    /// Why it is not taken, as far as its first line shows.
    pub fn of_text(text: String) -> Result<Self, Refusal> {
        if text.len() > caps::FILE_BYTES {
            return Err(Refusal::TooLarge);
        }
        let at = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
        let mut reader = Reader::default();
        let (line, at) = line_at(&text, at).unwrap_or_default();
        let header = read_header(line)?;
        reader.count(line);
        Ok(Self { at, header, reader, text })
    }

    /// How much has been read, and how much there is, in bytes.
    pub const fn progress(&self) -> (usize, usize) {
        (self.at, self.text.len())
    }

    /// Reads so many lines; gives the file once its seal has come.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn go_on(&mut self, lines: usize) -> Result<Option<SwapFile>, Refusal> {
        for _ in 0..lines {
            if self.reader.lines > caps::FILE_LINES {
                return Err(Refusal::TooLarge);
            }
            let (line, at) = line_at(&self.text, self.at).ok_or(Refusal::Truncated)?;
            self.at = at;
            if let Some(seal) = self.reader.line(line)? {
                // What follows the seal was not written with the file.
                let nothing_after = self.text.get(at..).is_none_or(|rest| rest.trim().is_empty());
                let whole =
                    nothing_after && seal.lines == self.reader.lines && seal.digest == self.reader.digest();
                let reader = std::mem::take(&mut self.reader);
                return if whole {
                    reader.finish(self.header.clone()).map(Some)
                } else {
                    Err(Refusal::Damaged)
                };
            }
        }
        Ok(None)
    }

    fn finish_at_once(mut self) -> Result<SwapFile, Refusal> {
        loop {
            if let Some(file) = self.go_on(1_000)? {
                return Ok(file);
            }
        }
    }
}

/// The line that begins here, without its end, and where the next one begins. None at the end of the text.
fn line_at(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let end = rest.find('\n').unwrap_or(rest.len());
    Some((rest.get(..end)?.trim_end(), (at + end + 1).min(text.len())))
}

fn read_header(line: &str) -> Result<FileHeader, Refusal> {
    if line.len() > caps::LINE_BYTES || !depth_within(line, caps::JSON_DEPTH) {
        return Err(Refusal::NotOurs);
    }
    // The version is read first, on its own: a newer header may have other parts.
    let mut parts = Record::parse(line).map_err(|error| {
        // A first line that breaks off inside is one of ours, cut short; anything else is somebody else's.
        if error.is_cut_short() && line.contains(FORMAT) { Refusal::Truncated } else { Refusal::NotOurs }
    })?;
    let format = parts.text("format").map_err(|_| Refusal::NotOurs)?;
    let version = parts.small("version").map_err(|_| Refusal::NotOurs)?;
    if format != FORMAT {
        return Err(Refusal::NotOurs);
    }
    if version > VERSION {
        return Err(Refusal::Newer);
    }
    let header = FileHeader::read(format, version, parts).map_err(|_| Refusal::Damaged)?;
    let long_name = header.from.name.chars().count() > caps::NAME_CHARS;
    if header.have.len() > caps::DEVICES || header.wants.len() > caps::WANTS || long_name {
        return Err(Refusal::Damaged);
    }
    Ok(header)
}

impl FileHeader {
    fn read(format: String, version: u32, mut parts: Record) -> Result<Self, BadRecord> {
        let mut from = parts.record("from")?;
        let from = Sender {
            device: from.parsed("device")?,
            member: from.parsed("member")?,
            name: from.text_if_any("name")?.unwrap_or_default(),
        };
        let mut have = Have::new();
        for (device, reached) in parts.record("have")?.all() {
            let mut reached = Record::of(reached, "have")?;
            let reached = Reached { seq: reached.number("seq")?, link: reached.parsed("link")? };
            have.insert(parsed(&device, "have")?, reached);
        }
        Ok(Self {
            format,
            version,
            about: parts.text("about")?,
            app: parts.text("app")?,
            made: parts.integer("made")?,
            from,
            origins: Origins::read(&mut parts)?,
            have,
            wants: all_parsed(parts.list_if_any("wants")?, "wants")?,
        })
    }
}

impl LinkLine {
    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            device: parts.parsed("device")?,
            seq: parts.number("seq")?,
            previous: parts.parsed_if_any("previous")?,
            revisions: all_parsed(parts.list("revisions")?, "revisions")?,
        })
    }
}

impl SealLine {
    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self { lines: parts.small("lines")?, digest: parts.text("digest")? })
    }
}

#[derive(Default)]
struct Reader {
    lines: usize,
    hash: Sha256,
    revisions: Vec<Revision>,
    bodies: BTreeMap<BodyHash, Box<str>>,
    links: Vec<Link>,
    blobs: Blobs,
    unknown_lines: Vec<Box<str>>,
}

impl Reader {
    fn count(&mut self, line: &str) {
        self.lines += 1;
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
    }

    fn digest(&self) -> String {
        hex(self.hash.clone())
    }

    /// Takes one line in; gives the seal when it comes.
    fn line(&mut self, line: &str) -> Result<Option<SealLine>, Refusal> {
        if line.len() > caps::LINE_BYTES || !depth_within(line, caps::JSON_DEPTH) {
            return Err(Refusal::Damaged);
        }
        let refused =
            |error: BadRecord| if error.is_cut_short() { Refusal::Truncated } else { Refusal::Damaged };
        let mut parts = Record::parse(line).map_err(refused)?;
        match parts.text("type").map_err(refused)?.as_str() {
            "revision" => {
                let header = parts.text("header").map_err(refused)?;
                self.revisions.push(Revision::parse(&header).map_err(|_| Refusal::Damaged)?);
            }
            "body" => {
                let text = parts.text("text").map_err(refused)?;
                let hash = body::hash_of(&text).map_err(|_| Refusal::Damaged)?;
                self.bodies.insert(hash, text.into());
            }
            "blob-chunk" => self.blobs.chunk(parts).map_err(refused)?,
            "link" => self.link(LinkLine::read(parts).map_err(refused)?)?,
            "seal" => return SealLine::read(parts).map(Some).map_err(refused),
            "header" => return Err(Refusal::Damaged),
            _ => self.unknown_lines.push(line.into()),
        }
        self.count(line);
        Ok(None)
    }

    fn link(&mut self, line: LinkLine) -> Result<(), Refusal> {
        let first = line.seq == 1;
        let too_far = line.seq == 0 || line.seq.checked_add(caps::LINK_RUN as u64).is_none();
        if too_far || line.revisions.len() > caps::LINK_RUN || first != line.previous.is_none() {
            return Err(Refusal::Damaged);
        }
        let mut previous = line.previous;
        for (seq, revision) in (line.seq..).zip(line.revisions) {
            let link = Link { device: line.device, seq, previous, revision };
            previous = Some(link.hash());
            self.links.push(link);
        }
        Ok(())
    }

    /// The checks that need the whole file: each body belongs to a revision of the size it has, each revision is
    /// published by a link of its own device.
    fn finish(self, header: FileHeader) -> Result<SwapFile, Refusal> {
        let (mut writers, mut published, mut fitting) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        for revision in &self.revisions {
            let part = revision.header();
            writers.insert(revision.id(), part.device);
            // A revision that lies about its body's size has no body; another that names it may be right.
            if self.bodies.get(&part.body).is_some_and(|text| text.len() == part.size as usize) {
                fitting.insert(part.body);
            }
        }
        for link in &self.links {
            // A link of another device says nothing about a revision, for or against it.
            if writers.get(&link.revision) == Some(&link.device) {
                published.insert(link.revision, link.device);
            }
        }
        let all_published = published.len() == writers.len();
        if !all_published || fitting.len() != self.bodies.len() {
            return Err(Refusal::Damaged);
        }
        Ok(SwapFile {
            header,
            revisions: self.revisions,
            bodies: self.bodies,
            links: self.links,
            photos: self.blobs.finish()?,
            unknown_lines: self.unknown_lines,
        })
    }
}

/// Room kept for the last line.
const SEAL_ROOM: usize = 1_024;

/// Writes everything a log has published, and as many of these photos as fit, the first ones first. Bodies of erased entries are not in it, nor is anything unpublished:
/// prepare with [`crate::log::acts::publish`], and store that, before writing.
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
    let mut run: Option<(LinkLine, LinkHash)> = None;
    for link in log.chains().iter() {
        // A link may name what another device wrote, if somebody made it so: that one's own link brings it.
        let held = log.revision(&link.revision).filter(|held| held.revision.header().device == link.device);
        if let Some(held) = held {
            lines.push("revision", &RevisionLine { header: held.revision.text().into() });
            let part = held.revision.header();
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

/// The photos of entries that have left the phone.
fn published_photos(log: &LogSet) -> BTreeSet<PhotoHash> {
    let mut named = BTreeSet::new();
    for entry in log.entries() {
        if log.revisions_of(&entry).any(|held| log.chains().is_published(&held.revision.id())) {
            named.extend(photos_of(log, &entry));
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

    fn seal(mut self) -> Result<String, Refusal> {
        let seal = SealLine { lines: self.lines, digest: hex(self.hash.clone()) };
        self.push("seal", &seal);
        let fits = self.text.len() <= caps::FILE_BYTES && self.lines <= caps::FILE_LINES;
        if fits { Ok(self.text) } else { Err(Refusal::TooLarge) }
    }
}

fn hex(hash: Sha256) -> String {
    RevisionId::from_bytes(hash.finalize().into()).to_string()
}
