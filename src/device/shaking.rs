//! A short shake of the phone (Vibration API). An iPhone has none of it for a page.

use wasm_bindgen::JsValue;

const MILLISECONDS: u32 = 300;

/// Whether this browser knows how. (Whether the device can is not told.)
pub fn is_known() -> bool {
    web_sys::window().is_some_and(|window| {
        js_sys::Reflect::has(&window.navigator(), &JsValue::from("vibrate")) == Ok(true)
    })
}

/// Shakes once.
pub fn shake() {
    if let Some(window) = web_sys::window().filter(|_| is_known()) {
        window.navigator().vibrate_with_duration(MILLISECONDS);
    }
}
