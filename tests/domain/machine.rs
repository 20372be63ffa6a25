//! Two phones live through random days: writing, erasing, files lost, repeated, cut and out of order, clocks that jump,
//! phones that stop in the middle and phones that come back from an old file. After every step the program is
//! compared with `model.rs`, and with what each phone has said it keeps.

use crate::counts::config_or;
use crate::model::{Both, Entry, Event, Says, THINGS};
use crate::phones::{Phone, swap, telling};
use bothways::ids::{BodyHash, EntryId, RevisionId, Salt};
use bothways::log::acts;
use bothways::log::kinds::MarkSort;
use bothways::log::publishing::publish;
use bothways::log::view::marked;
use bothways::log::{Delta, LogSet, Member};
use bothways::swap::file;
use proptest_state_machine::{StateMachineTest, prop_state_machine};
use std::collections::{BTreeMap, BTreeSet};

/// Where the salt stands in a body: it is in no other.
const SALT: std::ops::Range<usize> = 9..41;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The program, and what it calls the things that the model numbers.
struct Phones {
    phones: [Phone; 2],
    /// What each phone has said it keeps, and what it has said is gone.
    kept: [BTreeSet<RevisionId>; 2],
    gone: [BTreeSet<BodyHash>; 2],
    versions: Vec<RevisionId>,
    entries: BTreeMap<Entry, EntryId>,
    files: BTreeMap<usize, String>,
    sent: usize,
    devices: u8,
}

fn held(log: &LogSet) -> BTreeSet<RevisionId> {
    log.revisions().map(|held| held.revision.id()).collect()
}

fn bodies(log: &LogSet) -> BTreeSet<BodyHash> {
    let named = log.revisions().map(|held| held.revision.header().body);
    named.filter(|hash| log.body(hash).is_some()).collect()
}

/// What a phone knows when it starts again: what was stored.
fn started_again(log: &LogSet) -> LogSet {
    let mut again = LogSet::default();
    again.apply(Delta {
        revisions: log.revisions().cloned().collect(),
        bodies: bodies(log).into_iter().map(|hash| (hash, log.body(&hash).unwrap().into())).collect(),
        links: log.chains().iter().copied().collect(),
        unknown_lines: log.unknown_lines().map(Into::into).collect(),
        ..Delta::default()
    });
    assert_eq!(again, *log, "what is stored is not what was in memory");
    again
}

impl Phones {
    /// One of the two wrote something: this is what the model's newest version is called here.
    fn wrote(&mut self, side: usize, both: &Both) {
        let new: Vec<RevisionId> =
            held(&self.phones[side].log).difference(&self.kept[side]).copied().collect();
        assert_eq!(new.len(), 1, "one act wrote {} revisions", new.len());
        self.versions.extend(&new);
        let entry = self.phones[side].log.revision(&new[0]).unwrap().revision.header().entry;
        let known = *self.entries.entry(both.versions[self.versions.len() - 1].entry).or_insert(entry);
        assert_eq!(known, entry);
    }

    fn export(&mut self, side: usize) -> String {
        let file = self.phones[side].export();
        for entry in self.phones[side].log.entries().filter(|entry| self.phones[side].log.is_erased(entry)) {
            for held in
                self.phones[side].log.revisions_of(&entry).filter(|held| !held.revision.header().erases)
            {
                let body = self.phones[side].log.body_of(&held.revision.id());
                assert!(body.is_none_or(|text| !file.contains(&text[SALT])), "erased words in a file");
            }
        }
        file
    }

    /// What a phone keeps only grows, except by undo and sweep, and those take only what nobody else has seen.
    fn keeps(&mut self, side: usize, before: &LogSet, event: &Event) {
        let log = &self.phones[side].log;
        for lost in self.kept[side].difference(&held(log)) {
            let entry = before.revision(lost).unwrap().revision.header().entry;
            let may = matches!(event, Event::Sweep(_) | Event::Undo(..)) && before.is_erased(&entry);
            assert!(may && !before.chains().is_published(lost), "{event:?} took {lost} away");
        }
        let now = bodies(log);
        let back: Vec<_> = now.intersection(&self.gone[side]).collect();
        assert!(back.is_empty(), "{event:?} brought back {back:?}");
        self.gone[side].extend(bodies(before).difference(&now));
        self.kept[side] = held(log);
    }

    fn started_anew(&mut self, side: usize, number: usize) {
        self.devices += 1;
        let mut phone = Phone::new(self.phones[side].member, self.devices);
        phone.import_as_same_side(&self.files[&number]);
        self.kept[side] = held(&phone.log);
        self.gone[side] = BTreeSet::new();
        self.phones[side] = phone;
    }

