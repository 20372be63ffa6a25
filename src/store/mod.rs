//! Where things stay: IndexedDB for the log and the content, gloo-storage for what is small.
//!
//! - [`database`]: the one way in: open or reopen, strict writes, plain reads
//! - [`schema`]: the database's stores and keys
//! - [`log`]: a log's records: loading, and committing a delta
//! - [`brought`]: what the last import brought
//! - [`drawer`]: what one of them keeps to themselves
//! - [`former`]: the secrets of phones this one took the place of
//! - [`heard`]: what other phones have said that they hold
//! - [`leaving`]: a pair that is left
//! - [`home`]: what this installation is: its seed, its log, who writes here
//! - [`content`]: the content pack
//! - [`photos`]: photos, as bytes
//! - [`rest`]: words, under this installation's key
//! - [`trust`]: what is known of the phones of a log
//! - [`small`]: small state and drafts that must survive a killed tab

pub mod brought;
pub mod content;
pub mod database;
pub mod drawer;
pub mod former;
pub mod heard;
pub mod home;
pub mod leaving;
pub mod log;
pub mod photos;
pub mod rest;
mod schema;
pub mod small;
#[cfg(test)]
mod tests;
pub mod trust;

/// Why something could not be stored or read. Each is told in words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The browser gives this page no storage.
    #[error("the browser gives no storage")]
    Blocked,
    /// The database was written by a newer version of this program. It is left as it is.
    #[error("the database belongs to a newer version")]
    Newer,
    /// There is no room left.
    #[error("there is no room left")]
    Full,
    /// A record could not be understood.
    #[error("a record could not be read")]
    Damaged,
    /// The person stopped it. Nothing has changed.
    #[error("it was stopped")]
    Stopped,
    /// Anything else the browser refused.
    #[error("the browser refused")]
    Failed,
}

impl StoreError {
    const NAMES: [(Self, &str); 6] = [
        (Self::Blocked, "blocked"),
        (Self::Newer, "newer"),
        (Self::Full, "full"),
        (Self::Damaged, "damaged"),
        (Self::Stopped, "stopped"),
        (Self::Failed, "failed"),
    ];

    /// Its name in the messages between page and worker.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(error, _)| *error == self).map_or("failed", |(_, name)| name)
    }

    /// The error of this name; one without a known name is [`StoreError::Failed`].
    pub fn from_name(name: &str) -> Self {
        Self::NAMES.into_iter().find(|(_, own)| *own == name).map_or(Self::Failed, |(error, _)| error)
    }
}
