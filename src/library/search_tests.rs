use super::super::Idea;
use super::super::samples::{id, idea, pack};
use super::*;

fn search(query: &str) -> Vec<Hit> {
    SearchIndex::new(&pack()).search(query, 10)
}

fn found(query: &str) -> Vec<Found> {
    search(query).into_iter().map(|hit| hit.found).collect()
}

fn cut<'a>(text: &'a str, marks: &[Range<usize>]) -> Vec<&'a str> {
    marks.iter().map(|mark| text.get(mark.clone()).unwrap()).collect()
}

#[test]
fn everything_can_be_found() {
    let practice = Found::Practice { chapter: id("needs"), practice: id("two-sentences") };
    assert_eq!(found("umbrellas"), [Found::Chapter(id("needs"))]);
    assert_eq!(found("sentences each"), [practice]);
    assert_eq!(found("opposite"), [Found::Answer(id("he-says-nothing"))]);
    assert_eq!(found("kite"), [Found::Idea(id("kite"))]);
    assert_eq!(found("quiet day"), [Found::Question(id("quiet-day"))]);
}

#[test]
fn a_word_in_the_title_comes_before_one_in_the_text() {
    assert_eq!(found("soup"), [Found::Idea(id("soup")), Found::Chapter(id("needs"))]);
}

#[test]
fn a_word_in_a_step_comes_before_one_in_the_text() {
    let mut pack = pack();
    pack.ideas.push(Idea { steps: vec!["Chop an onion.".into()], ..idea("chop", "Tears for nothing") });
    let hits = SearchIndex::new(&pack).search("onion", 10);
    let found: Vec<Found> = hits.into_iter().map(|hit| hit.found).collect();
    assert_eq!(found, [Found::Idea(id("chop")), Found::Chapter(id("needs"))]);
}

#[test]
fn a_whole_word_comes_before_a_longer_one() {
    let mut pack = pack();
    pack.ideas = vec![idea("a", "Soupspoons"), idea("b", "A soup")];
    let hits = SearchIndex::new(&pack).search("soup", 2);
    assert_eq!(hits.first().unwrap().title, "A soup");
}

#[test]
fn every_word_must_occur_but_they_may_stand_apart() {
    assert_eq!(found("soup umbrellas"), [Found::Chapter(id("needs"))]);
    assert_eq!(found("need umbrellas"), [Found::Chapter(id("needs"))], "title and text");
    assert_eq!(found("soup kite"), []);
}

#[test]
fn a_beginning_is_enough_and_capitals_and_accents_do_not_matter() {
    assert_eq!(found("UMBR"), [Found::Chapter(id("needs"))]);
    assert_eq!(found("cafe"), [Found::Chapter(id("needs"))]);
    assert_eq!(found("càfé"), [Found::Chapter(id("needs"))]);
    assert_eq!(found("dont ask"), [Found::Chapter(id("needs"))]);
    assert_eq!(found("mbrella"), [Found::Chapter(id("needs"))], "one letter missing");
    assert_eq!(found("rella"), []);
}

#[test]
fn one_typing_mistake_is_forgiven_only_when_the_word_is_unknown() {
    assert_eq!(found("umbrelas"), [Found::Chapter(id("needs"))]);
    // "kite" exists, so "kitchen" is not dragged in; "kit" is too short to guess at.
    assert_eq!(found("kite"), [Found::Idea(id("kite"))]);
    assert_eq!(found("kyt"), []);
    assert_eq!(found("kyte bag"), [Found::Idea(id("kite"))]);
}

#[test]
fn the_excerpt_is_a_window_around_the_hit_with_the_hit_marked() {
    let hit = search("onion soup").into_iter().next().unwrap();
    assert!(hit.excerpt.starts_with("… ") && hit.excerpt.ends_with(" …"), "{}", hit.excerpt);
    assert_eq!(cut(&hit.excerpt, &hit.marks), ["onion", "soup"]);
    assert!(words(&hit.excerpt).len() <= EXCERPT_WORDS);
    assert_eq!(hit.title_marks, []);
}

#[test]
fn a_short_text_is_shown_whole() {
    let hit = search("café").into_iter().next().unwrap();
    assert_eq!(hit.excerpt, "Tea at the café first");
    assert_eq!(cut(&hit.excerpt, &hit.marks), ["café"]);
}

#[test]
fn a_hit_in_the_title_is_marked_there_and_the_opening_words_are_shown() {
    let hit = search("kite").into_iter().next().unwrap();
    assert_eq!(cut(&hit.title, &hit.title_marks), ["kite"]);
    assert_eq!(hit.excerpt, "Fill the pot.");
    assert_eq!(hit.marks, []);
}

#[test]
fn nothing_asked_is_nothing_found_and_the_limit_is_kept() {
    assert_eq!(found(""), []);
    assert_eq!(found(" ?! "), []);
    assert_eq!(SearchIndex::new(&pack()).search("the", 2).len(), 2);
    assert_eq!(found(&"the ".repeat(10_000)).len(), found("the").len());
}
