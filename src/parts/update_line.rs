//! The line that tells of a new version: at the head of every room, said aloud, in nobody's way.

use super::live::live;
use crate::state::App;
use crate::state::updating::NewVersion;
use crate::words::update as text;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The place where it appears. Always there, so that screen readers hear what comes into it.
#[component]
pub fn UpdateLine() -> impl IntoView {
    let app = App::get();
    let take = move |_| spawn_local(async move { app.take_update().await });
    let line = live(move || {
        app.update.get().map(|update| {
            let (says, go) = match update {
                NewVersion::Ready => (text::ready(), text::take()),
                NewVersion::Replaced => (text::replaced(), text::reload()),
            };
            view! {
                <p class="message row">
                    <span>{says}</span>
                    <button type="button" class="button-quiet" on:click=take>{go}</button>
                    <button type="button" class="button-quiet" on:click=move |_| app.put_update_off()>{text::later()}</button>
                </p>
            }
        })
    });
    view! { <div role="status">{line}</div> }
}
