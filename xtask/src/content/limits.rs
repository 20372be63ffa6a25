//! Every number the content is held to, and the words it does without, in one place. `content/README.md` says
//! the same in prose.

use bothways::library::Kind;

/// How much of everything there must be at least.
pub struct Floors {
    /// One chapter for each theme.
    pub chapters: usize,
    pub answers: usize,
    pub ideas: usize,
    pub questions: usize,
    /// Ideas of each of [`KINDS`].
    pub ideas_a_kind: usize,
    pub ideas_a_theme: usize,
    pub ideas_a_stage: usize,
    pub questions_a_theme: usize,
    /// Questions of each depth.
    pub questions_a_depth: usize,
    /// Ideas that cost nothing and take fifteen minutes or less.
    pub free_and_short: usize,
    /// Ideas for two who are not at the same place.
    pub apart: usize,
    /// Ideas out of doors, where there may be no signal.
    pub outdoors: usize,
}

/// What a complete language has.
pub const FLOORS: Floors = Floors {
    chapters: 9,
    answers: 24,
    ideas: 320,
    questions: 400,
    ideas_a_kind: 6,
    ideas_a_theme: 40,
    ideas_a_stage: 120,
    questions_a_theme: 40,
    questions_a_depth: 90,
    free_and_short: 60,
    apart: 40,
    outdoors: 60,
};

/// The kinds an idea can be of.
pub const KINDS: &[Kind] = Kind::ALL;

/// Words of a chapter's text, besides its stages, practices and evidence.
pub const CHAPTER_WORDS: std::ops::RangeInclusive<usize> = 900..=1600;
/// Words of an answer.
pub const ANSWER_WORDS: std::ops::RangeInclusive<usize> = 120..=350;
/// Words of each part of what a chapter says of a stage.
pub const STAGE_WORDS: std::ops::RangeInclusive<usize> = 5..=60;
/// What a chapter rests on.
pub const EVIDENCE: std::ops::RangeInclusive<usize> = 3..=7;
/// Practices of a chapter, and the minutes one may take.
pub const PRACTICES: std::ops::RangeInclusive<usize> = 3..=3;
pub const PRACTICE_MINUTES: std::ops::RangeInclusive<u16> = 1..=10;
/// Ideas and questions a chapter leads to.
pub const LINKS: std::ops::RangeInclusive<usize> = 2..=6;
/// Characters of an idea's title and of a question.
pub const TITLE_CHARS: usize = 48;
pub const QUESTION_CHARS: usize = 140;
/// Steps and themes of an idea.
pub const STEPS: std::ops::RangeInclusive<usize> = 2..=5;
pub const THEMES: std::ops::RangeInclusive<usize> = 1..=3;
/// An idea for more stages than this must say what changes, for at least so many of them.
pub const STAGES_WITHOUT_CHANGES: usize = 3;
pub const CHANGES: usize = 2;

/// Two ideas, or two questions, that share this part of their three-word runs say the same thing twice.
pub const TOO_ALIKE: f64 = 0.25;

/// How many titles of ideas, and how many questions, may begin with the same three words.
pub const TITLES_BEGUN_ALIKE: usize = 4;
pub const QUESTIONS_BEGUN_ALIKE: usize = 12;

/// Years of school a text asks for, at most (Flesch-Kincaid). The formula is rough, and on one sentence alone it jumps by
/// half a year with a single word: a question has that much grace.
pub const GRADE_OF_IDEAS: f64 = 8.0;
pub const GRADE_OF_QUESTIONS: f64 = 8.5;
pub const GRADE_OF_CHAPTERS: f64 = 10.0;

/// Families differ, and the content shows it: of each of these, one word at least stands somewhere.
pub const VARIETY: &[(&str, &[&str])] = &[
    ("a mother who works at night", &["night shift", "night shifts", "nights", "late shift"]),
    ("a family in two homes", &["two homes", "other home", "his father's", "her place", "separated"]),
    ("adoption", &["adopted", "adoption", "adoptive"]),
    ("a wheelchair", &["wheelchair"]),
    ("a son who dances", &["ballet", "dance", "dances", "dancing"]),
    ("one who signs", &["sign language", "signs", "signing"]),
    ("a son who lives abroad", &["abroad", "another country"]),
];

/// What we do not write, and why. A phrase is found as whole words, in any case, across line ends.
pub const BANNED: &[(&str, &str)] = &[
    ("boys will be boys", "it excuses, and tells him what he is"),
    ("man up", "it forbids him to feel"),
    ("mummy's boy", "it shames closeness"),
    ("mama's boy", "it shames closeness"),
    ("embark on a journey", "a cliché"),
    ("embark on", "a cliché: say begin"),
    ("testament to", "a cliché: say shows"),
    ("delve", "nobody says it: look into"),
    ("delves", "nobody says it: looks into"),
    ("delving", "nobody says it: looking into"),
    ("tapestry of", "a cliché"),
    ("rich tapestry", "a cliché"),
    ("unbreakable", "no bond is, and it frightens those whose was broken"),
    ("unbreakable bond", "a cliché"),
    ("unconditional love", "a slogan: say what she does"),
    ("making memories", "a cliché: say what they do"),
    ("make memories", "a cliché: say what they do"),
    ("cherished memories", "a cliché"),
    ("quality time", "a slogan: time is time"),
    ("safe space", "therapy-speak: say where it is all right to say it"),
    ("hold space", "therapy-speak: say listen"),
    ("holding space", "therapy-speak: say listening"),
    ("self-care", "therapy-speak"),
    ("love language", "a product"),
    ("emotional rollercoaster", "a cliché"),
    ("game changer", "product talk"),
    ("game-changer", "product talk"),
    ("unlock the", "product talk"),
    ("foster a", "committee talk"),
    ("it is important to", "say the thing itself"),
    ("it's important to", "say the thing itself"),
    ("in today's world", "filler"),
    ("good mother", "it grades her"),
    ("bad mother", "it grades her"),
];
