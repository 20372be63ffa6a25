//! The facets of the ideas room.

use crate::parts::choice::{Choices, Select};
use crate::parts::labels;
use crate::parts::live::said;
use crate::words::ideas as text;
use bothways::library::{Cost, IdeaFilter, Kind, Minutes, Place, Stage, Theme, Weather};
use leptos::prelude::*;

/// One facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Time at most.
    Minutes,
    /// His age.
    Stage,
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

impl Facet {
    const ALL: [Self; 7] =
        [Self::Minutes, Self::Stage, Self::Place, Self::Weather, Self::Cost, Self::Kind, Self::Theme];

    fn label(self) -> &'static str {
        match self {
            Self::Minutes => text::minutes(),
            Self::Stage => text::stage(),
            Self::Place => text::place(),
            Self::Weather => text::weather(),
            Self::Cost => text::cost(),
            Self::Kind => text::kind(),
            Self::Theme => text::theme(),
        }
    }

    /// What can be asked for: ids, and the words people read.
    fn choices(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Minutes => Minutes::ALL.iter().map(|it| (minutes_id(*it), labels::minutes(*it))).collect(),
            Self::Stage => Stage::ALL.iter().map(|it| (it.id(), labels::stage(*it))).collect(),
            Self::Place => Place::ALL.iter().map(|it| (it.id(), labels::place(*it))).collect(),
            // "Any weather" is what no choice means.
            Self::Weather => Weather::ALL.iter().skip(1).map(|it| (it.id(), labels::weather(*it))).collect(),
            Self::Cost => Cost::ALL.iter().map(|it| (it.id(), labels::cost(*it))).collect(),
            Self::Kind => Kind::ALL.iter().map(|it| (it.id(), labels::kind(*it))).collect(),
            Self::Theme => Theme::ALL.iter().map(|it| (it.id(), labels::theme(*it))).collect(),
        }
    }

    fn chosen(self, filter: &IdeaFilter) -> Option<&'static str> {
        match self {
            Self::Minutes => filter.minutes.map(minutes_id),
            Self::Stage => filter.stage.map(Stage::id),
            Self::Place => filter.place.map(Place::id),
            Self::Weather => filter.weather.map(Weather::id),
            Self::Cost => filter.cost.map(Cost::id),
            Self::Kind => filter.kind.map(Kind::id),
            Self::Theme => filter.theme.map(Theme::id),
        }
    }

    /// Asks for this, or for anything.
    pub fn choose(self, filter: &mut IdeaFilter, id: Option<&str>) {
        match self {
            Self::Minutes => filter.minutes = Minutes::ALL.into_iter().find(|it| Some(minutes_id(*it)) == id),
            Self::Stage => filter.stage = id.and_then(Stage::from_id),
            Self::Place => filter.place = id.and_then(Place::from_id),
            Self::Weather => filter.weather = id.and_then(Weather::from_id),
            Self::Cost => filter.cost = id.and_then(Cost::from_id),
            Self::Kind => filter.kind = id.and_then(Kind::from_id),
            Self::Theme => filter.theme = id.and_then(Theme::from_id),
        }
    }
}

/// The facets in force, with the word of what was chosen.
pub fn in_force(filter: &IdeaFilter) -> Vec<(Facet, &'static str)> {
    let word = |facet: Facet| {
        let id = facet.chosen(filter)?;
        facet.choices().into_iter().find(|(one, _)| *one == id).map(|(_, word)| (facet, word))
    };
    Facet::ALL.into_iter().filter_map(word).collect()
}

/// The facets as lists to open, folded away until wanted.
#[component]
pub fn Filters(
    /// What is asked for.
    filter: RwSignal<IdeaFilter>,
) -> impl IntoView {
    let chosen_words =
        move || filter.with(in_force).into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" · ");
    let lists = Facet::ALL.into_iter().map(|facet| {
        let choices: Choices = facet.choices().into_iter().map(|(id, word)| (id, word.to_owned())).collect();
        view! {
            <Select
                label=facet.label()
                any=text::any()
                choices=choices
                chosen=Box::new(move || filter.with(|filter| facet.chosen(filter).map(str::to_owned)))
                on_choose=Callback::new(move |id: Option<String>| {
                    filter.update(|filter| facet.choose(filter, id.as_deref()));
                })
            />
        }
    });
    view! {
        <details class="fold">
            <summary>{text::filters()} " " <span class="fold-said">{said(chosen_words)}</span></summary>
            <div class="fields">{lists.collect_view()}</div>
            <button type="button" class="button-quiet" on:click=move |_| filter.set(IdeaFilter::default())>
                {text::clear()}
            </button>
        </details>
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
