//! Choosing: ideas that fit the day, a surprise, the one for today.
//!
//! Nothing here rolls dice or looks at a clock: the caller brings a seed, and the same seed brings the same
//! choice on both phones.

use super::choices::{Cost, Energy, Kind, Leads, Minutes, Place, Season, Stage, Theme, Weather};
use super::id::ContentId;
use super::pack::{Idea, Question};
use crate::sorted::SortedSet;

/// What a day has to offer. `None` asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdeaFilter {
    /// It suits this stage.
    pub stage: Option<Stage>,
    /// It takes this long at most.
    pub minutes: Option<Minutes>,
    /// It costs this much at most.
    pub cost: Option<Cost>,
    /// It can be done here; what can be done anywhere always fits.
    pub place: Option<Place>,
    /// It can be done in this weather; what needs no weather always fits.
    pub weather: Option<Weather>,
    /// It can be done at this time of year; what needs none always fits.
    pub season: Option<Season>,
    /// It is this lively.
    pub energy: Option<Energy>,
    /// This one may lead; what either may lead always fits.
    pub leads: Option<Leads>,
    /// It is good for this, among others.
    pub theme: Option<Theme>,
    /// It is of this kind.
    pub kind: Option<Kind>,
}

impl IdeaFilter {
    /// Whether the idea fits.
    pub fn fits(&self, idea: &Idea) -> bool {
        self.stage.is_none_or(|stage| idea.stages.contains(&stage))
            && self.minutes.is_none_or(|most| idea.minutes <= most)
            && self.cost.is_none_or(|most| idea.cost <= most)
            && self.place.is_none_or(|place| idea.place == place || idea.place == Place::Anywhere)
            && self.weather.is_none_or(|weather| idea.weather == weather || idea.weather == Weather::Any)
            && self.season.is_none_or(|season| idea.season == season || idea.season == Season::Any)
            && self.energy.is_none_or(|energy| idea.energy == energy)
            && self.leads.is_none_or(|leads| idea.leads == leads || idea.leads == Leads::Either)
            && self.theme.is_none_or(|theme| idea.themes.contains(&theme))
            && self.kind.is_none_or(|kind| idea.kind == kind)
    }
}

/// The ideas that fit, in the order of the pack.
pub fn matching<'a>(ideas: &'a [Idea], filter: &IdeaFilter) -> Vec<&'a Idea> {
    ideas.iter().filter(|idea| filter.fits(idea)).collect()
}

/// What the two have had to do with the library.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// What an entry is about.
    pub done: SortedSet<ContentId>,
    /// What the one who looks has marked, and what the other has.
    pub favourites: [SortedSet<ContentId>; 2],
}

impl Known {
    /// Whether something is new to both: no entry is about it, and nobody has marked it.
    pub fn is_new(&self, id: &ContentId) -> bool {
        !self.done.contains(id) && self.favourites.iter().all(|marked| !marked.contains(id))
    }
}

/// Among which ideas one is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Those that are new to both.
    NewToBoth,
    /// The favourites of the one who looks.
    Yours,
    /// The other's favourites.
    Others,
    /// What both have marked.
    OfBoth,
    /// Those that they have thought of themselves.
    Own,
}

impl Among {
    /// All of them, as they are offered.
    pub const ALL: [Self; 5] = [Self::NewToBoth, Self::Yours, Self::Others, Self::OfBoth, Self::Own];

    /// The name in forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NewToBoth => "new",
            Self::Yours => "yours",
            Self::Others => "others",
            Self::OfBoth => "both",
            Self::Own => "own",
        }
    }

    /// Whether an idea is one of these.
    pub fn holds(self, known: &Known, id: &ContentId, is_own: bool) -> bool {
        let [yours, others] = known.favourites.each_ref().map(|marked| marked.contains(id));
        match self {
            Self::NewToBoth => known.is_new(id),
            Self::Yours => yours,
            Self::Others => others,
            Self::OfBoth => yours && others,
            Self::Own => is_own,
        }
    }
}

