//! A moving code: shown on this phone, or filmed with it.

use super::swapping::{Progress, problem};
use super::{App, Problem};
use crate::device::awake::Awake;
use crate::device::camera::Camera;
pub use crate::device::camera::NoCamera;
use crate::device::{timer, worker};
use bothways::swap::errand::{Answer, Errand, Weighed};
use bothways::swap::file::Refusal;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlCanvasElement, HtmlVideoElement};

/// Milliseconds between two pictures: a camera makes no more than thirty a second.
const BETWEEN: u64 = 20;

/// Why filming came to nothing.
pub enum Unfilmed {
    /// There is no camera.
    NoCamera(NoCamera),
    /// What was filmed is not taken.
    Refused(Refusal),
}

impl App {
    /// Shows what the other phones lack, or everything, as a moving code, until
    /// [`App::stop_showing`].
    pub async fn show_code(&self, canvas: HtmlCanvasElement, everything: bool) -> Result<(), Problem> {
        self.ready().await?;
        // Nothing may stand before the code.
        self.notice.set(None);
        if !canvas.is_connected() {
            return Ok(()); // the person has gone on
        }
        canvas.set_width(canvas.client_width().unsigned_abs());
        let errand = if everything { Errand::ShowAll } else { Errand::Show };
        let canvas = canvas.transfer_control_to_offscreen().map_err(|_| Problem::NoCode)?;
        let _awake = Awake::begin();
        let outcome = self.errand(errand, Some(canvas.unchecked_into())).await;
        match outcome {
            Some((Answer::Stopped, _)) => Ok(()),
            other => Err(problem(other)),
        }
    }

    /// Films the other phone's code until all of it has been seen, and reads it. None if the person stopped it.
    pub async fn film_code(&self, video: HtmlVideoElement) -> Result<Option<Weighed>, Unfilmed> {
        let opened = Camera::open(video.clone()).await;
        if !video.is_connected() {
            return Ok(None); // the person has gone on, which may be why it did not open
        }
        let camera = Rc::new(opened.map_err(Unfilmed::NoCamera)?);
        let seeing = camera.clone();
        let _awake = Awake::begin();
        let progress = self.progress;
        // After each picture the worker says how much it has seen; then it gets the next one.
        let is_whole = Cell::new(false);
        let next = move |done: usize, total: usize| {
            // What comes after all has been seen tells of the comparing, and not of parts.
            if is_whole.get() {
                return;
            }
            is_whole.set(total > 0 && done == total);
            progress.set(Some(Progress { done, total }));
            if is_whole.get() {
                return;
            }
            let camera = camera.clone();
            spawn_local(async move {
                // None before its first picture.
                while camera.is_open() {
                    timer::pause(BETWEEN).await;
                    if let Some(picture) = camera.picture().await {
                        worker::hand_over(Errand::Film, &picture);
                        break;
                    }
                }
            });
        };
        let outcome = self.errand_with(Errand::Film, None, next).await;
        seeing.close();
        self.read_outcome(outcome).map_err(Unfilmed::Refused)
    }

    /// Ends the showing of a code.
    pub fn stop_showing(&self) {
        worker::stop(|errand| matches!(errand, Errand::Show | Errand::ShowAll));
    }

    /// Ends the filming.
    pub fn stop_filming(&self) {
        worker::stop(|errand| errand == Errand::Film);
    }
}
