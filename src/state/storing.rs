//! The one way to change the log: read the threads it touches, work out the change, store it, and only then show
//! it. All of it under one lock across tabs, so that no tab ever works on what another is changing.

use super::lock::Keeping;
use super::own::OwnThings;
use super::{App, Problem, Standing};
use crate::device::{locks, timer};
use crate::store::StoreError;
use crate::store::database;
use crate::store::home::{self, Home};
use crate::store::{drawer, log, photos};
use bothways::ids::EntryId;
use bothways::log::records::{self, Change};
use bothways::log::{Delta, LogSet};
use leptos::prelude::*;

/// How often it is looked whether the log is open, in milliseconds.
const OPENING_MS: u64 = 20;

type OnLog<'a> = Box<dyn FnOnce(&LogSet) -> Result<Delta, Problem> + 'a>;
type OnHome<'a> = Box<dyn FnOnce(&LogSet, &mut Home) -> Result<Delta, Problem> + 'a>;

/// What an act does once it sees the threads.
enum Work<'a> {
    OnLog(OnLog<'a>),
    OnHome(OnHome<'a>),
}

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
    pub(super) async fn act<'a>(
        &self,
        entries: &[EntryId],
        work: impl FnOnce(&LogSet) -> Result<Delta, Problem> + 'a,
    ) -> Result<(), Problem> {
        self.run(entries, None, Work::OnLog(Box::new(work))).await
    }

    /// Keeps a note, or lets it go, and what that changes in the log, in one transaction.
    pub(super) async fn act_with<'a>(
        &self,
        keeping: Keeping,
        entries: &[EntryId],
        work: impl FnOnce(&LogSet) -> Result<Delta, Problem> + 'a,
    ) -> Result<(), Problem> {
        self.run(entries, Some(keeping), Work::OnLog(Box::new(work))).await
    }

    /// Stores a changed home together with a change of entries, all or nothing, and then shows both.
    pub(super) async fn change_home<'a>(
        &self,
        entries: &[EntryId],
        work: impl FnOnce(&LogSet, &mut Home) -> Result<Delta, Problem> + 'a,
    ) -> Result<(), Problem> {
        self.run(entries, None, Work::OnHome(Box::new(work))).await
    }

    /// The one program for all of them: what differs comes boxed, or it would be compiled anew for each act.
    async fn run(
        &self,
        entries: &[EntryId],
        keeping: Option<Keeping>,
        work: Work<'_>,
    ) -> Result<(), Problem> {
        let _lock = self.lock().await;
        // Another tab may have changed it since this one read it.
        let mut home = home::load(&self.origin()?).await?.ok_or(StoreError::Failed)?;
        let mut steps = match keeping {
            // Another tab has set a lock, or changed it: nothing is written past it.
            Some(keeping) if keeping.locks != drawer::lock_keys(&home.origin).await? => {
                return Err(Problem::LockChanged);
            }
            Some(keeping) => keeping.steps,
            None => Vec::new(),
        };
        let slice = log::slice(&home.origin, entries).await?;
        let change = match work {
            Work::OnLog(work) => records::change(&slice, &work(&slice)?),
            Work::OnHome(work) => {
                let change = records::change(&slice, &work(&slice, &mut home)?);
                steps.push(home::step(&home)?);
                change
            }
        };
        steps.extend(log::steps(&home.origin, &change)?);
        steps.extend(photos::freed(&home.origin, &change).await?);
        database::write(&steps, &|_| true).await?;
        // Whatever shows the names is drawn anew only where they may have changed.
        if self.home.with_untracked(|known| known.as_ref() != Some(&home)) {
            self.know_home(home);
        }
        self.reread_pairs().await;
        self.stored(&change, entries).await;
        Ok(())
    }

    /// Shows what has been stored: here, and in the other tabs.
    pub(super) async fn stored(&self, change: &Change, entries: &[EntryId]) {
        if let Ok(origin) = self.origin() {
            let mut facts = self.facts.get_untracked();
            // Where it cannot be read again, what was known stays; the next start reads it.
            facts.follow(&origin, change).await.ok();
            let own = match self.own.with_untracked(|own| own.changes_with(change)) {
                true => OwnThings::read(&origin).await.ok(),
                false => None,
            };
            self.know_facts(facts);
            own.into_iter().for_each(|own| self.know_own(own));
        }
        self.follow_in_search(entries).await;
        self.changed();
        self.tell_other_tabs(entries);
    }
}
