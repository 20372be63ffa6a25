//! Codes: shown on this phone, or filmed with it. The work is that of the program for codes.

use super::swapping::{Progress, problem};
use super::{App, Problem, StoreError};
use crate::device::awake::Awake;
use crate::device::camera::Camera;
pub use crate::device::camera::NoCamera;
use crate::device::worker::{self, Call, Program, Sort};
use crate::device::{canvas, clock, shaking, timer};
use crate::store::small;
use bothways::ids::Fingerprint;
use bothways::log::Millis;
use bothways::qr::errand::{Answer, Errand};
use bothways::swap::errand::{self as log, Weighed};
use bothways::swap::file::Refusal;
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::HtmlCanvasElement;
pub use web_sys::HtmlVideoElement as Video;

/// Milliseconds between two pictures: a camera makes no more than thirty a second.
const BETWEEN: u64 = 20;

/// Milliseconds without a new part after which it is said what may help.
const PATIENCE: Millis = 8_000;
/// Milliseconds between two looks at a camera that was taken away.
const AGAIN: u64 = 500;

/// The setting by which the phone shakes once a film is whole.
const SHAKES: &str = "film";

/// How well a camera that films sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Well, or it is too early to tell.
    Fine,
    /// Nothing new has been seen for a while.
    Poor,
    /// Nothing at all: something else has taken the camera away.
    Dark,
}

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
    /// Shows what the other phones lack, or everything, as a moving code, until [`App::stop_showing`]; with larger
    /// squares where the other camera cannot make it out. What is in it counts as sent.
    pub async fn show_code(
        &self,
        canvas: HtmlCanvasElement,
        everything: bool,
        larger: bool,
    ) -> Result<(), Problem> {
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
        match self.code_errand(&Errand::Show { larger }, vec![bytes, canvas.into()]).await {
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
    pub async fn film_code(&self, video: Video, when_whole: impl Fn()) -> Result<Option<Weighed>, Unfilmed> {
        match self.filmed(video, Errand::Film).await? {
            Some((Answer::Whole, bytes)) => {
                if self.shakes() == Some(true) {
                    shaking::shake();
                }
                when_whole();
                self.read(bytes.unchecked_into()).await.map_err(Unfilmed::Refused)
            }
            Some(_) => Err(Unfilmed::Failed),
            None => Ok(None),
        }
    }

    /// Films until a code is seen whose text begins like this, and gives that text. None if the person stopped it.
    pub async fn film_text(&self, video: Video, prefix: &str) -> Result<Option<String>, Unfilmed> {
        match self.filmed(video, Errand::Find(prefix.into())).await? {
            Some((Answer::Said(text), _)) => Ok(Some(text)),
            Some(_) => Err(Unfilmed::Failed),
            None => Ok(None),
        }
    }

    /// What the code in a picture says, as bytes: a film that is whole in one frame, or a text. None where there is no
    /// code.
    pub(super) async fn code_in(&self, picture: ArrayBuffer) -> Option<ArrayBuffer> {
        match self.code_errand(&Errand::Look, vec![picture.into()]).await? {
            (Answer::Whole, bytes) => bytes.dyn_into().ok(),
            (Answer::Said(text), _) => Some(Uint8Array::from(text.as_bytes()).buffer()),
            _ => None,
        }
    }

    /// Opens the camera and has its pictures watched. None if the person stopped it.
    async fn filmed(&self, video: Video, errand: Errand) -> Result<Option<(Answer, JsValue)>, Unfilmed> {
        see(self.sight, Sight::Fine);
        let opened = Camera::open(video.clone()).await;
        if !video.is_connected() {
            return Ok(None); // the person has gone on, which may be why it did not open
        }
        let camera = Rc::new(opened.map_err(Unfilmed::NoCamera)?);
        let seeing = camera.clone();
        let _awake = Awake::begin();
        let (progress, sight) = (self.progress, self.sight);
        let last = Cell::new((0, clock::now().at));
        // After each picture the program says how much it has seen; then it gets the next one.
        let next = move |done: usize, total: usize| {
            progress.set(Some(Progress { done, total }));
            let (seen, at) = last.get();
            let now = clock::now().at;
            if done != seen || sight.get_untracked() == Sight::Dark {
                last.set((done, now));
                see(sight, Sight::Fine);
            } else if now - at > PATIENCE {
                see(sight, Sight::Poor);
            }
            spawn_local(hand_over(camera.clone(), sight));
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

    /// Whether the phone shakes once a film is whole; none where it cannot.
    pub fn shakes(&self) -> Option<bool> {
        let chosen = || small::get(SHAKES).and_then(|mut parts| parts.flag("shakes").ok());
        shaking::is_known().then(|| chosen().unwrap_or_default())
    }

    /// Has the phone shake once a film is whole, or not, from now on.
    pub fn let_shake(&self, shakes: bool) {
        // Where it cannot be kept, it is off at the next start.
        small::set(SHAKES, &BTreeMap::from([("shakes", shakes)]));
    }

    /// Ends the showing of a code.
    pub fn stop_showing(&self) {
        worker::stop(|sort| sort == Sort::Shows);
    }

    /// Ends the filming.
    pub fn stop_filming(&self) {
        worker::stop(|sort| sort == Sort::Films);
    }

    /// Bytes in words to be compared, or written down.
    pub(super) async fn in_words(&self, bytes: Fingerprint, count: usize) -> Result<String, Problem> {
        match self.code_errand(&Errand::Words(bytes, count), Vec::new()).await {
            Some((Answer::Said(words), _)) => Ok(words),
            _ => Err(Problem::Store(StoreError::Failed)),
        }
    }

    async fn code_errand(&self, errand: &Errand, along: Vec<JsValue>) -> Option<(Answer, JsValue)> {
        let sort = if matches!(errand, Errand::Show { .. }) { Sort::Shows } else { Sort::Ends };
        let progress = self.progress;
        let tell = move |done, total| progress.set(Some(Progress { done, total }));
        read(
            self.call(Call { program: Program::Codes, sort, text: errand.to_text(), along }, Box::new(tell))
                .await,
        )
    }
}

/// Hands the camera's next picture to the program that watches, as soon as there is one. Parts that have been gathered
/// are kept while there is none.
async fn hand_over(camera: Rc<Camera>, sight: RwSignal<Sight>) {
    let mut was_dark = false;
    while !camera.is_closed() {
        timer::pause(BETWEEN).await;
        if camera.is_dark() {
            // Some cameras wink: it is said the second time.
            if was_dark {
                see(sight, Sight::Dark);
                camera.reopen().await;
            }
            was_dark = true;
            timer::pause(AGAIN).await;
        } else if let Some(picture) = camera.picture().await {
            return worker::hand_over(&picture);
        }
    }
}

/// Says how well the camera sees, once.
fn see(sight: RwSignal<Sight>, now: Sight) {
    if sight.get_untracked() != now {
        sight.set(now);
    }
}

fn read(outcome: worker::Outcome) -> Option<(Answer, JsValue)> {
    let (answer, along) = outcome?;
    Some((Answer::parse(&answer)?, along))
}
