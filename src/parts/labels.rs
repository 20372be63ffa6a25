//! Words for the closed sets of the library: a stage, a place, a theme. An id without a word (a newer pack, an own
//! feeling) stands for itself.

use crate::state::calendar::{day, now};
use crate::state::{App, Library};
use crate::words;
use bothways::library::{Cost, For, Grade, Kind, Minutes, Place, Stage, Theme, Weather};
use bothways::log::Millis;
use bothways::log::kinds::{Day, Kind as EntryKind, Telling, Wish};
use leptos::prelude::*;
use std::sync::Arc;

/// A stage of life.
pub fn stage(stage: Stage) -> &'static str {
    words::stage::by_id(stage.id()).unwrap_or(stage.id())
}

/// A theme of the guide.
pub fn theme(theme: Theme) -> &'static str {
    words::theme::by_id(theme.id()).unwrap_or(theme.id())
}

/// A kind of idea.
pub fn kind(kind: Kind) -> &'static str {
    words::kind::by_id(kind.id()).unwrap_or(kind.id())
}

/// How well something the guide says is known.
pub fn grade(grade: Grade) -> &'static str {
    words::grade::by_id(grade.id()).unwrap_or(grade.id())
}

/// Who answers a question that is not for both.
pub fn answered_by(who: For) -> &'static str {
    match who {
        For::Him => words::guide::for_him(),
        For::Her => words::guide::for_her(),
    }
}

/// How long something takes.
pub fn minutes(minutes: Minutes) -> &'static str {
    match minutes {
        Minutes::Five => words::minutes::m5(),
        Minutes::Quarter => words::minutes::m15(),
        Minutes::Hour => words::minutes::m60(),
        Minutes::HalfDay => words::minutes::m240(),
        Minutes::Day => words::minutes::m480(),
    }
}

/// What something costs.
pub fn cost(cost: Cost) -> &'static str {
    words::cost::by_id(cost.id()).unwrap_or(cost.id())
}

/// Where something is done.
pub fn place(place: Place) -> &'static str {
    words::place::by_id(place.id()).unwrap_or(place.id())
}

/// The weather something needs.
pub fn weather(weather: Weather) -> &'static str {
    words::weather::by_id(weather.id()).unwrap_or(weather.id())
}

/// A kind of entry.
pub fn entry_kind(kind: EntryKind) -> &'static str {
    words::entry_kind::by_id(kind.id()).unwrap_or(kind.id())
}

/// All that is kept of a kind of entry.
pub fn entry_kinds(kind: EntryKind) -> &'static str {
    words::entry_kinds::by_id(kind.id()).unwrap_or_else(|| entry_kind(kind))
}

/// What an entry's own day means, if it has one.
pub fn on_day(telling: &Telling) -> Option<String> {
    let (at, meaning): (Millis, Day) = telling.day.zip(telling.kind.shape().day)?;
    Some(match meaning {
        Day::Opens if at <= now().at => words::log::opened_on(day(at)),
        Day::Opens => words::log::opens_on(day(at)),
        Day::Review => words::log::review_on(day(at)),
        Day::Happened => words::log::happened_on(day(at)),
    })
}

/// What the words of a kind are asked for with.
pub fn words_of(kind: EntryKind) -> &'static str {
    words::words_of::by_id(kind.id()).unwrap_or_else(words::write::words)
}

/// A text beside the words.
pub fn part(kind: EntryKind, name: &str) -> &'static str {
    words::part::by_id(&format!("{}-{name}", kind.id())).unwrap_or_default()
}

/// What a kind's choice is asked with.
pub fn choice_legend(kind: EntryKind) -> &'static str {
    words::choice::by_id(kind.id()).unwrap_or_default()
}

/// One of a kind's choices.
pub fn choice(kind: EntryKind, id: &str) -> &'static str {
    words::choice::by_id(&format!("{}-{id}", kind.id())).unwrap_or_default()
}

/// What somebody hopes for.
pub fn wish(wish: Wish) -> &'static str {
    words::wish::by_id(wish.id()).unwrap_or_default()
}

/// A feeling, or a person's own word for one.
pub fn feeling(app: &App, id: &str) -> String {
    if let Some(word) = words::feeling::by_id(id) {
        return word.to_owned();
    }
    let known = |library: &Arc<Library>| library.pack.feeling(id).map(str::to_owned);
    app.library.with(|library| library.as_ref().and_then(known)).unwrap_or_else(|| id.to_owned())
}

/// The two of a log, by name as far as they are known.
pub fn pair_names(pair: &crate::state::pairs::Pair) -> String {
    if pair.is_new {
        return crate::words::us::new_log().to_owned();
    }
    names_of(&pair.names)
}

/// What two people are called, she first.
pub fn names_of([hers, his]: &[Option<String>; 2]) -> String {
    let hers = hers.as_deref().unwrap_or(crate::words::person::mother());
    let his = his.as_deref().unwrap_or(crate::words::person::son());
    crate::words::us::pair(hers, his)
}
