//! What an iPhone's owner must know before the first word: the icon and the tab keep separate logs.

use super::live::live;
use crate::state::App;
use crate::state::installing::BeforeWriting;
use crate::state::route::Route;
use crate::words::install as text;
use leptos::prelude::*;

/// The message; nothing on other phones, and nothing once something has been written.
#[component]
pub fn BeforeWritingHint() -> impl IntoView {
    let app = App::get();
    live(move || {
        app.before_writing().map(|hint| {
            let (says, to, link) = match hint {
                BeforeWriting::PutItThereFirst => (text::first(), Route::Us, text::show_me()),
                BeforeWriting::BringItOver => (text::bring(), Route::Swap, text::bring_link()),
            };
            view! { <p class="message">{says}" "<a href=to.href()>{link}</a></p> }
        })
    })
}
