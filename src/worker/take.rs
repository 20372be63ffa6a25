//! Reading a file, comparing it with the log, storing what it brings.

use super::{Outcome, me, picture};
use crate::device::talk::Talk;
use crate::device::{clock, locks, timer};
use crate::store::database::Step;
use crate::store::home::{self, Home};
use crate::store::{StoreError, brought, database, heard, log, photos, trust};
use bothways::age::Identity;
use bothways::ids::{EntryId, OriginId, PublicKey};
use bothways::log::Member;
use bothways::log::records::{self, Change};
use bothways::sorted::SortedSet;
use bothways::swap::blobs::Photos;
use bothways::swap::errand::{Answer, Verdict, Weighed};
use bothways::swap::file::{Reading, Refusal, SwapFile};
use bothways::swap::keys::Keys;
use bothways::swap::meeting::{Meeting, meet};
use bothways::swap::preview::{Preview, plan};
use bothways::swap::proof::prove;
use bothways::swap::sealing::opened;
use bothways::swap::trust::Trust;
use bothways::swap::undo::Brought;
use std::cell::RefCell;
use std::rc::Rc;

/// Entries of a file that are compared with the log at once.
const PART: usize = 100;
/// Lines that are read at once.
const LINES: usize = 1_000;

thread_local! {
    /// The file that was weighed last and waits for a yes.
    static WEIGHED: RefCell<Option<Rc<SwapFile>>> = const { RefCell::new(None) };
}

/// What a file would change, for one transaction, and what the person is shown.
struct Planned {
    change: Change,
    entries: Vec<EntryId>,
    preview: Preview,
    brought: Brought,
    photos: Photos,
    thumbs: Photos,
}

/// Reads a file and compares it with the log.
pub async fn weigh(talk: &Talk, origin: &OriginId, bytes: Vec<u8>, undoable: Vec<EntryId>) -> Outcome {
    WEIGHED.set(None);
    let no_storage = |_| Answer::Refused(Refusal::NoStorage);
    let home = home::load(origin).await.map_err(no_storage)?.ok_or(Answer::Refused(Refusal::NoStorage))?;
    if home.left {
        return Err(Answer::Refused(Refusal::Left));
    }
    let keys = me::opening(&home).await.map_err(no_storage)?;
    let identities: Vec<Identity> = keys.iter().map(Keys::identity).collect();
    let file = read(talk, opened(bytes, &identities).map_err(Answer::Refused)?).await?;
    let proven = proven(&home, &keys, &file).await?;
    let from = file.header.from.clone();
    let meeting = meet(&home.origins, home.side(from.member), &file.header.origins, from.member);
    let planned = match planned(talk, &home, &file, &undoable).await {
        Err(StoreError::Stopped) => return Err(Answer::Stopped),
        other => other.map_err(no_storage)?,
    };
    let own = from.device == home.device();
    let verdict = Verdict::from(&meeting);
    let held = photos::held(&home.origin).await.map_err(no_storage)?;
    let photos = planned.photos.keys().filter(|photo| !held.contains(*photo)).count();
    let weighed = Weighed {
        photos,
        signed: proven.is_some(),
        older: heard::is_older(&home.origin, &file.header).await.map_err(no_storage)?,
        gap: !log::holds_links(&home.origin, &file.takes_for_granted()).await.map_err(no_storage)?,
        ..Weighed::new(from, file.header.made, own, verdict, planned.preview)
    };
    if weighed.brings_nothing() && verdict == Verdict::Ours && !own {
        // There is nothing to say yes to, and it tells what the other phone holds by now.
        let mut news: Vec<Step> =
            heard::keep(&home.origin, &file.header).await.map_err(no_storage)?.into_iter().collect();
        news.extend(proven.as_ref().map(|known| trust::keep(&home.origin, known)));
        database::write(&news, &|_| true).await.map_err(no_storage)?;
    }
    talk.say(&Answer::Weighed(Box::new(weighed)));
    WEIGHED.set(Some(Rc::new(file)));
    Ok(())
}

/// What a file's signatures prove of phones; none where it has no signature.
async fn proven(home: &Home, keys: &[Keys], file: &SwapFile) -> Result<Option<Trust>, Answer> {
    let no_storage = |_| Answer::Refused(Refusal::NoStorage);
    let known = trust::load(&home.origin).await.map_err(no_storage)?;
    let me = me::phone(home, viewer(home, file));
    let mine: Vec<PublicKey> = keys.iter().map(|keys| keys.public().sealing).collect();
    let proof = prove(file, &known, &me, &mine).map_err(Answer::Refused)?;
    let Some(proof) = proof else { return Ok(None) };
    let held = log::held_links(&home.origin, &proof.must_be_held).await.map_err(no_storage)?;
    if held.len() == proof.must_be_held.len() {
        Ok(Some(proof.trust))
    } else {
        Err(Answer::Refused(Refusal::Forged))
    }
}

