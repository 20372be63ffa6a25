//! The frame around every room: the name at the top, the page, the bar of five rooms at the bottom.

use super::icon::{Icon, Sign};
use super::labels::pair_names;
use super::live::{live, said};
use super::notice::NoticeLine;
use super::problem::closed;
use super::update_line::UpdateLine;
use crate::state::route::{Room, Route};
use crate::state::{App, Standing, person};
use crate::words;
use bothways::log::Member;
use leptos::prelude::*;

/// The frame.
#[component]
pub fn Shell(
    /// The page.
    children: Children,
) -> impl IntoView {
    let app = App::get();
    let warning = live(move || match app.standing.get() {
        Standing::Closed(error) => {
            Some(view! { <p class="message message-warn" role="alert">{closed(error)}</p> })
        }
        _ => None,
    });
    let at_us = current(move || app.route.with(|route| *route == Route::Us));
    view! {
        <a class="skip" href="#page" on:click=move |event| { event.prevent_default(); app.focus_page(); }>
            {words::app::skip()}
        </a>
        <header>
            <div class="top">
                <a class="wordmark" href=Route::Today.href()>
                    {words::app::name()}
                </a>
                <a class="top-us" href=Route::Us.href() aria-current=at_us>
                    <Icon of=Sign::Us />
                    <span>{words::app::us()}</span>
                </a>
            </div>
            <Whose />
        </header>
        <main class="page" id="page" tabindex="-1">
            <UpdateLine />
            {warning}
            {children()}
        </main>
        <NoticeLine />
        <nav class="bar" aria-label=words::app::rooms()>
            {Room::ALL.into_iter().map(|room| view! { <BarLink room=room /> }).collect_view()}
        </nav>
    }
}

/// Whose log is open, where there are several, and who is speaking, where both write on this phone.
#[component]
fn Whose() -> impl IntoView {
    let app = App::get();
    let log = live(move || {
        let open = app.pairs.get().into_iter().find(|pair| app.shows(pair))?;
        Some(view! { <a href=Route::Us.href()>{pair_names(&open)}</a> })
    });
    let speaker = live(move || {
        let button = |member| {
            let is_speaking = move || if app.speaker.get() == Some(member) { "true" } else { "false" };
            view! {
                <button
                    type="button"
                    class="button-quiet"
                    aria-pressed=said(is_speaking)
                    on:click=move |_| app.speak_as(member)
                >
                    {said(move || person(&app, member))}
                </button>
            }
        };
        app.is_for_two().then(|| {
            view! {
                <div class="speaks" role="group" aria-label=words::us::who_speaks()>
                    <span>{words::us::who_speaks()}</span>
                    {Member::ALL.map(button).collect_view()}
                </div>
            }
        })
    });
    view! { <div class="whose">{log} {speaker}</div> }
}

/// Says of a link that it leads to where one is.
fn current(is_here: impl Fn() -> bool + Send + 'static) -> Box<dyn FnMut() -> Option<&'static str> + Send> {
    Box::new(move || is_here().then_some("page"))
}

#[component]
fn BarLink(room: Room) -> impl IntoView {
    let app = App::get();
    let current = current(move || app.route.with(Route::room) == Some(room));
    let (sign, word) = match room {
        Room::Today => (Sign::Today, words::room::today()),
        Room::Guide => (Sign::Guide, words::room::guide()),
        Room::Ideas => (Sign::Ideas, words::room::ideas()),
        Room::Log => (Sign::Log, words::room::log()),
        Room::Swap => (Sign::Swap, words::room::swap()),
    };
    view! {
        <a class="bar-link" href=room.route().href() aria-current=current>
            <Icon of=sign />
            <span>{word}</span>
        </a>
    }
}
