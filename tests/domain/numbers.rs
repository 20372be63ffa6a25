//! Why a number alone does not say what a phone has.
//!
//! A phone that comes back from an old backup, or is copied with all its data, goes on counting where the copy
//! stood, and uses a number again for other words. Where phones tell each other only how far they have counted, both
//! think they have everything, and words are lost without anybody noticing. A model checker goes through every state
//! a small world can reach: it must find that loss in a plain version vector, and none in ours.

use crate::counts::cases_or;
use crate::phones::{file_of, telling};
use bothways::ids::{DeviceId, EntryId, LinkHash, OriginId, Salt, labelled_hash};
use bothways::log::acts::Pen;
use bothways::log::chain::Link;
use bothways::log::publishing::publish;
use bothways::log::{Delta, LogSet, Member, When};
use bothways::sorted::SortedSet;
use bothways::swap::{Origins, Sender, file, plan};
use stateright::{Checker, HasDiscoveries, Model, Property};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};

/// A way for phones to tell what they have. Words are numbered by when they were written in the world.
trait Phone: Clone + Debug + Hash + PartialEq + Send + Sync + 'static {
    fn new(device: u8) -> Self;
    fn write(&mut self, words: u8);
    fn send(&mut self, to: &mut Self);
    fn holds(&self) -> BTreeSet<u8>;
    /// Whether it can be seen here that a device used a number twice.
    fn saw_a_number_twice(&self) -> bool;
}

/// A plain version vector: what is numbered no higher than what one has from a device is known already.
#[derive(Clone, Debug, Hash, PartialEq)]
struct Counting {
    device: u8,
    reached: BTreeMap<u8, u8>,
    words: BTreeMap<(u8, u8), u8>,
}

impl Phone for Counting {
    fn new(device: u8) -> Self {
        Self { device, reached: BTreeMap::new(), words: BTreeMap::new() }
    }

    fn write(&mut self, words: u8) {
        let number = self.reached.entry(self.device).or_default();
        *number += 1;
        self.words.insert((self.device, *number), words);
    }

    fn send(&mut self, to: &mut Self) {
        for ((device, number), words) in &self.words {
            let reached = to.reached.entry(*device).or_default();
            if number > reached {
                *reached = *number;
                to.words.insert((*device, *number), *words);
            }
        }
    }

    fn holds(&self) -> BTreeSet<u8> {
        self.words.values().copied().collect()
    }

    fn saw_a_number_twice(&self) -> bool {
        false
    }
}

/// The program itself: its log, its chains, and its whole files.
#[derive(Clone)]
struct Ours {
    device: u8,
    log: Arc<LogSet>,
    /// A hash of all it holds, by which states are told apart.
    name: [u8; 32],
}

impl Ours {
    fn pen(&self, at: i64) -> Pen {
        let member = if self.device == 1 { Member::Mother } else { Member::Son };
        Pen { member, device: DeviceId::from_bytes([self.device; 16]), when: When { at, zone: 0 } }
    }

    fn apply(&mut self, delta: Delta) {
        Arc::make_mut(&mut self.log).apply(delta);
        let mut parts: Vec<Vec<u8>> = vec![vec![self.device]];
        parts.extend(self.log.revisions().map(|held| held.revision.id().bytes().to_vec()));
        parts.extend(self.log.chains().iter().map(|link| link.hash().bytes().to_vec()));
        self.name = labelled_hash("state", &parts.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }

    fn publish(&mut self) {
        self.apply(publish(&self.log, self.pen(0).device, &[], &SortedSet::new()));
    }
}

impl Debug for Ours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "phone {} with {:?}", self.device, self.holds())
    }
}

impl PartialEq for Ours {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Hash for Ours {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// What sending came to, by the states before. Most sends are between phones that were in these states before.
type Sent = Mutex<BTreeMap<([u8; 32], [u8; 32]), (Ours, Ours)>>;
static SENT: Sent = Mutex::new(BTreeMap::new());

impl Phone for Ours {
    fn new(device: u8) -> Self {
        let mut phone = Self { device, log: Arc::default(), name: [0; 32] };
        phone.apply(Delta::default());
        phone
    }

