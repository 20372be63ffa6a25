//! One tab at a time: the Web Locks API (<https://w3c.github.io/web-locks/>). Where a browser lacks it, nothing is
//! held, and two tabs are only as safe as the database's transactions make them.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// web-sys hides it behind an unstable flag; the standard has it.
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, granted: &JsValue) -> Promise;
}

/// The lock on the log: whoever changes it, in whichever tab or worker, holds it.
pub const LOG: &str = "bothways.log";

/// A lock that is held until this goes.
pub struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            // Settling a promise cannot fail.
            release.call0(&JsValue::NULL).ok();
        }
    }
}

/// Waits for a lock, across all tabs of this app, and holds it.
pub async fn hold(name: &str) -> Held {
    let Some(manager) = manager() else { return Held(None) };
    // The lock is held as long as the promise that `granted` returns is open.
    let mut release = None;
    let until = Promise::new(&mut |resolve, _| release = Some(resolve));
    let is_granted = Promise::new(&mut |resolve, _| {
        let until = until.clone();
        let granted = Closure::once_into_js(move |_lock: JsValue| {
            resolve.call0(&JsValue::NULL).ok();
            until
        });
        // A request that is refused (a page that is going) leaves nobody waiting: the page goes.
        drop(manager.request(name, &granted));
    });
    JsFuture::from(is_granted).await.ok();
    Held(release)
}

fn manager() -> Option<LockManager> {
    // In a page or in a worker.
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    (!locks.is_undefined()).then(|| locks.unchecked_into())
}
