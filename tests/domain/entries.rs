use crate::phones::{Phone, swap, words_of};
use bothways::caps;
use bothways::ids::{EntryId, Salt};
use bothways::log::acts::{CannotWrite, Pen};
use bothways::log::kinds::{Content, MarkSort};
use bothways::log::view::{marked, name_of};
use bothways::log::{Delta, Member, When};

#[test]
fn an_edit_replaces_the_words_and_keeps_the_place() {
    let mut her = Phone::hers();
    let soup = her.write("We made soup");
    her.write("Later that day");
    her.edit(soup, "We made leek soup").unwrap();
    let timeline = her.timeline();
    assert_eq!(her.words(), ["Later that day", "We made leek soup"]);
    assert!(timeline[1].edited && !timeline[0].edited);
}

#[test]
fn only_its_writer_changes_or_erases_what_one_person_says() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let hers = her.write("Hers");
    swap(&mut her, &mut him);
    assert!(matches!(him.edit(hers, "His now"), Err(CannotWrite::NotWriter)));
    assert!(matches!(him.erase(hers), Err(CannotWrite::NotWriter)));
    assert_eq!(him.words(), ["Hers"]);
}

#[test]
fn two_edits_that_meet_are_both_kept_until_one_settles_them() {
    let (mut phone, mut tablet) = (Phone::hers(), Phone::his());
    tablet.member = Member::Mother;
    let entry = phone.write("Soup");
    let file = phone.export();
    tablet.import_as_same_side(&file);
    phone.edit(entry, "Leek soup").unwrap();
    tablet.edit(entry, "Onion soup").unwrap();
    swap(&mut phone, &mut tablet);
    let mut both = words_of(&phone.timeline()[0]);
    both.sort();
    assert_eq!(both, ["Leek soup", "Onion soup"]);
    assert_eq!(phone.timeline()[0].versions, tablet.timeline()[0].versions);
    tablet.edit(entry, "Leek and onion soup").unwrap();
    swap(&mut tablet, &mut phone);
    assert_eq!(phone.words(), ["Leek and onion soup"]);
    assert_eq!(phone.timeline()[0].versions.len(), 1);
}

#[test]
fn a_clock_that_runs_ahead_is_flagged_and_does_not_stay_on_top() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.clock += 400 * caps::CLOCK_AHEAD_MS;
    her.write("From next year");
    him.write("Today");
    swap(&mut her, &mut him);
    him.clock += 1000;
    him.write("After reading it");
    assert_eq!(him.words(), ["After reading it", "From next year", "Today"]);
    assert!(him.timeline()[1].clock_ahead);
}

#[test]
fn favourites_of_two_phones_are_one_set() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.favourite("sport-catch", true);
    her.favourite("art-clay", true);
    her.favourite("art-clay", false);
    him.favourite("sport-catch", true);
    swap(&mut her, &mut him);
    for phone in [&her, &him] {
        assert_eq!(marked(&phone.log, MarkSort::Favourite, Member::Mother).len(), 1);
        assert_eq!(marked(&phone.log, MarkSort::Favourite, Member::Son).len(), 1);
        assert!(phone.timeline().is_empty());
    }
}

#[test]
fn a_mark_set_on_one_of_two_own_phones_wins_over_one_taken_away() {
    let (mut phone, mut tablet) = (Phone::hers(), Phone::his());
    tablet.member = Member::Mother;
    let file = phone.export();
    tablet.import_as_same_side(&file);
    phone.favourite("art-clay", true);
    tablet.favourite("art-clay", false);
    swap(&mut phone, &mut tablet);
    assert_eq!(marked(&tablet.log, MarkSort::Favourite, Member::Mother).len(), 1);
}

#[test]
fn each_is_called_what_they_call_themselves() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.call_myself("Ana");
    him.call_myself("Tom");
    him.call_myself("Thomas");
    swap(&mut her, &mut him);
    assert_eq!(name_of(&her.log, Member::Son).as_deref(), Some("Thomas"));
    assert_eq!(name_of(&him.log, Member::Mother).as_deref(), Some("Ana"));
}

#[test]
fn words_that_do_not_fit_are_refused_when_written() {
    let mut her = Phone::hers();
    let pen: Pen = her.pen();
    let long = crate::phones::telling(&"x".repeat(caps::BODY_BYTES));
    let refused = pen.write(EntryId::from_bytes([1; 16]), Salt::from_bytes([1; 16]), &long);
    assert!(matches!(refused, Err(CannotWrite::Body(_))));
}

#[test]
fn a_kind_of_a_newer_version_is_shown_as_there_and_passed_on() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let pen = Pen { when: When { at: 1, zone: 0 }, ..her.pen() };
    let content = Content::Unknown("hologram".into());
    let delta = pen.write(EntryId::from_bytes([7; 16]), Salt::from_bytes([7; 16]), &content).unwrap();
    her.apply(delta);
    let plan = {
        let file = her.export();
        him.import(&file)
    };
    assert_eq!(plan.preview.from_newer, 1);
    assert_eq!(him.timeline().len(), 1);
    assert!(him.export().contains("hologram"));
}

#[test]
fn when_an_entry_was_first_seen_stays_though_it_comes_again() {
    let mut her = Phone::hers();
    let entry = her.write("once");
    let mut again: Vec<_> = her.log.revisions_of(&entry).cloned().collect();
    let first = again[0].seen;
    again[0].seen += 1_000_000;
    her.apply(Delta { revisions: again, ..Delta::default() });
    assert_eq!(her.log.revisions_of(&entry).next().map(|held| held.seen), Some(first));
}
