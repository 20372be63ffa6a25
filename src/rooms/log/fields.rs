//! The fields of a form that depend on the kind of entry. Each is drawn from the kind's shape, so a new kind needs none of
//! its own.

use crate::parts::choice::{Chips, Choices, Select};
use crate::parts::labels;
use crate::parts::library_gate::with_library;
use crate::parts::live::{Live, live, whenever};
use crate::state::App;
use crate::state::calendar::{date_for_field, start_of_day};
use crate::state::drafts::Readers;
use crate::words::write as text;
use bothways::library::{Cost, Minutes, Place};
use bothways::log::kinds::{Day, Kind, Takes, Telling, Wish};
use leptos::prelude::*;

/// Which kind it is, and with it who reads it at first. What has been saved stays what it is.
pub fn kind_choice(told: RwSignal<Telling>, readers: RwSignal<Option<String>>, is_new: bool) -> Live {
    let is_reply = told.with_untracked(|told| told.kind == Kind::Reply);
    live(move || {
        if !is_new || is_reply {
            let kind = told.with_untracked(|told| told.kind);
            return (kind != Kind::Moment && !is_reply)
                .then(|| view! { <p class="card-above">{labels::entry_kind(kind)}</p> })
                .into_any();
        }
        let others =
            Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Moment | Kind::Answer | Kind::Reply));
        let choices: Choices = others.map(|kind| (kind.id(), labels::entry_kind(kind).to_owned())).collect();
        let change = move |id: Option<String>| {
            let kind = id.and_then(|id| id.parse().ok()).unwrap_or_default();
            readers.set(Some(Readers::first_of(kind).id().to_owned()));
            // What another kind has no place for would be kept unseen.
            told.update(|told| {
                let takes = Takes::default();
                *told = Telling {
                    kind,
                    parts: Vec::new(),
                    day: None,
                    choice: None,
                    takes,
                    ..std::mem::take(told)
                };
            });
        };
        view! {
            <Select
                label=text::kind()
                any=labels::entry_kind(Kind::Moment)
                choices=choices
                chosen=Box::new(move || told.with(|told| (told.kind != Kind::Moment).then(|| told.kind.id().to_owned())))
                on_choose=Callback::new(change)
            />
        }
        .into_any()
    })
}

/// The kind's own choice, as chips.
pub fn choices(told: RwSignal<Telling>, kind: Memo<Kind>) -> Live {
    live(move || {
        let choices = kind.get().shape().choices;
        let legend = labels::choice_legend(kind.get());
        let chosen = RwSignal::new(told.with_untracked(|told| told.choice.map(str::to_owned)));
        whenever(move || {
            let id = chosen.get();
            let choice = choices.iter().copied().find(|choice| Some(*choice) == id.as_deref());
            if told.with_untracked(|told| told.choice != choice) {
                told.update(|told| told.choice = choice);
            }
        });
        (!choices.is_empty()).then(|| {
            let words = choices.iter().map(|id| (*id, labels::choice(kind.get(), id).to_owned())).collect();
            view! { <Chips legend=legend name="choice" choices=words chosen=chosen /> }
        })
    })
}

/// What to begin with: first halves of sentences, and questions that lead on.
pub fn starters(kind: Memo<Kind>, words: RwSignal<String>) -> impl IntoView {
    with_library(move |library| {
        live(move || {
            let known = library.pack.kind(kind.get().id())?;
            let starter = |starter: &String| {
                let (begin, said) = (starter.clone(), starter.clone());
                // Before what is there already: nothing that was typed goes.
                let put = move |_| {
                    words.update(|words| *words = format!("{begin} {words}"));
                    App::get().focus("#words");
                };
                view! { <button type="button" class="chip-button" on:click=put>{said}</button> }
            };
            Some(view! {
                <details class="fold">
                    <summary>{text::starters()}</summary>
                    <p class="quiet-line">{known.about.clone()}</p>
                    <div class="chips-row">{known.starters.iter().map(starter).collect_view()}</div>
                    <ul class="prompts">{known.prompts.iter().map(|prompt| view! { <li>{prompt.clone()}</li> }).collect_view()}</ul>
                </details>
            })
        })
    })
}

