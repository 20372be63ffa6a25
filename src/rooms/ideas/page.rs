//! One idea: what to do, what to talk about, and "we did it".

use crate::parts::heading::Heading;
use crate::parts::icon::{Icon, Sign};
use crate::parts::labels;
use crate::parts::library_gate::with_library;
use crate::parts::live::{said, shown_when, whether};
use crate::parts::problem::problem;
use crate::rooms::later;
use crate::state::App;
use crate::state::route::Route;
use crate::words::ideas as text;
use bothways::library::{ContentId, Idea, Leads, Weather};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// An idea.
#[component]
pub fn IdeaPage(
    /// The idea.
    id: ContentId,
) -> impl IntoView {
    with_library(move |library| match (library.pack.idea(id.as_str()).cloned(), id.as_str().parse()) {
        (Some(idea), _) => view! { <Details idea=idea /> }.into_any(),
        // What is named as an entry is one of their own.
        (None, Ok(entry)) => later::room(move || later::doors::own_idea(entry)).into_any(),
        (None, Err(_)) => gone().into_any(),
    })
}

/// Where there is no such idea.
pub fn gone() -> impl IntoView {
    view! {
        <Heading text=text::title() />
        <p class="message">{text::gone()}</p>
        <p><a class="button" href=Route::Ideas.href()>{text::title()}</a></p>
    }
}

#[component]
fn Details(idea: Idea) -> impl IntoView {
    let app = App::get();
    let id = StoredValue::new(idea.id.clone());
    let done = move || id.with_value(|id| app.done().contains(id));
    let facts = facts_of(&idea);
    let changes: Vec<_> = idea
        .changes
        .iter()
        .map(|(stage, change)| view! { <dt>{labels::stage(*stage)}</dt> <dd>{change.clone()}</dd> })
        .collect();
    let (title, first) = (idea.title.clone(), idea.steps.first().cloned().unwrap_or_default());
    view! {
        <p class="card-above">{labels::kind(idea.kind)}</p>
        <Heading text=idea.title />
        <p class="facts">{facts}</p>
        {shown_when(done, move || view! {
            <p class="facts">{text::done()}</p>
        })}
        {(!idea.needs.is_empty())
            .then(|| view! { <p class="needs"><strong>{text::needs()}": "</strong>{idea.needs.join(", ")}</p> })}
        <h2 class="section-title">{text::steps()}</h2>
        <ol class="steps">{idea.steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
        {(!changes.is_empty())
            .then(|| view! { <h2 class="section-title">{text::changes()}</h2> <dl class="changes">{changes}</dl> })}
        <h2 class="section-title">{text::talk()}</h2>
        <p class="question">{idea.talk}</p>
        <div class="foot-acts">
            <a class="button button-main" href=Route::Write(Some(idea.id)).href()>{text::did_it()}</a>
            <Favourite id=id />
        </div>
        <Plan title=title first=first />
    }
}

/// A day for it, as an event for the calendar the phone has.
#[component]
pub fn Plan(title: String, first: String) -> impl IntoView {
    let app = App::get();
    let day = RwSignal::new(String::new());
    let save = move |_| {
        let (title, first) = (title.clone(), first.clone());
        spawn_local(async move {
            match app.save_plan(&day.get_untracked(), &title, &first).await {
                Ok(_) => {}
                Err(found) => app.say(problem(found)),
            }
        });
    };
    view! {
        <details class="fold">
            <summary>{text::plan()}</summary>
            <label class="label" for="plan-day">{text::plan_day()}</label>
            <input id="plan-day" type="date" class="field" bind:value=day />
            <button type="button" class="button" disabled=whether(move || day.with(String::is_empty)) on:click=save>
                {text::plan_save()}
            </button>
        </details>
    }
}

fn facts_of(idea: &Idea) -> String {
    let mut facts = vec![labels::minutes(idea.minutes), labels::place(idea.place), labels::cost(idea.cost)];
    if idea.weather != Weather::Any {
        facts.push(labels::weather(idea.weather));
    }
    match idea.leads {
        Leads::Him => facts.push(text::leads_him()),
        Leads::Her => facts.push(text::leads_her()),
        Leads::Either => {}
    }
    facts.extend(idea.themes.iter().map(|theme| labels::theme(*theme)));
    facts.join(" · ")
}

/// The star: a toggle.
#[component]
pub fn Favourite(id: StoredValue<ContentId>) -> impl IntoView {
    let app = App::get();
    let is_set = Memo::new(move |_| id.with_value(|id| app.favourites().contains(id)));
    let toggle = move |_| {
        if app.whose_phone().is_none() {
            app.say(text::who_first());
            return;
        }
        spawn_local(async move {
            let thing = id.get_value();
            if let Err(found) = app.mark_favourite(&thing, !is_set.get_untracked()).await {
                app.say(problem(found));
            }
        });
    };
    view! {
        <button type="button" class="button-quiet favourite" aria-pressed=said(move || if is_set.get() { "true" } else { "false" }) on:click=toggle>
            <Icon of=Sign::Star />
            {text::favourite()}
        </button>
    }
}
