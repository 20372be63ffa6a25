//! The line at the foot of the screen: said aloud by screen readers, with undo where there is something to undo.

use super::live::live;
use super::problem::problem;
use crate::state::App;
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The place where notices appear. Always there, so that screen readers hear what comes into it.
#[component]
pub fn NoticeLine() -> impl IntoView {
    let app = App::get();
    let undo = move |entry| {
        spawn_local(async move {
            let done = app.undo_erase(entry).await;
            app.say(done.map_or_else(problem, |()| words::app::undone().to_owned()));
        });
    };
    view! {
        <div class="notice-place" role="status">
            {live(move || {
                app.notice
                    .get()
                    .map(|notice| {
                        view! {
                            <div class="notice">
                                <p>{notice.text}</p>
                                {notice
                                    .undo
                                    .map(|entry| {
                                        view! {
                                            <button type="button" class="button-quiet" on:click=move |_| undo(entry)>
                                                {words::app::undo()}
                                            </button>
                                        }
                                    })}
                            </div>
                        }
                    })
            })}
        </div>
    }
}
