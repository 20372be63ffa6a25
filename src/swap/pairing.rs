//! Pairing two phones: what each says of itself, and what the one is to the other.
//!
//! Each phone shows its **card** as a code and films the other's, or they send one another the card's text. Then both
//! show the same words, which follow from both cards: who put another card in between cannot make them the same.

use super::Origins;
use super::keys::PublicKeys;
use super::trust::{Circle, Phone};
use crate::caps;
use crate::ids::{DeviceId, Fingerprint, OriginId, PublicKey, labelled_hash};
use crate::json::{BadRecord, Record};
use crate::log::{Member, Millis};
use serde_json::{Value, json};

/// How a card's text begins. Capitals and digits, so that the code it is shown as stays small (ISO/IEC 18004,
/// alphanumeric mode); no address, so that nothing is opened by whoever films it with something else.
pub const PREFIX: &str = "BOTHWAYS:1:";

const FOR_TWO: u8 = 1;
const EMPTY: u8 = 2;

/// What a phone says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The phone.
    pub phone: Phone,
    /// What its owner is called.
    pub name: String,
    /// The origins of its log.
    pub origins: Origins,
    /// How many entries the log has.
    pub entries: u32,
    /// The day of the oldest and of the newest, by their own words; zeros where there is none.
    pub from_to: (Millis, Millis),
    /// Whether nobody has written there yet.
    pub is_new: bool,
}

/// Why a text is no card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCard {
    /// It does not begin like one.
    #[error("this is not a pairing code")]
    Other,
    /// It begins like one and is not whole.
    #[error("the pairing code is damaged")]
    Damaged,
}

impl Card {
    /// The text that is shown as a code, or sent.
    pub fn to_text(&self) -> String {
        let mut bytes = self.to_bytes();
        bytes.extend(check(&bytes));
        let digits: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        format!("{PREFIX}{digits}")
    }

    fn to_bytes(&self) -> Vec<u8> {
        let origins = Vec::from(self.origins.clone());
        let mut bytes = vec![origins.len() as u8];
        origins.iter().for_each(|origin| bytes.extend(origin.bytes()));
        let Phone { device, member, for_two, keys } = self.phone;
        bytes.extend(device.bytes());
        bytes.push(u8::from(member == Member::Son));
        bytes.push(if for_two { FOR_TWO } else { 0 } | if self.is_new { EMPTY } else { 0 });
        bytes.extend(keys.signing.bytes());
        bytes.extend(keys.sealing.bytes());
        bytes.extend(self.entries.to_be_bytes());
        bytes.extend(self.from_to.0.to_be_bytes());
        bytes.extend(self.from_to.1.to_be_bytes());
        bytes.extend(self.name.as_bytes());
        bytes
    }

    /// Reads a card from a text that may have gone through a messenger: space within it does no harm, nor do words
    /// before it.
    ///
    /// # Errors
    /// Where it is none.
    pub fn parse(text: &str) -> Result<Self, NoCard> {
        let begins = text.find(PREFIX).ok_or(NoCard::Other)? + PREFIX.len();
        let rest = text.get(begins..).unwrap_or_default();
        let digits: String =
            rest.chars().filter(|char| !char.is_whitespace()).take(caps::CARD_CHARS + 1).collect();
        Self::of_digits(&digits).ok_or(NoCard::Damaged)
    }

    fn of_digits(digits: &str) -> Option<Self> {
        if digits.len() > caps::CARD_CHARS || !digits.len().is_multiple_of(2) {
            return None;
        }
        let digit = |byte: &u8| (*byte as char).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let mut bytes = Vec::with_capacity(digits.len() / 2);
        for pair in digits.as_bytes().chunks_exact(2) {
            let [high, low] = pair else { return None };
            bytes.push(digit(high)? << 4 | digit(low)?);
        }
        let (bytes, said) = bytes.split_last_chunk::<4>()?;
        if check(bytes) != *said {
            return None;
        }
        let mut rest = bytes;
        let [count] = taken::<1>(&mut rest)?;
        let origins = (0..count.min(3)).map(|_| taken(&mut rest).map(OriginId::from_bytes));
        let origins = Origins::try_from(origins.collect::<Option<Vec<_>>>()?).ok()?;
        let device = DeviceId::from_bytes(taken(&mut rest)?);
        let [member, flags] = taken(&mut rest)?;
        let keys = PublicKeys {
            signing: PublicKey::from_bytes(taken(&mut rest)?),
            sealing: PublicKey::from_bytes(taken(&mut rest)?),
        };
        let member = match member {
            0 => Member::Mother,
            1 => Member::Son,
            _ => return None,
        };
        let entries = u32::from_be_bytes(taken(&mut rest)?);
        let from_to = (Millis::from_be_bytes(taken(&mut rest)?), Millis::from_be_bytes(taken(&mut rest)?));
        let name = String::from_utf8(rest.to_vec()).ok()?;
        if name.chars().count() > caps::NAME_CHARS {
            return None;
        }
        let phone = Phone { device, member, for_two: flags & FOR_TWO != 0, keys };
        Some(Self { phone, name, origins, entries, from_to, is_new: flags & EMPTY != 0 })
    }

