//! Whether the whole app is on this phone: asked of the service worker
//! (<https://www.w3.org/TR/service-workers/>), and whether the browser promises to keep what is stored
//! (<https://storage.spec.whatwg.org/>).

use js_sys::{Array, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, ServiceWorkerContainer};

/// What the worker says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// Its version.
    pub version: String,
    /// Whether everything is cached, the language that was asked for included.
    pub complete: bool,
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    Reflect::has(&navigator, &"serviceWorker".into()).ok()?.then(|| navigator.service_worker())
}

/// Asks the active worker, once there is one, and calls back with its answer. Never, where there is none. The language
/// is the one to be kept beside English: only then is everything there.
pub fn ask(language: &'static str, answered: impl Fn(Worker) + 'static) {
    let Some(ready) = container().and_then(|container| container.ready().ok()) else { return };
    leptos::task::spawn_local(async move {
        let Ok(registration) = JsFuture::from(ready).await else { return };
        let registration: web_sys::ServiceWorkerRegistration = registration.unchecked_into();
        let (Some(worker), Ok(channel)) = (registration.active(), MessageChannel::new()) else { return };
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let part = |name: &str| Reflect::get(&message.data(), &name.into()).unwrap_or_default();
            answered(Worker {
                version: part("version").as_string().unwrap_or_default(),
                complete: part("complete").as_bool().unwrap_or(false),
            });
        });
        channel.port1().set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
        let question = js_sys::Object::new();
        for (name, value) in [("type", "status"), ("language", language)] {
            Reflect::set(&question, &name.into(), &value.into()).ok();
        }
        worker.post_message_with_transferable(&question, &Array::of1(&channel.port2())).ok();
    });
}

/// Asks the browser not to clear this app's storage on its own; its answer, or none where it cannot be asked.
pub async fn persist() -> Option<bool> {
    let storage = storage()?;
    JsFuture::from(storage.persist().ok()?).await.ok()?.as_bool()
}

/// Whether the browser has promised that already.
pub async fn persisted() -> Option<bool> {
    let storage = storage()?;
    JsFuture::from(storage.persisted().ok()?).await.ok()?.as_bool()
}

fn storage() -> Option<web_sys::StorageManager> {
    let navigator = window().navigator();
    Reflect::has(&navigator, &"storage".into()).ok()?.then(|| navigator.storage())
}
