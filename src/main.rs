//! The app. Compiled for wasm32 only; natively this is an empty program, so that `cargo test` stays quick.
//!
//! Arrows point inward: `rooms` -> `state` -> `store` and `device` -> the domain (`lib.rs`).
//!
//! - `rooms`: what a person sees, one folder or file a room
//! - `parts`: what rooms share
//! - `state`: the signals the rooms read, and the acts that change them
//! - `store`: IndexedDB and local storage
//! - `device`: what a phone can do
//! - `worker`: what goes on beside the page; it shares the store and a few things of the device, and has no screen
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
mod store;
#[cfg(target_arch = "wasm32")]
mod words;
#[cfg(target_arch = "wasm32")]
mod words_table;
#[cfg(target_arch = "wasm32")]
mod worker;

/// One program for both: in a page it draws, in a worker it waits until [`work`] is called.
#[cfg(target_arch = "wasm32")]
fn main() {
    if web_sys::window().is_some() {
        rooms::mount();
    }
}

/// Begins the worker, once its part of the program is here (public/worker-start.js).
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn work() {
    worker::doors::listen();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Bothways runs in a browser: see README.md");
}
