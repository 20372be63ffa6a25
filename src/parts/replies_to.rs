//! What an entry replies to: whose it is, and its first words.

use super::live::live;
use crate::state::{App, person};
use crate::words::log as text;
use bothways::ids::EntryId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Characters of it that are shown.
const OPENING: usize = 80;

/// A line that says what is replied to; nothing where that has not arrived, or is gone.
#[component]
pub fn RepliesTo(
    /// The entry replied to.
    entry: EntryId,
) -> impl IntoView {
    let app = App::get();
    let found = RwSignal::new(None::<(String, String)>);
    spawn_local(async move {
        let Some(view) = app.view(entry).await else { return };
        let words = view.telling().map(|telling| opening(&telling.words)).unwrap_or_default();
        found.try_set(Some((person(&app, view.member), words)));
    });
    live(move || {
        let (name, words) = found.get()?;
        Some(view! { <p class="entry-note" dir="auto">{text::replies_to(name)} " " <q>{words}</q></p> })
    })
}

/// The first words, and that there are more.
fn opening(words: &str) -> String {
    let mut opening: String = words.chars().take(OPENING).collect();
    if opening.len() < words.len() {
        opening.push('…');
    }
    opening
}
