//! The lock of what one keeps to oneself: with the passphrase all of it comes back, without it nothing does.

use bothways::backup::plan::{Plan, Source};
use bothways::backup::{read, write};
use bothways::caps;
use bothways::drawer::Note;
use bothways::drawer::errand::{Ask, Asked, Told};
use bothways::drawer::lock::{self, Key, LOG_N, Lock, STEP, Sealed, Unopened};
use bothways::ids::{EntryId, PhotoHash, labelled_hash};
use bothways::log::kinds::{Photo, Telling};
use bothways::log::{Member, When};
use proptest::prelude::*;

use super::backup::{Whole, cover};
use super::photo_swaps::jpeg;

/// As little work as there is: what is tested does not depend on it.
const QUICK: u8 = 1;
const PHRASE: &str = "a passphrase of hers";

fn random(seed: u64) -> impl FnMut() -> [u8; 32] {
    let mut count = 0_u64;
    move || {
        count += 1;
        labelled_hash("test", &[&seed.to_be_bytes(), &count.to_be_bytes()])
    }
}

/// A picture, another one for each number.
fn picture(number: u8) -> (PhotoHash, Vec<u8>) {
    let bytes = jpeg(1_000 + usize::from(number));
    (PhotoHash::of_photo(&bytes), bytes)
}

fn note(number: u8, words: &str, photos: &[u8]) -> Note {
    let photos = photos.iter().map(|size| Photo { hash: picture(*size).0, width: 4, height: 3 });
    let telling = Telling { words: words.into(), photos: photos.collect(), ..Telling::default() };
    let when = When { at: 1_760_000_000_000, zone: 60 };
    Note { id: EntryId::from_bytes([number; 16]), member: Member::Mother, when, telling }
}

fn locked(seed: u64, phrase: &str) -> (Lock, Key) {
    Lock::new(Member::Mother, 7, phrase, QUICK, &mut random(seed)).unwrap()
}

#[test]
fn what_was_locked_opens_with_its_passphrase() {
    let (lock, key) = locked(1, PHRASE);
    let kept = Lock::parse(&lock.to_text()).unwrap();
    assert_eq!(kept, lock);
    assert!(kept.open(PHRASE).unwrap() == key);
    for note in [note(1, "mine alone", &[]), note(2, "with pictures", &[4, 5])] {
        let sealed = kept.seal(&note, &mut random(2)).unwrap();
        let sealed = Sealed::parse(&sealed.to_text()).unwrap();
        assert_eq!(sealed.open(&[kept.open(PHRASE).unwrap()]), Ok(note));
    }
}

#[test]
fn it_takes_the_work_of_a_backup_to_try_a_passphrase() {
    let (lock, key) = Lock::new(Member::Son, 7, PHRASE, LOG_N, &mut random(1)).unwrap();
    assert!(lock.open(PHRASE).unwrap() == key);
    const { assert!(LOG_N >= 16) };
}

#[test]
fn another_passphrase_opens_nothing() {
    let (lock, _) = locked(1, PHRASE);
    for phrase in ["", "A passphrase of hers", "a passphrase of her", "a  passphrase of hers"] {
        assert!(lock.open(phrase) == Err(Unopened::WrongPhrase), "{phrase}");
    }
    let (_, other) = locked(2, PHRASE);
    let sealed = lock.seal(&note(1, "mine", &[]), &mut random(3)).unwrap();
    assert_eq!(sealed.open(&[other]), Err(Unopened::Shut));
    assert_eq!(sealed.open(&[]), Err(Unopened::Shut));
}

/// Each byte of a text changed in turn, as far as it is a text then.
fn changed(text: &str) -> impl Iterator<Item = String> + '_ {
    (0..text.len()).flat_map(move |at| {
        [1_u8, 2, 32].into_iter().filter_map(move |bit| {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] ^= bit;
            String::from_utf8(bytes).ok()
        })
    })
}

#[test]
fn every_byte_that_is_changed_in_a_lock_is_found() {
    let (lock, _) = locked(1, PHRASE);
    for text in changed(&lock.to_text()) {
        // A hexadecimal digit in the other case is the same lock.
        let Ok(parsed) = Lock::parse(&text) else { continue };
        assert!(parsed == lock || parsed.open(PHRASE).is_err(), "{text}");
    }
}

