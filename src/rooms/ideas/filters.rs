//! The facets of the ideas room.

use crate::parts::choice::{Choices, Select};
use crate::parts::labels;
use crate::parts::live::said;
use crate::words::ideas as text;
use bothways::library::{Among, Cost, IdeaFilter, Kind, Minutes, Place, Stage, Theme, Weather};
use leptos::prelude::*;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Of an idea itself.
    pub filter: IdeaFilter,
    /// Of what the two have had to do with it.
    pub among: Option<Among>,
}

/// One facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// New, favourites, own.
    Among,
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
    const ALL: [Self; 8] = [
        Self::Among,
        Self::Minutes,
        Self::Stage,
        Self::Place,
        Self::Weather,
        Self::Cost,
        Self::Kind,
        Self::Theme,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Among => text::among(),
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
            Self::Among => Among::ALL.iter().map(|it| (it.id(), among(*it))).collect(),
            Self::Minutes => Minutes::ALL.iter().map(|it| (it.id(), labels::minutes(*it))).collect(),
            Self::Stage => Stage::ALL.iter().map(|it| (it.id(), labels::stage(*it))).collect(),
            Self::Place => Place::ALL.iter().map(|it| (it.id(), labels::place(*it))).collect(),
            // "Any weather" is what no choice means.
            Self::Weather => Weather::ALL.iter().skip(1).map(|it| (it.id(), labels::weather(*it))).collect(),
            Self::Cost => Cost::ALL.iter().map(|it| (it.id(), labels::cost(*it))).collect(),
            Self::Kind => Kind::ALL.iter().map(|it| (it.id(), labels::kind(*it))).collect(),
            Self::Theme => Theme::ALL.iter().map(|it| (it.id(), labels::theme(*it))).collect(),
        }
    }

    fn chosen(self, asked: &Asked) -> Option<&'static str> {
        let filter = &asked.filter;
        match self {
            Self::Among => asked.among.map(Among::id),
            Self::Minutes => filter.minutes.map(Minutes::id),
            Self::Stage => filter.stage.map(Stage::id),
            Self::Place => filter.place.map(Place::id),
            Self::Weather => filter.weather.map(Weather::id),
            Self::Cost => filter.cost.map(Cost::id),
            Self::Kind => filter.kind.map(Kind::id),
            Self::Theme => filter.theme.map(Theme::id),
        }
    }

    /// Asks for this, or for anything.
    pub fn choose(self, asked: &mut Asked, id: Option<&str>) {
        let filter = &mut asked.filter;
        match self {
            Self::Among => asked.among = Among::ALL.into_iter().find(|it| Some(it.id()) == id),
            Self::Minutes => filter.minutes = id.and_then(Minutes::from_id),
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
pub fn in_force(asked: &Asked) -> Vec<(Facet, &'static str)> {
    let word = |facet: Facet| {
        let id = facet.chosen(asked)?;
        facet.choices().into_iter().find(|(one, _)| *one == id).map(|(_, word)| (facet, word))
    };
    Facet::ALL.into_iter().filter_map(word).collect()
}

/// The facets as lists to open, folded away until wanted.
#[component]
pub fn Filters(
    /// What is asked for.
    asked: RwSignal<Asked>,
) -> impl IntoView {
    let chosen_words =
        move || asked.with(in_force).into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" · ");
    let lists = Facet::ALL.into_iter().map(|facet| {
        let choices: Choices = facet.choices().into_iter().map(|(id, word)| (id, word.to_owned())).collect();
        view! {
            <Select
                label=facet.label()
                any=text::any()
                choices=choices
                chosen=Box::new(move || asked.with(|asked| facet.chosen(asked).map(str::to_owned)))
                on_choose=Callback::new(move |id: Option<String>| {
                    asked.update(|asked| facet.choose(asked, id.as_deref()));
                })
            />
        }
    });
    view! {
        <details class="fold">
            <summary>{text::filters()} " " <span class="fold-said">{said(chosen_words)}</span></summary>
            <div class="fields">{lists.collect_view()}</div>
            <button type="button" class="button-quiet" on:click=move |_| asked.set(Asked::default())>
                {text::clear()}
            </button>
        </details>
    }
}

fn among(which: Among) -> &'static str {
    match which {
        Among::NewToBoth => text::new_to_both(),
        Among::Yours => text::only_favourites(),
        Among::Others => text::others_favourites(),
        Among::OfBoth => text::both_favourites(),
        Among::Own => text::own(),
    }
}
