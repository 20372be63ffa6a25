//! As whom, and for which stage, the guide is read: until the app is closed, and on this page only.

use bothways::library::{For, Idea, Question, Stage};
use bothways::log::Member;

/// How the guide is read. Nothing chosen shows all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// For a stage other than his.
    pub stage: Option<Stage>,
    /// With the eyes of one of the two.
    pub reader: Option<Member>,
}

impl Reading {
    /// Whether an idea suits it.
    pub fn suits_idea(self, idea: &Idea) -> bool {
        self.stage.is_none_or(|stage| idea.stages.contains(&stage))
    }

    /// Whether a question does: what the other alone is asked is for the other to read.
    pub fn suits_question(self, question: &Question) -> bool {
        let is_for = |reader| match question.who {
            Some(For::Him) => reader == Member::Son,
            Some(For::Her) => reader == Member::Mother,
            None => true,
        };
        self.stage.is_none_or(|stage| question.stages.contains(&stage)) && self.reader.is_none_or(is_for)
    }
}
