//! Pairing: this phone's code, the other's, and the words that both must show.

use super::film::{Film, blind};
use crate::parts::introduce::{Introduce, Introduction};
use crate::parts::live::{live, said, shown_when, whether};
use crate::parts::problem::{problem, same_side};
use crate::state::{App, calendar, person};
use crate::words::{pair as text, refusal};
use bothways::swap::pairing::{Encounter, Met, PREFIX};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Words that are compared where the two stand beside one another: each has filmed the other's screen.
const IN_ONE_ROOM: usize = 6;
/// And where the codes were sent: 132 bits, more than anybody can try out between two messages.
const FAR_APART: usize = 12;

/// What has come of it so far.
#[derive(Clone, Copy)]
struct So {
    /// The other phone, and the words to be compared.
    met: RwSignal<Option<(Met, String)>>,
    wrong: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    done: Callback<()>,
}

/// The whole of it: who writes here, where nobody has said; then the codes; then the words.
#[component]
pub fn Pair(
    /// Called once the two are paired.
    done: Callback<()>,
) -> impl IntoView {
    let app = App::get();
    let so = So { met: RwSignal::new(None), wrong: RwSignal::new(None), busy: RwSignal::new(false), done };
    let is_known = move || app.whose_phone().is_some();
    view! {
        {shown_when(move || !is_known(), || view! { <WhoFirst /> })}
        {shown_when(move || is_known() && so.met.with(Option::is_none), move || view! { <Mine /> <Theirs so=so /> })}
        {live(move || so.met.get().map(|(met, words)| view! { <Compare met=met words=words so=so /> }))}
        {live(move || so.wrong.get().map(|wrong| view! { <p class="message message-warn" role="alert">{wrong}</p> }))}
    }
}

/// Whose phone this is, where the first entry has not asked yet.
#[component]
fn WhoFirst() -> impl IntoView {
    let app = App::get();
    let introduction = Introduction::default();
    let wrong = RwSignal::new(None::<String>);
    let go_on = move |_| match introduction.answer(false) {
        Ok(Some((member, own, other))) => spawn_local(async move {
            if let Err(found) = app.introduce(member, &own, &other).await {
                wrong.try_set(Some(problem(found)));
            }
        }),
        Ok(None) => {}
        Err(missing) => wrong.set(Some(missing.to_owned())),
    };
    view! {
        <Introduce introduction=introduction />
        {live(move || wrong.get().map(|wrong| view! { <p class="message message-warn" role="alert">{wrong}</p> }))}
        <button type="button" class="button button-main" on:click=go_on>{text::go_on()}</button>
    }
}

/// This phone's code, drawn and as text.
#[component]
fn Mine() -> impl IntoView {
    let app = App::get();
    let card = RwSignal::new(String::new());
    let canvas = NodeRef::<html::Canvas>::new();
    canvas.on_load(move |canvas| {
        spawn_local(async move {
            if let Ok(text) = app.my_card().await {
                // Where it cannot be drawn, the text can be sent.
                app.draw_code(canvas, &text).await.ok();
                card.try_set(text);
            }
        });
    });
    let copy = move |_| {
        spawn_local(async move {
            let copied = app.copy_text(&card.get_untracked()).await;
            app.say(if copied { text::copied() } else { text::copy_failed() });
        });
    };
    view! {
        <h3 class="card-title">{text::mine()}</h3>
        <p>{text::mine_hint()}</p>
        <canvas class="code code-still" role="img" aria-label=text::mine_label() node_ref=canvas></canvas>
        <details class="fold">
            <summary>{text::far()}</summary>
            <p>{text::far_hint()}</p>
            <label class="label" for="my-card">{text::mine()}</label>
            <textarea id="my-card" class="field" readonly rows="3" prop:value=said(move || card.get())></textarea>
            <button type="button" class="button" on:click=copy>{text::copy()}</button>
        </details>
    }
}

