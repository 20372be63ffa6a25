//! A picture that was made elsewhere, on a canvas of the page (HTML standard, "ImageBitmapRenderingContext").

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlCanvasElement, ImageBitmap, ImageBitmapRenderingContext};

/// Shows the picture in its own size; none where the browser cannot.
pub fn show(canvas: &HtmlCanvasElement, picture: &ImageBitmap) -> Option<()> {
    canvas.set_width(picture.width());
    canvas.set_height(picture.height());
    let context = canvas.get_context("bitmaprenderer").ok()??;
    let context: ImageBitmapRenderingContext = context.dyn_into().ok()?;
    context.transfer_from_image_bitmap(picture);
    Some(())
}
