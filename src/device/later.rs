//! The later part of the program: the rooms that the first tap does without, in a file of their own that
//! `public/boot.js` brings after the first picture. Here is what the program hears of it and says to it
//! (<https://www.w3.org/TR/wasm-js-api/>).

use super::page;
use leptos::prelude::document;

/// How it stands with the later part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// It is being brought.
    Coming,
    /// Its rooms can be drawn.
    Ready,
    /// It could not be had.
    Failed,
}

/// How it stands. A program in one piece, as it is while one works on it, has all its rooms.
pub fn now() -> Later {
    match document().document_element().and_then(|page| page.get_attribute("data-later")).as_deref() {
        Some("coming") => Later::Coming,
        Some("failed") => Later::Failed,
        _ => Later::Ready,
    }
}

/// Calls back when that changes.
pub fn on_change(changed: impl Fn() + 'static) {
    page::on("later", changed);
}

/// Has it brought at once, and again where that has failed.
pub fn want() {
    page::tell("want-later");
}
