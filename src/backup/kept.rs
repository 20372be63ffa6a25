//! What a phone is to one log, as a backup keeps it, and how another phone takes it over.

use crate::caps;
use crate::ids::{DeviceId, EntryId, OriginId};
use crate::json::{BadRecord, Record, all_parsed, records};
use crate::library::Stage;
use crate::log::Member;
use crate::sorted::SortedSet;
use crate::swap::Origins;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// An installation by its secret: its id and its keys within the log follow from this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Former {
    /// Its seed.
    #[serde(serialize_with = "as_base64")]
    pub seed: [u8; 32],
    /// The origin it began the log with.
    pub origin: OriginId,
}

fn as_base64<S: Serializer>(seed: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&BASE64.encode(seed))
}

impl Former {
    /// Its id in the log.
    pub fn device(&self) -> DeviceId {
        DeviceId::of_seed(&self.seed, &self.origin)
    }

    /// Reads it from a record's parts.
    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        let seed = BASE64.decode(parts.text("seed")?).ok().and_then(|seed| seed.try_into().ok());
        Ok(Self { seed: seed.ok_or(BadRecord::Part("seed"))?, origin: parts.parsed("origin")? })
    }

    /// The text in which a phone keeps those it took the place of.
    pub fn to_text(all: &[Self]) -> String {
        // Structs of plain fields are always written.
        serde_json::to_string(&serde_json::json!({ "former": all })).unwrap_or_default()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, BadRecord> {
        records(Record::parse(text)?.list("former")?, "former", Self::read)
    }
}

/// What a phone is to one log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The phone itself.
    pub phone: Former,
    /// What the two call themselves, she first: for showing, before a log has been read.
    pub names: [Option<String>; 2],
    /// All origins of the log.
    pub origins: Origins,
    /// Whose phone it is, once they have said so.
    pub member: Option<Member>,
    /// Whether both of them write on it.
    pub for_two: bool,
    /// What the other is called on it, until they say themselves.
    pub nickname: String,
    /// The stage of life the pair has chosen.
    pub stage: Option<Stage>,
    /// The installations it took the place of.
    pub predecessors: Vec<DeviceId>,
    /// Their secrets, as far as it has them.
    pub former: Vec<Former>,
    /// Whether the pair was left: no file is made or taken until phones are paired anew.
    pub left: bool,
    /// Entries that are held back from swaps. On lines of their own.
    #[serde(skip)]
    pub held_back: SortedSet<EntryId>,
}

impl Kept {
    /// This installation's id in the log.
    pub fn device(&self) -> DeviceId {
        self.phone.device()
    }

    /// Whether two phones say that they are different ones of the two. What one keeps to themselves is not for the
    /// other's phone, though they have the words to open it.
    pub fn is_others(&self, other: &Self) -> bool {
        let both_known = self.member.is_some() && other.member.is_some();
        both_known && self.member != other.member && !self.for_two && !other.for_two
    }

    /// What this phone is to the log once it has taken the place of the other. What is said here already stays.
    /// `is_here` tells which entries this phone had before: of them its own word counts.
    #[must_use]
    pub fn in_place_of(&self, other: &Self, is_here: &dyn Fn(&EntryId) -> bool) -> Self {
        let mut next = self.clone();
        if let Some(origins) = self.origins.joined_with(&other.origins) {
            next.origins = origins;
        }
        if self.member.is_none() {
            (next.member, next.for_two) = (other.member, other.for_two || self.for_two);
            next.left |= other.left;
        }
        if self.nickname.is_empty() {
            next.nickname.clone_from(&other.nickname);
        }
        next.stage = self.stage.or(other.stage);
        next.held_back.extend(other.held_back.iter().copied().filter(|entry| !is_here(entry)));
        let own = self.device();
        let mut place = |device: DeviceId| {
            if device != own && !next.predecessors.contains(&device) {
                next.predecessors.push(device);
            }
        };
        other.predecessors.iter().copied().for_each(&mut place);
        place(other.device());
        for phone in other.former.iter().chain([&other.phone]) {
            if phone.device() != own && !next.former.contains(phone) {
                next.former.push(phone.clone());
            }
        }
        // A backup says no more than may be read of it. The oldest have had the most time to be heard of.
        forget_oldest(&mut next.predecessors);
        forget_oldest(&mut next.former);
        next
    }

    /// The same where this phone's log is one that nobody has written in: the other's takes its place.
    #[must_use]
    pub fn making_room_for(&self, other: &Self) -> Self {
        Self { origins: other.origins.clone(), ..self.clone() }.in_place_of(other, &|_| false)
    }

    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        let names = parts.list_if_any("names")?;
        let kept = Self {
            phone: Former::read(parts.record("phone")?)?,
            names: read_names(names)?,
            origins: Origins::read(&mut parts)?,
            member: parts.parsed_if_any("member")?,
            for_two: parts.flag("for_two")?,
            nickname: parts.text_if_any("nickname")?.unwrap_or_default(),
            stage: parts.parsed_if_any("stage")?,
            predecessors: all_parsed(parts.list_if_any("predecessors")?, "predecessors")?,
            former: records(parts.list_if_any("former")?, "former", Former::read)?,
            left: parts.flag("left")?,
            held_back: SortedSet::new(),
        };
        let fits = kept.predecessors.len() <= caps::FORMER
            && kept.former.len() <= caps::FORMER
            && kept.nickname.chars().count() <= caps::NAME_CHARS;
        if fits { Ok(kept) } else { Err(BadRecord::Part("home")) }
    }
}

fn read_names(list: Vec<Value>) -> Result<[Option<String>; 2], BadRecord> {
    let mut names = [None, None];
    let is_long = |name: &str| name.chars().count() > caps::NAME_CHARS;
    for (to, name) in names.iter_mut().zip(list) {
        *to = match name {
            Value::String(name) if !is_long(&name) => Some(name),
            Value::Null => None,
            _ => return Err(BadRecord::Part("names")),
        };
    }
    Ok(names)
}

fn forget_oldest<T>(list: &mut Vec<T>) {
    let more = list.len().saturating_sub(caps::FORMER);
    list.drain(..more);
}

/// Where a log of a backup goes on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into this one of the phone's logs.
    Into(usize),
    /// In the place of this one, in which nobody has written.
    InsteadOf(usize),
    /// Beside them.
    Beside,
    /// Nowhere: the log is here, and this phone is the other's of the two.
    Others,
}

/// Where a log of a backup goes, on a phone with these logs; true beside one that nobody has written in.
pub fn place(here: &[(Kept, bool)], log: &Kept) -> Place {
    let is_same = |kept: &Kept| {
        kept.origins.shares_with(&log.origins) && kept.origins.joined_with(&log.origins).is_some()
    };
    if let Some(at) = here.iter().position(|(kept, _)| is_same(kept)) {
        let others = here.get(at).is_some_and(|(kept, _)| kept.is_others(log));
        return if others { Place::Others } else { Place::Into(at) };
    }
    here.iter().position(|(_, is_untouched)| *is_untouched).map_or(Place::Beside, Place::InsteadOf)
}
