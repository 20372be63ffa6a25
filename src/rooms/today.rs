//! Today: one small gesture, one question for both, something to read, what waits.

use crate::parts::entry_card::EntryCard;
use crate::parts::heading::Heading;
use crate::parts::icon::{Icon, Sign};
use crate::parts::library_gate::with_library;
use crate::parts::link_card::LinkCard;
use crate::parts::live::{live, said, shown_when, whenever};
use crate::state::calendar::{day, day_number};
use crate::state::route::Route;
use crate::state::{App, Library};
use crate::words::{backup, today as text};
use bothways::library::{Idea, Kind, Question, Stage, pick};
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The first room.
#[component]
pub fn Today() -> impl IntoView {
    view! {
        <Heading text=text::title() />
        <a class="write-bar" href=Route::Write(None).href()>
            <Icon of=Sign::Write />
            <span>
                <strong>{text::write()}</strong>
                <small>{text::write_hint()}</small>
            </span>
        </a>
        {with_library(|library| view! { <ForToday library=library /> })}
        <Latest />
        <Readiness />
    }
}

/// What the library offers today. The day chooses, and "another" moves on.
#[component]
fn ForToday(library: Arc<Library>) -> impl IntoView {
    let app = App::get();
    let turn = RwSignal::new((0_u64, 0_u64));
    let stage = move || app.home.with(|home| home.as_ref().and_then(|home| home.stage));
    let today = day_number();
    let (for_gesture, for_question, for_chapter) = (library.clone(), library.clone(), library);
    let gesture =
        live(move || gesture_of(&for_gesture, stage(), today + 1_000 * turn.get().0).map(gesture_card));
    let question = live(move || {
        question_of(&for_question, stage(), today / 7 + 1_000 * turn.get().1).map(question_card)
    });
    let chapter = pick(&for_chapter.pack.chapters, today).map(|chapter| {
        let (id, title, summary) = (chapter.id.clone(), chapter.title.clone(), chapter.summary.clone());
        view! {
            <LinkCard to=Route::Chapter(id) title=title above=text::read()>
                <p>{summary}</p>
            </LinkCard>
        }
    });
    let another = move |which: fn(&mut (u64, u64))| {
        view! {
            <button type="button" class="button-quiet" on:click=move |_| turn.update(which)>
                {text::another()}
            </button>
        }
    };
    view! {
        <section class="card" aria-labelledby="today-gesture">
            <h2 class="card-above" id="today-gesture">{text::gesture()}</h2>
            {gesture}
            {another(|turn| turn.0 += 1)}
        </section>
        <section class="card" aria-labelledby="today-question">
            <h2 class="card-above" id="today-question">{text::question()}</h2>
            {question}
            {another(|turn| turn.1 += 1)}
        </section>
        <ul class="cards">{chapter}</ul>
    }
}

fn gesture_of(library: &Library, stage: Option<Stage>, seed: u64) -> Option<Idea> {
    let fits =
        |idea: &&Idea| idea.kind == Kind::Gesture && stage.is_none_or(|stage| idea.stages.contains(&stage));
    let gestures: Vec<&Idea> = library.pack.ideas.iter().filter(fits).collect();
    pick(&gestures, seed).map(|idea| (*idea).clone())
}

fn question_of(library: &Library, stage: Option<Stage>, seed: u64) -> Option<Question> {
    // The same words for both: what only one of them could answer stays for the guide.
    let fits = |question: &&Question| {
        question.who.is_none() && stage.is_none_or(|stage| question.stages.contains(&stage))
    };
    let questions: Vec<&Question> = library.pack.questions.iter().filter(fits).collect();
    pick(&questions, seed).map(|question| (*question).clone())
}

fn gesture_card(idea: Idea) -> impl IntoView {
    let first = idea.steps.into_iter().next();
    view! {
        <h3 class="card-title">
            <a href=Route::Idea(idea.id.clone()).href()>{idea.title}</a>
        </h3>
        <p>{first}</p>
        <a class="button-quiet" href=Route::Write(Some(idea.id)).href()>{text::did_it()}</a>
    }
}

fn question_card(question: Question) -> impl IntoView {
    view! {
        <p class="question">{question.text}</p>
        <a class="button-quiet" href=Route::Write(Some(question.id)).href()>{text::answer()}</a>
    }
}

#[component]
fn Latest() -> impl IntoView {
    let app = App::get();
    let waiting = live(move || {
        let waiting = app.waiting();
        (waiting > 0).then(|| view! { <p><a href=Route::Swap.href()>{text::waiting(waiting)}</a></p> })
    });
    let due = live(move || app.is_backup_due().then(|| view! { <Due /> }));
    let newest = RwSignal::new(None::<EntryView>);
    whenever(move || {
        app.follow_log();
        spawn_local(async move {
            // Where it cannot be read, what was shown stays.
            if let Ok(page) = app.page(None, None, 1).await {
                newest.try_set(page.into_iter().next().map(|(_, entry)| entry));
            }
        });
    });
    let latest = live(move || match newest.get() {
        None if app.facts.with(|facts| facts.entries > 0) => ().into_any(),
        None => view! { <p class="message">{text::empty()}</p> }.into_any(),
        Some(entry) => view! {
            <p class="day">{day(entry.order)}</p>
            <EntryCard entry=entry />
        }
        .into_any(),
    });
    view! {
        <section aria-labelledby="today-latest">
            <h2 class="section-title" id="today-latest">{text::latest()}</h2>
            {latest}
            {waiting}
            {due}
        </section>
    }
}

/// That it is time for a backup: one quiet line, which can be put off.
#[component]
fn Due() -> impl IntoView {
    let app = App::get();
    let (has_one, is_put_off) = (app.last_backup().is_some(), RwSignal::new(false));
    let put_off = move |_| {
        app.put_backup_off();
        is_put_off.set(true);
    };
    view! {
        {shown_when(move || !is_put_off.get(), move || view! {
            <p class="row quiet-line">
                <span>{if has_one { backup::due() } else { backup::due_first() }}</span>
                <a href=Route::Swap.href()>{backup::due_link()}</a>
                <button type="button" class="button-quiet" on:click=put_off>{backup::put_off()}</button>
            </p>
        })}
    }
}

#[component]
fn Readiness() -> impl IntoView {
    let app = App::get();
    let line = said(move || if app.ready_for_outings.get() { text::ready() } else { text::getting_ready() });
    view! { <p class="quiet-line" role="status">{line}</p> }
}
