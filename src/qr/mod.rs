//! A moving QR code: bytes as a stream of frames of which any, in any order, will do.
//!
//! - [`code`]: a text as a code on a screen
//! - [`errand`]: what a page asks of the program that draws and reads codes
//! - [`fountain`]: from bytes to symbols without end, and back
//! - [`frame`]: one frame, as the text that a QR code carries
//! - [`grey`]: a picture, and what can be made of it
//! - [`see`]: finding a code in what a camera sees

pub mod code;
pub mod errand;
pub mod fountain;
pub mod frame;
pub mod grey;
pub mod see;

pub use fountain::{Receiver, Transfer};
pub use frame::Frame;
