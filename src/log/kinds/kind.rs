//! The list of kinds that people write.

use super::shape::Shape;
use super::{
    agreement, answer, check_in, good_news, he_leads, learned, letter, milestone, moment, own_idea,
    own_question, repair, reply, ritual, story, teach_me, thanks,
};
use std::str::FromStr;

/// A kind of entry that somebody tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// See [`moment`].
    #[default]
    Moment,
    /// See [`check_in`].
    CheckIn,
    /// See [`good_news`].
    GoodNews,
    /// See [`answer`].
    Answer,
    /// See [`thanks`].
    Thanks,
    /// See [`learned`].
    Learned,
    /// See [`teach_me`].
    TeachMe,
    /// See [`story`].
    Story,
    /// See [`letter`].
    Letter,
    /// See [`agreement`].
    Agreement,
    /// See [`repair`].
    Repair,
    /// See [`ritual`].
    Ritual,
    /// See [`milestone`].
    Milestone,
    /// See [`he_leads`].
    HeLeads,
    /// See [`own_idea`].
    OwnIdea,
    /// See [`own_question`].
    OwnQuestion,
    /// See [`reply`].
    Reply,
}

/// A word that is no kind this version knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKind;

impl Kind {
    /// All of them, in the order in which they are offered. A reply is none of its own accord.
    pub const ALL: [Self; 17] = [
        Self::Moment,
        Self::CheckIn,
        Self::GoodNews,
        Self::Answer,
        Self::Thanks,
        Self::Learned,
        Self::TeachMe,
        Self::Story,
        Self::Letter,
        Self::Agreement,
        Self::Repair,
        Self::Ritual,
        Self::Milestone,
        Self::HeLeads,
        Self::OwnIdea,
        Self::OwnQuestion,
        Self::Reply,
    ];

    /// What it asks for.
    pub const fn shape(self) -> &'static Shape {
        match self {
            Self::Moment => &moment::SHAPE,
            Self::CheckIn => &check_in::SHAPE,
            Self::GoodNews => &good_news::SHAPE,
            Self::Answer => &answer::SHAPE,
            Self::Thanks => &thanks::SHAPE,
            Self::Learned => &learned::SHAPE,
            Self::TeachMe => &teach_me::SHAPE,
            Self::Story => &story::SHAPE,
            Self::Letter => &letter::SHAPE,
            Self::Agreement => &agreement::SHAPE,
            Self::Repair => &repair::SHAPE,
            Self::Ritual => &ritual::SHAPE,
            Self::Milestone => &milestone::SHAPE,
            Self::HeLeads => &he_leads::SHAPE,
            Self::OwnIdea => &own_idea::SHAPE,
            Self::OwnQuestion => &own_question::SHAPE,
            Self::Reply => &reply::SHAPE,
        }
    }

    /// Its name in bodies and addresses, and the key of its words.
    pub const fn id(self) -> &'static str {
        self.shape().id
    }
}

impl FromStr for Kind {
    type Err = NoKind;

    fn from_str(id: &str) -> Result<Self, NoKind> {
        Self::ALL.into_iter().find(|kind| kind.id() == id).ok_or(NoKind)
    }
}
