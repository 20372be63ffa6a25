//! The program in three files: the first part, which answers the first tap; the later part, with the rooms that come after
//! it; and the worker's part, with what goes on beside the page. The page and the worker both begin with the first part.
//! Each shares with it the memory, the table of functions and the stack, so nothing in the source knows of it but the
//! doors: `src/rooms/later.rs` and `src/worker/mod.rs`.
//!
//! The compiler keeps the names of functions for us, and the linker what it knew of addresses; none of it is shipped. A
//! function moves where all ways to it go through the doors, be it called or handed out as an address; and so does a piece
//! of data that only such functions look at. What the first part calls in another one stands behind all others in the table of functions, which
//! that part fills when it comes. What the first lends the others is exported under short names.
//!
//! - [`program`]: reads the sections
//! - [`linked`]: reads what the linker knew
//! - [`plan`]: says what goes where, and makes one of functions that do the same
//! - [`lent`]: what both know, and its names
//! - [`order`]: in which order functions stand
//! - [`first`], [`beside`]: write them

mod beside;
mod first;
mod lent;
mod linked;
mod order;
mod plan;
mod program;
#[cfg(test)]
mod tests;

use super::files::{File, Group};
use super::{Build, Problem};
use lent::Lent;
use linked::Linked;
use plan::Plan;
use program::Program;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::{env, fs};
use wasm_encoder::reencode;

/// A part beside the first.
struct Beside {
    /// How its file's name ends, and which of the page's data names it.
    name: &'static str,
    /// Where in the source the functions stand through which the first part goes into it, and no others.
    doors: &'static [&'static str],
}

const BESIDE: [Beside; 2] = [
    // Rooms that are not needed for the first tap.
    Beside { name: "later", doors: &["rooms", "later", "doors"] },
    // What goes on beside the page.
    Beside { name: "worker", doors: &["worker", "doors"] },
];
const HEAD: &[u8] = b"\0asm\x01\0\0\0";
/// By which a part asks for what the first lends it; public/boot.js and public/worker-start.js answer.
const MODULE: &str = "m";

/// Why a program could not be parted.
#[derive(Debug, thiserror::Error)]
pub(super) enum Odd {
    #[error("{0}")]
    Unreadable(#[from] wasmparser::BinaryReaderError),
    #[error("{0}")]
    Unwritable(#[from] reencode::Error),
    #[error("what the linker made cannot be read: {0}")]
    Unlinked(#[from] std::io::Error),
    #[error("it has {0}, which nobody thought of here")]
    Unknown(&'static str),
}

struct Parts {
    first: Vec<u8>,
    /// In the order of [`BESIDE`]; none where the program stays whole.
    beside: Vec<Vec<u8>>,
}

impl Build {
    /// The parts of the program. Where the compiler has made one of functions that come out the same, or the linker's
    /// knowledge was not kept (see tools/release.sh), it stays whole.
    fn parts(&self, wasm: &[u8]) -> Result<Parts, Odd> {
        let flags = env::var("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS").unwrap_or_default();
        if !["merge-functions=disabled", "emit-relocs"].iter().all(|flag| flags.contains(flag)) {
            return whole(wasm);
        }
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.source.join("target"), PathBuf::from);
        parts(wasm, &fs::read(target.join("wasm32-unknown-unknown/release/bothways.wasm"))?)
    }
}

/// Parts the main program, and tells the page the names of the parts. What nobody reads on a phone leaves every program.
pub(super) fn part(build: &Build, files: &mut Vec<File>) -> Vec<Problem> {
    let is_program = |file: &File| file.path.ends_with(".wasm") && file.bytes.starts_with(HEAD);
    let programs: Vec<usize> = (0..files.len()).filter(|&at| is_program(&files[at])).collect();
    let mut problems = Vec::new();
    for at in programs {
        let parts =
            if files[at].is_main_wasm() { build.parts(&files[at].bytes) } else { whole(&files[at].bytes) };
        match parts {
            Ok(Parts { first, beside }) => {
                problems.extend(super::replace(build, files, at, first).err());
                for (part, bytes) in BESIDE.iter().zip(beside) {
                    problems.extend(add(build, files, part.name, bytes).err());
                }
            }
            Err(odd) => problems.push(Problem::policy(&files[at].path, format!("cannot be parted: {odd}"))),
        }
    }
    files.sort_by(|a, b| (a.group, &a.path).cmp(&(b.group, &b.path)));
    problems
}

fn add(build: &Build, files: &mut Vec<File>, name: &str, bytes: Vec<u8>) -> Result<(), Problem> {
    let hash: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let path = format!("bothways-{hash}_{name}.wasm");
    if let Some(page) = files.iter().position(|file| file.path == "index.html")
        && let Some(text) = files[page].text()
    {
        let text = text.replacen(" data-wasm=", &format!(" data-{name}=./{path} data-wasm="), 1);
        super::replace(build, files, page, text.into_bytes())?;
    }
    super::write(&build.staging.join(&path), &bytes)?;
    files.push(File { path, group: Group::Later, bytes });
    Ok(())
}

/// A program without names stays in one piece.
fn whole(wasm: &[u8]) -> Result<Parts, Odd> {
    Ok(Parts { first: first::unnamed(wasm)?, beside: Vec::new() })
}

fn parts(wasm: &[u8], linked: &[u8]) -> Result<Parts, Odd> {
    let program = Program::read(wasm)?;
    if !program.names.iter().any(|(_, name)| BESIDE.iter().any(|part| plan::is_door(part.doors, name))) {
        return whole(wasm);
    }
    let plan = Plan::new(&program, &Linked::read(linked)?)?;
    let lent = Lent::new(&plan);
    let beside = plan.beside.iter().map(|part| beside::write(&program, &plan, part, &lent));
    Ok(Parts {
        first: first::write(wasm, &program, &plan, &lent)?,
        beside: beside.collect::<Result<_, _>>()?,
    })
}
