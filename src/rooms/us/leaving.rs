//! Leaving the pair whose log is open: with the copy kept, or erased. Neither is one tap away.

use super::EraseByWord;
use crate::parts::live::{live, shown_when};
use crate::parts::problem::problem;
use crate::state::{App, person};
use crate::words::us as text;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The two ways out; nothing where nobody has written here.
#[component]
pub fn Leaving() -> impl IntoView {
    let app = App::get();
    live(move || {
        let other = person(&app, app.whose_phone()?.other());
        Some(view! {
            <details class="fold">
                <summary>{text::leave(&other)}</summary>
                {shown_when(move || app.has_left(), || view! { <p>{text::has_left()}</p> })}
                {shown_when(move || app.is_paired(), || view! { <KeepCopy /> })}
                <EraseMine />
            </details>
        })
    })
}

#[component]
fn KeepCopy() -> impl IntoView {
    let app = App::get();
    let asked = RwSignal::new(false);
    let ask = move |_| {
        asked.set(true);
        app.focus("#leave-sure");
    };
    let leave = move |_| {
        spawn_local(async move {
            let done = app.leave_pair().await;
            app.say(done.map_or_else(problem, |()| text::left().to_owned()));
        });
    };
    view! {
        <h3 class="card-title">{text::keep_copy()}</h3>
        <p>{text::keep_copy_text()}</p>
        {shown_when(move || !asked.get(), move || view! {
            <button type="button" class="button" on:click=ask>{text::keep_copy_ask()}</button>
        })}
        {shown_when(move || asked.get(), move || view! {
            <p id="leave-sure" tabindex="-1"><strong>{text::keep_copy_sure()}</strong></p>
            <p class="row">
                <button type="button" class="button" on:click=leave>{text::leave_now()}</button>
                <button type="button" class="button-quiet" on:click=move |_| asked.set(false)>{text::not_now()}</button>
            </p>
        })}
    }
}

#[component]
fn EraseMine() -> impl IntoView {
    let app = App::get();
    let erase = move |()| {
        spawn_local(async move {
            if let Err(found) = app.erase_pair().await {
                app.say(problem(found));
            }
        });
    };
    view! {
        <h3 class="card-title">{text::erase_mine()}</h3>
        <p>{text::erase_mine_text()}</p>
        <EraseByWord id="us-erase-mine" says=text::erase_mine_now() on_erase=Callback::new(erase) />
    }
}
