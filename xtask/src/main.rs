//! The chores of the build, in one native program.
//!
//! - `content`: checks what people read and packs it, one file a language (see `content/README.md`)
//! - `dist`: Trunk's one post_build hook: file list and hashes for the service worker, policy check, size report
//!
//! Run with `cargo xtask <command>`.

mod content;
mod dist;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("content") => content::run(),
        Some("dist") => dist::run(),
        _ => {
            eprintln!("usage: cargo xtask content | dist");
            ExitCode::from(2)
        }
    }
}
