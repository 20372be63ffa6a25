//! What a swap file consists of. `docs/format.md` is its description; `read.rs` reads it, `write.rs`
//! writes it.

use crate::ids::{BodyHash, DeviceId, EntryId, LinkHash, PhotoHash, PublicKey, RevisionId, Signature};
use crate::log::chain::{Have, Link};
use crate::log::records::link_key_of;
use crate::log::revision::Revision;
use crate::log::seal::companions_of;
use crate::log::view::photos_in;
use crate::log::{Member, Millis};
use crate::sorted::{SortedMap, SortedSet};
use crate::swap::Origins;
use crate::swap::blobs::Photos;
use crate::swap::proof::Sealed;
use crate::swap::trust::Trust;
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use super::read::{Reading, read, read_bytes};
pub use super::write::{Cover, Due, Signing, due, write};

/// The format's name in the header.
pub const FORMAT: &str = "bothways/swap";
/// The newest version of the format this program reads, and the one it writes.
pub const VERSION: u32 = 1;

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
    /// Photos the sender's log names and the sender lacks. Written where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoHash>,
    /// The phones it is sealed for, by their keys, ascending. Written where it is signed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<PublicKey>,
}

#[derive(Serialize)]
pub(super) struct RevisionLine {
    pub(super) header: String,
}

#[derive(Serialize)]
pub(super) struct BodyLine {
    pub(super) text: String,
}

/// A run of one device's chain: the links `seq`, `seq + 1` ... , each following the one before.
#[derive(Serialize)]
pub(super) struct LinkLine {
    pub(super) device: DeviceId,
    pub(super) seq: u64,
    pub(super) previous: Option<LinkHash>,
    pub(super) revisions: Vec<RevisionId>,
}

#[derive(Serialize)]
pub(super) struct SealLine {
    pub(super) lines: usize,
    pub(super) digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) signature: Option<Signature>,
}

/// A file that has been read and found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwapFile {
    /// The first line.
    pub header: FileHeader,
    /// Its revisions.
    pub revisions: Vec<Revision>,
    /// Its bodies.
    pub bodies: SortedMap<BodyHash, Box<str>>,
    /// Its links.
    pub links: Vec<Link>,
    /// Its photos.
    pub photos: Photos,
    /// Small pictures of photos, by the hash of the photo each stands for.
    pub thumbs: Photos,
    /// What it says of phones: unproven, see [`super::proof`].
    pub trust: Trust,
    /// Its signature, where it has one.
    pub sealed: Option<Sealed>,
    /// Lines of types this version does not know, as they stand.
    pub unknown_lines: Vec<Box<str>>,
}

impl SwapFile {
    /// The same file as several, each with whole threads of so many entries, their bodies and links: what belongs
    /// together is compared with the log together. Links of revisions that are not in the file, and lines of a
    /// newer version, come with the last.
    pub fn parts(&self, entries: usize) -> Vec<Self> {
        let mut threads: SortedMap<EntryId, Vec<&Revision>> = SortedMap::new();
        for revision in &self.revisions {
            threads.change(revision.header().entry, |thread| thread.push(revision));
        }
        let mut links: SortedMap<RevisionId, Vec<Link>> = SortedMap::new();
        for link in &self.links {
            links.change(link.revision, |links| links.push(*link));
        }
        let empty = || Self {
            header: self.header.clone(),
            revisions: Vec::new(),
            bodies: SortedMap::new(),
            links: Vec::new(),
            photos: Photos::new(),
            thumbs: Photos::new(),
            trust: Trust::default(),
            sealed: None,
            unknown_lines: Vec::new(),
        };
        let mut parts = vec![empty()];
        let mut threads_in_part = 0;
        for (_, thread) in threads {
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
                        part.thumbs.extend(self.thumbs.get(&photo).map(|bytes| (photo, bytes.clone())));
                    }
                    part.bodies.insert(hash, text.clone());
                }
                part.links.extend(links.get_mut(&revision.id()).map(std::mem::take).unwrap_or_default());
                part.revisions.push(revision.clone());
            }
        }
        if let Some(part) = parts.last_mut() {
            links.into_iter().for_each(|(_, others)| part.links.extend(others));
            part.unknown_lines.extend(self.unknown_lines.iter().cloned());
        }
        parts
    }

    /// The entries without which it could not be told what of it may be read: see [`companions_of`].
    pub fn companions(&self) -> Vec<EntryId> {
        let headers = self.revisions.iter().map(Revision::header);
        companions_of(
            headers
                .filter_map(|header| Some((header.entry, header.member, &**self.bodies.get(&header.body)?))),
        )
    }

    /// The keys of the links that a phone must hold already to hold, with this file, what the sender held: the ends of
    /// the sender's chains, and the links that those in it follow, where they are not in it.
    pub fn takes_for_granted(&self) -> Vec<String> {
        let mut brought = SortedSet::new();
        brought.extend(self.links.iter().map(Link::hash));
        let ends = self.header.have.iter().map(|(device, reached)| (*device, reached.seq, reached.link));
        let followed = self.links.iter().filter_map(|link| {
            let previous = link.previous?;
            Some((link.device, link.seq.checked_sub(1)?, previous))
        });
        let named = ends.chain(followed).filter(|(_, _, link)| !brought.contains(link));
        named.map(|(device, seq, link)| link_key_of(&device, seq, &link)).collect()
    }

    /// The entries its revisions belong to.
    pub fn entries(&self) -> Vec<EntryId> {
        let entries: SortedSet<EntryId> =
            self.revisions.iter().map(|revision| revision.header().entry).collect();
        entries.into_iter().collect()
    }
}

/// Why a file is not taken. Each is told in words of its own; nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Larger than [`crate::caps::FILE_BYTES`].
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
    /// Sealed, and for others than this phone.
    #[error("the file is sealed for other phones")]
    NotForUs,
    /// Sealed with words, as a backup is.
    #[error("the file opens with words alone")]
    Locked,
    /// Made, or written in, by a phone nobody here has been paired with.
    #[error("the file is from a phone that is not known")]
    NotKnown,
    /// The pair was left on this phone.
    #[error("the pair was left on this phone")]
    Left,
    /// A signature does not hold, or somebody says what they cannot have written.
    #[error("the file is not from whom it says")]
    Forged,
    /// The file is well, but the log could not be read to compare it with.
    #[error("the log could not be read")]
    NoStorage,
    /// It has the shape of a swap file, but not its content as it was written.
    #[error("the file is damaged")]
    Damaged,
}

/// A digest as the seal has it.
pub(crate) fn hex(hash: Sha256) -> String {
    RevisionId::from_bytes(hash.finalize().into()).to_string()
}
