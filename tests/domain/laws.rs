//! The laws of merging, over random histories. `BOTHWAYS_CASES` sets how many; failures are kept in
//! `tests/proptest-regressions` and tried first the next time.

use crate::counts::config_or;
use crate::phones::Phone;
use bothways::ids::{BodyHash, RevisionId};
use bothways::log::acts::sweep;
use bothways::log::records::{self, Table};
use bothways::log::{Delta, LogSet, Member};
use bothways::sorted::SortedSet;
use bothways::swap::file;
use bothways::swap::heard::Seen;
use bothways::swap::preview::{Preview, plan};
use bothways::swap::undo::Brought;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What may happen on one of three phones: hers, his, and his tablet.
#[derive(Clone, Debug)]
enum Step {
    Write(usize),
    Edit(usize, usize),
    Erase(usize, usize),
    Sweep(usize),
    Favourite(usize, bool),
    Send(usize, usize),
}

fn step() -> impl Strategy<Value = Step> {
    let phone = 0..3_usize;
    prop_oneof![
        4 => phone.clone().prop_map(Step::Write),
        3 => (phone.clone(), 0..8_usize).prop_map(|(p, n)| Step::Edit(p, n)),
        1 => (phone.clone(), 0..8_usize).prop_map(|(p, n)| Step::Erase(p, n)),
        1 => phone.clone().prop_map(Step::Sweep),
        1 => (phone.clone(), any::<bool>()).prop_map(|(p, on)| Step::Favourite(p, on)),
        3 => (phone.clone(), phone).prop_map(|(from, to)| Step::Send(from, to)),
    ]
}

/// Three phones of one log after these steps. What nobody may do (edit what is erased, or another's) is skipped.
fn lived(steps: &[Step]) -> [Phone; 3] {
    let mut phones = [Phone::hers(), Phone::his(), Phone::new(Member::Son, 3)];
    let origins = {
        let (hers, his) = (phones[0].export(), phones[1].export());
        phones[1].import(&hers);
        phones[0].import(&his);
        phones[0].origins.clone()
    };
    phones.iter_mut().for_each(|phone| phone.origins = origins.clone());
    live(&mut phones, steps);
    phones
}

fn live(phones: &mut [Phone; 3], steps: &[Step]) {
    let nth = |phone: &Phone, n: usize| {
        let timeline = phone.timeline();
        timeline.get(n % timeline.len().max(1)).map(|entry| entry.id)
    };
    for (count, step) in steps.iter().enumerate() {
        match *step {
            Step::Write(p) => {
                phones[p].write(&format!("words {count}"));
            }
            Step::Edit(p, n) => {
                if let Some(entry) = nth(&phones[p], n) {
                    let _ = phones[p].edit(entry, &format!("other words {count}"));
                }
            }
            Step::Erase(p, n) => {
                if let Some(entry) = nth(&phones[p], n) {
                    let _ = phones[p].erase(entry);
                }
            }
            Step::Sweep(p) => phones[p].sweep(),
            Step::Favourite(p, on) => phones[p].favourite("art-clay", on),
            Step::Send(from, to) => {
                let file = phones[from].export();
                phones[to].import(&file);
            }
        }
    }
}

/// The union of a log with files, in this order, as it is held once all that is erased has gone.
fn merged(log: &LogSet, member: Member, files: &[&String]) -> LogSet {
    let mut phone = Phone::new(member, 77);
    phone.log = log.clone();
    for file in files {
        let delta = phone.plan(file).delta;
        phone.apply(delta);
    }
    let rest = sweep(&phone.log, &SortedSet::new());
    phone.log.apply(rest);
    phone.log
}

/// The set without when it was seen, which is this phone's own and differs with the order of arrival.
fn same(one: &LogSet, other: &LogSet) -> bool {
    let ids = |log: &LogSet| log.revisions().map(|held| held.revision.clone()).collect::<Vec<_>>();
    let bodies = |log: &LogSet| {
        log.revisions().map(|held| log.body_of(&held.revision.id()).map(str::to_owned)).collect::<Vec<_>>()
    };
    ids(one) == ids(other) && bodies(one) == bodies(other) && one.chains() == other.chains()
}

