//! What one of them keeps to themselves: a store of its own, which nothing that makes a file ever opens.

use super::database::{self, Act, Ask, Step, Want};
use super::schema::{DRAWER, all_of, key, only};
use super::{StoreError, rest};
use bothways::drawer::Note;
use bothways::ids::{EntryId, OriginId, PhotoHash};

fn within(note: EntryId) -> String {
    format!("note/{note}")
}

/// All notes, in no order.
pub async fn all(origin: &OriginId) -> Result<Vec<Note>, StoreError> {
    read(all_of(origin, "note/")).await
}

/// One note, if it is there.
pub async fn one(origin: &OriginId, note: EntryId) -> Result<Option<Note>, StoreError> {
    Ok(read(only(&key(origin, &within(note)))).await?.pop())
}

async fn read(range: database::Range) -> Result<Vec<Note>, StoreError> {
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

/// The steps that keep a note, and note down the photos it names.
pub fn keep(origin: &OriginId, note: &Note) -> Result<Vec<Step>, StoreError> {
    let text = rest::seal(&note.to_text())?;
    let mut steps = vec![Step { store: DRAWER, key: key(origin, &within(note.id)), act: Act::Put(text) }];
    for key in photo_keys(origin, note) {
        steps.push(Step { store: DRAWER, key, act: Act::Put(String::new()) });
    }
    Ok(steps)
}

/// The steps that take a note away.
pub fn forget(origin: &OriginId, note: &Note) -> Vec<Step> {
    let mut steps = vec![Step { store: DRAWER, key: key(origin, &within(note.id)), act: Act::Delete }];
    for key in photo_keys(origin, note) {
        steps.push(Step { store: DRAWER, key, act: Act::Delete });
    }
    steps
}

fn photo_keys(origin: &OriginId, note: &Note) -> Vec<String> {
    let named = note.telling.photos.iter();
    named.map(|photo| key(origin, &format!("{}{}", photo_head(photo.hash), note.id))).collect()
}
