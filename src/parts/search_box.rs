//! A field to search in, and text with what was found marked.

use leptos::prelude::*;
use std::ops::Range;

/// A search field that changes a signal on every key.
#[component]
pub fn SearchBox(
    /// What it searches, for those who cannot see where it stands.
    #[prop(into)]
    label: String,
    /// What has been typed.
    query: RwSignal<String>,
) -> impl IntoView {
    view! {
        <input
            class="field search"
            type="search"
            placeholder=label.clone()
            aria-label=label
            autocomplete="off"
            enterkeyhint="search"
            bind:value=query
        />
    }
}

/// Text with ranges of its bytes marked. A range that does not fit the text marks nothing.
#[component]
pub fn Marked(
    /// The text.
    text: String,
    /// What to mark, in order.
    marks: Vec<Range<usize>>,
) -> impl IntoView {
    let mut parts = Vec::new();
    let mut at = 0;
    for mark in marks {
        if let (Some(before), Some(inside)) = (text.get(at..mark.start), text.get(mark.clone())) {
            parts.push((before.to_owned(), inside.to_owned()));
            at = mark.end;
        }
    }
    let rest = text.get(at..).unwrap_or_default().to_owned();
    view! {
        {parts.into_iter().map(|(before, inside)| view! { {before} <mark>{inside}</mark> }).collect_view()}
        {rest}
    }
}
