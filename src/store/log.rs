//! A log's records: loading them all, and committing a change in one transaction.

use super::StoreError;
use super::database::{self, Stores, failed};
use super::schema::{BODIES, LINES, LINKS, REVISIONS, all_of, key};
use bothways::ids::{BodyHash, DeviceId, LinkHash, OriginId, RevisionId, labelled_hash};
use bothways::json::{BadRecord, Record};
use bothways::log::chain::Link;
use bothways::log::revision::Revision;
use bothways::log::set::Held;
use bothways::log::{Delta, LogSet, Millis};
use idb::ObjectStore;
use serde::Serialize;
use wasm_bindgen::JsValue;

#[derive(Serialize)]
struct RevisionRecord<'a> {
    seen: Millis,
    header: &'a str,
}

#[derive(Serialize)]
struct LinkRecord {
    device: DeviceId,
    seq: u64,
    previous: Option<LinkHash>,
    revision: RevisionId,
}

/// Reads a whole log.
pub async fn load(origin: &OriginId) -> Result<LogSet, StoreError> {
    let found = database::read(&[REVISIONS, BODIES, LINKS, LINES], &|stores| {
        Box::pin(async move {
            // All four are asked for before any is awaited, so that they are one reading of one state.
            let mut asked = Vec::new();
            for name in [REVISIONS, BODIES, LINKS, LINES] {
                asked.push(stores.get(name)?.get_all(Some(all_of(origin)?.into()), None).map_err(failed)?);
            }
            let mut found = Vec::new();
            for answer in asked {
                found.push(answer.await.map_err(failed)?);
            }
            Ok(found)
        })
    })
    .await?;
    let Ok([revisions, bodies, links, lines]) = <[Vec<JsValue>; 4]>::try_from(found) else {
        return Err(StoreError::Failed);
    };
    let mut delta = Delta::default();
    for text in strings(&revisions) {
        let (header, seen) = read_revision(&text?).map_err(|_| StoreError::Damaged)?;
        let revision = Revision::parse(&header).map_err(|_| StoreError::Damaged)?;
        delta.revisions.push(Held { revision, seen });
    }
    for text in strings(&bodies) {
        let text = text?;
        delta.bodies.push((BodyHash::of_body(&text), text.into()));
    }
    for text in strings(&links) {
        delta.links.push(read_link(&text?).map_err(|_| StoreError::Damaged)?);
    }
    for text in strings(&lines) {
        delta.unknown_lines.push(text?.into());
    }
    let mut log = LogSet::default();
    log.apply(delta);
    Ok(log)
}

fn read_revision(text: &str) -> Result<(String, Millis), BadRecord> {
    let mut parts = Record::parse(text)?;
    Ok((parts.text("header")?, parts.integer("seen")?))
}

fn read_link(text: &str) -> Result<Link, BadRecord> {
    let mut parts = Record::parse(text)?;
    Ok(Link {
        device: parts.parsed("device")?,
        seq: parts.number("seq")?,
        previous: parts.parsed_if_any("previous")?,
        revision: parts.parsed("revision")?,
    })
}

fn strings(values: &[JsValue]) -> impl Iterator<Item = Result<String, StoreError>> {
    values.iter().map(|value| value.as_string().ok_or(StoreError::Damaged))
}

/// The stores a commit touches; a caller that adds records of its own names them beside these.
pub const COMMIT_STORES: [&str; 4] = [REVISIONS, BODIES, LINKS, LINES];

/// Stores a change: all of it, on the disk, or nothing.
pub async fn commit(origin: &OriginId, delta: &Delta) -> Result<(), StoreError> {
    database::write(&COMMIT_STORES, |stores| put(stores, origin, delta)).await
}

/// Puts a change into an open transaction.
pub fn put(stores: &Stores, origin: &OriginId, delta: &Delta) -> Result<(), StoreError> {
    let (revisions, bodies) = (stores.get(REVISIONS)?, stores.get(BODIES)?);
    for held in &delta.revisions {
        let record = RevisionRecord { seen: held.seen, header: held.revision.text() };
        put_text(&revisions, &key(origin, held.revision.id()), &json(&record)?)?;
    }
    for (hash, text) in &delta.bodies {
        put_text(&bodies, &key(origin, hash), text)?;
    }
    for hash in &delta.forget_bodies {
        bodies.delete(key(origin, hash)).map_err(failed)?;
    }
    for id in &delta.forget_revisions {
        revisions.delete(key(origin, id)).map_err(failed)?;
    }
    let links = stores.get(LINKS)?;
    for link in &delta.links {
        let Link { device, seq, previous, revision } = *link;
        put_text(&links, &key(origin, link.hash()), &json(&LinkRecord { device, seq, previous, revision })?)?;
    }
    let lines = stores.get(LINES)?;
    for line in &delta.unknown_lines {
        let hash = BodyHash::from_bytes(labelled_hash("bothways/line/1", &[line.as_bytes()]));
        put_text(&lines, &key(origin, hash), line)?;
    }
    Ok(())
}

fn put_text(store: &ObjectStore, key: &JsValue, text: &str) -> Result<(), StoreError> {
    store.put(&JsValue::from_str(text), Some(key)).map(drop).map_err(failed)
}

fn json(record: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(record).map_err(|_| StoreError::Damaged)
}
