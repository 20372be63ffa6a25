//! What other phones of a log have said that they hold.

use super::StoreError;
use super::database::{self, Act, Ask, Step, Want};
use super::schema::HOME;
use bothways::ids::OriginId;
use bothways::swap::file::FileHeader;
use bothways::swap::heard::{Heard, Seen};

fn head(origin: &OriginId) -> String {
    format!("heard/{origin}/")
}

/// What each phone has said.
pub async fn load(origin: &OriginId) -> Result<Heard, StoreError> {
    let head = head(origin);
    let range = (head.clone(), format!("{}0", head.trim_end_matches('/')));
    let values = Ask { store: HOME, range, want: Want::Values, limit: None };
    let keys = Ask { want: Want::Keys, ..values.clone() };
    let found = database::read(&[keys, values]).await?;
    let [keys, values] = found.as_slice() else { return Err(StoreError::Failed) };
    let mut heard = Heard::new();
    for (key, text) in keys.iter().zip(values) {
        let device = key.strip_prefix(&head).and_then(|device| device.parse().ok());
        let seen = Seen::parse(text).map_err(|_| StoreError::Damaged)?;
        heard.insert(device.ok_or(StoreError::Damaged)?, seen);
    }
    Ok(heard)
}

/// The steps that let go what the phones have said: the next file brings everything.
pub async fn forget(origin: &OriginId) -> Result<Vec<Step>, StoreError> {
    let step_for = |device| Step { store: HOME, key: format!("{}{device}", head(origin)), act: Act::Delete };
    Ok(load(origin).await?.into_keys().map(step_for).collect())
}

/// The step that keeps what a file says of the phone it came from, unless something later is kept already.
pub async fn keep(origin: &OriginId, header: &FileHeader) -> Result<Option<Step>, StoreError> {
    let device = header.from.device;
    let seen = Seen::in_header(header);
    let is_news = load(origin).await?.get(&device).is_none_or(|kept| seen.follows(kept));
    let key = format!("{}{device}", head(origin));
    Ok(is_news.then(|| Step { store: HOME, key, act: Act::Put(seen.to_text()) }))
}
