//! The pack: everything there is to read in one language, as the app receives it.
//!
//! It is text, written by `cargo xtask content` and read here: its format, its language, and then tables
//! ([`columns`](super::columns)) under the names of what they hold. Formatted text is [`Block`](super::Block)s and
//! [`Span`](super::Span)s, never HTML: the app draws text nodes, so no content can become markup. A program reads the
//! one pack it was built with, so what a pack has of its format is all of it, in its order.

use super::choices::{Cost, Depth, Energy, For, Kind, Leads, Minutes, Place, Season, Stage, Theme, Weather};
use super::columns::{Lines, Row, Written, chosen, items, letters};
use super::feelings::{self, Family};
use super::guide::{self, Answer, Chapter, Practice};
use super::id::ContentId;
use super::kinds::{self, KindWords};

/// Why a pack cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// It was made for a later version of the program.
    #[error("the pack has format {0}, newer than this program")]
    Newer(u32),
    /// It is not a pack, or damaged.
    #[error("the pack cannot be read")]
    Broken,
}

/// Everything there is to read in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    /// The format of the pack: [`Pack::FORMAT`].
    pub format: u32,
    /// The language, as its folder in `content/` is called: a BCP 47 tag such as `en`.
    pub language: String,
    /// The guide, one chapter a theme, in the order of the themes.
    pub chapters: Vec<Chapter>,
    /// The questions people ask, with their answers.
    pub answers: Vec<Answer>,
    /// Things to do together.
    pub ideas: Vec<Idea>,
    /// Questions for both.
    pub questions: Vec<Question>,
    /// Words for what one feels.
    pub feelings: Vec<Family>,
    /// Words for the kinds of entry.
    pub kinds: Vec<KindWords>,
}

/// Something to do together.
#[derive(Clone, Debug, PartialEq)]
pub struct Idea {
    /// Its id.
    pub id: ContentId,
    /// Its title, which invites.
    pub title: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// The stages it suits.
    pub stages: Vec<Stage>,
    /// How long it takes.
    pub minutes: Minutes,
    /// What it costs.
    pub cost: Cost,
    /// Where it is done.
    pub place: Place,
    /// The weather it needs.
    pub weather: Weather,
    /// The time of year it needs.
    pub season: Season,
    /// How lively it is.
    pub energy: Energy,
    /// Who leads.
    pub leads: Leads,
    /// What it is good for, the strongest first.
    pub themes: Vec<Theme>,
    /// What must be at hand.
    pub needs: Vec<String>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// One thing to talk about while doing it.
    pub talk: String,
    /// The line that starts an entry afterwards.
    pub log: String,
    /// What is different at a stage.
    pub changes: Vec<(Stage, String)>,
}

/// A question for both. Both answer the same words.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its id.
    pub id: ContentId,
    /// The question.
    pub text: String,
    /// What it is about.
    pub theme: Theme,
    /// How much it asks for.
    pub depth: Depth,
    /// The stages it suits.
    pub stages: Vec<Stage>,
    /// Whom it is for, when it is not for both.
    pub who: Option<For>,
}

impl Pack {
    /// The format this program writes and reads.
    pub const FORMAT: u32 = 2;

