//! Only me: what one person writes for nobody else.
//!
//! Another drawer than the log, with a type of its own: a [`Note`] is no revision and no content, and the log and the
//! swap file cannot name it (`tests/domain/arrows.rs` reads their sources). So no way leads from here into a file:
//!
//! ```compile_fail
//! # fn no_way(pen: bothways::log::acts::Pen, note: bothways::drawer::Note, salt: bothways::ids::Salt) {
//! pen.write(note.id, salt, &note);
//! # }
//! ```
//!
//! ```compile_fail
//! # fn no_way(log: &mut bothways::log::LogSet, note: bothways::drawer::Note) {
//! log.apply(note.into());
//! # }
//! ```
//!
//! It can be [locked](lock): then what lies in it opens with a passphrase alone.
//!
//! - [`lock`]: the lock, and notes under it
//! - [`errand`]: what the page asks of the worker where there is a lock, and its answers
//!
//! What is shared after all becomes a new entry, with a new id, of the words as they stand then.

pub mod errand;
pub mod lock;

use crate::caps;
use crate::ids::EntryId;
use crate::json::{BadRecord, Record};
use crate::log::body::depth_within;
use crate::log::kinds::{Content, Telling};
use crate::log::{Member, When};
use serde_json::json;

/// Something a person keeps to themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The note's own id, of no entry.
    pub id: EntryId,
    /// Whose it is.
    pub member: Member,
    /// When it was written.
    pub when: When,
    /// What it says.
    pub telling: Telling,
}

impl Note {
    /// The text that is kept on this phone.
    pub fn to_text(&self) -> String {
        let (kind, fields) = Content::Told(self.telling.clone()).to_fields();
        json!({
            "id": self.id, "member": self.member, "at": self.when.at, "zone": self.when.zone, "kind": kind,
            "fields": fields,
        })
        .to_string()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one, or is beyond the caps of a body.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        if text.len() > caps::BODY_BYTES || !depth_within(text, caps::JSON_DEPTH) {
            return Err(BadRecord::Part("{}"));
        }
        let mut parts = Record::parse(text)?;
        let zone = parts.integer("zone")?.try_into().map_err(|_| BadRecord::Part("zone"))?;
        let fields = parts.record("fields")?.all();
        // The first version knew moments only, and did not say so.
        let kind = parts.text_if_any("kind")?.unwrap_or_else(|| "moment".into());
        let Content::Told(telling) = Content::from_fields(&kind, &fields) else {
            return Err(BadRecord::Part("fields"));
        };
        Ok(Self {
            id: parts.parsed("id")?,
            member: parts.parsed("member")?,
            when: When { at: parts.integer("at")?, zone },
            telling,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Note {
        let telling = Telling { words: "for me\n\"alone\"".into(), ..Telling::default() };
        let when = When { at: 5, zone: -60 };
        Note { id: EntryId::from_bytes([1; 16]), member: Member::Son, when, telling }
    }

    #[test]
    fn a_note_is_read_as_it_was_kept() {
        assert_eq!(Note::parse(&note().to_text()).unwrap(), note());
    }

    #[test]
    fn what_is_no_note_is_refused() {
        let text = note().to_text();
        assert!(Note::parse(&text.replace("\"son\"", "\"aunt\"")).is_err());
        assert!(Note::parse(&text.replace("words", "sounds")).is_err());
        assert!(Note::parse(&format!("{text}{}", " ".repeat(caps::BODY_BYTES))).is_err());
        assert!(Note::parse(&"[".repeat(40)).is_err());
    }
}
