//! The keepsake: the log as a book that outlives the app. One file of plain HTML that any browser opens, or Markdown that
//! any editor does.
//!
//! A [`Book`] holds words that somebody may read already: whoever makes one takes them from [`crate::log::view::readable`]
//! and leaves out what is sealed. Nothing here decides what may be read, and nothing here reads a log.

pub mod html;
pub mod markdown;

use crate::log::Member;

/// A book of two voices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// The title: the two names.
    pub title: String,
    /// From when to when, in words.
    pub subtitle: String,
    /// The language its words are in, a BCP 47 tag.
    pub language: String,
    /// Its months, the oldest first.
    pub months: Vec<Month>,
}

/// The entries of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its name and year.
    pub name: String,
    /// Its entries, the oldest first.
    pub entries: Vec<Entry>,
}

/// An entry as a book has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// On whose side it stands.
    pub member: Member,
    /// Whose it is, when it is from, and what kind it is, in words.
    pub head: String,
    /// Its texts, each with what it was asked with, where it was.
    pub texts: Vec<(Option<String>, String)>,
    /// Feeling, theme, what it is about: in words.
    pub notes: Vec<String>,
    /// Photos: what each shows, and its bytes as a `data:` address (RFC 2397).
    pub photos: Vec<(String, String)>,
}

#[cfg(test)]
mod samples {
    use super::*;

    /// A book with one entry of these words.
    pub fn book(words: &str) -> Book {
        let texts = vec![(None, words.into()), (Some("What we try".into()), "less salt".into())];
        let entry = Entry {
            member: Member::Mother,
            head: "Ana, 3 May".into(),
            texts,
            notes: vec!["Felt glad".into()],
            photos: Vec::new(),
        };
        Book {
            title: "Ana and Tom".into(),
            subtitle: "2026".into(),
            language: "en".into(),
            months: vec![Month { name: "May 2026".into(), entries: vec![entry] }],
        }
    }
}
