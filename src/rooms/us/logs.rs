//! The logs on this phone: one with each son, or with each mother.

use crate::parts::labels::pair_names;
use crate::parts::live::live;
use crate::parts::problem::problem;
use crate::state::App;
use crate::state::pairs::Pair;
use crate::words::us as text;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The logs on this phone, with the way from one to another.
#[component]
pub fn Logs() -> impl IntoView {
    let app = App::get();
    let begin = move |_| {
        spawn_local(async move {
            if let Err(found) = app.begin_pair().await {
                app.say(problem(found));
            }
        });
    };
    let pairs = live(move || {
        let pairs = app.pairs.get();
        (!pairs.is_empty()).then(|| {
            let rows = pairs.into_iter().map(|pair| row(app, pair)).collect_view();
            view! { <ul class="plain">{rows}</ul> }
        })
    });
    view! {
        <section class="card">
            <h2 class="card-title">{text::logs()}</h2>
            {pairs}
            <p class="quiet-line">{text::logs_hint()}</p>
            <button type="button" class="button" on:click=begin>{text::begin_another()}</button>
        </section>
    }
}

fn row(app: App, pair: Pair) -> impl IntoView {
    let origin = pair.origin;
    let is_open = app.shows(&pair);
    let names = pair_names(&pair);
    let open = move |_| {
        if let Err(found) = app.open_pair(origin) {
            app.say(problem(found));
        }
    };
    let act = if is_open {
        view! { <span class="quiet-line">{text::is_open()}</span> }.into_any()
    } else {
        let label = text::open_log_of(&names);
        view! {
            <button type="button" class="button-quiet" aria-label=label on:click=open>{text::open_log()}</button>
        }
        .into_any()
    };
    view! { <li class="row"><strong>{names}</strong> {act}</li> }
}
