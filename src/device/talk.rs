//! A worker program's end of the line: it listens for errands, and each has a line of its own to the page (HTML
//! standard, "Message channels").
//!
//! To the page go how far it is, as two numbers, any number of times, and then an answer: a text, with something beside
//! it. From the page comes nothing (null), which means: stop; or a thing the errand waits for.

use js_sys::{Array, Function, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, MessagePort};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(text: &str);
}

/// Runs every errand that comes from now on, and says that the program is there. An errand is a text, and what comes
/// along with it.
pub fn listen<Run: Future<Output = ()> + 'static>(run: impl Fn(String, Talk, Array) -> Run + 'static) {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let broken = scope.clone();
    // A panic ends this program; the page starts another when it is next needed. No word anybody wrote is in the report.
    std::panic::set_hook(Box::new(move |panic| {
        if let Some(place) = panic.location() {
            console_error(&format!("Bothways' worker stopped at {place}"));
        }
        broken.post_message(&"broken".into()).ok();
    }));
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let parts: Array = message.data().unchecked_into();
        let (Some(text), Ok(port)) = (parts.get(0).as_string(), parts.get(1).dyn_into::<MessagePort>())
        else {
            return;
        };
        spawn_local(run(text, Talk::on(port), parts.slice(2, parts.length())));
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    // The page waits for this before it asks anything.
    scope.post_message(&"ready".into()).ok();
}

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
    #[allow(dead_code, reason = "only the program of codes has more come while it works")]
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
        self.post(&Array::of2(&done.into(), &total.into()));
        !self.heard.stopped.get()
    }

    /// Answers.
    pub fn say(&self, answer: impl Into<String>) {
        self.post(&Array::of1(&answer.into().into()));
    }

    /// Answers with something that goes along.
    pub fn say_with(&self, answer: impl Into<String>, along: &JsValue) {
        self.post(&Array::of2(&answer.into().into(), along));
    }

    fn post(&self, parts: &Array) {
        // A page that is gone hears nothing.
        self.port.post_message(parts).ok();
    }
}
