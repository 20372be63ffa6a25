//! Files of the app's own, from its own origin. There is no other request in the program.

use js_sys::{ArrayBuffer, Promise};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The text at a relative address; none where it is not there.
pub async fn text(address: &str) -> Option<String> {
    body(address, Response::text).await?.as_string()
}

/// The bytes at a relative address; none where they are not there.
pub async fn bytes(address: &str) -> Option<ArrayBuffer> {
    body(address, Response::array_buffer).await?.dyn_into().ok()
}

async fn body(address: &str, read: fn(&Response) -> Result<Promise, JsValue>) -> Option<JsValue> {
    let answer = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(read(&answer).ok()?).await.ok()
}
