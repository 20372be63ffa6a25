//! New versions of the app: `public/keep.js` looks for them and changes over; here is what the program hears of it and
//! says to it (<https://www.w3.org/TR/service-workers/>).

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::Event;

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
    let heard = Closure::<dyn Fn()>::new(changed);
    window().add_event_listener_with_callback("update", heard.as_ref().unchecked_ref()).ok();
    // Listens as long as the page lives.
    heard.forget();
}

/// Changes over, and starts the page again.
pub fn take() {
    if let Ok(event) = Event::new("take-update") {
        // Nobody stops it.
        window().dispatch_event(&event).ok();
    }
}
