//! The program in two files: the first part, which answers the first tap, and the later part, with the rooms that come
//! after it. Both share the memory, the table of functions and the stack, so nothing in the source knows of it but
//! `src/rooms/later.rs`.
//!
//! The compiler keeps the names of functions for us; none of them is shipped. A function moves where all ways to it go
//! through the doors. What the first part calls in the later one stands behind all others in the table of functions, which
//! the later part fills when it comes. What the first lends the later one is exported under short names.
//!
//! - [`program`]: reads the sections
//! - [`plan`]: says what goes where, and makes one of functions that do the same
//! - [`lent`]: what both know, and its names
//! - [`first`], [`later`]: write the two

mod first;
mod later;
mod lent;
mod plan;
mod program;
#[cfg(test)]
mod tests;

use super::files::{File, Group};
use super::{Build, Problem};
use lent::Lent;
use plan::Plan;
use program::Program;
use sha2::{Digest, Sha256};
use std::env;
use wasm_encoder::reencode;

/// The functions through which the first part goes into the later one, and no others.
const DOORS: &str = "rooms::later::doors::";
/// Rooms that are not needed for the first tap: what they hand out to be called later (closures, what is done when
/// something is let go) moves with them. No part of these may be handed to a room that is not in the list.
const ROOMS: [&str; 13] = [
    "parts::drawing::",
    "parts::feelings::",
    "parts::introduce::",
    "rooms::book::",
    "rooms::both_ways::",
    "rooms::log::entry::",
    "rooms::log::fields::",
    "rooms::log::form::",
    "rooms::log::kept::",
    "rooms::log::photos::",
    "rooms::log::write::",
    "rooms::swap::",
    "rooms::us::",
];
const HEAD: &[u8] = b"\0asm\x01\0\0\0";
/// By which the later part asks for what the first lends it; public/boot.js answers.
const MODULE: &str = "m";

/// Why a program could not be parted.
#[derive(Debug, thiserror::Error)]
pub(super) enum Odd {
    #[error("{0}")]
    Unreadable(#[from] wasmparser::BinaryReaderError),
    #[error("{0}")]
    Unwritable(#[from] reencode::Error),
    #[error("it has {0}, which nobody thought of here")]
    Unknown(&'static str),
}

struct Parts {
    first: Vec<u8>,
    later: Vec<u8>,
}

/// Parts the main program, and tells the page the name of the later part.
pub(super) fn part(build: &Build, files: &mut Vec<File>) -> Vec<Problem> {
    let is_program = |file: &File| file.is_main_wasm() && file.bytes.starts_with(HEAD);
    let Some(at) = files.iter().position(is_program) else { return Vec::new() };
    // Where the compiler has made one of functions that come out the same, a name tells nothing: see tools/release.sh.
    let told_apart = env::var("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS")
        .is_ok_and(|flags| flags.contains("merge-functions=disabled"));
    let parts = if told_apart { parts(&files[at].bytes) } else { whole(&files[at].bytes) };
    match parts {
        Ok(Parts { first, later }) => {
            let mut problems = Vec::from_iter(super::replace(build, files, at, first).err());
            if !later.is_empty() {
                problems.extend(add(build, files, later).err());
            }
            problems
        }
        Err(odd) => vec![Problem::policy(&files[at].path, format!("cannot be parted: {odd}"))],
    }
}

fn add(build: &Build, files: &mut Vec<File>, bytes: Vec<u8>) -> Result<(), Problem> {
    let hash: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let path = format!("bothways-{hash}_later.wasm");
    if let Some(page) = files.iter().position(|file| file.path == "index.html")
        && let Some(text) = files[page].text()
    {
        let text = text.replacen(" data-wasm=", &format!(" data-later=./{path} data-wasm="), 1);
        super::replace(build, files, page, text.into_bytes())?;
    }
    super::write(&build.staging.join(&path), &bytes)?;
    files.push(File { path, group: Group::Later, bytes });
    files.sort_by(|a, b| (a.group, &a.path).cmp(&(b.group, &b.path)));
    Ok(())
}

/// A program without names stays in one piece.
fn whole(wasm: &[u8]) -> Result<Parts, Odd> {
    Ok(Parts { first: first::unnamed(wasm)?, later: Vec::new() })
}

fn parts(wasm: &[u8]) -> Result<Parts, Odd> {
    let program = Program::read(wasm)?;
    if !program.names.iter().any(|(_, name)| plan::is_door(name)) {
        return whole(wasm);
    }
    let plan = Plan::new(&program)?;
    let lent = Lent::new(&plan);
    Ok(Parts {
        first: first::write(wasm, &program, &plan, &lent)?,
        later: later::write(&program, &plan, &lent)?,
    })
}
