//! The domain of Bothways: what the app knows, without a browser, a clock or randomness of its own.
//! Time, ids and bytes come in as arguments, so everything here is tested natively.
//!
//! - [`library`]: what people read: guide, ideas, questions; searching and choosing
//! - [`log`]: what two people write: revisions, entries, the set and its heads, erasing
//! - [`swap`]: how it travels: the swap file, and the preview of what one brings
//! - [`backup`]: everything on one phone, under a passphrase, and back again
//! - [`keepsake`]: the log as a book: HTML and Markdown
//! - [`drawer`]: what one of them writes for nobody else
//! - [`rest`]: how words lie in storage
//! - [`photo`]: pictures by their bytes: sort, size before decoding, metadata
//! - [`age`]: the age format, for sealed files
//! - [`qr`]: a moving QR code: bytes as frames, of which any will do
//! - [`ids`]: the identifiers everything is named by
//! - [`phrases`]: bytes as words a person can write down and say
//! - [`caps`]: every limit on what comes from outside, in one place
//! - [`json`]: reading JSON records, part by part
//! - [`language`]: the languages the app is offered in
//! - [`texts`]: the texts of the interface by their numbers, in any of them
//! - [`sorted`]: maps and sets in the order of their keys, in little code
//! - `memory`: the allocator of the programs in the browser

pub mod age;
pub mod backup;
pub mod caps;
pub mod drawer;
pub mod ids;
pub mod json;
pub mod keepsake;
pub mod language;
pub mod library;
pub mod log;
#[cfg(target_arch = "wasm32")]
mod memory;
pub mod photo;
pub mod phrases;
pub mod qr;
pub mod rest;
pub mod sorted;
pub mod swap;
pub mod texts;
