//! Finding anything in the library by its words.
//!
//! [`SearchIndex`] is made once from a pack; a search then looks at the words people used, not at the texts, so
//! that it can run on every key. All words of the query must occur, each as the beginning of a word. A word of
//! four letters or more that occurs nowhere is tried again with one typing mistake forgiven.

use super::guide::Block;
use super::id::ContentId;
use super::pack::Pack;
use super::words::{Word, begins_with_one_typo, words};
use crate::sorted::SortedMap;
use std::ops::Range;

/// Words of a query that are looked at. Nobody types more, and a pasted page must not freeze the app.
const QUERY_WORDS: usize = 8;
/// The shortest word in which a typing mistake is forgiven: in a shorter one, everything resembles everything.
const TYPO_LETTERS: usize = 4;
/// The same, where other words say what it is about and nothing was found otherwise.
const AMONG_OTHERS: usize = 3;
/// Words of an excerpt, and how many of them stand before the hit.
const EXCERPT_WORDS: usize = 22;
const WORDS_BEFORE: usize = 6;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A chapter of the guide.
    Chapter(ContentId),
    /// Something to try, in a chapter.
    Practice {
        /// The chapter it stands in.
        chapter: ContentId,
        /// The practice itself.
        practice: ContentId,
    },
    /// An answer.
    Answer(ContentId),
    /// An idea.
    Idea(ContentId),
    /// A question for both.
    Question(ContentId),
}

/// One thing that was found, and the words by which it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub found: Found,
    /// Its title; of a question, its text.
    pub title: String,
    /// The words found in the title: ranges of its bytes.
    pub title_marks: Vec<Range<usize>>,
    /// A few words around the hit, or its opening words when only the title was hit. Empty for a question.
    pub excerpt: String,
    /// The words found in the excerpt: ranges of its bytes.
    pub marks: Vec<Range<usize>>,
}

/// How much a hit counts by where it stands. A whole word counts double, and still less than the next place up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Body = 1,
    Summary = 3,
    Title = 9,
}

struct Item {
    found: Found,
    title: String,
    passages: Vec<(Weight, String)>,
}

/// Where a word occurs.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    item: usize,
    weight: Weight,
}

/// One word of a query, and how it is to be compared.
struct Typed {
    folded: String,
    forgiving: bool,
}

/// The words of a pack, ready to be searched.
pub struct SearchIndex {
    items: Vec<Item>,
    words: SortedMap<String, Vec<Place>>,
}

impl SearchIndex {
    /// Reads a pack once, word by word.
    pub fn new(pack: &Pack) -> Self {
        let mut index = Self { items: Vec::new(), words: SortedMap::new() };
        for chapter in &pack.chapters {
            let item = Item::new(Found::Chapter(chapter.id.clone()), &chapter.title);
            index.add(item.summary([&chapter.summary]).body(&chapter.body));
            for practice in &chapter.practices {
                let found = Found::Practice { chapter: chapter.id.clone(), practice: practice.id.clone() };
                index.add(
                    Item::new(found, &practice.title).summary(&practice.steps).details([&practice.write]),
                );
            }
        }
        for answer in &pack.answers {
            let item = Item::new(Found::Answer(answer.id.clone()), &answer.title);
            index.add(item.summary([&answer.summary]).body(&answer.body));
        }
        for idea in &pack.ideas {
            let item = Item::new(Found::Idea(idea.id.clone()), &idea.title).summary(&idea.steps);
            index.add(
                item.summary([&idea.talk])
                    .details(&idea.needs)
                    .details(idea.changes.iter().map(|(_, text)| text)),
            );
        }
        for question in &pack.questions {
            index.add(Item::new(Found::Question(question.id.clone()), &question.text));
        }
        index
    }

