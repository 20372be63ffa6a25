//! What is let rest on this phone: see [`bothways::log::resting`]. It names people and hard times, so it is sealed as every
//! text is, and goes into no file.

use super::App;
use super::calendar::{end_of_day, start_of_day};
use crate::store::{rest, small};
use bothways::log::resting::{Resting, Time};
use serde::Serialize;

#[derive(Serialize)]
struct Sealed {
    sealed: String,
}

impl App {
    fn resting_key(&self) -> Option<String> {
        self.origin().ok().map(|log| format!("resting.{log}"))
    }

    /// What is let rest. Nothing, where the log is not open.
    pub fn resting(&self) -> Resting {
        let stored = || {
            let sealed = small::get(&self.resting_key()?)?.text("sealed").ok()?;
            Resting::parse(&rest::open(&sealed).ok()?).ok()
        };
        stored().unwrap_or_default()
    }

    /// Changes what is let rest. False where nothing was changed, or the browser keeps nothing.
    pub fn let_rest(&self, change: impl FnOnce(&mut Resting) -> bool) -> bool {
        let mut resting = self.resting();
        let is_kept = change(&mut resting)
            && self.resting_key().is_some_and(|key| {
                rest::seal(&resting.to_text()).is_ok_and(|sealed| small::set(&key, &Sealed { sealed }))
            });
        if is_kept {
            self.changed();
        }
        is_kept
    }

    /// Lets the days from one field to another rest, until the day of a third.
    pub fn let_time_rest(&self, from: &str, to: &str, until: &str) -> bool {
        let Some((from, to)) = start_of_day(from).zip(end_of_day(to)) else { return false };
        let until = start_of_day(until);
        self.let_rest(|resting| resting.add_time(Time { from, to, until }))
    }
}
