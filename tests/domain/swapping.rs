use crate::phones::{Phone, file_of, swap};
use bothways::log::Member;
use bothways::swap::file;
use bothways::swap::meeting::Meeting;

#[test]
fn two_phones_that_wrote_before_they_met_join_without_a_conflict() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.call_myself("Ana");
    him.call_myself("Tom");
    for n in 0..5 {
        her.write(&format!("hers {n}"));
        him.write(&format!("his {n}"));
    }
    let file = her.export();
    let plan = him.import(&file);
    assert_eq!(plan.preview.new.len(), 5);
    assert!(plan.preview.in_conflict.is_empty() && plan.preview.changed.is_empty());
    let file = him.export();
    assert_eq!(her.import(&file).preview.in_conflict, []);
    assert_eq!(her.words(), him.words());
    assert_eq!(her.words().len(), 10);
    assert_eq!(her.origins, him.origins);
}

#[test]
fn a_repeated_import_changes_nothing() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.write("Once");
    let file = her.export();
    him.import(&file);
    him.clock += 1_000_000;
    let again = him.plan(&file);
    assert!(again.delta.is_empty() && again.preview.is_empty());
}

#[test]
fn our_own_file_changes_nothing() {
    let mut her = Phone::hers();
    her.write("Mine");
    let file = her.export();
    assert!(her.plan(&file).delta.is_empty());
}

#[test]
fn a_preview_counts_what_is_new_changed_and_erased() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let (one, two) = (her.write("one"), her.write("two"));
    her.write("three");
    swap(&mut her, &mut him);
    her.edit(one, "one, better").unwrap();
    her.erase(two).unwrap();
    her.write("four");
    let file = her.export();
    let preview = him.plan(&file).preview;
    assert_eq!((preview.new.len(), preview.changed.len(), preview.erased.len()), (1, 1, 1));
    assert_eq!(him.words(), ["three", "two", "one"], "a preview changes nothing");
}

#[test]
fn a_strangers_log_is_stopped() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    swap(&mut her, &mut him);
    let mut stranger = Phone::new(Member::Son, 3);
    stranger.write("Not for you");
    let file = file::read(&stranger.export()).unwrap();
    assert_eq!(her.meet(&file), Meeting::Stranger);
}

#[test]
fn an_older_file_after_a_newer_one_changes_nothing() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.write("one");
    let older = her.export();
    her.write("two");
    let newer = her.export();
    him.import(&newer);
    assert!(him.plan(&older).delta.is_empty());
}

#[test]
fn lines_of_a_newer_version_are_kept_and_passed_on() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.write("one");
    let line = r#"{"type":"hologram","is":"\u00e9","n":1.50}"#;
    let file = crate::hostile::resealed(&her.export(), |lines| lines.push(line.into()));
    him.import(&file);
    assert!(him.export().lines().any(|l| l == line));
    assert!(him.plan(&file).delta.is_empty());
}

#[test]
fn a_file_survives_being_pasted() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.write("Line one\nline two \u{1f642} \"quoted\"");
    let file = her.export();
    let pasted = format!("\u{feff}\n  {}  \r\n", file.replace('\n', "\r\n"));
    him.import(&pasted);
    assert_eq!(him.words(), her.words());
}

#[test]
fn nothing_unpublished_is_in_a_file() {
    let mut her = Phone::hers();
    her.write("Sent");
    let first = her.export();
    her.write("Not sent yet");
    let from = file::read(&first).unwrap().header.from;
    let again = file_of(&her.log, from, her.origins.clone(), "0", 0);
    assert!(!again.contains("Not sent yet"));
    assert!(her.export().contains("Not sent yet"));
}

#[test]
fn a_lost_phone_gets_everything_back_from_the_other() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.write("hers");
    him.write("his");
    swap(&mut her, &mut him);
    let mut new_phone = Phone::new(Member::Mother, 9);
    let file = him.export();
    new_phone.import_as_same_side(&file);
    assert_eq!(new_phone.words(), him.words());
    new_phone.write("on the new phone");
    swap(&mut new_phone, &mut him);
    assert_eq!(new_phone.words(), him.words());
}
