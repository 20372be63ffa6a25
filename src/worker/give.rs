//! Making a file of what the other phones lack, or of everything.

use super::Outcome;
use super::me::{self, Randomness};
use super::picture;
use crate::device::talk::Talk;
use crate::device::{clock, locks};
use crate::store::{StoreError, brought, database, heard, home, log, photos, trust};
use bothways::age::armor;
use bothways::caps;
use bothways::ids::{EntryId, OriginId, PhotoHash};
use bothways::log::publishing::{publish, staying};
use bothways::log::records::{self, head};
use bothways::log::view::{photos_of, timeline};
use bothways::sorted::SortedSet;
use bothways::swap::errand::{Answer, Given, LISTED, NOT_PAIRED};
use bothways::swap::file::{self, Cover, Sender, Signing};
use bothways::swap::heard::others;
use bothways::swap::sealing::sealed;
use js_sys::Uint8Array;
use std::sync::Arc;

const APP_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Bytes of photos in one file; with base64 and the words it stays within what a reader takes.
const PHOTO_ROOM: usize = 20 * 1024 * 1024;

/// Bytes of small pictures in what is filmed: an eighth of the most that is.
const THUMB_ROOM: usize = caps::FILM_BYTES / 8;

/// What a file brings.
#[derive(Clone, Copy)]
pub enum Bring {
    /// What the others lack as far as they have said.
    Lacking,
    /// The same with small pictures instead of photos, to be filmed.
    Words,
    /// Everything, with small pictures instead of photos.
    AllWords,
    /// Everything.
    Everything,
}

/// Makes the file and hands it over.
pub async fn give(talk: &Talk, origin: &OriginId, bring: Bring) -> Outcome {
    let (given, sealed) = made(origin, bring, 0).await?;
    talk.say_with(&Answer::Given(given), &armor::put_on(&sealed).into());
    Ok(())
}

/// Makes the file and hands over its bytes, for the program that shows them as a moving code.
pub async fn pack(talk: &Talk, origin: &OriginId, bring: Bring) -> Outcome {
    // Photos come with a file: filming one would take as long as the rest together.
    let (given, mut sealed) = made(origin, bring, THUMB_ROOM).await?;
    if sealed.len() > caps::FILM_BYTES {
        (_, sealed) = made(origin, bring, 0).await?;
    }
    talk.say_with(&Answer::Given(given), &Uint8Array::from(sealed.as_slice()).buffer());
    Ok(())
}

/// Makes the file, sealed for every phone of the log. From then on everything in it counts as sent: its links, and the
/// signature over them, are stored before it is handed over. Small pictures are in it as far as there is room for them.
async fn made(origin: &OriginId, bring: Bring, thumb_room: usize) -> Result<(Given, Vec<u8>), Answer> {
    let failed = || Answer::from(StoreError::Failed);
    let _lock = locks::hold(locks::LOG).await;
    let home = home::load(origin).await?.ok_or_else(failed)?;
    let member = home.member.ok_or_else(failed)?;
    let (keys, me) = (me::keys(&home), me::phone(&home, member));
    let mut known = trust::load(&home.origin).await?;
    if known.is_alone() || home.left {
        return Err(Answer::Failed(NOT_PAIRED.into()));
    }
    let mut log = log::whole(&home.origin).await?;
    let delta = publish(&log, home.device(), &home.predecessors, &home.held_back);
    let published = delta.links.iter().filter_map(|link| log.revision(&link.revision));
    let entries: SortedSet<EntryId> = published.map(|held| held.revision.header().entry).collect();
    let entries: Vec<EntryId> = entries.into_iter().collect();
    // What came before this file may be in it: it can no longer be taken back.
    let mut steps = vec![brought::forget(&home.origin)];
    if !delta.is_empty() {
        let slice = log::slice(&home.origin, &entries).await?;
        steps.extend(log::steps(&home.origin, &records::change(&slice, &delta))?);
        log.apply(delta);
    }
    if let Some(reached) = log.chains().tip(&home.device()) {
        known.sign(&keys, home.device(), reached);
    }
    // A pairing is for good once something was made on its strength.
    known.before = None;
    steps.push(trust::keep(&home.origin, &known));
    database::write(&steps, &|_| true).await?;
    let name = log::index_value(&home.origin, &format!("{}{}", head::NAME, member.id())).await?;
    let from = Sender { device: home.device(), member, name: name.unwrap_or_default() };
    let circle = known.circle(&me);
    let to = circle.recipients();
    let own = [&[home.device()], home.predecessors.as_slice()].concat();
    let others = if matches!(bring, Bring::Everything | Bring::AllWords) {
        Vec::new()
    } else {
        others(&heard::load(&home.origin).await?, log.chains(), &own, Some(&circle))
    };
    let due = file::due(&log, &others, Some(&known.covered(&circle, log.chains())));
    let now = clock::now().at;
    // What goes for the first time before what went already, the newest of that first.
    let mut named: Vec<PhotoHash> = entries.iter().flat_map(|entry| photos_of(&log, entry)).collect();
    let told = timeline(&log, member, now);
    named.extend(told.iter().flat_map(|entry| photos_of(&log, &entry.id)));
    let due_photos = named.iter().filter(|photo| due.photos.contains(photo)).copied();
    let thumbs = thumbs(&home.origin, due_photos, thumb_room).await?;
    let held = photos::held(&home.origin).await?;
    let (here, lacking): (Vec<_>, Vec<_>) = named.into_iter().partition(|photo| held.contains(photo));
    let photos_wanted: SortedSet<PhotoHash> = lacking.into_iter().collect();
    let photos_wanted = photos_wanted.into_iter().collect();
    let going = here.into_iter().filter(|photo| due.photos.contains(photo)).collect();
    let room = if matches!(bring, Bring::Words | Bring::AllWords) { 0 } else { PHOTO_ROOM };
    let photos = photos::some(&home.origin, going, room).await?;
    let cover =
        Cover { from, origins: home.origins, app: APP_VERSION.into(), made: now, photos_wanted, thumbs };
    let signing = Signing { keys: &keys, trust: &known, to: &to };
    let text = file::write(&log, cover, &due, &photos, Some(signing)).map_err(Answer::Refused)?;
    let mut random = Randomness::new();
    let sealed = sealed(&text, &to, &mut || random.next()).map_err(Answer::Refused)?;
    random.checked()?;
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
    Ok((given, sealed))
}

/// Small pictures of these photos, the first ones first, as far as there is room for them.
async fn thumbs(
    origin: &OriginId,
    photos: impl Iterator<Item = PhotoHash>,
    mut room: usize,
) -> Result<Vec<(PhotoHash, Arc<[u8]>)>, StoreError> {
    let mut thumbs: Vec<(PhotoHash, Arc<[u8]>)> = Vec::new();
    for photo in photos {
        if room == 0 || thumbs.len() == caps::THUMBS {
            break;
        }
        if thumbs.iter().any(|(other, _)| *other == photo) {
            continue;
        }
        let Some(bytes) = photos::load_small(origin, photo).await? else { continue };
        let Some(small) = picture::filmed(bytes).await else { continue };
        room = room.saturating_sub(small.len());
        thumbs.push((photo, small));
    }
    Ok(thumbs)
}
