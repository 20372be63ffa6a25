//! A photo, shown from storage. Its place is kept while it is read.

use super::live::live;
use crate::state::App;
use crate::words::log as text;
use bothways::log::kinds::Photo;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The photo, small until it is tapped; or a line where it has not arrived.
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
    let large = RwSignal::new(false);
    let show = move || {
        let before = address.try_get_untracked().flatten().flatten();
        spawn_local(async move {
            let found = app.photo_address(photo.hash, large.try_get_untracked() == Some(true)).await;
            // The card may be gone by now: then nobody else lets the address go.
            let unwanted = address.try_set(Some(found)).flatten().flatten();
            unwanted.into_iter().chain(before).for_each(|address| App::forget_address(&address));
        });
    };
    show();
    let enlarge = move |_| {
        large.update(|large| *large = !*large);
        show();
    };
    on_cleanup(move || {
        if let Some(Some(Some(address))) = address.try_get_untracked() {
            App::forget_address(&address);
        }
    });
    let pressed = move || if large.get_untracked() { "true" } else { "false" };
    live(move || {
        match address.get() {
        Some(None) => view! { <p class="entry-note">{text::photo_absent()}</p> }.into_any(),
        found => view! {
            <button type="button" class="photo-open" aria-pressed=pressed() aria-label=text::photo_larger(&alt) on:click=enlarge>
                <img
                    class=if large.get_untracked() { "photo photo-large" } else { "photo" }
                    src=found.flatten()
                    alt=alt.clone()
                    width=photo.width.to_string()
                    height=photo.height.to_string()
                    decoding="async"
                />
            </button>
        }
        .into_any(),
    }
    })
}
