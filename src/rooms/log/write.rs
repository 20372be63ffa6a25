//! Writing a new entry, and changing one.

use super::form::Form;
use crate::parts::heading::Heading;
use crate::parts::live::{live, shown_when, whenever};
use crate::state::drafts::Draft;
use crate::state::route::Route;
use crate::state::{App, Standing};
use crate::words::write as text;
use bothways::ids::EntryId;
use bothways::library::ContentId;
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A new entry, perhaps about something in the library. A draft that was left comes back.
#[component]
pub fn Write(
    /// What it is about.
    about: Option<ContentId>,
) -> impl IntoView {
    let app = App::get();
    // A draft can be read once the log is open.
    let is_open = move || app.standing.get() != Standing::Starting;
    view! {
        <Heading text=text::title() />
        {shown_when(is_open, move || {
            let mut draft = Draft::stored(None).unwrap_or_default();
            if about.is_some() {
                draft.about = about.clone();
            }
            view! { <Form entry=None draft=draft /> }
        })}
    }
}

/// A change to an own entry.
#[component]
pub fn Edit(
    /// The entry.
    entry: EntryId,
) -> impl IntoView {
    let app = App::get();
    // None until it has been read: a fresh start reads the log first. Then drawn once.
    let found = RwSignal::new(None::<Option<EntryView>>);
    whenever(move || {
        if app.standing.get() != Standing::Starting && found.with_untracked(Option::is_none) {
            spawn_local(async move {
                let view = app.view(entry).await;
                found.set(Some(view.filter(|view| Some(view.member) == app.member_now())));
            });
        }
    });
    live(move || {
        let Some(own) = found.get() else { return ().into_any() };
        match own.as_ref().and_then(|view| view.moment()) {
            Some(moment) => {
                // Several versions: all their words, for the writer to make one of.
                let words: Vec<&str> =
                    own.iter().flat_map(|view| &view.versions).filter_map(words_of).collect();
                let draft = Draft::stored(Some(entry)).unwrap_or_else(|| Draft {
                    words: words.join("\n\n"),
                    feeling: moment.feeling.as_ref().map(|feeling| feeling.as_str().to_owned()),
                    theme: moment.theme,
                    about: moment.about.clone(),
                });
                view! {
                    <Heading text=text::title_edit() />
                    <Form entry=Some(entry) draft=draft />
                }
                .into_any()
            }
            None => view! {
                <Heading text=text::title_edit() />
                <p class="message">{text::gone()}</p>
                <p><a class="button" href=Route::Log.href()>{crate::words::log::title()}</a></p>
            }
            .into_any(),
        }
    })
}

fn words_of(version: &bothways::log::view::Version) -> Option<&str> {
    match &version.content {
        Some(bothways::log::kinds::Content::Moment(moment)) => Some(&moment.words),
        _ => None,
    }
}