    fn write(&mut self, words: u8) {
        let (entry, salt) = (EntryId::from_bytes([words; 16]), Salt::from_bytes([words; 16]));
        let delta = self.pen(words.into()).write(entry, salt, &telling("words")).unwrap();
        self.apply(delta);
    }

    fn send(&mut self, to: &mut Self) {
        let states = (self.name, to.name);
        if let Some((after, there)) = SENT.lock().unwrap().get(&states) {
            (*self, *to) = (after.clone(), there.clone());
            return;
        }
        self.publish();
        let Pen { member, device, .. } = self.pen(0);
        let origins = Origins::begun(OriginId::from_bytes([7; 16]));
        let from = Sender { device, member, name: String::new() };
        let file = file::read(&file_of(&self.log, from, origins, "0", 0)).unwrap();
        to.apply(plan(&to.log, &file, to.pen(0).member, 0, &SortedSet::new()).delta);
        SENT.lock().unwrap().insert(states, (self.clone(), to.clone()));
    }

    fn holds(&self) -> BTreeSet<u8> {
        self.log.entries().map(|entry| entry.bytes()[0]).collect()
    }

    fn saw_a_number_twice(&self) -> bool {
        let numbers = || self.log.chains().iter().map(|link| (link.device, link.seq));
        numbers().collect::<BTreeSet<_>>().len() < numbers().count()
    }
}

/// The program with files that leave out what the other's have-summary names. No file is written so yet; the summary
/// is in every header, and must be enough for it.
#[derive(Clone, Debug, Hash, PartialEq)]
struct OursByHave(Ours);

impl Phone for OursByHave {
    fn new(device: u8) -> Self {
        Self(Ours::new(device))
    }

    fn write(&mut self, words: u8) {
        self.0.write(words);
    }

    fn send(&mut self, to: &mut Self) {
        self.0.publish();
        let log = &self.0.log;
        let links: BTreeMap<LinkHash, Link> = log.chains().iter().map(|link| (link.hash(), *link)).collect();
        let mut known = BTreeSet::new();
        for reached in to.0.log.chains().have().values() {
            let mut next = Some(reached.link);
            while let Some((hash, link)) = next.and_then(|hash| links.get_key_value(&hash)) {
                known.insert(*hash);
                next = link.previous;
            }
        }
        let links: Vec<Link> =
            links.into_iter().filter(|(hash, _)| !known.contains(hash)).map(|(_, link)| link).collect();
        let revisions = links.iter().filter_map(|link| log.revision(&link.revision)).cloned().collect();
        to.0.apply(Delta { revisions, links, ..Delta::default() });
    }

    fn holds(&self) -> BTreeSet<u8> {
        self.0.holds()
    }

    fn saw_a_number_twice(&self) -> bool {
        self.0.saw_a_number_twice()
    }
}

/// Her phone, his, and perhaps a copy of hers that goes on by itself.
#[derive(Clone, Debug, Hash, PartialEq)]
struct World<P> {
    phones: Vec<P>,
    backup: Option<P>,
    written: u8,
}

#[derive(Clone, Debug, PartialEq)]
enum Event {
    Write(usize),
    Send(usize, usize),
    BackHerUp,
    RestoreHer,
    CopyHer,
}

/// What may go wrong in a world, and how much is written in it.
struct Rules<P> {
    backups: bool,
    copies: bool,
    words: u8,
    phone: PhantomData<P>,
}

const HER: usize = 0;

impl<P: Phone> Model for Rules<P> {
    type State = World<P>;
    type Action = Event;

    fn init_states(&self) -> Vec<World<P>> {
        vec![World { phones: vec![P::new(1), P::new(2)], backup: None, written: 0 }]
    }

