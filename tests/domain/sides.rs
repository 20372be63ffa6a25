//! A phone that was set up as the wrong one of the two.

use crate::phones::{Phone, swap};
use bothways::log::kinds::MarkSort;
use bothways::log::view::{marked, name_of};
use bothways::log::{Delta, Member};
use bothways::swap::file;
use bothways::swap::meeting::Meeting;

/// What a phone shows: whose, when, what; in the order of the timeline.
fn told(phone: &Phone) -> Vec<(Member, i64, String)> {
    let told = phone.timeline().into_iter();
    told.map(|entry| (entry.member, entry.when.at, entry.telling().unwrap().words.clone())).collect()
}

fn words(phone: &Phone) -> Vec<String> {
    let mut words: Vec<String> = told(phone).into_iter().map(|(_, _, words)| words).collect();
    words.sort();
    words
}

/// His phone, set up as hers by mistake, with one of everything.
fn mistaken() -> Phone {
    let mut phone = Phone::new(Member::Mother, 2);
    phone.call_myself("Tom");
    phone.favourite("art-clay", true);
    let entry = phone.write("first");
    phone.edit(entry, "first, better").unwrap();
    phone.reply(entry, "a reply to it");
    phone.answer("ask-first-memory", "the stairs");
    phone.show("with a photo", &crate::photo_swaps::jpeg(10));
    let gone = phone.write("erased");
    phone.erase(gone).unwrap();
    phone
}

#[test]
fn what_has_not_left_the_phone_is_his_from_the_beginning() {
    let mut his = mistaken();
    let before = told(&his);
    his.change_side();
    let as_his: Vec<_> = before.into_iter().map(|(_, at, words)| (Member::Son, at, words)).collect();
    assert_eq!(told(&his), as_his);
    assert_eq!(name_of(&his.log, Member::Son).as_deref(), Some("Tom"));
    assert!(marked(&his.log, MarkSort::Favourite, Member::Mother).is_empty());
    assert_eq!(marked(&his.log, MarkSort::Favourite, Member::Son).len(), 1);
    let file = file::read(&his.export()).unwrap();
    assert!(file.revisions.iter().all(|revision| revision.header().member == Member::Son));
    assert_eq!(file.photos.len(), 1);
    let edited = his.timeline().into_iter().find(|entry| entry.telling().unwrap().words == "first, better");
    assert!(edited.unwrap().edited, "what it said before is gone");
}

#[test]
fn what_has_left_it_is_taken_back_and_stands_as_his() {
    let mut his = mistaken();
    // Somebody has taken the first file in: his own tablet, which then knows him as the mother.
    let mut tablet = Phone::new(Member::Mother, 7);
    tablet.import_as_same_side(&his.export());
    his.write("not yet sent");
    his.change_side();
    let after = told(&his);
    assert!(after.iter().all(|(member, _, _)| *member == Member::Son));
    tablet.import(&his.export());
    tablet.sweep();
    assert_eq!(words(&tablet), words(&his));
    assert!(told(&tablet).iter().all(|(member, _, _)| *member == Member::Son), "{:?}", told(&tablet));
    let reply = his.timeline().into_iter().find_map(|entry| entry.telling()?.reply_to).unwrap();
    assert!(his.timeline().iter().any(|entry| entry.id == reply), "the reply lost what it replies to");
    assert_eq!(name_of(&tablet.log, Member::Mother), None);
    assert_eq!(name_of(&tablet.log, Member::Son).as_deref(), Some("Tom"));
    assert!(marked(&tablet.log, MarkSort::Favourite, Member::Mother).is_empty());
}

#[test]
fn words_that_follow_what_is_missing_are_not_lost() {
    let mut his = Phone::new(Member::Mother, 2);
    let entry = his.write("missing");
    let first = his.log.revisions_of(&entry).next().unwrap().revision.header().body;
    his.edit(entry, "what it says now").unwrap();
    his.export();
    his.apply(Delta { forget_bodies: vec![first], ..Delta::default() });
    his.change_side();
    assert_eq!(words(&his), ["what it says now"]);
}

#[test]
fn two_phones_that_were_both_hers_join_without_a_conflict_and_lose_nothing() {
    let (mut her, mut his) = (Phone::hers(), mistaken());
    her.call_myself("Ana");
    her.favourite("art-clay", true);
    her.favourite("cook-soup", true);
    her.write("hers");
    her.answer("ask-first-memory", "the river");
    let refused = file::read(&his.export()).unwrap();
    assert!(matches!(her.meet(&refused), Meeting::SameSide(Member::Mother)));
    his.change_side();
    swap(&mut her, &mut his);
    swap(&mut her, &mut his);
    assert_eq!(words(&her), words(&his));
    let expected = ["a reply to it", "first, better", "hers", "the river", "the stairs", "with a photo"];
    assert_eq!(words(&her), expected);
    for phone in [&her, &his] {
        assert!(phone.timeline().iter().all(|entry| entry.versions.len() == 1), "two versions of one entry");
        assert_eq!(name_of(&phone.log, Member::Mother).as_deref(), Some("Ana"));
        assert_eq!(name_of(&phone.log, Member::Son).as_deref(), Some("Tom"));
        assert_eq!(marked(&phone.log, MarkSort::Favourite, Member::Mother).len(), 2);
        assert_eq!(marked(&phone.log, MarkSort::Favourite, Member::Son).len(), 1);
    }
}
