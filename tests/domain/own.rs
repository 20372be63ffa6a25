//! Ideas and questions of their own: entries whose ids serve as the names of ideas and questions.

use crate::phones::{Phone, swap};
use bothways::caps;
use bothways::ids::EntryId;
use bothways::library::{ContentId, Cost, IdeaFilter, Kind as IdeaKind, Minutes, Place, Theme};
use bothways::log::Member;
use bothways::log::acts::CannotWrite;
use bothways::log::kinds::{Content, Kind, MarkSort, Takes, Telling, Thing};
use bothways::log::records::{self, facet, head};
use bothways::log::seal::{Until, answer_entry};
use bothways::log::view::{EntryView, marked, readable};
use serde_json::{Map, Value, json};

fn idea(words: &str) -> Telling {
    Telling {
        kind: Kind::OwnIdea,
        words: words.into(),
        parts: vec![("steps", "Two spoons\nOne pot".into())],
        theme: Some(Theme::Connection),
        takes: Takes { minutes: Some(Minutes::Quarter), cost: Some(Cost::Nothing), place: Some(Place::Home) },
        ..Telling::default()
    }
}

fn question(words: &str) -> Telling {
    Telling { kind: Kind::OwnQuestion, words: words.into(), ..Telling::default() }
}

/// The name by which entries and marks name what stands in an entry.
fn name_of(entry: EntryId) -> ContentId {
    entry.to_string().parse().unwrap()
}

fn view(phone: &Phone, entry: EntryId) -> EntryView {
    readable(&phone.log, &entry, phone.member, phone.clock).unwrap()
}

fn has(phone: &Phone, entry: EntryId, key: &str) -> bool {
    records::index_of(&phone.log, &entry).keys().any(|one| one.starts_with(key))
}

fn fields(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[test]
fn an_own_idea_is_read_as_it_was_written_and_reaches_the_other() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.tell(idea("Drum on pots"));
    swap(&mut her, &mut him);
    let read = view(&him, entry);
    assert_eq!(read.telling(), Some(&idea("Drum on pots")));
    assert_eq!(read.member, Member::Mother);
    assert!(has(&him, entry, &format!("{}{}/", head::FACET, facet::kind(Kind::OwnIdea))));
}

#[test]
fn what_was_done_of_it_and_who_likes_it_names_it_as_any_idea() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.tell(idea("Drum on pots"));
    swap(&mut her, &mut him);
    let (name, thing) = (name_of(entry), Thing::from(&name_of(entry)));
    let done = him.tell(Telling { words: "did it".into(), about: Some(name.clone()), ..Telling::default() });
    him.mark(MarkSort::Favourite, &thing);
    her.mark(MarkSort::Favourite, &thing);
    swap(&mut him, &mut her);
    assert!(has(&her, done, &format!("{}{name}/", head::DONE)));
    for member in Member::ALL {
        assert!(marked(&her.log, MarkSort::Favourite, member).contains(&thing));
    }
}

#[test]
fn two_edits_of_one_idea_are_both_kept_until_somebody_settles_them() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.tell(idea("Drum on pots"));
    swap(&mut her, &mut him);
    her.tell_again(entry, idea("Drum on pots and lids")).unwrap();
    him.tell_again(entry, idea("Drum on the bath")).unwrap();
    swap(&mut her, &mut him);
    for phone in [&her, &him] {
        let mut words: Vec<String> = view(phone, entry)
            .versions
            .iter()
            .filter_map(|version| Some(version.content.as_ref()?.telling()?.words.clone()))
            .collect();
        words.sort();
        assert_eq!(words, ["Drum on pots and lids", "Drum on the bath"]);
    }
    him.tell_again(entry, idea("Drum on all of it")).unwrap();
    swap(&mut her, &mut him);
    assert_eq!(view(&her, entry).versions.len(), 1);
}

#[test]
fn a_question_is_its_writers_and_its_answers_stay_shut_until_both_have_answered() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.tell(question("Which song was it?"));
    swap(&mut her, &mut him);
    let refused = him.tell_again(entry, question("Which song is it?"));
    assert!(matches!(refused, Err(CannotWrite::NotWriter)));
    let name = name_of(entry);
    her.answer(name.as_str(), "the one about the ferry");
    swap(&mut her, &mut him);
    let hers = answer_entry(Member::Mother, &name);
    assert_eq!(view(&him, hers).seal.unwrap().until, Until::Answered(name.clone()));
    assert!(!format!("{:?}", him.timeline()).contains("ferry"));
    him.answer(name.as_str(), "the whistled one");
    swap(&mut her, &mut him);
    assert_eq!(view(&him, hers).telling().unwrap().words, "the one about the ferry");
    assert!(has(&him, hers, &format!("{}{name}/{hers}", head::DONE)));
}

