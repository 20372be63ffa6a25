//! Searches over the real words, as people type them.

use super::source::Problems;
use super::{check, limits, shelves};
use bothways::library::{Found, SearchIndex};
use std::path::Path;

/// What a person types, mistakes and all, and what should be among the first three: an id.
const SEARCHES: &[(&str, &str)] = &[
    ("fine", "ask-fine"),
    ("he says fine", "ask-fine"),
    ("adopton", "ask-adoption"),
    ("angry", "ask-angry"),
    ("angrry", "ask-angry"),
    ("far apart", "ask-far-apart"),
    ("died", "ask-grief"),
    ("father now", "ask-he-is-a-father"),
    ("ill", "ask-illness"),
    ("his partner", "ask-in-laws"),
    ("apologise", "ask-late-apology"),
    ("appologise", "ask-late-apology"),
    ("money between us", "ask-money"),
    ("new partner", "ask-new-partner"),
    ("new partnr", "ask-new-partner"),
    ("not spoken months", "ask-no-contact"),
    ("isnt safe", "ask-not-safe"),
    ("talk openly", "ask-open-talk"),
    ("prefers father", "ask-prefers-father"),
    ("perfers father", "ask-prefers-father"),
    ("pulling away", "ask-pulls-away"),
    ("screens", "ask-screens"),
    ("screns", "ask-screens"),
    ("divorce", "ask-separation"),
    ("divorse", "ask-separation"),
    ("shared interests", "ask-shared-interests"),
    ("talk to my mother", "ask-son-speaks"),
    ("step family", "ask-step-family"),
    ("ten minutes no money", "ask-ten-minutes"),
    ("too close", "ask-too-close"),
    ("two sons", "ask-two-sons"),
    ("worries", "ask-worry"),
    ("wories about everything", "ask-worry"),
    ("weather report", "needs-weather-report"),
    ("two sentences", "needs-two-sentences"),
    ("two sentances", "needs-two-sentences"),
    ("match report", "talk-match-report"),
    ("mach report dull", "talk-match-report"),
    ("red lights", "talk-only-at-red-lights"),
    ("sock bowls", "sport-sock-bowls"),
    ("sok bowls", "sport-sock-bowls"),
    ("one recipe", "legacy-one-recipe"),
    ("say it back", "talking-say-it-back"),
    ("what gets handed on", "legacy"),
    ("door two handles", "boundaries"),
    ("blanket", "needs-q-blanket"),
    ("whisper", "talking-q-whisper"),
];

#[test]
fn what_a_person_types_is_found_among_the_first_three() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut problems = Problems::default();
    let sources = shelves::sources(&root, "en", &mut problems).unwrap();
    let index = SearchIndex::new(&check("en", &sources, &limits::FLOORS, &mut problems));
    let missed: Vec<String> = SEARCHES
        .iter()
        .filter_map(|(typed, wanted)| {
            let hits: Vec<String> = index.search(typed, 3).into_iter().map(|hit| id_of(hit.found)).collect();
            (!hits.iter().any(|id| id == wanted)).then(|| format!("{typed:?}: {hits:?}, not {wanted}"))
        })
        .collect();
    assert!(SEARCHES.len() >= 40);
    assert_eq!(missed, [""; 0]);
}

fn id_of(found: Found) -> String {
    let (Found::Chapter(id) | Found::Answer(id) | Found::Idea(id) | Found::Question(id)) = found else {
        let Found::Practice { practice, .. } = found else { unreachable!("that is all there is") };
        return practice.to_string();
    };
    id.to_string()
}
