//! A backup opened, and taken in: part by part, each in one transaction, by the functions that take in a swap file.

use super::lock::sealed;
use super::me::Randomness;
use super::{Outcome, picture, rescue};
use crate::device::talk::Talk;
use crate::device::{clock, locks, timer};
use crate::store::database::Step;
use crate::store::home::{self, Home};
use crate::store::{StoreError, brought, database, drawer, former, heard, log, photos, trust};
use bothways::backup::errand::Opened;
use bothways::backup::hand_over::known_after;
use bothways::backup::kept::{Kept, Place, place};
use bothways::backup::part::LogPart;
use bothways::backup::preview::Contents;
use bothways::backup::sealing::opened;
use bothways::backup::{Part, Unopened};
use bothways::caps;
use bothways::drawer::lock;
use bothways::ids::{EntryId, OriginId, PhotoHash};
use bothways::log::Member;
use bothways::log::chain::Reached;
use bothways::log::records::{self, Change};
use bothways::sorted::SortedSet;
use bothways::swap::errand::Answer;
use bothways::swap::preview::plan;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Entries that are compared with the log at once.
const AT_ONCE: usize = 100;
/// How far it is is told in steps of this size for a part, as if it were so many entries.
const OF_ONE_PART: usize = 3_000;

fn failed() -> Answer {
    StoreError::Failed.into()
}

/// Opens all files and says what they bring together. Nothing changes.
pub async fn open(talk: &Talk, phrase: &[u8], files: &[File]) -> Outcome {
    let mut contents = Contents::default();
    let here = here().await?;
    for (at, file) in files.iter().enumerate() {
        go_on(talk, at, files.len()).await?;
        let unopened = |why| Answer::Unopened(why, at);
        for part in parts_in(file, phrase).await.map_err(unopened)? {
            contents.add(&part).map_err(unopened)?;
            if part.logs.iter().any(|log| place(&here, &log.kept) == Place::Others) {
                return Err(unopened(Unopened::Others));
            }
        }
    }
    talk.say(&Answer::Opened(Box::new(Opened::of(&contents))));
    Ok(())
}

/// Restores what the files have. Each is opened once more, so that of a large backup one part at a time is in memory.
pub async fn restore(talk: &Talk, shown: &OriginId, phrase: &[u8], files: &[File]) -> Outcome {
    let mut entries = SortedSet::new();
    for (at, file) in files.iter().enumerate() {
        go_on(talk, at, files.len()).await?;
        let unopened = |why| Answer::Unopened(why, at);
        for part in parts_in(file, phrase).await.map_err(unopened)? {
            entries.extend(take_in(talk, shown, &part, (at, files.len()), unopened(Unopened::Others)).await?);
        }
    }
    talk.say(&Answer::Taken(entries.into_iter().collect()));
    Ok(())
}

/// Takes one part in, in one transaction: the entries of the log that is shown. `others` is what is said where a log is
/// not for this phone.
async fn take_in(
    talk: &Talk,
    shown: &OriginId,
    part: &Part,
    (at, of): (usize, usize),
    others: Answer,
) -> Result<Vec<EntryId>, Answer> {
    let _lock = locks::hold(locks::LOG).await;
    // Looked at again: another tab may have changed it while the person was reading.
    let (mut homes, mut here) = (home::all().await?, here().await?);
    let (mut steps, mut entries) = (Vec::new(), Vec::new());
    for log in &part.logs {
        let Some((at, next)) = found(&mut homes, &here, log).await? else { return Err(others) };
        let home = homes.get(at).cloned().ok_or_else(failed)?;
        steps.extend(restored(&home, &next, part, log, talk).await?);
        if home.origin == *shown {
            entries.extend(log.revisions.iter().map(|held| held.revision.header().entry));
        }
        // The next log of this part does not go there, too.
        match here.get_mut(at) {
            Some(known) => *known = (next, false),
            None => here.push((next, false)),
        }
    }
    database::write(&steps, &|_| talk.go_on(at * OF_ONE_PART, of * OF_ONE_PART)).await?;
    Ok(entries)
}

