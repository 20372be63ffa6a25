//! The project grew from an article, whose ideas the guide deepens and whose sentences it leaves where they are. Here
//! stand the hashes of every eight words in a row of it, and no text may have such a run.

use super::source::{Problems, Source};
use bothways::library::words::words;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A line each: the first six bytes of SHA-256 of eight words, folded as for search, with one space between.
const RUNS: &str = include_str!("article.hashes");
const WORDS: usize = 8;

/// Finds eight words in a row that stand in the article.
pub fn check_file(source: &Source, problems: &mut Problems) {
    let runs: BTreeSet<&str> = RUNS.lines().collect();
    let words = words(&source.text);
    for run in words.windows(WORDS) {
        let text = run.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
        if runs.contains(hash(&text).as_str()) {
            let at = run.first().map_or(0, |word| word.range.start);
            problems.add(source.spot_at(at), format!("stands in the article: \"{text}\""));
        }
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
