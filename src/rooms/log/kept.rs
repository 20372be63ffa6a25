//! What both keep: all entries of one kind, such as agreements, rituals, letters, and what he leads.

use crate::parts::entry_card::{EntryCard, Under};
use crate::parts::heading::Heading;
use crate::parts::labels;
use crate::parts::library_gate::with_library;
use crate::parts::live::{live, whenever};
use crate::state::App;
use crate::state::route::Route;
use crate::words::log as text;
use bothways::log::kinds::Kind;
use bothways::log::records::facet;
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// More of one kind than anybody keeps in sight; the log shows all.
const MOST: usize = 200;

/// The entries of a kind, under the kind's own choices where it has some.
#[component]
pub fn Kept(
    /// The kind.
    kind: Kind,
) -> impl IntoView {
    let app = App::get();
    let entries = RwSignal::new(None::<Vec<EntryView>>);
    whenever(move || {
        app.follow_log();
        spawn_local(async move {
            // What cannot be read leaves what was shown as it was.
            if let Ok(page) = app.page(Some(&facet::kind(kind)), None, MOST).await {
                entries.try_set(Some(page.into_iter().map(|(_, entry)| entry).collect()));
            }
        });
    });
    let about = with_library(move |library| library.pack.kind(kind.id()).map(|words| words.about.clone()));
    let list = live(move || {
        let entries = entries.get()?;
        if entries.is_empty() {
            return Some(view! { <p class="message">{text::none_of_these()}</p> }.into_any());
        }
        let cards = |entries: &[EntryView]| {
            let card = |entry: &EntryView| view! { <EntryCard entry=entry.clone() with_actions=true under=Under::Kind /> };
            view! { <div class="timeline">{entries.iter().map(card).collect_view()}</div> }
        };
        let choices = kind.shape().choices;
        if choices.is_empty() {
            return Some(cards(&entries).into_any());
        }
        let under = |choice: &&'static str| {
            let has =
                |entry: &&EntryView| entry.telling().is_some_and(|telling| telling.choice == Some(*choice));
            let some: Vec<EntryView> = entries.iter().filter(has).cloned().collect();
            (!some.is_empty()).then(
                || view! { <h2 class="section-title">{labels::choice(kind, choice)}</h2> {cards(&some)} },
            )
        };
        let neither = |entry: &&EntryView| entry.telling().is_none_or(|telling| telling.choice.is_none());
        let rest: Vec<EntryView> = entries.iter().filter(neither).cloned().collect();
        Some(view! { {choices.iter().map(under).collect_view()} {cards(&rest)} }.into_any())
    });
    view! {
        <Heading text=labels::entry_kinds(kind) />
        <p class="lead">{about}</p>
        <p><a class="button button-main" href=Route::New(kind).href()>{text::write()}</a></p>
        {list}
    }
}
