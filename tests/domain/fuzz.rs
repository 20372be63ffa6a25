//! Spoilt files, as many as fit into the time (`BOTHWAYS_FUZZ_SECONDS`, for each of the two parsers). Nothing may
//! panic; what is refused changes nothing; what is taken can be stored, written again and read again, and changes
//! nothing the second time. What once failed is kept in `tests/corpus/`.

use crate::corpus::{Seed, seeds};
use crate::counts::fuzz_time;
use crate::mutations::{Dice, seal, spoil_bytes, spoil_inside, spoil_lines, spoil_tokens};
use crate::phones::{Phone, swap};
use bothways::json::Record;
use bothways::log::publishing::publish;
use bothways::log::revision::Revision;
use bothways::log::{Body, LogSet, acts};
use bothways::sorted::SortedSet;
use bothways::swap::file::{self, Cover, Sender};
use bothways::swap::plan;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// A phone that knows nothing yet, and one that holds what the corpus was made from.
fn readers() -> [Phone; 2] {
    let (mut her, mut him) = crate::corpus::two_phones();
    swap(&mut her, &mut him);
    [Phone::new(him.member, 50), him]
}

/// Lives through one file. True if it was taken.
fn take(phone: &Phone, bytes: &[u8]) -> bool {
    let Ok(read) = file::read_bytes(bytes.to_vec()) else { return false };
    let none = SortedSet::new();
    let mut log: LogSet = phone.log.clone();
    let planned = plan(&log, &read, phone.member, phone.clock, &none);
    assert!(log == phone.log, "looking at a file changed the log");
    log.apply(planned.delta);
    let again = plan(&log, &read, phone.member, phone.clock + 1, &none);
    assert!(again.delta.is_empty() && again.preview.is_empty(), "a second time changed something: {again:?}");
    for revision in &read.revisions {
        assert!(log.revision(&revision.id()).is_some(), "a revision of a file that was taken is not held");
    }
    for held in phone.log.revisions().filter(|held| !log.is_erased(&held.revision.header().entry)) {
        let id = held.revision.id();
        assert!(
            log.body_of(&id) == phone.log.body_of(&id) || phone.log.body_of(&id).is_none(),
            "words are lost"
        );
    }
    log.apply(publish(&log, phone.device, &[], &SortedSet::new()));
    let from = Sender { device: phone.device, member: phone.member, name: String::new() };
    let photos: Vec<_> =
        again.photos.iter().filter_map(|hash| Some((*hash, read.photos.get(hash)?.clone()))).collect();
    let origins = phone.origins.clone();
    let cover = Cover {
        from,
        origins,
        app: "0".into(),
        made: phone.clock,
        photos_wanted: Vec::new(),
        thumbs: Vec::new(),
    };
    let written = file::write(&log, cover, &file::due(&log, &[], None), &photos, None).unwrap();
    let back = file::read(&written).expect("what was written cannot be read");
    let mut other = Phone::new(phone.member.other(), 51);
    other.log.apply(plan(&LogSet::default(), &back, other.member, phone.clock, &none).delta);
    let ids = |log: &LogSet| log.revisions().map(|held| held.revision.id()).collect::<Vec<_>>();
    assert_eq!(ids(&other.log), ids(&log), "not all that was taken is passed on");
    let swept = |mut log: LogSet| {
        log.apply(acts::sweep(&log, &none));
        log
    };
    let texts = |log: &LogSet| {
        log.revisions().map(|held| log.body_of(&held.revision.id()).map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(texts(&swept(other.log.clone())), texts(&swept(log)), "bodies are not passed on");
    assert!(back.unknown_lines.len() >= read.unknown_lines.iter().collect::<BTreeSet<_>>().len());
    other.timeline();
    true
}

fn spoilt_file(seeds: &[Seed], dice: &mut Dice) -> Vec<u8> {
    let one = String::from_utf8_lossy(&dice.pick(seeds).bytes).into_owned();
    let other = String::from_utf8_lossy(&dice.pick(seeds).bytes).into_owned();
    match dice.below(8) {
        0 => {
            let mut bytes = one.into_bytes();
            spoil_bytes(&mut bytes, dice);
            bytes
        }
        1 => {
            let mut bytes = one.into_bytes();
            spoil_bytes(&mut bytes, dice);
            seal(&String::from_utf8_lossy(&bytes)).into_bytes()
        }
        2 | 3 => seal(&without_seal(&spoil_tokens(&one, &other, dice))).into_bytes(),
        4 => seal(&spoil_lines(&without_seal(&one), &without_seal(&other), dice)).into_bytes(),
        _ => seal(&spoil_inside(&without_seal(&one), &without_seal(&other), dice)).into_bytes(),
    }
}

fn without_seal(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[..lines.len().saturating_sub(1)].join("\n") + "\n"
}

/// Reads one text as everything that is read from a text, and says what it was.
fn read_as_all(text: &str) -> &'static str {
    let mut sort = "refused";
    if let Ok(revision) = Revision::parse(text) {
        sort = "header";
        assert_eq!(Revision::parse(revision.text()).unwrap(), revision);
        let written =
            Revision::write(revision.header().clone()).expect("a header that was read cannot be written");
        assert_eq!(written.header(), revision.header());
    }
    if let Ok(body) = Body::parse(text) {
        sort = "body";
        let (kind, fields) = body.content().to_fields();
        assert_eq!(kind, body.kind);
        assert!(fields.keys().all(|name| body.fields.contains_key(name)), "a field came from nowhere");
        // Written out, numbers can grow longer than they came.
        if let Ok(text) = body.write() {
            let again = Body::parse(&text).expect("a body that was written cannot be read");
            assert_eq!((again.salt, again.kind, again.at), (body.salt, body.kind, body.at));
        }
    }
    for name in ["type", "size", "at", "seq", "parents", "fields", "erases"] {
        let record = || Record::parse(text);
        let (Ok(mut a), Ok(mut b), Ok(mut c), Ok(mut d)) = (record(), record(), record(), record()) else {
            break;
        };
        if sort == "refused" {
            sort = "record";
        }
        let (whole, small) = (a.number(name).ok(), b.small::<u8>(name).ok());
        assert!(small.is_none_or(|small| whole == Some(small.into())));
        let integer = c.integer(name).ok();
        assert!(integer.is_none_or(|integer| integer < 0 || whole == Some(integer.unsigned_abs())));
        let (text, list) = (d.text_if_any(name), a.list_if_any(name));
        assert!(text.is_err() || whole.is_none(), "a number was a text");
        let _ = (list, b.record(name), c.flag(name));
    }
    sort
}

fn spoilt_text(texts: &[String], dice: &mut Dice) -> String {
    let (one, other) = (dice.pick(texts), dice.pick(texts));
    if dice.one_in(3) {
        let mut bytes = one.clone().into_bytes();
        spoil_bytes(&mut bytes, dice);
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        spoil_tokens(one, other, dice)
    }
}

/// Tries until the time is over; a case that fails is written where it can be taken into the corpus.
fn until_the_time_is_over<T: AsRef<[u8]>>(
    name: &str,
    mut make: impl FnMut(&mut Dice) -> T,
    mut check: impl FnMut(&mut Dice, &T) -> bool,
) {
    let (start, time) = (Instant::now(), fuzz_time());
    let mut dice = Dice(RandomState::new().hash_one(name));
    let (mut tried, mut taken) = (0_u64, 0_u64);
    while start.elapsed() < time {
        let case = make(&mut dice);
        match catch_unwind(AssertUnwindSafe(|| check(&mut dice, &case))) {
            Ok(was_taken) => taken += u64::from(was_taken),
            Err(_) => {
                let place = format!("{}/failed-{name}.txt", env!("CARGO_TARGET_TMPDIR"));
                std::fs::write(&place, case.as_ref()).unwrap();
                panic!("{name} number {tried} fails: see {place}");
            }
        }
        tried += 1;
    }
    println!("{name}: {tried} tried, {taken} taken, in {} seconds", start.elapsed().as_secs());
    assert!(tried == 0 || taken > 0, "nothing was ever taken: only the door is being tried");
}

#[test]
fn the_kept_files_are_taken_or_refused_as_their_names_say() {
    for seed in seeds("files") {
        for phone in readers() {
            assert_eq!(take(&phone, &seed.bytes), seed.name.starts_with("taken"), "{}", seed.name);
        }
    }
}

#[test]
fn the_kept_texts_are_read_or_refused_as_their_names_say() {
    for seed in seeds("texts") {
        let text = String::from_utf8_lossy(&seed.bytes);
        let sort = read_as_all(&text);
        assert!(seed.name.starts_with(sort), "{} is read as a {sort}", seed.name);
    }
}

#[test]
fn spoilt_files_do_no_harm() {
    // The few large ones would take most of the time.
    let seeds: Vec<Seed> = seeds("files").into_iter().filter(|seed| seed.bytes.len() < 20_000).collect();
    let phones = readers();
    until_the_time_is_over(
        "file",
        |dice| spoilt_file(&seeds, dice),
        |dice, bytes| take(dice.pick(&phones), bytes),
    );
}

#[test]
fn spoilt_texts_do_no_harm() {
    let as_text = |seed: &Seed| String::from_utf8_lossy(&seed.bytes).into_owned();
    let mut texts: Vec<String> = seeds("texts").iter().map(as_text).collect();
    for text in seeds("files").iter().filter(|seed| seed.name.starts_with("taken")).map(as_text) {
        for value in text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()) {
            // Headers and bodies as they are read; of the lines themselves a few are enough.
            texts.extend(
                ["header", "text"].iter().filter_map(|part| Some(value.get(part)?.as_str()?.to_owned())),
            );
        }
        texts.extend(text.lines().last().map(str::to_owned));
    }
    until_the_time_is_over(
        "text",
        |dice| spoilt_text(&texts, dice),
        |_, text| ["header", "body"].contains(&read_as_all(text)),
    );
}
