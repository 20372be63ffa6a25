//! Filming a code of the other phone.

use crate::parts::live::{live, said, shown_when};
use crate::state::App;
use crate::state::filming::{NoCamera, Sight, Unfilmed, Video};
use crate::words::swap as text;
use leptos::html;
use leptos::prelude::*;

/// What the camera sees, and how much of a moving code it has.
#[component]
pub fn Film(
    /// What to do.
    says: &'static str,
    /// Begins once there is a place for the camera's pictures.
    film: impl Fn(Video) + 'static,
    /// Whether this is on the screen.
    filming: RwSignal<bool>,
    /// Whether the code moves: then it is told how much of it has been seen.
    moves: bool,
) -> impl IntoView {
    let app = App::get();
    let video = NodeRef::<html::Video>::new();
    video.on_load(move |video| {
        app.focus("#camera");
        film(video);
    });
    // No camera runs behind another room.
    on_cleanup(move || app.stop_filming());
    let found = move || app.progress.get().filter(|it| it.total > 0);
    let how_many = move || {
        found().map_or_else(
            || text::film_none().to_owned(),
            |it| text::film_found(it.done.to_string(), it.total.to_string()),
        )
    };
    // Nine parts a second are seen; a screen reader says how many at every quarter.
    let quarters = Memo::new(move |_| found().map(|it| 4 * it.done / it.total));
    view! {
        <div class="film">
            <p>{says}</p>
            <video class="camera" id="camera" tabindex="-1" aria-label=text::film_label() muted playsinline node_ref=video></video>
            {live(move || found().map(|it| view! {
                <progress class="progress" aria-hidden="true" max=it.total.to_string() value=it.done.to_string()></progress>
            }))}
            {shown_when(move || moves, move || view! {
                <p class="film-found" aria-hidden="true">{said(how_many)}</p>
                <p class="hidden" role="status">{said(move || {
                    quarters.track();
                    untrack(how_many)
                })}</p>
            })}
            <div role="status">
                {live(move || match app.sight.get() {
                    Sight::Fine => None,
                    Sight::Poor => Some(text::film_poor()),
                    Sight::Dark => Some(text::film_dark()),
                }
                .map(|says| view! { <p class="message">{says}</p> }))}
            </div>
            {(moves && app.shakes().is_some()).then(|| view! {
                <label class="chip">
                    <input
                        type="checkbox"
                        prop:checked=app.shakes() == Some(true)
                        on:change=move |event| app.let_shake(event_target_checked(&event))
                    />
                    <span>{text::film_shake()}</span>
                </label>
            })}
            <button type="button" class="button" on:click=move |_| filming.set(false)>{text::film_stop()}</button>
        </div>
    }
}

/// Why there is nothing to see, in words; none where what was seen is refused.
pub const fn blind(why: &Unfilmed) -> Option<fn() -> &'static str> {
    match why {
        Unfilmed::Refused(_) => None,
        Unfilmed::Failed => Some(text::film_failed),
        Unfilmed::NoCamera(NoCamera::Refused) => Some(text::camera_refused),
        Unfilmed::NoCamera(NoCamera::Missing) => Some(text::camera_missing),
    }
}
