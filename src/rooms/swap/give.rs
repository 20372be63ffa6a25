//! Giving: make the file, see what leaves, send it.

use super::show::Show;
use crate::parts::live::{live, said, shown_when, whether};
use crate::parts::problem::problem;
use crate::state::swapping::Prepared;
use crate::state::{App, calendar, person};
use crate::words::log::sealed_short;
use crate::words::swap as text;
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Letters of an entry shown in the list of what leaves.
const OPENING: usize = 80;

/// The half of the room that gives.
#[component]
pub fn Give() -> impl IntoView {
    let app = App::get();
    let prepared = RwSignal::new(None::<Arc<Prepared>>);
    let preparing = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let prepare = move |everything: bool| {
        preparing.set(true);
        wrong.set(None);
        // What was made before must not be taken for this one.
        prepared.set(None);
        spawn_local(async move {
            match app.prepare_swap(everything).await {
                Ok(file) => {
                    prepared.set(Some(Arc::new(file)));
                    app.focus("#leaves");
                }
                Err(found) => wrong.set(Some(problem(found))),
            }
            preparing.set(false);
        });
    };
    let has_something = move || app.whose_phone().is_some();
    view! {
        <section class="card" aria-labelledby="give">
            <h2 class="card-title" id="give" tabindex="-1">{text::give()}</h2>
            <p>{text::give_hint()}</p>
            {shown_when(has_something, move || view! {
                <button type="button" class="button button-main" disabled=whether(move || preparing.get()) on:click=move |_| prepare(false)>
                    {said(move || if preparing.get() { text::preparing() } else { text::prepare() })}
                </button>
            })}
            {shown_when(move || !has_something(), || view! { <p class="message">{text::nothing()}</p> })}
            {live(move || wrong.get().map(|wrong| view! { <p class="message message-warn" role="alert">{wrong}</p> }))}
            {live(move || prepared.get().map(|file| view! { <Leaves file=file everything=move || prepare(true) preparing=preparing /> }))}
        </section>
    }
}

/// What leaves the phone, and the ways it can go.
#[component]
fn Leaves(
    file: Arc<Prepared>,
    everything: impl Fn() + Send + Sync + 'static,
    preparing: RwSignal<bool>,
) -> impl IntoView {
    let app = App::get();
    let given = &file.given;
    let count = given.count;
    let older = count.saturating_sub(file.newest.len());
    let is_all = given.is_all;
    let by_hand = RwSignal::new(false);
    let (to_save, to_share, to_copy, shown) = (file.clone(), file.clone(), file.clone(), file.clone());
    let save = move |_| app.say(if app.save_file(&to_save) { text::saved() } else { text::save_failed() });
    let share = move |_| {
        let file = to_share.clone();
        spawn_local(async move {
            match app.share_file(&file).await {
                Some(true) => app.say(text::shared()),
                Some(false) => app.say(text::share_failed()),
                None => {}
            }
        });
    };
    let copy = move |_| {
        let file = to_copy.clone();
        spawn_local(async move {
            let copied = app.copy_text(&file.text).await;
            by_hand.set(!copied);
            app.say(if copied { text::copied() } else { text::copy_failed() });
        });
    };
    view! {
        <div class="leaves">
            <h3 class="card-title" id="leaves" tabindex="-1">{text::leaves()}</h3>
            <details class="fold">
                <summary>{text::leaves_count(count)}</summary>
                <ul class="lines">{file.newest.iter().map(|entry| line(&app, entry)).collect_view()}</ul>
                {(older > 0).then(|| view! { <p class="quiet-line">{text::more(older)}</p> })}
            </details>
            <p class="quiet-line">{size(file.text.len())}</p>
            {(!given.is_all).then(move || view! {
                <p class="quiet-line">{text::lacking()}</p>
                <button type="button" class="button" disabled=whether(move || preparing.get()) on:click=move |_| everything()>{text::everything()}</button>
            })}
            {(given.staying > 0).then(|| view! { <p class="quiet-line">{text::staying(given.staying)}</p> })}
            {(given.forks > 0).then(|| view! { <p class="quiet-line">{text::fork()}</p> })}
            <p class="quiet-line">{text::sealed()}</p>
            <div class="row">
                {shown_when(move || app.can_share(), move || view! {
                    <button type="button" class="button" on:click=share.clone()>{text::share()}</button>
                })}
                <button type="button" class="button" on:click=save>{text::save()}</button>
                <button type="button" class="button" on:click=copy>{text::copy()}</button>
            </div>
            <Show everything=is_all />
            {shown_when(move || by_hand.get(), move || view! {
                <label class="label" for="by-hand">{text::by_hand()}</label>
                <textarea id="by-hand" class="field" readonly rows="4" prop:value=shown.text.clone()></textarea>
            })}
        </div>
    }
}

/// How long a file is, as a person says it.
pub fn size(bytes: usize) -> String {
    const MEGABYTE: usize = 1_000_000;
    match bytes {
        0..MEGABYTE => text::size_kb(bytes.div_ceil(1_000).to_string()),
        _ => text::size_mb(format!("{}.{}", bytes / MEGABYTE, bytes % MEGABYTE / 100_000)),
    }
}

/// One entry in a list of what leaves or comes: day, name, the first words.
pub fn line(app: &App, entry: &EntryView) -> impl IntoView + use<> {
    let words = entry.telling().map_or(sealed_short(), |telling| &telling.words).to_owned();
    let opening: String = words.chars().take(OPENING).collect();
    let rest = if words.chars().nth(OPENING).is_some() { " ..." } else { "" };
    view! {
        <li>
            <span class="line-head">{calendar::day(entry.when.at)} ", " <bdi>{person(app, entry.member)}</bdi></span>
            <span class="line-words" dir="auto">{opening}{rest}</span>
        </li>
    }
}
