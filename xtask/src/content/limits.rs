//! Every number the content is held to, and the words it does without, in one place. `content/README.md` says
//! the same in prose.

use bothways::library::Kind;

/// Chapters: exactly one for each theme.
pub const CHAPTERS: usize = 9;
/// Answers there must be at least.
pub const ANSWERS: usize = 3;
/// Ideas there must be at least.
pub const IDEAS: usize = 72;
/// Questions there must be at least.
pub const QUESTIONS: usize = 54;
/// The kinds that must be there from the beginning, and how many ideas each must have.
pub const KINDS: [Kind; 8] = [
    Kind::Sport,
    Kind::Art,
    Kind::Cooking,
    Kind::Nature,
    Kind::Adventure,
    Kind::Talk,
    Kind::Gesture,
    Kind::Hobby,
];
pub const IDEAS_A_KIND: usize = 6;
/// Ideas and questions each theme must have.
pub const IDEAS_A_THEME: usize = 4;
pub const QUESTIONS_A_THEME: usize = 6;
/// Ideas each stage must have.
pub const IDEAS_A_STAGE: usize = 20;

/// Words of a chapter, at least.
pub const CHAPTER_WORDS: usize = 350;
/// Words of an answer.
pub const ANSWER_WORDS: std::ops::RangeInclusive<usize> = 120..=350;
/// Practices of a chapter, and the minutes one may take.
pub const PRACTICES: std::ops::RangeInclusive<usize> = 1..=3;
pub const PRACTICE_MINUTES: std::ops::RangeInclusive<u16> = 1..=10;
/// Ideas and questions a chapter leads to. The lower end holds only once links are required.
pub const LINKS: std::ops::RangeInclusive<usize> = 2..=6;
pub const LINKS_REQUIRED: bool = true;
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
