//! Timers that belong to nobody's component: they fire whatever is on the screen then.

use std::time::Duration;

/// Does something once, this many milliseconds from now.
pub fn after(milliseconds: u64, act: impl FnOnce() + 'static) {
    leptos::prelude::set_timeout(act, Duration::from_millis(milliseconds));
}

/// Lets the browser do what it has waiting (draw, answer a tap) before going on, so many milliseconds later.
pub async fn pause(milliseconds: u64) {
    let passed = js_sys::Promise::new(&mut |resolve, _| {
        leptos::prelude::set_timeout(
            move || {
                // Settling a promise cannot fail.
                resolve.call0(&wasm_bindgen::JsValue::NULL).ok();
            },
            Duration::from_millis(milliseconds),
        );
    });
    wasm_bindgen_futures::JsFuture::from(passed).await.ok();
}
