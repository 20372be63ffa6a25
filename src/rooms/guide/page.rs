//! One chapter, or one answer: its text, what to try, and where to go from it.

use crate::parts::heading::Heading;
use crate::parts::labels;
use crate::parts::library_gate::with_library;
use crate::parts::link_card::LinkCard;
use crate::parts::live::live;
use crate::parts::prose::{Marking, Prose};
use crate::rooms::later;
use crate::state::reading::Reading;
use crate::state::route::Route;
use crate::state::{App, Library};
use crate::words::guide as text;
use bothways::language::ENGLISH;
use bothways::library::{ContentId, Evidence, Practice, Stage, StageNote, Theme};
use bothways::log::kinds::Kind;
use leptos::prelude::*;

/// A chapter of the guide.
#[component]
pub fn ChapterPage(
    /// The chapter.
    id: ContentId,
) -> impl IntoView {
    let app = App::get();
    let marking = Marking::default();
    with_library(move |library| {
        let Some(chapter) = library.pack.chapter(id.as_str()).cloned() else { return gone().into_any() };
        let (stages, ideas, questions) = (chapter.stages, chapter.ideas, chapter.questions);
        view! {
            <p class="card-above">{text::chapter_of(chapter.theme.number())}</p>
            <Heading text=chapter.title />
            <p class="lead">{chapter.summary}</p>
            {later::part({
                let id = id.clone();
                move || later::doors::beside(id.clone(), marking)
            })}
            <Prose blocks=chapter.body marked=(chapter.id, marking) />
            <h2 class="section-title">{text::practices()}</h2>
            <ul class="cards">
                {chapter.practices.into_iter().map(|practice| view! { <PracticeCard practice=practice /> }).collect_view()}
            </ul>
            <h2 class="section-title">{text::keep()}</h2>
            <ul class="cards">
                {kinds_of(chapter.theme).map(|kind| {
                    let about = library.pack.kind(kind.id()).map(|words| words.about.clone());
                    view! {
                        <LinkCard to=Route::New(kind) title=labels::entry_kind(kind)>
                            <p>{about}</p>
                        </LinkCard>
                    }
                }).collect_view()}
            </ul>
            <h2 class="section-title">{text::stages()}</h2>
            {live(move || {
                let his = || app.home.with(|home| home.as_ref().and_then(|home| home.stage));
                let now = app.reading.get().stage.or_else(his);
                stages.iter().map(|note| view! { <StageCard note=note.clone() of_now=now /> }).collect_view()
            })}
            {live({
                let library = library.clone();
                move || leads(&library, &ideas, &questions, app.reading.get())
            })}
            <h2 class="section-title">{text::evidence()}</h2>
            <ul class="cards">
                {chapter.evidence.into_iter().map(|said| view! { <EvidenceCard said=said /> }).collect_view()}
            </ul>
        }
        .into_any()
    })
}

/// The kinds of entry that belong to a theme.
fn kinds_of(theme: Theme) -> impl Iterator<Item = Kind> {
    let is_offered = |kind: &Kind| !matches!(kind, Kind::Answer | Kind::Reply);
    Kind::ALL.into_iter().filter(is_offered).filter(move |kind| kind.shape().theme == Some(theme))
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
            // Answers are in English in every language so far, and are to be read out so.
            <div lang=ENGLISH.id>
                <Heading text=answer.title />
                <p class="lead">{answer.summary}</p>
                <Prose blocks=answer.body />
            </div>
            {leads(&library, &answer.ideas, &answer.questions, Reading::default())}
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

/// What the theme looks like at one stage; the one he is at stands open.
#[component]
fn StageCard(note: StageNote, of_now: Option<Stage>) -> impl IntoView {
    let part = |name: &str, words: String| view! { <p><strong>{name.to_owned()}</strong> " " {words}</p> };
    view! {
        <details class="fold" open=of_now == Some(note.stage)>
            <summary>{labels::stage(note.stage)}</summary>
            <p>{note.changes}</p>
            {part(text::to_try(), note.to_try)}
            {part(text::to_avoid(), note.to_avoid)}
        </details>
    }
}

/// Something the chapter says, and how sure one can be of it.
#[component]
fn EvidenceCard(said: Evidence) -> impl IntoView {
    view! {
        <li class="card">
            <p class="card-above">{labels::grade(said.grade)}</p>
            <p>{said.claim}</p>
            <p class="facts">{said.source} " " {said.limits}</p>
        </li>
    }
}

/// Those that suit how one reads; all of them where none does.
fn suiting<T>(mut things: Vec<T>, suits: impl Fn(&T) -> bool) -> Vec<T> {
    if things.iter().any(&suits) {
        things.retain(suits);
    }
    things
}

/// The ideas and questions a page leads to.
fn leads(
    library: &Library,
    ideas: &[ContentId],
    questions: &[ContentId],
    reading: Reading,
) -> impl IntoView + use<> {
    let ideas: Vec<_> = ideas.iter().filter_map(|id| library.pack.idea(id.as_str())).collect();
    let ideas: Vec<_> = suiting(ideas, |idea| reading.suits_idea(idea))
        .into_iter()
        .map(|idea| {
            let first = idea.steps.first().cloned();
            view! {
                <LinkCard to=Route::Idea(idea.id.clone()) title=idea.title.clone()>
                    <p>{first}</p>
                </LinkCard>
            }
        })
        .collect();
    let questions: Vec<_> = questions.iter().filter_map(|id| library.pack.question(id.as_str())).collect();
    let questions: Vec<_> = suiting(questions, |question| reading.suits_question(question))
        .into_iter()
        .map(|question| {
            let above = question.who.map(labels::answered_by).unwrap_or_default();
            view! { <LinkCard to=Route::Write(Some(question.id.clone())) title=question.text.clone() above=above /> }
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
