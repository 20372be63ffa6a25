//! A photo, shown from storage. Its place is kept while it is read.

use super::live::{live, said};
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
        spawn_local(async move {
            let found = app.photo_address(photo.hash, large.try_get_untracked() == Some(true)).await;
            if matches!(found, Some((_, false))) {
                app.say(text::photo_small());
            }
            let found = found.map(|(address, _)| address);
            let before = address.try_get_untracked().flatten().flatten();
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
    let is_absent = Memo::new(move |_| address.get() == Some(None));
    // The button stays while its picture changes, or the focus would be lost with it.
    live(move || {
        if is_absent.get() {
            return view! { <p class="entry-note">{text::photo_absent()}</p> }.into_any();
        }
        let source: Box<dyn FnMut() -> Option<String> + Send> = Box::new(move || address.get().flatten());
        view! {
            <button
                type="button"
                class="photo-open"
                aria-label=text::photo_larger(&alt)
                aria-pressed=said(move || if large.get() { "true" } else { "false" })
                on:click=enlarge
            >
                <img
                    class=said(move || if large.get() { "photo photo-large" } else { "photo" })
                    src=source
                    alt=alt.clone()
                    width=photo.width.to_string()
                    height=photo.height.to_string()
                    decoding="async"
                />
            </button>
        }
        .into_any()
    })
}