#[test]
fn every_byte_that_is_changed_in_a_note_is_found() {
    let (lock, key) = locked(1, PHRASE);
    let sealed = lock.seal(&note(1, "mine alone", &[9]), &mut random(2)).unwrap();
    for text in changed(&sealed.to_text()) {
        let Ok(parsed) = Sealed::parse(&text) else { continue };
        assert!(parsed == sealed || parsed.open(&[key]).is_err(), "{text}");
    }
}

#[test]
fn a_note_put_in_anothers_place_is_found() {
    let (lock, key) = locked(1, PHRASE);
    let [one, other] = [1, 2].map(|number| lock.seal(&note(number, "mine", &[]), &mut random(2)).unwrap());
    let swapped = one.to_text().replace(&one.id.to_string(), &other.id.to_string());
    assert_eq!(Sealed::parse(&swapped).unwrap().open(&[key]), Err(Unopened::Damaged));
}

#[test]
fn a_newer_version_and_what_is_too_large_are_refused() {
    let (lock, _) = locked(1, PHRASE);
    let sealed = lock.seal(&note(1, "mine", &[]), &mut random(2)).unwrap();
    let (lock, sealed) = (lock.to_text(), sealed.to_text());
    assert!(Lock::parse(&lock.replace("\"lock\":1", "\"lock\":2")).is_err());
    assert!(Sealed::parse(&sealed.replace("\"note\":1", "\"note\":2")).is_err());
    let large = " ".repeat(2 * caps::BODY_BYTES);
    assert!(Lock::parse(&format!("{lock}{large}")).is_err());
    assert!(Sealed::parse(&format!("{sealed}{large}")).is_err());
    let photos = vec![format!("\"{}\"", PhotoHash::of_photo(&[1])); caps::PHOTOS_PER_ENTRY + 1].join(",");
    assert!(Sealed::parse(&sealed.replace("\"photos\":[]", &format!("\"photos\":[{photos}]"))).is_err());
    assert!(Lock::parse("{}").is_err() && Sealed::parse("{}").is_err());
}

#[test]
fn the_longest_note_can_be_locked() {
    let (lock, key) = locked(1, PHRASE);
    // Characters of four bytes.
    let longest = note(1, &"\u{1f642}".repeat(caps::WORDS_CHARS), &[1, 2, 3, 4, 5, 6]);
    let sealed = lock.seal(&longest, &mut random(2)).unwrap();
    assert_eq!(Sealed::parse(&sealed.to_text()).unwrap().open(&[key]), Ok(longest));
}

#[test]
fn the_length_of_what_is_stored_says_little_of_the_words() {
    let (lock, _) = locked(1, PHRASE);
    let lengths = ["no", "a sentence that is a good deal longer"]
        .map(|words| lock.seal(&note(1, words, &[]), &mut random(2)).unwrap().to_text().len());
    assert_eq!(lengths[0], lengths[1]);
    const { assert!(STEP >= 512) };
}

#[test]
fn a_passphrase_has_to_have_some_length() {
    assert_eq!(lock::usable("  eight ch "), Some("eight ch"));
    assert_eq!(lock::usable("seven c"), None);
    assert_eq!(lock::usable(&"x".repeat(201)), None);
}

#[test]
fn on_a_phone_for_two_each_has_a_lock_of_their_own() {
    let hers = Lock::new(Member::Mother, 5, PHRASE, QUICK, &mut random(1)).unwrap().0;
    let newer = Lock::new(Member::Mother, 6, PHRASE, QUICK, &mut random(2)).unwrap().0;
    let his = Lock::new(Member::Son, 9, PHRASE, QUICK, &mut random(3)).unwrap().0;
    let all = [hers.clone(), newer.clone(), his.clone()];
    assert_eq!(lock::of(&all, Member::Mother, true), Some(&newer));
    assert_eq!(lock::of(&all, Member::Son, true), Some(&his));
    assert_eq!(lock::of(std::slice::from_ref(&hers), Member::Son, true), None);
    // On a phone of one person all of it is theirs, and their own lock comes first.
    assert_eq!(lock::of(std::slice::from_ref(&hers), Member::Son, false), Some(&hers));
    assert_eq!(lock::of(&all, Member::Mother, false), Some(&newer));
}

