//! The log: the timeline in two voices; write; search; a month at a glance.

pub mod drawer;
mod entry;
mod fields;
mod form;
mod kept;
mod month;
mod photos;
mod write;

pub use drawer::Drawer;
pub use entry::EntryPage;
pub use kept::Kept;
pub use write::{Edit, Write, WriteNote};

use crate::parts::before_writing::BeforeWritingHint;
use crate::parts::choice::Select;
use crate::parts::entry_card::EntryCard;
use crate::parts::heading::Heading;
use crate::parts::icon::{Icon, Sign};
use crate::parts::labels;
use crate::parts::live::{live, said, shown_when, whenever};
use crate::parts::search_box::SearchBox;
use crate::rooms::later;
use crate::state::calendar::day;
use crate::state::route::Route;
use crate::state::{App, Standing};
use crate::words;
use crate::words::log as text;
use bothways::ids::EntryId;
use bothways::library::Theme;
use bothways::log::Member;
use bothways::log::kinds::{Content, Kind};
use bothways::log::records::facet as facets;
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Entries read and drawn at once, and with each "older".
const PAGE: usize = 40;
/// Entries found that are drawn at once: while one types, each letter draws anew.
const FOUND: usize = 12;
/// Pages drawn at most: going further back lets the newest go.
const PAGES: usize = 4;

/// Which part of the timeline is drawn: from after this place, so many pages. The places before it lead back.
#[derive(Clone, Debug, Default, PartialEq)]
struct Window {
    starts: Vec<String>,
    pages: usize,
}

/// An entry of the timeline: its place, and the replies that have none of their own.
#[derive(Clone)]
struct Shown {
    place: String,
    entry: EntryView,
    replies: Vec<EntryView>,
}

/// The timeline.
#[component]
pub fn Log() -> impl IntoView {
    let app = App::get();
    let query = RwSignal::new(String::new());
    let window = RwSignal::new(Window { starts: Vec::new(), pages: 1 });
    let facet = RwSignal::new(None::<String>);
    let shown = RwSignal::new(Vec::<Shown>::new());
    let found = RwSignal::new(0_usize);
    // Answers may come out of order; only the last question's counts.
    let asked = StoredValue::new(0_u32);
    whenever(move || {
        app.follow_log();
        let (query, window, facet) = (query.get(), window.get(), facet.get());
        asked.update_value(|asked| *asked += 1);
        let question = asked.get_value();
        spawn_local(async move {
            let answer = if query.trim().is_empty() {
                app.page(facet.as_deref(), window.starts.last().cloned(), window.pages * PAGE).await
            } else {
                let matches = app.find(&query, window.pages * FOUND, texts_of);
                found.try_set(matches.count);
                let views = app.views(&matches.newest).await;
                views.map(|views| views.into_iter().flatten().map(|view| (String::new(), view)).collect())
            };
            // What cannot be read leaves what was shown as it was; the standing says why at the next start.
            let Ok(entries) = answer else { return };
            let ids: Vec<EntryId> = entries.iter().map(|(_, entry)| entry.id).collect();
            let replies = app.replies(&ids).await.unwrap_or_default();
            if asked.try_get_value() == Some(question) {
                let with_replies = |((place, entry), mut replies): ((String, EntryView), Vec<EntryView>)| {
                    // Those with words stand in the timeline themselves.
                    replies.retain(|reply| !entry::is_worded(reply));
                    Shown { place, entry, replies }
                };
                shown.set(entries.into_iter().zip(replies).map(with_replies).collect());
            }
        });
    });
    let is_searching = move || query.with(|query| !query.trim().is_empty());
    let has_entries = move || app.facts.with(|facts| facts.entries > 0);
    let is_empty = move || app.standing.get() == Standing::Ready && !has_entries();
    let outcome = said(move || match found.get() {
        _ if !is_searching() => String::new(),
        _ if app.gathering.get() => text::gathering().to_owned(),
        0 => query.with(|query| words::app::search_none(query)),
        found => text::found(found),
    });
    let is_none_of_these =
        move || facet.with(Option::is_some) && !is_searching() && shown.with(Vec::is_empty);
    let more = move || {
        let (drawn, pages) = (shown.with(Vec::len), window.with(|window| window.pages));
        if is_searching() { found.get() > drawn } else { drawn == pages * PAGE }
    };
    let older = move |_| {
        let places = shown.with_untracked(|shown| {
            shown.chunks(PAGE).filter_map(|page| Some(page.last()?.place.clone())).collect::<Vec<_>>()
        });
        window.update(|window| {
            if window.pages < PAGES || is_searching() {
                window.pages += 1;
            } else {
                window.starts.extend(places.into_iter().next());
            }
        });
    };
    let newest = move |_| {
        window.set(Window { starts: Vec::new(), pages: 1 });
        app.focus_page();
    };
    let go_to = Callback::new(move |place: String| window.set(Window { starts: vec![place], pages: 1 }));
    view! {
        <Heading text=text::title() />
        <BeforeWritingHint />
        <a class="write-bar" href=Route::Write(None).href()>
            <Icon of=Sign::Write />
            <strong>{text::write()}</strong>
        </a>
        {shown_when(is_empty, move || view! {
            <p class="message">{text::empty()}</p>
            <p class="quiet-line"><a class="button-quiet" href=Route::Swap.href()>{words::backup::have_link()}</a></p>
        })}
        {shown_when(has_entries, move || view! {
            <SearchBox label=text::search() query=query />
            {filter(app, facet, window)}
            <month::Month go_to=go_to />
        })}
        {later::part(later::doors::drawer)}
        <p class="quiet-line" role="status">{outcome}</p>
        {shown_when(is_none_of_these, move || view! { <p class="message">{text::none_of_these()}</p> })}
        {shown_when(move || window.with(|window| !window.starts.is_empty()) && !is_searching(), move || view! {
            <button type="button" class="button-quiet" on:click=newest>{text::newest()}</button>
        })}
        <div class="timeline">{live(move || shown.with(|shown| days(shown)))}</div>
        {shown_when(more, move || view! {
            <button type="button" class="button-quiet" on:click=older>{text::older()}</button>
        })}
    }
}

