//! A rescue file, as parts of a backup: its records go into a database of their own, a backup is made of that, and the
//! database goes again. So what it brings passes through all that a backup passes through.

use super::backup;
use crate::store::database::{self, Act, Step};
use crate::store::{StoreError, home, log};
use bothways::backup::rescue::{Content, HEAD, Reader};
use bothways::backup::{Part, Unopened, read};
use bothways::caps;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// Bytes that are read at once.
const PIECE: f64 = 4.0 * 1024.0 * 1024.0;

/// Whether a file begins like one.
pub async fn is_one(file: &File) -> bool {
    piece(file, 0.0, HEAD.len() as f64).await.is_ok_and(|head| head == HEAD.as_bytes())
}

/// Its parts.
pub async fn parts(file: &File) -> Result<Vec<Part>, Unopened> {
    if file.size() > caps::RESCUE_BYTES as f64 {
        return Err(Unopened::TooLarge);
    }
    database::go_aside().await.map_err(unreadable)?;
    let parts = match fill(file).await {
        Ok(()) => all_parts().await,
        Err(why) => Err(why),
    };
    // Where it cannot be deleted now, it is before the next one.
    database::come_back().await.ok();
    parts
}

async fn fill(file: &File) -> Result<(), Unopened> {
    let (mut reader, mut rest, mut from) = (Reader::default(), Vec::new(), 0.0);
    while from < file.size() {
        rest.extend(piece(file, from, from + PIECE).await?);
        from += PIECE;
        let mut steps = Vec::new();
        let mut begin = 0;
        for (at, _) in rest.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
            let line = rest.get(begin..at).and_then(|line| str::from_utf8(line).ok());
            begin = at + 1;
            if let Some(saved) = reader.line(line.ok_or(Unopened::Damaged)?)? {
                let act = match saved.content {
                    Content::Text(text) => Act::Put(text),
                    Content::Bytes(bytes) => Act::PutBytes(bytes.into()),
                };
                steps.push(Step { store: saved.store, key: saved.key, act });
            }
        }
        rest.drain(..begin);
        if rest.len() > caps::RESCUE_LINE_BYTES {
            return Err(Unopened::TooLarge);
        }
        database::write(&steps, &|_| true).await.map_err(unreadable)?;
    }
    reader.end()
}

async fn all_parts() -> Result<Vec<Part>, Unopened> {
    for home in home::all().await.map_err(damaged)? {
        home.unlock();
        log::ensure_index(&home.origin).await.map_err(damaged)?;
    }
    let everything = backup::Everything::read().await.map_err(damaged)?;
    let plan = everything.plan().map_err(|_| Unopened::TooLarge)?;
    let mut parts = Vec::new();
    for part in 0..plan.parts.len() {
        let text = everything.text_of(&plan, part).await.map_err(damaged)?;
        parts.push(read(&text)?);
    }
    Ok(parts)
}

async fn piece(file: &File, from: f64, to: f64) -> Result<Vec<u8>, Unopened> {
    let piece: Blob = file.slice_with_f64_and_f64(from, to).map_err(|_| Unopened::Unreadable)?;
    let buffer = JsFuture::from(piece.array_buffer()).await.map_err(|_| Unopened::Unreadable)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(|_| Unopened::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn unreadable(_: StoreError) -> Unopened {
    Unopened::Unreadable
}

fn damaged(_: StoreError) -> Unopened {
    Unopened::Damaged
}
