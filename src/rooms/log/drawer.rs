//! Only me: what this phone's member keeps to themselves, folded away above the timeline.

use crate::parts::entry_card::{LeftOut, telling_view};
use crate::parts::labels;
use crate::parts::live::{live, said, shown_when, whenever};
use crate::parts::problem::problem;
use crate::state::lock::Drawer as Stands;
use crate::state::route::Route;
use crate::state::{App, Problem, calendar};
use crate::words::{lock, log as text};
use bothways::drawer::Note;
use bothways::log::kinds::Kind;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The drawer; nothing where it is empty.
#[component]
pub fn Drawer() -> impl IntoView {
    let app = App::get();
    let notes = RwSignal::new(Vec::<Note>::new());
    let shut = RwSignal::new(false);
    whenever(move || {
        app.follow_log();
        spawn_local(async move {
            let found = app.notes().await;
            shut.try_set(matches!(found, Err(Problem::Shut)));
            match found {
                Ok(found) => drop(notes.try_set(found)),
                Err(Problem::Shut) => drop(notes.try_set(Vec::new())),
                // What cannot be read leaves what was shown as it was.
                Err(_) => {}
            }
        });
    });
    let shut_line = shown_when(
        move || shut.get(),
        || view! { <p class="quiet-line">{lock::is_shut()} " " <a href=Route::Us.href()>{lock::to_open()}</a></p> },
    );
    let hint = move || match app.drawer.get() {
        Some(Stands::Open) => lock::open_now(),
        _ => text::only_me_hint(),
    };
    let all = live(move || {
        let notes = notes.get();
        (!notes.is_empty()).then(|| {
            view! {
                <details class="fold">
                    <summary>{text::only_me(notes.len())}</summary>
                    <p class="quiet-line">{said(hint)}</p>
                    {notes.into_iter().map(|note| card(app, note)).collect_view()}
                </details>
            }
        })
    });
    view! { {shut_line} {all} }
}

/// What one of the notes says, and what can be done with it.
pub fn card(app: App, note: Note) -> impl IntoView {
    let id = note.id;
    let kind = note.telling.kind;
    let kind = (kind != Kind::Moment).then(|| labels::entry_kind(kind));
    let when = calendar::day(note.when.at);
    let told = telling_view(&app, note.member, note.telling.clone(), LeftOut::default());
    let erase = move |_| {
        let note = note.clone();
        spawn_local(async move {
            if let Err(found) = app.erase_note(note, text::note_erased()).await {
                app.say(problem(found));
            }
        });
    };
    view! {
        <article class="note">
            <header class="entry-head">
                {kind.map(|kind| view! { <span class="entry-kind">{kind}</span> })}
                <span class="entry-time">{when}</span>
            </header>
            {told}
            <footer class="entry-foot">
                <div class="entry-actions">
                    <a class="button-quiet" href=Route::Edit(id).href()>{text::edit()}</a>
                    <button type="button" class="button-quiet" on:click=erase>{text::erase()}</button>
                </div>
            </footer>
        </article>
    }
}
