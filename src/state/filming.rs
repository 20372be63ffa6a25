//! Codes: shown on this phone, or filmed with it. The work is that of the program for codes.

use super::swapping::{Progress, problem};
use super::{App, Problem, StoreError};
use crate::device::awake::Awake;
use crate::device::camera::Camera;
pub use crate::device::camera::NoCamera;
use crate::device::worker::{self, Call, Program, Sort};
use crate::device::{canvas, timer};
use bothways::qr::errand::{Answer, Errand};
use bothways::swap::errand::{self as log, Weighed};
use bothways::swap::file::Refusal;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlCanvasElement, HtmlVideoElement};

/// Milliseconds between two pictures: a camera makes no more than thirty a second.
const BETWEEN: u64 = 20;

/// Why filming came to nothing.
pub enum Unfilmed {
    /// There is no camera.
    NoCamera(NoCamera),
    /// The program that reads codes cannot be had, or broke.
    Failed,
    /// What was filmed is not taken.
    Refused(Refusal),
}

impl App {
    /// Shows what the other phones lack, or everything, as a moving code, until [`App::stop_showing`]. What is in it
    /// counts as sent.
    pub async fn show_code(&self, canvas: HtmlCanvasElement, everything: bool) -> Result<(), Problem> {
        self.ready().await?;
        // Nothing may stand before the code.
        self.notice.set(None);
        let errand = if everything { log::Errand::PackAll } else { log::Errand::Pack };
        let (given, bytes) = match self.errand(errand, None).await {
            Some((log::Answer::Given(given), bytes)) => (given, bytes),
            Some((log::Answer::Refused(_), _)) => return Err(Problem::TooMuchToFilm),
            other => return Err(problem(other)),
        };
        self.reread(&given.sent).await;
        if !canvas.is_connected() {
            return Ok(()); // the person has gone on
        }
        canvas.set_width(canvas.client_width().unsigned_abs());
        let canvas = canvas.transfer_control_to_offscreen().map_err(|_| Problem::NoCode)?;
        let _awake = Awake::begin();
        match self.code_errand(&Errand::Show, vec![bytes, canvas.into()]).await {
            Some((Answer::Stopped, _)) => Ok(()),
            Some((Answer::TooMuch, _)) => Err(Problem::TooMuchToFilm),
            Some(_) => Err(Problem::NoCode),
            None => Err(Problem::Store(StoreError::Failed)),
        }
    }

    /// Draws a short text, best of capitals and digits, as a code that stands still.
    pub async fn draw_code(&self, canvas: HtmlCanvasElement, text: &str) -> Result<(), Problem> {
        let drawn = self.code_errand(&Errand::Draw(text.into()), Vec::new()).await;
        let picture = drawn.and_then(|(_, picture)| picture.dyn_into().ok()).ok_or(Problem::NoCode)?;
        canvas::show(&canvas, &picture).ok_or(Problem::NoCode)
    }

    /// Films the other phone's code until all of it has been seen, then calls `when_whole` and reads it. None if the
    /// person stopped it.
    pub async fn film_code(
        &self,
        video: HtmlVideoElement,
        when_whole: impl Fn(),
    ) -> Result<Option<Weighed>, Unfilmed> {
        match self.filmed(video, Errand::Film).await? {
            Some((Answer::Whole, bytes)) => {
                when_whole();
                self.read(bytes.unchecked_into()).await.map_err(Unfilmed::Refused)
            }
            Some(_) => Err(Unfilmed::Failed),
            None => Ok(None),
        }
    }

    /// Films until a code is seen whose text begins like this, and gives that text. None if the person stopped it.
    pub async fn film_text(&self, video: HtmlVideoElement, prefix: &str) -> Result<Option<String>, Unfilmed> {
        match self.filmed(video, Errand::Find(prefix.into())).await? {
            Some((Answer::Said(text), _)) => Ok(Some(text)),
            Some(_) => Err(Unfilmed::Failed),
            None => Ok(None),
        }
    }

    /// Opens the camera and has its pictures watched. None if the person stopped it.
    async fn filmed(
        &self,
        video: HtmlVideoElement,
        errand: Errand,
    ) -> Result<Option<(Answer, JsValue)>, Unfilmed> {
        let opened = Camera::open(video.clone()).await;
        if !video.is_connected() {
            return Ok(None); // the person has gone on, which may be why it did not open
        }
        let camera = Rc::new(opened.map_err(Unfilmed::NoCamera)?);
        let seeing = camera.clone();
        let _awake = Awake::begin();
        let progress = self.progress;
        // After each picture the program says how much it has seen; then it gets the next one.
        let next = move |done: usize, total: usize| {
            progress.set(Some(Progress { done, total }));
            let camera = camera.clone();
            spawn_local(async move {
                // None before its first picture.
                while camera.is_open() {
                    timer::pause(BETWEEN).await;
                    if let Some(picture) = camera.picture().await {
                        worker::hand_over(&picture);
                        break;
                    }
                }
            });
        };
        let call =
            Call { program: Program::Codes, sort: Sort::Films, text: errand.to_text(), along: Vec::new() };
        let outcome = self.call(call, Box::new(next)).await;
        seeing.close();
        match read(outcome).ok_or(Unfilmed::Failed)? {
            (Answer::Stopped, _) => Ok(None),
            other => Ok(Some(other)),
        }
    }

    /// Ends the showing of a code.
    pub fn stop_showing(&self) {
        worker::stop(|sort| sort == Sort::Shows);
    }

    /// Ends the filming.
    pub fn stop_filming(&self) {
        worker::stop(|sort| sort == Sort::Films);
    }

    async fn code_errand(&self, errand: &Errand, along: Vec<JsValue>) -> Option<(Answer, JsValue)> {
        let sort = if *errand == Errand::Show { Sort::Shows } else { Sort::Ends };
        let progress = self.progress;
        let tell = move |done, total| progress.set(Some(Progress { done, total }));
        read(
            self.call(Call { program: Program::Codes, sort, text: errand.to_text(), along }, Box::new(tell))
                .await,
        )
    }
}

fn read(outcome: worker::Outcome) -> Option<(Answer, JsValue)> {
    let (answer, along) = outcome?;
    Some((Answer::parse(&answer)?, along))
}
