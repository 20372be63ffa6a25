//! The one way to change the log: read the threads it touches, work out the change, store it, and only then show
//! it. All of it under one lock across tabs, so that no tab ever works on what another is changing.

use super::{App, Problem, Standing};
use crate::device::{locks, timer};
use crate::store::database::{self, Step};
use crate::store::home::{self, Home};
use crate::store::log;
use bothways::ids::EntryId;
use bothways::log::records::{self, Change};
use bothways::log::{Delta, LogSet};
use leptos::prelude::*;

/// How often it is looked whether the log is open, in milliseconds.
const OPENING_MS: u64 = 20;

impl App {
    /// Waits until the log has been opened, and says why where it cannot be: who taps before that has not to tap
    /// again.
    pub(super) async fn ready(&self) -> Result<(), Problem> {
        loop {
            match self.standing.get_untracked() {
                Standing::Ready => return Ok(()),
                Standing::Closed(error) => return Err(error.into()),
                Standing::Starting => timer::pause(OPENING_MS).await,
            }
        }
    }

    /// Waits until no tab changes the log, and keeps others from it.
    pub(super) async fn lock(&self) -> locks::Held {
        locks::hold(locks::LOG).await
    }

    /// Does something to these entries: `work` sees their threads as they are now.
    pub(super) async fn act(
        &self,
        entries: &[EntryId],
        work: impl FnOnce(&LogSet) -> Result<Delta, Problem>,
    ) -> Result<(), Problem> {
        self.act_and(entries, Vec::new(), work).await
    }

    /// The same, with more to store in the same transaction.
    pub(super) async fn act_and(
        &self,
        entries: &[EntryId],
        more: Vec<Step>,
        work: impl FnOnce(&LogSet) -> Result<Delta, Problem>,
    ) -> Result<(), Problem> {
        let _lock = self.lock().await;
        let origin = self.origin()?;
        let slice = log::slice(&origin, entries).await?;
        let change = records::change(&slice, &work(&slice)?);
        let mut steps = log::steps(&origin, &change)?;
        steps.extend(more);
        database::write(&steps, &|_| true).await?;
        self.stored(&change, entries).await;
        Ok(())
    }

    /// Shows what has been stored: here, and in the other tabs.
    pub(super) async fn stored(&self, change: &Change, entries: &[EntryId]) {
        if let Ok(origin) = self.origin() {
            let mut facts = self.facts.get_untracked();
            // Where it cannot be read again, what was known stays; the next start reads it.
            facts.follow(&origin, change).await.ok();
            self.facts.set(facts);
        }
        self.follow_in_search(entries).await;
        self.changed();
        self.tell_other_tabs(entries);
    }

    /// Stores a changed home together with a change of entries, all or nothing, and then shows both.
    pub(super) async fn change_home(
        &self,
        entries: &[EntryId],
        work: impl FnOnce(&LogSet, &mut Home) -> Result<Delta, Problem>,
    ) -> Result<(), Problem> {
        let _lock = self.lock().await;
        // Another tab may have changed it since this one read it.
        let mut home = home::load().await?.ok_or(Problem::NobodyYet)?;
        let slice = log::slice(&home.origin, entries).await?;
        let delta = work(&slice, &mut home)?;
        let change = records::change(&slice, &delta);
        let mut steps = log::steps(&home.origin, &change)?;
        steps.push(home::step(&home)?);
        database::write(&steps, &|_| true).await?;
        self.home.set(Some(home));
        self.stored(&change, entries).await;
        Ok(())
    }
}