#[test]
fn a_backup_carries_what_is_locked_as_it_is() {
    let (lock, key) = locked(1, PHRASE);
    let notes: Vec<Note> = (1..=40).map(|number| note(number, "the grey heron", &[number])).collect();
    let sealed: Vec<Sealed> = notes.iter().map(|note| lock.seal(note, &mut random(9)).unwrap()).collect();
    let phone = Whole::fresh(3);
    let (kept, locks) = (phone.kept(), [lock.clone()]);
    let photos: bothways::swap::blobs::Photos =
        (1..=40_u8).map(picture).map(|(hash, bytes)| (hash, bytes.into())).collect();
    let sizes: Vec<(PhotoHash, usize)> = photos.iter().map(|(hash, bytes)| (*hash, bytes.len())).collect();
    let source =
        || Source::new(&kept, None, &phone.heard, &phone.phone.log, &[], &sizes).with_locked(&locks, &sealed);
    let plan = Plan::new(&[source()], 20_000).unwrap();
    assert!(plan.parts.len() > 2, "one part would show nothing");
    let (mut came, mut pictures) = (Vec::new(), Vec::new());
    for part in 0..plan.parts.len() {
        let text = write(&cover(), &plan, part, &[source()], std::slice::from_ref(&photos));
        assert!(!text.contains("heron"));
        let part = read(&text).unwrap();
        assert_eq!(part.newer, 0);
        assert_eq!(part.logs[0].locks, locks, "each part opens without the others");
        let log = &part.logs[0];
        for photo in log.photos.keys() {
            // It comes with what names it.
            assert!(log.sealed.iter().any(|note| note.photos.contains(photo)));
            pictures.push(*photo);
        }
        came.extend(log.sealed.iter().map(|note| note.open(&[key]).unwrap()));
    }
    came.sort_by_key(|note| note.id);
    came.dedup();
    assert_eq!(came, notes);
    assert_eq!(pictures.len(), notes.len());
}

#[test]
fn what_is_asked_and_told_is_read_as_it_was_sent() {
    let asks = [
        Ask::Set("\"one\"".into()),
        Ask::Open("two".into()),
        Ask::Change("two".into(), "three".into()),
        Ask::TakeAway("three".into()),
        Ask::Shut,
        Ask::Notes,
        Ask::Seal(Box::new(note(1, "mine", &[1]))),
    ];
    for ask in asks {
        let asked = Asked { member: Member::Son, sitting: 4, ask };
        assert_eq!(Asked::parse(&asked.to_text()).unwrap(), asked);
    }
    let told = [
        Told::Done,
        Told::WrongPhrase,
        Told::Shut,
        Told::Changed,
        Told::Notes(vec![note(1, "mine", &[1]), note(2, "also", &[])], 3),
        Told::Sealed("{}".into()),
    ];
    for told in told {
        assert_eq!(Told::parse(&told.to_text()).unwrap(), told);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_part_of_the_words_or_the_passphrase_is_in_what_is_stored(
        words in "[a-z]{6,20}( [a-z]{6,20}){0,20}",
        phrase in "[a-z]{8,30}",
        seed: u64,
    ) {
        let (lock, key) = locked(seed, &phrase);
        let note = note(1, &words, &[]);
        let sealed = lock.seal(&note, &mut random(!seed)).unwrap();
        let stored = [lock.to_text(), sealed.to_text()].join("\n");
        let raw: Vec<u8> = stored.split('"').filter_map(|part| {
            use base64ct::Encoding as _;
            base64ct::Base64::decode_vec(part).ok()
        }).flatten().collect();
        for part in words.as_bytes().windows(6).chain(phrase.as_bytes().windows(6)) {
            prop_assert!(!stored.as_bytes().windows(6).any(|there| there == part));
            prop_assert!(!raw.windows(6).any(|there| there == part));
        }
        prop_assert_eq!(sealed.open(&[key]), Ok(note));
    }

    #[test]
    fn whatever_stands_there_is_no_panic(text in ".{0,200}") {
        prop_assert!(Lock::parse(&text).is_err());
        prop_assert!(Sealed::parse(&text).is_err());
    }
}
