//! How far a long reading or storing is, and the way to stop it.

use crate::parts::live::{live, said, shown_when};
use crate::state::App;
use crate::words::swap as text;
use leptos::prelude::*;
use std::time::Duration;

/// Shorter work is done before anybody has read a bar.
const WORTH_SHOWING: usize = 2_000;

/// So long the line is there without words.
const A_MOMENT: Duration = Duration::from_millis(100);

/// The line, the bar and the button.
#[component]
pub fn HowFar(
    /// What is going on.
    says: &'static str,
) -> impl IntoView {
    let app = App::get();
    let is_long = move || app.progress.with(|progress| progress.is_some_and(|it| it.total > WORTH_SHOWING));
    // What comes into the page together with its words is not said by most screen readers: so the words come after it.
    let line = RwSignal::new("");
    let speak = move || {
        line.try_set(says);
    };
    set_timeout(speak, A_MOMENT);
    view! {
        <p class="quiet-line" role="status">{said(move || line.get())}</p>
        {shown_when(is_long, move || view! {
            {live(move || app.progress.get().map(|it| view! {
                <progress class="progress" aria-label=says max=it.total.to_string() value=it.done.to_string()></progress>
            }))}
            <button type="button" class="button-quiet" on:click=move |_| app.stop_swap()>{text::stop()}</button>
        })}
    }
}
