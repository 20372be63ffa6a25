//! A backup coming back: its files, the words, what is in it, and then the yes.

use super::progress::HowFar;
use crate::parts::labels::names_of;
use crate::parts::live::{live, said, shown_when, whether};
use crate::parts::problem::{problem, unopened};
use crate::state::backup::{File, NotRestored, picked_files};
use crate::state::{App, calendar};
use crate::words::{backup as text, person as who};
use bothways::backup::errand::Opened;
use bothways::backup::preview::OfLog;
use bothways::log::Member;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What came of the files.
#[derive(Clone)]
enum Found {
    Opened(Arc<Opened>),
    Wrong(String),
}

/// The way back, folded away unless nobody has written here.
#[component]
pub fn Restore(
    /// Whether nobody has written here.
    is_new: bool,
) -> impl IntoView {
    let app = App::get();
    let files = StoredValue::new_local(Vec::<File>::new());
    let picked = RwSignal::new(0_usize);
    let words = RwSignal::new(String::new());
    let busy = RwSignal::new(None::<&'static str>);
    let found = RwSignal::new(None::<Found>);
    let pick = move |event| {
        let all = picked_files(&event);
        found.set(None);
        picked.set(all.len());
        files.set_value(all);
    };
    let name_of =
        move |at: usize| files.with_value(|files| files.get(at).map(File::name)).unwrap_or_default();
    let fail = move |why: NotRestored| {
        let says = match why {
            NotRestored::Stopped => text::stopped().to_owned(),
            NotRestored::Unopened(why, file) => unopened(why, &name_of(file)),
            NotRestored::Problem(found) => problem(found),
        };
        found.set(Some(Found::Wrong(says)));
    };
    let look = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        found.set(None);
        busy.set(Some(text::looking()));
        spawn_local(async move {
            match app.open_backup(&words.get_untracked(), &files.get_value()).await {
                Ok(opened) => found.set(Some(Found::Opened(Arc::new(opened)))),
                Err(why) => fail(why),
            }
            busy.set(None);
            app.focus("#opened");
        });
    };
    let restore = move |is_whole: bool| {
        busy.set(Some(text::restoring()));
        spawn_local(async move {
            let done = app.restore_backup(&words.get_untracked(), &files.get_value()).await;
            busy.set(None);
            match done {
                Ok(()) => {
                    app.say(if is_whole { text::restored() } else { text::restored_part() });
                    found.set(None);
                    picked.set(0);
                    app.focus("#backup");
                }
                Err(why) => fail(why),
            }
        });
    };
    let leave = move |()| found.set(None);
    let cannot_look =
        move || busy.get().is_some() || picked.get() == 0 || words.with(|words| words.trim().is_empty());
    view! {
        <details class="fold" open=is_new>
            <summary>{text::have()}</summary>
            <p>{text::have_hint()}</p>
            <form on:submit=look>
                <label class="button pick">
                    {text::files()}
                    <input type="file" multiple class="pick-input" on:change=pick />
                </label>
                {shown_when(move || picked.get() > 0, move || view! {
                    <p class="quiet-line" role="status">{said(move || text::files_picked(picked.get()))}</p>
                })}
                <label class="label" for="backup-words">{text::words()}</label>
                <input id="backup-words" class="field" autocomplete="off" autocapitalize="none" spellcheck="false" bind:value=words />
                <button type="submit" class="button" disabled=whether(cannot_look)>{text::look()}</button>
            </form>
            {live(move || busy.get().map(|says| view! { <HowFar says=says /> }))}
            {live(move || found.get().map(|found| match found {
                Found::Opened(opened) => holds(&opened, busy, Callback::new(restore), Callback::new(leave)).into_any(),
                Found::Wrong(says) => view! {
                    <p class="message message-warn" id="opened" tabindex="-1" role="alert">{says}</p>
                }.into_any(),
            }))}
        </details>
    }
}

/// What is in it. Nothing has changed yet.
fn holds(
    opened: &Opened,
    busy: RwSignal<Option<&'static str>>,
    restore: Callback<bool>,
    leave: Callback<()>,
) -> impl IntoView + use<> {
    let log_line = |log: &OfLog| {
        let [hers, his] = &log.names;
        let names = names_of(&log.names);
        let says = match log.member {
            None => text::log_of(names),
            Some(Member::Mother) => text::log_from(names, hers.as_deref().unwrap_or(who::mother())),
            Some(Member::Son) => text::log_from(names, his.as_deref().unwrap_or(who::son())),
        };
        view! { <li><bdi>{says}</bdi></li> }
    };
    let logs = opened.logs.iter().map(log_line).collect_view();
    let count = |n: usize, says: fn(usize) -> String| (n > 0).then(|| view! { <li>{says(n)}</li> });
    let missing: Vec<String> = opened.missing.iter().map(usize::to_string).collect();
    let (is_whole, list) = (missing.is_empty(), missing.join(", "));
    let missing = match missing.len() {
        0 => None,
        1 => Some(text::missing_one(opened.parts, list)),
        _ => Some(text::missing_several(opened.parts, list)),
    };
    let message = |says: String| view! { <p class="message">{says}</p> };
    view! {
        <div class="incoming">
            <h3 class="card-title" id="opened" tabindex="-1">{text::holds()}</h3>
            <p class="facts">{text::holds_made(calendar::day(opened.made))}</p>
            <ul class="plain">
                {logs}
                {count(opened.entries, text::entries)}
                {count(opened.photos, text::photos)}
                {count(opened.notes, text::notes)}
            </ul>
            {missing.map(message)}
            {(opened.newer > 0).then(|| message(text::newer().to_owned()))}
            <div class="row">
                <button type="button" class="button button-main" disabled=whether(move || busy.get().is_some()) on:click=move |_| restore.run(is_whole)>
                    {text::restore()}
                </button>
                <button type="button" class="button-quiet" on:click=move |_| leave.run(())>{text::leave()}</button>
            </div>
        </div>
    }
}