async fn read(talk: &Talk, bytes: Vec<u8>) -> Result<SwapFile, Answer> {
    let mut reading = Reading::of_bytes(bytes).map_err(Answer::Refused)?;
    loop {
        if let Some(file) = reading.go_on(LINES).map_err(Answer::Refused)? {
            return Ok(file);
        }
        let (done, total) = reading.progress();
        if !talk.go_on(done, total) {
            return Err(Answer::Stopped);
        }
        // So that a word to stop is heard.
        timer::pause(0).await;
    }
}

/// Compares a file with the log, some entries at a time.
async fn planned(
    talk: &Talk,
    home: &Home,
    file: &SwapFile,
    undoable: &[EntryId],
) -> Result<Planned, StoreError> {
    let now = clock::now().at;
    let viewer = viewer(home, file);
    let mut still_undoable = SortedSet::new();
    still_undoable.extend(undoable.iter().copied());
    let mut planned = Planned {
        change: Change::default(),
        entries: file.entries(),
        preview: Preview::default(),
        brought: Brought::nothing(home.origins.clone()),
        photos: Photos::new(),
        thumbs: Photos::new(),
    };
    let parts = file.parts(PART);
    for (done, part) in parts.iter().enumerate() {
        // Told in entries, as a person counts.
        if !talk.go_on(done * PART, parts.len() * PART) {
            return Err(StoreError::Stopped);
        }
        timer::pause(0).await;
        let entries = [part.entries(), part.companions()].concat();
        let mut slice = log::slice(&home.origin, &entries).await?;
        slice.note_links(log::held_links(&home.origin, &part.links).await?);
        slice.apply(log::lines(&home.origin, part.unknown_lines.is_empty()).await?);
        let of_part = plan(&slice, part, viewer, now, &still_undoable);
        for hash in of_part.photos {
            planned.photos.extend(part.photos.get(&hash).map(|bytes| (hash, bytes.clone())));
        }
        for hash in of_part.thumbs {
            planned.thumbs.extend(part.thumbs.get(&hash).map(|bytes| (hash, bytes.clone())));
        }
        planned.brought.note(&of_part.delta);
        planned.change.and(records::change(&slice, &of_part.delta));
        let is_known = home.member.is_some() && !home.for_two;
        planned.preview.and(if is_known { of_part.preview } else { of_part.preview.shut() });
    }
    Ok(planned)
}

/// Who reads: where nobody has said who writes here, it may be either's new phone.
fn viewer(home: &Home, file: &SwapFile) -> Member {
    home.member.unwrap_or_else(|| file.header.from.member.other())
}

/// Stores what the file weighed last brings: all of it, in one transaction.
pub async fn take(talk: &Talk, origin: &OriginId, undoable: Vec<EntryId>) -> Outcome {
    let failed = || Answer::from(StoreError::Failed);
    let file = WEIGHED.with_borrow(Clone::clone).ok_or_else(failed)?;
    let _lock = locks::hold(locks::LOG).await;
    let mut home = home::load(origin).await?.ok_or_else(failed)?;
    if home.left {
        return Err(Answer::Refused(Refusal::Left));
    }
    // Met and planned again: the log may have changed while the person was reading.
    let from = file.header.from.member;
    let meeting = meet(&home.origins, home.side(from), &file.header.origins, from);
    let (Meeting::Ours(origins) | Meeting::Join(origins)) = meeting else { return Err(failed()) };
    // Proven again, too: a phone may have been paired, or said to be gone.
    let proven = proven(&home, &me::opening(&home).await?, &file).await?;
    let planned = planned(talk, &home, &file, &undoable).await?;
    home.origins = origins;
    let mut steps = log::steps(&home.origin, &planned.change)?;
    steps.push(home::step(&home)?);
    steps.push(brought::keep(&home.origin, &planned.brought)?);
    steps.extend(heard::keep(&home.origin, &file.header).await?);
    steps.extend(proven.map(|known| trust::keep(&home.origin, &known)));
    let freed = photos::freed(&home.origin, &planned.change).await?;
    // A file of everything brings again what is here: where nothing goes, that is not made small once more.
    let held = if freed.is_empty() { photos::held(&home.origin).await? } else { SortedSet::new() };
    steps.extend(freed);
    // A photo comes after what frees one: the same may go with one entry and come with another.
    for (hash, bytes) in planned.photos.into_iter().filter(|(hash, _)| !held.contains(hash)) {
        let small = picture::thumbnail(&bytes).await;
        steps.extend(small.map(|small| photos::keep_thumbnail(&home.origin, hash, small)));
        steps.push(photos::keep(&home.origin, hash, bytes));
    }
    // What stands for a photo until that comes: never instead of anything that is here.
    let here = photos::held_small(&home.origin).await?;
    for (hash, small) in planned.thumbs.into_iter().filter(|(hash, _)| !here.contains(hash)) {
        steps.push(photos::keep_thumbnail(&home.origin, hash, small));
    }
    let total = steps.len();
    database::write(&steps, &|done| talk.go_on(done, total)).await?;
    WEIGHED.set(None);
    talk.say(&Answer::Taken(planned.entries));
    Ok(())
}
