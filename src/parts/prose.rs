//! Text of the guide: headings, paragraphs and lists, drawn as text nodes, never as markup.

use super::live::{said, shown_when};
use crate::state::route::Route;
use crate::words::notes;
use bothways::library::{Block, ContentId, Span};
use leptos::prelude::*;

/// What of a text one has marked, and whether one is marking now.
#[derive(Clone, Copy, Default)]
pub struct Marking {
    /// Whether each paragraph can be marked.
    pub on: RwSignal<bool>,
    /// What is marked: see [`Block::passage`].
    pub passages: RwSignal<Vec<String>>,
}

/// The body of a chapter or an answer.
#[component]
pub fn Prose(
    /// What to draw.
    blocks: Vec<Block>,
    /// The chapter it is, where it can be marked.
    #[prop(optional)]
    marked: Option<(ContentId, Marking)>,
) -> impl IntoView {
    let drawn = blocks.into_iter().enumerate().map(|(at, one)| match &marked {
        Some((chapter, marking)) if !matches!(one, Block::Heading(_)) => {
            markable(one, Route::Note(chapter.clone(), at), *marking)
        }
        _ => block(one),
    });
    view! { <div class="prose">{drawn.collect_view()}</div> }
}

/// A paragraph that shows whether it is marked, with the way to mark it.
fn markable(one: Block, to: Route, marking: Marking) -> AnyView {
    let passage = one.passage();
    let is_marked = move || marking.passages.with(|passages| passages.contains(&passage));
    view! {
        <div class=said(move || if is_marked() { "passage passage-marked" } else { "passage" })>
            {block(one)}
            {shown_when(move || marking.on.get(), move || view! {
                <a class="button-quiet" href=to.href()>{notes::mark_this()}</a>
            })}
        </div>
    }
    .into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Heading(text) => view! { <h2>{text}</h2> }.into_any(),
        Block::Paragraph(spans) => view! { <p>{run(spans)}</p> }.into_any(),
        Block::List(items) => {
            view! { <ul>{items.into_iter().map(|item| view! { <li>{run(item)}</li> }).collect_view()}</ul> }
                .into_any()
        }
    }
}

fn run(spans: Vec<Span>) -> impl IntoView {
    spans
        .into_iter()
        .map(|span| match span {
            Span::Text(text) => text.into_any(),
            Span::Emphasis(text) => view! { <em>{text}</em> }.into_any(),
        })
        .collect_view()
}
