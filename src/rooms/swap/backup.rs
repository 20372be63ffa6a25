//! A backup: six words, then the files, each to be put somewhere else.

use super::give::size;
use super::progress::HowFar;
use super::restore::Restore;
use crate::parts::live::{live, said, shown_when};
use crate::parts::problem::problem;
use crate::state::backup::File;
use crate::state::{App, calendar};
use crate::words::{backup as text, swap};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The card. On a phone in which nobody has written there is nothing to save, and perhaps something to restore.
#[component]
pub fn Backup(
    /// Whether nobody has written here.
    is_new: bool,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="backup">
            <h2 class="card-title" id="backup" tabindex="-1">{text::title()}</h2>
            {(!is_new).then(|| view! { <Make /> })}
            <Restore is_new=is_new />
        </section>
    }
}

/// What came of an act: the line at the foot, or what went wrong.
fn tell(app: App, is_done: bool, done: &'static str, failed: &'static str) -> bool {
    app.say(if is_done { done } else { failed });
    is_done
}

fn last_of(app: &App) -> String {
    app.last_backup().map_or_else(|| text::none().to_owned(), |at| text::last(calendar::day(at)))
}

#[component]
fn Make() -> impl IntoView {
    let app = App::get();
    let last = RwSignal::new(last_of(&app));
    // The words while they are on the screen; then how many files there are.
    let words = RwSignal::new(String::new());
    let making = RwSignal::new(false);
    let made = RwSignal::new(0_usize);
    // How many of the files are still nowhere else.
    let left = RwSignal::new(0_usize);
    let files = StoredValue::new_local(Vec::<File>::new());
    let wrong = RwSignal::new(None::<String>);
    let propose = move |_| {
        wrong.set(None);
        made.set(0);
        spawn_local(async move {
            match app.propose_words().await {
                Ok(proposed) => words.set(proposed),
                Err(found) => wrong.set(Some(problem(found))),
            }
            app.focus("#six-words");
        });
    };
    let make = move |_| {
        wrong.set(None);
        making.set(true);
        let phrase = words.get_untracked();
        spawn_local(async move {
            match app.make_backup(&phrase).await {
                Ok(all) => {
                    words.set(String::new());
                    left.set(all.len());
                    made.set(all.len());
                    files.set_value(all);
                    app.focus("#backup-made");
                }
                Err(found) => wrong.set(Some(problem(found))),
            }
            making.set(false);
        });
    };
    let remind = move |_| {
        spawn_local(async move {
            match app.save_reminder(text::calendar_event(), text::calendar_text()).await {
                Ok(saved) => drop(tell(app, saved, swap::saved(), swap::save_failed())),
                Err(found) => app.say(problem(found)),
            }
        });
    };
    let has_words = move || words.with(|words| !words.is_empty());
    view! {
        <p>{text::intro()}</p>
        <p class="quiet-line">{said(move || last.get())}</p>
        {shown_when(move || !has_words() && made.get() == 0, move || view! {
            <div class="row">
                <button type="button" class="button button-main" on:click=propose>{text::begin()}</button>
                <button type="button" class="button-quiet" on:click=remind>{text::calendar()}</button>
            </div>
        })}
        {shown_when(move || has_words() && !making.get(), move || view! {
            <h3 class="card-title" id="six-words" tabindex="-1">{text::your_words()}</h3>
            <p class="six-words">{said(move || words.get())}</p>
            <p>{text::write_down()}</p>
            <div class="row">
                <button type="button" class="button button-main" on:click=make>{text::make()}</button>
                <button type="button" class="button-quiet" on:click=propose>{text::other_words()}</button>
            </div>
        })}
        {shown_when(move || making.get(), || view! { <HowFar says=text::making() /> })}
        {live(move || {
            let of = made.get();
            (of > 0).then(|| view! {
                <h3 class="card-title" id="backup-made" tabindex="-1">{text::made()}</h3>
                <p>{if of > 1 { text::several_files(of) } else { text::one_file().to_owned() }}</p>
                <ul class="lines">{files.get_value().into_iter().enumerate().map(|(at, file)| part(app, file, at + 1, of, left, last)).collect_view()}</ul>
            })
        })}
        {live(move || wrong.get().map(|wrong| view! { <p class="message message-warn" role="alert">{wrong}</p> }))}
    }
}

/// One of the files, with the ways it can go. The backup counts as made once all of them have gone.
fn part(
    app: App,
    file: File,
    number: usize,
    of: usize,
    left: RwSignal<usize>,
    last: RwSignal<String>,
) -> impl IntoView {
    let is_there = RwSignal::new(false);
    let name = if of > 1 { text::part(of, number) } else { String::new() };
    let says = format!("{name} {}", size(file.size() as usize));
    let to_share = file.clone();
    let hand_over = move |is_handed: bool| {
        // Nothing to note where this is no longer on the screen.
        if is_handed && is_there.try_get_untracked() == Some(false) {
            is_there.set(true);
            let still = left.try_get_untracked().unwrap_or(1).saturating_sub(1);
            left.set(still);
            if still == 0 {
                app.backed_up();
                last.set(last_of(&app));
            }
        }
    };
    let save = move |_| hand_over(tell(app, app.save_part(&file), swap::saved(), swap::save_failed()));
    let share = move |_| {
        let file = to_share.clone();
        spawn_local(async move {
            if let Some(shared) = app.share_part(&file).await {
                hand_over(tell(app, shared, swap::shared(), swap::share_failed()));
            }
        });
    };
    view! {
        <li class="row">
            <span>{says}</span>
            <button type="button" class="button" on:click=save>{text::save()}</button>
            {app.can_share().then(|| view! { <button type="button" class="button" on:click=share>{text::share()}</button> })}
            {shown_when(move || is_there.get(), || view! { <span class="quiet-line">{text::handed_over()}</span> })}
        </li>
    }
}
