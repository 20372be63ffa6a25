//! Small state that must be there before the first paint, or survive a tab that is killed: appearance, drafts.
//!
//! gloo-storage throws through the program where a browser blocks storage, so every access asks first.

use bothways::json::Record;
use gloo_storage::{LocalStorage, Storage};
use serde::Serialize;
use serde_json::Value;

const PREFIX: &str = "bothways.";

fn is_there() -> bool {
    web_sys::window().and_then(|window| window.local_storage().ok().flatten()).is_some()
}

/// A stored record; none if there is none, or storage is blocked.
pub fn get(key: &str) -> Option<Record> {
    let value: Value =
        if is_there() { LocalStorage::get(format!("{PREFIX}{key}")).ok()? } else { return None };
    Record::of(value, "{}").ok()
}

/// Stores a value. False if it could not be: the caller decides whether that matters.
pub fn set(key: &str, value: &impl Serialize) -> bool {
    is_there() && LocalStorage::set(format!("{PREFIX}{key}"), value).is_ok()
}

/// Takes away every value whose key begins like this.
pub fn remove_all(head: &str) {
    if !is_there() {
        return;
    }
    let (storage, head) = (LocalStorage::raw(), format!("{PREFIX}{head}"));
    let keys: Vec<String> =
        (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten()).collect();
    keys.iter().filter(|key| key.starts_with(&head)).for_each(LocalStorage::delete);
}

/// Takes a value away.
pub fn remove(key: &str) {
    if is_there() {
        LocalStorage::delete(format!("{PREFIX}{key}"));
    }
}
