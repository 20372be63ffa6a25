//! What the page asks of the worker where the drawer is locked, and what the worker answers. The keys are the worker's, in
//! its memory and for one sitting: the page counts the sittings, and with the next one the drawer is shut.

use super::Note;
use crate::json::{BadRecord, Record};
use crate::log::Member;
use serde_json::{Value, json};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Lock the drawer with this passphrase.
    Set(String),
    /// Open it for this sitting.
    Open(String),
    /// The passphrase is to be another: the one until now, the one from now on.
    Change(String, String),
    /// Take the lock away.
    TakeAway(String),
    /// Forget what was opened.
    Shut,
    /// Say what lies in it.
    Notes,
    /// Seal a note.
    Seal(Box<Note>),
}

/// An [`Ask`] with who asks, and in which sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who writes.
    pub member: Member,
    /// The page's sitting.
    pub sitting: u32,
    /// What is asked.
    pub ask: Ask,
}

impl Asked {
    /// The text that is sent.
    pub fn to_text(&self) -> String {
        let (name, phrase, more) = match &self.ask {
            Ask::Set(phrase) => ("set", Some(phrase.clone()), None),
            Ask::Open(phrase) => ("open", Some(phrase.clone()), None),
            Ask::Change(phrase, next) => ("change", Some(phrase.clone()), Some(next.clone())),
            Ask::TakeAway(phrase) => ("take-away", Some(phrase.clone()), None),
            Ask::Shut => ("shut", None, None),
            Ask::Notes => ("notes", None, None),
            Ask::Seal(note) => ("seal", None, Some(note.to_text())),
        };
        json!({ "ask": name, "member": self.member, "sitting": self.sitting, "phrase": phrase, "more": more })
            .to_string()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        let mut parts = Record::parse(text)?;
        let phrase = |parts: &mut Record| parts.text("phrase");
        let ask = match parts.text("ask")?.as_str() {
            "set" => Ask::Set(phrase(&mut parts)?),
            "open" => Ask::Open(phrase(&mut parts)?),
            "change" => Ask::Change(phrase(&mut parts)?, parts.text("more")?),
            "take-away" => Ask::TakeAway(phrase(&mut parts)?),
            "shut" => Ask::Shut,
            "notes" => Ask::Notes,
            "seal" => Ask::Seal(Box::new(Note::parse(&parts.text("more")?)?)),
            _ => return Err(BadRecord::Part("ask")),
        };
        Ok(Self { member: parts.parsed("member")?, sitting: parts.small("sitting")?, ask })
    }
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is done.
    Done,
    /// The passphrase is another. Nothing has changed.
    WrongPhrase,
    /// It is shut.
    Shut,
    /// Another tab has set or changed the lock meanwhile. Nothing has changed.
    Changed,
    /// What lies in it, as far as it opens; and how many notes are under other locks.
    Notes(Vec<Note>, usize),
    /// A note, sealed: the text that is kept.
    Sealed(String),
}

impl Told {
    /// The text that is sent.
    pub fn to_text(&self) -> String {
        match self {
            Self::Done => json!({ "told": "done" }),
            Self::WrongPhrase => json!({ "told": "wrong-phrase" }),
            Self::Shut => json!({ "told": "shut" }),
            Self::Changed => json!({ "told": "changed" }),
            Self::Notes(notes, others) => {
                let notes: Vec<String> = notes.iter().map(Note::to_text).collect();
                json!({ "told": "notes", "notes": notes, "others": others })
            }
            Self::Sealed(text) => json!({ "told": "sealed", "text": text }),
        }
        .to_string()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        let mut parts = Record::parse(text)?;
        Ok(match parts.text("told")?.as_str() {
            "done" => Self::Done,
            "wrong-phrase" => Self::WrongPhrase,
            "shut" => Self::Shut,
            "changed" => Self::Changed,
            "sealed" => Self::Sealed(parts.text("text")?),
            "notes" => {
                let read = |note: Value| match note {
                    Value::String(text) => Note::parse(&text),
                    _ => Err(BadRecord::Part("notes")),
                };
                let notes = parts.list("notes")?.into_iter().map(read).collect::<Result<_, _>>()?;
                Self::Notes(notes, parts.small("others")?)
            }
            _ => return Err(BadRecord::Part("told")),
        })
    }
}
