//! Text of the guide: headings, paragraphs and lists, drawn as text nodes, never as markup.

use bothways::library::{Block, Span};
use leptos::prelude::*;

/// The body of a chapter or an answer.
#[component]
pub fn Prose(
    /// What to draw.
    blocks: Vec<Block>,
) -> impl IntoView {
    view! { <div class="prose">{blocks.into_iter().map(block).collect_view()}</div> }
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
