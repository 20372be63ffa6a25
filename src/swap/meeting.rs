//! Whose file is it?
//!
//! Each phone begins its own log, named by a random origin. When two phones that both wrote meet, their logs are
//! joined: nothing is rewritten, the log simply knows two origins from then on. A log that was joined elsewhere
//! is another pair's, and changes nothing here.

use crate::ids::OriginId;
use crate::json::{BadRecord, Record, all_parsed};
use crate::log::Member;
use crate::sorted::SortedSet;
use serde::Serialize;

/// The origins of a log: one before its two phones have met, two from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "Vec<OriginId>")]
pub struct Origins(SortedSet<OriginId>);

impl Origins {
    /// A log that one phone begins.
    pub fn begun(origin: OriginId) -> Self {
        let mut origins = SortedSet::new();
        origins.insert(origin);
        Self(origins)
    }

    /// Whether two phones' logs have been joined in it.
    pub fn is_joined(&self) -> bool {
        self.0.len() == 2
    }

    /// A number that is the same on both phones once their logs are joined, and a phone's own before.
    pub fn number(&self) -> u64 {
        let first = self.0.iter().next().map_or([0; 16], |origin| *origin.bytes());
        first.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// Reads the part "origins" of a record.
    pub fn read(parts: &mut Record) -> Result<Self, BadRecord> {
        let origins: Vec<OriginId> = all_parsed(parts.list("origins")?, "origins")?;
        Self::try_from(origins).map_err(|_| BadRecord::Part("origins"))
    }

    /// Whether they have an origin in common.
    pub fn shares_with(&self, other: &Self) -> bool {
        self.0.iter().any(|origin| other.0.contains(origin))
    }

    /// The origins of the log that two logs become; none where that would be those of more than two phones.
    pub fn joined_with(&self, other: &Self) -> Option<Self> {
        Self::try_from(self.0.iter().chain(other.0.iter()).copied().collect::<Vec<_>>()).ok()
    }
}

impl TryFrom<Vec<OriginId>> for Origins {
    type Error = &'static str;

    fn try_from(origins: Vec<OriginId>) -> Result<Self, Self::Error> {
        let mut set = SortedSet::new();
        set.extend(origins);
        matches!(set.len(), 1 | 2).then_some(Self(set)).ok_or("a log has one origin or two")
    }
}

impl From<Origins> for Vec<OriginId> {
    fn from(origins: Origins) -> Self {
        origins.0.into_iter().collect()
    }
}

/// What a file is to this phone's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// This log's own; its origins afterwards.
    Ours(Origins),
    /// The other phone's log, begun on its own: to be joined, if the person says so. The origins afterwards.
    Join(Origins),
    /// The other phone's log, but both phones say they are the same one of the two.
    SameSide(Member),
    /// Another pair's.
    Stranger,
}

/// What a file with these origins, from this member, is to a log with those, kept by `me`. A phone that nobody has
/// written on yet (`me` is none: the first entry asks) has no log of its own to join: it takes the file's over.
pub fn meet(mine: &Origins, me: Option<Member>, theirs: &Origins, sender: Member) -> Meeting {
    let Some(joined) = mine.joined_with(theirs) else {
        return if me.is_none() && !mine.is_joined() {
            Meeting::Join(theirs.clone())
        } else {
            Meeting::Stranger
        };
    };
    if mine.shares_with(theirs) {
        Meeting::Ours(joined)
    } else if me == Some(sender) {
        Meeting::SameSide(sender)
    } else {
        Meeting::Join(joined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(ids: &[u8]) -> Origins {
        Origins::try_from(ids.iter().map(|id| OriginId::from_bytes([*id; 16])).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn two_logs_begun_apart_join_once() {
        let me = Some(Member::Mother);
        assert_eq!(meet(&origins(&[1]), me, &origins(&[2]), Member::Son), Meeting::Join(origins(&[1, 2])));
        assert_eq!(meet(&origins(&[1, 2]), me, &origins(&[2]), Member::Son), Meeting::Ours(origins(&[1, 2])));
        assert_eq!(meet(&origins(&[1]), me, &origins(&[1, 2]), Member::Son), Meeting::Ours(origins(&[1, 2])));
    }

    #[test]
    fn a_log_joined_elsewhere_is_a_strangers() {
        let me = Some(Member::Mother);
        assert_eq!(meet(&origins(&[1]), me, &origins(&[2, 3]), Member::Son), Meeting::Stranger);
        assert_eq!(meet(&origins(&[1, 2]), me, &origins(&[3]), Member::Son), Meeting::Stranger);
        assert_eq!(meet(&origins(&[1, 2]), me, &origins(&[2, 3]), Member::Son), Meeting::Stranger);
    }

    #[test]
    fn two_phones_that_are_both_the_son_do_not_join() {
        let (one, two) = (origins(&[1]), origins(&[2]));
        assert_eq!(meet(&one, Some(Member::Son), &two, Member::Son), Meeting::SameSide(Member::Son));
        assert!(matches!(meet(&one, None, &two, Member::Son), Meeting::Join(_)));
    }

    #[test]
    fn a_new_phone_takes_a_joined_log_over_but_only_one() {
        let pair = origins(&[1, 2]);
        assert_eq!(meet(&origins(&[9]), None, &pair, Member::Son), Meeting::Join(pair.clone()));
        assert_eq!(meet(&pair, None, &origins(&[3, 4]), Member::Son), Meeting::Stranger);
    }
}