proptest! {
    #![proptest_config(config_or(200))]

    #[test]
    fn an_import_taken_back_leaves_what_was_there(steps in prop::collection::vec(step(), 1..40)) {
        let [mut one, mut two, _] = lived(&steps);
        // All that either has erased has gone on both, so that the import brings no erasing of what is there.
        for _ in 0..2 {
            let file = two.export();
            one.import(&file);
            one.sweep();
            let file = one.export();
            two.import(&file);
            two.sweep();
        }
        for n in 0..3 {
            one.write(&format!("new {n}"));
        }
        let own = one.timeline().into_iter().rfind(|entry| entry.member == one.member);
        if let Some(entry) = own {
            one.edit(entry.id, "changed since").unwrap();
        }
        let file = one.export();
        let (before, kept) = (two.log.clone(), two.kept.clone());
        let mut brought = Brought::nothing(two.origins.clone());
        brought.note(&two.plan(&file).delta);
        let brought = Brought::parse(&brought.to_text()).unwrap();
        two.import(&file);
        let (after, kept_after) = (two.log.clone(), two.kept.clone());
        let undo = brought.undo(&two.log, two.device).unwrap();
        two.apply(undo);
        prop_assert!(two.log == before, "the log is another one");
        prop_assert_eq!(&two.kept, &kept);
        // Taken in again, all is as after the first time but for when it was seen.
        two.import(&file);
        prop_assert!(same(&two.log, &after));
        prop_assert_eq!(two.kept.keys().collect::<Vec<_>>(), kept_after.keys().collect::<Vec<_>>());
    }

    #[test]
    fn what_the_other_lacks_brings_what_everything_brings(
        before in prop::collection::vec(step(), 1..30),
        since in prop::collection::vec(step(), 0..20),
    ) {
        // What he said he held may be old by the time she sends: then she sends more than he lacks, never less.
        let mut phones = lived(&before);
        for fresh in [false, true] {
            if fresh {
                let his = phones[1].export();
                phones[0].import(&his);
            }
            let heard = [Seen::in_header(&file::read(&phones[1].export()).unwrap().header)];
            if !fresh {
                live(&mut phones, &since);
            }
            let [one, two, _] = &mut phones;
            let (some, all) = (one.export_for(&heard), one.export());
            prop_assert!(some.len() <= all.len());
            let (of_some, of_all) = (two.plan(&some), two.plan(&all));
            prop_assert_eq!(&of_some.preview, &of_all.preview);
            prop_assert!(
                same(&merged(&two.log, two.member, &[&some]), &merged(&two.log, two.member, &[&all])),
                "he would hold something else"
            );
            if fresh {
                let held = |text: &str| file::read(text).unwrap().revisions.iter().filter(|r| two.log.revision(&r.id()).is_some()).count();
                prop_assert_eq!(held(&some), 0, "something went that he has");
            }
        }
    }

    #[test]
    fn the_order_of_arrival_and_repeats_do_not_matter(steps in prop::collection::vec(step(), 1..40)) {
        let [mut one, mut two, mut three] = lived(&steps);
        let (a, b, c) = (one.export(), two.export(), three.export());
        let empty = LogSet::default();
        let forward = merged(&empty, Member::Son, &[&a, &b, &c]);
        prop_assert!(same(&forward, &merged(&empty, Member::Son, &[&c, &b, &a])), "commutative");
        prop_assert!(same(&forward, &merged(&empty, Member::Son, &[&b, &a, &a, &c, &b])), "idempotent");
        let half = merged(&empty, Member::Son, &[&b, &c]);
        prop_assert!(same(&forward, &merged(&half, Member::Son, &[&a])), "associative");
    }

    #[test]
    fn after_swapping_both_phones_show_the_same(steps in prop::collection::vec(step(), 1..40)) {
        let [mut her, mut him, mut tablet] = lived(&steps);
        for _ in 0..2 {
            let (a, b, c) = (her.export(), him.export(), tablet.export());
            for phone in [&mut her, &mut him, &mut tablet] {
                for file in [&a, &b, &c] {
                    phone.import(file);
                }
                phone.sweep();
            }
        }
        let shown = |phone: &Phone| {
            let mut shown: Vec<_> = phone.timeline().into_iter().map(|e| (e.id, e.versions)).collect();
            shown.sort_by_key(|(id, _)| *id);
            shown
        };
        prop_assert_eq!(shown(&her), shown(&him));
        prop_assert_eq!(shown(&her), shown(&tablet));
    }

    #[test]
    fn nothing_anybody_wrote_and_nobody_erased_is_ever_lost(steps in prop::collection::vec(step(), 1..40)) {
        let phones = lived(&steps);
        for (number, phone) in phones.iter().enumerate() {
            for held in phone.log.revisions() {
                let entry = held.revision.header().entry;
                let here = phone.log.body_of(&held.revision.id()).is_some();
                let own = held.revision.header().device == phone.device;
                prop_assert!(here || phone.log.is_erased(&entry) || !own, "phone {} lost words", number);
            }
        }
    }

    #[test]
    fn what_a_database_keeps_is_the_log_and_the_index_that_follows_from_it(
        steps in prop::collection::vec(step(), 1..40),
    ) {
        for phone in lived(&steps) {
            let mut index = BTreeMap::new();
            for entry in phone.log.entries() {
                index.extend(records::index_of(&phone.log, &entry));
            }
            let mut kept = LogSet::default();
            let mut delta = Delta::default();
            let mut kept_index = BTreeMap::new();
            for ((table, key), text) in &phone.kept {
                match table {
                    Table::Revisions => delta.revisions.push(records::read_revision(text).unwrap()),
                    Table::Bodies => delta.bodies.push((BodyHash::of_body(text), text.as_str().into())),
                    Table::Links => delta.links.push(records::read_link(text).unwrap()),
                    Table::Lines => delta.unknown_lines.push(text.as_str().into()),
                    Table::Index => drop(kept_index.insert(key.clone(), text.clone())),
                }
            }
            kept.apply(delta);
            prop_assert!(kept == phone.log, "the log read back is another one");
            prop_assert_eq!(kept_index, index);
        }
    }

    #[test]
    fn a_file_in_parts_brings_what_it_brings_whole(steps in prop::collection::vec(step(), 1..40), size in 1..4_usize) {
        let [mut one, two, _] = lived(&steps);
        let file = file::read(&one.export()).unwrap();
        let whole = plan(&two.log, &file, Member::Son, 0, &SortedSet::new());
        let mut by_parts = two.log.clone();
        let mut preview = Preview::default();
        for part in file.parts(size) {
            let of_part = plan(&by_parts, &part, Member::Son, 0, &SortedSet::new());
            by_parts.apply(of_part.delta);
            preview.and(of_part.preview);
        }
        let mut at_once = two.log.clone();
        at_once.apply(whole.delta);
        prop_assert!(by_parts == at_once, "other revisions, bodies or links");
        prop_assert_eq!(preview, whole.preview);
    }

    #[test]
    fn heads_are_those_no_other_follows(steps in prop::collection::vec(step(), 1..40)) {
        for phone in lived(&steps) {
            for entry in phone.log.entries() {
                let all: Vec<_> = phone.log.revisions_of(&entry).map(|held| &held.revision).collect();
                let followed = |id: &RevisionId| all.iter().any(|r| r.header().parents.contains(id));
                let expected: Vec<_> = all.iter().map(|r| r.id()).filter(|id| !followed(id)).collect();
                prop_assert_eq!(phone.log.heads(&entry).ids, expected);
            }
        }
    }
}
