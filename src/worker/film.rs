//! Watching the pictures of a camera until a whole file has been seen.

use super::Outcome;
use super::take;
use super::talk::Talk;
use crate::store::StoreError;
use bothways::ids::{EntryId, OriginId};
use bothways::qr::see::Grey;
use bothways::qr::{Frame, Receiver};
use bothways::swap::errand::Answer;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// Watches, says after each picture how much has been seen, and then compares the file with the log.
pub async fn film(talk: &Talk, log: &OriginId, undoable: Vec<EntryId>) -> Outcome {
    let eye = Eye::new().ok_or_else(|| Answer::from(StoreError::Failed))?;
    let mut receiver = Receiver::default();
    talk.go_on(0, 0);
    loop {
        let Some(picture) = talk.next().await else { return Err(Answer::Stopped) };
        if let Some(frame) = eye.seen(&picture).and_then(|text| Frame::parse(&text)) {
            receiver.take(frame);
        }
        let (found, of) = receiver.progress().unwrap_or_default();
        talk.go_on(found, of);
        if let Some(bytes) = receiver.bytes() {
            return take::weigh(talk, log, bytes, undoable).await;
        }
    }
}

/// A canvas of the size of the camera's pictures.
struct Eye {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
}

impl Eye {
    fn new() -> Option<Self> {
        let canvas = OffscreenCanvas::new(1, 1).ok()?;
        let options = Object::new();
        // Each picture is read back: it had better never go to the graphics card.
        Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE).ok()?;
        let context = canvas.get_context_with_context_options("2d", &options).ok()??.dyn_into().ok()?;
        Some(Self { canvas, context })
    }

    /// The text of the code in a picture. What is not a picture shows none.
    fn seen(&self, picture: &JsValue) -> Option<String> {
        let picture: &ImageBitmap = picture.dyn_ref()?;
        let (width, height) = (picture.width(), picture.height());
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        self.context.draw_image_with_image_bitmap(picture, 0.0, 0.0).ok()?;
        picture.close();
        let pixels = self.context.get_image_data(0.0, 0.0, width.into(), height.into()).ok()?.data();
        String::from_utf8(Grey::of_rgba(width, height, &pixels)?.code()?).ok()
    }
}
