//! The lock of the drawer. What opens it is in the worker's memory and for one sitting: until it is shut, the page has been
//! out of sight for some minutes, somebody else speaks, or the app starts again.

use super::drafts::Readers;
use super::swapping::{bytes_of, problem};
use super::{App, Problem, StoreError};
use crate::device::language::composed;
use crate::device::{clock, page, timer};
use crate::store::database::Step;
use crate::store::drawer;
use bothways::drawer::Note;
use bothways::drawer::errand::{Ask, Asked, Told};
use bothways::drawer::lock::{self, Sealed};
use bothways::swap::errand::{Answer, Errand};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// After so many milliseconds out of sight it is shut.
const HIDDEN_MS: i64 = 3 * 60 * 1_000;

/// How it stands with the drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// Not locked.
    Free,
    /// Locked, and shut.
    Shut,
    /// Locked, and open for this sitting.
    Open,
}

/// Steps that keep a note or let it go, and the locks there were when they were made: under others they are not stored.
#[derive(Clone)]
pub(super) struct Keeping {
    pub steps: Vec<Step>,
    pub locks: Vec<String>,
}

impl App {
    async fn ask_drawer(&self, ask: Ask) -> Result<Told, Problem> {
        self.ready().await?;
        let member = self.member_now().ok_or(Problem::NobodyYet)?;
        let asked = Asked { member, sitting: self.sitting.get_value(), ask };
        match self.errand(Errand::Alone, Some(bytes_of(&asked.to_text()))).await {
            Some((Answer::Text, told)) => {
                let told = told.as_string().and_then(|text| Told::parse(&text).ok());
                Ok(told.ok_or(StoreError::Failed)?)
            }
            other => Err(problem(other)),
        }
    }

    /// Looks how it stands.
    pub async fn look_at_drawer(&self) -> Result<(), Problem> {
        match self.locked_notes().await {
            Ok(_) | Err(Problem::Shut) => Ok(()),
            Err(other) => Err(other),
        }
    }

    async fn is_locked(&self) -> Result<bool, Problem> {
        self.ready().await?;
        let locks = drawer::locks(&self.origin()?).await?;
        let Some(member) = self.member_now() else { return Ok(false) };
        Ok(lock::of(&locks, member, untrack(|| self.is_for_two())).is_some())
    }

    /// What lies in the drawer, where it is locked; none where it is not.
    pub(super) async fn locked_notes(&self) -> Result<Option<Vec<Note>>, Problem> {
        if !self.is_locked().await? {
            self.stands(Drawer::Free);
            return Ok(None);
        }
        match self.ask_drawer(Ask::Notes).await? {
            Told::Notes(notes, _) => {
                self.stands(Drawer::Open);
                Ok(Some(notes))
            }
            _ => {
                self.stands(Drawer::Shut);
                Err(Problem::Shut)
            }
        }
    }

    fn stands(&self, drawer: Drawer) {
        if self.drawer.get_untracked() != Some(drawer) {
            self.drawer.set(Some(drawer));
        }
    }

    /// The steps that keep a note: under the lock, where there is one. For that it need not be open.
    pub(super) async fn keeping(&self, note: Note) -> Result<Keeping, Problem> {
        let origin = self.origin()?;
        let locks = drawer::lock_keys(&origin).await?;
        let steps = if self.is_locked().await? {
            match self.ask_drawer(Ask::Seal(Box::new(note))).await? {
                Told::Sealed(text) => {
                    let sealed = Sealed::parse(&text).map_err(|_| StoreError::Damaged)?;
                    drawer::keep_sealed(&origin, &sealed)
                }
                _ => return Err(Problem::LockChanged),
            }
        } else {
            drawer::keep(&origin, &note)?
        };
        Ok(Keeping { steps, locks })
    }

    /// Locks the drawer with a passphrase.
    pub async fn set_lock(&self, phrase: &str) -> Result<(), Problem> {
        let phrase = composed(phrase);
        let phrase = lock::usable(&phrase).ok_or(Problem::PhraseLength)?;
        let notes = self.notes().await?;
        self.settled(Ask::Set(phrase.to_owned())).await?;
        // What was being written for oneself alone lies there without the lock.
        for note in notes {
            self.drop_draft(Some(note.id));
        }
        if self.draft(None).is_some_and(|draft| draft.readers == Readers::Me) {
            self.drop_draft(None);
        }
        self.watch_sitting();
        Ok(())
    }

    /// Opens it for this sitting.
    pub async fn open_drawer(&self, phrase: &str) -> Result<(), Problem> {
        self.settled(Ask::Open(composed(phrase))).await?;
        self.watch_sitting();
        Ok(())
    }

    /// Gives it another passphrase.
    pub async fn change_lock(&self, phrase: &str, next: &str) -> Result<(), Problem> {
        let next = composed(next);
        let next = lock::usable(&next).ok_or(Problem::PhraseLength)?;
        self.settled(Ask::Change(composed(phrase), next.to_owned())).await?;
        self.watch_sitting();
        Ok(())
    }

    /// Takes the lock away.
    pub async fn take_lock_away(&self, phrase: &str) -> Result<(), Problem> {
        self.settled(Ask::TakeAway(composed(phrase))).await
    }

    async fn settled(&self, ask: Ask) -> Result<(), Problem> {
        let outcome = match self.ask_drawer(ask).await? {
            Told::Done => Ok(()),
            Told::WrongPhrase => Err(Problem::WrongPhrase),
            _ => Err(Problem::LockChanged),
        };
        self.look_at_drawer().await?;
        if outcome.is_ok() {
            self.reread(&[]).await;
        }
        outcome
    }

    /// Shuts the drawer, where it is locked.
    pub fn shut_drawer(self) {
        self.end_sitting();
        // The worker forgets what opens it; it would with the next question, too.
        spawn_local(async move {
            self.ask_drawer(Ask::Shut).await.ok();
        });
    }

    fn watch_sitting(self) {
        if self.watches_sitting.get_value() {
            return;
        }
        self.watches_sitting.set_value(true);
        let hidden = StoredValue::new(None::<i64>);
        let look = move || {
            let is_over = |since: i64| clock::now().at - since >= HIDDEN_MS;
            if hidden.get_value().is_some_and(is_over) {
                hidden.set_value(None);
                self.shut_drawer();
            }
        };
        page::on("visibilitychange", move || {
            if page::is_hidden() {
                hidden.set_value(Some(clock::now().at));
                // A phone may not let it come; then it is when the page is seen again.
                timer::after(HIDDEN_MS as u64, look);
            } else {
                look();
                hidden.set_value(None);
            }
        });
    }
}