    /// The best `limit` things in which every word of the query occurs, the best first; the order of the pack
    /// decides between equals, so that the same query always shows the same list.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let mut typed: Vec<Typed> =
            words(query).into_iter().take(QUERY_WORDS).map(|word| self.typed(word.folded)).collect();
        if typed.is_empty() {
            return Vec::new();
        }
        let mut best = self.best(&typed, limit);
        if best.is_empty() && typed.len() > 1 {
            // A mistake that makes another word that is known: the other words tell which was meant.
            typed.iter_mut().for_each(|word| word.forgiving |= word.folded.chars().count() >= AMONG_OTHERS);
            best = self.best(&typed, limit);
        }
        best.into_iter().map(|(_, item)| item.hit(&typed)).collect()
    }

    fn best(&self, typed: &[Typed], limit: usize) -> Vec<(u32, &Item)> {
        let mut scores = vec![Some(0); self.items.len()];
        for word in typed {
            let found = self.score(word);
            for (total, score) in scores.iter_mut().zip(found) {
                *total = total.zip(score).map(|(total, score): (u32, u32)| total + score);
            }
        }
        // Each is put in its place among the best so far, after its equals, or passed over.
        let mut best: Vec<(u32, &Item)> = Vec::new();
        for (score, item) in scores.into_iter().zip(&self.items) {
            let Some(score) = score else { continue };
            let place = best.partition_point(|(other, _)| *other >= score);
            if place < limit {
                best.insert(place, (score, item));
                best.truncate(limit);
            }
        }
        best
    }

    fn add(&mut self, item: Item) {
        let at = self.items.len();
        let title = std::iter::once((Weight::Title, &item.title));
        let passages = item.passages.iter().map(|(weight, text)| (*weight, text));
        for (weight, text) in title.chain(passages) {
            for word in words(text) {
                let place = Place { item: at, weight };
                self.words.change(word.folded, |places| {
                    // Items come one after the other, so a place that is already there is among the last few.
                    if !places.iter().rev().take_while(|known| known.item == at).any(|known| *known == place)
                    {
                        places.push(place);
                    }
                });
            }
        }
        self.items.push(item);
    }

    fn typed(&self, folded: String) -> Typed {
        let known = self.beginning_with(&folded).next().is_some();
        let forgiving = !known && folded.chars().count() >= TYPO_LETTERS;
        Typed { folded, forgiving }
    }

    /// The known words that begin with these letters.
    fn beginning_with(&self, start: &str) -> impl Iterator<Item = (&String, &Vec<Place>)> {
        self.words.beginning_at(start).take_while(move |(word, _)| word.starts_with(start))
    }

    /// For each item, how well it answers this word, if it does.
    fn score(&self, typed: &Typed) -> Vec<Option<u32>> {
        let mut scores = vec![None; self.items.len()];
        let mut count = |word: &str, places: &[Place]| {
            let whole = if word == typed.folded { 2 } else { 1 };
            for place in places {
                if let Some(score) = scores.get_mut(place.item) {
                    *score = (*score).max(Some(place.weight as u32 * whole));
                }
            }
        };
        if typed.forgiving {
            let alike = self.words.iter().filter(|(word, _)| typed.matches(word));
            alike.for_each(|(word, places)| count(word, places));
        } else {
            self.beginning_with(&typed.folded).for_each(|(word, places)| count(word, places));
        }
        scores
    }
}

impl Typed {
    fn matches(&self, word: &str) -> bool {
        if self.forgiving { begins_with_one_typo(word, &self.folded) } else { word.starts_with(&self.folded) }
    }
}

impl Item {
    fn new(found: Found, title: &str) -> Self {
        Self { found, title: title.to_owned(), passages: Vec::new() }
    }

    fn summary<'a>(self, texts: impl IntoIterator<Item = &'a String>) -> Self {
        self.with(Weight::Summary, texts.into_iter().cloned())
    }

    fn details<'a>(self, texts: impl IntoIterator<Item = &'a String>) -> Self {
        self.with(Weight::Body, texts.into_iter().cloned())
    }

    fn body(self, blocks: &[Block]) -> Self {
        blocks.iter().fold(self, |item, block| {
            let weight = if matches!(block, Block::Heading(_)) { Weight::Summary } else { Weight::Body };
            item.with(weight, block.texts())
        })
    }

    fn with(mut self, weight: Weight, texts: impl IntoIterator<Item = String>) -> Self {
        self.passages.extend(texts.into_iter().map(|text| (weight, text)));
        self
    }

    /// The item as it is shown for this query: with the passage that has most of the words in it.
    fn hit(&self, typed: &[Typed]) -> Hit {
        let mut best: Option<(usize, Weight, &str)> = None;
        for (weight, text) in &self.passages {
            let words = words(text);
            let hits =
                typed.iter().filter(|typed| words.iter().any(|word| typed.matches(&word.folded))).count();
            if best.is_none_or(|(most, heaviest, _)| (hits, *weight) > (most, heaviest) && hits > 0) {
                best = Some((hits, *weight, text));
            }
        }
        let (excerpt, marks) = best.map(|(_, _, text)| excerpt(text, typed)).unwrap_or_default();
        Hit {
            found: self.found.clone(),
            title_marks: marked(&words(&self.title), typed).map(|word| word.range.clone()).collect(),
            title: self.title.clone(),
            excerpt,
            marks,
        }
    }
}

fn marked<'a>(words: &'a [Word], typed: &'a [Typed]) -> impl Iterator<Item = &'a Word> {
    words.iter().filter(|word| typed.iter().any(|typed| typed.matches(&word.folded)))
}

/// A few words of the text around the first hit, and where the hits are in them.
fn excerpt(text: &str, typed: &[Typed]) -> (String, Vec<Range<usize>>) {
    let words = words(text);
    let hit = words.iter().position(|word| typed.iter().any(|typed| typed.matches(&word.folded)));
    let first = hit.unwrap_or(0).saturating_sub(WORDS_BEFORE);
    let start = if first == 0 { 0 } else { words.get(first).map_or(0, |word| word.range.start) };
    let end = words.get(first + EXCERPT_WORDS).map_or(text.len(), |word| word.range.start);
    let window = text.get(start..end).unwrap_or_default().trim_end();
    let before = if start > 0 { "… " } else { "" };
    let after = if end < text.len() { " …" } else { "" };
    let marks = marked(&words, typed)
        .filter(|word| word.range.start >= start && word.range.end <= start + window.len())
        .map(|word| word.range.start - start + before.len()..word.range.end - start + before.len())
        .collect();
    (format!("{before}{window}{after}"), marks)
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
