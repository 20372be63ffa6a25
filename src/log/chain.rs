//! What has left a phone, in order.
//!
//! Each installation has a chain of links: number 1, 2, 3 ..., each naming the link before it and one revision.
//! A chain is extended when a swap is prepared; preparing counts as sent. What another phone *has* is then one
//! number and one hash for each device. A number is never used twice; a fork, if one is ever seen, is kept.

use crate::caps;
use crate::ids::{DeviceId, LinkHash, RevisionId, labelled_hash};
use crate::sorted::{SortedMap, SortedSet};
use serde::Serialize;

/// One link of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Whose chain.
    pub device: DeviceId,
    /// The link's number, from 1.
    pub seq: u64,
    /// The link before; none for the first.
    pub previous: Option<LinkHash>,
    /// The revision it publishes.
    pub revision: RevisionId,
}

impl Link {
    /// The link's name: a hash over its parts as fixed-size bytes, zeros standing for no previous link.
    pub fn hash(&self) -> LinkHash {
        let previous = self.previous.map_or([0; 32], |hash| *hash.bytes());
        LinkHash::from_bytes(labelled_hash(
            "bothways/link/1",
            &[self.device.bytes(), &self.seq.to_be_bytes(), &previous, self.revision.bytes()],
        ))
    }
}

/// How far a phone holds one device's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// The number of the last link held without a gap.
    pub seq: u64,
    /// That link's hash.
    pub link: LinkHash,
}

/// The have-summary: for each device, how far its chain is held.
pub type Have = SortedMap<DeviceId, Reached>;

/// The chains of all devices of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chains {
    links: SortedMap<DeviceId, SortedMap<(u64, LinkHash), Link>>,
    published: SortedMap<RevisionId, DeviceId>,
}

impl Chains {
    /// Adds a link; adding it again changes nothing.
    pub fn add(&mut self, link: Link) {
        self.published.insert(link.revision, link.device);
        self.links.change(link.device, |chain| {
            chain.insert((link.seq, link.hash()), link);
        });
    }

    /// The same without these links, and without what only they publish.
    pub fn without(&self, gone: &[Link]) -> Self {
        let mut rest = Self::default();
        for (revision, device) in self.published.iter() {
            if !gone.iter().any(|link| link.revision == *revision) {
                rest.published.insert(*revision, *device);
            }
        }
        self.iter().filter(|link| !gone.contains(link)).for_each(|link| rest.add(*link));
        rest
    }

    /// Whether a link is held.
    pub fn contains(&self, link: &Link) -> bool {
        self.links.get(&link.device).is_some_and(|chain| chain.contains_key(&(link.seq, link.hash())))
    }

    /// Whether a revision has left the phone that wrote it.
    pub fn is_published(&self, revision: &RevisionId) -> bool {
        self.published.contains_key(revision)
    }

    /// The device a link of which publishes a revision, if any does.
    pub fn publisher(&self, revision: &RevisionId) -> Option<DeviceId> {
        self.published.get(revision).copied()
    }

    /// Notes that a revision is published by a link that is held elsewhere: a slice of a log has no links.
    pub fn note_published(&mut self, revision: RevisionId, device: DeviceId) {
        self.published.insert(revision, device);
    }

    /// Every link, by device and number.
    pub fn iter(&self) -> impl Iterator<Item = &Link> {
        self.links.values().flat_map(SortedMap::values)
    }

    /// The last link of a chain that can be reached from its first without a gap.
    pub fn tip(&self, device: &DeviceId) -> Option<Reached> {
        let chain = self.links.get(device)?;
        // The links reached at one number, and at the number before it: more than one only where there is a fork.
        let (mut here, mut before, mut at) = (Vec::new(), Vec::new(), 0);
        let mut tip = None;
        // Ascending by number and hash, so a link's predecessor has been seen before it, and is found by halving: a
        // file may bring as many links of one number as it has room for.
        for ((seq, hash), link) in chain.iter() {
            if *seq != at {
                before = if *seq == at + 1 { std::mem::take(&mut here) } else { Vec::new() };
                here.clear();
                at = *seq;
            }
            let reached = match link.previous {
                None => *seq == 1,
                Some(previous) => *seq > 1 && before.binary_search(&previous).is_ok(),
            };
            if reached {
                here.push(*hash);
                tip = Some(Reached { seq: *seq, link: *hash });
            }
        }
        tip
    }

