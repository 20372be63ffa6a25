//! The one way to the database: opened when first needed, opened again when the handle has died.
//!
//! Browsers close the connections of pages in the background (WebKit does so routinely), and a handle that died
//! never comes back to life. So each operation is tried once more on a fresh handle before it fails. Trying a
//! write again is safe: every record is put under a key that follows from its content.

use super::request::{Asked, ended};
use super::{StoreError, schema};
use js_sys::Uint8Array;
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbFactory, IdbKeyRange, IdbTransaction};

thread_local! {
    static HANDLE: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions can be asked to be durable. web-sys hides the third argument behind an
    /// unstable flag; the standard has it: <https://www.w3.org/TR/IndexedDB-3/#dom-idbdatabase-transaction>.
    type DurableDatabase;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &DurableDatabase,
        stores: &js_sys::Array,
        mode: &str,
        options: &js_sys::Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// One step of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The store.
    pub store: &'static str,
    /// The key.
    pub key: String,
    /// What to do there.
    pub act: Act,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Puts a text, over what may be there.
    Put(String),
    /// Puts bytes, over what may be there.
    PutBytes(Arc<[u8]>),
    /// Puts a text; the whole write fails if something is there.
    Add(String),
    /// Deletes what is there.
    Delete,
}

/// Steps handed to the browser at once. A longer write waits for each batch to be taken, so that the page can
/// answer in between.
const BATCH: usize = 200;

/// Runs a write as one transaction, all of it or nothing. Returns only once the browser says it is on the disk:
/// `durability: "strict"`, and after `complete`, not after a request's `success`, because a full disk lets
/// requests succeed and then aborts. `go_on` is told how many steps are done; where it says no, all is undone.
pub async fn write(steps: &[Step], go_on: &dyn Fn(usize) -> bool) -> Result<(), StoreError> {
    for last_try in [false, true] {
        let database = open().await?;
        match write_once(&database, steps, go_on).await {
            Err(StoreError::Failed) if !last_try => forget(&database),
            done => return done,
        }
    }
    Err(StoreError::Failed)
}

async fn write_once(
    database: &IdbDatabase,
    steps: &[Step],
    go_on: &dyn Fn(usize) -> bool,
) -> Result<(), StoreError> {
    let mut stores: Vec<&'static str> = Vec::new();
    for step in steps {
        if !stores.contains(&step.store) {
            stores.push(step.store);
        }
    }
    if stores.is_empty() {
        return Ok(());
    }
    let transaction = begin_strict(database, &stores)?;
    let ended = ended(&transaction);
    if let Err(error) = run(&transaction, steps, go_on).await {
        // Nothing may be left of a write that was given up half-way; an abort that fails had nothing to abort.
        transaction.abort().ok();
        return Err(why(&transaction, error));
    }
    ended.await.map(drop).map_err(|_| why(&transaction, StoreError::Failed))
}

/// A transaction that the browser gave up says why; otherwise it is as it was found here.
fn why(transaction: &IdbTransaction, found: StoreError) -> StoreError {
    transaction.error().map_or(found, |error| by_name(&error.name()))
}

async fn run(
    transaction: &IdbTransaction,
    steps: &[Step],
    go_on: &dyn Fn(usize) -> bool,
) -> Result<(), StoreError> {
    let mut done = 0;
    for batch in steps.chunks(BATCH) {
        let mut last = None;
        for step in batch {
            #[cfg(test)]
            faults::step()?;
            let store = transaction.object_store(step.store).map_err(failed)?;
            let key = JsValue::from_str(&step.key);
            match &step.act {
                Act::Put(text) => {
                    last = Some(store.put_with_key(&JsValue::from_str(text), &key).map_err(failed)?)
                }
                // As an ArrayBuffer: WebKit has lost Blobs that it kept in databases.
                Act::PutBytes(bytes) => {
                    let buffer = Uint8Array::from(&**bytes).buffer();
                    last = Some(store.put_with_key(&buffer, &key).map_err(failed)?);
                }
                Act::Add(text) => drop(store.add_with_key(&JsValue::from_str(text), &key).map_err(failed)?),
                Act::Delete => drop(store.delete(&key).map_err(failed)?),
            }
        }
        done += batch.len();
        // A request still open keeps the transaction alive while the page answers.
        if let Some(last) = last.filter(|_| done < steps.len()) {
            Asked::of(last).answer().await.map_err(failed)?;
        }
        if !go_on(done) {
            return Err(StoreError::Stopped);
        }
    }
    Ok(())
}

