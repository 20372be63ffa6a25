//! A phone that is lost, and what comes back from its backup.

use crate::counts::backup_entries;
use crate::phones::{Phone, swap};
use crate::photo_swaps::jpeg;
use crate::trusting::{Handset, both_ways, paired};
use bothways::backup::hand_over::known_after;
use bothways::backup::kept::{Former, Kept, Place, place};
use bothways::backup::part::LogPart;
use bothways::backup::plan::{Plan, Source};
use bothways::backup::preview::Contents;
use bothways::backup::{Cover, Part, read, write};
use bothways::caps;
use bothways::drawer::Note;
use bothways::ids::{BackupId, DeviceId, EntryId, PhotoHash, Salt};
use bothways::log::chain::{Have, Link};
use bothways::log::kinds::{Content, Photo, Telling};
use bothways::log::publishing::{publish, staying};
use bothways::log::{Delta, Member, When};
use bothways::sorted::SortedSet;
use bothways::swap::blobs::Photos;
use bothways::swap::file;
use bothways::swap::heard::{Heard, Seen};
use bothways::swap::preview::plan;
use bothways::swap::trust::Trust;

/// A phone with what lies beside the log.
#[derive(Clone)]
pub struct Whole {
    pub phone: Phone,
    pub notes: Vec<Note>,
    pub heard: Heard,
    pub former: Vec<Former>,
    pub trust: Option<String>,
}

impl Whole {
    pub fn new(phone: Phone) -> Self {
        Self { phone, notes: Vec::new(), heard: Heard::new(), former: Vec::new(), trust: None }
    }

    /// A phone just taken out of its box.
    pub fn fresh(number: u8) -> Self {
        Self::new(Phone::new(Member::Son, number))
    }

    pub fn kept(&self) -> Kept {
        let (seed, origin) = self.phone.seed;
        let is_untouched = self.phone.log == Default::default();
        Kept {
            phone: Former { seed, origin },
            names: [None, Some("Jon".into())],
            origins: self.phone.origins.clone(),
            member: (!is_untouched).then_some(self.phone.member),
            for_two: false,
            nickname: "Mum".into(),
            stage: "teen".parse().ok(),
            predecessors: self.phone.predecessors.clone(),
            former: self.former.clone(),
            held_back: self.phone.held_back.clone(),
            left: false,
        }
    }

    pub fn keep_for_myself(&mut self, number: u8, words: &str, photo: Option<&[u8]>) {
        let mut telling = Telling { words: words.into(), ..Telling::default() };
        if let Some(bytes) = photo {
            let hash = PhotoHash::of_photo(bytes);
            telling.photos.push(Photo { hash, width: 4, height: 3 });
            self.phone.photos.push((hash, bytes.into()));
        }
        let (id, when) = (EntryId::from_bytes([number; 16]), When { at: self.phone.clock, zone: 60 });
        self.notes.push(Note { id, member: self.phone.member, when, telling });
    }

    /// Its backup, in parts of at most so many bytes.
    pub fn backup(&self, room: usize) -> Vec<String> {
        backup_of(&[self], room)
    }

    /// Restores what a part has of its log at this place; false where it has nothing of it, or it is not for here.
    pub fn restore_log(&mut self, part: &Part, at: usize) -> bool {
        let Some(log) = part.logs.get(at) else { return false };
        let before = self.phone.log.clone();
        let is_here = |entry: &EntryId| before.revisions_of(entry).next().is_some();
        let mine = self.kept();
        let kept = match place(&[(mine.clone(), before == Default::default())], &log.kept) {
            Place::Into(_) => mine.in_place_of(&log.kept, &is_here),
            Place::InsteadOf(_) => mine.making_room_for(&log.kept),
            Place::Beside | Place::Others => return false,
        };
        self.phone.member = kept.member.unwrap_or(self.phone.member);
        (self.phone.origins, self.phone.predecessors) = (kept.origins, kept.predecessors);
        (self.phone.held_back, self.former) = (kept.held_back, kept.former);
        let clock = self.phone.clock;
        for chunk in log.as_file(&part.header).parts(2) {
            let mut plan = plan(&self.phone.log, &chunk, self.phone.member, clock, &SortedSet::new());
            LogPart::keep_seen(&log.as_log(), &mut plan.delta);
            self.phone.apply(plan.delta);
            plan.photos.iter().for_each(|hash| self.keep_photo(*hash, &log.photos));
        }
        for note in &log.notes {
            if !self.notes.iter().any(|mine| mine.id == note.id) {
                self.notes.push(note.clone());
            }
            note.telling.photos.iter().for_each(|photo| self.keep_photo(photo.hash, &log.photos));
        }
        for (device, seen) in log.heard.iter() {
            if !self.heard.contains_key(device) {
                self.heard.insert(*device, seen.clone());
            }
        }
        self.trust = self.trust.take().or_else(|| log.trust.clone());
        true
    }

