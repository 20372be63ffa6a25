//! The database's stores and keys. Changes only ever add: a later version may bring new stores, never take or
//! rewrite one.
//!
//! Every record of a log carries the log's origin at the head of its key, so that several logs live side by side
//! and one is read with one range. Values are texts.

use crate::store::StoreError;
use bothways::ids::OriginId;
use idb::{Database, KeyRange, ObjectStoreParams};
use wasm_bindgen::JsValue;

/// The database's name.
pub const DATABASE: &str = "bothways";
/// The schema's version.
pub const VERSION: u32 = 1;

/// What this installation is: `seed`, `home`.
pub const HOME: &str = "home";
/// `origin/revision` -> `{"seen": .., "header": ".."}`.
pub const REVISIONS: &str = "revisions";
/// `origin/body hash` -> the body's text.
pub const BODIES: &str = "bodies";
/// `origin/link hash` -> the link.
pub const LINKS: &str = "links";
/// `origin/hash` -> a line of a newer version's swap file.
pub const LINES: &str = "lines";
/// language -> the pack; language + `.version` -> its version.
pub const CONTENT: &str = "content";

const ALL: [&str; 6] = [HOME, REVISIONS, BODIES, LINKS, LINES, CONTENT];

/// Adds what a database of an older version lacks.
pub fn upgrade(database: &Database) -> Result<(), idb::Error> {
    let there = database.store_names();
    for name in ALL.iter().filter(|name| !there.iter().any(|have| have == *name)) {
        database.create_object_store(name, ObjectStoreParams::new())?;
    }
    Ok(())
}

/// The key of a log's record.
pub fn key(origin: &OriginId, id: impl std::fmt::Display) -> JsValue {
    JsValue::from_str(&format!("{origin}/{id}"))
}

/// All keys of a log's records: from `origin/` up to, not including, the character after the slash.
pub fn all_of(origin: &OriginId) -> Result<KeyRange, StoreError> {
    let (from, to) = (format!("{origin}/"), format!("{origin}0"));
    KeyRange::bound(&JsValue::from_str(&from), &JsValue::from_str(&to), Some(false), Some(true))
        .map_err(|_| StoreError::Failed)
}
