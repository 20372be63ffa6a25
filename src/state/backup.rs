//! A backup of everything on this phone, and what becomes of one on another. The work is the worker's; the words pass
//! through and are kept nowhere.

use super::swapping::{Outcome, bytes_of, problem};
use super::{App, Problem};
pub use crate::device::files::all_picked as picked_files;
use crate::device::sharing::Shared;
use crate::device::{clock, files, sharing};
use crate::store::small;
use bothways::backup::errand::Opened;
use bothways::backup::{Unopened, reminder};
use bothways::json::Record;
use bothways::log::Millis;
use bothways::swap::errand::{Answer, Errand};
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::{JsCast as _, JsValue};
pub use web_sys::File;

/// Where it is kept when the last backup was made.
const BACKUPS: &str = "backups";

/// When the last backup was made, and when one was last put off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Backups {
    /// When all files of the last one had left the app.
    pub last: Option<Millis>,
    put_off: Option<Millis>,
}

impl Backups {
    /// As it is kept.
    pub fn stored() -> Self {
        let at = |parts: &mut Record, name| parts.take(name).and_then(|at| at.as_i64());
        small::get(BACKUPS)
            .map(|mut parts| Self { last: at(&mut parts, "last"), put_off: at(&mut parts, "put_off") })
            .unwrap_or_default()
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
        self.ready().await?;
        match self.errand(Errand::Words, None).await {
            Some((Answer::Words, words)) => words.as_string().ok_or(Problem::NoRandomness),
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

    /// Remembers that all files of a backup have left the app.
    pub fn backed_up(&self) {
        self.remember(Backups { last: Some(clock::now().at), put_off: None });
    }

    /// Reminds of the next backup a month later.
    pub fn put_backup_off(&self) {
        let now = Some(clock::now().at);
        self.remember(Backups { put_off: now, ..self.backups.get_untracked() });
    }

    fn remember(&self, backups: Backups) {
        small::set(BACKUPS, &backups);
        self.backups.set(backups);
    }

    /// Whether it is time for a backup.
    pub fn is_backup_due(&self) -> bool {
        let Backups { last, put_off } = self.backups.get();
        reminder::is_due(clock::now().at, last, put_off, self.facts.with(|facts| facts.entries))
    }

    /// Saves an event for a calendar that comes again every month. False where the browser would not.
    pub fn save_reminder(&self, name: &str, text: &str) -> bool {
        let (day, stamp) = clock::for_calendars();
        files::save("bothways-backup.ics", &reminder::calendar_file(&day, &stamp, name, text))
    }

    /// Opens a backup and says what is in it. Nothing changes.
    pub async fn open_backup(&self, words: &str, files: &[File]) -> Result<Opened, NotRestored> {
        self.ready().await.map_err(NotRestored::Problem)?;
        match self.errand_with(Errand::Open, along(words, files)).await {
            Some((Answer::Opened(opened), _)) => Ok(*opened),
            other => Err(why(other)),
        }
    }

    /// Restores it.
    pub async fn restore_backup(&self, words: &str, files: &[File]) -> Result<(), NotRestored> {
        self.ready().await.map_err(NotRestored::Problem)?;
        let outcome = self.errand_with(Errand::Restore, along(words, files)).await;
        let done = match outcome {
            Some((Answer::Taken(entries), _)) => {
                self.reread(&entries).await;
                return Ok(());
            }
            other => Err(why(other)),
        };
        // Some parts may have been restored before it broke off.
        self.reread(&[]).await;
        done
    }
}

fn along(words: &str, files: &[File]) -> Vec<JsValue> {
    let mut along = vec![bytes_of(words).into()];
    along.extend(files.iter().map(JsValue::from));
    along
}

fn why(outcome: Outcome) -> NotRestored {
    match outcome {
        Some((Answer::Unopened(why, file), _)) => NotRestored::Unopened(why, file),
        Some((Answer::Stopped, _)) => NotRestored::Stopped,
        other => NotRestored::Problem(problem(other)),
    }
}
