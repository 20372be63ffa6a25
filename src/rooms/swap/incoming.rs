//! What a file would bring, and the yes or no to it.

use super::give::line;
use super::progress::HowFar;
use crate::parts::live::{live, said, shown_when, whether};
use crate::parts::problem::{problem, same_side};
use crate::state::swapping::{Incoming, LISTED};
use crate::state::{App, calendar};
use crate::words::{refusal, swap as text};
use bothways::log::view::EntryView;
use bothways::swap::Meeting;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The preview. Nothing has changed yet.
#[component]
pub fn Preview(
    /// The file, weighed against the log.
    incoming: Arc<Incoming>,
    /// Called when it has been taken in or left.
    finish: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let app = App::get();
    let header = &incoming.file.header;
    let name = Some(header.from.name.clone()).filter(|name| !name.is_empty());
    let from = text::from(name.unwrap_or_else(|| text::other_phone().to_owned()));
    let made = text::from_made(calendar::day(header.made));
    let nothing = incoming.preview.is_empty();
    let verdict = match &incoming.meeting {
        Meeting::Stranger => Some(refusal::stranger()),
        Meeting::SameSide(member) => Some(same_side(*member)),
        Meeting::Ours(_) if incoming.own && nothing => Some(text::own()),
        Meeting::Ours(_) if nothing => Some(text::nothing_new()),
        Meeting::Ours(_) | Meeting::Join(_) => None,
    };
    let joins = matches!(incoming.meeting, Meeting::Join(_));
    let can_take = matches!(incoming.meeting, Meeting::Ours(_) | Meeting::Join(_));
    // A file with nothing to show may still carry names and marks: it is taken in all the same, if wanted.
    let lists = can_take.then(|| view! { <Lists incoming=incoming.clone() /> });
    view! {
        <div class="incoming">
            <h3 class="card-title" id="outcome" tabindex="-1">{text::preview()}</h3>
            <p class="facts"><bdi>{from}</bdi> ". " {made}</p>
            {verdict.map(|verdict| view! { <p class="message">{verdict}</p> })}
            {joins.then(|| view! { <p class="message">{text::join()}</p> })}
            {lists}
            {can_take.then(|| view! { <p class="quiet-line">{text::unsigned()}</p> })}
            <Answer app=app incoming=incoming can_take=can_take finish=finish />
        </div>
    }
}

#[component]
fn Lists(incoming: Arc<Incoming>) -> impl IntoView {
    let preview = &incoming.preview;
    let newer = (preview.from_newer > 0).then(|| view! { <p>{text::from_newer(preview.from_newer)}</p> });
    view! {
        {list(&preview.new, text::new)}
        {list(&preview.changed, text::changed)}
        {list(&preview.erased, text::erased)}
        {list(&preview.in_conflict, text::conflict)}
        {newer}
    }
}

fn list(entries: &[EntryView], title: fn(usize) -> String) -> Option<impl IntoView + use<>> {
    let app = App::get();
    // Of ten thousand, the newest say what it is.
    let listed = entries.iter().take(LISTED).map(|entry| line(&app, entry)).collect_view();
    let older = entries.len().saturating_sub(LISTED);
    (!entries.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary>{title(entries.len())}</summary>
                <ul class="lines">{listed}</ul>
                {(older > 0).then(|| view! { <p class="quiet-line">{text::more(older)}</p> })}
            </details>
        }
    })
}

#[component]
fn Answer(
    app: App,
    incoming: Arc<Incoming>,
    can_take: bool,
    finish: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let applying = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let apply = move |_| {
        applying.set(true);
        let incoming = incoming.clone();
        spawn_local(async move {
            match app.take_in(&incoming).await {
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
