//! Whose word counts in a log: the phones of both, and what each has signed.
//!
//! Trust begins with the phone itself. Where two phones have been paired, each **vouches** for the other: it signs the
//! other's keys and whose phone it is. Vouches travel with every file, so a phone knows all those that the phones it
//! knows have vouched for: his tablet, paired with his phone, is known on hers with the next file. That a phone is
//! **gone** is signed, too: nothing is sealed for it from then on, and what it wrote stays.
//!
//! Nobody but a phone of hers can bring in another phone that writes as her; a phone that begins with the other's log,
//! because its own was lost, takes the other's word for that, too (`whole`).
//!
//! Each phone signs how far its own **chain** has come whenever it makes a file. A link names the one before it by its
//! hash, so one signature covers everything up to it.

use super::Origins;
use super::keys::{Keys, PublicKeys};
use crate::caps;
use crate::ids::{DeviceId, LinkHash, PublicKey, Signature, labelled_hash};
use crate::json::{BadRecord, Record, records};
use crate::log::chain::{Chains, Have, Reached};
use crate::log::{Member, Millis};
use crate::sorted::{SortedMap, SortedSet};
use serde::Serialize;

/// Signatures kept of one chain: the last, and the one before, which an import that is taken back goes back to.
const OF_ONE_CHAIN: usize = 2;

/// A phone within a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The installation.
    pub device: DeviceId,
    /// Whose it is.
    pub member: Member,
    /// Whether both of them write on it.
    pub for_two: bool,
    /// Its keys.
    pub keys: PublicKeys,
}

impl Phone {
    /// Whether this member writes on it.
    pub fn writes_as(&self, member: Member) -> bool {
        self.for_two || self.member == member
    }

    /// What is signed of it: a hash of everything it is.
    pub fn hash(&self) -> [u8; 32] {
        labelled_hash(
            "bothways/phone/1",
            &[
                self.device.bytes(),
                self.member.id().as_bytes(),
                &[u8::from(self.for_two)],
                self.keys.signing.bytes(),
                self.keys.sealing.bytes(),
            ],
        )
    }
}

/// One phone's word that another belongs to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Vouch {
    device: DeviceId,
    member: Member,
    for_two: bool,
    signing: PublicKey,
    sealing: PublicKey,
    since: Millis,
    whole: bool,
    by: DeviceId,
    signature: Signature,
}

impl Vouch {
    fn phone(&self) -> Phone {
        let keys = PublicKeys { signing: self.signing, sealing: self.sealing };
        Phone { device: self.device, member: self.member, for_two: self.for_two, keys }
    }

    fn message(&self) -> [u8; 32] {
        let (phone, since) = (self.phone().hash(), self.since.to_be_bytes());
        labelled_hash("bothways/vouch/1", &[&phone, &since, &[u8::from(self.whole)], self.by.bytes()])
    }

    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            device: parts.parsed("device")?,
            member: parts.parsed("member")?,
            for_two: parts.flag("for_two")?,
            signing: parts.parsed("signing")?,
            sealing: parts.parsed("sealing")?,
            since: parts.integer("since")?,
            whole: parts.flag("whole")?,
            by: parts.parsed("by")?,
            signature: parts.parsed("signature")?,
        })
    }
}

/// One phone's word that another is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Gone {
    device: DeviceId,
    by: DeviceId,
    signature: Signature,
}

impl Gone {
    fn message(&self) -> [u8; 32] {
        labelled_hash("bothways/gone/1", &[self.device.bytes(), self.by.bytes()])
    }

    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            device: parts.parsed("device")?,
            by: parts.parsed("by")?,
            signature: parts.parsed("signature")?,
        })
    }
}

/// A phone's word how far its chain has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Signed {
    device: DeviceId,
    seq: u64,
    link: LinkHash,
    signature: Signature,
}

impl Signed {
    fn message(&self) -> [u8; 32] {
        let seq = self.seq.to_be_bytes();
        labelled_hash("bothways/signed/1", &[self.device.bytes(), &seq, self.link.bytes()])
    }

    fn read(mut parts: Record) -> Result<Self, BadRecord> {
        Ok(Self {
            device: parts.parsed("device")?,
            seq: parts.number("seq")?,
            link: parts.parsed("link")?,
            signature: parts.parsed("signature")?,
        })
    }
}

/// Everything phones have said of one another. What comes in a file is unproven until [`Trust::with`] has taken it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trust {
    vouches: Vec<Vouch>,
    gone: Vec<Gone>,
    signed: Vec<Signed>,
    /// How it was before the last pairing, while that can still be taken back. In no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<BeforePairing>,
}

/// How it was before a pairing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BeforePairing {
    /// The log's origins.
    pub origins: Origins,
    /// The phone that was paired.
    pub with: DeviceId,
}

