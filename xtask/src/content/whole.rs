//! Rules for a language as a whole: nothing twice, links that lead somewhere, enough of everything.

use super::each::check_links;
use super::fields::Placed;
use super::limits::{Floors, KINDS, QUESTIONS_BEGUN_ALIKE, TITLES_BEGUN_ALIKE, TOO_ALIKE, VARIETY};
use super::shelves::Library;
use super::source::{Problems, Source, Spot};
use bothways::library::{ContentId, Cost, Depth, Idea, Minutes, Place, Question, Stage, Theme, words::words};
use std::collections::{BTreeMap, BTreeSet};

/// Checks what only all files together can tell.
pub fn check_whole(library: &Library, floors: &Floors, problems: &mut Problems) {
    check_ids(library, problems);
    check_titles(library, problems);
    check_alike(library, problems);
    check_openings(library, problems);
    if library.incomplete {
        let message = "links and numbers are checked once everything can be read";
        problems.add(library.spot(), message);
    } else {
        check_all_links(library, problems);
        check_floors(library, floors, problems);
    }
}

fn check_ids(library: &Library, problems: &mut Problems) {
    let mut seen: BTreeMap<&ContentId, Spot> = BTreeMap::new();
    for (id, spot) in library.ids() {
        if let Some(first) = seen.get(id) {
            problems.add(spot, format!("the id \"{id}\" is already taken: {first}"));
        } else {
            seen.insert(id, spot);
        }
    }
}

fn check_titles(library: &Library, problems: &mut Problems) {
    let mut seen: BTreeMap<String, Spot> = BTreeMap::new();
    for Placed { item, lines } in &library.ideas {
        let spot = lines.spot("title");
        let folded = folded(&item.title).join(" ");
        if let Some(first) = seen.get(&folded) {
            problems.add(spot, format!("the title \"{}\" is already taken: {first}", item.title));
        } else {
            seen.insert(folded, spot);
        }
    }
}

fn check_all_links(library: &Library, problems: &mut Problems) {
    let ideas: BTreeSet<&ContentId> = library.ideas.iter().map(|idea| &idea.item.id).collect();
    let questions: BTreeSet<&ContentId> =
        library.questions.iter().map(|question| &question.item.id).collect();
    let chapters = library.chapters.iter().map(|chapter| &chapter.chapter);
    let chapters = chapters.map(|placed| (&placed.item.ideas, &placed.item.questions, &placed.lines));
    let answers = library.answers.iter();
    let answers = answers.map(|placed| (&placed.item.ideas, &placed.item.questions, &placed.lines));
    for (to_ideas, to_questions, lines) in chapters.chain(answers) {
        check_links(to_ideas, |id| ideas.contains(id), "ideas", lines, problems);
        check_links(to_questions, |id| questions.contains(id), "questions", lines, problems);
    }
}

fn check_floors(library: &Library, floors: &Floors, problems: &mut Problems) {
    let mut floor = |what: String, count: usize, floor: usize| {
        if count < floor {
            problems.add(library.spot(), format!("{what}: {count}, and {floor} are needed"));
        }
    };
    let ideas = |is: &dyn Fn(&Idea) -> bool| library.ideas.iter().filter(|idea| is(&idea.item)).count();
    let questions = |is: &dyn Fn(&Question) -> bool| {
        library.questions.iter().filter(|question| is(&question.item)).count()
    };
    floor("answers".into(), library.answers.len(), floors.answers);
    floor("ideas".into(), library.ideas.len(), floors.ideas);
    floor("questions".into(), library.questions.len(), floors.questions);
    floor("chapters".into(), library.chapters.len(), floors.chapters);
    for kind in KINDS {
        floor(
            format!("ideas of the kind {}", kind.id()),
            ideas(&|idea| idea.kind == *kind),
            floors.ideas_a_kind,
        );
    }
    for theme in Theme::ALL {
        let chapters = library.chapters.iter().filter(|chapter| chapter.chapter.item.theme == theme).count();
        floor(format!("chapters on the theme {}", theme.id()), chapters, 1);
        let count = ideas(&|idea| idea.themes.contains(&theme));
        floor(format!("ideas on the theme {}", theme.id()), count, floors.ideas_a_theme);
        let count = questions(&|question| question.theme == theme);
        floor(format!("questions on the theme {}", theme.id()), count, floors.questions_a_theme);
    }
    for stage in Stage::ALL {
        let count = ideas(&|idea| idea.stages.contains(stage));
        floor(format!("ideas for the stage {}", stage.id()), count, floors.ideas_a_stage);
    }
    for depth in Depth::ALL {
        let count = questions(&|question| question.depth == *depth);
        floor(format!("questions of the depth {}", depth.id()), count, floors.questions_a_depth);
    }
    let free_and_short = |idea: &Idea| idea.cost == Cost::Nothing && idea.minutes <= Minutes::Quarter;
    floor("ideas that are free and short".into(), ideas(&free_and_short), floors.free_and_short);
    floor("ideas for two who are apart".into(), ideas(&|idea| idea.place == Place::Apart), floors.apart);
    floor("ideas out of doors".into(), ideas(&|idea| idea.place == Place::Outdoors), floors.outdoors);
}

