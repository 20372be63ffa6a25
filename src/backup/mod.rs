//! Everything on one phone, under a passphrase, and back again: all its logs with what has not been sent, what each
//! keeps to themselves, the photos, and what the phone itself is.
//!
//! A backup is one file or several numbered ones, each whole in itself, and they can be restored in any order and more
//! than once: like taking in a swap file, restoring is the union of two sets. A phone that is restored to is **another
//! installation**: it keeps its own seed, publishes with its own chain what the lost one had not sent, and so never uses
//! a number twice. `docs/format.md` describes the file.
//!
//! - [`kept`]: what a phone is to one log, and how that is taken over
//! - [`hand_over`]: what the new phone knows of others then
//! - [`part`]: what one file consists of
//! - [`plan`]: which things go into which file
//! - `write`, `read`: to a file's text, and from it
//! - [`rescue`]: the file the rescue page saves
//! - [`sealing`]: the text packed and sealed with a passphrase
//! - [`preview`]: what several files bring together, told before anything changes
//! - [`errand`]: what the page asks of the worker, and its answers
//! - [`reminder`]: when it is time for the next one; an event for a calendar

pub mod errand;
pub mod hand_over;
pub mod kept;
pub mod part;
pub mod plan;
pub mod preview;
mod read;
pub mod reminder;
pub mod rescue;
pub mod sealing;
mod write;

pub use part::{Part, Unopened};
pub use read::read;
pub use write::{Cover, write};
