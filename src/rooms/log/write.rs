//! Writing a new entry, and changing one.

use super::form::{Form, Subject};
use crate::parts::before_writing::BeforeWritingHint;
use crate::parts::heading::Heading;
use crate::parts::library_gate::with_library;
use crate::parts::live::{live, shown_when, whenever};
use crate::state::drafts::{Draft, Readers};
use crate::state::route::Route;
use crate::state::{App, Problem, Standing};
use crate::words::write as text;
use bothways::drawer::Note;
use bothways::ids::EntryId;
use bothways::library::{Block, ContentId};
use bothways::log::kinds::{Kind, Telling, Whose};
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A new entry, perhaps about something in the library. A draft that was left comes back.
#[component]
pub fn Write(
    /// Which kind.
    kind: Kind,
    /// What it is about.
    about: Option<ContentId>,
    /// The entry it replies to.
    reply_to: Option<EntryId>,
    /// What it stands by, in what it is about.
    #[prop(optional)]
    passage: Option<String>,
) -> impl IntoView {
    let app = App::get();
    // A draft can be read once the log is open.
    let is_open = move || app.standing.get() != Standing::Starting;
    view! {
        <Heading text=text::title() />
        <BeforeWritingHint />
        {shown_when(is_open, move || {
            let mut draft = app.draft(None).unwrap_or_else(|| Draft {
                telling: Telling { kind, theme: about.as_ref().and_then(|about| app.theme_of(about)), ..Telling::default() },
                // A question is for both: neither sees the other's answer before giving their own.
                readers: match &about {
                    Some(about) if app.is_question(about) => Readers::Sealed,
                    _ => Readers::first_of(kind),
                },
            });
            // A draft that was left stays what it is; an empty one was not worth keeping.
            let telling = &mut draft.telling;
            telling.about = about.clone().or(telling.about.take());
            telling.reply_to = reply_to.or(telling.reply_to);
            if about.is_some() {
                telling.passage = passage.clone();
            }
            if passage.is_some() {
                // A note is its writer's, until they share it.
                draft.readers = Readers::Me;
            }
            view! { <Form subject=Subject::New draft=draft /> }
        })}
    }
}

/// A note by a paragraph of a chapter.
#[component]
pub fn WriteNote(
    /// The chapter.
    chapter: ContentId,
    /// Which of its paragraphs.
    at: usize,
) -> impl IntoView {
    with_library(move |library| {
        let block = library.pack.chapter(chapter.as_str()).and_then(|chapter| chapter.body.get(at));
        let passage = block.map(Block::passage).unwrap_or_default();
        view! { <Write kind=Kind::Moment about=Some(chapter.clone()) reply_to=None passage=passage /> }
    })
}

/// A change to an own entry, or to what is for its writer alone.
#[component]
pub fn Edit(
    /// The entry.
    entry: EntryId,
) -> impl IntoView {
    let app = App::get();
    // None until it has been read: a fresh start reads the log first. Then drawn once.
    let found = RwSignal::new(None::<Option<(Subject, Draft)>>);
    let shut = RwSignal::new(false);
    whenever(move || {
        app.follow_log();
        if app.standing.get() != Standing::Starting && found.with_untracked(Option::is_none) {
            spawn_local(async move {
                let is_mine = |view: &EntryView| {
                    let is_both =
                        view.telling().is_some_and(|telling| telling.kind.shape().whose == Whose::Both);
                    is_both || Some(view.member) == app.member_now()
                };
                let own = app.view(entry).await.filter(is_mine);
                let own = match own {
                    Some(view) => of_entry(&view),
                    None => match app.note(entry).await {
                        Ok(note) => note.map(|note| of_note(&note)),
                        Err(Problem::Shut) => {
                            shut.try_set(true);
                            return;
                        }
                        Err(_) => None,
                    },
                };
                // What was being written comes before what was saved.
                found.set(Some(
                    own.map(|(subject, saved)| (subject, app.draft(Some(entry)).unwrap_or(saved))),
                ));
            });
        }
    });
    live(move || {
        let Some(own) = found.get() else {
            return shown_when(
                move || shut.get(),
                || {
                    view! {
                        <Heading text=text::title_edit() />
                        <p class="message">{crate::words::lock::is_shut()}</p>
                        <p><a class="button" href=Route::Us.href()>{crate::words::lock::to_open()}</a></p>
                    }
                },
            )
            .into_any();
        };
        match own {
            Some((subject, draft)) => view! {
                <Heading text=text::title_edit() />
                <Form subject=subject draft=draft />
            }
            .into_any(),
            None => view! {
                <Heading text=text::title_edit() />
                <p class="message">{text::gone()}</p>
                <p><a class="button" href=Route::Log.href()>{crate::words::log::title()}</a></p>
            }
            .into_any(),
        }
    })
}

fn of_entry(view: &EntryView) -> Option<(Subject, Draft)> {
    let readers = if view.answers().is_some() { Readers::Sealed } else { Readers::Both };
    let mut telling = view.telling()?.clone();
    // Several versions: all their words, for the writer to make one of.
    let tellings = || view.versions.iter().filter_map(|version| version.content.as_ref()?.telling());
    if view.versions.len() > 1 {
        telling.words = all_of(&mut tellings().map(|telling| telling.words.as_str()));
        let parts = telling.kind.shape().parts.iter();
        telling.parts = parts.map(|name| (*name, all_of(&mut tellings().map(|it| it.part(name))))).collect();
    }
    Some((Subject::Entry(view.id), Draft { telling, readers }))
}

/// Texts under each other, each once.
fn all_of(texts: &mut dyn Iterator<Item = &str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    texts.filter(|text| !text.is_empty()).for_each(|text| {
        if !all.contains(&text) {
            all.push(text);
        }
    });
    all.join("\n\n")
}

fn of_note(note: &Note) -> (Subject, Draft) {
    (Subject::Note(note.id), Draft { telling: note.telling.clone(), readers: Readers::Me })
}
