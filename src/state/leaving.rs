//! Leaving a pair: the log that is shown, and no other on this phone.

use super::{App, Problem, StoreError};
use crate::device::page;
use crate::store::{database, home, leaving, small};
use leptos::prelude::*;

impl App {
    /// Whether the pair was left, with the copy kept.
    pub fn has_left(&self) -> bool {
        self.home.with(|home| home.as_ref().is_some_and(|home| home.left))
    }

    /// Leaves the pair and keeps the copy: nothing is given or taken any more, until phones are paired anew.
    pub async fn leave_pair(&self) -> Result<(), Problem> {
        self.ready().await?;
        {
            let _lock = self.lock().await;
            let mut home = home::load(&self.origin()?).await?.ok_or(StoreError::Failed)?;
            database::write(&leaving::keep_copy(&mut home)?, &|_| true).await?;
        }
        self.reread(&[]).await;
        Ok(())
    }

    /// Erases this phone's copy of the log that is shown, and starts the app again. Other logs stay.
    pub async fn erase_pair(&self) -> Result<(), Problem> {
        self.ready().await?;
        let origin = self.origin()?;
        {
            let _lock = self.lock().await;
            let home = home::load(&origin).await?.ok_or(StoreError::Failed)?;
            // First, since the transaction cannot have them with it: whoever is stopped in between erases once more.
            small::remove_all(&format!("draft.{origin}."));
            database::write(&leaving::erase(&home), &|_| true).await?;
        }
        // A tab that shows it starts again, too.
        self.tell_other_tabs(&[]);
        page::start_again();
        Ok(())
    }
}