    pub fn restore(&mut self, part: &str) {
        assert!(self.restore_log(&read(part).unwrap(), 0), "there was no place for it");
    }

    fn keep_photo(&mut self, hash: PhotoHash, photos: &Photos) {
        if let Some(bytes) =
            photos.get(&hash).filter(|_| !self.phone.photos.iter().any(|(own, _)| *own == hash))
        {
            self.phone.photos.push((hash, bytes.clone()));
        }
    }

    /// Everything on it that does not depend on which installation it is, in an order of its own.
    pub fn everything(&self) -> String {
        let mut notes: Vec<String> = self.notes.iter().map(Note::to_text).collect();
        let mut photos: Vec<PhotoHash> = self.phone.photos.iter().map(|(hash, _)| *hash).collect();
        notes.sort();
        photos.sort();
        format!(
            "{:#?}",
            (
                &self.phone.log,
                &self.phone.kept,
                notes,
                photos,
                &self.heard,
                &self.trust,
                &self.phone.origins,
                &self.phone.held_back,
                self.phone.member,
            )
        )
    }
}

pub fn cover() -> Cover {
    Cover { backup: BackupId::from_bytes([5; 16]), made: 1_760_000_000_000, app: "0.1.0".into() }
}

/// One backup of a phone that keeps several logs.
pub fn backup_of(logs: &[&Whole], room: usize) -> Vec<String> {
    let kept: Vec<Kept> = logs.iter().map(|log| log.kept()).collect();
    let photos: Vec<Photos> = logs.iter().map(|log| log.phone.photos.iter().cloned().collect()).collect();
    let sizes: Vec<Vec<(PhotoHash, usize)>> = photos
        .iter()
        .map(|photos| photos.iter().map(|(hash, bytes)| (*hash, bytes.len())).collect())
        .collect();
    let sources: Vec<Source<'_>> = logs
        .iter()
        .zip(&kept)
        .zip(&sizes)
        .map(|((log, kept), sizes)| {
            Source::new(kept, log.trust.as_deref(), &log.heard, &log.phone.log, &log.notes, sizes.as_slice())
        })
        .collect();
    let plan = Plan::new(&sources, room).unwrap();
    (0..plan.parts.len()).map(|part| write(&cover(), &plan, part, &sources, &photos)).collect()
}

/// A phone that has seen something of life.
pub fn lived() -> (Whole, Phone) {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.call_myself("Anna \"A\"");
    let soup = her.write("We made soup\nof leeks");
    her.favourite("idea-soup", true);
    her.answer("ask-soup", "hot");
    her.show("look", &jpeg(9_000));
    swap(&mut her, &mut him);
    him.reply(soup, "and ate it");
    him.answer("ask-soup", "too hot");
    him.show("my shoes", &jpeg(7_000));
    him.edit(him.timeline()[0].id, "my new shoes").ok();
    let gone = her.write("to be erased");
    swap(&mut her, &mut him);
    her.erase(gone).unwrap();
    her.sweep();
    her.edit(soup, "We made soup\nof leeks and potatoes").unwrap();
    her.write("not sent yet");
    for n in 0..3 {
        her.show("and look there", &jpeg(9_100 + n));
    }
    let staying = her.write("held back");
    her.reply(staying, "a reply to what is held back");
    her.held_back.insert(staying);
    let hologram = r#"{"type":"hologram","of":"a \"whale\""}"#;
    her.apply(Delta { unknown_lines: vec![hologram.into()], ..Delta::default() });
    let mut her = Whole::new(her);
    for (hash, bytes) in &him.photos {
        her.phone.photos.push((*hash, bytes.clone()));
    }
    her.heard.insert(him.device, Seen::in_header(&file::read(&him.export()).unwrap().header));
    her.keep_for_myself(70, "for me \u{1F372}", None);
    her.keep_for_myself(71, "a picture for me", Some(&jpeg(8_000)));
    her.trust = Some("{\"opaque\":\"\\n\"}".into());
    (her, him)
}

/// Room for some entries and one photo.
const SMALL: usize = 26_000;

