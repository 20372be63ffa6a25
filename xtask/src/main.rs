//! The chores of the build, in one native program.
//!
//! - `content`: Trunk's one pre_build hook: checks what people read and packs it, one file a language (see
//!   `content/README.md`), and makes one style sheet of `style/`
//! - `dist`: Trunk's one post_build hook: file list and hashes for the service worker, policy check, size report
//! - `demo`: the log of an invented pair, as a backup
//!
//! Run with `cargo xtask <command>`.

mod content;
mod demo;
mod dist;
mod style;

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("content") => match style::join() {
            Ok(()) => content::run(),
            Err(error) => {
                eprintln!("style: {error}");
                ExitCode::FAILURE
            }
        },
        Some("dist") => dist::run(),
        Some("demo") => demo::run(&arguments.collect::<Vec<_>>()),
        _ => {
            eprintln!("usage: cargo xtask content | dist | demo <pair> <language>");
            ExitCode::from(2)
        }
    }
}

/// Writes a file whole or not at all: a build that is interrupted must not leave half of one behind. A file that would
/// not change is left alone, so that a build that watches it does not run for ever.
fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let unfinished = path.with_extension("tmp");
    fs::write(&unfinished, text)?;
    fs::rename(unfinished, path)
}
