//! How a log travels from one phone to the other.
//!
//! - [`blobs`]: photos in a swap file
//! - [`errand`]: what a page asks of the worker, and what it answers
//! - [`file`]: the swap file's lines, as `docs/format.md` describes them: writing and reading
//! - [`meeting`]: whose file it is: this log's, one to join with, or somebody else's
//! - [`preview`]: what a file would bring, before anything changes, and the delta that brings it
//! - [`undo`]: taking it back

pub mod blobs;
pub mod errand;
pub mod file;
pub mod meeting;
pub mod preview;
pub mod undo;

pub use file::{Refusal, Sender, SwapFile};
pub use meeting::{Meeting, Origins};
pub use preview::{Plan, plan};
