//! The guide: nine chapters and the questions people ask; read and search.

mod notes;
mod page;

pub use notes::Beside;
pub use page::{AnswerPage, ChapterPage};

use crate::parts::heading::Heading;
use crate::parts::library_gate::with_library;
use crate::parts::link_card::LinkCard;
use crate::parts::live::{live, said};
use crate::parts::search_box::{Marked, SearchBox};
use crate::state::own::Own;
use crate::state::route::Route;
use crate::state::{App, Library, person};
use crate::words;
use crate::words::guide as text;
use bothways::language::ENGLISH;
use bothways::library::{Found, Hit};
use leptos::prelude::*;
use std::sync::Arc;

/// How many hits are shown. Who wants more types one more letter.
const HITS: usize = 30;

/// The guide's first page.
#[component]
pub fn Guide() -> impl IntoView {
    let app = App::get();
    let query = RwSignal::new(String::new());
    view! {
        <Heading text=text::title() />
        <p class="lead">{text::intro()}</p>
        <SearchBox label=text::search() query=query />
        {with_library(move |library| {
            let searched = library.clone();
            let hits = Memo::new(move |_| {
                let is_asked = query.with(|query| !query.trim().is_empty());
                is_asked.then(|| Arc::new(query.with(|query| searched.search(query, HITS))))
            });
            // Their own stand first: they are few.
            let own = Memo::new(move |_| query.with(|query| app.own.with(|own| own.found(query))));
            let is_searching = Memo::new(move |_| hits.with(Option::is_some));
            let outcome = said(move || match hits.get().map(|hits| hits.len() + own.with(Vec::len)) {
                None => String::new(),
                Some(0) => words::app::search_none(query.get()),
                Some(found) => text::found(found),
            });
            view! {
                // Always there: what comes into the page together with its words is not said.
                <p class="quiet-line" role="status">{outcome}</p>
                {live(move || {
                    if is_searching.get() {
                        view! { <Results hits=hits own=own /> }.into_any()
                    } else {
                        view! { <Contents library=library.clone() /> }.into_any()
                    }
                })}
            }
        })}
    }
}

#[component]
fn Contents(library: Arc<Library>) -> impl IntoView {
    let chapters = library.pack.chapters.iter().map(|chapter| {
        let (id, title, summary) = (chapter.id.clone(), chapter.title.clone(), chapter.summary.clone());
        view! {
            <LinkCard to=Route::Chapter(id) title=title above=text::chapter_of(chapter.theme.number())>
                <p>{summary}</p>
            </LinkCard>
        }
    });
    let answers = library.pack.answers.iter().map(|answer| {
        let (id, title, summary) = (answer.id.clone(), answer.title.clone(), answer.summary.clone());
        view! {
            <LinkCard to=Route::Answer(id) title=title>
                <p>{summary}</p>
            </LinkCard>
        }
    });
    view! {
        <h2 class="section-title">{text::chapters()}</h2>
        <ul class="cards">{chapters.collect_view()}</ul>
        <h2 class="section-title">{text::answers()}</h2>
        // Answers are in English in every language so far, and are to be read out so.
        <ul class="cards cards-grid" lang=ENGLISH.id>{answers.collect_view()}</ul>
    }
}

#[component]
fn Results(hits: Memo<Option<Arc<Vec<Hit>>>>, own: Memo<Vec<(Own, bool)>>) -> impl IntoView {
    let app = App::get();
    let cards = move || hits.get().unwrap_or_default().iter().cloned().map(hit_card).collect_view();
    view! {
        <h2 class="hidden">{text::list()}</h2>
        <ul class="cards">
            {live(move || own.get().into_iter().map(|(own, is_question)| own_card(&app, own, is_question)).collect_view())}
            {live(cards)}
        </ul>
    }
}

fn own_card(app: &App, own: Own, is_question: bool) -> impl IntoView + use<> {
    let to = if is_question { Route::Write(Some(own.id)) } else { Route::Idea(own.id) };
    view! { <LinkCard to=to title=own.telling.title() above=words::ideas::yours(person(app, own.member)) /> }
}

fn hit_card(hit: Hit) -> impl IntoView {
    let (to, sort) = match hit.found {
        Found::Chapter(id) => (Route::Chapter(id), text::kind_chapter()),
        Found::Practice { chapter, .. } => (Route::Chapter(chapter), text::kind_practice()),
        Found::Answer(id) => (Route::Answer(id), text::kind_answer()),
        Found::Idea(id) => (Route::Idea(id), text::kind_idea()),
        Found::Question(id) => (Route::Write(Some(id)), text::kind_question()),
    };
    view! {
        <li class="card card-link">
            <p class="card-above">{sort}</p>
            <h3 class="card-title">
                <a href=to.href()><Marked text=hit.title marks=hit.title_marks /></a>
            </h3>
            <p><Marked text=hit.excerpt marks=hit.marks /></p>
        </li>
    }
}
