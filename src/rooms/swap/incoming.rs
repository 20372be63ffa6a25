//! What a file would bring, and the yes or no to it.

use super::give::line;
use super::progress::HowFar;
use crate::parts::live::{live, said, shown_when, whether};
use crate::parts::problem::{problem, same_side};
use crate::state::{App, calendar};
use crate::words::{refusal, swap as text};
use bothways::swap::errand::{Listed, Verdict, Weighed};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The preview. Nothing has changed yet.
#[component]
pub fn Preview(
    /// The file, weighed against the log.
    weighed: Arc<Weighed>,
    /// Called when it has been taken in or left.
    finish: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let app = App::get();
    let name = Some(weighed.from.name.clone()).filter(|name| !name.is_empty());
    let from = text::from(name.unwrap_or_else(|| text::other_phone().to_owned()));
    let made = text::from_made(calendar::day(weighed.made));
    let nothing = weighed.brings_nothing();
    let verdict = match weighed.verdict {
        Verdict::Stranger => Some(refusal::stranger()),
        Verdict::SameSide(member) => Some(same_side(member)),
        Verdict::Ours if weighed.own && nothing => Some(text::own()),
        Verdict::Ours if nothing && weighed.older => Some(text::older()),
        Verdict::Ours if nothing => Some(text::nothing_new()),
        Verdict::Ours | Verdict::Join => None,
    };
    let joins = weighed.verdict == Verdict::Join;
    let can_take = weighed.verdict.can_take();
    // A file with nothing to show may still carry names and marks: it is taken in all the same, if wanted.
    let lists = can_take.then(|| view! { <Lists weighed=weighed.clone() /> });
    view! {
        <div class="incoming">
            <h3 class="card-title" id="outcome" tabindex="-1">{text::preview()}</h3>
            <p class="facts"><bdi>{from}</bdi> ". " {made}</p>
            {verdict.map(|verdict| view! { <p class="message">{verdict}</p> })}
            {joins.then(|| view! { <p class="message">{text::join()}</p> })}
            {lists}
            {(can_take && !weighed.signed).then(|| view! { <p class="message message-warn">{text::unsigned()}</p> })}
            <Answer app=app can_take=can_take finish=finish />
        </div>
    }
}

#[component]
fn Lists(weighed: Arc<Weighed>) -> impl IntoView {
    let newer = (weighed.from_newer > 0).then(|| view! { <p>{text::from_newer(weighed.from_newer)}</p> });
    view! {
        {list(&weighed.new, text::new)}
        {list(&weighed.changed, text::changed)}
        {list(&weighed.erased, text::erased)}
        {list(&weighed.in_conflict, text::conflict)}
        {(weighed.photos > 0).then(|| view! { <p>{text::photos(weighed.photos)}</p> })}
        {newer}
        {weighed.gap.then(|| view! { <p class="quiet-line">{text::gap()}</p> })}
    }
}

fn list(entries: &Listed, title: fn(usize) -> String) -> Option<impl IntoView + use<>> {
    let app = App::get();
    // Of ten thousand, the newest say what it is.
    let listed = entries.newest.iter().map(|entry| line(&app, entry)).collect_view();
    let older = entries.count.saturating_sub(entries.newest.len());
    (entries.count > 0).then(|| {
        view! {
            <details class="fold">
                <summary>{title(entries.count)}</summary>
                <ul class="lines">{listed}</ul>
                {(older > 0).then(|| view! { <p class="quiet-line">{text::more(older)}</p> })}
            </details>
        }
    })
}

#[component]
fn Answer(app: App, can_take: bool, finish: impl Fn() + Copy + 'static) -> impl IntoView {
    let applying = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let apply = move |_| {
        applying.set(true);
        spawn_local(async move {
            match app.take_in().await {
                Ok(()) => {
                    app.say(text::applied());
                    finish();
                    app.focus("#take");
                }
                Err(found) => {
                    applying.set(false);
                    wrong.set(Some(problem(found)));
                }
            }
        });
    };
    let leave = move |_| {
        app.say(text::left());
        finish();
    };
    view! {
        {live(move || wrong.get().map(|wrong| view! { <p class="message message-warn" role="alert">{wrong}</p> }))}
        {shown_when(move || applying.get(), move || view! { <HowFar says=text::applying() /> })}
        <div class="row">
            {can_take
                .then(|| {
                    view! {
                        <button type="button" class="button button-main" disabled=whether(move || applying.get()) on:click=apply>
                            {said(move || if applying.get() { text::applying() } else { text::apply() })}
                        </button>
                    }
                })}
            <button type="button" class="button-quiet" on:click=leave>{text::leave()}</button>
        </div>
    }
}
