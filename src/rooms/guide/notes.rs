//! What stands beside a chapter: as whom it is read, marks, and lines kept about it. Only its writer sees those, until they
//! share one.

use crate::parts::choice::{Choices, Select};
use crate::parts::entry_card::EntryCard;
use crate::parts::labels;
use crate::parts::live::{live, said, whenever};
use crate::parts::prose::Marking;
use crate::rooms::log::drawer;
use crate::state::reading::Reading;
use crate::state::{App, person};
use crate::words::notes as text;
use bothways::drawer::Note;
use bothways::library::{ContentId, Stage};
use bothways::log::Member;
use bothways::log::kinds::Telling;
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The panel of a chapter.
#[component]
pub fn Beside(
    /// The chapter.
    chapter: ContentId,
    /// Where it is being marked.
    marking: Marking,
) -> impl IntoView {
    let app = App::get();
    let found = RwSignal::new((Vec::<Note>::new(), Vec::<EntryView>::new()));
    whenever(move || {
        app.follow_log();
        let chapter = chapter.clone();
        spawn_local(async move {
            // What cannot be read leaves what was shown as it was.
            let (Ok(mut notes), Ok(entries)) = (app.notes().await, app.entries_about(&chapter).await) else {
                return;
            };
            notes.retain(|note| note.telling.about.as_ref() == Some(&chapter));
            let of = |telling: &Telling| telling.passage.clone();
            let mut passages: Vec<String> = notes.iter().filter_map(|note| of(&note.telling)).collect();
            passages.extend(entries.iter().filter_map(|entry| of(entry.telling()?)));
            marking.passages.try_set(passages);
            found.try_set((notes, entries));
        });
    });
    let toggle = move |_| marking.on.update(|on| *on = !*on);
    let list = live(move || {
        let (notes, entries) = found.get();
        let count = notes.len() + entries.len();
        (count > 0).then(|| {
            view! {
                <details class="fold">
                    <summary>{text::here(count)}</summary>
                    {notes.into_iter().map(|note| drawer::card(app, note)).collect_view()}
                    {entries.into_iter().map(|entry| view! { <EntryCard entry=entry with_actions=true /> }).collect_view()}
                </details>
            }
        })
    });
    view! {
        <div class="beside">
            <ReadAs />
            <button
                type="button"
                class="button-quiet"
                aria-pressed=said(move || if marking.on.get() { "true" } else { "false" })
                on:click=toggle
            >
                {text::mark()}
            </button>
            {list}
        </div>
    }
}

/// For which stage, and by whom, the chapter is read: for as long as the app is open, and without changing who they are.
#[component]
fn ReadAs() -> impl IntoView {
    let app = App::get();
    let stages: Choices = Stage::ALL.iter().map(|it| (it.id(), labels::stage(*it).to_owned())).collect();
    let readers: Choices = Member::ALL.iter().map(|it| (it.id(), person(&app, *it))).collect();
    let chosen = move || {
        let Reading { stage, reader } = app.reading.get();
        let words = [stage.map(|it| labels::stage(it).to_owned()), reader.map(|it| person(&app, it))];
        words.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    view! {
        <details class="fold">
            <summary>{text::read_as()} " " <span class="fold-said">{said(chosen)}</span></summary>
            <div class="fields">
                <Select
                    label=text::stage()
                    any=text::as_it_is()
                    choices=stages
                    chosen=Box::new(move || app.reading.with(|reading| reading.stage).map(|it| it.id().to_owned()))
                    on_choose=Callback::new(move |id: Option<String>| {
                        app.reading.update(|reading| reading.stage = id.as_deref().and_then(Stage::from_id));
                    })
                />
                <Select
                    label=text::reader()
                    any=text::both()
                    choices=readers
                    chosen=Box::new(move || app.reading.with(|reading| reading.reader).map(|it| it.id().to_owned()))
                    on_choose=Callback::new(move |id: Option<String>| {
                        app.reading.update(|reading| reading.reader = id.and_then(|id| id.parse().ok()));
                    })
                />
            </div>
            <p class="quiet-line">{text::read_as_hint()}</p>
        </details>
    }
}
