//! The app. Compiled for wasm32 only; natively this is an empty program, so that `cargo test` stays quick.
//!
//! Arrows point inward: `rooms` -> `state` -> `store` and `device` -> the domain (`lib.rs`).
//!
//! - `rooms`: what a person sees, one folder or file a room
//! - `parts`: what rooms share
//! - `state`: the signals the rooms read, and the acts that change them
//! - `store`: IndexedDB and local storage
//! - `device`: what a phone can do
//! - `words`: every text of the interface; `words_table`: in the language that is shown

#[cfg(target_arch = "wasm32")]
mod device;
#[cfg(target_arch = "wasm32")]
mod parts;
#[cfg(target_arch = "wasm32")]
mod rooms;
#[cfg(target_arch = "wasm32")]
mod state;
#[cfg(target_arch = "wasm32")]
#[allow(dead_code, reason = "shared with the worker; each program uses a part of it")]
mod store;
#[cfg(target_arch = "wasm32")]
mod words;
#[cfg(target_arch = "wasm32")]
mod words_table;

#[cfg(target_arch = "wasm32")]
fn main() {
    rooms::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Bothways runs in a browser: see README.md");
}
