//! The log: the timeline in two voices; write; search.

mod form;
mod introduce;
mod write;

pub use write::{Edit, Write};

use crate::parts::entry_card::EntryCard;
use crate::parts::heading::Heading;
use crate::parts::icon::{Icon, Sign};
use crate::parts::labels;
use crate::parts::live::{live, said, shown_when};
use crate::parts::search_box::SearchBox;
use crate::state::calendar::day;
use crate::state::route::Route;
use crate::state::{App, Standing};
use crate::words;
use crate::words::log as text;
use bothways::library::matches_words;
use bothways::log::kinds::Content;
use bothways::log::view::EntryView;
use leptos::prelude::*;

/// Entries drawn at first, and with each "older".
const PAGE: usize = 40;

/// The timeline.
#[component]
pub fn Log() -> impl IntoView {
    let app = App::get();
    let query = RwSignal::new(String::new());
    let shown = RwSignal::new(PAGE);
    let found = Memo::new(move |_| {
        let query = query.get();
        let entries = app.timeline.get();
        entries
            .iter()
            .filter(|entry| matches_words(&texts_of(&app, entry), &query))
            .cloned()
            .collect::<Vec<_>>()
    });
    let is_empty =
        move || app.standing.get() == Standing::Ready && app.timeline.with(|timeline| timeline.is_empty());
    let outcome = said(move || {
        query.with(|query| match found.with(Vec::len) {
            _ if query.trim().is_empty() => String::new(),
            0 => words::app::search_none(query),
            found => text::found(found),
        })
    });
    view! {
        <Heading text=text::title() />
        <a class="write-bar" href=Route::Write(None).href()>
            <Icon of=Sign::Write />
            <strong>{text::write()}</strong>
        </a>
        {shown_when(is_empty, move || view! {
            <p class="message">{text::empty()}</p>
        })}
        {shown_when(move || !app.timeline.with(|timeline| timeline.is_empty()), move || view! {
            <SearchBox label=text::search() query=query />
        })}
        <p class="quiet-line" role="status">{outcome}</p>
        <div class="timeline">
            {live(move || found.with(|found| days(found.get(..shown.get()).unwrap_or(found))))}
        </div>
        {shown_when(move || found.with(Vec::len) > shown.get(), move || view! {
            <button type="button" class="button-quiet" on:click=move |_| shown.update(|n| *n += PAGE)>
                {text::older()}
            </button>
        })}
    }
}

/// Everything of an entry that can be searched.
fn texts_of(app: &App, entry: &EntryView) -> String {
    let mut texts = vec![crate::state::person(app, entry.member)];
    for version in &entry.versions {
        if let Some(Content::Moment(moment)) = &version.content {
            texts.push(moment.words.clone());
            texts.extend(moment.feeling.iter().map(|feeling| labels::feeling(feeling.as_str())));
            texts.extend(moment.theme.map(|theme| labels::theme(theme).to_owned()));
            texts.extend(
                moment.about.as_ref().and_then(|about| app.title_and_route(about)).map(|(title, _)| title),
            );
        }
    }
    texts.join(" ")
}

/// Entries under the days they belong to.
fn days(entries: &[EntryView]) -> impl IntoView + use<> {
    let mut days: Vec<(String, Vec<EntryView>)> = Vec::new();
    for entry in entries {
        let day = day(entry.order);
        match days.last_mut() {
            Some((last, entries)) if *last == day => entries.push(entry.clone()),
            _ => days.push((day, vec![entry.clone()])),
        }
    }
    days.into_iter()
        .map(|(day, entries)| {
            view! {
                <section class="day-group">
                    <h2 class="day">{day}</h2>
                    {entries.into_iter().map(|entry| view! { <EntryCard entry=entry with_actions=true /> }).collect_view()}
                </section>
            }
        })
        .collect_view()
}
