//! How far a long reading or storing is, and the way to stop it.

use crate::parts::live::{live, shown_when};
use crate::state::App;
use crate::words::swap as text;
use leptos::prelude::*;

/// Shorter work is done before anybody has read a bar.
const WORTH_SHOWING: usize = 2_000;

/// The line, the bar and the button.
#[component]
pub fn HowFar(
    /// What is going on.
    says: &'static str,
) -> impl IntoView {
    let app = App::get();
    let is_long = move || app.progress.with(|progress| progress.is_some_and(|it| it.total > WORTH_SHOWING));
    view! {
        <p class="quiet-line" role="status">{says}</p>
        {shown_when(is_long, move || view! {
            {live(move || app.progress.get().map(|it| view! {
                <progress class="progress" aria-label=says max=it.total.to_string() value=it.done.to_string()></progress>
            }))}
            <button type="button" class="button-quiet" on:click=move |_| app.stop_swap()>{text::stop()}</button>
        })}
    }
}
