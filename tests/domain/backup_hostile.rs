//! Files that say they are a backup, and are not, or not any more.

use crate::backup::{Whole, cover, lived};
use crate::hostile::resealed;
use bothways::age::{Recipient, armor, encrypt};
use bothways::backup::preview::Contents;
use bothways::backup::sealing::{opened, sealed};
use bothways::backup::{Part, Unopened, read};
use bothways::caps;
use bothways::swap::packing::packed;
use flate2::bufread::GzDecoder;
use std::io::{BufRead as _, BufReader};

const PHRASE: &str = "able baker charlie dog easy fox";

fn part() -> String {
    lived().0.backup(caps::BACKUP_BYTES).remove(0)
}

fn refused(text: &str) -> Unopened {
    read(text).unwrap_err()
}

/// The same with one line changed, and a seal that fits.
fn forged(find: &str, put: &str) -> String {
    let text = part();
    assert!(text.contains(find), "{find} is not in the backup");
    resealed(&text, |lines| lines.iter_mut().for_each(|line| *line = line.replacen(find, put, 1)))
}

fn with_line(line: &str) -> String {
    resealed(&part(), |lines| lines.push(line.into()))
}

fn seal(text: &str) -> Vec<u8> {
    let mut count = 0;
    let mut random = || {
        count += 1;
        [count; 32]
    };
    sealed(text, PHRASE, &mut random).unwrap().into_bytes()
}

/// Sealed with as little work as there is: for what is tried a thousand times.
fn seal_lightly(payload: &[u8]) -> Vec<u8> {
    let recipient = Recipient::Passphrase { phrase: PHRASE.into(), log_n: 1 };
    encrypt(payload, &[recipient], &mut || [7; 32]).unwrap()
}

#[test]
fn the_words_open_it_however_they_are_typed_and_no_others_do() {
    let text = part();
    let file = seal(&text);
    let whole: Part = read(&text).unwrap();
    assert_eq!(opened(file.clone(), PHRASE).unwrap(), whole);
    assert_eq!(opened(file.clone(), "  Able baker\nCHARLIE dog  easy\tfox ").unwrap(), whole);
    for wrong in ["able baker charlie dog easy", "able baker charlie dog easy fix", ""] {
        assert_eq!(opened(file.clone(), wrong).unwrap_err(), Unopened::WrongWords);
    }
}

