//! What a file's signatures show: that a phone of this log made it, for this phone, and that everybody in it wrote
//! what it says they wrote.

use super::file::{Refusal, SwapFile};
use super::trust::{Circle, Phone, Trust};
use crate::ids::{DeviceId, PublicKey, RevisionId, Signature, labelled_hash};
use crate::log::chain::{Chains, Link};
use crate::sorted::SortedMap;

/// A file that is proven, but for links that must be held already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What is known of phones once the file is taken in.
    pub trust: Trust,
    /// The phones that makes.
    pub circle: Circle,
    /// Links that no signature in the file reaches: such a file is a forgery unless this phone holds all of them.
    pub must_be_held: Vec<Link>,
}

/// What is signed of a whole file: who made it, and the digest over everything before its last line, the header with
/// the log's origins and the phones it is for among it.
pub fn message(device: &DeviceId, digest: &[u8; 32]) -> [u8; 32] {
    labelled_hash("bothways/seal/1", &[device.bytes(), digest])
}

/// Looks at a file's signatures; none where it has no signature at all.
///
/// # Errors
/// [`Refusal::NotKnown`] where a phone has made it, or written in it, that nobody here has been paired with;
/// [`Refusal::NotForUs`] where it was made for others; [`Refusal::Forged`] where a signature does not hold, or somebody
/// says what they cannot have written.
pub fn prove(
    file: &SwapFile,
    known: &Trust,
    me: &Phone,
    mine: &[PublicKey],
) -> Result<Option<Proof>, Refusal> {
    let Some(Sealed { signature, digest }) = &file.sealed else { return Ok(None) };
    let trust = known.with(&file.trust, me);
    let circle = trust.circle(me);
    let from = &file.header.from;
    let sender = circle.phone(&from.device).ok_or(Refusal::NotKnown)?;
    let is_theirs = sender.keys.has_signed(&message(&from.device, digest), signature);
    if !is_theirs || !sender.writes_as(from.member) {
        return Err(Refusal::Forged);
    }
    if !file.header.to.iter().any(|key| mine.contains(key)) {
        return Err(Refusal::NotForUs);
    }
    let mut chains = Chains::default();
    file.links.iter().for_each(|link| chains.add(*link));
    let covered = trust.covered(&circle, &chains);
    let mut must_be_held = Vec::new();
    let mut publishers: SortedMap<RevisionId, Vec<&Phone>> = SortedMap::new();
    for link in &file.links {
        let by = circle.phone(&link.device).ok_or(Refusal::NotKnown)?;
        publishers.change(link.revision, |phones| phones.push(by));
        if !covered.contains(&link.hash()) {
            must_be_held.push(*link);
        }
    }
    for revision in &file.revisions {
        let member = revision.header().member;
        let phones = publishers.get(&revision.id()).map(Vec::as_slice).unwrap_or_default();
        if !phones.iter().any(|phone| phone.writes_as(member)) {
            return Err(Refusal::Forged);
        }
    }
    Ok(Some(Proof { trust, circle, must_be_held }))
}

/// The signature of a file, and the digest it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// By the phone the header names.
    pub signature: Signature,
    /// Over all lines before the last.
    pub digest: [u8; 32],
}
