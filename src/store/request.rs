//! Waiting for what the browser answers. IndexedDB tells by events; here each becomes something to be awaited.
//!
//! What waits goes on within the event itself, while the transaction is still active: promises are settled before
//! the browser takes the next step (<https://www.w3.org/TR/IndexedDB-3/#fire-success-event>).

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbRequest, IdbTransaction};

/// A request, listened to from the moment it was made: an answer must not come before anybody listens.
pub struct Asked {
    request: IdbRequest,
    answered: JsFuture,
}

impl Asked {
    /// Begins to listen.
    pub fn of(request: IdbRequest) -> Self {
        let answered = either(|well, badly| {
            request.set_onsuccess(Some(well));
            request.set_onerror(Some(badly));
        });
        Self { request, answered }
    }

    /// What the browser answers, or why it does not.
    pub async fn answer(self) -> Result<JsValue, Option<DomException>> {
        let answered = self.answered.await;
        answered.and_then(|_| self.request.result()).map_err(|_| self.request.error().ok().flatten())
    }
}

/// The end of a transaction: well once it is on the disk, badly where the browser has given it up.
pub fn ended(transaction: &IdbTransaction) -> JsFuture {
    either(|well, badly| {
        transaction.set_oncomplete(Some(well));
        transaction.set_onabort(Some(badly));
    })
}

fn either(listen: impl Fn(&Function, &Function)) -> JsFuture {
    Promise::new(&mut |well, badly| listen(well.unchecked_ref(), badly.unchecked_ref())).into()
}
