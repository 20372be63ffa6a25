//! Ideas: something to do, with what there is. Facets never end in an empty page.

mod filters;
mod page;

pub use page::IdeaPage;

use crate::parts::heading::Heading;
use crate::parts::icon::{Icon, Sign};
use crate::parts::labels;
use crate::parts::library_gate::with_library;
use crate::parts::link_card::LinkCard;
use crate::parts::live::{live, said, shown_when};
use crate::parts::search_box::SearchBox;
use crate::state::route::Route;
use crate::state::{App, Library};
use crate::words;
use crate::words::ideas as text;
use bothways::library::{ContentId, Idea, IdeaFilter, matches_words, matching, surprise};
use bothways::sorted::SortedSet;
use filters::{Filters, in_force};
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
    let filter = RwSignal::new(IdeaFilter {
        stage: app.home.with_untracked(|home| home.as_ref().and_then(|home| home.stage)),
        ..IdeaFilter::default()
    });
    let only_favourites = RwSignal::new(false);
    let shown = RwSignal::new(PAGE);
    let found = {
        let library = library.clone();
        Memo::new(move |_| {
            let favourites = app.favourites();
            let fits = |idea: &&Idea| {
                (!only_favourites.get() || favourites.contains(&idea.id))
                    && query.with(|query| matches_words(&texts_of(idea), query))
            };
            let ids: Vec<ContentId> = filter.with(|filter| {
                matching(&library.pack.ideas, filter)
                    .into_iter()
                    .filter(fits)
                    .map(|idea| idea.id.clone())
                    .collect()
            });
            ids
        })
    };
    let surprise_us = {
        let library = library.clone();
        move |_| {
            let ideas: Vec<&Idea> =
                found.with(|ids| ids.iter().filter_map(|id| library.pack.idea(id.as_str())).collect());
            if let Some(idea) = surprise(&ideas, &app.done(), crate::state::calendar::seed()) {
                Route::Idea(idea.id.clone()).go();
            }
        }
    };
    let cards = live(move || {
        let (done, favourites) = (app.done(), app.favourites());
        found.with(|ids| {
            ids.iter()
                .take(shown.get())
                .filter_map(|id| library.pack.idea(id.as_str()))
                .map(|idea| idea_card(idea, &done, &favourites))
                .collect_view()
        })
    });
    view! {
        <SearchBox label=text::search() query=query />
        <Filters filter=filter />
        <div class="row">
            <button type="button" class="button" on:click=surprise_us>
                <Icon of=Sign::Surprise />
                {text::surprise()}
            </button>
            <label class="chip">
                <input type="checkbox" bind:checked=only_favourites />
                <span>{text::only_favourites()}</span>
            </label>
        </div>
        <p class="quiet-line" role="status">{said(move || text::found(found.with(Vec::len)))}</p>
        <h2 class="hidden">{text::list()}</h2>
        <ul class="cards cards-grid">{cards}</ul>
        {shown_when(move || found.with(Vec::is_empty), move || view! {
            <NothingFits filter=filter query=query only_favourites=only_favourites />
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

fn idea_card(
    idea: &Idea,
    done: &SortedSet<ContentId>,
    favourites: &SortedSet<ContentId>,
) -> impl IntoView + use<> {
    let facts =
        [labels::minutes(idea.minutes), labels::place(idea.place), labels::cost(idea.cost)].join(" · ");
    let above = labels::kind(idea.kind);
    let marks =
        [favourites.contains(&idea.id).then(text::favourite), done.contains(&idea.id).then(text::done)];
    let marks: Vec<&str> = marks.into_iter().flatten().collect();
    view! {
        <LinkCard to=Route::Idea(idea.id.clone()) title=idea.title.clone() above=above>
            <p class="facts">{facts}</p>
            {(!marks.is_empty()).then(|| view! { <p class="facts">{marks.join(" · ")}</p> })}
        </LinkCard>
    }
}

/// Where nothing fits: the conditions in force, each to be taken away by a tap.
#[component]
fn NothingFits(
    filter: RwSignal<IdeaFilter>,
    query: RwSignal<String>,
    only_favourites: RwSignal<bool>,
) -> impl IntoView {
    let app = App::get();
    let none_yet = move || only_favourites.get() && app.favourites().is_empty();
    let conditions = live(move || {
        filter
            .with(in_force)
            .into_iter()
            .map(|(which, word)| {
                view! {
                    <button type="button" class="button-quiet" on:click=move |_| filter.update(|filter| which.choose(filter, None))>
                        {word}
                    </button>
                }
            })
            .collect_view()
    });
    view! {
        <div class="message">
            <p>{said(move || if none_yet() { text::none_favourites() } else { text::none() })}</p>
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
                {shown_when(move || only_favourites.get(), move || view! {
                    <button type="button" class="button-quiet" on:click=move |_| only_favourites.set(false)>
                        {text::only_favourites()}
                    </button>
                })}
            </div>
        </div>
    }
}