/// The texts beside the words.
pub fn parts(told: RwSignal<Telling>, kind: Memo<Kind>) -> Live {
    live(move || {
        let kind = kind.get();
        let field = |name: &'static str| {
            let id = format!("part-{name}");
            let before = told.with_untracked(|told| told.part(name).to_owned());
            let put = move |words: String| {
                told.update(|told| {
                    told.parts.retain(|(known, _)| *known != name);
                    let place =
                        kind.shape().parts.iter().position(|known| *known == name).unwrap_or_default();
                    told.parts.insert(place.min(told.parts.len()), (name, words));
                });
            };
            view! {
                <label class="label" for=id.clone()>{labels::part(kind, name)}</label>
                <textarea
                    id=id
                    class="field"
                    rows="2"
                    dir="auto"
                    autocomplete="off"
                    maxlength=bothways::caps::WORDS_CHARS.to_string()
                    prop:value=before
                    on:input:target=move |event| put(event.target().value())
                ></textarea>
            }
        };
        kind.shape().parts.iter().copied().map(field).collect_view()
    })
}

/// What an idea of their own takes. Nothing of it has to be said.
pub fn takes(told: RwSignal<Telling>, kind: Memo<Kind>) -> Live {
    live(move || kind.get().shape().takes.then(|| takes_fields(told)))
}

fn takes_fields(told: RwSignal<Telling>) -> impl IntoView {
    let list = |label: &'static str,
                choices: Choices,
                chosen: fn(&Takes) -> Option<&'static str>,
                choose: fn(&mut Takes, &str)| {
        view! {
            <Select
                label=label
                any=text::takes_unsaid()
                choices=choices
                chosen=Box::new(move || told.with(|told| chosen(&told.takes)).map(str::to_owned))
                on_choose=Callback::new(move |id: Option<String>| {
                    told.update(|told| choose(&mut told.takes, id.as_deref().unwrap_or_default()));
                })
            />
        }
    };
    let minutes = Minutes::ALL.iter().map(|it| (it.id(), labels::minutes(*it).to_owned())).collect();
    let places = Place::ALL.iter().map(|it| (it.id(), labels::place(*it).to_owned())).collect();
    let costs = Cost::ALL.iter().map(|it| (it.id(), labels::cost(*it).to_owned())).collect();
    view! {
        <details class="fold">
            <summary>{text::takes()}</summary>
            <div class="fields">
                {list(text::takes_minutes(), minutes, |it| it.minutes.map(Minutes::id), |it, id| it.minutes = Minutes::from_id(id))}
                {list(text::takes_place(), places, |it| it.place.map(Place::id), |it, id| it.place = Place::from_id(id))}
                {list(text::takes_cost(), costs, |it| it.cost.map(Cost::id), |it, id| it.cost = Cost::from_id(id))}
            </div>
        </details>
    }
}

/// The kind's day.
pub fn day(told: RwSignal<Telling>, kind: Memo<Kind>) -> Live {
    live(move || {
        let meaning = kind.get().shape().day?;
        let (label, hint) = match meaning {
            Day::Opens => (text::day_opens(), Some(text::day_opens_hint())),
            Day::Review => (text::day_review(), None),
            Day::Happened => (text::day_happened(), None),
        };
        let before = told.with_untracked(|told| told.day).map(date_for_field).unwrap_or_default();
        Some(view! {
            <label class="label" for="day">{label}</label>
            <input
                id="day"
                type="date"
                class="field"
                prop:value=before
                on:input:target=move |event| told.update(|told| told.day = start_of_day(&event.target().value()))
            />
            {hint.map(|hint| view! { <p class="quiet-line">{hint}</p> })}
        })
    })
}

/// What its writer hopes for. A letter, an agreement or a reply says so itself.
pub fn wish(told: RwSignal<Telling>, kind: Memo<Kind>) -> Live {
    live(move || {
        let asks = matches!(
            kind.get(),
            Kind::Moment | Kind::CheckIn | Kind::GoodNews | Kind::Repair | Kind::Milestone
        );
        asks.then(|| {
            let choices: Choices =
                Wish::ALL.iter().map(|wish| (wish.id(), labels::wish(*wish).to_owned())).collect();
            view! {
                <Select
                    label=text::wish()
                    any=text::wish_none()
                    choices=choices
                    chosen=Box::new(move || told.with(|told| told.wish).map(|wish| wish.id().to_owned()))
                    on_choose=Callback::new(move |id: Option<String>| {
                        told.update(|told| told.wish = id.as_deref().and_then(Wish::from_id));
                    })
                />
            }
        })
    })
}