    /// What this card is to the phone that has the other one, and knows this circle; and where the two can be paired,
    /// the origins of the log from then on.
    pub fn is_to(&self, mine: &Self, circle: &Circle) -> (Encounter, Option<Origins>) {
        let (me, them) = (&mine.phone, &self.phone);
        if them.device == me.device {
            return (Encounter::Oneself, None);
        }
        match circle.phone(&them.device) {
            Some(known) if known.keys != them.keys => return (Encounter::OtherKeys, None),
            Some(known) if known == them && self.origins == mine.origins => return (Encounter::Known, None),
            _ => {}
        }
        let joined = mine.origins.joined_with(&self.origins);
        if joined.is_some() && mine.origins.shares_with(&self.origins) {
            return (Encounter::Ours, joined);
        }
        // Two phones nobody has written on begin with the same of two logs.
        let theirs_first = Vec::from(self.origins.clone()) < Vec::from(mine.origins.clone());
        let same_side = me.member == them.member;
        match joined {
            Some(joined) if !same_side => (Encounter::Join, Some(joined)),
            _ if self.is_new && !(mine.is_new && theirs_first) => {
                (Encounter::Begins, Some(mine.origins.clone()))
            }
            _ if mine.is_new => (Encounter::TakesOver, Some(self.origins.clone())),
            Some(_) => (Encounter::SameSide, None),
            None => (Encounter::Stranger, None),
        }
    }
}

/// What a phone is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encounter {
    /// The two logs become one.
    Join,
    /// It has this log already, and is another phone of one of the two, or comes back.
    Ours,
    /// The other one is new, and begins with this log.
    Begins,
    /// This one is new, and begins with the other's log.
    TakesOver,
    /// The two are paired already.
    Known,
    /// It is this very phone.
    Oneself,
    /// It says it is a phone that is known, and has other keys than that one.
    OtherKeys,
    /// Both have written, and both say they are the same one of the two.
    SameSide,
    /// Its log is another pair's.
    Stranger,
}

impl Encounter {
    pub(super) const ALL: [(Self, &str); 9] = [
        (Self::Join, "join"),
        (Self::Ours, "ours"),
        (Self::Begins, "begins"),
        (Self::TakesOver, "takes-over"),
        (Self::Known, "known"),
        (Self::Oneself, "oneself"),
        (Self::OtherKeys, "other-keys"),
        (Self::SameSide, "same-side"),
        (Self::Stranger, "stranger"),
    ];

    /// Whether the two can be paired.
    pub const fn can_pair(self) -> bool {
        matches!(self, Self::Join | Self::Ours | Self::Begins | Self::TakesOver)
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, name)| name)
    }
}

/// What a page is told of another phone's card, before anybody has said yes to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// What it is to this phone.
    pub encounter: Encounter,
    /// What its owner is called, if they said.
    pub name: String,
    /// Which of the two they are.
    pub member: Member,
    /// How many entries it has.
    pub entries: usize,
    /// When the oldest and the newest were written, by their own words.
    pub from_to: (Millis, Millis),
    /// What both phones show, as words.
    pub fingerprint: Fingerprint,
    /// Whether another phone of the same member is known already.
    pub is_another: bool,
}

impl Met {
    pub(super) fn to_value(&self) -> Value {
        json!({
            "answer": "met", "encounter": self.encounter.name(), "name": self.name, "member": self.member,
            "entries": self.entries, "from": self.from_to.0, "to": self.from_to.1, "fingerprint": self.fingerprint,
            "another": self.is_another,
        })
    }

    pub(super) fn read(parts: &mut Record) -> Result<Self, BadRecord> {
        let encounter = parts.text("encounter")?;
        let known = Encounter::ALL.into_iter().find(|(_, name)| *name == encounter);
        Ok(Self {
            encounter: known.ok_or(BadRecord::Part("encounter"))?.0,
            name: parts.text("name")?,
            member: parts.parsed("member")?,
            entries: parts.small("entries")?,
            from_to: (parts.integer("from")?, parts.integer("to")?),
            fingerprint: parts.parsed("fingerprint")?,
            is_another: parts.flag("another")?,
        })
    }
}

/// What a page is told of a phone that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPhone {
    /// Which.
    pub device: DeviceId,
    /// Whose.
    pub member: Member,
    /// Since when, by the clock of the one it was paired with.
    pub since: Millis,
    /// Whether it is this one.
    pub is_here: bool,
    /// Whether it was said to be gone.
    pub is_gone: bool,
    /// Whether it was paired last, and that can still be taken back.
    pub can_unpair: bool,
}

impl KnownPhone {
    pub(super) fn to_value(&self) -> Value {
        json!({
            "device": self.device, "member": self.member, "since": self.since, "here": self.is_here,
            "gone": self.is_gone, "unpair": self.can_unpair,
        })
    }

    pub(super) fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            device: parts.parsed("device")?,
            member: parts.parsed("member")?,
            since: parts.integer("since")?,
            is_here: parts.flag("here")?,
            is_gone: parts.flag("gone")?,
            can_unpair: parts.flag("unpair")?,
        })
    }
}

/// What both phones show as words: it follows from both, whichever is asked.
pub fn fingerprint(one: &Phone, other: &Phone) -> Fingerprint {
    let (one, other) = (one.hash(), other.hash());
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    Fingerprint::from_bytes(labelled_hash("bothways/pair/1", &[&first, &second]))
}

fn check(bytes: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = labelled_hash("bothways/card/1", &[bytes]);
    [a, b, c, d]
}

fn taken<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*bytes)
}