/// One of the ideas, rather one that is new to both.
pub fn surprise<'a>(ideas: &[&'a ContentId], known: &Known, seed: u64) -> Option<&'a ContentId> {
    let new: Vec<&ContentId> = ideas.iter().copied().filter(|id| known.is_new(id)).collect();
    pick(&new, seed).or_else(|| pick(ideas, seed)).copied()
}

/// The question of the week: the same on both phones of a pair, whatever else is on them. Each question draws a number from
/// pair, week and its own id, and the highest is taken, so that a newer pack on one of the phones changes it at most to a
/// question the other has not got (highest random weight: Thaler and Ravishankar, IEEE/ACM Transactions on Networking, 1998).
pub fn question_of_week<'a>(
    questions: impl IntoIterator<Item = &'a Question>,
    pair: u64,
    week: u64,
) -> Option<&'a Question> {
    let seed = mix(mix(pair) ^ week);
    let draw = |question: &&Question| {
        question.id.as_str().bytes().fold(seed, |drawn, byte| mix(drawn ^ u64::from(byte)))
    };
    questions.into_iter().max_by_key(draw)
}

/// The week a day belongs to, counted from 1970, beginning on Monday as ISO 8601 has it. Day 0 was a Thursday.
pub const fn week_of(day: u64) -> u64 {
    (day + 3) / 7
}

/// Why an idea is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Both have marked ideas of this kind.
    BothLike(Kind),
    /// The one who looks has.
    YouLike(Kind),
    /// The other has.
    OtherLikes(Kind),
    /// They have neither done nor marked it.
    NewToBoth,
    /// It suits his age.
    FitsAge,
}

/// One of the ideas for today, and why: every other day one of a kind that somebody likes, else one they have not done.
pub fn for_today<'a>(
    ideas: &[&'a Idea],
    [yours, others]: [&[Kind]; 2],
    known: &Known,
    seed: u64,
) -> Option<(&'a Idea, Because)> {
    let because = |idea: &Idea| match (yours.contains(&idea.kind), others.contains(&idea.kind)) {
        (true, true) => Some(Because::BothLike(idea.kind)),
        (true, false) => Some(Because::YouLike(idea.kind)),
        (false, true) => Some(Because::OtherLikes(idea.kind)),
        (false, false) => None,
    };
    let liked: Vec<&Idea> = ideas.iter().copied().filter(|idea| because(idea).is_some()).collect();
    if seed.is_multiple_of(2)
        && let Some(idea) = pick(&liked, seed)
    {
        return Some((idea, because(idea)?));
    }
    let ids: Vec<&ContentId> = ideas.iter().map(|idea| &idea.id).collect();
    let id = surprise(&ids, known, seed)?;
    let idea = ideas.iter().find(|idea| idea.id == *id)?;
    Some((idea, if known.is_new(id) { Because::NewToBoth } else { Because::FitsAge }))
}

/// One of the things, by this seed. Seeds that follow each other, such as the number of the day or of the week,
/// bring choices that do not.
pub fn pick<T>(things: &[T], seed: u64) -> Option<&T> {
    // Scaling instead of a remainder: the upper bits are the better mixed ones.
    let at = (u128::from(mix(seed)) * things.len() as u128) >> 64;
    things.get(usize::try_from(at).ok()?)
}

