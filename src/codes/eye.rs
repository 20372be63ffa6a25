//! From a picture to what the code in it says.

use bothways::photo::Sides;
use bothways::qr::see::Grey;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// A canvas of the size of the pictures it looks at.
pub struct Eye {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
}

impl Eye {
    /// None where the browser cannot draw beside the page.
    pub fn new() -> Option<Self> {
        let canvas = OffscreenCanvas::new(1, 1).ok()?;
        let options = Object::new();
        // Each picture is read back: it had better never go to the graphics card.
        Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE).ok()?;
        let context = canvas.get_context_with_context_options("2d", &options).ok()??.dyn_into().ok()?;
        Some(Self { canvas, context })
    }

    /// A picture in shades of grey, no side longer than this. It is let go.
    pub fn grey(&self, picture: &ImageBitmap, longest: u32) -> Option<Grey> {
        let Sides { width, height } = Sides::new(picture.width(), picture.height())?.within(longest);
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let (wide, high) = (f64::from(width), f64::from(height));
        // What is see-through is paper.
        self.context.set_fill_style_str("white");
        self.context.fill_rect(0.0, 0.0, wide, high);
        self.context.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, wide, high).ok()?;
        picture.close();
        let pixels = self.context.get_image_data(0.0, 0.0, wide, high).ok()?.data();
        Grey::of_rgba(width, height, &pixels)
    }
}
