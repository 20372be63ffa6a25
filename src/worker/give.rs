//! Making a file of everything.

use super::Outcome;
use super::talk::Talk;
use crate::device::{clock, locks};
use crate::store::{StoreError, brought, database, home, log, photos};
use bothways::ids::{EntryId, OriginId, PhotoHash};
use bothways::log::publishing::{publish, staying};
use bothways::log::records::{self, head};
use bothways::log::view::{photos_of, timeline};
use bothways::swap::errand::Answer;
use bothways::swap::file::{self, Refusal, Seen, Sender};

const APP_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Bytes of photos in one file; with base64 and the words it stays within what a reader takes.
const PHOTO_ROOM: usize = 20 * 1024 * 1024;

/// Makes the file. From then on everything in it counts as sent: its links are stored before the text is handed over.
pub async fn give(talk: &Talk, origin: &OriginId) -> Outcome {
    let failed = || Answer::from(StoreError::Failed);
    let _lock = locks::hold(locks::LOG).await;
    let home = home::load(origin).await?.ok_or_else(failed)?;
    let member = home.member.ok_or_else(failed)?;
    let mut log = log::whole(&home.origin).await?;
    let delta = publish(&log, home.device(), &home.predecessors, &home.held_back);
    let published = delta.links.iter().filter_map(|link| log.revision(&link.revision));
    let mut entries: Vec<EntryId> = published.map(|held| held.revision.header().entry).collect();
    entries.sort_unstable();
    entries.dedup();
    // What came before this file may be in it: it can no longer be taken back.
    let mut steps = vec![brought::forget(&home.origin)];
    if !delta.is_empty() {
        let slice = log::slice(&home.origin, &entries).await?;
        steps.extend(log::steps(&home.origin, &records::change(&slice, &delta))?);
        log.apply(delta);
    }
    database::write(&steps, &|_| true).await?;
    let name = log::index_value(&home.origin, &format!("{}{}", head::NAME, member.id())).await?;
    let from = Sender { device: home.device(), member, name: name.unwrap_or_default() };
    // What goes for the first time before what went already, the newest of that first.
    let mut named: Vec<PhotoHash> = entries.iter().flat_map(|entry| photos_of(&log, entry)).collect();
    let told = timeline(&log, member, clock::now().at);
    named.extend(told.iter().flat_map(|entry| photos_of(&log, &entry.id)));
    let photos = photos::some(&home.origin, named, PHOTO_ROOM).await?;
    let text = file::write(&log, from, home.origins, APP_VERSION, clock::now().at, &photos, &Seen::default())
        .map_err(|_| Answer::Refused(Refusal::TooLarge))?;
    let staying = staying(&log, &home.held_back).into_iter().collect();
    talk.say_with(&Answer::Given { sent: entries, staying, forks: log.chains().forks().len() }, &text);
    Ok(())
}