#[test]
fn a_phone_restored_from_its_backup_has_everything() {
    let (her, _) = lived();
    let parts = her.backup(caps::BACKUP_BYTES);
    assert_eq!(parts.len(), 1);
    let mut restored = Whole::fresh(9);
    restored.restore(&parts[0]);
    assert_eq!(restored.everything(), her.everything());
    let (was, is) = (her.kept(), restored.kept());
    assert_eq!((is.member, &is.nickname, is.stage), (was.member, &was.nickname, was.stage));
    // The installation is another one, and knows whose place it has taken.
    assert_ne!(is.device(), was.device());
    assert_eq!((is.predecessors, is.former), (vec![was.device()], vec![was.phone]));
}

#[test]
fn parts_are_restored_in_any_order_and_more_than_once() {
    let (her, _) = lived();
    let parts = her.backup(SMALL);
    assert!(parts.len() >= 4, "{} parts: this test would see little", parts.len());
    let mut whole = Whole::fresh(9);
    whole.restore(&her.backup(caps::BACKUP_BYTES)[0]);
    for turn in 0..parts.len() {
        for is_backwards in [false, true] {
            let mut order: Vec<&String> = parts.iter().cycle().skip(turn).take(parts.len()).collect();
            if is_backwards {
                order.reverse();
            }
            let mut restored = Whole::fresh(9);
            order.iter().for_each(|part| restored.restore(part));
            assert_eq!(restored.everything(), whole.everything(), "from part {turn}, {is_backwards}");
            let before = restored.everything();
            order.iter().for_each(|part| restored.restore(part));
            assert_eq!(restored.everything(), before, "what was restored twice is there twice");
        }
    }
}

#[test]
fn each_part_is_whole_in_itself_and_within_the_room() {
    let (her, _) = lived();
    for (number, text) in her.backup(SMALL).iter().enumerate() {
        assert!(text.len() <= SMALL, "part {number} has {} bytes", text.len());
        let part = read(text).unwrap();
        let mut restored = Whole::fresh(9);
        assert!(restored.restore_log(&part, 0));
        // Every photo that came is one that something which came with it names.
        assert_eq!(restored.phone.photos.len(), part.logs[0].photos.len());
        // Who reads only this part holds back what was held back: its replies may be in it.
        assert_eq!(restored.phone.held_back, her.phone.held_back);
    }
}

#[test]
fn a_missing_part_is_named_and_the_others_are_readable_meanwhile() {
    let (her, _) = lived();
    let parts: Vec<Part> = her.backup(SMALL).iter().map(|text| read(text).unwrap()).collect();
    let mut contents = Contents::default();
    for part in parts.iter().filter(|part| ![2, 3].contains(&part.header.part)) {
        contents.add(part).unwrap();
        contents.add(part).unwrap();
    }
    assert_eq!((contents.parts(), contents.missing()), (parts.len(), vec![2, 3]));
    contents.add(&parts[2]).unwrap();
    assert_eq!(contents.missing(), [2]);
    contents.add(&parts[1]).unwrap();
    let told = her.phone.timeline().len();
    assert_eq!((contents.missing(), contents.counts()), (vec![], [told, 6, 2, 0]));
    let log = contents.logs().next().unwrap();
    // She has said nothing in the backup's names, so what counts is what is known of him.
    assert_eq!((log.member, log.names[1].as_deref()), (Some(Member::Mother), Some("Jon")));
}

#[test]
fn what_was_erased_and_known_to_be_erased_does_not_come_back() {
    let (mut her, mut him) = lived();
    let old = her.backup(SMALL);
    let soup = her
        .phone
        .timeline()
        .into_iter()
        .find(|entry| entry.telling().is_some_and(|it| it.words.contains("leeks")));
    her.phone.erase(soup.unwrap().id).unwrap();
    her.phone.sweep();
    swap(&mut her.phone, &mut him);
    let before = her.everything();
    old.iter().for_each(|part| her.restore(part));
    assert_eq!(her.everything(), before);
    assert!(!her.phone.words().iter().any(|words| words.contains("leeks")));
    // And where the tombstone comes after the words, they go with it.
    let mut restored = Whole::fresh(9);
    old.iter().for_each(|part| restored.restore(part));
    assert!(restored.phone.words().iter().any(|words| words.contains("leeks")));
    her.backup(SMALL).iter().for_each(|part| restored.restore(part));
    restored.phone.sweep();
    assert!(!restored.phone.log.revisions().any(|held| {
        restored.phone.log.body_of(&held.revision.id()).is_some_and(|text| text.contains("leeks"))
    }));
}

