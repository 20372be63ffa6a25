//! Making a file of what the other phones lack, or of everything.

use super::Outcome;
use super::talk::Talk;
use crate::device::{clock, locks};
use crate::store::{StoreError, brought, database, heard, home, log, photos};
use bothways::ids::{EntryId, OriginId, PhotoHash};
use bothways::log::publishing::{publish, staying};
use bothways::log::records::{self, head};
use bothways::log::view::{photos_of, timeline};
use bothways::swap::errand::{Answer, Given, LISTED};
use bothways::swap::file::{self, Cover, Refusal, Sender};
use bothways::swap::heard::others;
use bothways::swap::packing::packed;
use js_sys::Uint8Array;

const APP_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Bytes of photos in one file; with base64 and the words it stays within what a reader takes.
const PHOTO_ROOM: usize = 20 * 1024 * 1024;

/// What a file brings.
#[derive(Clone, Copy)]
pub enum Bring {
    /// What the others lack as far as they have said.
    Lacking,
    /// The same without photos, to be filmed.
    Words,
    /// Everything without photos.
    AllWords,
    /// Everything.
    Everything,
}

/// Makes the file and hands it over.
pub async fn give(talk: &Talk, origin: &OriginId, bring: Bring) -> Outcome {
    let (given, text) = made(origin, bring).await?;
    talk.say_with(&Answer::Given(given), &text.into());
    Ok(())
}

/// Makes the file and hands it over packed, for the program that shows it as a moving code.
pub async fn pack(talk: &Talk, origin: &OriginId, bring: Bring) -> Outcome {
    // Photos come with a file: filming one would take as long as the rest together.
    let (given, text) = made(origin, bring).await?;
    talk.say_with(&Answer::Given(given), &Uint8Array::from(packed(&text).as_slice()).buffer());
    Ok(())
}

/// Makes the file. From then on everything in it counts as sent: its links are stored before the text is handed over.
async fn made(origin: &OriginId, bring: Bring) -> Result<(Given, String), Answer> {
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
    let own = [&[home.device()], home.predecessors.as_slice()].concat();
    let others = if matches!(bring, Bring::Everything | Bring::AllWords) {
        Vec::new()
    } else {
        others(&heard::load(&home.origin).await?, log.chains(), &own)
    };
    let due = file::due(&log, &others);
    let now = clock::now().at;
    // What goes for the first time before what went already, the newest of that first.
    let mut named: Vec<PhotoHash> = entries.iter().flat_map(|entry| photos_of(&log, entry)).collect();
    let told = timeline(&log, member, now);
    named.extend(told.iter().flat_map(|entry| photos_of(&log, &entry.id)));
    let held = photos::held(&home.origin).await?;
    let (here, mut photos_wanted): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|photo| held.contains(photo));
    photos_wanted.sort_unstable();
    photos_wanted.dedup();
    let going = here.into_iter().filter(|photo| due.photos.contains(photo)).collect();
    let room = if matches!(bring, Bring::Words | Bring::AllWords) { 0 } else { PHOTO_ROOM };
    let photos = photos::some(&home.origin, going, room).await?;
    let cover = Cover { from, origins: home.origins, app: APP_VERSION.into(), made: now, photos_wanted };
    let text = file::write(&log, cover, &due, &photos).map_err(|_| Answer::Refused(Refusal::TooLarge))?;
    let staying = staying(&log, &home.held_back);
    let mut going: Vec<EntryId> = told.iter().map(|entry| entry.id).collect();
    going.retain(|entry| due.entries.contains(entry) && !staying.contains(entry));
    let count = going.len();
    going.truncate(LISTED);
    let given = Given {
        sent: entries,
        count,
        newest: going,
        staying: staying.len(),
        forks: log.chains().forks().len(),
        is_all: others.is_empty(),
    };
    Ok((given, text))
}
