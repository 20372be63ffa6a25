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

/// How far the making of one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    NotBegun,
    Words,
    Making,
    Made,
}

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

#[component]
fn Make() -> impl IntoView {
    let app = App::get();
    let step = RwSignal::new(Step::NotBegun);
    let words = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let files = StoredValue::new_local(Vec::<File>::new());
    let handed_over = RwSignal::new(Vec::<bool>::new());
    let propose = move |_| {
        wrong.set(None);
        spawn_local(async move {
            match app.propose_words().await {
                Ok(proposed) => {
                    words.set(proposed);
                    step.set(Step::Words);
                    app.focus("#six-words");
                }
                Err(found) => wrong.set(Some(problem(found))),
            }
        });
    };
    let make = move |_| {
        wrong.set(None);
        step.set(Step::Making);
        spawn_local(async move {
            match app.make_backup(&words.get_untracked()).await {
                Ok(made) => {
                    handed_over.set(vec![false; made.len()]);
                    files.set_value(made);
                    step.set(Step::Made);
                    app.focus("#backup-made");
                }
                Err(found) => {
                    step.set(Step::Words);
                    wrong.set(Some(problem(found)));
                }
            }
        });
    };
    let is = move |wanted: Step| move || step.get() == wanted;
    let last = said(move || match app.backups.get().last {
        Some(at) => text::last(calendar::day(at)),
        None => text::none().to_owned(),
    });
    let remind = move |_| {
        let saved = app.save_reminder(text::calendar_event(), text::calendar_text());
        app.say(if saved { swap::saved() } else { swap::save_failed() });
    };
    view! {
        <p>{text::intro()}</p>
        <p class="quiet-line">{last}</p>
        {shown_when(is(Step::NotBegun), move || view! {
            <div class="row">
                <button type="button" class="button button-main" on:click=propose>{text::begin()}</button>
                <button type="button" class="button-quiet" on:click=remind>{text::calendar()}</button>
            </div>
        })}
        {shown_when(is(Step::Words), move || view! {
            <h3 class="card-title" id="six-words" tabindex="-1">{text::your_words()}</h3>
            <p class="six-words">{said(move || words.get())}</p>
            <p>{text::write_down()}</p>
            <div class="row">
                <button type="button" class="button button-main" on:click=make>{text::make()}</button>
                <button type="button" class="button-quiet" on:click=propose>{text::other_words()}</button>
            </div>
        })}
        {shown_when(is(Step::Making), || view! { <HowFar says=text::making() /> })}
        {shown_when(is(Step::Made), move || view! {
            <h3 class="card-title" id="backup-made" tabindex="-1">{text::made()}</h3>
            {live(move || parts(app, files, handed_over))}
        })}
        {live(move || wrong.get().map(|wrong| view! { <p class="message message-warn" role="alert">{wrong}</p> }))}
    }
}

/// The files, each with the ways it can go.
fn parts(
    app: App,
    files: StoredValue<Vec<File>, LocalStorage>,
    handed_over: RwSignal<Vec<bool>>,
) -> impl IntoView {
    let files = files.get_value();
    let of = files.len();
    // Shown as remembered once all of them are somewhere.
    let hand_over = move |at: usize| {
        handed_over.update(|all| all.iter_mut().skip(at).take(1).for_each(|one| *one = true));
        if handed_over.with_untracked(|all| !all.contains(&false)) {
            app.backed_up();
        }
    };
    let rows = files.into_iter().zip(handed_over.get()).enumerate().map(|(at, (file, is_there))| {
        let name = if of > 1 { format!("{}. ", text::part(at + 1, of)) } else { String::new() };
        let says = format!("{name}{}", size(file.size() as usize));
        let to_share = file.clone();
        let save = move |_| {
            let saved = app.save_part(&file);
            if saved {
                hand_over(at);
            }
            app.say(if saved { swap::saved() } else { swap::save_failed() });
        };
        let share = move |_| {
            let file = to_share.clone();
            spawn_local(async move {
                match app.share_part(&file).await {
                    Some(true) => {
                        hand_over(at);
                        app.say(swap::shared());
                    }
                    Some(false) => app.say(swap::share_failed()),
                    None => {}
                }
            });
        };
        view! {
            <li class="row">
                <span>{says}</span>
                <button type="button" class="button" on:click=save>{text::save()}</button>
                {app.can_share().then(|| view! { <button type="button" class="button" on:click=share>{text::share()}</button> })}
                {is_there.then(|| view! { <span class="quiet-line">{text::handed_over()}</span> })}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <p>{if of > 1 { text::several_files(of) } else { text::one_file().to_owned() }}</p>
        <ul class="lines">{rows}</ul>
    }
}