/// The other phone's code: filmed, or pasted.
#[component]
fn Theirs(so: So) -> impl IntoView {
    let app = App::get();
    let filming = RwSignal::new(false);
    let pasted = RwSignal::new(String::new());
    let meet = move |card: String, words: usize| {
        so.wrong.set(None);
        spawn_local(async move {
            match app.meet(&card, words).await {
                Ok(met) => {
                    so.met.try_set(Some(met));
                    app.focus("#met");
                }
                Err(found) => drop(so.wrong.try_set(Some(problem(found)))),
            }
        });
    };
    let seen = move |card: Option<String>| {
        filming.try_set(false);
        if let Some(card) = card {
            meet(card, IN_ONE_ROOM);
        }
    };
    let unseen = move |why: &'static str| {
        filming.try_set(false);
        so.wrong.try_set(Some(why.to_owned()));
    };
    view! {
        {shown_when(move || !filming.get(), move || view! {
            <button type="button" class="button button-main" on:click=move |_| { so.wrong.set(None); filming.set(true) }>{text::film()}</button>
        })}
        {shown_when(move || filming.get(), move || view! {
            <Film says=text::filming() filming=filming moves=false film=move |video| spawn_local(async move {
                match app.film_text(video, PREFIX).await {
                    Ok(card) => seen(card),
                    Err(why) => unseen(blind(&why).map_or("", |says| says())),
                }
            }) />
        })}
        <details class="fold">
            <summary>{text::paste()}</summary>
            <label class="hidden" for="their-card">{text::paste()}</label>
            <textarea id="their-card" class="field" rows="3" autocomplete="off" spellcheck="false" bind:value=pasted></textarea>
            <button type="button" class="button" on:click=move |_| meet(pasted.get_untracked(), FAR_APART)>{text::read()}</button>
        </details>
    }
}

/// Who the other phone says it is, and the words to compare.
#[component]
fn Compare(met: Met, words: String, so: So) -> impl IntoView {
    let app = App::get();
    let name = Some(met.name.clone()).filter(|name| !name.trim().is_empty());
    let name = name.unwrap_or_else(|| person(&app, met.member));
    let (from, to) = met.from_to;
    let entries = if met.entries > 0 {
        text::entries(met.entries, calendar::day(from), calendar::day(to))
    } else {
        String::new()
    };
    let says = match met.encounter {
        Encounter::Join => text::join(),
        Encounter::Ours => text::ours(),
        Encounter::Begins => text::begins(),
        Encounter::TakesOver => text::takes_over(),
        Encounter::Known => text::known(),
        Encounter::Oneself => text::oneself(),
        Encounter::OtherKeys => text::other_keys(),
        Encounter::SameSide => same_side(met.member),
        Encounter::Stranger => refusal::stranger_phone(),
    };
    let can_pair = met.encounter.can_pair();
    let is_warning = met.encounter == Encounter::OtherKeys;
    let shows_words = can_pair || met.encounter == Encounter::Known;
    let words: Vec<&str> = words.split(' ').collect();
    let hint = if words.len() > IN_ONE_ROOM { text::words_far() } else { text::words_near() };
    let list = words.into_iter().map(|word| view! { <li>{word.to_owned()}</li> }).collect_view();
    let is_another = (met.is_another && can_pair).then(|| text::another(&name));
    let yes = move |_| {
        so.busy.set(true);
        spawn_local(async move {
            let done = app.pair().await;
            so.busy.try_set(false);
            match done {
                Ok(()) => {
                    so.met.try_set(None);
                    so.done.run(());
                    app.say(text::done());
                    app.focus("#give");
                }
                Err(found) => drop(so.wrong.try_set(Some(problem(found)))),
            }
        });
    };
    let no = move |_| {
        so.met.set(None);
        so.wrong.set(can_pair.then(|| text::left().to_owned()));
    };
    view! {
        <div class="incoming">
            <h3 class="card-title" id="met" tabindex="-1"><bdi>{text::of(&name)}</bdi></h3>
            <p class=if is_warning { "message message-warn" } else { "message" }>{says} " " {entries}</p>
            {is_another.map(|says| view! { <p class="message">{says}</p> })}
            {shows_words.then(|| view! {
                <p>{hint}</p>
                <ol class="words">{list}</ol>
            })}
            <div class="row">
                {can_pair.then(|| view! {
                    <button type="button" class="button button-main" disabled=whether(move || so.busy.get()) on:click=yes>{text::yes()}</button>
                })}
                <button type="button" class="button-quiet" on:click=no>{if can_pair { text::no() } else { text::back() }}</button>
            </div>
        </div>
    }
}
