//! One errand's line to the page.
//!
//! From the page comes nothing (null), which means: stop; or a thing the errand waits for.

use bothways::swap::errand::Answer;
use js_sys::{Array, Function, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, MessagePort};

/// A line to the page.
pub struct Talk {
    port: MessagePort,
    heard: Rc<Heard>,
}

/// What has come over it.
#[derive(Default)]
struct Heard {
    stopped: Cell<bool>,
    /// The last thing nobody has asked for yet. An earlier one is let go: of a camera's pictures only the newest counts.
    thing: RefCell<Option<JsValue>>,
    /// Ends the waiting for one.
    waiting: RefCell<Option<Function>>,
}

impl Talk {
    /// Listens on a port.
    pub fn on(port: MessagePort) -> Self {
        let heard = Rc::new(Heard::default());
        let hears = heard.clone();
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let thing = message.data();
            if thing.is_null() {
                hears.stopped.set(true);
            } else {
                hears.thing.replace(Some(thing));
            }
            if let Some(waiting) = hears.waiting.take() {
                // Settling a promise cannot fail.
                waiting.call0(&JsValue::NULL).ok();
            }
        });
        port.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        // As long-lived as the port, which goes with the errand.
        hear.forget();
        Self { port, heard }
    }

    /// The next thing from the page; none once the person has stopped it.
    pub async fn next(&self) -> Option<JsValue> {
        loop {
            if self.heard.stopped.get() {
                return None;
            }
            if let Some(thing) = self.heard.thing.take() {
                return Some(thing);
            }
            let come = Promise::new(&mut |come, _| drop(self.heard.waiting.replace(Some(come))));
            JsFuture::from(come).await.ok();
        }
    }

    /// Says how far it is; false once the person has stopped it.
    pub fn go_on(&self, done: usize, total: usize) -> bool {
        self.say(&Answer::Progress(done, total));
        !self.heard.stopped.get()
    }

    /// Says something.
    pub fn say(&self, answer: &Answer) {
        self.post(&Array::of1(&answer.to_text().into()));
    }

    /// Says something with a text that goes along.
    pub fn say_with(&self, answer: &Answer, text: &str) {
        self.post(&Array::of2(&answer.to_text().into(), &text.into()));
    }

    fn post(&self, parts: &Array) {
        // A page that is gone hears nothing.
        self.port.post_message(parts).ok();
    }
}
