//! In which order functions stand in a part. To the program it is all one. What packs it finds a repetition cheaper the
//! nearer it is, and a function that was made for one type mostly resembles one that was made for another.

use super::program::Program;
use std::collections::{HashMap, HashSet};

/// How many bytes in a row count as a thing two functions have in common.
const RUN: usize = 4;
/// A row of bytes that more functions have than this says nothing about any of them.
const COMMON: usize = 100;

/// The same functions, each beside the one that resembles it most of those that are left.
pub(super) fn alike(program: &Program, functions: &[u32]) -> Vec<u32> {
    let bodies: Vec<_> = functions.iter().map(|&function| program.body(function)).collect();
    let bodies: Vec<&[u8]> = bodies.iter().map(|body| body.as_bytes()).collect();
    nearest(&bodies).into_iter().map(|at| functions[at]).collect()
}

/// The places of these texts in that order.
fn nearest(bodies: &[&[u8]]) -> Vec<usize> {
    let runs: Vec<HashSet<&[u8]>> = bodies.iter().map(|body| body.windows(RUN).collect()).collect();
    let mut known: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (at, runs) in runs.iter().enumerate() {
        for run in runs {
            known.entry(run).or_default().push(at);
        }
    }
    known.retain(|_, had_by| had_by.len() <= COMMON);
    // Where nothing resembles the last one, it goes on with the longest.
    let mut longest: Vec<usize> = (0..bodies.len()).collect();
    longest.sort_by_key(|&at| runs[at].len());
    let mut left: HashSet<usize> = longest.iter().copied().collect();
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = longest.pop();
    while let Some(at) = next {
        left.remove(&at);
        order.push(at);
        let mut common: HashMap<usize, f64> = HashMap::new();
        for had_by in runs[at].iter().filter_map(|run| known.get(run)) {
            for other in had_by.iter().filter(|other| left.contains(other)) {
                *common.entry(*other).or_default() += 1.0;
            }
        }
        let most =
            common.into_iter().map(|(other, common)| (common / (runs[other].len() as f64).sqrt(), other));
        let most = most.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        next = match most {
            Some((_, other)) => Some(other),
            None => std::iter::from_fn(|| longest.pop()).find(|at| left.contains(at)),
        };
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stands_beside_what_it_resembles_and_none_is_lost() {
        let bodies =
            ["one heron at the weir", "soup for two", "", "two herons at the weir", "a", "soup for three"];
        let order = nearest(&bodies.map(str::as_bytes));
        let place = |of: usize| order.iter().position(|&at| at == of).unwrap();
        assert_eq!(place(0).abs_diff(place(3)), 1, "{order:?}");
        assert_eq!(place(1).abs_diff(place(5)), 1, "{order:?}");
        let mut all = order.clone();
        all.sort_unstable();
        assert_eq!(all, [0, 1, 2, 3, 4, 5]);
    }
}