    fn actions(&self, world: &World<P>, events: &mut Vec<Event>) {
        let phones = 0..world.phones.len();
        if world.written < self.words {
            events.extend(phones.clone().map(Event::Write));
        }
        for from in phones.clone() {
            events.extend(phones.clone().filter(|to| *to != from).map(|to| Event::Send(from, to)));
        }
        if self.backups {
            events.push(Event::BackHerUp);
            events.extend(world.backup.as_ref().map(|_| Event::RestoreHer));
        }
        if self.copies && phones.len() == 2 {
            events.push(Event::CopyHer);
        }
    }

    fn next_state(&self, world: &World<P>, event: Event) -> Option<World<P>> {
        let mut world = world.clone();
        match event {
            Event::Write(phone) => {
                world.written += 1;
                world.phones[phone].write(world.written);
            }
            Event::Send(from, to) => world.send(from, to),
            Event::BackHerUp => world.backup = Some(world.phones[HER].clone()),
            Event::RestoreHer => world.phones[HER] = world.backup.clone()?,
            Event::CopyHer => world.phones.push(world.phones[HER].clone()),
        }
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("nothing is lost", |_, world: &World<P>| world.keeps_everything()),
            Property::sometimes("a number is used twice", |_, world: &World<P>| {
                world.phones.iter().any(P::saw_a_number_twice)
            }),
        ]
    }
}

impl<P: Phone> World<P> {
    fn send(&mut self, from: usize, to: usize) {
        let mut sender = self.phones[from].clone();
        sender.send(&mut self.phones[to]);
        self.phones[from] = sender;
    }

    /// Whether all phones hold what any of them holds, once each has sent to each, twice.
    fn keeps_everything(&self) -> bool {
        let all: BTreeSet<u8> = self.phones.iter().flat_map(P::holds).collect();
        let mut after = self.clone();
        let phones = 0..self.phones.len();
        for (from, to) in
            phones.clone().chain(phones.clone()).flat_map(|from| phones.clone().map(move |to| (from, to)))
        {
            if from != to {
                after.send(from, to);
            }
        }
        after.phones.iter().all(|phone| phone.holds() == all)
    }
}

/// How many words are written in a world: the state space grows thirtyfold with each. The soak takes one more.
fn words() -> u8 {
    if cases_or(60) < 1000 { 2 } else { 3 }
}

/// Goes through all states; gives how many, a way to a loss, and whether a number was seen twice.
fn explore<P: Phone>(backups: bool, copies: bool) -> (usize, Option<Vec<Event>>, bool) {
    let rules = Rules::<P> { backups, copies, words: words(), phone: PhantomData };
    let checker = rules.checker().finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
    let loss = checker.discovery("nothing is lost").map(|path| path.into_actions());
    let twice = checker.discovery("a number is used twice").is_some();
    (checker.unique_state_count(), loss, twice)
}

#[test]
fn a_plain_version_vector_keeps_everything_only_while_no_number_is_used_twice() {
    assert_eq!(explore::<Counting>(false, false).1, None);
}

#[test]
fn a_plain_version_vector_loses_words_when_a_backup_is_restored() {
    let loss = explore::<Counting>(true, false).1.expect("the checker did not find the loss");
    assert!(loss.contains(&Event::RestoreHer) && loss.contains(&Event::Write(HER)), "{loss:?}");
}

#[test]
fn a_plain_version_vector_loses_words_when_a_phone_is_copied() {
    let loss = explore::<Counting>(false, true).1.expect("the checker did not find the loss");
    assert!(loss.contains(&Event::CopyHer) && loss.contains(&Event::Write(HER)), "{loss:?}");
}

#[test]
fn our_chains_and_files_lose_nothing_where_numbers_are_used_twice() {
    let (states, loss, twice) = explore::<Ours>(true, true);
    assert_eq!(loss, None);
    assert!(twice && states > 1000, "{states} states, a number twice: {twice}");
}

#[test]
fn our_have_summary_is_enough_to_leave_out_what_the_other_holds() {
    let (states, loss, twice) = explore::<OursByHave>(true, true);
    assert_eq!(loss, None);
    assert!(twice && states > 1000, "{states} states, a number twice: {twice}");
}
