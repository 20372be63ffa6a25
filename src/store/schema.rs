//! The database's stores and keys. Changes only ever add: a later version may bring new stores, never take or
//! rewrite one.
//!
//! Every record of a log carries the log's origin at the head of its key, so that several logs live side by side
//! and one is read with one range. Values are texts.

use super::database::Range;
use bothways::ids::OriginId;
use bothways::log::records::Table;
use idb::{Database, ObjectStoreParams};

/// The database's name.
pub const DATABASE: &str = "bothways";
/// The name of one that is there while a rescue file is read.
pub const ASIDE: &str = "bothways-aside";
/// The schema's version.
pub const VERSION: u32 = 2;

/// What this installation is: `seed`, `home`.
pub const HOME: &str = "home";
/// The content: language -> the pack; language + `.version` -> its version.
pub const CONTENT: &str = "content";

/// What one of them keeps to themselves: `origin/note/id`. Since version 2.
pub const DRAWER: &str = "drawer";

/// Photos as bytes: `origin/photo/hash`. Since version 2.
pub const PHOTOS: &str = "photos";

const ALL: [&str; 9] = [HOME, CONTENT, DRAWER, PHOTOS, "revisions", "bodies", "links", "lines", "index"];

/// The stores whose records carry a log's origin at the head of their keys.
pub const OF_A_LOG: [&str; 7] = [DRAWER, PHOTOS, "revisions", "bodies", "links", "lines", "index"];

/// The store of a log's table. Its keys are `origin/` and the key within the table.
pub const fn store_of(table: Table) -> &'static str {
    match table {
        Table::Revisions => "revisions",
        Table::Bodies => "bodies",
        Table::Links => "links",
        Table::Lines => "lines",
        Table::Index => "index",
    }
}

/// Adds what a database of an older version lacks.
pub fn upgrade(database: &Database) -> Result<(), idb::Error> {
    let there = database.store_names();
    for name in ALL.iter().filter(|name| !there.iter().any(|have| have == *name)) {
        database.create_object_store(name, ObjectStoreParams::new())?;
    }
    Ok(())
}

/// The key of a log's record.
pub fn key(origin: &OriginId, key: &str) -> String {
    format!("{origin}/{key}")
}

/// All of a log's keys that begin like this. Every head ends in a slash (or is empty, for all): the range goes up
/// to, not including, the character after the slash.
pub fn all_of(origin: &OriginId, head: &str) -> Range {
    all_under(key(origin, head))
}

/// All keys that begin with this head, which ends in a slash.
pub fn all_under(head: String) -> Range {
    let to = format!("{}0", head.trim_end_matches('/'));
    (head, to)
}

/// The range that holds one key alone.
pub fn only(key: &str) -> Range {
    (key.to_owned(), format!("{key}\u{0}"))
}
