//! What leaves the phone as a moving code, for the other phone's camera.

use crate::parts::live::{live, said, shown_when};
use crate::parts::problem::problem;
use crate::state::App;
use crate::words::swap as text;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button, and the code once it is wanted.
#[component]
pub fn Show(
    /// Whether everything is shown, not only what the other phones lack.
    everything: bool,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let larger = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let code_at = move |is_larger: bool| {
        shown_when(
            move || is_shown.get() && larger.get() == is_larger,
            move || view! { <Code everything=everything is_larger=is_larger larger=larger is_shown=is_shown wrong=wrong /> },
        )
    };
    view! {
        {shown_when(move || !is_shown.get(), move || view! {
            <button type="button" class="button" on:click=move |_| { wrong.set(None); larger.set(false); is_shown.set(true) }>{text::show()}</button>
        })}
        // Larger, it stands in another place: each canvas is handed over once.
        {code_at(false)}
        {code_at(true)}
        {live(move || wrong.get().map(|wrong| view! { <p class="message message-warn" role="alert">{wrong}</p> }))}
    }
}

#[component]
fn Code(
    everything: bool,
    is_larger: bool,
    larger: RwSignal<bool>,
    is_shown: RwSignal<bool>,
    wrong: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = App::get();
    let canvas = NodeRef::<html::Canvas>::new();
    canvas.on_load(move |canvas| {
        // So that the whole of it is on the screen.
        app.focus("#code");
        spawn_local(async move {
            let shown = app.show_code(canvas, everything, is_larger).await;
            // Where another stands in its place, that goes on.
            if larger.try_get_untracked() == Some(is_larger) {
                if let Err(found) = shown {
                    wrong.try_set(Some(problem(found)));
                }
                is_shown.try_set(false);
            }
        });
    });
    // Nothing is shown behind another room.
    on_cleanup(move || app.stop_showing());
    // How often all of it has been on the screen: the first time, its parts as they are.
    let rounds = move || app.progress.with(|progress| progress.map_or(0, |it| it.done / it.total.max(1)));
    let rounds = Memo::new(move |_| rounds());
    view! {
        <p>{text::showing()}</p>
        <canvas class="code" id="code" tabindex="-1" role="img" aria-label=text::show_label() node_ref=canvas></canvas>
        <p class="quiet-line">{text::show_photos()}</p>
        {shown_when(move || rounds.get() > 0, move || view! {
            <p class="quiet-line" aria-hidden="true">{said(move || text::shown(rounds.get()))}</p>
        })}
        // A short one is round every second: that is said once.
        <p class="hidden" role="status">{said(move || if rounds.get() > 0 { text::shown(1) } else { String::new() })}</p>
        {(!is_larger).then(|| view! {
            <button type="button" class="button" on:click=move |_| larger.set(true)>{text::show_larger()}</button>
        })}
        <button type="button" class="button button-main" on:click=move |_| is_shown.set(false)>{text::show_stop()}</button>
    }
}