/// Which entries are shown: by writer, by what they have, by kind, by theme.
fn filter(app: App, facet: RwSignal<Option<String>>, window: RwSignal<Window>) -> impl IntoView {
    let mut choices: Vec<(String, String)> = Vec::new();
    for member in Member::ALL {
        choices.push((facets::who(member), text::show_by(crate::state::person(&app, member))));
    }
    choices.push((facets::PHOTO.to_owned(), text::show_photos().to_owned()));
    choices.push((facets::FEELING.to_owned(), text::show_feelings().to_owned()));
    choices.extend(Kind::ALL.iter().map(|kind| (facets::kind(*kind), labels::entry_kind(*kind).to_owned())));
    let theme = |theme: &Theme| (facets::theme(*theme), text::show_theme(labels::theme(*theme)));
    choices.extend(Theme::ALL.iter().map(theme));
    let choose = move |id: Option<String>| {
        window.set(Window { starts: Vec::new(), pages: 1 });
        facet.set(id);
    };
    view! {
        <Select
            label=text::show()
            any=text::show_all()
            choices=choices
            chosen=Box::new(move || facet.get())
            on_choose=Callback::new(choose)
        />
    }
}

/// Everything of an entry that can be searched.
fn texts_of(app: &App, entry: &EntryView) -> String {
    let mut texts = vec![untrack(|| crate::state::person(app, entry.member))];
    for version in &entry.versions {
        if let Some(telling) = version.content.as_ref().and_then(Content::telling) {
            texts.push(telling.words.clone());
            texts.extend(telling.parts.iter().map(|(_, text)| text.clone()));
            texts.push(labels::entry_kind(telling.kind).to_owned());
            texts.extend(
                telling.feeling.iter().map(|feeling| untrack(|| labels::feeling(app, feeling.as_str()))),
            );
            texts.extend(telling.theme.map(|theme| labels::theme(theme).to_owned()));
            let about = telling.about.as_ref().and_then(|about| untrack(|| app.title_and_route(about)));
            texts.extend(about.map(|(title, _)| title));
        }
    }
    texts.join(" ")
}

/// Entries under the days they belong to.
fn days(entries: &[Shown]) -> impl IntoView + use<> {
    let mut days: Vec<(String, Vec<Shown>)> = Vec::new();
    for shown in entries {
        let day = day(shown.entry.order);
        match days.last_mut() {
            Some((last, entries)) if *last == day => entries.push(shown.clone()),
            _ => days.push((day, vec![shown.clone()])),
        }
    }
    let card =
        |Shown { entry, replies, .. }| view! { <EntryCard entry=entry with_actions=true replies=replies /> };
    days.into_iter()
        .map(|(day, entries)| {
            view! {
                <section class="day-group">
                    <h2 class="day">{day}</h2>
                    {entries.into_iter().map(card).collect_view()}
                </section>
            }
        })
        .collect_view()
}