fn begin_strict(database: &IdbDatabase, names: &[&str]) -> Result<IdbTransaction, StoreError> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"durability".into(), &"strict".into()).map_err(failed)?;
    database
        .unchecked_ref::<DurableDatabase>()
        .transaction(&list(names), "readwrite", &options)
        .map_err(failed)
}

fn list(names: &[&str]) -> js_sys::Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}

/// A range of keys: from the first, to before the second.
pub type Range = (String, String);

/// One question of a reading. All questions of one reading see one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The store.
    pub store: &'static str,
    /// The keys asked for.
    pub range: Range,
    /// What is wanted of what is there.
    pub want: Want,
    /// At most so many, from the first on.
    pub limit: Option<u32>,
}

/// What a question wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// The keys.
    Keys,
    /// The values.
    Values,
    /// How many there are: one number.
    Count,
}

/// Reads: for each question its answers, in the order of the keys. A read that fails is an error, never an
/// empty answer.
pub async fn read(asks: &[Ask]) -> Result<Vec<Vec<String>>, StoreError> {
    for last_try in [false, true] {
        let database = open().await?;
        match read_once(&database, asks).await {
            Err(StoreError::Failed) if !last_try => forget(&database),
            done => return done,
        }
    }
    Err(StoreError::Failed)
}

async fn read_once(database: &IdbDatabase, asks: &[Ask]) -> Result<Vec<Vec<String>>, StoreError> {
    let names: Vec<&str> = asks.iter().map(|ask| ask.store).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let transaction = database.transaction_with_str_sequence(&list(&names)).map_err(failed)?;
    // All are asked before any answer is awaited: the browser works on them together.
    let mut asked = Vec::with_capacity(asks.len());
    for ask in asks {
        let store = transaction.object_store(ask.store).map_err(failed)?;
        let (from, to) = &ask.range;
        let range = IdbKeyRange::bound_with_lower_open_and_upper_open(
            &from.as_str().into(),
            &to.as_str().into(),
            false,
            true,
        );
        let range = range.map_err(failed)?;
        let request = match (ask.want, ask.limit) {
            (Want::Keys, None) => store.get_all_keys_with_key(&range),
            (Want::Keys, Some(limit)) => store.get_all_keys_with_key_and_limit(&range, limit),
            (Want::Values, None) => store.get_all_with_key(&range),
            (Want::Values, Some(limit)) => store.get_all_with_key_and_limit(&range, limit),
            (Want::Count, _) => store.count_with_key(&range),
        };
        asked.push(Asked::of(request.map_err(failed)?));
    }
    let mut answers = Vec::with_capacity(asked.len());
    for (ask, asked) in asks.iter().zip(asked) {
        let answer = asked.answer().await.map_err(failed)?;
        let texts = if ask.want == Want::Count {
            answer.as_f64().map(|count| vec![(count as u32).to_string()])
        } else {
            js_sys::Array::from(&answer).iter().map(|value| value.as_string()).collect()
        };
        answers.push(texts.ok_or(StoreError::Damaged)?);
    }
    Ok(answers)
}

/// All keys of a range with what is there, both as they were at one moment.
pub async fn pairs(store: &'static str, range: Range) -> Result<Vec<(String, String)>, StoreError> {
    let values = Ask { store, range, want: Want::Values, limit: None };
    let keys = Ask { want: Want::Keys, ..values.clone() };
    let [keys, values] = <[_; 2]>::try_from(read(&[keys, values]).await?).map_err(|_| StoreError::Failed)?;
    Ok(keys.into_iter().zip(values).collect())
}

