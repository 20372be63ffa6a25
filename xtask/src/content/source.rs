//! A file of the content, places in it, and what is wrong there.

use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;

/// What a file holds: the folder it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    Chapters,
    Answers,
    Ideas,
    Questions,
}

impl Shelf {
    pub const ALL: [Self; 4] = [Self::Chapters, Self::Answers, Self::Ideas, Self::Questions];

    pub const fn folder(self) -> &'static str {
        match self {
            Self::Chapters => "chapters",
            Self::Answers => "answers",
            Self::Ideas => "ideas",
            Self::Questions => "questions",
        }
    }

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Chapters | Self::Answers => "md",
            Self::Ideas | Self::Questions => "toml",
        }
    }
}

/// One file of the content.
pub struct Source {
    pub shelf: Shelf,
    /// The path from the root of the project, with forward slashes: as it stands in messages.
    pub file: Rc<str>,
    pub text: String,
}

impl Source {
    /// The file's name without its folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }

    /// The line, counted from one, on which this byte stands.
    pub fn line_at(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }

    pub fn spot(&self, line: usize) -> Spot {
        Spot { file: Rc::clone(&self.file), line }
    }

    pub fn spot_at(&self, offset: usize) -> Spot {
        self.spot(self.line_at(offset))
    }
}

/// A line of a file; line 0 is the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub file: Rc<str>,
    pub line: usize,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line => write!(f, "{}:{line}", self.file),
        }
    }
}

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub spot: Spot,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.spot, self.message)
    }
}

/// All that is wrong, by file and line.
#[derive(Debug, Default)]
pub struct Problems(BTreeSet<Problem>);

impl Problems {
    pub fn add(&mut self, spot: Spot, message: impl Into<String>) {
        self.0.insert(Problem { spot, message: message.into() });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}