/// The phones that are known, by what is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    phones: SortedMap<DeviceId, (Phone, Millis)>,
    gone: SortedSet<DeviceId>,
}

impl Circle {
    /// A phone, if it is known.
    pub fn phone(&self, device: &DeviceId) -> Option<&Phone> {
        self.phones.get(device).map(|(phone, _)| phone)
    }

    /// All phones, with the time since when each is known, by the clock of the one that vouched for it.
    pub fn phones(&self) -> impl Iterator<Item = &(Phone, Millis)> {
        self.phones.values()
    }

    /// Whether a phone is gone.
    pub fn is_gone(&self, device: &DeviceId) -> bool {
        self.gone.contains(device)
    }

    /// For whom a file is sealed: every phone that is not gone, the own one too. Ascending.
    pub fn recipients(&self) -> Vec<PublicKey> {
        let staying = self.phones.values().filter(|(phone, _)| !self.is_gone(&phone.device));
        let keys: SortedSet<PublicKey> = staying.map(|(phone, _)| phone.keys.sealing).collect();
        keys.into_iter().collect()
    }
}

impl Trust {
    /// The phones known to one of them: itself, those it has vouched for, those they have vouched for, and so on. Of
    /// two different words on one phone the one nearest to itself counts, and of those the older.
    pub fn circle(&self, me: &Phone) -> Circle {
        let mut phones = SortedMap::new();
        phones.insert(me.device, (*me, 0));
        let mut before = 0;
        while phones.len() > before && phones.len() <= caps::DEVICES {
            before = phones.len();
            let known = phones.clone();
            let counts = |vouch: &&Vouch| {
                known.get(&vouch.by).is_some_and(|(by, _)| {
                    let may = by.device == me.device
                        || !me.writes_as(vouch.member)
                        || by.writes_as(vouch.member)
                        || self.is_whole(&by.device, &me.device);
                    may && by.keys.has_signed(&vouch.message(), &vouch.signature)
                })
            };
            for vouch in self.vouches.iter().filter(|vouch| !known.contains_key(&vouch.device)).filter(counts)
            {
                if !phones.contains_key(&vouch.device) {
                    phones.insert(vouch.device, (vouch.phone(), vouch.since));
                }
            }
        }
        let mut gone = SortedSet::new();
        // One says it of a phone of one's own; what this phone says itself counts in any case.
        let counts = |gone: &&Gone| {
            let Some((by, _)) = phones.get(&gone.by) else { return false };
            let whose = phones.get(&gone.device).map(|(phone, _)| phone.member);
            (by.device == me.device || whose.is_some_and(|member| by.writes_as(member)))
                && by.keys.has_signed(&gone.message(), &gone.signature)
        };
        gone.extend(
            self.gone.iter().filter(counts).map(|gone| gone.device).filter(|gone| *gone != me.device),
        );
        Circle { phones, gone }
    }

    fn is_whole(&self, device: &DeviceId, to: &DeviceId) -> bool {
        self.vouches.iter().any(|vouch| vouch.whole && vouch.device == *device && vouch.by == *to)
    }

    /// Vouches for a phone; `whole` where its word counts for phones of this one's own member, too.
    pub fn vouch(&mut self, keys: &Keys, by: DeviceId, phone: &Phone, since: Millis, whole: bool) {
        let mut vouch = Vouch {
            device: phone.device,
            member: phone.member,
            for_two: phone.for_two,
            signing: phone.keys.signing,
            sealing: phone.keys.sealing,
            since,
            whole,
            by,
            signature: Signature::from_bytes([0; 64]),
        };
        vouch.signature = keys.sign(&vouch.message());
        self.withdraw(by, &phone.device);
        self.vouches.push(vouch);
    }

    /// Takes one's own word for a phone back.
    pub fn withdraw(&mut self, by: DeviceId, device: &DeviceId) {
        self.vouches.retain(|vouch| vouch.by != by || vouch.device != *device);
    }

    /// What a phone made from a copy of another knows: the other vouches for it, with the keys that lie in the copy, and
    /// it takes the other's word. Phones that know the other one know this one with the next file. How far the
    /// other's chain had come is signed with its keys too. It is not said to be gone: it may be found again.
    pub fn hand_over(&mut self, old: (&Keys, &Phone, Option<Reached>), new: (&Keys, &Phone), now: Millis) {
        let ((old_keys, old, reached), (keys, phone)) = (old, new);
        self.before = None;
        self.vouch(old_keys, old.device, phone, now, false);
        self.vouch(keys, phone.device, old, now, true);
        if let Some(reached) = reached {
            self.sign(old_keys, old.device, reached);
        }
    }

    /// Says that a phone is gone.
    pub fn retire(&mut self, keys: &Keys, by: DeviceId, device: DeviceId) {
        let mut gone = Gone { device, by, signature: Signature::from_bytes([0; 64]) };
        gone.signature = keys.sign(&gone.message());
        if !self.gone.contains(&gone) {
            self.gone.push(gone);
        }
    }

