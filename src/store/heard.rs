//! What other phones of a log have said that they hold.

use super::StoreError;
use super::database::{self, Act, Step};
use super::schema::{HOME, all_under};
use bothways::ids::{DeviceId, OriginId};
use bothways::swap::file::FileHeader;
use bothways::swap::heard::{Heard, Seen};

fn head(origin: &OriginId) -> String {
    format!("heard/{origin}/")
}

/// The keys and the texts under them.
async fn kept(origin: &OriginId) -> Result<Vec<(String, String)>, StoreError> {
    database::pairs(HOME, all_under(head(origin))).await
}

/// What each phone has said. What cannot be read was never heard: then everything goes.
pub async fn load(origin: &OriginId) -> Result<Heard, StoreError> {
    let head = head(origin);
    let read = |(key, text): (String, String)| {
        Some((key.strip_prefix(&head)?.parse().ok()?, Seen::parse(&text).ok()?))
    };
    Ok(kept(origin).await?.into_iter().filter_map(read).collect())
}

/// The step that lets go what the phones have said: the next file brings everything.
pub fn forget(origin: &OriginId) -> Step {
    let (key, to) = all_under(head(origin));
    Step { store: HOME, key, act: Act::DeleteTo(to) }
}

/// Whether the phone a file came from has said something later already.
pub async fn is_older(origin: &OriginId, header: &FileHeader) -> Result<bool, StoreError> {
    let seen = Seen::in_header(header);
    Ok(load(origin).await?.get(&header.from.device).is_some_and(|kept| !seen.follows(kept)))
}

/// The step that keeps what a file says of the phone it came from, unless something later is kept already.
pub async fn keep(origin: &OriginId, header: &FileHeader) -> Result<Option<Step>, StoreError> {
    let device = header.from.device;
    let seen = Seen::in_header(header);
    let is_news = load(origin).await?.get(&device).is_none_or(|kept| seen.follows(kept));
    let key = format!("{}{device}", head(origin));
    Ok(is_news.then(|| Step { store: HOME, key, act: Act::Put(seen.to_text()) }))
}

/// The steps that keep what a backup has heard, unless something later is kept already.
pub async fn restore(origin: &OriginId, heard: &Heard) -> Result<Vec<Step>, StoreError> {
    let kept = load(origin).await?;
    let is_news =
        |(device, seen): &(&DeviceId, &Seen)| kept.get(*device).is_none_or(|kept| seen.made > kept.made);
    let step = |(device, seen): (&DeviceId, &Seen)| {
        let key = format!("{}{device}", head(origin));
        Step { store: HOME, key, act: Act::Put(seen.to_text()) }
    };
    Ok(heard.iter().filter(is_news).map(step).collect())
}
