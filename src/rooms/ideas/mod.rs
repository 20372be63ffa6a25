//! Ideas: something to do, with what there is. Facets never end in an empty page.

mod filters;
mod own;
mod page;

pub use own::OwnIdeaPage;
pub use page::IdeaPage;

use crate::parts::heading::Heading;
use crate::parts::icon::{Icon, Sign};
use crate::parts::labels;
use crate::parts::library_gate::with_library;
use crate::parts::link_card::LinkCard;
use crate::parts::live::{live, said, shown_when};
use crate::parts::search_box::SearchBox;
use crate::state::own::Own;
use crate::state::route::Route;
use crate::state::{App, Library, person};
use crate::words;
use crate::words::ideas as text;
use bothways::library::{Among, ContentId, Idea, IdeaFilter, Known, matches_words, matching, surprise};
use bothways::log::kinds::{Kind, Takes};
use filters::{Asked, Filters, in_force};
use leptos::prelude::*;
use std::sync::Arc;

/// Ideas shown at first, and with each "more".
const PAGE: usize = 24;

/// All ideas, and how to find the right one.
#[component]
pub fn Ideas() -> impl IntoView {
    view! {
        <Heading text=text::title() />
        <p class="lead">{text::intro()}</p>
        {with_library(|library| view! { <Finder library=library /> })}
    }
}

#[component]
fn Finder(library: Arc<Library>) -> impl IntoView {
    let app = App::get();
    let query = RwSignal::new(String::new());
    let asked = RwSignal::new(Asked {
        filter: IdeaFilter {
            stage: app.home.with_untracked(|home| home.as_ref().and_then(|home| home.stage)),
            ..IdeaFilter::default()
        },
        among: None,
    });
    let shown = RwSignal::new(PAGE);
    // Their own first.
    let found = {
        let library = library.clone();
        Memo::new(move |_| {
            let (known, asked) = (app.known(), asked.get());
            let fits = |id: &ContentId, is_own: bool, texts: &dyn Fn() -> String| {
                asked.among.is_none_or(|among| among.holds(&known, id, is_own))
                    && query.with(|query| query.is_empty() || matches_words(&texts(), query))
            };
            let mut ids: Vec<ContentId> = app.own.with(|own| {
                own.ideas
                    .iter()
                    .filter(|own| own.telling.fits(&asked.filter))
                    .filter(|own| fits(&own.id, true, &|| own.texts()))
                    .map(|own| own.id.clone())
                    .collect()
            });
            let matching = matching(&library.pack.ideas, &asked.filter).into_iter();
            ids.extend(
                matching.filter(|idea| fits(&idea.id, false, &|| texts_of(idea))).map(|idea| idea.id.clone()),
            );
            ids
        })
    };
    let surprise_us = move |_| {
        found.with(|ids| {
            let ids: Vec<&ContentId> = ids.iter().collect();
            if let Some(id) = surprise(&ids, &app.known(), crate::state::calendar::seed()) {
                Route::Idea(id.clone()).go();
            }
        });
    };
    let cards = live(move || {
        let known = app.known();
        let card = |id: &ContentId| match library.pack.idea(id.as_str()) {
            Some(idea) => Some(idea_card(idea, &known).into_any()),
            None => app.own.with(|own| own.idea(id).map(|own| own_card(&app, own, &known).into_any())),
        };
        found.with(|ids| ids.iter().take(shown.get()).filter_map(card).collect_view())
    });
    view! {
        <SearchBox label=text::search() query=query />
        <Filters asked=asked />
        <div class="row">
            <button type="button" class="button" on:click=surprise_us>
                <Icon of=Sign::Surprise />
                {text::surprise()}
            </button>
            <a class="button-quiet" href=Route::New(Kind::OwnIdea).href()>{text::write_own()}</a>
        </div>
        <p class="quiet-line" role="status">{said(move || text::found(found.with(Vec::len)))}</p>
        <h2 class="hidden">{text::list()}</h2>
        <ul class="cards cards-grid">{cards}</ul>
        {shown_when(move || found.with(Vec::is_empty), move || view! {
            <NothingFits asked=asked query=query />
        })}
        {shown_when(move || found.with(Vec::len) > shown.get(), move || view! {
            <button type="button" class="button-quiet" on:click=move |_| shown.update(|n| *n += PAGE)>
                {words::app::more()}
            </button>
        })}
    }
}

fn texts_of(idea: &Idea) -> String {
    format!("{} {} {} {}", idea.title, idea.steps.join(" "), idea.talk, idea.needs.join(" "))
}

fn idea_card(idea: &Idea, known: &Known) -> impl IntoView + use<> {
    let facts =
        [labels::minutes(idea.minutes), labels::place(idea.place), labels::cost(idea.cost)].join(" · ");
    card(&idea.id, idea.title.clone(), labels::kind(idea.kind).to_owned(), facts, known)
}

fn own_card(app: &App, own: &Own, known: &Known) -> impl IntoView + use<> {
    let above = text::yours(person(app, own.member));
    card(&own.id, own.telling.title(), above, facts_of(own.telling.takes), known)
}

/// What an idea of their own takes, as far as was said.
fn facts_of(takes: Takes) -> String {
    let facts =
        [takes.minutes.map(labels::minutes), takes.place.map(labels::place), takes.cost.map(labels::cost)];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn card(id: &ContentId, title: String, above: String, facts: String, known: &Known) -> impl IntoView + use<> {
    let [yours, others] = known.favourites.each_ref().map(|marked| marked.contains(id));
    let favourite = match (yours, others) {
        (true, true) => Some(text::both_favourite()),
        (true, false) => Some(text::favourite()),
        _ => None,
    };
    let marks = [favourite, known.done.contains(id).then(text::done)];
    let marks: Vec<&str> = marks.into_iter().flatten().collect();
    view! {
        <LinkCard to=Route::Idea(id.clone()) title=title above=above>
            {(!facts.is_empty()).then(|| view! { <p class="facts">{facts}</p> })}
            {(!marks.is_empty()).then(|| view! { <p class="facts">{marks.join(" · ")}</p> })}
        </LinkCard>
    }
}

/// Where nothing fits: the conditions in force, each to be taken away by a tap.
#[component]
fn NothingFits(asked: RwSignal<Asked>, query: RwSignal<String>) -> impl IntoView {
    let app = App::get();
    let of_whose = move || asked.with(|asked| asked.among);
    let none_yet = move || match of_whose() {
        Some(Among::Yours) if app.favourites().is_empty() => text::none_favourites(),
        Some(Among::Own) if app.own.with(|own| own.ideas.is_empty()) => text::none_own(),
        _ => text::none(),
    };
    let conditions = live(move || {
        asked
            .with(in_force)
            .into_iter()
            .map(|(which, word)| {
                view! {
                    <button type="button" class="button-quiet" on:click=move |_| asked.update(|asked| which.choose(asked, None))>
                        {word}
                    </button>
                }
            })
            .collect_view()
    });
    view! {
        <div class="message">
            <p>{said(none_yet)}</p>
            <div class="row">
                {conditions}
                {live(move || {
                    query
                        .with(|typed| (!typed.is_empty()).then(|| format!("\"{typed}\"")))
                        .map(|word| {
                            view! {
                                <button type="button" class="button-quiet" on:click=move |_| query.set(String::new())>
                                    {word}
                                </button>
                            }
                        })
                })}
            </div>
        </div>
    }
}
