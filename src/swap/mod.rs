//! How a log travels from one phone to the other.
//!
//! - [`blobs`]: photos in a swap file
//! - [`errand`]: what a page asks of the worker, and what it answers
//! - [`mod@file`]: what a swap file consists of, as `docs/format.md` describes it
//! - [`heard`]: what other phones are known to hold, so that a file brings what they lack
//! - [`keys`]: with which a phone signs, and opens what is sealed for it
//! - [`trust`]: whose word counts: the phones of both, and what each has signed
//! - [`pairing`]: how two phones come to know one another
//! - [`proof`]: what a file's signatures show
//! - [`sealing`]: a file closed for the phones of the log
//! - [`meeting`]: whose file it is: this log's, one to join with, or somebody else's
//! - [`packing`]: a file made small, and made large again
//! - [`preview`]: what a file would bring, before anything changes, and the delta that brings it
//! - `read`, `write`: from a file's bytes, and to them
//! - [`undo`]: taking it back

pub mod blobs;
pub mod errand;
pub mod file;
pub mod heard;
pub mod keys;
pub mod meeting;
pub mod packing;
pub mod pairing;
pub mod preview;
pub mod proof;
mod read;
pub mod sealing;
pub mod trust;
pub mod undo;
mod write;

pub use file::{Refusal, Sender, SwapFile};
pub use meeting::{Meeting, Origins};
pub use preview::{Plan, plan};
