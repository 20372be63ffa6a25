//! What two people write, as a set of immutable revisions.
//!
//! An **entry** is a thread of **revisions**. A revision never changes: editing adds one that names the former
//! as its parent. Merging two logs is the union of their sets, so order, repeats and detours cannot matter.
//! Causality is parents; clocks are shown, never obeyed. Two revisions of one parent are two heads: both are
//! kept and shown.
//!
//! - [`revision`]: one revision: the header whose bytes are hashed, and who wrote it
//! - [`body`]: what a revision says: salt, time, and the fields of its kind
//! - [`find`]: finding entries by their words
//! - [`kinds`]: the kinds of entry, one file each
//! - [`set`]: the set, its heads, what is erased
//! - [`chain`]: what has left a phone, in order: links and the have-summary
//! - [`acts`]: what a person can do: write, edit, erase, mark. Each gives a [`set::Delta`] to store
//! - [`publishing`]: what leaves the phone with the next swap, and what stays
//! - [`records`]: how it is kept: tables, keys, and the index that is derived from it
//! - [`resting`]: what is not to come up by itself for a while
//! - [`seal`]: envelopes: answers and letters that are not to be read yet
//! - [`side`]: correcting who writes on a phone
//! - [`view`]: the one gate from an entry to its words, and the timeline

pub mod acts;
pub mod body;
pub mod chain;
pub mod find;
pub mod kinds;
pub mod publishing;
pub mod records;
pub mod resting;
pub mod revision;
pub mod seal;
pub mod set;
pub mod side;
pub mod view;

pub use body::{Body, When};
pub use revision::{Member, Revision};
pub use set::{Delta, LogSet};

/// Milliseconds since 1970-01-01 UTC, as a phone's clock claims them.
pub type Millis = i64;
