//! New versions of the app: told once, and taken when the person says so.

use super::App;
pub use crate::device::update::NewVersion;
use crate::device::{locks, update};
use leptos::prelude::*;

impl App {
    pub(super) fn watch_updates(self) {
        let look = move || self.update.set(update::now());
        look();
        update::on_change(look);
    }

    /// Changes over to the new version. What is being written to the log is finished first; drafts are kept on every
    /// input.
    pub async fn take_update(&self) {
        let _written = locks::hold(locks::LOG).await;
        update::take();
    }

    /// Not now: it is told again at the next start.
    pub fn put_update_off(&self) {
        self.update.set(None);
    }
}
