//! Photos, by their hash, as bytes: in a store of their own, so that a log is read without them.

use super::database::{self, Act, Ask, Step, Want};
use super::schema::{PHOTOS, all_of, key};
use super::{StoreError, drawer, log};
use bothways::ids::{OriginId, PhotoHash};
use bothways::log::records::{Change, Table, head};
use bothways::sorted::SortedSet;
use std::sync::Arc;

fn key_of(origin: &OriginId, photo: PhotoHash) -> String {
    key(origin, &format!("photo/{photo}"))
}

fn thumbnail_of(origin: &OriginId, photo: PhotoHash) -> String {
    key(origin, &format!("thumbnail/{photo}"))
}

/// The step that keeps a photo. Under the hash of its bytes: keeping it twice changes nothing.
pub fn keep(origin: &OriginId, photo: PhotoHash, bytes: Arc<[u8]>) -> Step {
    Step { store: PHOTOS, key: key_of(origin, photo), act: Act::PutBytes(bytes) }
}

/// The step that keeps a photo's thumbnail.
pub fn keep_thumbnail(origin: &OriginId, photo: PhotoHash, bytes: Arc<[u8]>) -> Step {
    Step { store: PHOTOS, key: thumbnail_of(origin, photo), act: Act::PutBytes(bytes) }
}

/// The steps that take a photo away, and its thumbnail.
pub fn forget(origin: &OriginId, photo: PhotoHash) -> [Step; 2] {
    [key_of(origin, photo), thumbnail_of(origin, photo)].map(|key| Step {
        store: PHOTOS,
        key,
        act: Act::Delete,
    })
}

/// A photo small enough for a list: its thumbnail, or where there is none the photo itself.
pub async fn load_small(origin: &OriginId, photo: PhotoHash) -> Result<Option<Vec<u8>>, StoreError> {
    match database::bytes(PHOTOS, &thumbnail_of(origin, photo)).await? {
        Some(small) => Ok(Some(small)),
        None => load(origin, photo).await,
    }
}

/// A photo's bytes; none where it has not arrived.
pub async fn load(origin: &OriginId, photo: PhotoHash) -> Result<Option<Vec<u8>>, StoreError> {
    database::bytes(PHOTOS, &key_of(origin, photo)).await
}

/// The photos of this log that are here.
pub async fn held(origin: &OriginId) -> Result<SortedSet<PhotoHash>, StoreError> {
    under(origin, "photo/").await
}

/// The photos of this log of which at least a thumbnail is here.
pub async fn held_small(origin: &OriginId) -> Result<SortedSet<PhotoHash>, StoreError> {
    let mut held = held(origin).await?;
    held.extend(under(origin, "thumbnail/").await?);
    Ok(held)
}

async fn under(origin: &OriginId, head: &str) -> Result<SortedSet<PhotoHash>, StoreError> {
    let range = all_of(origin, head);
    let head = range.0.clone();
    let found = database::read(&[Ask { store: PHOTOS, range, want: Want::Keys, limit: None }]).await?;
    let mut held = SortedSet::new();
    held.extend(found.iter().flatten().filter_map(|key| key.strip_prefix(&head)?.parse::<PhotoHash>().ok()));
    Ok(held)
}

/// Whether an entry or a note names it.
pub async fn is_named(origin: &OriginId, photo: PhotoHash) -> Result<bool, StoreError> {
    let entries = log::index_count(origin, &format!("{}{photo}/", head::PHOTO)).await?;
    Ok(entries > 0 || drawer::count_naming(origin, photo).await? > 0)
}

/// The steps that take away the photos that no entry names any more after this change.
pub async fn freed(origin: &OriginId, change: &Change) -> Result<Vec<Step>, StoreError> {
    let mut steps = Vec::new();
    for (table, gone) in &change.deletes {
        let Some((hash, _)) = gone.strip_prefix(head::PHOTO).and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        if *table != Table::Index {
            continue;
        }
        let head = format!("{}{hash}/", head::PHOTO);
        let before = log::index_count(origin, &head).await?;
        if before.saturating_add_signed(change.balance(&head)) == 0
            && let Ok(photo) = hash.parse()
            && drawer::count_naming(origin, photo).await? == 0
        {
            steps.extend(forget(origin, photo));
        }
    }
    Ok(steps)
}

/// As many of these photos as fit into so many bytes, in this order.
pub async fn some(
    origin: &OriginId,
    photos: Vec<PhotoHash>,
    mut room: usize,
) -> Result<Vec<(PhotoHash, Arc<[u8]>)>, StoreError> {
    let mut found: Vec<(PhotoHash, Arc<[u8]>)> = Vec::new();
    for photo in photos {
        if found.iter().any(|(other, _)| *other == photo) {
            continue;
        }
        let Some(bytes) = load(origin, photo).await? else { continue };
        if bytes.len() > room {
            break;
        }
        room -= bytes.len();
        found.push((photo, bytes.into()));
    }
    Ok(found)
}
