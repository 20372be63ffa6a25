//! The program that draws codes and reads them, beside the page. Compiled for wasm32 only, loaded when first needed. It
//! knows neither the log nor the store: bytes, texts and pictures come to it, and go from it.

#[cfg(target_arch = "wasm32")]
#[path = "../codes/mod.rs"]
mod codes;
#[cfg(target_arch = "wasm32")]
#[allow(dead_code, reason = "shared with the app; each program uses a part of it")]
#[path = "../device"]
mod device {
    pub mod pictures;
    pub mod talk;
    pub mod timer;
}

#[cfg(target_arch = "wasm32")]
fn main() {
    codes::listen();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The reader of codes runs in a browser: see README.md");
}
