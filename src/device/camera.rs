//! The camera (Media Capture and Streams): its pictures, one at a time. Nothing of them is kept.

use js_sys::{Object, Reflect};
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
    stream: MediaStream,
    video: HtmlVideoElement,
}

impl Camera {
    /// Opens the camera at the back, and shows what it sees in this element.
    pub async fn open(video: HtmlVideoElement) -> Result<Self, NoCamera> {
        let stream = asked().await?;
        video.set_src_object(Some(&stream));
        let camera = Self { stream, video };
        if let Ok(playing) = camera.video.play() {
            JsFuture::from(playing).await.map_err(|_| NoCamera::Missing)?;
        }
        Ok(camera)
    }

    /// What it sees now; none before its first picture.
    pub async fn picture(&self) -> Option<JsValue> {
        let made = web_sys::window()?.create_image_bitmap_with_html_video_element(&self.video).ok()?;
        JsFuture::from(made).await.ok()
    }

    /// Whether it still sees something: other programs and the phone's own settings can take it away.
    pub fn is_open(&self) -> bool {
        self.stream.active()
    }

    /// Closes it.
    pub fn close(&self) {
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        self.video.set_src_object(None);
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