#[test]
fn the_same_phone_takes_its_own_backup_in_and_stays_itself() {
    let (mut her, _) = lived();
    let old = her.backup(SMALL);
    let released = *her.phone.held_back.iter().next().unwrap();
    her.phone.held_back.remove(&released);
    let entry = her.phone.write("written since");
    her.notes[0].telling.words = "changed since".into();
    let before = her.everything();
    old.iter().for_each(|part| her.restore(part));
    assert_eq!(her.everything(), before);
    assert!(her.phone.predecessors.is_empty() && her.former.is_empty());
    assert!(!her.phone.held_back.contains(&released), "what was let go is held back again");
    assert!(her.phone.log.revisions_of(&entry).next().is_some());
}

#[test]
fn what_is_held_back_stays_whatever_part_comes_first() {
    let (her, _) = lived();
    let parts = her.backup(SMALL);
    for turn in 0..parts.len() {
        let mut restored = Whole::fresh(9);
        for part in parts.iter().cycle().skip(turn).take(parts.len()) {
            restored.restore(part);
            let text = restored.phone.export();
            assert!(!text.contains("held back"), "it went after a part that begins at {turn}");
        }
        assert_eq!(staying(&restored.phone.log, &restored.phone.held_back).len(), 2);
    }
}

#[test]
fn a_backup_of_the_others_phone_is_not_for_this_one() {
    let (her, him) = lived();
    let part = read(&her.backup(caps::BACKUP_BYTES)[0]).unwrap();
    let his = Whole::new(him);
    assert_eq!(place(&[(his.kept(), false)], &part.logs[0].kept), Place::Others);
    // Unless both of them write on one of the two.
    let for_two = Kept { for_two: true, ..his.kept() };
    assert_eq!(place(&[(for_two, false)], &part.logs[0].kept), Place::Into(0));
    // And another pair's log stands beside.
    let stranger = Whole::new({
        let mut other = Phone::new(Member::Mother, 4);
        other.write("of another pair");
        other
    });
    assert_eq!(place(&[(stranger.kept(), false)], &part.logs[0].kept), Place::Beside);
    let empty = (Whole::fresh(9).kept(), true);
    assert_eq!(place(&[(stranger.kept(), false), empty], &part.logs[0].kept), Place::InsteadOf(1));
}

#[test]
fn several_logs_come_back_apart_and_nothing_of_one_is_in_the_files_of_another() {
    let (her, _) = lived();
    let mut with_other_son = Whole::new(Phone::new(Member::Mother, 4));
    with_other_son.phone.write("of the other son");
    with_other_son.keep_for_myself(72, "only for me, of the other son", None);
    let with_third = Whole::fresh(6);
    let parts = backup_of(&[&her, &with_other_son, &with_third], SMALL);
    let first = read(&parts[0]).unwrap();
    assert_eq!(first.logs.len(), 3, "a log with nothing in it is in the first part, too");
    let (mut one, mut other) = (Whole::fresh(9), Whole::fresh(10));
    for text in &parts {
        let part = read(text).unwrap();
        for (at, log) in part.logs.iter().enumerate() {
            if log.kept.phone.origin == her.phone.seed.1 {
                one.restore_log(&part, at);
            } else if log.kept.phone.origin == with_other_son.phone.seed.1 {
                other.restore_log(&part, at);
            }
        }
    }
    assert_eq!(one.everything(), her.everything());
    assert_eq!(other.everything(), with_other_son.everything());
    let (file, others) = (one.phone.export(), other.phone.export());
    for words in ["for me", "other son"] {
        assert!(!file.contains(words), "{words} went to him");
    }
    assert!(others.contains("of the other son") && !others.contains("for me"));
    for id in [with_other_son.phone.device, other.phone.device] {
        assert!(!file.contains(&id.to_string()));
    }
}

#[test]
fn photos_that_do_not_fit_beside_their_entry_come_with_it_once_more() {
    let mut her = Whole::new(Phone::hers());
    let photos: Vec<Vec<u8>> = (0..6).map(|n| jpeg(9_000 + n)).collect();
    let entry = her.phone.show_all("six pictures", &photos);
    let parts = her.backup(SMALL);
    assert_eq!(parts.len(), 6);
    let with_entry = parts.iter().filter(|part| part.contains(&entry.to_string())).count();
    assert_eq!(with_entry, 6);
    let mut restored = Whole::fresh(9);
    parts.iter().rev().for_each(|part| restored.restore(part));
    assert_eq!(restored.everything(), her.everything());
}

