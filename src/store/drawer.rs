//! What one of them keeps to themselves: a store of its own, which nothing that makes a file ever opens.

use super::database::{self, Act, Ask, Step, Want};
use super::schema::{DRAWER, all_of, key, only};
use super::{StoreError, rest};
use bothways::drawer::Note;
use bothways::ids::{EntryId, OriginId};

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

/// The step that keeps a note.
pub fn keep(origin: &OriginId, note: &Note) -> Result<Step, StoreError> {
    let text = rest::seal(&note.to_text())?;
    Ok(Step { store: DRAWER, key: key(origin, &within(note.id)), act: Act::Put(text) })
}

/// The step that takes a note away.
pub fn forget(origin: &OriginId, note: EntryId) -> Step {
    Step { store: DRAWER, key: key(origin, &within(note)), act: Act::Delete }
}
