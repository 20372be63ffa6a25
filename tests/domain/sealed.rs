//! Sealed answers: an envelope that opens for each of the two once both have answered.

use crate::phones::{Phone, swap};
use bothways::ids::EntryId;
use bothways::log::LogSet;
use bothways::log::seal::{Until, companions};
use bothways::log::set::Delta;
use bothways::log::view::{EntryView, readable};
use bothways::swap::errand::{Answer, Verdict, Weighed};
use bothways::swap::file;

const QUESTION: &str = "ask-first-memory";

fn view(phone: &Phone, entry: EntryId) -> EntryView {
    readable(&phone.log, &entry, phone.member, phone.clock).unwrap()
}

fn words(phone: &Phone, entry: EntryId) -> Option<String> {
    view(phone, entry).telling().map(|telling| telling.words.clone())
}

#[test]
fn an_answer_opens_when_both_have_answered() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let hers = her.answer(QUESTION, "the river");
    assert_eq!(words(&her, hers).as_deref(), Some("the river"), "one's own can always be read");
    assert!(view(&her, hers).seal.unwrap().own);

    assert!(view(&her, hers).shut().telling().is_none(), "who has not said who they are reads it");

    // What he is told of it before he says yes, and what he sees afterwards.
    let file = her.export();
    let plan = him.plan(&file);
    assert_eq!(plan.preview.new.len(), 1);
    assert!(!format!("{:?}", plan.preview).contains("the river"), "the preview tells it");
    let from = file::read(&file).unwrap().header.from;
    let told = Answer::Weighed(Box::new(Weighed::new(from, 0, false, Verdict::Join, plan.preview))).to_text();
    assert!(!told.contains("the river"));
    assert_eq!(Answer::parse(&told).unwrap().to_text(), told);
    swap(&mut her, &mut him);
    let shut = view(&him, hers);
    assert_eq!(words(&him, hers), None);
    assert!(
        shut.seal
            .as_ref()
            .is_some_and(|seal| !seal.own && seal.until == Until::Answered(QUESTION.parse().unwrap()))
    );
    assert!(!format!("{:?}", him.timeline()).contains("the river"), "the timeline tells it");

    // His own opens hers for him at once, and his for her with the next swap.
    let his = him.answer(QUESTION, "the stairs");
    assert_eq!(words(&him, hers).as_deref(), Some("the river"));
    assert!(view(&him, his).seal.is_none() && view(&him, hers).seal.is_none());
    assert!(view(&her, hers).seal.is_some());
    swap(&mut her, &mut him);
    assert_eq!(words(&her, his).as_deref(), Some("the stairs"));
    assert!(view(&her, hers).seal.is_none());
}

#[test]
fn an_answer_to_another_question_opens_nothing_and_an_entry_about_it_neither() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let hers = her.answer(QUESTION, "the river");
    swap(&mut her, &mut him);
    him.answer("ask-another-thing", "something");
    him.write("about it");
    assert_eq!(words(&him, hers), None);
}

#[test]
fn what_has_been_opened_stays_open_when_the_own_answer_is_changed_or_erased() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let hers = her.answer(QUESTION, "the river");
    swap(&mut her, &mut him);
    let his = him.answer(QUESTION, "the stairs");
    him.answer(QUESTION, "the stairs, and the cat");
    swap(&mut her, &mut him);
    assert_eq!(words(&her, his).as_deref(), Some("the stairs, and the cat"));
    him.erase(his).unwrap();
    him.sweep();
    swap(&mut her, &mut him);
    assert_eq!(words(&him, hers).as_deref(), Some("the river"));
    assert!(readable(&her.log, &his, her.member, 0).is_none());
}

#[test]
fn a_slice_knows_what_it_lacks_to_tell_what_may_be_read() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let hers = her.answer(QUESTION, "the river");
    let his = him.answer(QUESTION, "the stairs");
    him.write("something else");
    swap(&mut her, &mut him);
    let slice = |entries: &[EntryId]| {
        let mut slice = LogSet::default();
        for entry in entries {
            let revisions: Vec<_> = him.log.revisions_of(entry).cloned().collect();
            let bodies = revisions.iter().map(|held| held.revision.header().body);
            let bodies = bodies.map(|hash| (hash, him.log.body(&hash).unwrap().into())).collect();
            slice.apply(Delta { revisions, bodies, ..Delta::default() });
        }
        slice
    };
    let alone = slice(&[hers]);
    assert_eq!(companions(&alone), [his]);
    // Without it nothing is told that should not be.
    assert!(readable(&alone, &hers, him.member, 0).unwrap().telling().is_none());
    let whole = slice(&[hers, his]);
    assert!(companions(&whole).is_empty());
    assert!(readable(&whole, &hers, him.member, 0).unwrap().telling().is_some());
    let others: Vec<EntryId> = him.log.entries().filter(|entry| ![hers, his].contains(entry)).collect();
    assert!(companions(&slice(&others)).is_empty());
}
