use crate::phones::{Phone, refused, telling};
use bothways::caps;
use bothways::ids::{EntryId, Salt};
use bothways::log::revision::{Header, Revision};
use bothways::log::set::Held;
use bothways::log::{Delta, Member};
use bothways::swap::Refusal;
use bothways::swap::file::{read, read_bytes};
use bothways::swap::packing::packed;
use sha2::{Digest, Sha256};

fn file() -> String {
    let mut her = Phone::hers();
    let entry = her.write("We made soup");
    her.edit(entry, "We made leek soup").unwrap();
    her.write("And ate it");
    her.export()
}

/// The file with its lines changed and a seal that fits them again: what a forger, not an accident, would make.
pub fn resealed(file: &str, change: impl FnOnce(&mut Vec<String>)) -> String {
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    lines.pop();
    change(&mut lines);
    let mut text = lines.join("\n");
    text.push('\n');
    let digest: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{text}{{\"type\":\"seal\",\"lines\":{},\"digest\":\"{digest}\"}}\n", lines.len())
}

fn forged(find: &str, put: &str) -> String {
    let text = file();
    assert!(text.contains(find), "{find} is not in the file");
    resealed(&text, |lines| lines.iter_mut().for_each(|line| *line = line.replacen(find, put, 1)))
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let text = file();
    let whole = text.trim_end().len();
    for end in (0..whole).filter(|end| text.is_char_boundary(*end)) {
        let refusal = read(&text[..end]).expect_err("a cut file was taken");
        assert!(matches!(refusal, Refusal::Truncated | Refusal::NotOurs), "{end}: {refusal:?}");
    }
}

#[test]
fn one_changed_byte_anywhere_is_refused() {
    let text = file();
    let start = text.find('\n').unwrap();
    for at in (start..text.trim_end().len()).filter(|at| text.as_bytes()[*at] != b'\n') {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
        assert!(read_bytes(bytes.clone()).is_err(), "a change at byte {at} went unseen");
    }
}

#[test]
fn other_files_are_named_for_what_they_are() {
    assert_eq!(refused(""), Refusal::NotOurs);
    assert_eq!(refused("Dear Mum,\nthe weather is fine."), Refusal::NotOurs);
    assert_eq!(refused("{\"type\":\"excalidraw\",\"version\":2}"), Refusal::NotOurs);
    assert_eq!(refused("[1,2,3]"), Refusal::NotOurs);
    assert_eq!(read_bytes(b"\x89PNG\r\n\x1a\n\0\0".to_vec()).unwrap_err(), Refusal::NotText);
    assert_eq!(read_bytes(vec![0xff, 0xfe, b'x']).unwrap_err(), Refusal::NotText);
    assert_eq!(read_bytes(vec![b' '; caps::FILE_BYTES + 1]).unwrap_err(), Refusal::TooLarge);
    assert_eq!(read(&forged("\"version\":1", "\"version\":2")).unwrap_err(), Refusal::Newer);
}

#[test]
fn a_forged_file_is_refused_even_with_a_fitting_seal() {
    // Words that are not those the header names.
    assert_eq!(refused(&forged("We made leek soup", "We made leak soup")), Refusal::Damaged);
    // Another author under the same id: the id changes, and no link publishes it.
    assert_eq!(
        refused(&forged("\\\"member\\\":\\\"mother\\\"", "\\\"member\\\":\\\"son\\\"")),
        Refusal::Damaged
    );
    // A size that lies.
    assert_eq!(refused(&forged("\\\"size\\\":1", "\\\"size\\\":2")), Refusal::Damaged);
    // A link with an impossible number.
    assert_eq!(refused(&forged("\"seq\":1", "\"seq\":0")), Refusal::Damaged);
    assert_eq!(refused(&forged("\"seq\":1", "\"seq\":18446744073709551615")), Refusal::Damaged);
    // Ids that are paths.
    assert_eq!(refused(&forged("\"device\":\"", "\"device\":\"../../")), Refusal::Damaged);
}

#[test]
fn a_size_that_lies_is_refused_even_where_every_hash_fits() {
    let mut her = Phone::hers();
    let pen = her.pen();
    let (entry, salt) = (EntryId::from_bytes([1; 16]), Salt::from_bytes([2; 16]));
    let mut delta = pen.write(entry, salt, &telling("short")).unwrap();
    let header = Header { size: 7, ..delta.revisions[0].revision.header().clone() };
    delta.revisions[0].revision = Revision::write(header).unwrap();
    let body = serde_json::to_string(&*delta.bodies[0].1).unwrap();
    her.apply(delta);
    // We would not write such a body; a forger does.
    let text = resealed(&her.export(), |lines| lines.push(format!("{{\"type\":\"body\",\"text\":{body}}}")));
    assert_eq!(refused(&text), Refusal::Damaged);
}

/// What a phone that took this in writes afterwards must be readable, or the pair could never swap again.
fn swaps_on_after(hers: &mut Phone, forged: &str) {
    let (mut him, words) = (Phone::his(), hers.words());
    him.import(&file());
    him.import(forged);
    let written = him.export();
    assert!(read(&written).is_ok(), "after this file, nothing that is written can be read");
    hers.import(&written);
    assert_eq!((hers.words(), him.words()), (words.clone(), words));
}

#[test]
fn a_link_that_names_anothers_revision_does_not_spoil_later_files() {
    let mut her = Phone::hers();
    her.import(&file());
    let revision = her.log.revisions().next().unwrap().revision.id();
    let forged = resealed(&file(), |lines| {
        lines.truncate(1);
        lines.push(format!(
            r#"{{"type":"link","device":"{}","seq":1,"previous":null,"revisions":["{revision}"]}}"#,
            "f".repeat(32)
        ));
    });
    swaps_on_after(&mut her, &forged);
}

#[test]
fn a_size_that_lies_about_a_known_body_does_not_spoil_later_files() {
    let mut her = Phone::hers();
    her.import(&file());
    let mut forger = Phone::new(Member::Mother, 3);
    forger.import_as_same_side(&file());
    let known = forger.log.revisions().next().unwrap().revision.header().clone();
    let header = Header { device: forger.device, parents: vec![], size: known.size + 1, ..known };
    let revision = Held { revision: Revision::write(header).unwrap(), seen: 0 };
    // The forger's file has no body for it: the one that is known has another size.
    let mut alone = Phone::new(Member::Mother, 3);
    alone.origins = forger.origins.clone();
    alone.apply(Delta { revisions: vec![revision], ..Delta::default() });
    let forged = alone.export();
    let mut him = Phone::his();
    him.import(&file());
    him.import(&forged);
    assert!(read(&him.export()).is_ok(), "after this file, nothing that is written can be read");
}

#[test]
fn a_log_of_many_devices_can_still_be_sent() {
    let mut him = Phone::his();
    for number in 3..=caps::DEVICES as u8 + 10 {
        let mut phone = Phone::new(Member::Mother, number);
        phone.origins = him.origins.clone();
        phone.write("one of many");
        him.import(&phone.export());
    }
    let mut her = Phone::hers();
    her.import(&him.export());
    assert_eq!(her.words().len(), caps::DEVICES + 8);
}

#[test]
fn spliced_and_padded_files_are_refused() {
    let text = file();
    assert_eq!(refused(&format!("{text}{{\"type\":\"body\",\"text\":\"{{}}\"}}\n")), Refusal::Damaged);
    let body = "{\"type\":\"body\",\"text\":\"{}\"}";
    assert_eq!(refused(&resealed(&text, |lines| lines.push(body.into()))), Refusal::Damaged);
    let twice = resealed(&text, |lines| lines.push(lines[0].clone()));
    assert_eq!(refused(&twice), Refusal::Damaged);
    let deep = format!("{{\"type\":\"new\",\"x\":{}{}}}", "[".repeat(1000), "]".repeat(1000));
    assert_eq!(refused(&resealed(&text, |lines| lines.push(deep))), Refusal::Damaged);
    let long = format!("{{\"type\":\"new\",\"x\":\"{}\"}}", "x".repeat(caps::LINE_BYTES));
    assert_eq!(refused(&resealed(&text, |lines| lines.push(long))), Refusal::Damaged);
}

#[test]
fn a_bomb_of_deep_brackets_does_not_overflow() {
    assert_eq!(refused(&"[".repeat(200_000)), Refusal::NotOurs);
    assert_eq!(refused(&"{\"a\":".repeat(200_000)), Refusal::NotOurs);
}

#[test]
fn a_packed_file_is_read_like_any_other_and_a_bomb_is_not() {
    let text = file();
    let small = packed(&text);
    assert!(small.len() < text.len());
    assert_eq!(read_bytes(small.clone()), read_bytes(text.clone().into_bytes()));
    let whole = read_bytes(small.clone());
    for cut in [2, 10, small.len() / 2, small.len() - 1] {
        assert_eq!(read_bytes(small[..cut].to_vec()), Err(Refusal::Truncated), "cut at {cut}");
    }
    assert_eq!(read_bytes([&small[..], b"more"].concat()), Err(Refusal::Damaged));
    assert_eq!(read_bytes([&small[..], &small].concat()), Err(Refusal::Damaged));
    for at in 2..small.len() {
        let mut changed = small.clone();
        changed[at] ^= 0x10;
        // Some bits mean nothing: a time in the head, what fills up the last byte. What is read is what was written.
        let read = read_bytes(changed);
        assert!(read.is_err() || read == whole, "byte {at} changed");
    }
    let bomb = packed(&"0".repeat(64 * 1024 * 1024));
    assert!(bomb.len() < 100_000);
    assert_eq!(read_bytes(bomb), Err(Refusal::TooLarge));
    let twice = packed(&String::from_utf8_lossy(&packed("x")));
    assert!(read_bytes(twice).is_err());
}