#[test]
fn a_story_longer_than_a_part_is_cut_and_joined_again() {
    let mut her = Whole::new(Phone::hers());
    let entry = her.phone.write("once");
    for n in 0..60 {
        her.phone.edit(entry, &format!("{n} {}", "and then ".repeat(60))).unwrap();
    }
    her.phone.export();
    let parts = her.backup(SMALL);
    assert!(parts.len() > 2 && parts.iter().all(|part| part.len() <= SMALL));
    let mut restored = Whole::fresh(9);
    parts.iter().rev().for_each(|part| restored.restore(part));
    assert_eq!(restored.everything(), her.everything());
}

/// The have-summary is no lie where its sender can show every link it names, from the first on.
fn says_true(phone: &Phone, have: &Have) -> bool {
    have.iter().all(|(device, reached)| phone.log.chains().tip(device) == Some(*reached))
        && phone.log.chains().held_by(have).len()
            == have.values().map(|reached| usize::try_from(reached.seq).unwrap()).sum::<usize>()
}

fn numbers_used_twice(phone: &Phone) -> Vec<(DeviceId, u64)> {
    let mut numbers: Vec<_> = phone.log.chains().iter().map(|link: &Link| (link.device, link.seq)).collect();
    numbers.sort_unstable();
    numbers.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect()
}

fn words(phone: &Phone) -> Vec<String> {
    let mut words = phone.words();
    words.sort();
    words
}

#[test]
fn lost_with_everything_since_the_backup_a_phone_comes_back_and_both_go_on() {
    let (mut her, mut him) = lived();
    let backup = her.backup(SMALL);
    // Life goes on after the backup: some of it is sent, some is lost with the phone.
    her.phone.held_back.clear();
    her.phone.write("sent after the backup");
    swap(&mut her.phone, &mut him);
    her.phone.write("lost with the phone");
    drop(her);
    let mut restored = Whole::fresh(9);
    backup.iter().for_each(|part| restored.restore(part));
    restored.phone.held_back.clear();
    restored.phone.write("written on the new phone");
    for _ in 0..2 {
        let file = restored.phone.export();
        assert!(says_true(&restored.phone, &file::read(&file).unwrap().header.have));
        him.import(&file);
        let file = him.export();
        assert!(says_true(&him, &file::read(&file).unwrap().header.have));
        restored.phone.import(&file);
    }
    assert_eq!(words(&restored.phone), words(&him));
    for said in ["sent after the backup", "written on the new phone", "not sent yet", "held back"] {
        assert!(words(&him).iter().any(|words| words == said), "{said} is not there");
    }
    assert!(!words(&him).iter().any(|words| words.contains("lost with")));
    assert!(him.log.chains().forks().is_empty() && numbers_used_twice(&him).is_empty());
    assert!(numbers_used_twice(&restored.phone).is_empty());
}

#[test]
fn without_a_backup_everything_shared_comes_back_from_the_other_phone() {
    let (mut her, mut him) = lived();
    swap(&mut her.phone, &mut him);
    let shared = words(&him);
    drop(her);
    let mut new = Phone::new(Member::Mother, 9);
    new.import_as_same_side(&him.export());
    assert_eq!(words(&new), shared);
    new.write("on a new phone");
    swap(&mut new, &mut him);
    assert_eq!(words(&new), words(&him));
    assert!(him.log.chains().forks().is_empty() && numbers_used_twice(&him).is_empty());
}

#[test]
fn a_phone_restored_twice_over_still_knows_whom_it_stands_for() {
    let (her, mut him) = lived();
    let mut second = Whole::fresh(9);
    her.backup(SMALL).iter().for_each(|part| second.restore(part));
    let mut third = Whole::fresh(11);
    second.backup(SMALL).iter().for_each(|part| third.restore(part));
    assert_eq!(third.phone.predecessors, [her.phone.device, second.phone.device]);
    assert_eq!(third.former.len(), 2);
    // The first of them turns up again, and takes in what was saved of the third.
    let mut first = her.clone();
    third.backup(SMALL).iter().for_each(|part| first.restore(part));
    assert!(!first.phone.predecessors.contains(&first.phone.device));
    for phone in [&mut first.phone, &mut third.phone] {
        swap(phone, &mut him);
    }
    assert!(him.log.chains().forks().is_empty());
}