    /// Signs how far a chain has come, with the keys of the phone whose chain it is.
    pub fn sign(&mut self, keys: &Keys, device: DeviceId, reached: Reached) {
        let mut signed = Signed {
            device,
            seq: reached.seq,
            link: reached.link,
            signature: Signature::from_bytes([0; 64]),
        };
        signed.signature = keys.sign(&signed.message());
        self.note(signed);
    }

    fn note(&mut self, signed: Signed) {
        if self.signed.contains(&signed) {
            return;
        }
        self.signed.push(signed);
        self.signed.sort_by_key(|signed| (signed.device, std::cmp::Reverse(signed.seq)));
        let mut of_device = (None, 0);
        self.signed.retain(|signed| {
            of_device = if of_device.0 == Some(signed.device) {
                (of_device.0, of_device.1 + 1)
            } else {
                (Some(signed.device), 1)
            };
            of_device.1 <= OF_ONE_CHAIN
        });
    }

    /// This, and of what came in a file all that is proven by it together with what was known before.
    #[must_use]
    pub fn with(&self, came: &Self, me: &Phone) -> Self {
        // A pairing is for good once something has come on its strength.
        let mut all = Self { before: None, ..self.clone() };
        all.vouches.extend(came.vouches.iter().filter(|vouch| !self.vouches.contains(vouch)));
        all.gone.extend(came.gone.iter().filter(|gone| !self.gone.contains(gone)));
        let circle = all.circle(me);
        let holds = |by: &DeviceId, message: &[u8; 32], signature: &Signature| {
            circle.phone(by).is_some_and(|by| by.keys.has_signed(message, signature))
        };
        // A word on a phone that is known by other keys, or by nobody, is let go.
        all.vouches.retain(|vouch| {
            circle.phone(&vouch.device) == Some(&vouch.phone())
                && holds(&vouch.by, &vouch.message(), &vouch.signature)
        });
        all.gone.retain(|gone| holds(&gone.by, &gone.message(), &gone.signature));
        let is_new = |signed: &&Signed| {
            !self.signed.contains(signed) && holds(&signed.device, &signed.message(), &signed.signature)
        };
        came.signed.iter().filter(is_new).for_each(|signed| all.note(*signed));
        all
    }

    /// The links among these that a phone of the circle has signed: each chain from a signed link back, as far as it
    /// is there.
    pub fn covered(&self, circle: &Circle, chains: &Chains) -> SortedSet<LinkHash> {
        let mut covered = SortedSet::new();
        for signed in &self.signed {
            let by = circle.phone(&signed.device);
            if by.is_some_and(|by| by.keys.has_signed(&signed.message(), &signed.signature)) {
                let mut have = Have::new();
                have.insert(signed.device, Reached { seq: signed.seq, link: signed.link });
                covered.extend(chains.held_by(&have));
            }
        }
        covered
    }

    /// Whether no phone has been paired.
    pub fn is_alone(&self) -> bool {
        self.vouches.is_empty()
    }

    /// What goes into a file: every vouch, every phone that is gone, and the last signature of every chain.
    pub(super) fn lines(&self) -> (&[Vouch], &[Gone], Vec<&Signed>) {
        let mut last = None;
        let is_last = |signed: &&Signed| last.replace(signed.device) != Some(signed.device);
        (&self.vouches, &self.gone, self.signed.iter().filter(is_last).collect())
    }

    /// Takes in a line of a file, unproven. `sort` is its type; false where it is none of these.
    pub(super) fn line(&mut self, sort: &str, parts: Record) -> Result<(), BadRecord> {
        let is_full = self.vouches.len() + self.gone.len() + self.signed.len() >= caps::TRUST_LINES;
        match sort {
            _ if is_full => Err(BadRecord::Part("type")),
            "vouch" => Vouch::read(parts).map(|vouch| self.vouches.push(vouch)),
            "gone" => Gone::read(parts).map(|gone| self.gone.push(gone)),
            _ => Signed::read(parts).map(|signed| self.signed.push(signed)),
        }
    }

    /// The text it is kept as.
    pub fn to_text(&self) -> String {
        // Structs of plain fields are always written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        let mut parts = Record::parse(text)?;
        let before = parts.take("before").map(|before| -> Result<_, BadRecord> {
            let mut before = Record::of(before, "before")?;
            Ok(BeforePairing { origins: Origins::read(&mut before)?, with: before.parsed("with")? })
        });
        Ok(Self {
            vouches: records(parts.list("vouches")?, "vouches", Vouch::read)?,
            gone: records(parts.list("gone")?, "gone", Gone::read)?,
            signed: records(parts.list("signed")?, "signed", Signed::read)?,
            before: before.transpose()?,
        })
    }
}
