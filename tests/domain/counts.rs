//! How much the tests that search try: small by default, so that `make test` stays quick; `make soak` sets more.

use proptest::test_runner::Config;
use std::str::FromStr;
use std::time::Duration;

fn set<T: FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// How many random cases each law is tried on: `BOTHWAYS_CASES`, or this many.
pub fn cases_or(usual: u32) -> u32 {
    set("BOTHWAYS_CASES").unwrap_or(usual)
}

/// The same, for tests that proptest runs.
pub fn config_or(usual: u32) -> Config {
    Config { cases: cases_or(usual), ..Config::default() }
}

/// How long each parser is fuzzed: `BOTHWAYS_FUZZ_SECONDS`, or two seconds.
pub fn fuzz_time() -> Duration {
    Duration::from_secs(set("BOTHWAYS_FUZZ_SECONDS").unwrap_or(2))
}

/// How many entries go into a backup, and how many photos: `BOTHWAYS_BACKUP` and a 66th of it, or 400 and 12.
pub fn backup_entries() -> (usize, usize) {
    set("BOTHWAYS_BACKUP").map_or((400, 12), |entries: usize| (entries, entries / 66))
}
