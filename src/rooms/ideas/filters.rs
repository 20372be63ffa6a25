//! The facets of the ideas room.

use crate::parts::choice::Select;
use crate::parts::labels;
use crate::words::ideas as text;
use bothways::library::{Cost, IdeaFilter, Kind, Minutes, Place, Stage, Theme, Weather};
use leptos::prelude::*;

/// One facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// His age.
    Stage,
    /// Time at most.
    Minutes,
    /// Where.
    Place,
    /// Weather.
    Weather,
    /// Cost at most.
    Cost,
    /// Kind.
    Kind,
    /// Theme.
    Theme,
}

/// The facets in force, with the word of what was chosen.
pub fn in_force(filter: &IdeaFilter) -> Vec<(Facet, &'static str)> {
    let chosen = [
        filter.stage.map(|it| (Facet::Stage, labels::stage(it))),
        filter.minutes.map(|it| (Facet::Minutes, labels::minutes(it))),
        filter.place.map(|it| (Facet::Place, labels::place(it))),
        filter.weather.map(|it| (Facet::Weather, labels::weather(it))),
        filter.cost.map(|it| (Facet::Cost, labels::cost(it))),
        filter.kind.map(|it| (Facet::Kind, labels::kind(it))),
        filter.theme.map(|it| (Facet::Theme, labels::theme(it))),
    ];
    chosen.into_iter().flatten().collect()
}

/// Takes one facet out of the filter.
pub fn without(filter: &mut IdeaFilter, facet: Facet) {
    match facet {
        Facet::Stage => filter.stage = None,
        Facet::Minutes => filter.minutes = None,
        Facet::Place => filter.place = None,
        Facet::Weather => filter.weather = None,
        Facet::Cost => filter.cost = None,
        Facet::Kind => filter.kind = None,
        Facet::Theme => filter.theme = None,
    }
}

/// The facets as lists to open, folded away until wanted.
#[component]
pub fn Filters(
    /// What is asked for.
    filter: RwSignal<IdeaFilter>,
) -> impl IntoView {
    let chosen_words = move || filter.with(in_force).into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(", ");
    view! {
        <details class="fold">
            <summary>{text::filters()} <span class="fold-said">{chosen_words}</span></summary>
            <div class="fields">
                <Select
                    label=text::minutes()
                    any=text::any()
                    choices=Minutes::ALL.iter().map(|it| (minutes_id(*it), labels::minutes(*it).to_owned())).collect()
                    chosen=Signal::derive(move || filter.with(|f| f.minutes.map(|it| minutes_id(it).to_owned())))
                    on_choose=move |id| {
                        let found = Minutes::ALL.into_iter().find(|it| Some(minutes_id(*it)) == id.as_deref());
                        filter.update(|f| f.minutes = found);
                    }
                />
                {facet(filter, text::stage(), Stage::ALL, Stage::id, labels::stage, |f| &mut f.stage)}
                {facet(filter, text::place(), Place::ALL, Place::id, labels::place, |f| &mut f.place)}
                {facet(filter, text::weather(), &Weather::ALL[1..], Weather::id, labels::weather, |f| &mut f.weather)}
                {facet(filter, text::cost(), Cost::ALL, Cost::id, labels::cost, |f| &mut f.cost)}
                {facet(filter, text::kind(), Kind::ALL, Kind::id, labels::kind, |f| &mut f.kind)}
                {facet(filter, text::theme(), &Theme::ALL, Theme::id, labels::theme, |f| &mut f.theme)}
            </div>
            <button type="button" class="button-quiet" on:click=move |_| filter.set(IdeaFilter::default())>
                {text::clear()}
            </button>
        </details>
    }
}

fn facet<T: Copy + PartialEq + Send + Sync + 'static>(
    filter: RwSignal<IdeaFilter>,
    label: &'static str,
    all: &'static [T],
    id: fn(T) -> &'static str,
    word: fn(T) -> &'static str,
    field: fn(&mut IdeaFilter) -> &mut Option<T>,
) -> impl IntoView {
    // Reading goes through the same accessor as writing, on a copy: one way to name a facet.
    let chosen = move || field(&mut filter.get()).map(|it| id(it).to_owned());
    view! {
        <Select
            label=label
            any=text::any()
            choices=all.iter().map(|it| (id(*it), word(*it).to_owned())).collect()
            chosen=Signal::derive(chosen)
            on_choose=move |chosen| {
                let found = all.iter().copied().find(|it| Some(id(*it)) == chosen.as_deref());
                filter.update(|filter| *field(filter) = found);
            }
        />
    }
}

const fn minutes_id(minutes: Minutes) -> &'static str {
    match minutes {
        Minutes::Five => "5",
        Minutes::Quarter => "15",
        Minutes::Hour => "60",
        Minutes::HalfDay => "240",
        Minutes::Day => "480",
    }
}
