//! A photo, shown from storage. Its place is kept while it is read.

use super::live::live;
use crate::state::App;
use crate::words::log as text;
use bothways::log::kinds::Photo;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The photo, or a line where it has not arrived.
#[component]
pub fn Picture(
    /// The photo.
    photo: Photo,
    /// What it is, for those who do not see it.
    alt: String,
) -> impl IntoView {
    let app = App::get();
    // None until it has been looked for.
    let address = RwSignal::new(None::<Option<String>>);
    spawn_local(async move {
        let found = app.photo_address(photo.hash).await;
        // The card may be gone by now: then nobody else lets the address go.
        if let Some(Some(Some(unwanted))) = address.try_set(Some(found)) {
            App::forget_address(&unwanted);
        }
    });
    on_cleanup(move || {
        if let Some(Some(Some(address))) = address.try_get_untracked() {
            App::forget_address(&address);
        }
    });
    live(move || match address.get() {
        Some(None) => view! { <p class="entry-note">{text::photo_absent()}</p> }.into_any(),
        found => view! {
            <img
                class="photo"
                src=found.flatten()
                alt=alt.clone()
                width=photo.width.to_string()
                height=photo.height.to_string()
                decoding="async"
            />
        }
        .into_any(),
    })
}
