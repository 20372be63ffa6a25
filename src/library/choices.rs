//! The words an idea or a question is described with. Each is an enum, so that a list of them is complete and a
//! misspelt one does not compile; `id()` is how it is written in the content, the pack, the language files and
//! people's logs, and never changes.

use serde::{Deserialize, Serialize};

macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $id)] $variant),+
        }

        impl $name {
            /// Every one, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// How it is written in files.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id),+
                }
            }

            /// The one that is written so.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.id() == id)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NoSuchChoice;

            fn from_str(id: &str) -> Result<Self, NoSuchChoice> {
                Self::from_id(id).ok_or(NoSuchChoice)
            }
        }
    };
}

/// A text that does not stand for any of the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is none of the choices")]
pub struct NoSuchChoice;

choices! {
    /// How old he is, roughly: what suits changes with it.
    Stage {
        /// 3 to 6 years.
        Little = "little",
        /// 7 to 11 years.
        School = "school",
        /// 12 to 17 years.
        Teen = "teen",
        /// 18 to 25 years.
        Young = "young",
        /// 26 years and more.
        Grown = "grown",
    }
}

choices! {
    /// What sort of thing an idea is; each sort is one file of the content.
    Kind {
        /// Moving together.
        Sport = "sport",
        /// Drawing, building, performing.
        Art = "art",
        /// In the kitchen.
        Cooking = "cooking",
        /// With plants, animals, weather.
        Nature = "nature",
        /// Going out to see what happens.
        Adventure = "adventure",
        /// Everyday talk.
        Talk = "talk",
        /// Little gestures.
        Gesture = "gesture",
        /// Shared hobbies.
        Hobby = "hobby",
        /// Finding something out together.
        Learning = "learning",
        /// Playing, singing, listening.
        Music = "music",
        /// Making and mending.
        Making = "making",
        /// Doing something for others.
        Helping = "helping",
        /// Telling and keeping stories.
        Story = "story",
        /// For two who live apart.
        Apart = "apart",
    }
}

choices! {
    /// How well something the guide says is known, the best known first.
    Grade {
        /// Many good studies say so.
        Strong = "strong",
        /// Some studies say so, or of people like these.
        Moderate = "moderate",
        /// Those who work with families do so; it has hardly been tested.
        Custom = "custom",
        /// We think so.
        Opinion = "opinion",
    }
}

choices! {
    /// What an idea costs, cheapest first.
    Cost {
        /// Nothing at all.
        Nothing = "nothing",
        /// Pocket money.
        Little = "little",
        /// Enough to plan for.
        Some = "some",
    }
}

choices! {
    /// Where an idea is done.
    Place {
        /// In the home.
        Home = "home",
        /// Out of doors.
        Outdoors = "outdoors",
        /// In the town.
        Town = "town",
        /// While going somewhere anyway.
        OnTheWay = "on-the-way",
        /// Each at their own place.
        Apart = "apart",
        /// It does not matter where.
        Anywhere = "anywhere",
    }
}

choices! {
    /// The weather an idea needs.
    #[derive(Default)]
    Weather {
        /// It does not matter.
        #[default]
        Any = "any",
        /// No rain.
        Dry = "dry",
        /// Warm enough to sit outside.
        Warm = "warm",
        /// Rain.
        Rain = "rain",
        /// Cold.
        Cold = "cold",
    }
}

choices! {
    /// The time of year an idea needs.
    #[derive(Default)]
    Season {
        /// It does not matter.
        #[default]
        Any = "any",
        /// Spring.
        Spring = "spring",
        /// Summer.
        Summer = "summer",
        /// Autumn.
        Autumn = "autumn",
        /// Winter.
        Winter = "winter",
    }
}

choices! {
    /// How lively an idea is.
    Energy {
        /// For a tired day.
        Calm = "calm",
        /// Neither.
        Middle = "middle",
        /// For a day with too much in the legs.
        Lively = "lively",
    }
}

choices! {
    /// Who leads.
    Leads {
        /// Either of them.
        Either = "either",
        /// The son.
        Him = "him",
        /// The mother.
        Her = "her",
    }
}

choices! {
    /// Whom a question is for, when it is not for both.
    For {
        /// The son.
        Him = "him",
        /// The mother.
        Her = "her",
    }
}

choices! {
    /// How much a question asks for, from small talk to what matters.
    Depth {
        /// Answered on the way to the bus.
        Easy = "easy",
        /// Needs a moment.
        Real = "real",
        /// Needs trust.
        Deep = "deep",
    }
}

