//! Writing a new entry, and changing one.

use super::form::{Form, Subject};
use crate::parts::before_writing::BeforeWritingHint;
use crate::parts::heading::Heading;
use crate::parts::live::{live, shown_when, whenever};
use crate::state::drafts::{Draft, Readers};
use crate::state::route::Route;
use crate::state::{App, Standing};
use crate::words::write as text;
use bothways::drawer::Note;
use bothways::ids::EntryId;
use bothways::library::ContentId;
use bothways::log::kinds::Telling;
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A new entry, perhaps about something in the library. A draft that was left comes back.
#[component]
pub fn Write(
    /// What it is about.
    about: Option<ContentId>,
    /// The entry it replies to.
    reply_to: Option<EntryId>,
) -> impl IntoView {
    let app = App::get();
    // A draft can be read once the log is open.
    let is_open = move || app.standing.get() != Standing::Starting;
    view! {
        <Heading text=text::title() />
        <BeforeWritingHint />
        {shown_when(is_open, move || {
            let kept = app.draft(None);
            let begins = kept.is_none();
            let mut draft = kept.unwrap_or_default();
            if about.is_some() {
                draft.about = about.clone();
            }
            if reply_to.is_some() {
                draft.reply_to = reply_to;
            }
            // A question is for both: neither sees the other's answer before giving their own.
            if begins && about.as_ref().is_some_and(|about| app.is_question(about)) {
                draft.readers = Readers::Sealed;
            }
            view! { <Form subject=Subject::New draft=draft /> }
        })}
    }
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
    whenever(move || {
        if app.standing.get() != Standing::Starting && found.with_untracked(Option::is_none) {
            spawn_local(async move {
                let own = app.view(entry).await.filter(|view| Some(view.member) == app.member_now());
                let own = match own {
                    Some(view) => of_entry(&view),
                    None => app.note(entry).await.map(|note| of_note(&note)),
                };
                // What was being written comes before what was saved.
                found.set(Some(
                    own.map(|(subject, saved)| (subject, app.draft(Some(entry)).unwrap_or(saved))),
                ));
            });
        }
    });
    live(move || {
        let Some(own) = found.get() else { return ().into_any() };
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
    // Several versions: all their words, for the writer to make one of.
    let words: Vec<&str> = view.versions.iter().filter_map(words_of).collect();
    let readers = if view.answers().is_some() { Readers::Sealed } else { Readers::Both };
    Some((Subject::Entry(view.id), Draft { words: words.join("\n\n"), readers, ..draft_of(view.telling()?) }))
}

fn of_note(note: &Note) -> (Subject, Draft) {
    (Subject::Note(note.id), Draft { readers: Readers::Me, ..draft_of(&note.telling) })
}

fn draft_of(telling: &Telling) -> Draft {
    Draft {
        words: telling.words.clone(),
        feeling: telling.feeling.as_ref().map(|feeling| feeling.as_str().to_owned()),
        theme: telling.theme,
        about: telling.about.clone(),
        photos: telling.photos.clone(),
        reply_to: telling.reply_to,
        readers: Readers::Both,
    }
}

fn words_of(version: &bothways::log::view::Version) -> Option<&str> {
    Some(&version.content.as_ref()?.telling()?.words)
}
