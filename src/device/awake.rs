//! Keeping the screen on while one phone films the other (Screen Wake Lock API). Where a browser lacks it, the person's
//! own setting decides.

use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The screen stays on as long as this lives.
pub struct Awake(Rc<RefCell<State>>);

enum State {
    Asked,
    Held(JsValue),
    Over,
}

impl Awake {
    /// Asks for it. (web-sys has this part of the standard behind an unstable flag only.)
    pub fn begin() -> Self {
        let state = Rc::new(RefCell::new(State::Asked));
        let kept = state.clone();
        spawn_local(async move {
            let Some(lock) = asked().await else { return };
            if matches!(*kept.borrow(), State::Over) {
                return call(&lock, "release");
            }
            kept.replace(State::Held(lock));
        });
        Self(state)
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        if let State::Held(lock) = self.0.replace(State::Over) {
            call(&lock, "release");
        }
    }
}

async fn asked() -> Option<JsValue> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let locks = Reflect::get(&navigator, &"wakeLock".into()).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let asked: Promise = request.call1(&locks, &"screen".into()).ok()?.dyn_into().ok()?;
    JsFuture::from(asked).await.ok()
}

fn call(thing: &JsValue, method: &str) {
    let method =
        Reflect::get(thing, &method.into()).ok().and_then(|method| method.dyn_into::<Function>().ok());
    method.map(|method| method.call0(thing).ok());
}
