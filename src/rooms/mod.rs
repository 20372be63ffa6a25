//! What a person sees: one folder or file a room.

mod book;
mod both_ways;
mod guide;
mod ideas;
mod later;
mod log;
mod lost;
mod swap;
mod today;
mod us;

use crate::parts::live::live;
use crate::parts::shell::Shell;
use crate::state::route::Route;
use crate::state::{App, language};
use bothways::log::kinds::Kind;
use leptos::mount::mount_to;
use leptos::prelude::*;

/// Draws the app, in its language, in place of the shell that `index.html` shows before the program starts.
pub fn mount() {
    language::draw(mount_now);
}

fn mount_now() {
    let Some(place) = App::place() else { return };
    mount_to(place, || {
        let app = App::start();
        provide_context(app);
        view! {
            <Shell>
                <Page />
            </Shell>
        }
    })
    .forget();
}

/// The page of the place one is at. Drawn anew when the place changes, and only then.
#[component]
fn Page() -> impl IntoView {
    let app = App::get();
    live(move || match app.route.get() {
        Route::Today => view! { <today::Today /> }.into_any(),
        Route::Book => later::room(later::doors::book).into_any(),
        Route::BothWays => later::room(later::doors::both_ways).into_any(),
        Route::Guide => view! { <guide::Guide /> }.into_any(),
        Route::Chapter(id) => view! { <guide::ChapterPage id=id /> }.into_any(),
        Route::Note(chapter, at) => later::room(move || later::doors::note(chapter.clone(), at)).into_any(),
        Route::Answer(id) => view! { <guide::AnswerPage id=id /> }.into_any(),
        Route::Ideas => view! { <ideas::Ideas /> }.into_any(),
        Route::Idea(id) => view! { <ideas::IdeaPage id=id /> }.into_any(),
        Route::Log => view! { <log::Log /> }.into_any(),
        Route::Write(about) => {
            later::room(move || later::doors::write(Kind::Moment, about.clone(), None)).into_any()
        }
        Route::New(kind) => later::room(move || later::doors::write(kind, None, None)).into_any(),
        Route::Entry(entry) => later::room(move || later::doors::entry(entry)).into_any(),
        Route::Kept(kind) => later::room(move || later::doors::kept(kind)).into_any(),
        Route::Reply(entry) => {
            later::room(move || later::doors::write(Kind::Reply, None, Some(entry))).into_any()
        }
        Route::Edit(entry) => later::room(move || later::doors::edit(entry)).into_any(),
        Route::Swap => later::room(later::doors::swap).into_any(),
        Route::Us => later::room(later::doors::us).into_any(),
        Route::Lost => view! { <lost::Lost /> }.into_any(),
    })
}
