//! The app on the home screen, and what must be said before the first word is written.

use super::{App, Standing};
pub use crate::device::install::{Platform, is_installed, is_offered, platform, take_offer};
use leptos::prelude::*;

/// What there is to say where nothing has been written yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeforeWriting {
    /// On an iPhone, in the tab: the icon would not have what is written here.
    PutItThereFirst,
    /// On an iPhone, from the icon: what was written in the tab is not here.
    BringItOver,
}

impl App {
    /// What there is to say before the first entry, if anything.
    pub fn before_writing(&self) -> Option<BeforeWriting> {
        let is_empty = self.standing.get() == Standing::Ready && self.facts.with(|facts| facts.entries == 0);
        (is_empty && platform() == Platform::Iphone)
            .then(|| if is_installed() { BeforeWriting::BringItOver } else { BeforeWriting::PutItThereFirst })
    }
}