    fn live(&mut self, both: &Both, event: &Event) {
        match event {
            Event::Write(side) => {
                self.phones[*side].write(&format!("words {}", self.versions.len()));
                self.wrote(*side, both);
            }
            Event::Edit(side, entry) => {
                let words = format!("other words {}", self.versions.len());
                self.phones[*side].edit(self.entries[entry], &words).unwrap();
                self.wrote(*side, both);
            }
            Event::Erase(side, entry) => {
                self.phones[*side].erase(self.entries[entry]).unwrap();
                self.wrote(*side, both);
            }
            Event::Undo(side, entry) => {
                let phone = &mut self.phones[*side];
                phone.apply(acts::undo_erase(&phone.log, self.entries[entry], phone.device));
            }
            Event::Sweep(side) => self.phones[*side].sweep(),
            Event::Favourite(side, thing, on) => {
                self.phones[*side].favourite(THINGS[*thing], *on);
                self.wrote(*side, both);
            }
            Event::Export(side) => {
                let file = self.export(*side);
                self.files.insert(self.sent, file);
                self.sent += 1;
            }
            Event::Import(side, number) => {
                self.phones[*side].import(&self.files[number]);
            }
            Event::ImportPart(number, part) => {
                let whole = self.files[number].trim_end().as_bytes();
                let refused = file::read_bytes(whole[..whole.len() * usize::from(*part) / 1000].to_vec());
                assert!(refused.is_err(), "a part was taken for the whole");
            }
            Event::Lose(number) => {
                self.files.remove(number);
            }
            Event::Restore(side, number) => self.started_anew(*side, *number),
            Event::Clock(side, days) => self.phones[*side].clock += days * DAY,
            Event::CrashWriting(side) => {
                let phone = &mut self.phones[*side];
                let (entry, salt) = (EntryId::from_bytes([0xff; 16]), Salt::from_bytes([0xff; 16]));
                phone.pen().write(entry, salt, &telling("never stored")).unwrap();
                phone.log = started_again(&phone.log);
            }
            Event::CrashExporting(side) => {
                let phone = &mut self.phones[*side];
                phone.apply(publish(&phone.log, phone.device, &[], &phone.held_back));
                phone.log = started_again(&phone.log);
            }
            Event::CrashImporting(side, number) => {
                let phone = &mut self.phones[*side];
                phone.plan(&self.files[number]);
                phone.log = started_again(&phone.log);
            }
            Event::Meet => {
                let file = self.export(0);
                self.phones[1].import(&file);
                let file = self.export(1);
                self.phones[0].import(&file);
            }
        }
    }

    /// A phone holds and shows what the model says.
    fn compare(&self, both: &Both, number: usize) {
        let (phone, side) = (&self.phones[number], &both.sides[number]);
        let called = |versions: &BTreeSet<usize>| -> BTreeSet<RevisionId> {
            versions.iter().map(|version| self.versions[*version]).collect()
        };
        assert_eq!(held(&phone.log), called(&side.holds), "what phone {number} holds");
        let should: BTreeMap<EntryId, BTreeSet<RevisionId>> = both
            .shown(number)
            .into_iter()
            .map(|(entry, heads)| (self.entries[&entry], called(&heads)))
            .collect();
        assert_eq!(shown(phone), should, "what phone {number} shows");
        for version in &side.holds {
            let (id, version) = (self.versions[*version], &both.versions[*version]);
            let readable = phone.log.body_of(&id).is_some();
            match version.says {
                Says::Words if side.swept.contains(&version.entry) => {
                    assert!(!readable, "erased words are there")
                }
                Says::Words | Says::Marked(_) => assert!(readable, "words are not there"),
                Says::Erased => {}
            }
        }
        for (member, role) in Member::ALL.into_iter().enumerate() {
            let marks = marked(&phone.log, MarkSort::Favourite, role);
            let marks: BTreeSet<&str> = marks.iter().map(|thing| thing.as_str()).collect();
            assert_eq!(marks, both.favourites(number, member), "favourites on phone {number}");
        }
    }
}

/// The entries of a timeline, each with the versions that stand. Not their order: that is each phone's own.
fn shown(phone: &Phone) -> BTreeMap<EntryId, BTreeSet<RevisionId>> {
    let versions = |entry: &bothways::log::view::EntryView| {
        assert!(entry.versions.iter().all(|version| version.content.is_some()), "words have not arrived");
        entry.versions.iter().map(|version| version.revision).collect()
    };
    phone.timeline().iter().map(|entry| (entry.id, versions(entry))).collect()
}

impl StateMachineTest for Phones {
    type SystemUnderTest = Self;
    type Reference = Both;

    fn init_test(_: &Both) -> Self {
        let mut phones = [Phone::hers(), Phone::his()];
        let [hers, his] = &mut phones;
        swap(hers, his);
        Self {
            phones,
            kept: Default::default(),
            gone: Default::default(),
            versions: Vec::new(),
            entries: BTreeMap::new(),
            files: BTreeMap::new(),
            sent: 0,
            devices: 10,
        }
    }

    fn apply(mut phones: Self, both: &Both, event: Event) -> Self {
        let before = [phones.phones[0].log.clone(), phones.phones[1].log.clone()];
        phones.live(both, &event);
        for (side, before) in before.iter().enumerate() {
            if !matches!(event, Event::Restore(restored, _) if restored == side) {
                phones.keeps(side, before, &event);
            }
        }
        phones
    }

    fn check_invariants(phones: &Self, both: &Both) {
        (0..2).for_each(|number| phones.compare(both, number));
        let [mut hers, mut his] = phones.phones.clone();
        swap(&mut hers, &mut his);
        assert_eq!(shown(&hers), shown(&his), "after swapping, they show different things");
        assert_eq!(held(&hers.log), held(&his.log), "after swapping, they hold different things");
    }
}

prop_state_machine! {
    #![proptest_config(config_or(200))]

    #[test]
    fn two_phones_keep_what_they_said_they_keep(sequential 1..40 => Phones);
}
