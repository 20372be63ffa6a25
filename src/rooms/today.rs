//! Today: one small gesture, one question for both, something to read, what waits.

use crate::parts::entry_card::{EntryCard, Under};
use crate::parts::heading::Heading;
use crate::parts::icon::{Icon, Sign};
use crate::parts::labels;
use crate::parts::library_gate::with_library;
use crate::parts::link_card::LinkCard;
use crate::parts::live::{live, said, shown_when, whenever};
use crate::parts::problem::problem;
use crate::state::calendar::{day, day_number};
use crate::state::own::Own;
use crate::state::route::Route;
use crate::state::{App, Library, person};
use crate::words::{backup, both, ideas, today as text, welcome as first_words};
use bothways::library::{
    Because, IdeaFilter, Kind, Minutes, Question, Stage, for_today, matching, pick, question_of_week, week_of,
};
use bothways::log::Member;
use bothways::log::kinds::{Kind as EntryKind, MarkSort};
use bothways::log::view::EntryView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The first room.
#[component]
pub fn Today() -> impl IntoView {
    view! {
        <Heading text=text::title() />
        {welcome()}
        <a class="write-bar" href=Route::Write(None).href()>
            <Icon of=Sign::Write />
            <span>
                <strong>{text::write()}</strong>
                <small>{text::write_hint()}</small>
            </span>
        </a>
        {by_face()}
        {quick()}
        <Waiting />
        {with_library(|library| view! { <ForToday library=library /> })}
        <OnThisDay />
        <Latest />
        <Readiness />
    }
}

/// What this is, until something has been written. It stands there before the program does (`index.html`), in the same
/// words and place, so it goes on being read.
fn welcome() -> impl IntoView {
    let app = App::get();
    shown_when(
        move || !app.has_begun(),
        || {
            view! {
                <div class="welcome">
                    <h2>{first_words::title()}</h2>
                    <p>{first_words::what()}</p>
                    <p>{first_words::lives()}</p>
                </div>
            }
        },
    )
}

