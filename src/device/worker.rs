//! The worker beside the page (HTML standard, "Web workers"): begun when first needed, begun again where it broke.
//! The messages are those of [`bothways::swap::errand`]; an errand has a port of its own, so that answers never mix.

use super::network;
use bothways::ids::{EntryId, OriginId};
use bothways::swap::errand::{Answer, Errand};
use js_sys::{Array, Function, Object, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType};

const START: &str = "worker-start.js";
const PROGRAM: &str = "worker_bg.wasm";

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
    /// Ends the errand that is waiting for an answer, where none can come any more.
    static WAITING: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// The page's end of the errand that goes on.
    static LINE: RefCell<Option<MessagePort>> = const { RefCell::new(None) };
}

/// What came of an errand: the last answer, and the text that came with it.
pub type Outcome = Option<(Answer, Option<String>)>;

/// Sends an errand and waits for what comes of it; none where the worker cannot be had or broke. What goes along (bytes,
/// a canvas) is handed over, not copied. One errand at a time.
pub async fn run(
    errand: Errand,
    log: &OriginId,
    still_undoable: &[EntryId],
    along: Option<Object>,
    on_progress: impl Fn(usize, usize) + 'static,
) -> Outcome {
    let channel = MessageChannel::new().ok()?;
    // From now on it can be stopped: a word that comes before the worker listens waits for it.
    LINE.set(Some(channel.port1()));
    let Some(worker) = worker().await else {
        LINE.set(None);
        return None;
    };
    let outcome = Rc::new(RefCell::new(None));
    let mut end = None;
    let ended = Promise::new(&mut |resolve, _| end = Some(resolve));
    let (end, kept) = (end?, outcome.clone());
    WAITING.set(Some(end.clone()));
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let parts: Array = message.data().unchecked_into();
        let answer = parts.get(0).as_string().and_then(|text| Answer::parse(&text).ok());
        match answer {
            Some(Answer::Progress(done, total)) => on_progress(done, total),
            answer => {
                *kept.borrow_mut() = answer.map(|answer| (answer, parts.get(1).as_string()));
                // Settling a promise cannot fail.
                end.call0(&JsValue::NULL).ok();
            }
        }
    });
    channel.port1().set_onmessage(Some(heard.as_ref().unchecked_ref()));
    let text = errand.to_text(log, still_undoable);
    let parts = Array::of2(&text.into(), &channel.port2());
    let handed_over = Array::of1(&channel.port2());
    if let Some(along) = along {
        parts.push(&along);
        handed_over.push(&along);
    }
    if worker.post_message_with_transfer(&parts, &handed_over).is_ok() {
        JsFuture::from(ended).await.ok();
    }
    LINE.set(None);
    WAITING.set(None);
    channel.port1().close();
    outcome.take()
}

/// Hands a thing to the errand that goes on.
pub fn hand_over(thing: &JsValue) {
    let post = |port: &MessagePort| port.post_message_with_transferable(thing, &Array::of1(thing)).ok();
    LINE.with_borrow(|line| line.as_ref().and_then(post));
}

/// Asks that the errand that goes on be given up.
pub fn stop() {
    LINE.with_borrow(|line| line.as_ref().map(|port| port.post_message(&JsValue::NULL).ok()));
}

async fn worker() -> Option<Worker> {
    if let Some(worker) = WORKER.with_borrow(Clone::clone) {
        return Some(worker);
    }
    let program = network::bytes(PROGRAM).await?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(START, &options).ok()?;
    let begun = Promise::new(&mut |is_ready, is_broken| {
        let (program, to_worker, not_ready) = (program.clone(), worker.clone(), is_broken.clone());
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            match message.data().as_string().as_deref() {
                Some("here") => {
                    to_worker.post_message_with_transfer(&program, &Array::of1(&program)).ok();
                }
                Some("ready") => drop(is_ready.call0(&JsValue::NULL)),
                _ => broke(&not_ready),
            }
        });
        let failed = Closure::<dyn Fn()>::new(move || broke(&is_broken));
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        // As long-lived as the worker.
        heard.forget();
        failed.forget();
    });
    JsFuture::from(begun).await.ok()?;
    WORKER.set(Some(worker.clone()));
    Some(worker)
}

/// Lets a broken worker go, and whoever waits for it.
fn broke(not_ready: &Function) {
    not_ready.call0(&JsValue::NULL).ok();
    if let Some(worker) = WORKER.take() {
        worker.terminate();
    }
    if let Some(end) = WAITING.take() {
        end.call0(&JsValue::NULL).ok();
    }
}