#[test]
fn ordinary_tools_open_it_too() {
    // `age -d backup.txt | gunzip | head -1`: the armor is age's, the payload gzip's, the first line the header.
    let file = String::from_utf8(seal(&part())).unwrap();
    assert!(file.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"));
    let bytes = armor::take_off(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    let identity = bothways::age::Identity::Passphrase(PHRASE.into());
    let packed = bothways::age::decrypt(&bytes, &[identity]).unwrap();
    let mut first = String::new();
    BufReader::new(GzDecoder::new(&packed[..])).read_line(&mut first).unwrap();
    assert!(first.starts_with(r#"{"type":"header","format":"bothways/backup","version":1,"#), "{first}");
}

#[test]
fn a_sealed_part_that_was_cut_or_changed_is_refused() {
    let bytes =
        seal_lightly(&packed(&Whole::new(crate::phones::Phone::hers()).backup(caps::BACKUP_BYTES)[0]));
    assert!(opened(bytes.clone(), PHRASE).is_ok());
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(opened(changed, PHRASE).is_err(), "a change at byte {at} went unseen");
        assert!(opened(bytes[..at].to_vec(), PHRASE).is_err(), "cut at byte {at} it was taken");
    }
    let text = armor::put_on(&bytes);
    assert!(opened(text.clone().into_bytes(), PHRASE).is_ok());
    for end in (0..text.trim_end().len()).step_by(7) {
        let why = opened(text.as_bytes()[..end].to_vec(), PHRASE).unwrap_err();
        assert!(matches!(why, Unopened::Truncated | Unopened::NotABackup), "{end}: {why:?}");
    }
}

#[test]
fn a_part_cut_anywhere_or_changed_anywhere_is_refused() {
    let text = Whole::new(crate::phones::Phone::hers()).backup(caps::BACKUP_BYTES).remove(0);
    for end in 0..text.len() {
        let why = refused(&text[..end]);
        assert!(
            matches!(why, Unopened::Truncated | Unopened::NotABackup | Unopened::Damaged),
            "{end}: {why:?}"
        );
    }
    let start = text.find('\n').unwrap();
    for at in (start..text.len()).filter(|at| text.as_bytes()[*at] != b'\n') {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
        assert!(read(&String::from_utf8(bytes).unwrap()).is_err(), "a change at byte {at} went unseen");
    }
    assert_eq!(refused(&format!("{text}\n")), Unopened::Damaged);
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let swap_file = lived().1.export();
    assert_eq!(opened(swap_file.clone().into_bytes(), PHRASE).unwrap_err(), Unopened::NotABackup);
    assert_eq!(opened(seal_lightly(&packed(&swap_file)), PHRASE).unwrap_err(), Unopened::NotABackup);
    assert_eq!(opened(seal_lightly(b"a letter"), PHRASE).unwrap_err(), Unopened::NotABackup);
    assert_eq!(opened(Vec::new(), PHRASE).unwrap_err(), Unopened::NotABackup);
    assert_eq!(opened(b"\xff\xd8\xff\xe0".to_vec(), PHRASE).unwrap_err(), Unopened::NotABackup);
    let for_a_phone = encrypt(b"x", &[Recipient::X25519([9; 32])], &mut || [7; 32]).unwrap();
    assert_eq!(opened(for_a_phone, PHRASE).unwrap_err(), Unopened::NotABackup);
    assert_eq!(refused(&forged("\"version\":1,\"about\"", "\"version\":2,\"about\"")), Unopened::Newer);
    assert_eq!(refused(&forged("bothways/backup", "bothways/keepsake")), Unopened::NotABackup);
}

#[test]
fn what_grows_without_end_is_stopped() {
    let zeros = packed(&"0".repeat(caps::FILE_BYTES + 1));
    assert!(zeros.len() < 100_000);
    assert_eq!(opened(seal_lightly(&zeros), PHRASE).unwrap_err(), Unopened::TooLarge);
    assert_eq!(opened(vec![b'-'; caps::FILE_BYTES + 1], PHRASE).unwrap_err(), Unopened::TooLarge);
    assert_eq!(refused(&"x".repeat(caps::BACKUP_BYTES + 1)), Unopened::TooLarge);
    let many = resealed(&part(), |lines| lines.extend(vec!["{\"type\":\"x\"}".into(); caps::FILE_LINES]));
    assert_eq!(refused(&many), Unopened::TooLarge);
    // Work nobody would do: the head says so before it is done.
    let easy = seal_lightly(b"x");
    let end = easy.windows(3).position(|part| part == b" 1\n").unwrap();
    let harder = [&easy[..end], b" 40\n", &easy[end + 3..]].concat();
    assert_eq!(opened(harder, PHRASE).unwrap_err(), Unopened::Damaged);
}

#[test]
fn numbers_out_of_range_are_refused() {
    let (one, of) = ("\"part\":1", "\"parts\":1");
    for (find, put) in [
        (one, "\"part\":0"),
        (one, "\"part\":2"),
        (one, "\"part\":-1"),
        (one, "\"part\":1.5"),
        (one, "\"part\":18446744073709551616"),
        (of, "\"parts\":0"),
        (of, "\"parts\":10000"),
        ("\"made\":", "\"made\":0.5,\"was\":"),
        ("\"seen\":", "\"seen\":99999999999999999999,\"was\":"),
        ("\"seq\":", "\"seq\":18446744073709551615,\"was\":"),
        ("\"seq\":1,", "\"seq\":0,"),
        ("\"backup\":\"05", "\"backup\":\"5"),
        ("\"seed\":\"", "\"seed\":\"AAAA"),
    ] {
        assert_eq!(refused(&forged(find, put)), Unopened::Damaged, "{put}");
    }
}

#[test]
fn lines_that_do_not_belong_are_refused() {
    let home = part().lines().nth(1).unwrap().to_owned();
    assert!(home.starts_with("{\"type\":\"home\""));
    for line in [
        &*home,
        "{\"type\":\"header\"}",
        "[]",
        "{}",
        "not json",
        "{\"type\":\"body\",\"text\":\"of no revision\"}",
        "{\"type\":\"note\",\"text\":\"{}\"}",
        "{\"type\":\"heard\",\"device\":\"00\",\"text\":\"{}\"}",
        "{\"type\":\"held-back\",\"entries\":[\"x\"]}",
        "{\"type\":\"blob-chunk\",\"hash\":\"00\"}",
        r#"{"type":"line","text":"{\"type\":\"seal\"}"}"#,
        r#"{"type":"line","text":"{\"type\":\"hea\\u0064er\"}"}"#,
        r#"{"type":"line","text":"no json"}"#,
        r#"{"type":"line","text":"{\"type\":\n\"two lines\"}"}"#,
        &format!("{{\"type\":\"x\",\"deep\":{}{}}}", "[".repeat(16), "]".repeat(16)),
        &format!("{{\"type\":\"x\",\"long\":\"{}\"}}", "x".repeat(caps::BACKUP_LINE_BYTES)),
    ] {
        let text = with_line(line);
        assert_eq!(refused(&text), Unopened::Damaged, "{}", &line[..line.len().min(80)]);
    }
    // Before any home nothing may stand but the header.
    let early = resealed(&part(), |lines| lines.insert(1, "{\"type\":\"x\"}".into()));
    assert_eq!(refused(&early), Unopened::Damaged);
    let no_home = resealed(&part(), |lines| lines.truncate(1));
    assert_eq!(refused(&no_home), Unopened::Damaged);
    // What is of a newer version is passed over, and counted.
    assert_eq!(read(&with_line("{\"type\":\"hologram\"}")).unwrap().newer, 1);
}

#[test]
fn more_logs_or_phones_than_anybody_has_are_refused() {
    let home = part().lines().nth(1).unwrap().to_owned();
    let other = |n: usize| home.replacen("\"origin\":\"0101", &format!("\"origin\":\"{n:04x}"), 1);
    assert_ne!(other(7), home);
    let with = |count: usize| resealed(&part(), |lines| lines.extend((0..count).map(|n| other(n + 1_000))));
    assert_eq!(read(&with(caps::LOGS - 1)).unwrap().logs.len(), caps::LOGS);
    assert_eq!(refused(&with(caps::LOGS)), Unopened::Damaged);
    let device = format!("\"{}\"", "ab".repeat(16));
    let predecessors = |count: usize| {
        forged(
            "\"predecessors\":[]",
            &format!("\"predecessors\":[{}]", vec![device.as_str(); count].join(",")),
        )
    };
    assert!(read(&predecessors(caps::FORMER)).is_ok());
    assert_eq!(refused(&predecessors(caps::FORMER + 1)), Unopened::Damaged);
}

#[test]
fn parts_of_two_backups_do_not_mix() {
    let parts: Vec<Part> = lived().0.backup(26_000).iter().map(|text| read(text).unwrap()).collect();
    let mut contents = Contents::default();
    contents.add(&parts[0]).unwrap();
    let mut other = parts[1].clone();
    other.header.backup = bothways::ids::BackupId::from_bytes([6; 16]);
    assert_eq!(contents.add(&other), Err(Unopened::Another));
    let mut fewer = parts[1].clone();
    fewer.header.parts = parts.len() - 1;
    assert_eq!(contents.add(&fewer), Err(Unopened::Another));
    assert_eq!(contents.made(), Some(cover().made));
    contents.add(&parts[1]).unwrap();
}

#[test]
fn a_backup_as_it_was_first_written_still_comes_back() {
    // Never written again: a new version of the format gets files of its own.
    let mut restored = Whole::fresh(9);
    let mut contents = Contents::default();
    for number in [3, 1, 2] {
        let path = format!("{}/tests/golden/v1-backup-{number}.txt", env!("CARGO_MANIFEST_DIR"));
        let part = opened(std::fs::read(path).unwrap(), PHRASE).unwrap();
        contents.add(&part).unwrap();
        assert!(restored.restore_log(&part, 0));
    }
    assert_eq!((contents.missing(), contents.counts()), (vec![], [12, 6, 2, 0]));
    let mut words = restored.phone.words();
    words.retain(|words| !words.starts_with("Some("));
    words.sort();
    let expected = [
        "We made soup\nof leeks and potatoes",
        "a reply to what is held back",
        "and ate it",
        "and look there",
        "and look there",
        "and look there",
        "held back",
        "hot",
        "look",
        "my shoes",
        "not sent yet",
        "too hot",
    ];
    assert_eq!(words, expected);
    let mut notes: Vec<&str> = restored.notes.iter().map(|note| note.telling.words.as_str()).collect();
    notes.sort_unstable();
    assert_eq!(notes, ["a picture for me", "for me \u{1F372}"]);
    assert_eq!((restored.phone.held_back.len(), restored.former.len()), (1, 1));
    assert_eq!(restored.kept().nickname, "Mum");
}
