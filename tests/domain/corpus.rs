//! The kept files and texts from which fuzzing starts: whole ones and ones broken in every way we could think of. Their
//! names say what must become of them. `write_what_is_missing` makes those that are not there; found ones are added
//! by hand.

use crate::hostile::resealed;
use crate::phones::{Phone, swap};
use crate::photo_swaps::{jpeg, with_exif};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bothways::ids::{BodyHash, PhotoHash, RevisionId};
use std::fs;
use std::path::PathBuf;

/// One file of the corpus.
pub struct Seed {
    pub name: String,
    pub bytes: Vec<u8>,
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// Everything in one folder of the corpus.
pub fn seeds(name: &str) -> Vec<Seed> {
    let mut seeds: Vec<Seed> = fs::read_dir(folder(name))
        .unwrap()
        .map(|item| item.unwrap().path())
        .map(|path| Seed {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            bytes: fs::read(&path).unwrap(),
        })
        .collect();
    seeds.sort_by(|one, other| one.name.cmp(&other.name));
    assert!(seeds.len() >= 20, "the corpus is not there");
    seeds
}

/// The phones whose files the corpus is made of: an edit, a tombstone, a mark, a name.
pub fn two_phones() -> (Phone, Phone) {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.call_myself("Ana");
    let soup = her.write("We made soup");
    her.edit(soup, "We made leek soup \u{1f372}").unwrap();
    let secret = her.write("Nobody needs this");
    her.export();
    her.erase(secret).unwrap();
    him.favourite("art-clay", true);
    him.write("And ate it");
    (her, him)
}

fn base() -> String {
    two_phones().0.export()
}

fn forged(find: &str, put: &str) -> Vec<u8> {
    let text = base();
    assert!(text.contains(find), "{find}");
    changed(|lines| lines.iter_mut().for_each(|line| *line = line.replacen(find, put, 1)))
}

fn changed(change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
    resealed(&base(), change).into_bytes()
}

fn with_line(line: &str) -> Vec<u8> {
    changed(|lines| lines.push(line.into()))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

const DEVICE: &str = "dddddddddddddddddddddddddddddddd";

fn header(parents: &str, body: &str, more: &str) -> String {
    format!(
        r#"{{"v":1,"entry":"{0}","parents":{parents},"device":"{DEVICE}","member":"son","body":"{1}","size":{2}{more}}}"#,
        "e".repeat(32),
        BodyHash::of_body(body),
        body.len(),
    )
}

fn body(fields: &str) -> String {
    format!(r#"{{"salt":"{}","kind":"telling","at":5,"zone":0,"fields":{fields}}}"#, "5".repeat(32))
}

fn link(seq: &str, previous: &str, headers: &[String]) -> String {
    let ids: Vec<String> =
        headers.iter().map(|header| quoted(&RevisionId::of_header(header).to_string())).collect();
    format!(
        r#"{{"type":"link","device":"{DEVICE}","seq":{seq},"previous":{previous},"revisions":[{}]}}"#,
        ids.join(",")
    )
}

fn inner(headers: &[String], bodies: &[String]) -> Vec<String> {
    let header = |text: &String| format!(r#"{{"type":"revision","header":{}}}"#, quoted(text));
    let body = |text: &String| format!(r#"{{"type":"body","text":{}}}"#, quoted(text));
    headers.iter().map(header).chain(bodies.iter().map(body)).collect()
}

/// A file of another device with these headers and bodies, all hashes fitting.
fn of(headers: &[String], bodies: &[String]) -> Vec<u8> {
    changed(|lines| {
        lines.extend(inner(headers, bodies));
        lines.push(link("1", "null", headers));
    })
}

fn one(body: &str) -> Vec<u8> {
    of(&[header("[]", body, "")], &[body.into()])
}

fn ids(count: usize) -> String {
    let ids: Vec<String> = (0..count).map(|n| format!("\"{n:064x}\"")).collect();
    format!("[{}]", ids.join(","))
}

fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

fn first_of(name: &str, part: &str) -> String {
    let text = base();
    let line = text.lines().find(|line| line.contains(&format!("\"type\":\"{name}\""))).unwrap();
    serde_json::from_str::<serde_json::Value>(line).unwrap()[part].as_str().unwrap().to_owned()
}

fn first_header() -> String {
    first_of("revision", "header")
}

fn first_body() -> String {
    first_of("body", "text")
}

/// A file with a photo in lines of so many bytes, changed before it is sealed.
fn with_photo(photo: &[u8], line: usize, change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
    let mut her = two_phones().0;
    her.show("look", photo);
    resealed(&her.export(), |lines| {
        lines.retain(|line| !line.contains("blob-chunk"));
        let hash = PhotoHash::of_photo(photo);
        for (n, part) in photo.chunks(line).enumerate() {
            let (at, size, data) = (n * line, photo.len(), BASE64.encode(part));
            lines.push(format!(
                r#"{{"type":"blob-chunk","hash":"{hash}","size":{size},"at":{at},"data":"{data}"}}"#
            ));
        }
        change(lines);
    })
    .into_bytes()
}

fn whole_files() -> Vec<(&'static str, Vec<u8>)> {
    let (mut her, mut him) = two_phones();
    swap(&mut her, &mut him);
    let simple = || header("[]", &body("{}"), "");
    let two = [simple(), header("[]", &body("{}"), ",\"n\":1")];
    vec![
        ("small", base().into()),
        ("of-both", him.export().into()),
        ("photo", with_photo(&jpeg(40), 1_000, |_| ())),
        ("photo-in-lines", with_photo(&jpeg(90), 25, |_| ())),
        (
            "photo-of-no-entry",
            with_photo(&jpeg(40), 1_000, |lines| lines.retain(|line| !line.contains("look"))),
        ),
        (
            "revision-linked-by-another",
            forged("\"seq\":1,\"prev", &format!("\"device\":\"{DEVICE}\",\"seq\":1,\"prev")),
        ),
        ("empty-log", Phone::hers().export().into()),
        ("windows-line-ends", base().replace('\n', "\r\n").into()),
        ("byte-order-mark", format!("\u{feff}{}", base()).into()),
        ("space-around", format!("\n \t{}\n\n", base()).into()),
        ("unknown-line", with_line(r#"{"type":"hologram","n":1.50,"is":"\u00e9"}"#)),
        ("unknown-line-twice", changed(|l| l.extend([r#"{"type":"x"}"#.into(), r#"{"type":"x"}"#.into()]))),
        ("unknown-type-with-nul", with_line(r#"{"type":"a\u0000b"}"#)),
        ("unknown-line-nested-16", with_line(&format!("{{\"type\":\"x\",\"a\":{}}}", nested(15)))),
        ("members-not-known", forged("\"type\":\"header\"", "\"type\":\"header\",\"new\":[1,{}]")),
        ("member-twice", forged("\"seq\":1,\"previous\"", "\"seq\":7,\"seq\":1,\"previous\"")),
        ("type-escaped", forged("\"type\":\"link\"", "\"type\":\"l\\u0069nk\"")),
        ("name-absent", forged("\"name\":\"\"", "\"name\":null")),
        ("name-of-60", forged("\"name\":\"\"", &format!("\"name\":\"{}\"", "é".repeat(60)))),
        ("name-turning-round", forged("\"name\":\"\"", "\"name\":\"\u{202e}anA\u{202c}\u{2028}\"")),
        ("lines-in-any-order", changed(|l| l[1..].reverse())),
        ("revision-twice", changed(|l| l.insert(2, l[1].clone()))),
        ("bodies-left-out", changed(|l| l.retain(|line| !line.starts_with("{\"type\":\"body\"")))),
        // A link that names somebody else's revision says nothing: neither here nor in what is written later.
        ("link-of-anothers-revision", changed(|l| l.push(link("1", "null", &[first_header()])))),
        ("link-of-anothers-revision-first", changed(|l| l.insert(1, link("1", "null", &[first_header()])))),
        (
            "link-of-a-revision-not-here",
            changed(|l| {
                l.truncate(1);
                l.push(link("1", "null", &[first_header()]));
            }),
        ),
        // A size that lies about a body that fits another revision: the body is that one's.
        (
            "body-of-another-size",
            changed(|l| {
                let header = header("[]", &first_body(), "").replace("\"size\":", "\"size\":1");
                l.extend([inner(std::slice::from_ref(&header), &[]).remove(0), link("1", "null", &[header])]);
            }),
        ),
        (
            "body-of-another-size-not-here",
            changed(|l| {
                let header = header("[]", &first_body(), "").replace("\"size\":", "\"size\":1");
                l.truncate(1);
                l.extend([inner(std::slice::from_ref(&header), &[]).remove(0), link("1", "null", &[header])]);
            }),
        ),
        // Naming another's body and erasing that does not take the other's words.
        (
            "tombstone-on-anothers-body",
            of(
                &[header("[]", &first_body(), ""), header("[]", "{}", ",\"erases\":true")],
                &[first_body(), "{}".into()],
            ),
        ),
        (
            "links-of-65-devices",
            changed(|l| {
                let link = link("1", "null", &[header("[]", "{}", "")]);
                l.extend((0..65).map(|n| link.replace(DEVICE, &format!("{n:032x}"))));
            }),
        ),
        ("link-run-empty", with_line(&link("1", "null", &[]))),
        ("links-far-ahead", with_line(&link("9007199254740993", &quoted(&"a".repeat(64)), &two))),
        (
            "number-used-twice",
            changed(|l| {
                l.extend(inner(&two, &[body("{}")]));
                l.extend([link("1", "null", &two[..1]), link("1", "null", &two[1..])]);
            }),
        ),
        ("time-at-the-ends", forged("\"made\":1760", "\"made\":-9223372036854775808,\"made\":1760")),
        ("body-empty-fields", one(&body("{}"))),
        ("body-not-json", one("no body at all")),
        ("body-nothing", one("")),
        ("body-nested-16", one(&body(&format!("{{\"x\":{}}}", nested(14))))),
        ("body-time-largest", one(&body("{}").replace("\"at\":5", "\"at\":9223372036854775807"))),
        ("body-time-smallest", one(&body("{}").replace("\"at\":5", "\"at\":-9223372036854775808"))),
        ("body-kind-not-known", one(&body("{\"a\":[1e300]}").replace("moment", "hologram"))),
        ("body-words-long", one(&body(&format!("{{\"words\":\"{}\"}}", "é".repeat(2000))))),
        ("body-words-a-number", one(&body("{\"words\":7}"))),
        (
            "body-unicode",
            one(&body("{\"words\":\"\u{202e}\u{feff}e\u{301}\u{1f468}\u{200d}\u{1f469}\\u0000\"}")),
        ),
        ("tombstone-alone", of(&[header("[]", "{}", ",\"erases\":true")], &["{}".into()])),
        ("tombstone-without-body", of(&[header("[]", "{}", ",\"erases\":true")], &[])),
        (
            "tombstone-and-words-share-a-body",
            of(&[simple(), header("[]", &body("{}"), ",\"erases\":true")], &[body("{}")]),
        ),
        ("parents-64-missing", of(&[header(&ids(64), &body("{}"), "")], &[body("{}")])),
        (
            "header-more-parts",
            of(&[header("[]", &body("{}"), ",\"new\":{\"a\":[]},\"erases\":null")], &[body("{}")]),
        ),
    ]
}

fn broken_photos() -> Vec<(&'static str, Vec<u8>)> {
    let last = |lines: &mut Vec<String>, find: &str, put: &str| {
        if let Some(line) = lines.last_mut() {
            *line = line.replacen(find, put, 1);
        }
    };
    vec![
        ("photo-with-a-place", with_photo(&with_exif(), 1_000, |_| ())),
        ("photo-line-missing", with_photo(&jpeg(90), 25, |lines| drop(lines.pop()))),
        ("photo-line-twice", with_photo(&jpeg(90), 25, |lines| lines.push(lines[lines.len() - 1].clone()))),
        ("photo-lines-turned", with_photo(&jpeg(90), 60, |lines| lines[1..].reverse())),
        ("photo-other-hash", with_photo(&jpeg(40), 1_000, |lines| last(lines, "hash\":\"", "hash\":\"00"))),
        (
            "photo-size-largest",
            with_photo(&jpeg(40), 1_000, |lines| last(lines, "size\":", "size\":9999999999")),
        ),
        ("photo-at-negative", with_photo(&jpeg(40), 1_000, |lines| last(lines, "at\":", "at\":-"))),
        ("photo-not-base64", with_photo(&jpeg(40), 1_000, |lines| last(lines, "data\":\"", "data\":\"*"))),
        ("photo-no-picture", with_photo(b"no picture at all", 1_000, |_| ())),
    ]
}

fn broken_files() -> Vec<(&'static str, Vec<u8>)> {
    let text = base();
    let bytes = text.clone().into_bytes();
    let (first, rest) = text.split_once('\n').unwrap();
    let simple = || header("[]", &body("{}"), "");
    let size_lies = |size: &str| simple().replace(&format!("\"size\":{}", body("{}").len()), size);
    let devices: Vec<String> =
        (0..65).map(|n| format!("\"{n:032x}\":{{\"seq\":1,\"link\":\"{}\"}}", "0".repeat(64))).collect();
    let mut wrong = bytes.clone();
    wrong[200] = 0xff;
    let mut nul = bytes.clone();
    nul[200] = 0;
    let utf16 = first.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("nothing", vec![]),
        ("spaces", b" \r\n\t\n ".to_vec()),
        ("a-letter", b"Dear Mum,\nthe weather is fine.".to_vec()),
        ("a-picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("wrong-utf8", wrong),
        ("nul-byte", nul),
        ("utf16", utf16),
        ("brackets", b"[".repeat(5000)),
        ("objects", b"{\"a\":".repeat(5000)),
        ("cut-in-the-header", bytes[..100].to_vec()),
        ("cut-in-the-middle", bytes[..bytes.len() / 2].to_vec()),
        ("cut-before-the-seal", text[..text.find("{\"type\":\"seal\"").unwrap()].into()),
        ("without-a-header", rest.into()),
        ("header-twice", changed(|l| l.push(l[0].clone()))),
        ("blank-line", changed(|l| l.insert(1, String::new()))),
        ("seal-twice", format!("{text}{}\n", text.lines().last().unwrap()).into()),
        ("words-after-the-seal", format!("{text}x").into()),
        ("seal-counts-wrong", text.replace("\"seal\",\"lines\":", "\"seal\",\"lines\":1").into()),
        ("seal-upper-case", text.replace("digest\":\"", "digest\":\"A").into()),
        ("version-2", forged("\"version\":1", "\"version\":2")),
        ("version-negative", forged("\"version\":1", "\"version\":-1")),
        ("version-a-text", forged("\"version\":1", "\"version\":\"1\"")),
        ("version-huge", forged("\"version\":1", "\"version\":1e999")),
        ("another-format", forged("bothways/swap", "bothways/swop")),
        ("made-a-fraction", forged("\"made\":1760", "\"made\":1.760")),
        ("made-too-large", forged("\"made\":1760", "\"made\":99999991760")),
        ("name-of-61", forged("\"name\":\"\"", &format!("\"name\":\"{}\"", "é".repeat(61)))),
        ("name-half-a-letter", forged("\"name\":\"\"", "\"name\":\"\\ud83c\"")),
        ("name-a-raw-tab", forged("\"name\":\"\"", "\"name\":\"\t\"")),
        ("member-neither", forged("\"member\":\"mother\"", "\"member\":\"father\"")),
        ("origins-none", forged("\"origins\":[", "\"origins\":[],\"o\":[")),
        (
            "origins-three",
            forged("\"origins\":[", &format!("\"origins\":[\"{}\",\"{}\",", "1".repeat(32), "2".repeat(32))),
        ),
        ("have-65-devices", forged("\"have\":{", &format!("\"have\":{{{},", devices.join(",")))),
        ("have-not-a-device", forged("\"have\":{", "\"have\":{\"../..\":{\"seq\":1,\"link\":\"\"},")),
        ("have-a-list", forged("\"have\":{", "\"have\":[],\"h\":{")),
        ("wants-numbers", forged("\"wants\":[", "\"wants\":[7")),
        ("type-missing", with_line(r#"{"hologram":1}"#)),
        ("type-a-number", with_line(r#"{"type":1}"#)),
        ("line-a-list", with_line("[1,2,3]")),
        ("line-nested-17", with_line(&format!("{{\"type\":\"x\",\"a\":{}}}", nested(16)))),
        ("line-two-objects", with_line(r#"{"type":"x"}{"type":"y"}"#)),
        ("line-number-too-large", with_line(r#"{"type":"x","n":1e999}"#)),
        ("line-half-a-letter", with_line(r#"{"type":"x","n":"\udc00\ud800"}"#)),
        ("seq-0", forged("\"seq\":1,\"prev", "\"seq\":0,\"prev")),
        ("seq-negative", forged("\"seq\":1,\"prev", "\"seq\":-1,\"prev")),
        ("seq-a-fraction", forged("\"seq\":1,\"prev", "\"seq\":1.0,\"prev")),
        ("seq-largest", with_line(&link("18446744073709551615", &quoted(&"a".repeat(64)), &[]))),
        ("seq-past-largest", with_line(&link("18446744073709551616", &quoted(&"a".repeat(64)), &[]))),
        ("first-link-with-previous", with_line(&link("1", &quoted(&"a".repeat(64)), &[]))),
        ("later-link-without-previous", with_line(&link("2", "null", &[]))),
        ("link-upper-case", with_line(&link("2", &quoted(&"A".repeat(64)), &[]))),
        ("link-of-too-many", with_line(&link("1", "null", &vec![simple(); 2001]))),
        ("revision-without-a-link", changed(|l| l.extend(inner(&[simple()], &[body("{}")])))),
        ("body-of-nobody", changed(|l| l.extend(inner(&[], &[body("{}")])))),
        ("body-shorter-than-it-says", of(&[size_lies("\"size\":9999")], &[body("{}")])),
        ("body-size-past-largest", of(&[size_lies("\"size\":4294967296")], &[])),
        ("body-nested-17", one(&body(&format!("{{\"x\":{}}}", nested(15))))),
        ("body-too-long", one(&"x".repeat(64 * 1024 + 1))),
        ("parents-65", of(&[header(&ids(65), &body("{}"), "")], &[])),
        (
            "parents-out-of-order",
            of(&[header(&format!("[\"{}\",\"{}\"]", "2".repeat(64), "1".repeat(64)), "{}", "")], &[]),
        ),
        ("parents-twice", of(&[header(&format!("[\"{0}\",\"{0}\"]", "2".repeat(64)), "{}", "")], &[])),
        ("parents-nested", of(&[header("[[[]]]", "{}", "")], &[])),
        ("header-too-long", of(&[header("[]", "{}", &format!(",\"x\":\"{}\"", "x".repeat(6 * 1024)))], &[])),
        ("header-erases-a-text", of(&[header("[]", "{}", ",\"erases\":\"yes\"")], &[])),
        ("header-not-json", of(&["header".into()], &[])),
    ]
}

fn texts() -> Vec<(&'static str, String)> {
    let (mut her, mut him) = two_phones();
    swap(&mut her, &mut him);
    let head = header("[]", &body("{}"), "");
    vec![
        ("header", head.clone()),
        ("header-tombstone", header("[]", "{}", ",\"erases\":true")),
        ("header-64-parents", header(&ids(64), "{}", "")),
        ("header-member-twice", head.replace("\"v\":1", "\"v\":2,\"v\":1")),
        (
            "body",
            body("{\"words\":\"soup\",\"feeling\":\"glad\",\"theme\":\"needs\",\"about\":\"art-clay\"}"),
        ),
        ("body-more", body("{\"words\":\"\\ud83c\\udf72\",\"more\":[1.5,{\"x\":null}]}")),
        (
            "body-mark",
            body("{\"mark\":\"favourite\",\"thing\":\"art-clay\",\"on\":true}").replace("moment", "mark"),
        ),
        ("body-name", body("{\"name\":\"\u{202e}Ana\"}").replace("moment", "name")),
        ("body-erased", body("{}").replace("moment", "erased")),
        ("body-before-1970", body("{}").replace("\"at\":5", "\"at\":-9223372036854775808")),
        ("record-that-is-no-header", head.replace("son", "sun")),
        ("record-with-65-parents", header(&ids(65), "{}", "")),
        ("record-with-a-parent-twice", header(&format!("[\"{0}\",\"{0}\"]", "2".repeat(64)), "{}", "")),
        ("record-that-is-no-body", body("{}").replace("\"at\":5", "\"at\":5.5")),
        ("record-with-a-time-too-large", body("{}").replace("\"at\":5", "\"at\":9223372036854775808")),
        ("body-zone-largest", body("{}").replace("\"zone\":0", "\"zone\":2147483647")),
        ("record-numbers", "{\"size\":255,\"at\":-9223372036854775808,\"seq\":18446744073709551615}".into()),
        ("record-lists", "{\"parents\":[],\"fields\":{},\"erases\":false,\"type\":\"x\"}".into()),
        ("record-empty", "{}".into()),
        ("refused-nothing", String::new()),
        ("refused-list", "[1,2,3]".into()),
        ("refused-cut", head[..head.len() - 1].into()),
        ("refused-deep", nested(5000)),
        ("refused-number-too-large", "{\"at\":1e999}".into()),
        ("refused-half-a-letter", "{\"type\":\"\\ud800\"}".into()),
        ("refused-raw-line-end", "{\"type\":\"a\nb\"}".into()),
        ("refused-two", "{}{}".into()),
        ("refused-comma", "{\"a\":1,}".into()),
    ]
}

#[test]
#[ignore = "made the corpus; it only ever makes what is missing"]
fn write_what_is_missing() {
    let make = |place: &str, name: String, bytes: &[u8]| {
        fs::create_dir_all(folder(place)).unwrap();
        let path = folder(place).join(name + ".txt");
        if !path.exists() {
            fs::write(path, bytes).unwrap();
        }
    };
    whole_files().iter().for_each(|(name, bytes)| make("files", format!("taken-{name}"), bytes));
    let broken = broken_files().into_iter().chain(broken_photos());
    broken.for_each(|(name, bytes)| make("files", format!("refused-{name}"), &bytes));
    texts().iter().for_each(|(name, text)| make("texts", (*name).to_owned(), text.as_bytes()));
}
