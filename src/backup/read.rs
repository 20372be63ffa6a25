//! Reading a part of a backup. As hostile as a swap file: whoever was told the words may have written it. Everything is
//! capped before it is kept, every hash is made anew, and a part is taken whole or not at all.

use super::kept::Kept;
use super::part::{FORMAT, Header, LogPart, Part, Unopened, VERSION};
use crate::caps;
use crate::drawer::Note;
use crate::drawer::lock::{Lock, Sealed};
use crate::ids::EntryId;
use crate::json::{BadRecord, Record, all_parsed};
use crate::log::body::{self, depth_within};
use crate::log::chain::Link;
use crate::log::revision::Revision;
use crate::log::set::Held;
use crate::sorted::SortedSet;
use crate::swap::blobs::Blobs;
use crate::swap::file::hex;
use crate::swap::heard::Seen;
use sha2::{Digest, Sha256};

/// Reads a part's text.
///
/// # Errors
/// Why it is not taken.
pub fn read(text: &str) -> Result<Part, Unopened> {
    if text.len() > caps::BACKUP_BYTES {
        return Err(Unopened::TooLarge);
    }
    let (first, mut rest) = text.split_once('\n').unwrap_or((text, ""));
    let header = read_header(first)?;
    let mut reader = Reader::begun(first);
    loop {
        if reader.lines > caps::FILE_LINES {
            return Err(Unopened::TooLarge);
        }
        let (line, after) = rest.split_once('\n').ok_or(Unopened::Truncated)?;
        rest = after;
        if let Some((lines, digest)) = reader.line(line)? {
            let is_whole = rest.is_empty() && lines == reader.lines && digest == hex(reader.hash.clone());
            return if is_whole { reader.finish(header) } else { Err(Unopened::Damaged) };
        }
    }
}

fn read_header(line: &str) -> Result<Header, Unopened> {
    if line.len() > caps::LINE_BYTES || !depth_within(line, caps::JSON_DEPTH) {
        return Err(Unopened::NotABackup);
    }
    // The version is read first, on its own: a newer header may have other parts.
    let mut parts = Record::parse(line).map_err(|_| Unopened::NotABackup)?;
    let format = parts.text("format").map_err(|_| Unopened::NotABackup)?;
    let version = parts.small("version").map_err(|_| Unopened::NotABackup)?;
    if format != FORMAT {
        return Err(Unopened::NotABackup);
    }
    if version > VERSION {
        return Err(Unopened::Newer);
    }
    let header = rest_of_header(format, version, parts).map_err(|_| Unopened::Damaged)?;
    let is_one_of =
        (1..=caps::BACKUP_PARTS).contains(&header.parts) && (1..=header.parts).contains(&header.part);
    if is_one_of { Ok(header) } else { Err(Unopened::Damaged) }
}

fn rest_of_header(format: String, version: u32, mut parts: Record) -> Result<Header, BadRecord> {
    Ok(Header {
        format,
        version,
        about: parts.text("about")?,
        app: parts.text("app")?,
        made: parts.integer("made")?,
        backup: parts.parsed("backup")?,
        part: parts.small("part")?,
        parts: parts.small("parts")?,
    })
}

struct Reader {
    lines: usize,
    hash: Sha256,
    logs: Vec<(LogPart, Blobs)>,
    newer: usize,
}

impl Reader {
    fn begun(first: &str) -> Self {
        let mut reader = Self { lines: 0, hash: Sha256::new(), logs: Vec::new(), newer: 0 };
        reader.count(first);
        reader
    }

    fn count(&mut self, line: &str) {
        self.lines += 1;
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
    }

    /// Takes one line in; gives what the seal says when it comes.
    fn line(&mut self, line: &str) -> Result<Option<(usize, String)>, Unopened> {
        if line.len() > caps::BACKUP_LINE_BYTES || !depth_within(line, caps::JSON_DEPTH) {
            return Err(Unopened::Damaged);
        }
        let seal = self.record(line).map_err(|_| Unopened::Damaged)?;
        if seal.is_none() {
            self.count(line);
        }
        Ok(seal)
    }

    fn record(&mut self, line: &str) -> Result<Option<(usize, String)>, BadRecord> {
        let mut parts = Record::parse(line)?;
        let sort = parts.text("type")?;
        match sort.as_str() {
            "seal" => return Ok(Some((parts.small("lines")?, parts.text("digest")?))),
            "header" => return Err(BadRecord::Part("type")),
            "home" => self.home(parts)?,
            _ => {
                // A line belongs to the log whose home stands before it.
                let (log, blobs) = self.logs.last_mut().ok_or(BadRecord::Part("home"))?;
                match sort.as_str() {
                    "blob-chunk" => blobs.chunk(parts)?,
                    sort => self.newer += usize::from(!log.line(sort, parts)?),
                }
            }
        }
        Ok(None)
    }

