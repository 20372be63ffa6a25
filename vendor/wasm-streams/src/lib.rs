//! In place of the crate wasm-streams. Leptos brings that along for streams between a page and its server. Bothways
//! has no server, but the crate exports three classes to JavaScript, and what is exported is never left out of the
//! program: 5 KB (brotli) of code that nobody can reach. So `Cargo.toml` puts this crate in its place. It has the
//! few names that `server_fn` needs to compile; a stream is refused where somebody reads from it.

use futures_util::stream::{Stream, once};
use std::future::ready;
use wasm_bindgen::JsValue;

/// A stream of the browser's.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// One of the browser's own.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// Would hand the browser what a Rust stream gives; here it gets a stream that gives nothing.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>> + 'static>(_: S) -> Self {
        // No browser that runs wasm lacks the constructor.
        Self(web_sys::ReadableStream::new().unwrap_or_else(|_| JsValue::UNDEFINED.into()))
    }

    /// The browser's own.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Would give what the browser's stream gives; here reading is refused.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        once(ready(Err(JsValue::from_str("nothing is streamed here"))))
    }
}