/// Families differ, and somewhere the content says so.
pub fn check_variety(library: &Library, sources: &[Source], problems: &mut Problems) {
    let said: Vec<String> =
        sources.iter().map(|source| format!(" {} ", folded(&source.text).join(" "))).collect();
    for (what, names) in VARIETY {
        let named =
            |text: &String| names.iter().any(|name| text.contains(&format!(" {} ", folded(name).join(" "))));
        if !said.iter().any(named) {
            problems.add(library.spot(), format!("nothing here shows {what}"));
        }
    }
}

fn check_openings(library: &Library, problems: &mut Problems) {
    let titles = library.ideas.iter().map(|idea| (&idea.item.title, idea.lines.spot("title")));
    check_begun_alike(titles, TITLES_BEGUN_ALIKE, problems);
    let questions =
        library.questions.iter().map(|question| (&question.item.text, question.lines.spot("text")));
    check_begun_alike(questions, QUESTIONS_BEGUN_ALIKE, problems);
}

fn check_begun_alike<'a>(
    texts: impl Iterator<Item = (&'a String, Spot)>,
    most: usize,
    problems: &mut Problems,
) {
    let mut begun: BTreeMap<String, usize> = BTreeMap::new();
    for (text, spot) in texts {
        let words = folded(text);
        let Some(opening) = words.get(..3) else { continue };
        let opening = opening.join(" ");
        let count = begun.entry(opening.clone()).or_default();
        *count += 1;
        if *count > most {
            problems.add(spot, format!("the {count}th that begins \"{opening}\": {most} at most"));
        }
    }
}

/// A text to compare with others of its sort: every three words in a row, each word as a number.
struct Said<'a> {
    id: &'a ContentId,
    spot: Spot,
    runs: BTreeSet<[usize; 3]>,
}

fn check_alike(library: &Library, problems: &mut Problems) {
    let mut known = BTreeMap::new();
    let ideas = library.ideas.iter().map(|Placed { item, lines }| {
        let text = format!("{} {} {}", item.title, item.steps.join(" "), item.talk);
        Said { id: &item.id, spot: lines.entry(), runs: runs(&text, &mut known) }
    });
    check_pairs(&ideas.collect::<Vec<_>>(), problems);
    let questions = library.questions.iter().map(|Placed { item, lines }| Said {
        id: &item.id,
        spot: lines.spot("text"),
        runs: runs(&item.text, &mut known),
    });
    check_pairs(&questions.collect::<Vec<_>>(), problems);
}

fn check_pairs(all: &[Said<'_>], problems: &mut Problems) {
    for (at, one) in all.iter().enumerate() {
        for earlier in all.iter().take(at) {
            let alike = likeness(&one.runs, &earlier.runs);
            if alike >= TOO_ALIKE {
                let (id, first) = (earlier.id, &earlier.spot);
                let message = format!("says nearly the same as \"{id}\" ({first}): {:.0} %", alike * 100.0);
                problems.add(one.spot.clone(), message);
            }
        }
    }
}

fn runs(text: &str, known: &mut BTreeMap<String, usize>) -> BTreeSet<[usize; 3]> {
    let mut number = |word| {
        let next = known.len();
        *known.entry(word).or_insert(next)
    };
    let words: Vec<usize> = folded(text).into_iter().map(&mut number).collect();
    words.windows(3).filter_map(|run| run.try_into().ok()).collect()
}

/// The Jaccard index: what they share, as a part of all they have.
fn likeness(one: &BTreeSet<[usize; 3]>, other: &BTreeSet<[usize; 3]>) -> f64 {
    let shared = one.intersection(other).count();
    let all = one.len() + other.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}
