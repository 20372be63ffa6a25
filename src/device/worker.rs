//! The programs beside the page (HTML standard, "Web workers"): each begun when first needed, and begun again where it
//! broke. An errand has a line of its own, so that answers never mix; what is said over it is in [`super::talk`], and
//! what the texts are, in [`bothways::swap::errand`] and [`bothways::qr::errand`].

use super::{network, page, timer};
use js_sys::{Array, Function, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use std::thread::LocalKey;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageChannel, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType};

/// Milliseconds after which is looked whether it is the next one's turn.
const TURN: u64 = 15;

type Kept = RefCell<Option<Worker>>;

thread_local! {
    static LOG: Kept = const { RefCell::new(None) };
    static CODES: Kept = const { RefCell::new(None) };
    /// Ends the errand that is waiting for an answer, where none can come any more.
    static WAITING: RefCell<Option<(Program, Function)>> = const { RefCell::new(None) };
    /// The errand that goes on, and the page's end of its line.
    static LINE: RefCell<Option<(Sort, MessagePort)>> = const { RefCell::new(None) };
}

/// Which of the programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// What knows the log: `src/worker/`.
    Log,
    /// What draws and reads codes: `src/codes/`.
    Codes,
}

impl Program {
    /// What begins it.
    const fn start(self) -> &'static str {
        match self {
            Self::Log => "worker-start.js",
            Self::Codes => "codes-start.js",
        }
    }

    /// What that needs: for what knows the log the program that runs here, compiled already, its JavaScript, and the
    /// worker's part of it (a program in one piece has that in it); for codes their program.
    async fn needs(self) -> Option<Array> {
        Some(match self {
            Self::Log => {
                let part = match page::program_file("data-worker") {
                    Some(file) => network::bytes(&file).await?.into(),
                    None => JsValue::UNDEFINED,
                };
                Array::of3(&page::program_file("data-js")?.into(), &wasm_bindgen::module(), &part)
            }
            Self::Codes => Array::of1(&network::bytes("codes_bg.wasm").await?.into()),
        })
    }

    const fn kept(self) -> &'static LocalKey<Kept> {
        match self {
            Self::Log => &LOG,
            Self::Codes => &CODES,
        }
    }
}

/// How an errand goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// It comes to its end by itself.
    Ends,
    /// It shows something until it is stopped.
    Shows,
    /// It watches the pictures that are handed over until it has found what it looks for.
    Films,
}

/// An errand.
pub struct Call {
    /// Who is to run it.
    pub program: Program,
    /// How it goes on.
    pub sort: Sort,
    /// What is asked.
    pub text: String,
    /// What goes along (bytes, a canvas, files): handed over, not copied.
    pub along: Vec<JsValue>,
}

/// What came of an errand: the answer, and what came with it.
pub type Outcome = Option<(String, JsValue)>;

/// Sends an errand and waits for what comes of it; none where the program cannot be had or broke. One errand at a time,
/// whichever program runs it: the next waits for the one before it, and ends one that would go on for ever.
pub async fn run(call: Call, on_progress: Box<dyn Fn(usize, usize)>) -> Outcome {
    let channel = MessageChannel::new().ok()?;
    while LINE.with_borrow(Option::is_some) {
        stop(|sort| sort != Sort::Ends);
        timer::pause(TURN).await;
    }
    // From now on it can be stopped: a word that comes before the worker listens waits for it.
    LINE.set(Some((call.sort, channel.port1())));
    let outcome = run_now(call, &channel, on_progress).await;
    LINE.set(None);
    channel.port1().close();
    outcome
}

async fn run_now(call: Call, channel: &MessageChannel, on_progress: Box<dyn Fn(usize, usize)>) -> Outcome {
    let worker = begun(call.program).await?;
    let outcome = Rc::new(RefCell::new(None));
    let mut end = None;
    let ended = Promise::new(&mut |resolve, _| end = Some(resolve));
    let (end, kept) = (end?, outcome.clone());
    WAITING.set(Some((call.program, end.clone())));
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let parts: Array = message.data().unchecked_into();
        let (first, second) = (parts.get(0), parts.get(1));
        if let Some(done) = first.as_f64() {
            on_progress(done as usize, second.as_f64().unwrap_or_default() as usize);
        } else {
            *kept.borrow_mut() = first.as_string().map(|answer| (answer, second));
            // Settling a promise cannot fail.
            end.call0(&JsValue::NULL).ok();
        }
    });
    channel.port1().set_onmessage(Some(heard.as_ref().unchecked_ref()));
    let parts = Array::of2(&call.text.into(), &channel.port2());
    let handed_over = Array::of1(&channel.port2());
    for along in &call.along {
        parts.push(along);
        // A file is a handle, which both may hold.
        if !along.is_instance_of::<File>() {
            handed_over.push(along);
        }
    }
    if worker.post_message_with_transfer(&parts, &handed_over).is_ok() {
        JsFuture::from(ended).await.ok();
    }
    WAITING.set(None);
    outcome.take()
}

/// Hands a picture to the errand that films, if that is the one that goes on.
pub fn hand_over(picture: &JsValue) {
    with_line(|sort| sort == Sort::Films, &|port| {
        port.post_message_with_transferable(picture, &Array::of1(picture)).ok()
    });
}

/// Asks that the errand that goes on be given up, if it is one of these.
pub fn stop(which: fn(Sort) -> bool) {
    with_line(which, &|port| port.post_message(&JsValue::NULL).ok());
}

fn with_line(which: fn(Sort) -> bool, act: &dyn Fn(&MessagePort) -> Option<()>) {
    LINE.with_borrow(|line| line.as_ref().filter(|(sort, _)| which(*sort)).and_then(|(_, port)| act(port)));
}

async fn begun(program: Program) -> Option<Worker> {
    if let Some(worker) = program.kept().with_borrow(Clone::clone) {
        return Some(worker);
    }
    let needs = program.needs().await?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(program.start(), &options).ok()?;
    let begun = Promise::new(&mut |is_ready, is_broken| {
        let (needs, to_worker, not_ready) = (needs.clone(), worker.clone(), is_broken.clone());
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            match message.data().as_string().as_deref() {
                Some("here") => {
                    to_worker.post_message(&needs).ok();
                }
                Some("ready") => drop(is_ready.call0(&JsValue::NULL)),
                _ => broke(program, &not_ready),
            }
        });
        let failed = Closure::<dyn Fn()>::new(move || broke(program, &is_broken));
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        // As long-lived as the worker.
        heard.forget();
        failed.forget();
    });
    JsFuture::from(begun).await.ok()?;
    program.kept().set(Some(worker.clone()));
    Some(worker)
}

/// Lets a broken program go, and whoever waits for it. The other one goes on.
fn broke(program: Program, not_ready: &Function) {
    not_ready.call0(&JsValue::NULL).ok();
    if let Some(worker) = program.kept().take() {
        worker.terminate();
    }
    let waits = WAITING.with_borrow_mut(|waiting| waiting.take_if(|(waits, _)| *waits == program));
    if let Some((_, end)) = waits {
        end.call0(&JsValue::NULL).ok();
    }
}