#[test]
fn a_life_of_writing_and_pictures_goes_into_parts_and_comes_back() {
    let (entries, photos) = backup_entries();
    let mut her = Whole::new(Phone::hers());
    // Straight into the log: the model of a phone compares itself with its database at every word.
    for n in 0..entries + photos {
        let words = format!("entry {n}: {}", "what we did, and what it was like. ".repeat(3));
        let mut content = Telling { words, ..Telling::default() };
        if n >= entries {
            let bytes = jpeg(150_000 + n);
            let hash = PhotoHash::of_photo(&bytes);
            content.photos.push(Photo { hash, width: 4, height: 3 });
            her.phone.photos.push((hash, bytes.into()));
        }
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(n as u64).to_le_bytes());
        let (entry, salt) = (EntryId::from_bytes(id), Salt::from_bytes(id));
        let delta = her.phone.pen().write(entry, salt, &Content::Told(content)).unwrap();
        her.phone.log.apply(delta);
    }
    let delta = publish(&her.phone.log, her.phone.device, &[], &SortedSet::new());
    her.phone.log.apply(delta);
    let parts = her.backup(caps::BACKUP_BYTES);
    assert!(parts.iter().all(|part| part.len() <= caps::BACKUP_BYTES));
    let mut restored = Whole::fresh(9);
    let mut contents = Contents::default();
    for text in parts.iter().rev() {
        let part = read(text).unwrap();
        contents.add(&part).unwrap();
        // All at once: the model compares with its whole log each time.
        let log = &part.logs[0];
        let mut plan =
            plan(&restored.phone.log, &log.as_file(&part.header), Member::Mother, 0, &SortedSet::new());
        LogPart::keep_seen(&log.as_log(), &mut plan.delta);
        restored.phone.log.apply(plan.delta);
        plan.photos.iter().for_each(|hash| restored.keep_photo(*hash, &log.photos));
    }
    assert_eq!(contents.counts(), [entries + photos, photos, 0, 0]);
    assert_eq!(restored.phone.log, her.phone.log);
    assert_eq!(restored.phone.photos.len(), photos);
    println!("{} parts for {entries} entries and {photos} photos", parts.len());
}

#[test]
fn who_knew_the_lost_phone_knows_the_new_one_without_pairing_again() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    hers.phone.write("hers");
    paired(&mut hers, &mut his);
    both_ways(&mut hers, &mut his);
    hers.phone.write("not sent");
    let mut whole = Whole::new(hers.phone.clone());
    whole.trust = Some(hers.phone.trust.to_text());
    for n in 0..40 {
        whole.phone.write(&format!("{n} {}", "so that there are parts. ".repeat(30)));
    }
    let parts: Vec<Part> = whole.backup(SMALL).iter().map(|text| read(text).unwrap()).collect();
    assert!(parts.len() > 1);
    let mut new = Whole::fresh(4);
    // In any order, and twice: one hand-over comes of it.
    for part in parts.iter().rev().chain(&parts) {
        assert!(new.restore_log(part, 0));
        let reached = new.phone.log.chains().tip(&hers.phone.device);
        let known = std::mem::take(&mut new.phone.trust);
        new.phone.trust = known_after(known, &new.kept(), &part.logs[0], reached, 5).unwrap();
    }
    let once = new.phone.trust.clone();
    let known = known_after(once.clone(), &new.kept(), &parts[0].logs[0], None, 9).unwrap();
    assert_eq!(known, once, "another hand-over comes of restoring once more");
    let mut new = Handset::of(new.phone);
    new.phone.write("on the new phone");
    both_ways(&mut new, &mut his);
    assert_eq!(words(&new.phone), words(&his.phone));
    assert!(words(&his.phone).iter().any(|words| words == "not sent"));
    assert!(his.phone.log.chains().forks().is_empty());
    assert!(his.phone.trust.circle(&his.me()).phone(&new.phone.device).is_some());
    assert_eq!(new.phone.log.chains().have(), his.phone.log.chains().have());
}

#[test]
fn where_nobody_was_ever_paired_there_is_nobody_to_hand_over_to() {
    let mut hers = Whole::new(Phone::hers());
    hers.phone.write("alone");
    let part = read(&hers.backup(caps::BACKUP_BYTES)[0]).unwrap();
    let mut new = Whole::fresh(4);
    new.restore_log(&part, 0);
    let known = known_after(Trust::default(), &new.kept(), &part.logs[0], None, 5).unwrap();
    assert!(known.is_alone());
    // And the same phone has no one to hand over to but itself.
    let same = known_after(Trust::default(), &hers.kept(), &part.logs[0], None, 5).unwrap();
    assert!(same.is_alone());
}