/// The bytes under a key; none where nothing is there.
pub async fn bytes(store: &'static str, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    for last_try in [false, true] {
        let database = open().await?;
        match bytes_once(&database, store, key).await {
            Err(StoreError::Failed) if !last_try => forget(&database),
            done => return done,
        }
    }
    Err(StoreError::Failed)
}

async fn bytes_once(database: &IdbDatabase, store: &str, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let transaction = database.transaction_with_str_sequence(&list(&[store])).map_err(failed)?;
    let asked = transaction.object_store(store).map_err(failed)?.get(&JsValue::from_str(key));
    let found = Asked::of(asked.map_err(failed)?).answer().await.map_err(failed)?;
    Ok((!found.is_undefined()).then(|| Uint8Array::new(&found).to_vec()))
}

async fn open() -> Result<IdbDatabase, StoreError> {
    if let Some(database) = HANDLE.with_borrow(Clone::clone) {
        return Ok(database);
    }
    // Not every browser has it, and some refuse it to a page they do not trust with storage.
    let factory: IdbFactory = js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into())
        .and_then(JsCast::dyn_into)
        .map_err(|_| StoreError::Blocked)?;
    let request =
        factory.open_with_u32(schema::DATABASE, schema::VERSION).map_err(|_| StoreError::Blocked)?;
    let upgrading = request.clone();
    let upgrade = move || {
        // Where this fails the open request fails with it.
        if let Ok(database) = upgrading.result() {
            schema::upgrade(database.unchecked_ref()).ok();
        }
    };
    request.set_onupgradeneeded(Some(Closure::once_into_js(upgrade).unchecked_ref()));
    let opened = Asked::of(request.unchecked_into()).answer().await.map_err(|error| match error {
        Some(error) => by_name(&error.name()),
        None => StoreError::Blocked,
    })?;
    let database = keep(opened.unchecked_into());
    HANDLE.set(Some(database.clone()));
    Ok(database)
}

/// Lets go of the connection when the browser closes it, or when another tab needs a newer version of the schema.
fn keep(database: IdbDatabase) -> IdbDatabase {
    let closing = database.clone();
    let let_go = Closure::<dyn Fn()>::new(move || forget(&closing)).into_js_value();
    database.set_onclose(Some(let_go.unchecked_ref()));
    database.set_onversionchange(Some(let_go.unchecked_ref()));
    database
}

fn forget(database: &IdbDatabase) {
    database.close();
    HANDLE.set(None);
}

/// For any refusal of the browser that has no name worth telling apart.
fn failed<E>(_: E) -> StoreError {
    StoreError::Failed
}

fn by_name(name: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::Full,
        "VersionError" => StoreError::Newer,
        "SecurityError" | "InvalidStateError" => StoreError::Blocked,
        _ => StoreError::Failed,
    }
}

/// Closes the connection but keeps the dead handle, as a browser does to a page in the background.
#[cfg(test)]
pub fn close_under_the_feet() {
    HANDLE.with_borrow(|handle| handle.as_ref().map(IdbDatabase::close));
}

/// Lets the n-th step of the writes that follow fail, as a browser may at any step.
#[cfg(test)]
pub mod faults {
    use super::StoreError;
    use std::cell::Cell;

    thread_local! {
        static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    }

    /// From now on: `n` steps go well, the next fails. None: all go well.
    pub fn after(n: Option<usize>) {
        LEFT.set(n);
    }

    pub(super) fn step() -> Result<(), StoreError> {
        match LEFT.get() {
            None => Ok(()),
            // Not `Failed`: that would be tried again, and the second try goes well.
            Some(0) => Err(StoreError::Full),
            Some(left) => {
                LEFT.set(Some(left - 1));
                Ok(())
            }
        }
    }
}