    /// The pack as text.
    pub fn write(&self) -> String {
        let mut written = Written::default();
        written.line(&self.format.to_string());
        written.line(&self.language);
        written.line("chapters");
        guide::write_chapters(&self.chapters, &mut written);
        written.line("answers");
        guide::write_answers(&self.answers, &mut written);
        written.line("ideas");
        written.table(&self.ideas, Idea::row);
        written.line("questions");
        written.table(&self.questions, Question::row);
        written.line("feelings");
        feelings::write(&self.feelings, &mut written);
        written.line("kinds");
        kinds::write(&self.kinds, &mut written);
        written.text()
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// When it is damaged, or made for a later version of the program.
    pub fn read(text: &str) -> Result<Self, PackError> {
        // Only the format is common to all packs; whether anything else can be read depends on it.
        let first = text.split('\n').next().unwrap_or_default();
        match first.parse().map_err(|_| PackError::Broken)? {
            newer if newer > Self::FORMAT => Err(PackError::Newer(newer)),
            format => Self::parts(format, text).ok_or(PackError::Broken),
        }
    }

    fn parts(format: u32, text: &str) -> Option<Self> {
        let mut lines = Lines::of(text)?;
        lines.line()?; // the format
        let language = lines.line()?.to_owned();
        lines.heading("chapters")?;
        let chapters = guide::read_chapters(&mut lines)?;
        lines.heading("answers")?;
        let answers = guide::read_answers(&mut lines)?;
        lines.heading("ideas")?;
        let ideas = lines.table(IDEA, Idea::read)?;
        lines.heading("questions")?;
        let questions = lines.table(QUESTION, Question::read)?;
        lines.heading("feelings")?;
        let feelings = feelings::read(&mut lines)?;
        lines.heading("kinds")?;
        let kinds = kinds::read(&mut lines)?;
        lines.end()?;
        Some(Self { format, language, chapters, answers, ideas, questions, feelings, kinds })
    }

    /// The chapter with this id.
    pub fn chapter(&self, id: &str) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.id.as_str() == id)
    }

    /// The practice with this id, and the chapter it stands in.
    pub fn practice(&self, id: &str) -> Option<(&Chapter, &Practice)> {
        self.chapters.iter().find_map(|chapter| {
            let practice = chapter.practices.iter().find(|practice| practice.id.as_str() == id)?;
            Some((chapter, practice))
        })
    }

    /// The answer with this id.
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.id.as_str() == id)
    }

    /// The idea with this id.
    pub fn idea(&self, id: &str) -> Option<&Idea> {
        self.ideas.iter().find(|idea| idea.id.as_str() == id)
    }

    /// The word for a feeling of this id.
    pub fn feeling(&self, id: &str) -> Option<&str> {
        let mut words = self.feelings.iter().flat_map(|family| &family.words);
        let family = self.feelings.iter().find(|family| family.id == id).map(|family| family.name.as_str());
        family.or_else(|| words.find(|word| word.id == id).map(|word| word.name.as_str()))
    }

    /// The words for a kind of entry.
    pub fn kind(&self, id: &str) -> Option<&KindWords> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id.as_str() == id)
    }
}

/// The columns of each.
const IDEA: usize = 17;
const QUESTION: usize = 6;

impl Idea {
    fn row(&self) -> [String; IDEA] {
        let change = |(stage, text): &(Stage, String)| letters(&[*stage], Stage::ALL) + text;
        let changes: Vec<String> = self.changes.iter().map(change).collect();
        [
            letters(&[self.kind], Kind::ALL),
            letters(&[self.minutes], &Minutes::ALL),
            letters(&[self.cost], Cost::ALL),
            letters(&[self.place], Place::ALL),
            letters(&[self.weather], Weather::ALL),
            letters(&[self.season], Season::ALL),
            letters(&[self.energy], Energy::ALL),
            letters(&[self.leads], Leads::ALL),
            letters(&self.stages, Stage::ALL),
            letters(&self.themes, &Theme::ALL),
            self.id.to_string(),
            items(&changes),
            self.title.clone(),
            items(&self.needs),
            items(&self.steps),
            self.talk.clone(),
            self.log.clone(),
        ]
    }

    fn read(row: &mut Row) -> Option<Self> {
        Some(Self {
            kind: row.choice(Kind::ALL)?,
            minutes: row.choice(&Minutes::ALL)?,
            cost: row.choice(Cost::ALL)?,
            place: row.choice(Place::ALL)?,
            weather: row.choice(Weather::ALL)?,
            season: row.choice(Season::ALL)?,
            energy: row.choice(Energy::ALL)?,
            leads: row.choice(Leads::ALL)?,
            stages: row.choices(Stage::ALL)?,
            themes: row.choices(&Theme::ALL)?,
            id: row.parsed()?,
            changes: row.items(change)?,
            title: row.text(),
            needs: row.texts(),
            steps: row.texts(),
            talk: row.text(),
            log: row.text(),
        })
    }
}

/// The letter of a stage, and what is different then.
fn change(item: &str) -> Option<(Stage, String)> {
    let (stage, text) = item.split_at_checked(1)?;
    Some((chosen(*stage.as_bytes().first()?, Stage::ALL)?, text.to_owned()))
}

impl Question {
    fn row(&self) -> [String; QUESTION] {
        [
            letters(&[self.theme], &Theme::ALL),
            letters(&[self.depth], Depth::ALL),
            letters(self.who.as_slice(), For::ALL),
            letters(&self.stages, Stage::ALL),
            self.id.to_string(),
            self.text.clone(),
        ]
    }

