//! The heading of a page. It takes the focus after a move, so that a screen reader says where one is.

use crate::state::App;
use crate::words;
use leptos::prelude::*;

/// A page's one `h1`, which also names the browser's tab.
#[component]
pub fn Heading(
    /// The heading.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    App::get().arrived(&format!("{text} - {}", words::app::name()));
    view! { <h1 tabindex="-1" class="heading">{text}</h1> }
}