#[test]
fn erased_it_is_gone_on_both_phones() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.tell(idea("Drum on pots"));
    swap(&mut her, &mut him);
    her.erase(entry).unwrap();
    swap(&mut her, &mut him);
    assert!(readable(&him.log, &entry, Member::Son, him.clock).is_none());
}

#[test]
fn what_was_not_said_stands_in_no_way_and_what_was_said_does() {
    let bare = Telling { kind: Kind::OwnIdea, words: "x".into(), ..Telling::default() };
    let told = idea("x");
    let filters = [
        (IdeaFilter { minutes: Some(Minutes::Five), ..IdeaFilter::default() }, false),
        (IdeaFilter { minutes: Some(Minutes::Hour), ..IdeaFilter::default() }, true),
        (IdeaFilter { cost: Some(Cost::Nothing), ..IdeaFilter::default() }, true),
        (IdeaFilter { place: Some(Place::Outdoors), ..IdeaFilter::default() }, false),
        (IdeaFilter { place: Some(Place::Home), ..IdeaFilter::default() }, true),
    ];
    for (filter, fits) in filters {
        assert!(bare.fits(&filter));
        assert_eq!(told.fits(&filter), fits, "{filter:?}");
    }
    // It has no kind, and its theme only where somebody named one.
    let kind = IdeaFilter { kind: Some(IdeaKind::Art), ..IdeaFilter::default() };
    assert!(!bare.fits(&kind) && !told.fits(&kind));
    let theme = IdeaFilter { theme: Some(Theme::Connection), ..IdeaFilter::default() };
    assert!(!bare.fits(&theme) && told.fits(&theme));
}

#[test]
fn hostile_fields_make_it_one_of_a_newer_version_and_no_panic() {
    let good = json!({"words": "Drum", "minutes": 15, "cost": "nothing", "place": "home", "smell": ["leek"]});
    let Content::Told(read) = Content::from_fields("own-idea", &fields(good.clone())) else {
        panic!("a good one is not read");
    };
    assert_eq!(
        read.more.keys().collect::<Vec<_>>(),
        ["smell"],
        "what is not known is carried, and only that"
    );
    let (kind, again) = Content::Told(read).to_fields();
    assert_eq!((kind.as_str(), &again), ("own-idea", &fields(good.clone())));
    let hostile = [
        ("minutes", json!(-1)),
        ("minutes", json!(16)),
        ("minutes", json!(1e300)),
        ("minutes", json!(65_551)),
        ("minutes", json!("15")),
        ("cost", json!("priceless")),
        ("cost", json!(["nothing"])),
        ("place", json!({})),
        ("words", json!(null)),
        ("parts", json!({"stairs": "up"})),
        ("words", json!("é".repeat(caps::TITLE_CHARS + 1))),
        ("passage", json!(7)),
    ];
    for (name, value) in hostile {
        let mut body = fields(good.clone());
        body.insert(name.into(), value.clone());
        let read = Content::from_fields("own-idea", &body);
        assert_eq!(read, Content::Unknown("own-idea".into()), "{name}: {value}");
    }
}

#[test]
fn what_would_not_be_read_is_not_written() {
    let long = |kind, most: usize| Telling { kind, words: "é".repeat(most), ..Telling::default() };
    for kind in [Kind::OwnIdea, Kind::OwnQuestion] {
        assert!(long(kind, caps::TITLE_CHARS).is_sayable());
        assert!(!long(kind, caps::TITLE_CHARS + 1).is_sayable());
        let (id, fields) = Content::Told(long(kind, caps::TITLE_CHARS)).to_fields();
        assert!(Content::from_fields(&id, &fields).telling().is_some());
    }
    let of_moment = Telling { words: "é".repeat(caps::WORDS_CHARS), ..Telling::default() };
    assert!(of_moment.is_sayable());
}

#[test]
fn takes_of_another_kind_are_carried_as_what_is_not_known() {
    let written = fields(json!({"words": "soup", "minutes": 9, "cost": "dear"}));
    let (_, again) = Content::from_fields("moment", &written).to_fields();
    assert_eq!(again, written);
}

#[test]
fn a_mark_in_a_chapter_is_a_moment_that_says_where_it_stands() {
    let passage = Some("The street has two directions.".to_owned());
    let note = Telling { about: Some("needs".parse().unwrap()), passage, ..Telling::default() };
    assert!(note.is_sayable(), "a mark needs no words");
    let (kind, fields) = Content::Told(note.clone()).to_fields();
    assert_eq!(kind, "moment");
    assert_eq!(Content::from_fields(&kind, &fields).telling(), Some(&note));
    let long = Telling { passage: Some("é".repeat(caps::PASSAGE_CHARS + 1)), ..note };
    assert!(!long.is_sayable());
}