async fn go_on(talk: &Talk, done: usize, of: usize) -> Result<(), Answer> {
    if !talk.go_on(done * OF_ONE_PART, of * OF_ONE_PART) {
        return Err(Answer::Stopped);
    }
    // So that a word to stop is heard.
    timer::pause(0).await;
    Ok(())
}

/// What a file has, as it was picked: a part of a backup, or a rescue file, which may be more than one.
async fn parts_in(file: &File, phrase: &[u8]) -> Result<Vec<Part>, Unopened> {
    if rescue::is_one(file).await {
        return rescue::parts(file).await;
    }
    if file.size() > caps::FILE_BYTES as f64 {
        return Err(Unopened::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| Unopened::Unreadable)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(|_| Unopened::Unreadable)?;
    let phrase = str::from_utf8(phrase).map_err(|_| Unopened::WrongWords)?;
    Ok(vec![opened(Uint8Array::new(&buffer).to_vec(), phrase)?])
}

/// The logs on this phone, in the order of their homes, and whether nobody has written in them.
async fn here() -> Result<Vec<(Kept, bool)>, StoreError> {
    let mut here = Vec::new();
    for home in home::all().await? {
        home.unlock();
        let is_untouched = home.member.is_none()
            && !home.origins.is_joined()
            && log::is_empty(&home.origin).await?
            && drawer::is_empty(&home.origin).await?;
        here.push((home.kept(former::load(&home.origin).await?, [None, None]), is_untouched));
    }
    Ok(here)
}

/// The home a log goes to, by its place, and what it is to be then; none where it is not for this phone. One is added
/// where the log stands beside the others.
async fn found(
    homes: &mut Vec<Home>,
    here: &[(Kept, bool)],
    log: &LogPart,
) -> Result<Option<(usize, Kept)>, Answer> {
    Ok(match place(here, &log.kept) {
        Place::Others => None,
        Place::InsteadOf(at) => here.get(at).map(|(mine, _)| (at, mine.making_room_for(&log.kept))),
        Place::Into(at) => match here.get(at) {
            Some((mine, _)) => {
                let known = known_entries(&mine.phone.origin, &log.kept.held_back).await?;
                Some((at, mine.in_place_of(&log.kept, &|entry| known.contains(entry))))
            }
            None => None,
        },
        Place::Beside => {
            let mut random = Randomness::new();
            let mut origin = [0; 16];
            origin.iter_mut().zip(random.next()).for_each(|(to, from)| *to = from);
            random.checked()?;
            let home = homes.first().ok_or_else(failed)?.another(OriginId::from_bytes(origin));
            let next = home.kept(Vec::new(), [None, None]).making_room_for(&log.kept);
            homes.push(home);
            Some((homes.len() - 1, next))
        }
    })
}

/// Those of these entries that are in the log already.
async fn known_entries(
    origin: &OriginId,
    entries: &SortedSet<EntryId>,
) -> Result<SortedSet<EntryId>, StoreError> {
    let all: Vec<EntryId> = entries.iter().copied().collect();
    let mut known = SortedSet::new();
    for some in all.chunks(AT_ONCE) {
        let slice = log::slice(origin, some).await?;
        known.extend(some.iter().copied().filter(|entry| slice.revisions_of(entry).next().is_some()));
    }
    Ok(known)
}

/// The steps that restore what a part has of one log.
async fn restored(
    home: &Home,
    next: &Kept,
    part: &Part,
    log_part: &LogPart,
    talk: &Talk,
) -> Result<Vec<Step>, Answer> {
    home.unlock();
    let origin = &home.origin;
    let (now, viewer) = (clock::now().at, next.member.unwrap_or(Member::Mother));
    let as_it_was = log_part.as_log();
    let (mut change, mut wanted) = (Change::default(), SortedSet::<PhotoHash>::new());
    for chunk in log_part.as_file(&part.header).parts(AT_ONCE) {
        timer::pause(0).await;
        let entries = [chunk.entries(), chunk.companions()].concat();
        let mut slice = log::slice(origin, &entries).await?;
        slice.note_links(log::held_links(origin, &chunk.links).await?);
        slice.apply(log::lines(origin, chunk.unknown_lines.is_empty()).await?);
        let mut plan = plan(&slice, &chunk, viewer, now, &SortedSet::new());
        LogPart::keep_seen(&as_it_was, &mut plan.delta);
        wanted.extend(plan.photos);
        change.and(records::change(&slice, &plan.delta));
    }
    let mut steps = log::steps(origin, &change)?;
    steps.push(home::step(&home.clone().becomes(next.clone()))?);
    // What came before may be in the backup, too: it can no longer be taken back.
    steps.push(brought::forget(origin));
    if !next.former.is_empty() {
        steps.push(former::keep(origin, &next.former));
    }
    steps.extend(heard::restore(origin, &log_part.heard).await?);
    let reached = reached(origin, log_part).await?;
    let known = known_after(trust::load(origin).await?, next, log_part, reached, now);
    // Where it cannot be read the phones pair anew; the words matter more.
    // And where the pair was left, nobody is known until phones are paired anew.
    steps.extend(known.ok().filter(|_| !next.left).map(|known| trust::keep(origin, &known)));
    steps.extend(alone(origin, next, log_part, &mut wanted).await?);
    let freed = photos::freed(origin, &change).await?;
    // What goes with one entry may come with another: then everything comes again, after it went.
    let held = if freed.is_empty() { photos::held(origin).await? } else { SortedSet::new() };
    steps.extend(freed);
    for (hash, bytes) in log_part.photos.iter().filter(|(hash, _)| wanted.contains(hash)) {
        if held.contains(hash) {
            continue;
        }
        if !talk.go_on(0, 0) {
            return Err(Answer::Stopped);
        }
        let small = picture::thumbnail(bytes).await;
        steps.extend(small.map(|small| photos::keep_thumbnail(origin, *hash, small)));
        steps.push(photos::keep(origin, *hash, bytes.clone()));
    }
    Ok(steps)
}

/// The steps that restore what was for one alone: what was locked comes back locked, and what was not goes under the lock
/// that is here. `wanted` are the photos that are named.
async fn alone(
    origin: &OriginId,
    next: &Kept,
    part: &LogPart,
    wanted: &mut SortedSet<PhotoHash>,
) -> Result<Vec<Step>, StoreError> {
    let (mut steps, mut locks) = (Vec::new(), drawer::locks(origin).await?);
    let is_empty = drawer::is_empty(origin).await?;
    let mut coming = Vec::new();
    for note in &part.sealed {
        wanted.extend(note.photos.iter().copied());
        // What was changed since stays as it is, here and below.
        if !drawer::holds(origin, note.id).await? {
            coming.push(note.lock);
            steps.extend(drawer::keep_sealed(origin, note));
        }
    }
    for lock in &part.locks {
        // One that was taken away or changed since does not come back, but for what only it opens.
        let is_wanted = is_empty || coming.contains(&lock.id);
        if is_wanted && !locks.iter().any(|here| here.id == lock.id) {
            steps.push(drawer::keep_lock(origin, lock));
            locks.push(lock.clone());
        }
    }
    let mut absent = Vec::new();
    for note in &part.notes {
        wanted.extend(note.telling.photos.iter().map(|photo| photo.hash));
        if !drawer::holds(origin, note.id).await? {
            absent.push(note.clone());
        }
    }
    // A lock that comes is for what lies here, too.
    absent.extend(drawer::all(origin).await?);
    let mut random = Randomness::new();
    for note in &absent {
        let whose = if next.for_two { note.member } else { next.member.unwrap_or(note.member) };
        steps.extend(match lock::of(&locks, whose, next.for_two) {
            Some(lock) => sealed(origin, lock, note, &mut random)?,
            None => drawer::keep(origin, note)?,
        });
    }
    random.checked()?;
    Ok(steps)
}

/// How far the chain of the phone that was backed up is here, once this part is.
async fn reached(origin: &OriginId, part: &LogPart) -> Result<Option<Reached>, StoreError> {
    let device = part.kept.device();
    let mut chains = log::chain(origin, &device).await?;
    part.links.iter().filter(|link| link.device == device).for_each(|link| chains.add(*link));
    Ok(chains.tip(&device))
}
