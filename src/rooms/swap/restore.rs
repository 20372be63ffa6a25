//! A backup coming back: its files, the words, what is in it, and then the yes.

use super::progress::HowFar;
use crate::parts::labels::names_of;
use crate::parts::live::{live, said, shown_when, whether};
use crate::parts::problem::{problem, unopened};
use crate::state::backup::{File, NotRestored, picked_files};
use crate::state::{App, calendar};
use crate::words::{backup as text, person as who};
use bothways::backup::errand::Opened;
use bothways::log::Member;
use leptos::prelude::*;
use leptos::task::spawn_local;

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
    // What is in it, a line each; and whether all parts are here.
    let inside = RwSignal::new(String::new());
    let is_whole = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let clear = move || {
        inside.set(String::new());
        wrong.set(None);
    };
    let pick = move |event| {
        let all = picked_files(&event);
        clear();
        picked.set(all.len());
        files.set_value(all);
    };
    let fail = move |why: NotRestored, files: &[File]| {
        let says = match why {
            NotRestored::Stopped => text::stopped().to_owned(),
            NotRestored::Unopened(why, file) => {
                unopened(why, &files.get(file).map(File::name).unwrap_or_default())
            }
            NotRestored::Problem(found) => problem(found),
        };
        inside.set(String::new());
        wrong.set(Some(says));
    };
    let look = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        clear();
        busy.set(Some(text::looking()));
        let (words, files) = (words.get_untracked(), files.get_value());
        spawn_local(async move {
            match app.open_backup(&words, &files).await {
                Ok(opened) => {
                    is_whole.set(opened.missing == 0);
                    inside.set(lines_of(&opened));
                }
                Err(why) => fail(why, &files),
            }
            busy.set(None);
            app.focus("#opened");
        });
    };
    let restore = move |_| {
        busy.set(Some(text::restoring()));
        // All that is needed is taken along: once it is restored, this may no longer be on the screen.
        let (words, files, is_whole) = (words.get_untracked(), files.get_value(), is_whole.get_untracked());
        spawn_local(async move {
            match app.restore_backup(&words, &files).await {
                Ok(()) => {
                    app.say(if is_whole { text::restored() } else { text::restored_part() });
                    clear();
                    picked.set(0);
                    app.focus("#backup");
                }
                Err(why) => fail(why, &files),
            }
            busy.set(None);
        });
    };
    let is_busy = move || busy.get().is_some();
    let cannot_look = move || is_busy() || picked.get() == 0;
    view! {
        <details class="fold" open=is_new>
            <summary>{text::have()}</summary>
            <p>{text::have_hint()}</p>
            <form class="restore" on:submit=look>
                <label class="button pick">
                    {text::files()}
                    <input type="file" multiple class="pick-input" on:change=pick />
                </label>
                <p class="quiet-line" role="status">{said(move || match picked.get() {
                    0 => String::new(),
                    picked => text::files_picked(picked),
                })}</p>
                <label class="label" for="backup-words">{text::words()}</label>
                <textarea id="backup-words" class="field" rows="2" autocomplete="off" autocapitalize="none" spellcheck="false" bind:value=words></textarea>
                <button type="submit" class="button" disabled=whether(cannot_look)>{text::look()}</button>
            </form>
            {live(move || busy.get().map(|says| view! { <HowFar says=says /> }))}
            {shown_when(move || inside.with(|inside| !inside.is_empty()), move || view! {
                <div class="incoming">
                    <h3 class="card-title" id="opened" tabindex="-1">{text::holds()}</h3>
                    <ul class="plain">{live(move || inside.with(|inside| {
                        inside.lines().map(|line| view! { <li dir="auto">{line.to_owned()}</li> }).collect_view()
                    }))}</ul>
                    <div class="row">
                        <button type="button" class="button button-main" disabled=whether(is_busy) on:click=restore>{text::restore()}</button>
                        <button type="button" class="button-quiet" on:click=move |_| clear()>{text::leave()}</button>
                    </div>
                </div>
            })}
            {live(move || wrong.get().map(|wrong| view! {
                <p class="message message-warn" id="opened" tabindex="-1">{wrong}</p>
            }))}
        </details>
    }
}

/// What is in a backup, a line each. Nothing has changed yet.
fn lines_of(opened: &Opened) -> String {
    let mut lines = vec![text::holds_made(calendar::day(opened.made))];
    for log in &opened.logs {
        let ([hers, his], names) = (&log.names, names_of(&log.names));
        lines.push(match log.member {
            None => text::log_of(names),
            Some(Member::Mother) => text::log_from(hers.as_deref().unwrap_or(who::mother()), names),
            Some(Member::Son) => text::log_from(his.as_deref().unwrap_or(who::son()), names),
        });
    }
    let mut count = |n: usize, says: fn(usize) -> String| lines.extend((n > 0).then(|| says(n)));
    count(opened.entries, text::entries);
    count(opened.photos, text::photos);
    count(opened.notes, text::notes);
    let (list, of) = (&opened.missing_parts, opened.parts);
    match opened.missing {
        0 => {}
        1 => lines.push(text::missing_one(of, list)),
        _ => lines.push(text::missing_several(of, list)),
    }
    if opened.newer > 0 {
        lines.push(text::newer().to_owned());
    }
    lines.join("\n")
}
