//! A backup of everything on this phone, and what becomes of one on another. The work is the worker's; the words pass
//! through and are kept nowhere.

use super::swapping::{Outcome, bytes_of, problem};
use super::{App, Problem};
pub use crate::device::files::all_picked as picked_files;
use crate::device::sharing::Shared;
use crate::device::{clock, files, random, sharing};
use crate::store::small;
use bothways::backup::errand::Opened;
use bothways::backup::{Unopened, reminder};
use bothways::ids::Fingerprint;
use bothways::log::Millis;
use bothways::phrases::BACKUP_WORDS;
use bothways::swap::errand::{Answer, Errand};
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::{JsCast as _, JsValue};
pub use web_sys::File;

/// Where it is kept when the last backup was made.
const BACKUPS: &str = "backups";

/// When the last backup was made, and when one was last put off; 0 for never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Backups {
    last: Millis,
    put_off: Millis,
}

impl Backups {
    fn stored() -> Self {
        let Some(mut parts) = small::get(BACKUPS) else { return Self::default() };
        let mut at = |name| parts.integer(name).unwrap_or_default();
        Self { last: at("last"), put_off: at("put_off") }
    }
}

/// Why a backup came to nothing.
pub enum NotRestored {
    /// One of its files, by its place, is not opened.
    Unopened(Unopened, usize),
    /// The person stopped it.
    Stopped,
    /// Anything else.
    Problem(Problem),
}

impl App {
    /// Six words for a backup, new ones each time.
    pub async fn propose_words(&self) -> Result<String, Problem> {
        let random = random::bytes().ok_or(Problem::NoRandomness)?;
        self.in_words(Fingerprint::from_bytes(random), BACKUP_WORDS).await
    }

    async fn text_by(&self, errand: Errand, along: Option<js_sys::Object>) -> Result<String, Problem> {
        self.ready().await?;
        match self.errand(errand, along).await {
            Some((Answer::Text, text)) => Ok(text.as_string().unwrap_or_default()),
            other => Err(problem(other)),
        }
    }

    /// Makes a backup under these words: its files.
    pub async fn make_backup(&self, words: &str) -> Result<Vec<File>, Problem> {
        self.ready().await?;
        match self.errand(Errand::Backup, Some(bytes_of(words))).await {
            Some((Answer::BackedUp, files)) => {
                Ok(js_sys::Array::from(&files).iter().filter_map(|file| file.dyn_into().ok()).collect())
            }
            Some((Answer::Refused(_), _)) => Err(Problem::FileTooLarge),
            other => Err(problem(other)),
        }
    }

    /// Saves one of its files where the browser puts downloads.
    pub fn save_part(&self, file: &File) -> bool {
        files::save_blob(&file.name(), file)
    }

    /// Opens the share sheet with one of its files: see [`App::share_file`].
    pub async fn share_part(&self, file: &File) -> Option<bool> {
        match sharing::share_file(file).await {
            Shared::Done => Some(true),
            Shared::Refused => Some(false),
            Shared::Closed => None,
        }
    }

    /// When the last backup was made; none where there is none.
    pub fn last_backup(&self) -> Option<Millis> {
        Some(Backups::stored().last).filter(|last| *last != 0)
    }

    /// Remembers that all files of a backup have left the app.
    pub fn backed_up(&self) {
        small::set(BACKUPS, &Backups { last: clock::now().at, put_off: 0 });
    }

    /// Reminds of the next backup a month later.
    pub fn put_backup_off(&self) {
        small::set(BACKUPS, &Backups { put_off: clock::now().at, ..Backups::stored() });
    }

    /// Whether it is time for a backup.
    pub fn is_backup_due(&self) -> bool {
        let put_off = Some(Backups::stored().put_off);
        let entries = self.facts.with(|facts| facts.entries);
        reminder::is_due(clock::now().at, self.last_backup(), put_off, entries)
    }

    /// Saves an event for a calendar that comes again every month. False where the browser would not.
    pub async fn save_reminder(&self, name: &str, says: &str) -> Result<bool, Problem> {
        self.save_event("bothways-backup.ics", "", name, says).await
    }

    /// Saves an event for a calendar on one day, as a date field has it. False where the browser would not.
    pub async fn save_plan(&self, day: &str, name: &str, says: &str) -> Result<bool, Problem> {
        self.save_event("bothways-plan.ics", &day.replace('-', ""), name, says).await
    }

    async fn save_event(&self, file: &str, day: &str, name: &str, says: &str) -> Result<bool, Problem> {
        let event = self.text_by(Errand::Reminder, Some(bytes_of(&format!("{day}\n{name}\n{says}")))).await?;
        Ok(files::save(file, &event))
    }

    /// Opens a backup and says what is in it. Nothing changes.
    pub async fn open_backup(&self, words: &str, files: &[File]) -> Result<Opened, NotRestored> {
        match self.restoring(Errand::Open, words, files).await {
            Some((Answer::Opened(opened), _)) => Ok(*opened),
            other => Err(why(other)),
        }
    }

    /// Restores it.
    pub async fn restore_backup(&self, words: &str, files: &[File]) -> Result<(), NotRestored> {
        let outcome = self.restoring(Errand::Restore, words, files).await;
        let (done, entries) = match outcome {
            Some((Answer::Taken(entries), _)) => (Ok(()), entries),
            // Some parts may have been restored before it broke off.
            other => (Err(why(other)), Vec::new()),
        };
        self.reread(&entries).await;
        done
    }

    async fn restoring(&self, errand: Errand, words: &str, files: &[File]) -> Outcome {
        let mut along = vec![bytes_of(words).into()];
        along.extend(files.iter().map(JsValue::from));
        self.errand_with(errand, along).await
    }
}

fn why(outcome: Outcome) -> NotRestored {
    match outcome {
        Some((Answer::Unopened(why, file), _)) => NotRestored::Unopened(why, file),
        Some((Answer::Stopped, _)) => NotRestored::Stopped,
        other => NotRestored::Problem(problem(other)),
    }
}
