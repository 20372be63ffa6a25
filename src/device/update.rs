//! New versions of the app: `public/keep.js` looks for them and changes over; here is what the program hears of it and
//! says to it (<https://www.w3.org/TR/service-workers/>).

use super::page;
use leptos::prelude::document;

/// What there is to say of a new version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewVersion {
    /// It is on the phone, whole, and waits for a yes.
    Ready,
    /// Another window has changed over; this one still runs what it began with.
    Replaced,
}

/// How it stands; none where nothing has come.
pub fn now() -> Option<NewVersion> {
    match document().document_element()?.get_attribute("data-update")?.as_str() {
        "ready" => Some(NewVersion::Ready),
        "replaced" => Some(NewVersion::Replaced),
        _ => None,
    }
}

/// Calls back when that changes.
pub fn on_change(changed: impl Fn() + 'static) {
    page::on("update", changed);
}

/// Changes over, and starts the page again.
pub fn take() {
    page::tell("take-update");
}
