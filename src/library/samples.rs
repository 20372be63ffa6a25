//! A small library to test with.

use super::*;

pub fn id(text: &str) -> ContentId {
    text.parse().unwrap()
}

pub fn idea(name: &str, title: &str) -> Idea {
    Idea {
        id: id(name),
        title: title.into(),
        kind: Kind::Cooking,
        stages: vec![Stage::School],
        minutes: Minutes::Quarter,
        cost: Cost::Nothing,
        place: Place::Home,
        weather: Weather::Any,
        season: Season::Any,
        energy: Energy::Calm,
        leads: Leads::Either,
        themes: vec![Theme::Connection],
        needs: vec![],
        steps: vec!["Fill the pot.".into(), "Stir it in turns.".into()],
        talk: "Who taught you this?".into(),
        log: "It tasted of".into(),
        changes: vec![],
    }
}

pub fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Span::Text(text.into())])
}

pub fn pack() -> Pack {
    let practice = Practice {
        id: id("two-sentences"),
        title: "Two sentences each".into(),
        minutes: 10,
        steps: vec!["One of you says two sentences.".into(), "The other says back what they heard.".into()],
        write: "What I said, and what I heard:".into(),
    };
    Pack {
        format: Pack::FORMAT,
        language: "en".into(),
        chapters: vec![Chapter {
            id: id("needs"),
            theme: Theme::Needs,
            title: "Both of you need something".into(),
            summary: "What 'nothing' often means.".into(),
            practices: vec![practice],
            stages: vec![StageNote {
                stage: Stage::Teen,
                changes: "He answers later.".into(),
                to_try: "Wait.".into(),
                to_avoid: "Asking twice.".into(),
            }],
            evidence: vec![Evidence {
                grade: Grade::Moderate,
                claim: "Waiting helps.".into(),
                source: "Somebody, 2001, a survey.".into(),
                limits: "Asked of mothers only.".into(),
            }],
            body: vec![
                Block::Heading("Under the word".into()),
                paragraph(
                    "Tuesday, ten past six. He drops his bag in the hall so hard that the umbrellas fall over. \
                     She has been up since four and has half an onion chopped for the soup. Don't ask yet, \
                     she thinks, and asks. Nothing, he says, and his door shuts without another word.",
                ),
                Block::List(vec![
                    vec![Span::Text("For ".into()), Span::Emphasis("calm down".into())],
                    vec![Span::Text("Tea at the café first".into())],
                ]),
            ],
            ideas: vec![id("soup")],
            questions: vec![id("quiet-day")],
        }],
        answers: vec![Answer {
            id: id("he-says-nothing"),
            title: "He never tells me anything. What can I do?".into(),
            summary: "Ask less, and be there more.".into(),
            themes: vec![Theme::Talking],
            body: vec![paragraph("Sit beside him, not opposite.")],
            ideas: vec![],
            questions: vec![],
        }],
        ideas: vec![idea("soup", "Soup for two"), idea("kite", "A kite from a bin bag")],
        questions: vec![Question {
            id: id("quiet-day"),
            text: "What does a good quiet day look like for you?".into(),
            theme: Theme::Needs,
            depth: Depth::Easy,
            stages: vec![Stage::Teen, Stage::Grown],
            who: None,
        }],
        feelings: vec![Family {
            id: "calm".into(),
            face: "calm".into(),
            name: "Calm".into(),
            helped: vec!["Sat down".into()],
            words: vec![FeelingWord {
                id: "calm-rested".into(),
                name: "rested".into(),
                meaning: "Slept well.".into(),
                depth: 2,
            }],
        }],
        kinds: vec![KindWords {
            id: "thanks".into(),
            name: "Thank you".into(),
            about: "For something done without being asked.".into(),
            prompts: vec!["What did it save you?".into()],
            starters: vec!["You did not have to, but".into(), "I saw that you".into()],
            after: "Kept.".into(),
        }],
    }
}
