//! Both ways: the nine themes as one picture. Two threads run down and cross at each theme; where somebody has touched it
//! this season their thread is drawn strong. No counts, and nothing that compares the two.

use crate::parts::heading::Heading;
use crate::parts::labels;
use crate::parts::library_gate::with_library;
use crate::parts::live::{live, whenever};
use crate::state::calendar::now;
use crate::state::route::Route;
use crate::state::{App, Library, person};
use crate::words::both as text;
use bothways::library::Theme;
use bothways::log::Member;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// A season: a quarter of a year.
const SEASON_MS: i64 = 92 * 24 * 60 * 60 * 1000;

/// The picture.
#[component]
pub fn BothWays() -> impl IntoView {
    let app = App::get();
    let touched = RwSignal::new(vec![[false; 2]; Theme::ALL.len()]);
    whenever(move || {
        app.follow_log();
        spawn_local(async move {
            // What cannot be read leaves what was shown as it was.
            if let Ok(found) = app.touched(now().at - SEASON_MS).await {
                touched.try_set(found);
            }
        });
    });
    view! {
        <Heading text=text::title() />
        <p class="lead">{text::intro()}</p>
        {with_library(move |library| {
            live(move || {
                let rows = touched.get().into_iter().zip(Theme::ALL).enumerate();
                let row = |(at, (by, theme))| row(&app, &library, at, theme, by);
                view! { <ol class="braid">{rows.map(row).collect_view()}</ol> }
            })
        })}
    }
}

/// One crossing: the picture of it, whose it is in words, and what there is to try.
fn row(app: &App, library: &Arc<Library>, at: usize, theme: Theme, by: [bool; 2]) -> impl IntoView + use<> {
    let chapter = library.pack.chapters.iter().find(|chapter| chapter.theme == theme);
    let to_try = chapter.and_then(|chapter| {
        let practice = chapter.practices.get(at % chapter.practices.len().max(1))?;
        Some(text::to_try(&practice.title))
    });
    let said = match by {
        [true, true] => text::by_both(person(app, Member::Mother), person(app, Member::Son)),
        [true, false] => text::by_one(person(app, Member::Mother)),
        [false, true] => text::by_one(person(app, Member::Son)),
        [false, false] => text::by_none().to_owned(),
    };
    let link = chapter.map(|chapter| Route::Chapter(chapter.id.clone()).href());
    // From one side to the other and back again with the next: so the threads cross at each theme.
    let (left, right) = ("M20 0 C20 34 80 26 80 60", "M80 0 C80 34 20 26 20 60");
    let [hers, his] = if at.is_multiple_of(2) { [left, right] } else { [right, left] };
    let thread = |whose: &str, is_strong: bool| {
        if is_strong { format!("thread {whose} strong") } else { format!("thread {whose}") }
    };
    let knot = match by {
        [true, true] => "knot strong",
        [false, false] => "knot",
        _ => "knot half",
    };
    view! {
        <li class="braid-row">
            <svg class="braid-picture" viewBox="0 0 100 60" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <path class=thread("hers", by[0]) d=hers />
                <path class=thread("his", by[1]) d=his />
            </svg>
            <span class=knot aria-hidden="true"></span>
            <div class="braid-words">
                <a class="braid-theme" href=link>{labels::theme(theme)}</a>
                <p class="braid-by" dir="auto">{said}</p>
                {(by != [true, true]).then(|| view! { <p class="facts">{to_try}</p> })}
            </div>
        </li>
    }
}
