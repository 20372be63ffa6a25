//! How it stands with an entry that keeps a promise: sealed, agreed, settled; and the one act that moves it on.

use super::problem::problem;
use crate::state::calendar::day;
use crate::state::route::Route;
use crate::state::{App, person};
use crate::words;
use crate::words::log as text;
use bothways::ids::EntryId;
use bothways::log::Member;
use bothways::log::kinds::{Kind, MarkSort, Thing};
use bothways::log::seal::{Seal, Until};
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// An envelope: whose it is, what it waits for, and what opens it.
pub fn sealed(app: &App, id: EntryId, seal: Seal, by: Member, with_actions: bool) -> AnyView {
    let (writer, reader) = (person(app, by), person(app, by.other()));
    let note = match (&seal.until, seal.own) {
        (Until::Answered(_), true) => text::sealed_own(reader),
        (Until::Answered(_), false) => text::sealed_shut(writer),
        (Until::Day(at), true) => text::letter_own(day(*at), reader),
        (Until::Day(at), false) => text::letter_shut(day(*at), writer),
        (Until::Event(event), true) => text::letter_own_event(event, reader),
        (Until::Event(event), false) => text::letter_shut_event(event, writer),
    };
    let opens = (!seal.own).then(|| match seal.until {
        Until::Answered(question) => {
            let asked = app.title_and_route(&question).map(|(title, _)| title);
            view! {
                {asked.map(|asked| view! { <p class="question">{asked}</p> })}
                <p><a class="button-quiet" href=Route::Write(Some(question)).href()>{words::today::answer()}</a></p>
            }
            .into_any()
        }
        Until::Event(_) if with_actions => act(*app, text::letter_open(), MarkSort::Opened, id.into()),
        _ => ().into_any(),
    });
    view! { <p class="entry-note entry-seal" dir="auto">{note}</p> {opens} }.into_any()
}

/// Whether both have agreed, whether it has mended; or the button that says so.
pub fn standing(app: &App, entry: &EntryView, with_actions: bool) -> AnyView {
    let kind = entry.telling().map(|telling| telling.kind);
    match kind {
        Some(Kind::Agreement) => agreement(app, entry, with_actions),
        Some(Kind::Repair) => {
            settled(app, entry, with_actions, text::settled_repair(), text::settle_repair())
        }
        Some(Kind::TeachMe) => settled(app, entry, with_actions, text::settled_teach(), text::settle_teach()),
        _ => ().into_any(),
    }
}

fn agreement(app: &App, entry: &EntryView, with_actions: bool) -> AnyView {
    let accepted = |member, revision: bothways::ids::RevisionId| {
        app.facts.with(|facts| facts.is_marked(member, MarkSort::Accepts, &revision.into()))
    };
    let [version] = entry.versions.as_slice() else { return ().into_any() };
    let other = version.member.other();
    let revision = Thing::from(version.revision);
    let stands = if entry.is_agreed(accepted) {
        view! { <p class="entry-note entry-agreed">{text::agreed()}</p> }.into_any()
    } else if with_actions && app.member() == Some(other) {
        let asked = text::accept_asked(person(app, version.member));
        let accept = act(*app, text::accept(), MarkSort::Accepts, revision.clone());
        view! { <p class="entry-note">{asked}</p> {accept} }.into_any()
    } else {
        view! { <p class="entry-note">{text::accepted_waits(person(app, other))}</p> }.into_any()
    };
    let due = (with_actions && app.is_review_due(version)).then(|| {
        let stays = act(*app, text::review_stays(), MarkSort::Settled, revision);
        view! { <p class="entry-note">{text::review_due()}</p> {stays} }
    });
    view! { {stands} {due} }.into_any()
}

fn settled(app: &App, entry: &EntryView, with_actions: bool, is: &'static str, say: &'static str) -> AnyView {
    let thing = Thing::from(entry.id);
    let by_either = |facts: &crate::state::facts::Facts| {
        Member::ALL.into_iter().any(|member| facts.is_marked(member, MarkSort::Settled, &thing))
    };
    if app.facts.with(by_either) {
        return view! { <p class="entry-note entry-agreed">{is}</p> }.into_any();
    }
    if with_actions { act(*app, say, MarkSort::Settled, thing) } else { ().into_any() }
}

/// A button that sets a mark.
fn act(app: App, says: &'static str, mark: MarkSort, thing: Thing) -> AnyView {
    let set = move |_| {
        let thing = thing.clone();
        spawn_local(async move {
            if let Err(found) = app.mark(mark, &thing, true).await {
                app.say(problem(found));
            }
        });
    };
    view! { <p><button type="button" class="button" on:click=set>{says}</button></p> }.into_any()
}
