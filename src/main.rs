//! The app. Compiled for wasm32 only; natively this is an empty program, so that `cargo test` stays quick.

#[cfg(target_arch = "wasm32")]
fn main() {
    leptos::mount::mount_to_body(|| leptos::prelude::view! { <p>"Bothways"</p> });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Bothways runs in a browser: see README.md");
}
