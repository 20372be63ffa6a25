//! Swap: give a file, take one. Nothing leaves the phone but from here, by its owner's own hand.

mod give;
mod incoming;
mod take;

use crate::parts::heading::Heading;
use crate::state::{App, Standing};
use crate::words::swap as text;
use leptos::prelude::*;

/// The room.
#[component]
pub fn Swap() -> impl IntoView {
    let app = App::get();
    let is_open = move || app.standing.get() == Standing::Ready;
    let is_closed = move || matches!(app.standing.get(), Standing::Closed(_));
    view! {
        <Heading text=text::title() />
        <p class="lead">{text::intro()}</p>
        <Show when=is_open>
            <give::Give />
            <take::Take />
        </Show>
        <Show when=is_closed>
            <p class="message message-warn">{text::not_open()}</p>
        </Show>
    }
}
