//! Words at rest, under the key of the log that is open: see [`bothways::rest`]. The key is known once the home has been read,
//! and nothing with words in it is read or written before.

use super::StoreError;
use bothways::rest::AtRest;
use std::cell::Cell;

thread_local! {
    static KEY: Cell<Option<AtRest>> = const { Cell::new(None) };
}

/// From now on words are kept under this key.
pub fn unlock(key: AtRest) {
    KEY.set(Some(key));
}

/// What is stored for a text.
pub fn seal(text: &str) -> Result<String, StoreError> {
    KEY.get().map(|key| key.seal(text)).ok_or(StoreError::Failed)
}

/// The text that was stored. The first builds stored plain JSON: it is read as it is.
pub fn open(stored: &str) -> Result<String, StoreError> {
    if stored.starts_with('{') {
        return Ok(stored.to_owned());
    }
    KEY.get().ok_or(StoreError::Failed)?.open(stored).ok_or(StoreError::Damaged)
}
