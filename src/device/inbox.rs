//! What another app has handed over: the service worker, or the page's boot script, has put it into a cache of its own
//! before anything else (Web Share Target API; Web App Launch Handler API). It stays there until the person has decided.

use js_sys::ArrayBuffer;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Response};

/// The event the boot script sends when something has come while the page is open.
pub const CAME: &str = "shared";
const FILE: &str = "shared";

/// What has come and waits; none where nothing has.
pub async fn waiting() -> Option<ArrayBuffer> {
    let found = JsFuture::from(inbox().await?.match_with_str(FILE)).await.ok()?;
    let found: Response = found.dyn_into().ok()?;
    JsFuture::from(found.array_buffer().ok()?).await.ok()?.dyn_into().ok()
}

/// Lets it go.
pub async fn clear() {
    if let Some(inbox) = inbox().await {
        JsFuture::from(inbox.delete_with_str(FILE)).await.ok();
    }
}

/// Its name is that in `public/sw.js`.
async fn inbox() -> Option<Cache> {
    let window = web_sys::window()?;
    let path = window.location().pathname().ok()?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let caches = window.caches().ok()?;
    // Asked first: opening would make one.
    let name = format!("bothways-{folder}/!inbox");
    if !JsFuture::from(caches.has(&name)).await.ok()?.is_truthy() {
        return None;
    }
    JsFuture::from(caches.open(&name)).await.ok()?.dyn_into().ok()
}