/// A number that does not stand for any of the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{number} is not one of {allowed}")]
pub struct BadNumber {
    number: u16,
    allowed: &'static str,
}

/// What the guide is about: nine themes, written as their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "u16")]
pub enum Theme {
    /// 1: emotional needs, both ways.
    Needs = 1,
    /// 2: what turns doing things together into knowing each other.
    Connection,
    /// 3: talk that grows up with him.
    Talking,
    /// 4: guidance, and room of his own.
    Boundaries,
    /// 5: careers, homes, families of his own.
    Change,
    /// 6: values and stories, carried on both ways.
    Legacy,
    /// 7: to recognise, understand and manage feelings.
    Feelings,
    /// 8: learning from each other.
    Learning,
    /// 9: standing on his own, and still being each other's.
    OwnFeet,
}

impl Theme {
    /// Every theme, in the order of the guide.
    pub const ALL: [Self; 9] = [
        Self::Needs,
        Self::Connection,
        Self::Talking,
        Self::Boundaries,
        Self::Change,
        Self::Legacy,
        Self::Feelings,
        Self::Learning,
        Self::OwnFeet,
    ];

    /// 1 to 9: how it is written in files.
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The id of the theme, which is also the id of its chapter.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::Connection => "connection",
            Self::Talking => "talking",
            Self::Boundaries => "boundaries",
            Self::Change => "change",
            Self::Legacy => "legacy",
            Self::Feelings => "feelings",
            Self::Learning => "learning",
            Self::OwnFeet => "own-feet",
        }
    }

    /// The theme that has this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.id() == id)
    }
}

impl TryFrom<u16> for Theme {
    type Error = BadNumber;

    fn try_from(number: u16) -> Result<Self, BadNumber> {
        Self::ALL
            .into_iter()
            .find(|theme| theme.number() == number)
            .ok_or(BadNumber { number, allowed: "the themes 1 to 9" })
    }
}

/// How long an idea takes: five sizes, not a measurement, shortest first. Written as the number of minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "u16")]
pub enum Minutes {
    /// Five minutes.
    Five = 5,
    /// A quarter of an hour.
    Quarter = 15,
    /// An hour.
    Hour = 60,
    /// Half a day.
    HalfDay = 240,
    /// A day.
    Day = 480,
}

impl Minutes {
    /// Every size, shortest first.
    pub const ALL: [Self; 5] = [Self::Five, Self::Quarter, Self::Hour, Self::HalfDay, Self::Day];

    /// The number, as forms have it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Five => "5",
            Self::Quarter => "15",
            Self::Hour => "60",
            Self::HalfDay => "240",
            Self::Day => "480",
        }
    }

    /// The one that is written so.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|minutes| minutes.id() == id)
    }

    /// The number of minutes.
    pub const fn number(self) -> u16 {
        self as u16
    }
}

impl TryFrom<u16> for Minutes {
    type Error = BadNumber;

    fn try_from(number: u16) -> Result<Self, BadNumber> {
        Self::ALL
            .into_iter()
            .find(|minutes| minutes.number() == number)
            .ok_or(BadNumber { number, allowed: "5, 15, 60, 240 and 480 minutes" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_written_in_json_as_its_id() {
        for place in Place::ALL {
            assert_eq!(serde_json::to_string(place).unwrap(), format!("\"{}\"", place.id()));
            assert_eq!(Place::from_id(place.id()), Some(*place));
        }
        assert_eq!(Place::from_id("OnTheWay"), None);
        assert!(serde_json::from_str::<Stage>("\"toddler\"").is_err());
    }

    #[test]
    fn themes_and_minutes_are_written_as_their_numbers_and_no_others_are_taken() {
        let numbers = Theme::ALL.map(Theme::number);
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(Theme::from_id("own-feet"), Some(Theme::OwnFeet));
        assert_eq!(serde_json::from_str::<Theme>("9").unwrap(), Theme::OwnFeet);
        assert!(serde_json::from_str::<Theme>("10").is_err());
        assert_eq!(serde_json::from_str::<Minutes>("240").unwrap(), Minutes::HalfDay);
        assert!(serde_json::from_str::<Minutes>("30").is_err());
    }

    #[test]
    fn cheaper_and_shorter_come_first() {
        assert!(Cost::Nothing < Cost::Little && Cost::Little < Cost::Some);
        assert!(Minutes::Five < Minutes::Quarter && Minutes::HalfDay < Minutes::Day);
    }
}
