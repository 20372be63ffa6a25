//! Timers that belong to nobody's component: they fire whatever is on the screen then. In a page and in a worker.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Of the page or of the worker: whichever this runs in (HTML standard, "Timers").
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(act: &JsValue, milliseconds: f64);
}

/// Does something once, this many milliseconds from now.
pub fn after(milliseconds: u64, act: impl FnOnce() + 'static) {
    set_timeout(&Closure::once_into_js(act), milliseconds as f64);
}

/// Lets the browser do what it has waiting (draw, answer a tap) before going on, so many milliseconds later.
pub async fn pause(milliseconds: u64) {
    let passed = js_sys::Promise::new(&mut |resolve, _| set_timeout(&resolve, milliseconds as f64));
    wasm_bindgen_futures::JsFuture::from(passed).await.ok();
}
