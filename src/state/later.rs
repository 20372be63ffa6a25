//! The part of the program that comes after the first picture: the rooms in it wait for it.

use super::App;
use crate::device::later;
pub use crate::device::later::Later;
use leptos::prelude::*;

impl App {
    pub(super) fn watch_later(self) {
        let look = move || {
            let now = later::now();
            // What is drawn already is not drawn anew.
            if self.later.get_untracked() != now {
                self.later.set(now);
            }
        };
        look();
        later::on_change(look);
    }

    /// A room of the later part is to be drawn: it is brought at once, and again where that has failed.
    pub fn want_later(&self) {
        if self.later.get_untracked() != Later::Ready {
            later::want();
        }
    }
}
