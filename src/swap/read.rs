//! Reading a swap file: UTF-8 JSON Lines, first a header, last a seal.
//!
//! Reading trusts nothing: every count, length and depth is capped before anything is allocated for it, every
//! hash is recomputed, and a file is taken whole or not at all.

use super::Origins;
use super::blobs::Blobs;
use super::file::{FORMAT, FileHeader, LinkLine, Refusal, SealLine, Sender, SwapFile, VERSION, hex};
use super::packing;
use super::proof::Sealed;
use super::trust::Trust;
use crate::caps;
use crate::ids::{BodyHash, Signature};
use crate::json::{BadRecord, Record, all_parsed, parsed};
use crate::log::body::{self, depth_within};
use crate::log::chain::{Have, Link, Reached};
use crate::log::revision::Revision;
use crate::sorted::{SortedMap, SortedSet};
use sha2::{Digest, Sha256};

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
        let bytes = if packing::is_packed(&bytes) { packing::unpacked(&bytes)? } else { bytes };
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
                    reader.finish(self.header.clone(), seal.signature).map(Some)
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
    let long_lists = header.wants.len() > caps::WANTS
        || header.photos.len() > caps::WANTS
        || header.to.len() > caps::RECIPIENTS;
    if header.have.len() > caps::DEVICES || long_lists || long_name {
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
        Ok(Self {
            format,
            version,
            about: parts.text("about")?,
            app: parts.text("app")?,
            made: parts.integer("made")?,
            from,
            origins: Origins::read(&mut parts)?,
            have: read_have(&mut parts)?,
            wants: all_parsed(parts.list_if_any("wants")?, "wants")?,
            photos: all_parsed(parts.list_if_any("photos")?, "photos")?,
            to: all_parsed(parts.list_if_any("to")?, "to")?,
        })
    }
}

/// The part `have` of a record: how far each device's chain is held.
pub(super) fn read_have(parts: &mut Record) -> Result<Have, BadRecord> {
    let mut have = Have::new();
    for (device, reached) in parts.record("have")?.all() {
        let mut reached = Record::of(reached, "have")?;
        let reached = Reached { seq: reached.number("seq")?, link: reached.parsed("link")? };
        have.insert(parsed(&device, "have")?, reached);
    }
    Ok(have)
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
        Ok(Self {
            lines: parts.small("lines")?,
            digest: parts.text("digest")?,
            signature: parts.parsed_if_any("signature")?,
        })
    }
}

#[derive(Default)]
struct Reader {
    lines: usize,
    hash: Sha256,
    revisions: Vec<Revision>,
    bodies: SortedMap<BodyHash, Box<str>>,
    links: Vec<Link>,
    blobs: Blobs,
    trust: Trust,
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
            "thumb" => self.blobs.thumb(parts).map_err(refused)?,
            sort @ ("vouch" | "gone" | "signed") => self.trust.line(sort, parts).map_err(refused)?,
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
    /// published by a link: of its own device, or of one that took its place.
    fn finish(self, header: FileHeader, signature: Option<Signature>) -> Result<SwapFile, Refusal> {
        let digest = self.hash.finalize().into();
        let (mut published, mut fitting) = (SortedSet::new(), SortedSet::new());
        for link in &self.links {
            published.insert(link.revision);
        }
        let mut all_published = true;
        for revision in &self.revisions {
            let part = revision.header();
            all_published &= published.contains(&revision.id());
            // A revision that lies about its body's size has no body; another that names it may be right.
            if self.bodies.get(&part.body).is_some_and(|text| text.len() == part.size as usize) {
                fitting.insert(part.body);
            }
        }
        if !all_published || fitting.len() != self.bodies.len() {
            return Err(Refusal::Damaged);
        }
        let (photos, thumbs) = self.blobs.finish()?;
        Ok(SwapFile {
            header,
            revisions: self.revisions,
            bodies: self.bodies,
            links: self.links,
            photos,
            thumbs,
            trust: self.trust,
            sealed: signature.map(|signature| Sealed { signature, digest }),
            unknown_lines: self.unknown_lines,
        })
    }
}