    fn read(row: &mut Row) -> Option<Self> {
        Some(Self {
            theme: row.choice(&Theme::ALL)?,
            depth: row.choice(Depth::ALL)?,
            who: row.choices(For::ALL)?.pop(),
            stages: row.choices(Stage::ALL)?,
            id: row.parsed()?,
            text: row.text(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_pack_comes_back_as_it_was() {
        let mut pack = samples::pack();
        let kite = samples::idea("rain", "Rain, rain");
        let changes = vec![(Stage::Little, "You \u{e9}cho.".into()), (Stage::Grown, "You hurry.".into())];
        pack.ideas.push(Idea { needs: vec!["A coat".into(), "Boots".into()], changes, ..kite });
        pack.ideas.push(Idea {
            weather: Weather::Rain,
            season: Season::Autumn,
            ..samples::idea("wet", "Wet")
        });
        assert_eq!(Pack::read(&pack.write()).unwrap(), pack);
    }

    #[test]
    fn a_pack_of_nothing_comes_back_too() {
        let nothing = Pack {
            format: Pack::FORMAT,
            language: "en".into(),
            chapters: vec![],
            answers: vec![],
            ideas: vec![],
            questions: vec![],
            feelings: vec![],
            kinds: vec![],
        };
        assert_eq!(Pack::read(&nothing.write()).unwrap(), nothing);
    }

    #[test]
    fn a_newer_pack_is_recognised_even_when_it_is_shaped_differently() {
        assert_eq!(Pack::read("3\nen\nshelves\n"), Err(PackError::Newer(3)));
        assert_eq!(Pack::read("3"), Err(PackError::Newer(3)));
        for broken in ["", "2", "2\nen\n", "-1\n", "{\"format\": 1}", "\u{1f}\n"] {
            assert_eq!(Pack::read(broken), Err(PackError::Broken), "{broken:?}");
        }
    }

    #[test]
    fn a_pack_that_breaks_off_anywhere_is_broken() {
        let text = samples::pack().write();
        let ends = text.char_indices().map(|(at, _)| at);
        for end in ends {
            assert_eq!(Pack::read(&text[..end]), Err(PackError::Broken), "at {end}");
        }
        assert_eq!(Pack::read(&(text + "more\n")), Err(PackError::Broken));
    }

    #[test]
    fn a_pack_with_any_letter_changed_is_a_pack_or_broken_and_no_panic() {
        let text = samples::pack().write();
        for (at, letter) in text.char_indices() {
            for other in ["", "\n", "z", "\u{e9}", "\u{1c}", "\u{1d}", "\u{1e}", "\u{1f}"] {
                let (before, after) = (&text[..at], &text[at + letter.len_utf8()..]);
                let _ = Pack::read(&format!("{before}{other}{after}"));
            }
        }
    }

    #[test]
    fn what_is_none_of_the_choices_is_not_taken() {
        let good = samples::pack().write();
        let idea = samples::idea("soup", "Soup");
        for (column, choices) in [(0, Kind::ALL.len()), (1, Minutes::ALL.len()), (9, Theme::ALL.len())] {
            let line = good.lines().skip_while(|line| *line != "ideas").nth(1 + column).unwrap();
            let beyond = char::from(b'a' + u8::try_from(choices).unwrap());
            let cell = &idea.row()[column];
            let bad = line.replacen(cell.as_str(), &beyond.to_string(), 1);
            let heading = good.find("\nideas\n").unwrap();
            let (before, ideas) = good.split_at(heading);
            let spoilt: Vec<&str> = ideas
                .split('\n')
                .enumerate()
                .map(|(at, l)| if at == column + 2 { &bad } else { l })
                .collect();
            assert_eq!(
                Pack::read(&format!("{before}{}", spoilt.join("\n"))),
                Err(PackError::Broken),
                "{column}"
            );
        }
    }

    #[test]
    fn everything_is_found_by_its_id_and_only_by_that() {
        let pack = samples::pack();
        assert_eq!(pack.chapter("needs").unwrap().theme, Theme::Needs);
        assert_eq!(pack.practice("two-sentences").unwrap().0.id.as_str(), "needs");
        assert!(pack.answer("he-says-nothing").is_some());
        assert!(pack.idea("soup").is_some());
        assert!(pack.question("quiet-day").is_some());
        assert!(pack.idea("needs").is_none());
        assert_eq!(pack.feeling("calm"), Some("Calm"));
        assert_eq!(pack.feeling("calm-rested"), Some("rested"));
        assert_eq!(pack.feeling("my own word"), None);
        assert_eq!(pack.kind("thanks").unwrap().name, "Thank you");
        assert!(pack.kind("calm").is_none());
    }
}
