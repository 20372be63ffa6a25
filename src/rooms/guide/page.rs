//! One chapter, or one answer: its text, what to try, and where to go from it.

use crate::parts::heading::Heading;
use crate::parts::library_gate::with_library;
use crate::parts::link_card::LinkCard;
use crate::parts::prose::Prose;
use crate::state::Library;
use crate::state::route::Route;
use crate::words::guide as text;
use bothways::library::{ContentId, Practice};
use leptos::prelude::*;

/// A chapter of the guide.
#[component]
pub fn ChapterPage(
    /// The chapter.
    id: ContentId,
) -> impl IntoView {
    with_library(move |library| {
        let Some(chapter) = library.pack.chapter(id.as_str()).cloned() else { return gone().into_any() };
        view! {
            <p class="card-above">{text::chapter_of(chapter.theme.number())}</p>
            <Heading text=chapter.title />
            <p class="lead">{chapter.summary}</p>
            <Prose blocks=chapter.body />
            <h2 class="section-title">{text::practices()}</h2>
            <ul class="cards">
                {chapter.practices.into_iter().map(|practice| view! { <PracticeCard practice=practice /> }).collect_view()}
            </ul>
            {leads(&library, &chapter.ideas, &chapter.questions)}
        }
        .into_any()
    })
}

/// The answer to a question people ask.
#[component]
pub fn AnswerPage(
    /// The answer.
    id: ContentId,
) -> impl IntoView {
    with_library(move |library| {
        let Some(answer) = library.pack.answer(id.as_str()).cloned() else { return gone().into_any() };
        view! {
            <Heading text=answer.title />
            <p class="lead">{answer.summary}</p>
            <Prose blocks=answer.body />
            {leads(&library, &answer.ideas, &answer.questions)}
        }
        .into_any()
    })
}

#[component]
fn PracticeCard(practice: Practice) -> impl IntoView {
    view! {
        <li class="card card-try">
            <p class="card-above">{text::minutes(practice.minutes.into())}</p>
            <h3 class="card-title">{practice.title}</h3>
            <ol class="steps">{practice.steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
            <a class="button" href=Route::Write(Some(practice.id)).href()>{text::write_about()}</a>
        </li>
    }
}

/// The ideas and questions a page leads to.
fn leads(library: &Library, ideas: &[ContentId], questions: &[ContentId]) -> impl IntoView {
    let ideas: Vec<_> = ideas
        .iter()
        .filter_map(|id| library.pack.idea(id.as_str()))
        .map(|idea| {
            let first = idea.steps.first().cloned();
            view! {
                <LinkCard to=Route::Idea(idea.id.clone()) title=idea.title.clone()>
                    <p>{first}</p>
                </LinkCard>
            }
        })
        .collect();
    let questions: Vec<_> = questions
        .iter()
        .filter_map(|id| library.pack.question(id.as_str()))
        .map(|question| {
            view! { <LinkCard to=Route::Write(Some(question.id.clone())) title=question.text.clone() /> }
        })
        .collect();
    view! {
        {(!ideas.is_empty()).then(|| view! { <h2 class="section-title">{text::ideas()}</h2> <ul class="cards">{ideas}</ul> })}
        {(!questions.is_empty())
            .then(|| view! { <h2 class="section-title">{text::questions()}</h2> <ul class="cards">{questions}</ul> })}
    }
}

fn gone() -> impl IntoView {
    view! {
        <Heading text=text::title() />
        <p class="message">{text::gone()}</p>
        <p><a class="button" href=Route::Guide.href()>{text::title()}</a></p>
    }
}
