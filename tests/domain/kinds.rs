//! Kinds of entry that keep a promise: letters, agreements, replies.

use crate::phones::{Phone, swap};
use bothways::ids::EntryId;
use bothways::log::Millis;
use bothways::log::acts::CannotWrite;
use bothways::log::kinds::{Kind, MarkSort, Telling};
use bothways::log::records::{self, Table, head};
use bothways::log::seal::{Until, companions};
use bothways::log::view::{EntryView, history, marked, readable};

const SECRET: &str = "by then you can reach the shelf";

fn of(kind: Kind, words: &str) -> Telling {
    Telling { kind, words: words.into(), ..Telling::default() }
}

fn view_at(phone: &Phone, entry: EntryId, now: Millis) -> EntryView {
    readable(&phone.log, &entry, phone.member, now).unwrap()
}

fn view(phone: &Phone, entry: EntryId) -> EntryView {
    view_at(phone, entry, phone.clock)
}

fn words(view: &EntryView) -> Option<&str> {
    view.telling().map(|telling| telling.words.as_str())
}

/// Everything a phone shows of its log, in whatever way.
fn shown(phone: &Phone) -> String {
    let history: Vec<_> =
        phone.log.entries().map(|entry| history(&phone.log, &entry, phone.member, phone.clock)).collect();
    format!("{:?} {history:?}", phone.timeline())
}

#[test]
fn a_letter_opens_for_the_other_on_its_day_and_not_before() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let day = her.clock + 1_000_000_000;
    let letter = her.tell(Telling { day: Some(day), ..of(Kind::Letter, "first try") });
    her.tell_again(letter, Telling { day: Some(day), ..of(Kind::Letter, SECRET) }).unwrap();
    assert_eq!(words(&view(&her, letter)), Some(SECRET), "its writer reads it");
    let preview = format!("{:?}", him.plan(&her.export()).preview);
    assert!(!preview.contains(SECRET) && !preview.contains("first try"), "the preview tells it");
    swap(&mut her, &mut him);
    assert!(!shown(&him).contains(SECRET) && !shown(&him).contains("first try"));
    assert_eq!(view(&him, letter).seal.unwrap().until, Until::Day(day));
    assert_eq!(words(&view_at(&him, letter, day - 1)), None);
    assert_eq!(words(&view_at(&him, letter, day)), Some(SECRET));
}

#[test]
fn a_letter_for_an_event_opens_once_its_reader_says_so() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let parts = vec![("opens-when", "you move out".to_owned())];
    let letter = her.tell(Telling { parts, ..of(Kind::Letter, SECRET) });
    swap(&mut her, &mut him);
    assert!(!shown(&him).contains(SECRET));
    assert_eq!(view(&him, letter).seal.unwrap().until, Until::Event("you move out".into()));
    // Its writer cannot open it in the reader's name.
    her.mark(MarkSort::Opened, &letter.into());
    swap(&mut her, &mut him);
    assert_eq!(words(&view(&him, letter)), None);
    him.mark(MarkSort::Opened, &letter.into());
    assert_eq!(words(&view(&him, letter)), Some(SECRET));
}

#[test]
fn a_slice_with_a_letter_asks_whether_it_was_opened() {
    let mut her = Phone::hers();
    let parts = vec![("opens-when", "you move out".to_owned())];
    her.tell(Telling { parts, ..of(Kind::Letter, SECRET) });
    assert_eq!(companions(&her.log).len(), 1);
}

#[test]
fn an_agreement_counts_once_both_have_accepted_exactly_these_words() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let agreement = her.tell(of(Kind::Agreement, "phone in the hall at ten"));
    swap(&mut her, &mut him);
    let is_agreed = |phone: &Phone| {
        let log = &phone.log;
        view(phone, agreement)
            .is_agreed(|member, revision| marked(log, MarkSort::Accepts, member).contains(&revision.into()))
    };
    assert!(!is_agreed(&him) && !is_agreed(&her));
    let first = view(&him, agreement).versions[0].revision;
    him.mark(MarkSort::Accepts, &first.into());
    assert!(is_agreed(&him) && !is_agreed(&her), "she has not heard of it yet");
    swap(&mut her, &mut him);
    assert!(is_agreed(&her));

    // Both change it between two swaps: two wordings, and neither is agreed.
    her.tell_again(agreement, of(Kind::Agreement, "at half past ten")).unwrap();
    him.tell_again(agreement, of(Kind::Agreement, "at eleven")).unwrap();
    swap(&mut her, &mut him);
    for phone in [&her, &him] {
        assert_eq!(view(phone, agreement).versions.len(), 2);
        assert!(!is_agreed(phone));
    }
    // One settles it, the other accepts that; what was accepted before does not count for it.
    him.tell_again(agreement, of(Kind::Agreement, "at half past ten, eleven on Fridays")).unwrap();
    swap(&mut her, &mut him);
    assert!(!is_agreed(&her) && !is_agreed(&him));
    let settled = view(&her, agreement).versions[0].revision;
    her.mark(MarkSort::Accepts, &settled.into());
    swap(&mut her, &mut him);
    assert!(is_agreed(&her) && is_agreed(&him));
    assert_eq!(history(&him.log, &agreement, him.member, him.clock).len(), 3);
}

#[test]
fn what_one_says_is_changed_by_its_writer_only_and_what_belongs_to_both_by_either() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let thanks = her.tell(of(Kind::Thanks, "for the soup"));
    let ritual = her.tell(of(Kind::Ritual, "a knock on the wall"));
    swap(&mut her, &mut him);
    let refused = him.tell_again(thanks, of(Kind::Thanks, "for nothing"));
    assert!(matches!(refused, Err(CannotWrite::NotWriter)));
    him.tell_again(ritual, of(Kind::Ritual, "two knocks")).unwrap();
    swap(&mut her, &mut him);
    assert_eq!(words(&view(&her, ritual)), Some("two knocks"));
    // One who erases their part does not take the other's words.
    her.erase(thanks).unwrap();
    assert!(readable(&her.log, &thanks, her.member, her.clock).is_none());
}

#[test]
fn a_reply_without_words_stands_with_what_it_replies_to_and_not_in_the_timeline() {
    let mut her = Phone::hers();
    let soup = her.write("soup");
    let heard = Telling { reply_to: Some(soup), choice: Some("heard"), ..of(Kind::Reply, "") };
    let heard = her.tell(heard);
    assert_eq!(her.timeline().len(), 1);
    let in_index = |head: &str| -> Vec<String> {
        let keys = her.kept.keys().filter(|(table, key)| *table == Table::Index && key.starts_with(head));
        keys.map(|(_, key)| key[head.len()..].to_owned()).collect()
    };
    assert_eq!(in_index(head::REPLY), [format!("{soup}/{heard}")]);
    assert_eq!(in_index(head::WAITS).len(), 2, "it goes with the next swap all the same");
    let words = Telling { reply_to: Some(soup), ..of(Kind::Reply, "with leeks") };
    her.tell(words);
    assert_eq!(her.timeline().len(), 2);
}

#[test]
fn entries_stand_under_their_kind_theme_and_writer() {
    let mut her = Phone::hers();
    let letter = her.tell(of(Kind::Letter, "later"));
    let order = view(&her, letter).order;
    let under = |facet: &str| {
        let key = format!("{}{facet}/{}/{letter}", head::FACET, records::place(order));
        her.kept.get(&(Table::Index, key)).cloned()
    };
    for facet in ["kind-letter", "theme-legacy", "who-mother"] {
        assert_eq!(under(facet).as_deref(), Some("mother"), "{facet}");
    }
    assert_eq!(under("photo"), None);
}
