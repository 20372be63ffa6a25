use crate::phones::{Phone, swap, telling};
use bothways::ids::Salt;
use bothways::log::kinds::Content;
use bothways::log::revision::{Header, Revision};
use bothways::log::set::Held;
use bothways::log::{Delta, acts};
use bothways::sorted::SortedSet;

#[test]
fn an_entry_that_never_left_the_phone_goes_without_trace() {
    let mut her = Phone::hers();
    let empty = her.log.clone();
    let entry = her.write("Nobody saw this");
    her.edit(entry, "Nobody saw this either").unwrap();
    her.erase(entry).unwrap();
    assert!(her.words().is_empty());
    her.sweep();
    assert_eq!(her.log, empty);
}

#[test]
fn erased_words_go_from_both_phones_and_from_every_later_file() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.write("A secret word");
    swap(&mut her, &mut him);
    her.edit(entry, "Another secret word").unwrap();
    swap(&mut her, &mut him);
    her.erase(entry).unwrap();
    her.sweep();
    let file = her.export();
    assert!(!file.contains("secret"));
    let plan = him.import(&file);
    assert_eq!(plan.preview.erased.len(), 1);
    assert!(him.words().is_empty());
    assert!(!him.export().contains("secret"));
    assert!(
        him.log.revisions_of(&entry).all(|held| {
            !him.log.body_of(&held.revision.id()).is_some_and(|body| body.contains("secret"))
        })
    );
}

#[test]
fn an_old_file_does_not_bring_erased_words_back() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.write("A secret word");
    let old = her.export();
    him.import(&old);
    her.erase(entry).unwrap();
    her.sweep();
    assert!(her.import(&old).preview.is_empty());
    let file = her.export();
    him.import(&file);
    assert!(him.import(&old).delta.is_empty());
    assert!(her.words().is_empty() && him.words().is_empty());
    assert!(!him.export().contains("secret"));
}

#[test]
fn a_tombstone_beats_an_edit_that_has_not_been_seen_yet() {
    let (mut phone, mut tablet) = (Phone::hers(), Phone::his());
    tablet.member = phone.member;
    let entry = phone.write("A secret word");
    let file = phone.export();
    tablet.import_as_same_side(&file);
    phone.erase(entry).unwrap();
    phone.sweep();
    tablet.edit(entry, "A secret word, longer").unwrap();
    swap(&mut phone, &mut tablet);
    assert!(phone.words().is_empty() && tablet.words().is_empty());
    assert!(!tablet.export().contains("secret"));
}

#[test]
fn erasing_can_be_undone_until_it_has_left_the_phone() {
    let mut her = Phone::hers();
    let entry = her.write("Soup");
    her.export();
    let before = her.log.clone();
    her.erase(entry).unwrap();
    let undo = acts::undo_erase(&her.log, entry, her.device);
    her.apply(undo);
    assert_eq!(her.log, before);
    her.erase(entry).unwrap();
    her.export();
    assert!(acts::undo_erase(&her.log, entry, her.device).is_empty());
}

#[test]
fn words_still_open_to_undo_are_not_swept() {
    let mut her = Phone::hers();
    let entry = her.write("Soup");
    her.erase(entry).unwrap();
    assert!(acts::sweep(&her.log, &SortedSet::from_iter([entry])).is_empty());
    assert!(!acts::sweep(&her.log, &SortedSet::new()).is_empty());
}

#[test]
fn what_both_wrote_is_erased_only_when_both_have_erased_it() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.write("hers");
    let salt = |n| Salt::from_bytes([n; 16]);
    let his = him.pen().write(entry, salt(1), &telling("his")).unwrap();
    him.apply(his);
    him.erase(entry).unwrap();
    swap(&mut her, &mut him);
    assert!(!her.log.is_erased(&entry), "his tombstone took her words");
    // She, too, ends it. (What one person says can only be erased by its writer, so this is written as it will be
    // for entries that belong to both.)
    let pen = her.pen();
    let mut hers = pen.write(entry, salt(2), &Content::Erased).unwrap();
    let header = Header { erases: true, ..hers.revisions[0].revision.header().clone() };
    hers.revisions[0].revision = Revision::write(header).unwrap();
    her.apply(hers);
    assert!(her.log.is_erased(&entry));
}

#[test]
fn words_erased_a_moment_ago_leave_in_no_file() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.write("A secret word");
    swap(&mut her, &mut him);
    her.erase(entry).unwrap();
    assert!(!her.export().contains("secret"), "the ten seconds of undo leak");
}

#[test]
fn erasing_an_entry_that_names_anothers_body_does_not_take_the_others_words() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let hers = her.write("Her words");
    swap(&mut her, &mut him);
    let body = him.log.revisions_of(&hers).next().unwrap().revision.header().clone();
    let entry = him.write("His");
    let mut own = him.log.revisions_of(&entry).next().unwrap().revision.header().clone();
    (own.body, own.size) = (body.body, body.size);
    let held = Held { revision: Revision::write(own).unwrap(), seen: 0 };
    him.apply(Delta { revisions: vec![held], ..Delta::default() });
    swap(&mut her, &mut him);
    him.erase(entry).unwrap();
    him.sweep();
    swap(&mut her, &mut him);
    assert_eq!((her.words(), him.words()), (vec!["Her words".to_owned()], vec!["Her words".to_owned()]));
}
