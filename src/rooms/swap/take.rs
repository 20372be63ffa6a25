//! Taking: pick, drop or paste a file. What it brings is shown first.

use super::film::{Film, blind};
use super::incoming::Preview;
use super::progress::HowFar;
use crate::parts::live::{live, shown_when};
use crate::parts::problem::{problem, refused};
use crate::state::filming::Unfilmed;
use crate::state::swapping::{FILE_CAME, dropped_file};
use crate::state::{App, PickedFile, picked_file};
use crate::words::swap as text;
use bothways::swap::Refusal;
use bothways::swap::errand::Weighed;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What the last file turned out to be.
#[derive(Clone)]
enum Outcome {
    Weighed(Arc<Weighed>),
    Refused(Refusal),
}

/// The half of the room that takes.
#[component]
pub fn Take() -> impl IntoView {
    let app = App::get();
    let outcome = RwSignal::new(None::<Outcome>);
    let reading = RwSignal::new(false);
    let pasted = RwSignal::new(String::new());
    let show = move |read: Result<Option<Weighed>, Refusal>| {
        reading.set(false);
        outcome.set(match read {
            Ok(Some(weighed)) => Some(Outcome::Weighed(Arc::new(weighed))),
            Ok(None) => {
                app.say(text::stopped());
                None
            }
            Err(why) => Some(Outcome::Refused(why)),
        });
        app.focus("#outcome");
    };
    // What the last file was must not stand while this one is read.
    let begin = move || {
        outcome.set(None);
        reading.set(true);
    };
    let read = move |file: Option<PickedFile>| {
        if let Some(file) = file {
            begin();
            spawn_local(async move { show(app.read_file(&file).await) });
        }
    };
    // What another app has handed over is read as if it had been picked.
    let read_shared = move || {
        spawn_local(async move {
            let Some(bytes) = app.shared_bytes().await else { return };
            begin();
            let read = app.read(bytes).await;
            if read.is_err() {
                app.clear_shared().await;
            }
            show(read);
        });
    };
    read_shared();
    let listening = window_event_listener_untyped(FILE_CAME, move |_| read_shared());
    on_cleanup(move || listening.remove());
    let read_pasted = move |_| {
        if pasted.with_untracked(|text| text.trim().is_empty()) {
            app.say(text::paste_empty());
        } else {
            begin();
            spawn_local(async move { show(app.read_text(pasted.get_untracked()).await) });
        }
    };
    let filming = RwSignal::new(false);
    let no_camera = RwSignal::new(None::<&'static str>);
    let film = move |_| {
        outcome.set(None);
        no_camera.set(None);
        filming.set(true);
    };
    let seen = move |read: Result<Option<Weighed>, Refusal>| {
        filming.set(false);
        show(read);
    };
    let whole = move || {
        filming.set(false);
        begin();
    };
    let watch = move |video| {
        spawn_local(async move {
            match app.film_code(video, whole).await {
                Ok(read) => seen(Ok(read)),
                Err(Unfilmed::Refused(why)) => seen(Err(why)),
                Err(why) => {
                    filming.set(false);
                    no_camera.set(blind(&why).map(|says| says()));
                }
            }
        });
    };
    // Not beside a file that waits for its answer: one thing at a time.
    let can_undo =
        move || app.facts.with(|facts| facts.can_undo) && outcome.with(Option::is_none) && !reading.get();
    let undo = move |_| {
        spawn_local(async move {
            app.say(match app.undo_import().await {
                Ok(()) => text::undone().to_owned(),
                Err(found) => problem(found),
            });
        });
    };
    let finish = move || {
        outcome.set(None);
        pasted.set(String::new());
        spawn_local(async move { app.clear_shared().await });
    };
    view! {
        <section
            class="card"
            aria-labelledby="take"
            on:dragover=|event| event.prevent_default()
            on:drop=move |event| {
                event.prevent_default();
                read(dropped_file(&event));
            }
        >
            <h2 class="card-title" id="take" tabindex="-1">{text::take()}</h2>
            <p>{text::take_hint()}</p>
            <div class="row">
                <label class="button button-main pick">
                    {text::pick()}
                    <input type="file" class="pick-input" on:change=move |event| read(picked_file(&event)) />
                </label>
                <span class="drop-hint">{text::drop()}</span>
            </div>
            {shown_when(move || !filming.get(), move || view! {
                <button type="button" class="button" on:click=film>{text::film()}</button>
            })}
            {shown_when(move || filming.get(), move || view! { <Film says=text::filming() film=watch filming=filming moves=true /> })}
            {live(move || no_camera.get().map(|why| view! { <p class="message message-warn" role="alert">{why}</p> }))}
            <details class="fold">
                <summary>{text::paste()}</summary>
                <label class="hidden" for="pasted">{text::paste()}</label>
                <textarea id="pasted" class="field" rows="4" autocomplete="off" spellcheck="false" bind:value=pasted></textarea>
                <button type="button" class="button" on:click=read_pasted>{text::paste_read()}</button>
            </details>
            {shown_when(can_undo, move || view! {
                <p class="quiet-line">{text::undo_hint()}</p>
                <button type="button" class="button-quiet" on:click=undo>{text::undo()}</button>
            })}
            {shown_when(move || reading.get(), move || view! {
                <HowFar says=text::reading() />
            })}
            {live(move || {
                outcome
                    .get()
                    .map(|outcome| match outcome {
                        Outcome::Weighed(weighed) => view! { <Preview weighed=weighed finish=finish /> }.into_any(),
                        Outcome::Refused(why) => {
                            view! {
                                <p class="message message-warn" id="outcome" tabindex="-1">
                                    {refused(why)}
                                </p>
                            }
                                .into_any()
                        }
                    })
            })}
        </section>
    }
}
