//! What people read: the guide, the answers, the ideas and the questions for both.
//!
//! The words are files in `content/` (see its README); `cargo xtask content` checks them and writes one
//! [`Pack`] a language, and the app reads that. Nothing here knows where a pack comes from or who reads it.
//!
//! - [`pack`]: the pack, and its ideas and questions; [`guide`]: its chapters and answers
//! - [`feelings`]: words for what one feels; [`kinds`]: words for the kinds of entry
//! - [`columns`]: the tables a pack is written in; [`beside`]: another language beside the English
//! - [`choices`]: the words an idea or a question is described with: stages, kinds, weather
//! - [`id`]: the names of things, which entries in people's logs point at
//! - [`search`]: finding anything by its words
//! - [`words`]: what a word is when searching: no capitals, no accents
//! - [`choose`]: ideas that fit the day, a surprise, the question of the week

pub mod beside;
pub mod choices;
pub mod choose;
pub mod columns;
pub mod feelings;
pub mod guide;
pub mod id;
pub mod kinds;
pub mod pack;
pub mod search;
pub mod words;

pub use choices::{
    Cost, Depth, Energy, For, Grade, Kind, Leads, Minutes, Place, Season, Stage, Theme, Weather,
};
pub use choose::{
    Among, Because, IdeaFilter, Known, for_today, matching, pick, question_of_week, surprise, week_of,
};
pub use feelings::{Family, FeelingWord};
pub use guide::{Answer, Block, Chapter, Evidence, Practice, Span, StageNote};
pub use id::{BadContentId, ContentId};
pub use kinds::KindWords;
pub use pack::{Idea, Pack, PackError, Question};
pub use search::{Found, Hit, SearchIndex};
pub use words::matches_words;

#[cfg(test)]
mod samples;
