//! What the worker tells of a backup: of one that was made, and of one that was opened.

use super::part::Unopened;
use super::preview::{Contents, OfLog};
use crate::json::{BadRecord, Record, records};
use crate::log::Millis;
use serde_json::{Value, json};

/// What is told of a backup that was opened. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// When it was made.
    pub made: Millis,
    /// How many parts it has.
    pub parts: usize,
    /// How many of them are not here.
    pub missing: usize,
    /// The numbers of those, as one text.
    pub missing_parts: String,
    /// Its logs.
    pub logs: Vec<OfLog>,
    /// Entries.
    pub entries: usize,
    /// Photos.
    pub photos: usize,
    /// Notes for one alone.
    pub notes: usize,
    /// Lines of a newer version.
    pub newer: usize,
}

impl Opened {
    /// What is told of these contents.
    pub fn of(contents: &Contents) -> Self {
        let ([entries, photos, notes, newer], missing) = (contents.counts(), contents.missing());
        Self {
            made: contents.made().unwrap_or_default(),
            parts: contents.parts(),
            missing: missing.len(),
            missing_parts: missing.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
            logs: contents.logs().cloned().collect(),
            entries,
            photos,
            notes,
            newer,
        }
    }

    /// The value that is sent.
    pub fn to_value(&self) -> Value {
        let logs = self.logs.iter().map(|log| {
            let [hers, his] = &log.names;
            json!({ "member": log.member, "hers": hers, "his": his })
        });
        json!({
            "answer": "opened", "made": self.made, "parts": self.parts, "missing": self.missing,
            "missing_parts": self.missing_parts,
            "logs": logs.collect::<Vec<_>>(), "entries": self.entries, "photos": self.photos, "notes": self.notes,
            "newer": self.newer,
        })
    }

    /// Reads such a value's parts.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn read(parts: &mut Record) -> Result<Self, BadRecord> {
        Ok(Self {
            made: parts.integer("made")?,
            parts: parts.small("parts")?,
            missing: parts.small("missing")?,
            missing_parts: parts.text("missing_parts")?,
            logs: records(parts.list("logs")?, "logs", |mut log| {
                Ok(OfLog {
                    member: log.parsed_if_any("member")?,
                    names: [log.text_if_any("hers")?, log.text_if_any("his")?],
                })
            })?,
            entries: parts.small("entries")?,
            photos: parts.small("photos")?,
            notes: parts.small("notes")?,
            newer: parts.small("newer")?,
        })
    }
}

const UNOPENED: [(Unopened, &str); 9] = [
    (Unopened::WrongWords, "wrong-words"),
    (Unopened::TooLarge, "too-large"),
    (Unopened::NotABackup, "not-a-backup"),
    (Unopened::Newer, "newer"),
    (Unopened::Truncated, "truncated"),
    (Unopened::Damaged, "damaged"),
    (Unopened::Another, "another"),
    (Unopened::Others, "others"),
    (Unopened::Unreadable, "unreadable"),
];

impl Unopened {
    /// Its name in the messages between page and worker.
    pub fn name(self) -> &'static str {
        UNOPENED.iter().find(|(why, _)| *why == self).map_or("damaged", |(_, name)| name)
    }

    /// The reason of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        UNOPENED.into_iter().find(|(_, own)| *own == name).map(|(why, _)| why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Member;

    #[test]
    fn what_is_told_is_read_as_it_was_sent() {
        let logs = vec![
            OfLog { member: Some(Member::Son), names: [None, Some("Jon \"J\"".into())] },
            OfLog { member: None, names: [None, None] },
        ];
        let opened = Opened {
            made: -5,
            parts: 7,
            missing: 2,
            missing_parts: "2, 7".into(),
            logs,
            entries: 1,
            photos: 2,
            notes: 3,
            newer: 4,
        };
        let mut parts = Record::parse(&opened.to_value().to_string()).unwrap();
        assert_eq!(Opened::read(&mut parts).unwrap(), opened);
    }

    #[test]
    fn every_reason_has_a_name_of_its_own() {
        for (why, name) in UNOPENED {
            assert_eq!(Unopened::from_name(name), Some(why));
            assert_eq!(why.name(), name);
        }
    }
}