/// The output function of `SplitMix64`: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014, with the constants of Vigna's <https://prng.di.unimi.it/splitmix64.c> (public domain).
fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, idea};
    use super::*;

    fn names(ideas: &[Idea], filter: &IdeaFilter) -> Vec<String> {
        matching(ideas, filter).iter().map(|idea| idea.id.to_string()).collect()
    }

    #[test]
    fn a_filter_that_asks_for_nothing_lets_everything_through() {
        let ideas = [idea("a", "A"), idea("b", "B")];
        assert_eq!(names(&ideas, &IdeaFilter::default()), ["a", "b"]);
    }

    #[test]
    fn what_needs_no_weather_and_no_place_fits_every_weather_and_place() {
        let ideas = [
            Idea { weather: Weather::Rain, place: Place::Outdoors, ..idea("puddles", "Puddles") },
            Idea { weather: Weather::Any, place: Place::Anywhere, ..idea("riddle", "A riddle") },
            Idea { weather: Weather::Warm, place: Place::Home, ..idea("balcony", "The balcony") },
        ];
        let rain = IdeaFilter { weather: Some(Weather::Rain), ..Default::default() };
        assert_eq!(names(&ideas, &rain), ["puddles", "riddle"]);
        let home = IdeaFilter { place: Some(Place::Home), ..Default::default() };
        assert_eq!(names(&ideas, &home), ["riddle", "balcony"]);
    }

    #[test]
    fn what_needs_no_season_fits_every_season() {
        let ideas = [Idea { season: Season::Winter, ..idea("snow", "Snow") }, idea("soup", "Soup")];
        let summer = IdeaFilter { season: Some(Season::Summer), ..Default::default() };
        assert_eq!(names(&ideas, &summer), ["soup"]);
    }

    #[test]
    fn cost_and_minutes_mean_at_most() {
        let ideas = [
            Idea { cost: Cost::Nothing, minutes: Minutes::Day, ..idea("walk", "Walk") },
            Idea { cost: Cost::Little, minutes: Minutes::Quarter, ..idea("bun", "A bun") },
            Idea { cost: Cost::Some, minutes: Minutes::Five, ..idea("fair", "The fair") },
        ];
        let cheap = IdeaFilter { cost: Some(Cost::Little), ..Default::default() };
        assert_eq!(names(&ideas, &cheap), ["walk", "bun"]);
        let short = IdeaFilter { minutes: Some(Minutes::Quarter), ..Default::default() };
        assert_eq!(names(&ideas, &short), ["bun", "fair"]);
    }

    #[test]
    fn stage_theme_kind_energy_and_leader_are_as_asked() {
        let ideas = [
            Idea {
                stages: vec![Stage::Teen, Stage::Grown],
                themes: vec![Theme::Legacy, Theme::Change],
                kind: Kind::Talk,
                energy: Energy::Lively,
                leads: Leads::Him,
                ..idea("a", "A")
            },
            idea("b", "B"),
        ];
        let a = ["a"];
        assert_eq!(names(&ideas, &IdeaFilter { stage: Some(Stage::Grown), ..Default::default() }), a);
        assert_eq!(names(&ideas, &IdeaFilter { theme: Some(Theme::Change), ..Default::default() }), a);
        assert_eq!(names(&ideas, &IdeaFilter { kind: Some(Kind::Talk), ..Default::default() }), a);
        assert_eq!(names(&ideas, &IdeaFilter { energy: Some(Energy::Lively), ..Default::default() }), a);
        assert_eq!(names(&ideas, &IdeaFilter { leads: Some(Leads::Him), ..Default::default() }), ["a", "b"]);
        assert_eq!(names(&ideas, &IdeaFilter { leads: Some(Leads::Her), ..Default::default() }), ["b"]);
    }

    #[test]
    fn a_surprise_is_new_to_both_as_long_as_something_is() {
        let ids = ["a", "b", "c", "d"].map(id);
        let ids: Vec<&ContentId> = ids.iter().collect();
        // One was done, one has each of them marked.
        let mut known = Known {
            done: SortedSet::from_iter([id("a")]),
            favourites: [SortedSet::from_iter([id("c")]), SortedSet::from_iter([id("d")])],
        };
        for seed in 0..50 {
            assert_eq!(surprise(&ids, &known, seed), Some(&id("b")));
        }
        known.done.insert(id("b"));
        assert!(surprise(&ids, &known, 1).is_some());
        assert!(surprise(&[], &known, 1).is_none());
    }

    #[test]
    fn new_yours_theirs_both_and_own_are_told_apart() {
        let known = Known {
            done: SortedSet::from_iter([id("did")]),
            favourites: [
                SortedSet::from_iter([id("mine"), id("ours")]),
                SortedSet::from_iter([id("theirs"), id("ours")]),
            ],
        };
        let among = |which: Among| -> Vec<&str> {
            ["did", "mine", "theirs", "ours", "untouched"]
                .into_iter()
                .filter(|name| which.holds(&known, &id(name), *name == "did"))
                .collect()
        };
        assert_eq!(among(Among::NewToBoth), ["untouched"]);
        assert_eq!(among(Among::Yours), ["mine", "ours"]);
        assert_eq!(among(Among::Others), ["theirs", "ours"]);
        assert_eq!(among(Among::OfBoth), ["ours"]);
        assert_eq!(among(Among::Own), ["did"]);
    }

    fn question(name: &str) -> Question {
        Question { id: id(name), ..super::super::samples::pack().questions.remove(0) }
    }

    #[test]
    fn the_question_of_the_week_is_the_pairs_and_the_weeks_whatever_the_order() {
        let mut questions: Vec<Question> = (0..50).map(|number| question(&format!("q-{number}"))).collect();
        let of =
            |questions: &[Question], pair, week| question_of_week(questions, pair, week).unwrap().id.clone();
        let weeks: SortedSet<ContentId> = SortedSet::from_iter((0..52).map(|week| of(&questions, 7, week)));
        assert!(weeks.iter().count() > 25, "it hardly changes");
        let before = of(&questions, 7, 2_900);
        questions.reverse();
        assert_eq!(of(&questions, 7, 2_900), before);
        // Without one that was not it, it stays.
        questions.retain(|question| question.id == before || !question.id.as_str().ends_with('3'));
        assert_eq!(of(&questions, 7, 2_900), before);
        assert!((0..20).any(|pair| of(&questions, pair, 2_900) != before));
    }

    #[test]
    fn a_week_begins_on_monday() {
        // 1970-01-05 was the first Monday.
        assert_eq!([3, 4, 10, 11].map(week_of), [0, 1, 1, 2]);
    }

    #[test]
    fn what_is_offered_says_truly_why() {
        let cooking = Idea { kind: Kind::Cooking, ..idea("bun", "A bun") };
        let sport = Idea { kind: Kind::Sport, ..idea("ball", "Ball") };
        let ideas = [&cooking, &sport];
        let none = Known::default();
        let done =
            |ids: &[&str]| Known { done: ids.iter().map(|name| id(name)).collect(), ..Known::default() };
        let liked = for_today(&ideas, [&[Kind::Cooking], &[Kind::Cooking]], &none, 2).unwrap();
        assert_eq!(liked, (&cooking, Because::BothLike(Kind::Cooking)));
        let other = for_today(&ideas, [&[], &[Kind::Sport]], &none, 2).unwrap();
        assert_eq!(other, (&sport, Because::OtherLikes(Kind::Sport)));
        assert_eq!(for_today(&ideas, [&[], &[]], &done(&["bun"]), 2).unwrap(), (&sport, Because::NewToBoth));
        assert_eq!(for_today(&ideas, [&[], &[]], &done(&["bun", "ball"]), 3).unwrap().1, Because::FitsAge);
    }

    #[test]
    fn the_same_seed_picks_the_same_and_days_in_a_row_pick_evenly() {
        let things = [0, 1, 2, 3];
        let mut counts = [0; 4];
        for day in 20_000..20_400 {
            assert_eq!(pick(&things, day), pick(&things, day));
            counts[*pick(&things, day).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (70..=130).contains(count)), "{counts:?}");
        assert!(pick::<u8>(&[], 7).is_none());
    }

    #[test]
    fn the_mix_is_the_published_one() {
        // The first output of splitmix64.c with its state at 1234567.
        assert_eq!(mix(1_234_567), 6_457_827_717_110_365_317);
    }
}
