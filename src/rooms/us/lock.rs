//! The lock of what one keeps to oneself: set, open, shut, change, take away.

use crate::parts::live::{live, said, whenever, whether};
use crate::parts::problem::problem;
use crate::state::lock::Drawer;
use crate::state::{App, Problem};
use crate::words::lock as text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;

/// What came of an act.
type Doing = Pin<Box<dyn Future<Output = Result<(), Problem>>>>;

/// How it stands with the lock, and what can be done.
#[component]
pub fn OnlyMe() -> impl IntoView {
    let app = App::get();
    whenever(move || {
        app.follow_log();
        if app.whose_phone().is_some() {
            spawn_local(async move {
                app.look_at_drawer().await.ok();
            });
        }
    });
    let stands = Memo::new(move |_| app.drawer.get());
    live(move || {
        let body = match stands.get()? {
            Drawer::Free => view! { <Set /> }.into_any(),
            Drawer::Shut => view! { <Open /> }.into_any(),
            Drawer::Open => view! { <IsOpen /> }.into_any(),
        };
        Some(view! {
            <section class="card" aria-labelledby="only-me">
                <h2 class="card-title" id="only-me">{text::title()}</h2>
                {body}
            </section>
        })
    })
}

#[component]
fn Set() -> impl IntoView {
    let app = App::get();
    let act = move |_: String, next: String| -> Doing { Box::pin(async move { app.set_lock(&next).await }) };
    view! {
        <p>{text::what()}</p>
        <details class="fold">
            <summary>{text::set()}</summary>
            <p><strong>{text::forgotten()}</strong></p>
            <p>{text::limits()}</p>
            <Phrases id="lock-set" asks_old=false asks_new=true act=act says=text::set_now() done=text::is_set() />
        </details>
    }
}

#[component]
fn Open() -> impl IntoView {
    let app = App::get();
    let act = move |old: String, _: String| -> Doing { Box::pin(async move { app.open_drawer(&old).await }) };
    view! {
        <p>{text::is_shut()}</p>
        <Phrases id="lock-open" asks_old=true asks_new=false act=act says=text::open() done=text::is_open() />
        <p class="quiet-line">{text::no_way()}</p>
    }
}

#[component]
fn IsOpen() -> impl IntoView {
    let app = App::get();
    let change = move |old: String, next: String| -> Doing {
        Box::pin(async move { app.change_lock(&old, &next).await })
    };
    let take_away =
        move |old: String, _: String| -> Doing { Box::pin(async move { app.take_lock_away(&old).await }) };
    view! {
        <p>{text::open_now()}</p>
        <button type="button" class="button" on:click=move |_| app.shut_drawer()>{text::shut_now()}</button>
        <details class="fold">
            <summary>{text::change()}</summary>
            <p><strong>{text::forgotten()}</strong></p>
            <Phrases id="lock-change" asks_old=true asks_new=true act=change says=text::change_now() done=text::is_changed() />
        </details>
        <details class="fold">
            <summary>{text::take_away()}</summary>
            <p>{text::take_away_hint()}</p>
            <Phrases id="lock-away" asks_old=true asks_new=false act=take_away says=text::take_away_now() done=text::is_away() />
        </details>
    }
}

/// Asks for the passphrase, for a new one twice, or for both.
#[component]
fn Phrases(
    /// How the ids of its fields begin.
    id: &'static str,
    /// Whether the passphrase until now is asked for.
    asks_old: bool,
    /// Whether a new one is.
    asks_new: bool,
    /// What is done with them.
    act: impl Fn(String, String) -> Doing + Copy + Send + Sync + 'static,
    /// What the button says.
    says: &'static str,
    /// What is said after.
    done: &'static str,
) -> impl IntoView {
    let app = App::get();
    let [old, next, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let (was, will) = (old.get_untracked(), next.get_untracked());
        if asks_new && will.trim() != again.get_untracked().trim() {
            wrong.set(Some(text::not_twice().to_owned()));
            return;
        }
        wrong.set(None);
        busy.set(true);
        spawn_local(async move {
            let outcome = act(was, will).await;
            // It may be gone from the screen by then.
            busy.try_set(false);
            match outcome {
                Ok(()) => app.say(done),
                Err(found) => drop(wrong.try_set(Some(problem(found)))),
            }
        });
    };
    let field = move |name: &'static str,
                      label: &'static str,
                      value: RwSignal<String>,
                      kind: &'static str| {
        let id = format!("{id}-{name}");
        view! {
            <label class="label" for=id.clone()>{label}</label>
            <input id=id class="field" type="password" autocomplete=kind autocapitalize="none" spellcheck="false" bind:value=value />
        }
    };
    view! {
        <form on:submit=submit>
            {asks_old.then(|| field("phrase", text::phrase(), old, "current-password"))}
            {asks_new.then(|| field("new", text::new_phrase(), next, "new-password"))}
            {asks_new.then(|| field("again", text::again(), again, "new-password"))}
            {live(move || wrong.get().map(|wrong| view! { <p class="message message-warn" role="alert">{wrong}</p> }))}
            <button type="submit" class="button" disabled=whether(move || busy.get())>
                {said(move || if busy.get() { text::working() } else { says })}
            </button>
        </form>
    }
}
