//! A moving QR code: bytes as a stream of frames of which any, in any order, will do.
//!
//! - [`frame`]: one frame, as the text that a QR code carries
//! - [`fountain`]: from bytes to symbols without end, and back

pub mod fountain;
pub mod frame;

pub use fountain::{Receiver, Transfer};
pub use frame::Frame;
