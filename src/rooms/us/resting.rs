//! What is not to come up by itself for a while: a time, a person, a word. Chosen on each phone by itself.

use crate::parts::live::{live, whether};
use crate::state::App;
use crate::state::calendar::day;
use crate::words::resting as text;
use bothways::caps::NAME_CHARS;
use bothways::log::resting::Time;
use leptos::prelude::*;

/// The list, and how to add to it.
#[component]
pub fn LetRest() -> impl IntoView {
    let app = App::get();
    let (word, from, to, until) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let say = move |is_done: bool| app.say(if is_done { text::done() } else { text::not_done() });
    let add_word = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let is_done = word.with_untracked(|word| app.let_rest(|resting| resting.add_word(word)));
        if is_done {
            word.set(String::new());
        }
        say(is_done);
    };
    let add_time = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let is_done = app.let_time_rest(&from.get_untracked(), &to.get_untracked(), &until.get_untracked());
        if is_done {
            for field in [from, to, until] {
                field.set(String::new());
            }
        }
        say(is_done);
    };
    let list = live(move || {
        app.follow_log();
        let resting = app.resting();
        let words = resting.words.into_iter().map(move |word| {
            let gone = word.clone();
            line(word, move || {
                app.let_rest(|resting| {
                    resting.words.retain(|one| *one != gone);
                    true
                });
            })
        });
        let times = resting.times.into_iter().map(move |time| {
            line(said_of(time), move || {
                app.let_rest(|resting| {
                    resting.times.retain(|one| *one != time);
                    true
                });
            })
        });
        let lines: Vec<_> = words.chain(times).collect();
        (!lines.is_empty()).then(|| view! { <ul class="plain">{lines}</ul> })
    });
    view! {
        <section class="card" id="resting">
            <h2 class="card-title">{text::title()}</h2>
            <p>{text::about()}</p>
            {list}
            <details class="fold">
                <summary>{text::a_word()}</summary>
                <form on:submit=add_word>
                    <label class="label" for="rest-word">{text::word()}</label>
                    <input id="rest-word" class="field" dir="auto" autocomplete="off" maxlength=NAME_CHARS.to_string() bind:value=word />
                    <p class="row">
                        <button type="submit" class="button" disabled=whether(move || word.with(|word| word.trim().is_empty()))>
                            {text::rest()}
                        </button>
                    </p>
                </form>
            </details>
            <details class="fold">
                <summary>{text::a_time()}</summary>
                <form on:submit=add_time>
                    <label class="label" for="rest-from">{text::from()}</label>
                    <input id="rest-from" type="date" class="field" required bind:value=from />
                    <label class="label" for="rest-to">{text::to()}</label>
                    <input id="rest-to" type="date" class="field" required bind:value=to />
                    <label class="label" for="rest-until">{text::until()}</label>
                    <input id="rest-until" type="date" class="field" bind:value=until />
                    <p class="row"><button type="submit" class="button">{text::rest()}</button></p>
                </form>
            </details>
        </section>
    }
}

fn said_of(time: Time) -> String {
    let (from, to) = (day(time.from), day(time.to - 1));
    match time.until {
        Some(until) => text::time_until(from, to, day(until)),
        None => text::time(from, to),
    }
}

fn line(said: String, forget: impl Fn() + 'static) -> AnyView {
    let label = text::no_longer_named(&said);
    view! {
        <li class="row">
            <span dir="auto">{said}</span>
            <button type="button" class="button-quiet" aria-label=label on:click=move |_| forget()>{text::no_longer()}</button>
        </li>
    }
    .into_any()
}
