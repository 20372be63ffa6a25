//! Files of version 1 as they were first written, kept in `tests/golden/`. Every later program must read from them what
//! the listings beside them say. They are never written again: a new version of the format gets files of its own.

use crate::hostile::resealed;
use crate::phones::{Phone, file_of, telling};
use crate::trusting::{Handset, both_ways, paired};
use bothways::age::{Identity, armor};
use bothways::ids::{EntryId, Salt};
use bothways::library::Theme;
use bothways::log::Member;
use bothways::log::kinds::{Content, Feeling, MarkSort, Telling};
use bothways::log::publishing::publish;
use bothways::log::seal::{Seal, Until};
use bothways::log::view::{EntryView, marked, name_of};
use bothways::sorted::SortedSet;
use bothways::swap::SwapFile;
use bothways::swap::file::{self, Sender};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn kept(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A phone that has said nothing yet, with these files taken in.
fn reader(files: &[&str]) -> Phone {
    let mut phone = Phone::new(Member::Son, 99);
    phone.import_as_same_side(files[0]);
    files.iter().skip(1).for_each(|file| {
        phone.import(file);
    });
    phone
}

/// With everything beyond ASCII spelled out: some of these letters are invisible, or turn a line around.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.escape_default())
}

/// All that a file says, in plain lines that do not depend on how the program is built.
fn listing_of_file(file: &SwapFile) -> String {
    let header = &file.header;
    let mut text = format!(
        "from {} {} on {}, made {}, app {}, {} bodies wanted\n",
        header.from.member.id(),
        quoted(&header.from.name),
        header.from.device,
        header.made,
        header.app,
        header.wants.len(),
    );
    for (device, reached) in header.have.iter() {
        let _ = writeln!(text, "has {device} up to {} {}", reached.seq, reached.link);
    }
    for revision in &file.revisions {
        let part = revision.header();
        let sort = if part.erases { "tombstone" } else { "revision" };
        let there = if file.bodies.contains_key(&part.body) { "with its body" } else { "without its body" };
        let _ = writeln!(text, "{sort} {} of {} by {}, {there}", revision.id(), part.entry, part.member.id());
        part.parents.iter().for_each(|parent| {
            let _ = writeln!(text, "  follows {parent}");
        });
    }
    for link in &file.links {
        let _ = writeln!(text, "link {} of {} names {}", link.seq, link.device, link.revision);
    }
    text
}

fn listing_of_entry(entry: &EntryView) -> String {
    let mut text = format!("entry {} by {} at {}", entry.id, entry.member.id(), entry.when.at);
    let _ = writeln!(text, " zone {}{}", entry.when.zone, if entry.edited { ", edited" } else { "" });
    for version in &entry.versions {
        match &version.content {
            Some(Content::Told(telling)) => {
                let _ = writeln!(text, "  says {}", quoted(&telling.words));
                let parts = [
                    ("feeling", telling.feeling.as_ref().map(|feeling| quoted(feeling.as_str()))),
                    ("theme", telling.theme.map(|theme| theme.id().to_owned())),
                    ("about", telling.about.as_ref().map(ToString::to_string)),
                    ("replies to", telling.reply_to.map(|entry| entry.to_string())),
                    ("photos", (!telling.photos.is_empty()).then(|| format!("{:?}", telling.photos))),
                    (
                        "more",
                        (!telling.more.is_empty()).then(|| serde_json::to_string(&telling.more).unwrap()),
                    ),
                ];
                for (name, part) in parts {
                    part.into_iter().for_each(|part| {
                        let _ = writeln!(text, "  {name} {part}");
                    });
                }
            }
            Some(Content::Unknown(kind)) => {
                let _ = writeln!(text, "  is of a kind not known: {}", quoted(kind));
            }
            Some(other) => panic!("{other:?} is not in a timeline"),
            None => match &entry.seal {
                Some(seal) => {
                    let _ = writeln!(text, "  is sealed: {}", question_of(seal));
                }
                None => text.push_str("  has not arrived\n"),
            },
        }
    }
    text
}

fn question_of(seal: &Seal) -> &str {
    match &seal.until {
        Until::Answered(question) => question.as_str(),
        other => panic!("version 1 had no {other:?}"),
    }
}

/// All that can be read on a phone.
fn listing_of_log(phone: &Phone) -> String {
    let mut text: String = phone.timeline().iter().map(listing_of_entry).collect();
    for entry in phone.log.entries().filter(|entry| phone.log.is_erased(entry)) {
        let _ = writeln!(text, "entry {entry} is erased");
    }
    for member in Member::ALL {
        if let Some(name) = name_of(&phone.log, member) {
            let _ = writeln!(text, "{} is called {}", member.id(), quoted(&name));
        }
        for thing in marked(&phone.log, MarkSort::Favourite, member).iter() {
            let _ = writeln!(text, "{} likes {thing}", member.id());
        }
    }
    for line in phone.log.unknown_lines() {
        let _ = writeln!(text, "a line not known: {line}");
    }
    text
}

