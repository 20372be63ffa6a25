use crate::phones::{Phone, swap};
use bothways::swap::undo::Brought;

/// Takes a file in, and gives what takes it back.
fn import(phone: &mut Phone, file: &str) -> Brought {
    let mut brought = Brought::nothing(phone.origins.clone());
    brought.note(&phone.plan(file).delta);
    phone.import(file);
    brought
}

#[test]
fn joining_can_be_taken_back() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.write("hers");
    him.write("his");
    let (before, origins) = (him.log.clone(), him.origins.clone());
    let brought = import(&mut him, &her.export());
    assert_eq!(him.words().len(), 2);
    let undo = brought.undo(&him.log, him.device).unwrap();
    him.apply(undo);
    him.origins = brought.origins;
    assert_eq!((him.log, him.origins), (before, origins));
}

#[test]
fn what_an_own_word_follows_is_not_taken_back() {
    let (mut her, mut tablet) = (Phone::hers(), Phone::new(bothways::log::Member::Mother, 3));
    let entry = her.write("first");
    tablet.import_as_same_side(&her.export());
    her.edit(entry, "second").unwrap();
    let brought = import(&mut tablet, &her.export());
    tablet.edit(entry, "third").unwrap();
    assert_eq!(brought.undo(&tablet.log, tablet.device), None);
    assert_eq!(tablet.words(), ["third"]);
}

#[test]
fn what_an_import_erased_stays_erased() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.write("to be erased");
    swap(&mut her, &mut him);
    her.erase(entry).unwrap();
    her.write("and a new one");
    let brought = import(&mut him, &her.export());
    him.sweep();
    let undo = brought.undo(&him.log, him.device).unwrap();
    him.apply(undo);
    assert_eq!(him.words(), Vec::<String>::new());
    assert!(him.log.is_erased(&entry));
    let file = him.export();
    assert!(!file.contains("to be erased"));
    // What was taken back comes again with the next swap; what was erased does not.
    swap(&mut her, &mut him);
    assert_eq!(him.words(), ["and a new one"]);
    assert_eq!(her.words(), him.words());
}

#[test]
fn a_record_of_an_import_is_read_as_it_was_kept() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.write("one");
    her.favourite("art-clay", true);
    let brought = import(&mut him, &her.export());
    assert_eq!(Brought::parse(&brought.to_text()).unwrap(), brought);
    assert_eq!(brought.entries().len(), 2);
    assert!(Brought::parse("{}").is_err());
}

#[test]
fn a_thousand_entries_are_taken_back_and_what_was_written_in_between_stays() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    him.write("before");
    him.export();
    for n in 0..1_000 {
        her.write(&format!("hers {n}"));
    }
    let file = her.export();
    let (mut without, origins) = (him.clone(), him.origins.clone());
    let brought = import(&mut him, &file);
    assert_eq!(him.words().len(), 1_001);
    // The same own entries at the same times on a phone that never saw the file.
    without.clock = him.clock;
    for phone in [&mut him, &mut without] {
        phone.write("in between");
        phone.write("and one more");
    }
    let undo = brought.undo(&him.log, him.device).unwrap();
    him.apply(undo);
    him.origins = brought.origins;
    assert_eq!((&him.log, &him.origins), (&without.log, &origins));
    // His chain goes on where it was: each number stands for one link, whoever hears of it and when.
    him.export();
    him.import(&file);
    him.write("after");
    him.export();
    let mut numbers: Vec<u64> =
        him.log.chains().iter().filter(|link| link.device == him.device).map(|link| link.seq).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    assert_eq!(him.log.chains().forks().len(), 0);
    her.import(&him.export());
    assert_eq!(her.words().len(), 1_004);
}
