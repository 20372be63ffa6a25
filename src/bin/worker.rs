//! The worker's program: what takes long goes on here, beside the page. Compiled for wasm32 only, loaded when first
//! needed. It shares the store and a few things of the device with the app, and has no screen.

#[cfg(target_arch = "wasm32")]
#[allow(dead_code, reason = "shared with the app; each program uses a part of it")]
#[path = "../device"]
mod device {
    pub mod clock;
    pub mod locks;
    pub mod pictures;
    pub mod random;
    pub mod talk;
    pub mod timer;
}
#[cfg(target_arch = "wasm32")]
#[allow(dead_code, reason = "shared with the app; each program uses a part of it")]
#[path = "../store/mod.rs"]
mod store;
#[cfg(target_arch = "wasm32")]
#[path = "../worker/mod.rs"]
mod worker;

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::listen();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The worker runs in a browser: see README.md");
}
