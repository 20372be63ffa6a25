//! One revision: a header whose exact bytes name it, and which names its body by hash.
//!
//! Nothing in a header betrays what an erased body said: no kind, no time. The text of a header is kept as it
//! came and never written again from its parts, because its hash is its name (`docs/format.md`).

use crate::caps;
use crate::ids::{BodyHash, DeviceId, EntryId, RevisionId};
use crate::json::{BadRecord, Record, all_parsed};
use serde::Serialize;
use std::str::FromStr;

/// One of the two people of a log. The role is the id: a log has exactly one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Member {
    /// The mother.
    Mother,
    /// Her son.
    Son,
}

impl Member {
    /// Both members, she first.
    pub const ALL: [Self; 2] = [Self::Mother, Self::Son];

    /// The name used in files and derived ids.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mother => "mother",
            Self::Son => "son",
        }
    }

    /// The other of the two.
    pub const fn other(self) -> Self {
        match self {
            Self::Mother => Self::Son,
            Self::Son => Self::Mother,
        }
    }
}

impl FromStr for Member {
    type Err = NoSuchMember;

    fn from_str(id: &str) -> Result<Self, NoSuchMember> {
        Self::ALL.into_iter().find(|member| member.id() == id).ok_or(NoSuchMember)
    }
}

/// A text that names neither of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is neither of the two")]
pub struct NoSuchMember;

/// The parts of a header, in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Version of the header's format: 1.
    pub v: u32,
    /// The entry this is a revision of.
    pub entry: EntryId,
    /// The revisions this one follows, ascending and without repeats; none for the first.
    pub parents: Vec<RevisionId>,
    /// The installation that wrote it.
    pub device: DeviceId,
    /// Who wrote it.
    pub member: Member,
    /// The hash of its body.
    pub body: BodyHash,
    /// The length of its body in bytes.
    pub size: u32,
    /// True for a tombstone: the writer's words in this entry are to be forgotten, everywhere.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub erases: bool,
}

/// Why a text is not a header.
#[derive(Debug, thiserror::Error)]
pub enum BadHeader {
    /// Longer than [`caps::HEADER_BYTES`].
    #[error("the header is too long")]
    TooLong,
    /// Not JSON, or a part is missing or of another type.
    #[error("the header cannot be read: {0}")]
    Broken(#[from] BadRecord),
    /// More parents than [`caps::PARENTS`], or not ascending.
    #[error("the parents are too many or out of order")]
    Parents,
}

/// A revision: a header, its exact text, and the id that follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    id: RevisionId,
    header: Header,
    text: Box<str>,
}

impl Revision {
    /// Writes a header down, for the first and only time.
    pub fn write(mut header: Header) -> Result<Self, BadHeader> {
        // Few, and each put in its place: a sorting program for them would be larger than the rest of this file.
        for parent in std::mem::take(&mut header.parents) {
            if let Err(place) = header.parents.binary_search(&parent) {
                header.parents.insert(place, parent);
            }
        }
        Self::parse(&serde_json::to_string(&header).map_err(BadRecord::Json)?)
    }

    /// Reads a header that was written before, here or elsewhere. Parts this version does not know are kept,
    /// because the text is.
    pub fn parse(text: &str) -> Result<Self, BadHeader> {
        if text.len() > caps::HEADER_BYTES {
            return Err(BadHeader::TooLong);
        }
        let mut parts = Record::parse(text)?;
        let header = Header {
            v: parts.small("v")?,
            entry: parts.parsed("entry")?,
            parents: all_parsed(parts.list("parents")?, "parents")?,
            device: parts.parsed("device")?,
            member: parts.parsed("member")?,
            body: parts.parsed("body")?,
            size: parts.small("size")?,
            erases: parts.flag("erases")?,
        };
        if header.parents.len() > caps::PARENTS || !header.parents.is_sorted_by(|a, b| a < b) {
            return Err(BadHeader::Parents);
        }
        Ok(Self { id: RevisionId::of_header(text), header, text: text.into() })
    }

    /// The revision's name.
    pub const fn id(&self) -> RevisionId {
        self.id
    }

    /// The header's parts.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The header's exact text, as it is stored and travels.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            v: 1,
            entry: EntryId::from_bytes([1; 16]),
            parents: vec![RevisionId::from_bytes([9; 32]), RevisionId::from_bytes([3; 32])],
            device: DeviceId::from_bytes([2; 16]),
            member: Member::Son,
            body: BodyHash::from_bytes([4; 32]),
            size: 7,
            erases: false,
        }
    }

    #[test]
    fn a_revision_read_again_has_the_same_id() {
        let written = Revision::write(header()).unwrap();
        assert_eq!(Revision::parse(written.text()).unwrap(), written);
    }

    #[test]
    fn one_changed_letter_is_another_revision() {
        let written = Revision::write(header()).unwrap();
        let changed = written.text().replace("\"son\"", "\"mother\"");
        assert_ne!(Revision::parse(&changed).unwrap().id(), written.id());
    }

    #[test]
    fn parts_from_a_newer_version_are_kept_to_the_letter() {
        let text = Revision::write(header()).unwrap().text().replace("{\"v\":1", "{\"v\":1,\"new\":[1]");
        assert_eq!(Revision::parse(&text).unwrap().text(), text);
    }

    #[test]
    fn parents_out_of_order_or_too_many_are_refused() {
        let text = serde_json::to_string(&header()).unwrap();
        assert!(matches!(Revision::parse(&text), Err(BadHeader::Parents)));
        let many = (0..=64).map(|n| RevisionId::from_bytes([n; 32])).collect();
        assert!(Revision::write(Header { parents: many, ..header() }).is_err());
    }
}
