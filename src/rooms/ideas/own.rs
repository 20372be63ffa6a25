//! An idea of their own: what to do, who thought of it, and "we did it".

use super::facts_of;
use super::page::{Favourite, Plan, gone};
use crate::parts::heading::Heading;
use crate::parts::labels;
use crate::parts::live::{live, shown_when};
use crate::parts::problem::problem;
use crate::state::own::Own;
use crate::state::route::Route;
use crate::state::{App, person};
use crate::words::ideas as text;
use crate::words::log;
use bothways::ids::EntryId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// An idea of their own. It follows its entry: either may change it meanwhile.
#[component]
pub fn OwnIdeaPage(
    /// The entry it stands in.
    entry: EntryId,
) -> impl IntoView {
    let app = App::get();
    let found =
        Memo::new(move |_| app.own.with(|own| own.ideas.iter().find(|own| own.entry == entry).cloned()));
    live(move || match found.get() {
        Some(own) => view! { <Details own=own /> }.into_any(),
        None => gone().into_any(),
    })
}

#[component]
fn Details(own: Own) -> impl IntoView {
    let app = App::get();
    let Own { entry, id, member, telling, .. } = own;
    let id = StoredValue::new(id);
    let done = move || id.with_value(|id| app.done().contains(id));
    let mut facts = vec![facts_of(telling.takes)];
    facts.extend(telling.theme.map(|theme| labels::theme(theme).to_owned()));
    facts.retain(|fact| !fact.is_empty());
    let steps: Vec<String> = telling
        .part("steps")
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let (title, first) = (telling.title(), steps.first().cloned().unwrap_or_default());
    let erase = move |_| {
        spawn_local(async move {
            match app.erase(entry, log::erased()).await {
                Ok(()) => Route::Ideas.go_instead(),
                Err(found) => app.say(problem(found)),
            }
        });
    };
    let may_erase = move || app.member() == Some(member);
    view! {
        <p class="card-above">{text::yours(person(&app, member))}</p>
        <Heading text=title.clone() />
        {(!facts.is_empty()).then(|| view! { <p class="facts">{facts.join(", ")}</p> })}
        {shown_when(done, move || view! { <p class="facts">{text::done()}</p> })}
        {(!steps.is_empty()).then(|| view! {
            <h2 class="section-title">{text::steps()}</h2>
            <ol class="steps">{steps.into_iter().map(|step| view! { <li dir="auto">{step}</li> }).collect_view()}</ol>
        })}
        <div class="foot-acts">
            <a class="button button-main" href=Route::Write(Some(id.get_value())).href()>{text::did_it()}</a>
            <Favourite id=id />
        </div>
        <Plan title=title first=first />
        <div class="row">
            <a class="button-quiet" href=Route::Edit(entry).href()>{log::edit()}</a>
            <a class="button-quiet" href=Route::Entry(entry).href()>{text::in_the_log()}</a>
            {shown_when(may_erase, move || view! {
                <button type="button" class="button-quiet" on:click=erase>{log::erase()}</button>
            })}
        </div>
    }
}