/// Each listing's name, and what it must say.
fn listings() -> [(&'static str, String); 4] {
    let (hers, his, more) = (kept("v1-hers.txt"), kept("v1-his.txt"), kept("v1-more.txt"));
    let listed =
        |text: &str| listing_of_file(&file::read(text).unwrap()) + "\n" + &listing_of_log(&reader(&[text]));
    [
        ("v1-hers.expected.txt", listed(&hers)),
        ("v1-his.expected.txt", listed(&his)),
        ("v1-more.expected.txt", listed(&more)),
        ("v1-both.expected.txt", listing_of_log(&reader(&[&hers, &his]))),
    ]
}

#[test]
fn files_of_version_1_say_what_they_said_when_they_were_written() {
    for (name, now) in listings() {
        assert_eq!(now, kept(name), "{name}");
    }
}

#[test]
fn the_order_in_which_they_come_does_not_matter() {
    let (hers, his) = (kept("v1-hers.txt"), kept("v1-his.txt"));
    assert_eq!(listing_of_log(&reader(&[&hers, &his])), listing_of_log(&reader(&[&his, &hers, &his])));
}

#[test]
fn what_was_read_from_them_is_written_again_to_the_letter() {
    let (hers, his, more) = (kept("v1-hers.txt"), kept("v1-his.txt"), kept("v1-more.txt"));
    let mut phone = reader(&[&hers, &his, &more]);
    phone.photos = file::read(&more).unwrap().photos.into_iter().collect();
    let again = phone.export();
    assert!(more.lines().filter(|line| line.contains("blob-chunk")).all(|line| again.contains(line)));
    let read = file::read(&again).unwrap();
    let ids: BTreeSet<_> = read.revisions.iter().map(|revision| (revision.id(), revision.text())).collect();
    let written: BTreeSet<&str> = again.lines().collect();
    for (name, text) in [("hers", &hers), ("his", &his), ("more", &more)] {
        let old = file::read(text).unwrap();
        for revision in &old.revisions {
            assert!(ids.contains(&(revision.id(), revision.text())), "{name}: {} changed", revision.id());
            let body = old.bodies.get(&revision.header().body);
            let erased = phone.log.is_erased(&revision.header().entry) && !revision.header().erases;
            assert!(erased || body.is_none() || read.bodies.get(&revision.header().body) == body);
        }
        assert!(old.links.iter().all(|link| read.links.contains(link)), "{name}: a link changed");
        // This version's own lines come out letter for letter.
        let lines = text.lines().filter(|line| line.starts_with("{\"type\":\"revision\""));
        assert!(lines.clone().count() > 5 && lines.clone().all(|line| written.contains(line)), "{name}");
        assert!(
            old.unknown_lines.iter().all(|line| written.contains(&**line)),
            "{name}: an unknown line went"
        );
    }
}

fn say(phone: &mut Phone, number: u8, content: &Content) -> EntryId {
    let (entry, salt) = (EntryId::from_bytes([number; 16]), Salt::from_bytes([number; 16]));
    let delta = phone.pen().write(entry, salt, content).unwrap();
    phone.apply(delta);
    entry
}

fn export_as(phone: &mut Phone, name: &str) -> String {
    let delta = publish(&phone.log, phone.device, &[], &SortedSet::new());
    phone.apply(delta);
    let from = Sender { device: phone.device, member: phone.member, name: name.into() };
    file_of(&phone.log, from, phone.origins.clone(), "0.1.0", phone.clock)
}

/// How the files of version 1 came to be: her phone, his, and her tablet.
fn written_once() -> [String; 2] {
    let (mut her, mut him, mut tablet) = (Phone::hers(), Phone::his(), Phone::new(Member::Mother, 3));
    her.call_myself("Zoë \u{5d0}\u{5de}\u{5d0}");
    him.call_myself("\u{202e}Tom\u{202c} \u{1f9d2}\u{1f3fd}");
    let more = serde_json::from_str(r#"{"smell":"leek","deep":[1,{"x":1.50}]}"#).unwrap();
    let full = Telling {
        words: "We made soup.\nIt was \"too\" hot \\ and good: \u{1f372}".into(),
        feeling: Feeling::new("glad"),
        theme: Theme::ALL.first().copied(),
        about: "art-clay".parse().ok(),
        reply_to: None,
        more,
        ..Telling::default()
    };
    let soup = say(&mut her, 0x11, &Content::Told(full.clone()));
    say(&mut her, 0x18, &Content::Told(Telling { words: "Unchanged".into(), ..full.clone() }));
    let own = Telling { feeling: Feeling::new("wehmütig \u{1f60c}"), ..Telling::default() };
    let words = "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{202b}abc\u{202c} e\u{301} \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{2028}\t\u{feff}";
    say(&mut him, 0x12, &Content::Told(Telling { words: words.into(), ..own }));
    let secret = say(&mut her, 0x13, &telling("Words that are erased"));
    say(&mut her, 0x14, &Content::Unknown("hologram".into()));
    her.favourite("art-clay", true);
    him.favourite("art-clay", true);
    him.favourite("walk-in-rain", true);
    him.favourite("walk-in-rain", false);
    let first = her.export();
    him.import(&first);
    her.import(&him.export());
    tablet.import_as_same_side(&first);
    her.edit(soup, "We made leek soup, said the phone").unwrap();
    tablet.edit(soup, "We made bean soup, said the tablet").unwrap();
    her.erase(secret).unwrap();
    her.sweep();
    let late = say(&mut her, 0x15, &telling("Changed once"));
    her.edit(late, "Changed twice").unwrap();
    say(&mut her, 0x16, &telling("Words that did not arrive"));
    let hers = resealed(&export_as(&mut her, "Zoë"), |lines| {
        lines.retain(|line| !line.contains("did not arrive"));
        lines[0] = lines[0].replacen("\"app\"", "\"colour\":\"blue\",\"app\"", 1);
        lines.push(r#"{"type":"hologram","is":"\u00e9","n":1.50,"deep":[[{}]]}"#.into());
    });
    him.import(&tablet.export());
    him.import(&hers);
    say(&mut him, 0x17, &telling(&"long ".repeat(200)));
    [hers, export_as(&mut him, "Tom")]
}

/// Her log a little later: a reply, a photo, sealed answers, and a phone that took another's place. His answer to one of
/// the questions is in it, so that one of hers is open.
fn written_later() -> String {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let entry = her.write("Before the phone was lost");
    him.import(&her.export());
    him.reply(entry, "A reply \u{1f4ec}");
    him.answer("ask-first-memory", "His first memory");
    her.import(&him.export());
    her.answer("ask-first-memory", "Her first memory");
    her.answer("ask-lullaby", "Sealed for him");
    her.show("Look", &crate::photo_swaps::jpeg(60));
    // None of this had left the phone: the one that was made from its copy sends it.
    let mut restored = her.restored(9);
    restored.write("On the new phone");
    restored.export()
}

/// A sealed file of his, as her phone gets it: signed, with his word for a tablet and for one that is gone.
fn sealed_once() -> String {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    hers.phone.call_myself("Zoë");
    hers.phone.write("Before we met");
    his.phone.call_myself("Tom");
    paired(&mut hers, &mut his);
    both_ways(&mut hers, &mut his);
    let (mut tablet, old) = (Handset::new(Member::Son, 3), Handset::new(Member::Son, 4));
    paired(&mut his, &mut tablet);
    let (keys, by) = (his.keys(), his.phone.device);
    his.phone.trust.vouch(&keys, by, &old.me(), 2, false);
    his.phone.trust.retire(&keys, by, old.phone.device);
    tablet.take(&his.give()).unwrap();
    tablet.phone.write("On the tablet \u{1f4f1}");
    his.take(&tablet.give()).unwrap();
    his.phone.show("Look", &crate::photo_swaps::jpeg(60));
    armor::put_on(&his.give())
}

/// What opens it: her secret key, as age writes it.
fn her_key() -> String {
    let secret = match Handset::hers().keys().identity() {
        Identity::X25519(secret) => secret,
        Identity::Passphrase(_) => unreachable!("a phone has a key"),
    };
    let hrp = bech32::Hrp::parse("AGE-SECRET-KEY-").unwrap();
    bech32::encode_upper::<bech32::Bech32>(hrp, &secret).unwrap() + "\n"
}

/// What the sealed file says on her phone, and what it proves.
fn listing_of_sealed(text: &str) -> String {
    let mut hers = Handset::hers();
    let his = Handset::his();
    let (keys, by) = (hers.keys(), hers.phone.device);
    hers.phone.trust.vouch(&keys, by, &his.me(), 1, false);
    let (file, proof) = hers.open(text.as_bytes()).unwrap();
    let circle = proof.unwrap().circle;
    let mut listing = listing_of_file(&file);
    for (phone, since) in circle.phones() {
        let gone = if circle.is_gone(&phone.device) { ", gone" } else { "" };
        let _ = writeln!(listing, "phone {} of {} since {since}{gone}", phone.device, phone.member.id());
    }
    hers.phone.import_as_same_side_of(&file);
    listing + "\n" + &listing_of_log(&hers.phone)
}

#[test]
fn a_sealed_file_of_version_1_proves_and_says_what_it_did_when_it_was_written() {
    assert_eq!(her_key(), kept("v1-sealed.key"));
    assert_eq!(listing_of_sealed(&kept("v1-sealed.txt")), kept("v1-sealed.expected.txt"));
}

#[test]
#[ignore = "wrote the files of version 1; it only ever makes what is missing"]
fn write_what_is_missing() {
    fs::create_dir_all(path("")).unwrap();
    let make = |name: &str, text: &str| {
        if !path(name).exists() {
            fs::write(path(name), text).unwrap();
        }
    };
    let [hers, his] = written_once();
    make("v1-hers.txt", &hers);
    make("v1-his.txt", &his);
    make("v1-more.txt", &written_later());
    listings().iter().for_each(|(name, text)| make(name, text));
    make("v1-sealed.txt", &sealed_once());
    make("v1-sealed.key", &her_key());
    make("v1-sealed.expected.txt", &listing_of_sealed(&kept("v1-sealed.txt")));
}