    fn home(&mut self, parts: Record) -> Result<(), BadRecord> {
        let kept = Kept::read(parts)?;
        let is_twice = self.logs.iter().any(|(log, _)| log.kept.phone.origin == kept.phone.origin);
        if is_twice || self.logs.len() == caps::LOGS {
            return Err(BadRecord::Part("home"));
        }
        self.logs.push((LogPart::begun(kept), Blobs::default()));
        Ok(())
    }

    /// The checks that need the whole part: each body belongs to a revision of the size it has, each photo is whole.
    fn finish(self, header: Header) -> Result<Part, Unopened> {
        let mut logs = Vec::with_capacity(self.logs.len());
        for (mut log, blobs) in self.logs {
            let mut fitting = SortedSet::new();
            for part in log.revisions.iter().map(|held| held.revision.header()) {
                if log.bodies.get(&part.body).is_some_and(|text| text.len() == part.size as usize) {
                    fitting.insert(part.body);
                }
            }
            if fitting.len() != log.bodies.len() {
                return Err(Unopened::Damaged);
            }
            (log.photos, _) = blobs.finish().map_err(|_| Unopened::Damaged)?;
            logs.push(log);
        }
        if logs.is_empty() { Err(Unopened::Damaged) } else { Ok(Part { header, logs, newer: self.newer }) }
    }
}

impl LogPart {
    /// Takes a line in; false where its type is of a newer version.
    fn line(&mut self, sort: &str, mut parts: Record) -> Result<bool, BadRecord> {
        match sort {
            "revision" => {
                let revision = Revision::parse(&parts.text("header")?);
                let revision = revision.map_err(|_| BadRecord::Part("header"))?;
                self.revisions.push(Held { revision, seen: parts.integer("seen")? });
            }
            "body" => {
                let text = parts.text("text")?;
                let hash = body::hash_of(&text).map_err(|_| BadRecord::Part("text"))?;
                self.bodies.insert(hash, text.into());
            }
            "link" => self.links(parts)?,
            "note" => self.notes.push(Note::parse(&parts.text("text")?)?),
            "sealed-note" => self.sealed.push(Sealed::parse(&parts.text("text")?)?),
            "lock" => {
                if self.locks.len() == caps::LOCKS {
                    return Err(BadRecord::Part("lock"));
                }
                self.locks.push(Lock::parse(&parts.text("text")?)?);
            }
            "heard" => {
                let (device, text) = (parts.parsed("device")?, parts.text("text")?);
                if self.heard.len() == caps::DEVICES || !depth_within(&text, caps::JSON_DEPTH) {
                    return Err(BadRecord::Part("heard"));
                }
                self.heard.insert(device, Seen::parse(&text)?);
            }
            "held-back" => {
                let entries: Vec<EntryId> = all_parsed(parts.list("entries")?, "entries")?;
                self.kept.held_back.extend(entries);
            }
            "trust" => {
                let text = parts.text("text")?;
                if !depth_within(&text, caps::JSON_DEPTH) {
                    return Err(BadRecord::Part("trust"));
                }
                self.trust = Some(text);
            }
            "line" => self.unknown_line(parts.text("text")?)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn links(&mut self, mut parts: Record) -> Result<(), BadRecord> {
        let (device, first): (_, u64) = (parts.parsed("device")?, parts.number("seq")?);
        let mut previous = parts.parsed_if_any("previous")?;
        let revisions = all_parsed(parts.list("revisions")?, "revisions")?;
        let too_far = first == 0 || first.checked_add(caps::LINK_RUN as u64).is_none();
        if too_far || revisions.len() > caps::LINK_RUN || (first == 1) != previous.is_none() {
            return Err(BadRecord::Part("link"));
        }
        for (seq, revision) in (first..).zip(revisions) {
            let link = Link { device, seq, previous, revision };
            previous = Some(link.hash());
            self.links.push(link);
        }
        Ok(())
    }

    /// A line of a swap file that the version before could not read. It goes into swap files again, so it must not end
    /// one.
    fn unknown_line(&mut self, text: String) -> Result<(), BadRecord> {
        if text.len() > caps::LINE_BYTES || !depth_within(&text, caps::JSON_DEPTH) || text.contains('\n') {
            return Err(BadRecord::Part("line"));
        }
        let sort = Record::parse(&text)?.text("type")?;
        if ["header", "seal"].contains(&sort.as_str()) {
            return Err(BadRecord::Part("line"));
        }
        self.lines.push(text.into());
        Ok(())
    }
}
