//! A mark: a thing one member marked. It is an entry whose id follows from member and thing, so that two phones
//! of one person never disagree; where they do, the mark that is set wins.

use crate::library::ContentId;
use serde::{Deserialize, Serialize};

/// The fields of a mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What kind of mark.
    pub mark: MarkSort,
    /// What is marked.
    pub thing: ContentId,
    /// Whether it is set or taken away.
    pub on: bool,
}

/// What a mark means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkSort {
    /// One to come back to.
    Favourite,
}

impl MarkSort {
    /// The name in files and derived ids.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Favourite => "favourite",
        }
    }
}
