//! One errand's line to the page.

use bothways::swap::errand::Answer;
use js_sys::Array;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, MessagePort};

/// A line to the page. Whatever comes over it from there means: stop.
pub struct Talk {
    port: MessagePort,
    stopped: Rc<Cell<bool>>,
}

impl Talk {
    /// Listens on a port.
    pub fn on(port: MessagePort) -> Self {
        let stopped = Rc::new(Cell::new(false));
        let heard = stopped.clone();
        let stop = Closure::<dyn Fn(MessageEvent)>::new(move |_| heard.set(true));
        port.set_onmessage(Some(stop.as_ref().unchecked_ref()));
        // As long-lived as the port, which goes with the errand.
        stop.forget();
        Self { port, stopped }
    }

    /// Says how far it is; false once the person has stopped it.
    pub fn go_on(&self, done: usize, total: usize) -> bool {
        self.say(&Answer::Progress(done, total));
        !self.stopped.get()
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