    /// The have-summary, of no more devices than a file may name. What is not in it counts as not held: that costs
    /// the other phone some lines, while a log of more devices must still be one that can be sent.
    pub fn have(&self) -> Have {
        let mut have = Have::new();
        let devices = self.links.keys().take(caps::DEVICES);
        have.extend(devices.filter_map(|device| Some((*device, self.tip(device)?))));
        have
    }

    /// The links that a phone with this have-summary holds, as far as can be told here. Where its summary names a
    /// link that is not known here, nothing is taken for granted of that device's chain.
    pub fn held_by(&self, have: &Have) -> SortedSet<LinkHash> {
        let mut held = SortedSet::new();
        for (device, reached) in have.iter() {
            let Some(chain) = self.links.get(device) else { continue };
            let mut at = Some((reached.seq, reached.link));
            while let Some(link) = at.and_then(|name| chain.get(&name)) {
                held.insert(link.hash());
                at = link.previous.and_then(|previous| Some((link.seq.checked_sub(1)?, previous)));
            }
        }
        held
    }

    /// The devices whose chain has split in two: a phone that was copied, or came back from a copy, and went on as
    /// if it were the same. Both branches are kept.
    pub fn forks(&self) -> Vec<DeviceId> {
        let split = |chain: &&SortedMap<(u64, LinkHash), Link>| {
            let mut before = 0;
            chain.keys().any(|(seq, _)| std::mem::replace(&mut before, *seq) == *seq)
        };
        self.links.iter().filter(|(_, chain)| split(chain)).map(|(device, _)| *device).collect()
    }

    /// The links that publish these revisions, in this order, after the last own link. A chain never goes back to
    /// a number it has used, even where an own link was lost and came home from the other phone.
    pub fn extend(&self, device: DeviceId, revisions: impl IntoIterator<Item = RevisionId>) -> Vec<Link> {
        let tip = self.tip(&device);
        let (mut seq, mut previous) = (tip.map_or(0, |tip| tip.seq), tip.map(|tip| tip.link));
        revisions
            .into_iter()
            .map(|revision| {
                seq += 1;
                let link = Link { device, seq, previous, revision };
                previous = Some(link.hash());
                link
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: DeviceId = DeviceId::from_bytes([5; 16]);

    fn links(count: u8) -> Vec<Link> {
        Chains::default().extend(DEVICE, (1..=count).map(|n| RevisionId::from_bytes([n; 32])))
    }

    fn chains(links: &[Link]) -> Chains {
        let mut chains = Chains::default();
        links.iter().for_each(|link| chains.add(*link));
        chains
    }

    #[test]
    fn a_chain_goes_on_where_it_stopped() {
        let two = links(2);
        let next = chains(&two).extend(DEVICE, [RevisionId::from_bytes([9; 32])]);
        assert_eq!((next[0].seq, next[0].previous), (3, Some(two[1].hash())));
    }

    #[test]
    fn a_gap_is_not_counted_as_held() {
        let five = links(5);
        let with_gap = chains(&[five[0], five[1], five[3], five[4]]);
        assert_eq!(with_gap.tip(&DEVICE), Some(Reached { seq: 2, link: five[1].hash() }));
        assert_eq!(chains(&five[1..]).tip(&DEVICE), None);
    }

    #[test]
    fn what_another_phone_holds_is_told_by_its_last_link() {
        let four = links(4);
        let have = |link: &Link| Have::from_iter([(DEVICE, Reached { seq: link.seq, link: link.hash() })]);
        let held = chains(&four).held_by(&have(&four[1]));
        assert_eq!(held, SortedSet::from_iter([four[0].hash(), four[1].hash()]));
        // The other branch of a fork is not held by who reached the end of this one.
        let mut forked = chains(&four);
        let other = chains(&four[..1]).extend(DEVICE, [RevisionId::from_bytes([8; 32])]);
        forked.add(other[0]);
        assert!(!forked.held_by(&have(&four[3])).contains(&other[0].hash()));
        // A link that is not known here says nothing.
        assert!(chains(&four[..2]).held_by(&have(&four[3])).is_empty());
    }

    #[test]
    fn a_fork_is_kept_and_the_order_of_arrival_does_not_matter() {
        let mut all = links(3);
        all.extend(chains(&all[..1]).extend(DEVICE, [RevisionId::from_bytes([8; 32])]));
        let forward = chains(&all);
        all.reverse();
        assert_eq!(chains(&all), forward);
        assert_eq!(forward.iter().count(), 4);
        assert_eq!(forward.forks(), [DEVICE]);
        assert_eq!(chains(&links(3)).forks(), []);
        assert_eq!(forward.have().get(&DEVICE).unwrap().seq, 3);
    }
}
