//! What an idea of their own takes: time, money, a place. Each may stay unsaid.

use super::{take_text, text};
use crate::library::{Cost, IdeaFilter, Minutes, Place};
use serde_json::{Map, Value};

/// What an idea takes, as far as its writer said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// How long.
    pub minutes: Option<Minutes>,
    /// What it costs.
    pub cost: Option<Cost>,
    /// Where it is done.
    pub place: Option<Place>,
}

impl Takes {
    /// The names of its fields in bodies.
    pub(super) const FIELDS: [&str; 3] = ["minutes", "cost", "place"];

    /// Whether it fits what is asked for. What was not said stands in no way.
    pub fn fit(self, filter: &IdeaFilter) -> bool {
        let is_at =
            |place: Place| filter.place.is_none_or(|asked| asked == place || place == Place::Anywhere);
        self.minutes.is_none_or(|it| filter.minutes.is_none_or(|most| it <= most))
            && self.cost.is_none_or(|it| filter.cost.is_none_or(|most| it <= most))
            && self.place.is_none_or(is_at)
    }

    pub(super) fn put(self, fields: &mut Map<String, Value>) {
        if let Some(minutes) = self.minutes {
            fields.insert("minutes".into(), minutes.number().into());
        }
        let texts = [("cost", self.cost.map(Cost::id)), ("place", self.place.map(Place::id))];
        fields.extend(texts.into_iter().filter_map(|(name, id)| Some((name.to_owned(), text(id?)))));
    }

    /// None where something in it is of a newer version.
    pub(super) fn read(fields: &mut Map<String, Value>) -> Option<Self> {
        Some(Self {
            minutes: match fields.get("minutes") {
                Some(number) => {
                    let number = u16::try_from(number.as_u64()?).ok()?;
                    Some(Minutes::try_from(number).ok()?)
                }
                None => None,
            },
            cost: match take_text(fields, "cost")? {
                Some(id) => Some(Cost::from_id(&id)?),
                None => None,
            },
            place: match take_text(fields, "place")? {
                Some(id) => Some(Place::from_id(&id)?),
                None => None,
            },
        })
    }
}
