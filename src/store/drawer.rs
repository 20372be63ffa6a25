//! What one of them keeps to themselves: a store of its own, which nothing that makes a file ever opens.

use super::database::{self, Act, Ask, Step, Want};
use super::schema::{DRAWER, all_of, key, only};
use super::{StoreError, rest};
use bothways::drawer::Note;
use bothways::drawer::lock::{Lock, Sealed};
use bothways::ids::{EntryId, OriginId, PhotoHash};

/// How the keys of locks begin, and those of notes under them: other than those of notes, so that a version that knows no
/// locks passes them over.
const LOCK: &str = "lock/";
const SEALED: &str = "sealed/";

fn sealed_within(note: EntryId) -> String {
    format!("{SEALED}{note}")
}

fn within(note: EntryId) -> String {
    format!("note/{note}")
}

/// All notes that are under no lock, in no order.
pub async fn all(origin: &OriginId) -> Result<Vec<Note>, StoreError> {
    let range = all_of(origin, "note/");
    let found = database::read(&[Ask { store: DRAWER, range, want: Want::Values, limit: None }]).await?;
    let mut notes = Vec::new();
    for stored in found.iter().flatten() {
        notes.push(Note::parse(&rest::open(stored)?).map_err(|_| StoreError::Damaged)?);
    }
    Ok(notes)
}

fn photo_head(photo: PhotoHash) -> String {
    format!("photo/{photo}/")
}

/// How many notes name a photo. (What is for one alone is not in the log's index.)
pub async fn count_naming(origin: &OriginId, photo: PhotoHash) -> Result<usize, StoreError> {
    let range = all_of(origin, &photo_head(photo));
    let found = database::read(&[Ask { store: DRAWER, range, want: Want::Keys, limit: None }]).await?;
    Ok(found.concat().len())
}

/// The locks of the drawer, in the order of their ids.
pub async fn locks(origin: &OriginId) -> Result<Vec<Lock>, StoreError> {
    let range = all_of(origin, LOCK);
    let found = database::read(&[Ask { store: DRAWER, range, want: Want::Values, limit: None }]).await?;
    found.iter().flatten().map(|text| Lock::parse(text).map_err(|_| StoreError::Damaged)).collect()
}

/// The notes under locks.
pub async fn sealed(origin: &OriginId) -> Result<Vec<Sealed>, StoreError> {
    let range = all_of(origin, SEALED);
    let found = database::read(&[Ask { store: DRAWER, range, want: Want::Values, limit: None }]).await?;
    found.iter().flatten().map(|text| Sealed::parse(text).map_err(|_| StoreError::Damaged)).collect()
}

/// Whether nothing lies in it, not even a lock.
pub async fn is_empty(origin: &OriginId) -> Result<bool, StoreError> {
    let ask = Ask { store: DRAWER, range: all_of(origin, ""), want: Want::Keys, limit: Some(1) };
    Ok(database::read(&[ask]).await?.concat().is_empty())
}

/// The ids of the locks: what a note was written under.
pub async fn lock_keys(origin: &OriginId) -> Result<Vec<String>, StoreError> {
    let ask = Ask { store: DRAWER, range: all_of(origin, LOCK), want: Want::Keys, limit: None };
    Ok(database::read(&[ask]).await?.concat())
}

/// Whether a note is here, under a lock or not.
pub async fn holds(origin: &OriginId, note: EntryId) -> Result<bool, StoreError> {
    let ask = |key: String| Ask { store: DRAWER, range: only(&key), want: Want::Keys, limit: Some(1) };
    let found = database::read(&[within(note), sealed_within(note)].map(|it| ask(key(origin, &it)))).await?;
    Ok(found.iter().flatten().next().is_some())
}

/// The step that keeps a lock.
pub fn keep_lock(origin: &OriginId, lock: &Lock) -> Step {
    Step { store: DRAWER, key: lock_key(origin, lock), act: Act::Put(lock.to_text()) }
}

/// The step that takes a lock away.
pub fn forget_lock(origin: &OriginId, lock: &Lock) -> Step {
    Step { store: DRAWER, key: lock_key(origin, lock), act: Act::Delete }
}

fn lock_key(origin: &OriginId, lock: &Lock) -> String {
    key(origin, &format!("{LOCK}{}", lock.id))
}

/// The steps that keep a note, and note down the photos it names.
pub fn keep(origin: &OriginId, note: &Note) -> Result<Vec<Step>, StoreError> {
    let text = rest::seal(&note.to_text())?;
    let mut steps = vec![
        Step { store: DRAWER, key: key(origin, &within(note.id)), act: Act::Put(text) },
        Step { store: DRAWER, key: key(origin, &sealed_within(note.id)), act: Act::Delete },
    ];
    let photos = note.telling.photos.iter().map(|photo| photo.hash);
    steps.extend(photo_steps(origin, note.id, photos, &Act::Put(String::new())));
    Ok(steps)
}

/// The steps that keep a note under a lock. Of the note without one nothing stays.
pub fn keep_sealed(origin: &OriginId, note: &Sealed) -> Vec<Step> {
    let mut steps = vec![
        Step { store: DRAWER, key: key(origin, &sealed_within(note.id)), act: Act::Put(note.to_text()) },
        Step { store: DRAWER, key: key(origin, &within(note.id)), act: Act::Delete },
    ];
    steps.extend(photo_steps(origin, note.id, note.photos.iter().copied(), &Act::Put(String::new())));
    steps
}

/// The steps that take a note away.
pub fn forget(origin: &OriginId, note: &Note) -> Vec<Step> {
    let mut steps = Vec::from([within(note.id), sealed_within(note.id)].map(|it| Step {
        store: DRAWER,
        key: key(origin, &it),
        act: Act::Delete,
    }));
    let photos = note.telling.photos.iter().map(|photo| photo.hash);
    steps.extend(photo_steps(origin, note.id, photos, &Act::Delete));
    steps
}

fn photo_steps(
    origin: &OriginId,
    note: EntryId,
    photos: impl Iterator<Item = PhotoHash>,
    act: &Act,
) -> Vec<Step> {
    let step = |photo| {
        let key = key(origin, &format!("{}{note}", photo_head(photo)));
        Step { store: DRAWER, key, act: act.clone() }
    };
    photos.map(step).collect()
}
