//! The camera (Media Capture and Streams): its pictures, one at a time. Nothing of them is kept.

use js_sys::{Object, Reflect};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// Why there is no camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCamera {
    /// The person, or a setting, said no.
    Refused,
    /// There is none, or something else uses it.
    Missing,
}

/// An open camera. Let go, or closed, it goes dark.
pub struct Camera {
    stream: RefCell<MediaStream>,
    video: HtmlVideoElement,
    is_over: Cell<bool>,
    was_refused: Cell<bool>,
}

impl Camera {
    /// Opens the camera at the back, and shows what it sees in this element.
    pub async fn open(video: HtmlVideoElement) -> Result<Self, NoCamera> {
        let stream = asked().await?;
        let camera = Self {
            stream: RefCell::new(stream),
            video,
            is_over: Cell::new(false),
            was_refused: Cell::new(false),
        };
        camera.play().await.ok_or(NoCamera::Missing)?;
        Ok(camera)
    }

    async fn play(&self) -> Option<()> {
        self.video.set_src_object(Some(&self.stream.borrow()));
        let playing = self.video.play().ok()?;
        JsFuture::from(playing).await.ok().map(drop)
    }

    /// What it sees now; none before its first picture.
    pub async fn picture(&self) -> Option<JsValue> {
        let made = web_sys::window()?.create_image_bitmap_with_html_video_element(&self.video).ok()?;
        JsFuture::from(made).await.ok()
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.is_over.get()
    }

    /// Whether something else has taken it away: another program, or the phone's own settings.
    pub fn is_dark(&self) -> bool {
        let stream = self.stream.borrow();
        let is_muted = |track: JsValue| track.unchecked_into::<MediaStreamTrack>().muted();
        !stream.active() || stream.get_tracks().iter().any(is_muted)
    }

    /// Asks for it again, where it was taken away for good. (Otherwise it comes back by itself.) A no is heard once.
    pub async fn reopen(&self) {
        if self.stream.borrow().active() || self.was_refused.get() {
            return;
        }
        match asked().await {
            Ok(stream) if self.is_over.get() => stop(&stream),
            Ok(stream) => {
                self.stream.replace(stream);
                self.play().await;
            }
            Err(why) => self.was_refused.set(why == NoCamera::Refused),
        }
    }

    /// Closes it.
    pub fn close(&self) {
        self.is_over.set(true);
        stop(&self.stream.borrow());
        self.video.set_src_object(None);
    }
}

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.close();
    }
}

async fn asked() -> Result<MediaStream, NoCamera> {
    let window = web_sys::window().ok_or(NoCamera::Missing)?;
    // Where the address is not a safe one, browsers have no camera at all.
    let devices = window.navigator().media_devices().map_err(|_| NoCamera::Missing)?;
    let wanted = MediaStreamConstraints::new();
    let video = Object::new();
    let ideal = |value: JsValue| {
        let ideal = Object::new();
        Reflect::set(&ideal, &"ideal".into(), &value).map(|_| ideal)
    };
    let parts = [("facingMode", "environment".into()), ("width", 1_280.into()), ("height", 720.into())];
    for (name, value) in parts {
        let value = ideal(value).map_err(|_| NoCamera::Missing)?;
        Reflect::set(&video, &name.into(), &value).map_err(|_| NoCamera::Missing)?;
    }
    wanted.set_video(&video);
    let stream = devices.get_user_media_with_constraints(&wanted).map_err(|_| NoCamera::Missing)?;
    let stream = JsFuture::from(stream).await.map_err(|error| {
        let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
        if name.as_deref() == Some("NotAllowedError") { NoCamera::Refused } else { NoCamera::Missing }
    })?;
    stream.dyn_into().map_err(|_| NoCamera::Missing)
}
