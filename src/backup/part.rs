//! What one file of a backup consists of. `docs/format.md` is its description; `read.rs` reads it, `write.rs` writes it.

use super::kept::Kept;
use crate::drawer::Note;
use crate::drawer::lock::{Lock, Sealed};
use crate::ids::{BackupId, BodyHash};
use crate::log::chain::Link;
use crate::log::set::Held;
use crate::log::{Delta, LogSet, Member, Millis};
use crate::sorted::SortedMap;
use crate::swap::blobs::Photos;
use crate::swap::file::{self, FileHeader, Sender, SwapFile};
use crate::swap::heard::Heard;
use crate::swap::trust::Trust;
use serde::Serialize;

/// The format's name in the header.
pub const FORMAT: &str = "bothways/backup";
/// The newest version of the format this program reads, and the one it writes.
pub const VERSION: u32 = 1;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Always [`FORMAT`].
    pub format: String,
    /// The format's version.
    pub version: u32,
    /// What this is, for somebody who opens it with something else.
    pub about: String,
    /// The program's version.
    pub app: String,
    /// When it was made, by the phone's clock.
    pub made: Millis,
    /// The backup all its parts belong to.
    pub backup: BackupId,
    /// Which part this is, from 1.
    pub part: usize,
    /// Of how many.
    pub parts: usize,
}

/// A part that has been read and found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its first line.
    pub header: Header,
    /// What it has of each log.
    pub logs: Vec<LogPart>,
    /// Lines of a newer version, which this one passes over.
    pub newer: usize,
}

/// What a part has of one log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPart {
    /// What the phone was to the log.
    pub kept: Kept,
    /// Which phones belong to the log, as the phone kept it.
    pub trust: Option<String>,
    /// What other phones have said that they hold.
    pub heard: Heard,
    /// What was kept for one alone.
    pub notes: Vec<Note>,
    /// The locks of what is locked of that.
    pub locks: Vec<Lock>,
    /// What is locked of it, as it lay on the phone.
    pub sealed: Vec<Sealed>,
    /// Revisions, sent or not, and when the phone first saw each.
    pub revisions: Vec<Held>,
    /// Their bodies.
    pub bodies: SortedMap<BodyHash, Box<str>>,
    /// Links.
    pub links: Vec<Link>,
    /// Photos.
    pub photos: Photos,
    /// Lines of a newer version's swap files, kept for those who understand them.
    pub lines: Vec<Box<str>>,
}

impl LogPart {
    /// A part of a log of which nothing has come yet.
    pub const fn begun(kept: Kept) -> Self {
        Self {
            kept,
            trust: None,
            heard: Heard::new(),
            notes: Vec::new(),
            locks: Vec::new(),
            sealed: Vec::new(),
            revisions: Vec::new(),
            bodies: SortedMap::new(),
            links: Vec::new(),
            photos: Photos::new(),
            lines: Vec::new(),
        }
    }

    /// What of it goes the way of a swap file: compared with the log and taken in by the same functions.
    pub fn as_file(&self, header: &Header) -> SwapFile {
        let (device, member) = (self.kept.device(), self.kept.member.unwrap_or(Member::Mother));
        SwapFile {
            header: FileHeader {
                format: file::FORMAT.into(),
                version: file::VERSION,
                about: String::new(),
                app: header.app.clone(),
                made: header.made,
                from: Sender { device, member, name: String::new() },
                origins: self.kept.origins.clone(),
                have: SortedMap::new(),
                wants: Vec::new(),
                photos: Vec::new(),
                to: Vec::new(),
            },
            revisions: self.revisions.iter().map(|held| held.revision.clone()).collect(),
            bodies: self.bodies.clone(),
            links: self.links.clone(),
            photos: self.photos.clone(),
            thumbs: Photos::new(),
            trust: Trust::default(),
            sealed: None,
            unknown_lines: self.lines.clone(),
        }
    }

    /// The log as this part alone has it.
    pub fn as_log(&self) -> LogSet {
        let mut log = LogSet::default();
        log.apply(Delta {
            revisions: self.revisions.clone(),
            bodies: self.bodies.iter().map(|(hash, text)| (*hash, text.clone())).collect(),
            ..Delta::default()
        });
        log
    }

    /// Has the revisions of a change count as seen when the phone that was backed up first saw them: their place in the
    /// timeline rests on it where a clock was wrong. `log` is this part's.
    pub fn keep_seen(log: &LogSet, delta: &mut Delta) {
        for held in &mut delta.revisions {
            held.seen = log.revision(&held.revision.id()).map_or(held.seen, |there| there.seen);
        }
    }
}

/// Why a file is not opened. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// The words are not those it was sealed with. (Or its head was changed: nobody can tell the two apart.)
    #[error("the passphrase does not open it")]
    WrongWords,
    /// Larger than any part of a backup.
    #[error("larger than any part of a backup")]
    TooLarge,
    /// Not a backup: another file of ours, or anything else.
    #[error("not a backup")]
    NotABackup,
    /// Written by a newer version, in a format this one cannot read.
    #[error("written by a newer version")]
    Newer,
    /// The end is missing.
    #[error("the end is missing")]
    Truncated,
    /// It was changed.
    #[error("it was changed")]
    Damaged,
    /// It belongs to another backup than the files before it.
    #[error("a part of another backup")]
    Another,
    /// It was made on the other's phone, and the log is on this one already.
    #[error("a backup of the other's phone")]
    Others,
    /// The browser could not read the file, or the phone its log.
    #[error("it could not be read")]
    Unreadable,
}