/// What the library offers today. The day and the week choose, and "another" moves on.
#[component]
fn ForToday(library: Arc<Library>) -> impl IntoView {
    let app = App::get();
    let turn = RwSignal::new((0_u64, 0_u64));
    let stage = move || app.home.with(|home| home.as_ref().and_then(|home| home.stage));
    let today = day_number();
    let (for_gesture, for_question, for_chapter) = (library.clone(), library.clone(), library);
    let gesture = live(move || gesture_of(&app, &for_gesture, stage(), today + 1_000 * turn.get().0));
    let question = live(move || {
        let turned = turn.get().1;
        // What one of them has asked comes before what the library asks, until it is answered.
        let own =
            app.member().filter(|_| turned == 0).and_then(|me| app.own.with(|own| own.next_for(me).cloned()));
        match own {
            Some(own) => Some(own_question_card(&app, own).into_any()),
            None => question_of(&app, &for_question, stage(), week_of(today) + 1_000 * turned)
                .map(|question| question_card(question).into_any()),
        }
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
        <ul class="cards">
            {chapter}
            <LinkCard to=Route::BothWays title=both::title() above=text::together()>
                <p>{both::about()}</p>
            </LinkCard>
        </ul>
    }
}

/// A gesture that suits his age, rather of a kind that one of them has marked, and why it is this one.
fn gesture_of(app: &App, library: &Library, stage: Option<Stage>, seed: u64) -> Option<AnyView> {
    let filter = IdeaFilter { stage, kind: Some(Kind::Gesture), ..IdeaFilter::default() };
    let liked = |member: Option<Member>| -> Vec<Kind> {
        let marked = member.map(|it| app.facts.with(|facts| facts.marked(it, MarkSort::Favourite)));
        let marked = marked.unwrap_or_default();
        marked.iter().filter_map(|id| Some(library.pack.idea(id.as_str())?.kind)).collect()
    };
    let me = app.member();
    let (yours, others) = (liked(me), liked(me.map(Member::other)));
    let gestures = matching(&library.pack.ideas, &filter);
    // Now and then something else that is short, of a kind they like.
    let short = IdeaFilter { stage, minutes: Some(Minutes::Quarter), ..IdeaFilter::default() };
    let mut ideas = matching(&library.pack.ideas, &short);
    ideas.retain(|idea| yours.contains(&idea.kind) || others.contains(&idea.kind));
    ideas.extend(gestures);
    let (idea, because) = for_today(&ideas, [&yours, &others], &app.known(), seed)?;
    let why = match because {
        Because::BothLike(kind) => text::both_like(labels::kind(kind)),
        Because::YouLike(kind) => text::you_like(labels::kind(kind)),
        Because::OtherLikes(kind) => {
            text::other_likes(labels::kind(kind), me.map(|me| person(app, me.other())).unwrap_or_default())
        }
        Because::NewToBoth => text::new_to_both().to_owned(),
        Because::FitsAge => text::fits_age().to_owned(),
    };
    let (id, first) = (idea.id.clone(), idea.steps.first().cloned());
    Some(
        view! {
            <h3 class="card-title">
                <a href=Route::Idea(id.clone()).href()>{idea.title.clone()}</a>
            </h3>
            <p>{first}</p>
            <p class="facts">{why}</p>
            <a class="button-quiet" href=Route::Write(Some(id)).href()>{text::did_it()}</a>
        }
        .into_any(),
    )
}

fn question_of(app: &App, library: &Library, stage: Option<Stage>, week: u64) -> Option<Question> {
    // The same words for both: what only one of them could answer stays for the guide.
    let fits = |question: &&Question| {
        question.who.is_none() && stage.is_none_or(|stage| question.stages.contains(&stage))
    };
    let pair = app.home.with(|home| home.as_ref().map(|home| home.origins.number())).unwrap_or_default();
    question_of_week(library.pack.questions.iter().filter(fits), pair, week).cloned()
}

fn question_card(question: Question) -> impl IntoView {
    view! {
        <p class="question">{question.text}</p>
        <a class="button-quiet" href=Route::Write(Some(question.id)).href()>{text::answer()}</a>
    }
}

fn own_question_card(app: &App, own: Own) -> impl IntoView + use<> {
    view! {
        <p class="question" dir="auto">{own.telling.title()}</p>
        <p class="facts">{ideas::yours(person(app, own.member))}</p>
        <a class="button-quiet" href=Route::Write(Some(own.id)).href()>{text::answer()}</a>
    }
}

/// What can be said in a few words: each opens its own form.
fn quick() -> impl IntoView {
    let kinds = [EntryKind::CheckIn, EntryKind::GoodNews, EntryKind::Thanks, EntryKind::Letter];
    let link =
        |kind| view! { <a class="chip-link" href=Route::New(kind).href()>{labels::entry_kind(kind)}</a> };
    view! { <nav class="quick" aria-label=text::quick()>{kinds.map(link).collect_view()}</nav> }
}

/// For who cannot read yet: one large way in, by a face.
fn by_face() -> impl IntoView {
    let app = App::get();
    live(move || {
        let is_little =
            app.home.with(|home| home.as_ref().and_then(|home| home.stage)) == Some(Stage::Little);
        is_little.then(|| {
            view! {
                <a class="face-big" href=Route::New(EntryKind::CheckIn).href()>
                    <Icon of=Sign::Face />
                    {text::how_are_you()}
                </a>
            }
        })
    })
}

/// Answers that wait for one's own, letters that wait for a word, agreements to look at again.
#[component]
fn Waiting() -> impl IntoView {
    let app = App::get();
    let waits = RwSignal::new(Vec::<EntryView>::new());
    whenever(move || {
        app.follow_log();
        app.facts.track();
        spawn_local(async move {
            // Where it cannot be read, what was shown stays.
            if let Ok(found) = app.waits().await {
                waits.try_set(found);
            }
        });
    });
    live(move || {
        let waits = waits.get();
        (!waits.is_empty()).then(|| {
            view! {
                <section aria-labelledby="today-waits">
                    <h2 class="section-title" id="today-waits">{text::waits()}</h2>
                    {waits.into_iter().map(|entry| view! { <EntryCard entry=entry with_actions=true under=Under::Nothing /> }).collect_view()}
                </section>
            }
        })
    })
}

/// What was written on this day in earlier years. Each can be let rest.
#[component]
fn OnThisDay() -> impl IntoView {
    let app = App::get();
    let found = RwSignal::new(Vec::<EntryView>::new());
    whenever(move || {
        app.follow_log();
        app.facts.track();
        spawn_local(async move {
            if let Ok(entries) = app.on_this_day().await {
                found.try_set(entries);
            }
        });
    });
    let card = move |entry: EntryView| {
        let (id, when) = (entry.id, day(entry.order));
        let rest = move |_| {
            spawn_local(async move {
                let done = app.mark(MarkSort::Rests, &id.into(), true).await;
                app.say(done.map_or_else(problem, |()| text::rests().to_owned()));
            });
        };
        view! {
            <p class="day">{when}</p>
            <EntryCard entry=entry />
            <button type="button" class="button-quiet" on:click=rest>{text::let_rest()}</button>
        }
    };
    live(move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            view! {
                <section aria-labelledby="today-once">
                    <h2 class="section-title" id="today-once">{text::on_this_day()}</h2>
                    {found.into_iter().map(card).collect_view()}
                    <p><a class="button-quiet" href=Route::Us.href()>{text::rest_more()}</a></p>
                </section>
            }
        })
    })
}

#[component]
fn Latest() -> impl IntoView {
    let app = App::get();
    let waiting = live(move || {
        let waiting = app.waiting();
        (waiting > 0).then(
            || view! { <p><a class="button-quiet" href=Route::Swap.href()>{text::waiting(waiting)}</a></p> },
        )
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
                <a class="button-quiet" href=Route::Swap.href()>{backup::due_link()}</a>
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
