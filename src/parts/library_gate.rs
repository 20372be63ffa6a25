//! What needs the content waits for it here: nothing for a moment, then the content, or a plain sentence.

use super::live::{Live, live};
use crate::state::{App, Library};
use crate::words;
use leptos::prelude::*;
use std::sync::Arc;

/// Draws what needs the library as soon as it is there.
pub fn with_library<V: IntoAny + 'static>(draw: impl Fn(Arc<Library>) -> V + Send + 'static) -> Live {
    let app = App::get();
    live(move || match app.library.get() {
        Some(library) => draw(library).into_any(),
        None if app.library_missing.get() => {
            view! { <p class="message message-warn">{words::app::library_missing()}</p> }.into_any()
        }
        None => view! { <p class="waiting" aria-hidden="true"></p> }.into_any(),
    })
}
