//! The worker beside the page (HTML standard, "Web workers"): begun when first needed, begun again where it broke.
//! The messages are those of [`bothways::swap::errand`]; an errand has a port of its own, so that answers never mix.

use super::{network, timer};
use bothways::ids::{EntryId, OriginId};
use bothways::swap::errand::{Answer, Errand};
use js_sys::{Array, Function, Object, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType};

const START: &str = "worker-start.js";
/// Milliseconds after which is looked whether it is the next one's turn.
const TURN: u64 = 15;
const PROGRAM: &str = "worker_bg.wasm";

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
    /// Ends the errand that is waiting for an answer, where none can come any more.
    static WAITING: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// The errand that goes on, and the page's end of its line.
    static LINE: RefCell<Option<(Errand, MessagePort)>> = const { RefCell::new(None) };
}

/// What came of an errand: the last answer, and the text that came with it.
pub type Outcome = Option<(Answer, Option<String>)>;

/// Sends an errand and waits for what comes of it; none where the worker cannot be had or broke. What goes along (bytes,
/// a canvas) is handed over, not copied. One errand at a time: the next waits for the one before it, and ends one that
/// would go on for ever.
pub async fn run(
    errand: Errand,
    log: &OriginId,
    still_undoable: &[EntryId],
    along: Option<Object>,
    on_progress: impl Fn(usize, usize) + 'static,
) -> Outcome {
    let channel = MessageChannel::new().ok()?;
    while LINE.with_borrow(Option::is_some) {
        stop(Errand::is_endless);
        timer::pause(TURN).await;
    }
    // From now on it can be stopped: a word that comes before the worker listens waits for it.
    LINE.set(Some((errand, channel.port1())));
    let outcome = run_now(errand, &channel, log, still_undoable, along, on_progress).await;
    LINE.set(None);
    channel.port1().close();
    outcome
}

async fn run_now(
    errand: Errand,
    channel: &MessageChannel,
    log: &OriginId,
    still_undoable: &[EntryId],
    along: Option<Object>,
    on_progress: impl Fn(usize, usize) + 'static,
) -> Outcome {
    let worker = worker().await?;
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
    WAITING.set(None);
    outcome.take()
}

/// Hands a thing to this errand, if it is the one that goes on.
pub fn hand_over(errand: Errand, thing: &JsValue) {
    with_line(
        |current| current == errand,
        |port| port.post_message_with_transferable(thing, &Array::of1(thing)).ok(),
    );
}

/// Asks that the errand that goes on be given up, if it is one of these.
pub fn stop(which: impl Fn(Errand) -> bool) {
    with_line(which, |port| port.post_message(&JsValue::NULL).ok());
}

fn with_line(which: impl Fn(Errand) -> bool, act: impl Fn(&MessagePort) -> Option<()>) {
    LINE.with_borrow(|line| {
        line.as_ref().filter(|(errand, _)| which(*errand)).and_then(|(_, port)| act(port))
    });
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
