//! Filming the moving code of the other phone.

use crate::parts::live::{live, said};
use crate::state::App;
use crate::state::filming::{NoCamera, Unfilmed};
use crate::words::swap as text;
use bothways::swap::Refusal;
use bothways::swap::errand::Weighed;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the camera sees, and how much of the code it has.
#[component]
pub fn Film(
    /// Called with what was read; with nothing where the person stopped it.
    seen: impl Fn(Result<Option<Weighed>, Refusal>) + Copy + Send + 'static,
    /// Called when all has been seen and is read.
    whole: impl Fn() + Copy + Send + 'static,
    /// Called with why there is nothing to see.
    unseen: impl Fn(&'static str) + Copy + Send + 'static,
    /// Whether this is on the screen.
    filming: RwSignal<bool>,
) -> impl IntoView {
    let app = App::get();
    let video = NodeRef::<html::Video>::new();
    video.on_load(move |video| {
        app.focus("#camera");
        spawn_local(async move {
            match app.film_code(video, whole).await {
                Ok(read) => seen(Ok(read)),
                Err(Unfilmed::Refused(why)) => seen(Err(why)),
                Err(Unfilmed::Failed) => unseen(text::film_failed()),
                Err(Unfilmed::NoCamera(NoCamera::Refused)) => unseen(text::camera_refused()),
                Err(Unfilmed::NoCamera(NoCamera::Missing)) => unseen(text::camera_missing()),
            }
        });
    });
    // No camera runs behind another room.
    on_cleanup(move || app.stop_filming());
    let found = move || app.progress.get().filter(|it| it.total > 0);
    view! {
        <div class="film">
            <p>{text::filming()}</p>
            <video class="camera" id="camera" tabindex="-1" aria-label=text::film_label() muted playsinline node_ref=video></video>
            {live(move || found().map(|it| view! {
                <progress class="progress" aria-hidden="true" max=it.total.to_string() value=it.done.to_string()></progress>
            }))}
            <p class="film-found" role="status">
                {said(move || found().map_or_else(
                    || text::film_none().to_owned(),
                    |it| text::film_found(it.done.to_string(), it.total.to_string()),
                ))}
            </p>
            <button type="button" class="button" on:click=move |_| filming.set(false)>{text::film_stop()}</button>
        </div>
    }
}
