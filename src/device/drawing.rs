//! Lines drawn on a canvas by a finger, a pen or a mouse (Pointer Events; HTML standard, "CanvasRenderingContext2D").

use base64ct::{Base64, Encoding as _};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement, PointerEvent};

const WIDTH_OF_LINE: f64 = 6.0;
const HEAD: &str = "data:image/png;base64,";

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Goes on to where the pointer is; from there, where a line begins.
pub fn line_to(canvas: &HtmlCanvasElement, event: &PointerEvent, begins: bool) {
    let Some(context) = context(canvas) else { return };
    // The canvas is shown smaller or larger than it is.
    let scale = f64::from(canvas.width()) / f64::from(canvas.client_width().max(1));
    let (x, y) = (f64::from(event.offset_x()) * scale, f64::from(event.offset_y()) * scale);
    if begins {
        context.set_line_width(WIDTH_OF_LINE);
        context.set_line_cap("round");
        context.set_line_join("round");
        context.begin_path();
        context.move_to(x, y);
    }
    context.line_to(x, y);
    context.stroke();
}

/// Takes everything away that was drawn.
pub fn clear(canvas: &HtmlCanvasElement) {
    // Setting the size empties a canvas.
    canvas.set_width(canvas.width());
}

/// What was drawn, on white paper, as a picture; none where the browser will not give it.
pub fn picture(canvas: &HtmlCanvasElement) -> Option<File> {
    let context = context(canvas)?;
    context.set_global_composite_operation("destination-over").ok()?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, canvas.width().into(), canvas.height().into());
    let address = canvas.to_data_url().ok()?;
    let bytes = Base64::decode_vec(address.strip_prefix(HEAD)?).ok()?;
    let kind = FilePropertyBag::new();
    kind.set_type("image/png");
    File::new_with_u8_array_sequence_and_options(
        &Array::of1(&Uint8Array::from(&*bytes)),
        "drawing.png",
        &kind,
    )
    .ok()
}
