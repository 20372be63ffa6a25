//! Where one is: the part of the address after the `#`, parsed at the border into a type.
//!
//! Hash addresses let one build work at any path of any host, offline, without the server's help.

use crate::device::page;
use bothways::ids::EntryId;
use bothways::library::ContentId;
use bothways::log::kinds::Kind;
use std::fmt;

/// A place in the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// One gesture, one question, what waits.
    Today,
    /// The log as a book.
    Book,
    /// The nine themes as a picture.
    BothWays,
    /// The chapters and the questions people ask.
    Guide,
    /// A chapter.
    Chapter(ContentId),
    /// A note in a chapter, by one of its paragraphs.
    Note(ContentId, usize),
    /// An answer to a question people ask.
    Answer(ContentId),
    /// All ideas.
    Ideas,
    /// One idea.
    Idea(ContentId),
    /// The timeline.
    Log,
    /// A new entry, perhaps about something in the library.
    Write(Option<ContentId>),
    /// A new entry of a kind.
    New(Kind),
    /// One entry, with its replies and what it was before.
    Entry(EntryId),
    /// All entries of a kind that both keep: agreements, rituals, letters.
    Kept(Kind),
    /// A new entry that replies to one.
    Reply(EntryId),
    /// Changing an entry.
    Edit(EntryId),
    /// Giving and taking files.
    Swap,
    /// The two people, appearance, data.
    Us,
    /// An address that leads nowhere.
    Lost,
}

impl Route {
    /// The place an address names.
    pub fn parse(address: &str) -> Self {
        let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
        let id = |text: &str| text.parse::<ContentId>().ok();
        match *parts.as_slice() {
            [] | ["today"] => Some(Self::Today),
            ["book"] => Some(Self::Book),
            ["both"] => Some(Self::BothWays),
            ["guide"] => Some(Self::Guide),
            ["guide", chapter] => id(chapter).map(Self::Chapter),
            ["guide", chapter, place] => {
                id(chapter).zip(place.parse().ok()).map(|(id, at)| Self::Note(id, at))
            }
            ["answers", answer] => id(answer).map(Self::Answer),
            ["ideas"] => Some(Self::Ideas),
            ["ideas", idea] => id(idea).map(Self::Idea),
            ["log"] => Some(Self::Log),
            ["log", entry, "edit"] => entry.parse().ok().map(Self::Edit),
            ["log", entry, "reply"] => entry.parse().ok().map(Self::Reply),
            ["log", entry] => entry.parse().ok().map(Self::Entry),
            ["new", kind] => kind.parse().ok().map(Self::New),
            ["kept", kind] => kind.parse().ok().map(Self::Kept),
            ["write"] => Some(Self::Write(None)),
            ["write", about] => id(about).map(|about| Self::Write(Some(about))),
            ["swap"] => Some(Self::Swap),
            ["us"] => Some(Self::Us),
            _ => None,
        }
        .unwrap_or(Self::Lost)
    }

    /// The address as a link has it.
    pub fn href(&self) -> String {
        format!("#{self}")
    }

    /// Goes there.
    pub fn go(&self) {
        page::go(&self.to_string());
    }

    /// Goes there, and "back" does not lead here again.
    pub fn go_instead(&self) {
        page::replace(&self.to_string());
    }

    /// The room of the bottom bar this place belongs to.
    pub const fn room(&self) -> Option<Room> {
        match self {
            Self::Today | Self::BothWays => Some(Room::Today),
            Self::Guide | Self::Chapter(_) | Self::Note(..) | Self::Answer(_) => Some(Room::Guide),
            Self::Ideas | Self::Idea(_) => Some(Room::Ideas),
            Self::Log | Self::Write(_) | Self::New(_) | Self::Entry(_) | Self::Reply(_) | Self::Edit(_) => {
                Some(Room::Log)
            }
            Self::Swap => Some(Room::Swap),
            Self::Us | Self::Book | Self::Kept(_) | Self::Lost => None,
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("/today"),
            Self::Book => f.write_str("/book"),
            Self::BothWays => f.write_str("/both"),
            Self::Guide => f.write_str("/guide"),
            Self::Chapter(id) => write!(f, "/guide/{id}"),
            Self::Note(id, at) => write!(f, "/guide/{id}/{at}"),
            Self::Answer(id) => write!(f, "/answers/{id}"),
            Self::Ideas => f.write_str("/ideas"),
            Self::Idea(id) => write!(f, "/ideas/{id}"),
            Self::Log => f.write_str("/log"),
            Self::Write(None) => f.write_str("/write"),
            Self::Write(Some(id)) => write!(f, "/write/{id}"),
            Self::New(kind) => write!(f, "/new/{}", kind.id()),
            Self::Entry(entry) => write!(f, "/log/{entry}"),
            Self::Kept(kind) => write!(f, "/kept/{}", kind.id()),
            Self::Reply(entry) => write!(f, "/log/{entry}/reply"),
            Self::Edit(entry) => write!(f, "/log/{entry}/edit"),
            Self::Swap => f.write_str("/swap"),
            Self::Us => f.write_str("/us"),
            Self::Lost => f.write_str("/lost"),
        }
    }
}

/// The five rooms of the bottom bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Today.
    Today,
    /// The guide.
    Guide,
    /// Things to do.
    Ideas,
    /// The log.
    Log,
    /// The swap.
    Swap,
}

impl Room {
    /// In the order of the bar.
    pub const ALL: [Self; 5] = [Self::Today, Self::Guide, Self::Ideas, Self::Log, Self::Swap];

    /// The room's first page.
    pub const fn route(self) -> Route {
        match self {
            Self::Today => Route::Today,
            Self::Guide => Route::Guide,
            Self::Ideas => Route::Ideas,
            Self::Log => Route::Log,
            Self::Swap => Route::Swap,
        }
    }
}
