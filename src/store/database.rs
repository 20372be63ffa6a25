//! The one way to the database: opened when first needed, opened again when the handle has died.
//!
//! Browsers close the connections of pages in the background (WebKit does so routinely), and a handle that died
//! never comes back to life. So each operation is tried once more on a fresh handle before it fails. Trying a
//! write again is safe: every record is put under a key that follows from its content.

use super::{StoreError, schema};
use idb::request::{CountStoreRequest, GetAllKeysStoreRequest, GetAllStoreRequest};
use idb::{Database, DatabaseEvent as _, Factory, KeyRange, Transaction, TransactionMode, TransactionResult};
use js_sys::Uint8Array;
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbTransaction};

thread_local! {
    static HANDLE: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
    static NAME: Cell<&str> = const { Cell::new(schema::DATABASE) };
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

    /// A transaction that can be told that nothing more comes. web-sys calls it withdrawn; the standard has it:
    /// <https://www.w3.org/TR/IndexedDB-3/#dom-idbtransaction-commit>.
    type EndingTransaction;

    #[wasm_bindgen(method, catch)]
    fn commit(this: &EndingTransaction) -> Result<(), JsValue>;
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
    /// Deletes everything from this key on, to before that one.
    DeleteTo(String),
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
    let raw = begin_strict(database, &stores)?;
    let transaction = Transaction::from(raw.clone());
    if let Err(error) = run(&transaction, steps, go_on).await {
        // Nothing may be left of a write that was given up half-way; an abort that fails had nothing to abort.
        raw.abort().ok();
        return Err(why(&raw, error));
    }
    no_more(&raw);
    match transaction.await {
        Ok(TransactionResult::Committed) => Ok(()),
        _ => Err(why(&raw, StoreError::Failed)),
    }
}

/// Says that nothing more is asked. A transaction ends by itself only once its page has heard the last answer, and WebKit
/// keeps a page that is left as it stands: one that was left while it read held what it read, and the page after it
/// could not save. Where a browser lacks this, it ends by itself.
fn no_more(transaction: &IdbTransaction) {
    transaction.unchecked_ref::<EndingTransaction>().commit().ok();
}

/// A transaction that the browser gave up says why; otherwise it is as it was found here.
fn why(transaction: &IdbTransaction, found: StoreError) -> StoreError {
    transaction.error().map_or(found, |error| by_name(&error.name()))
}

async fn run(
    transaction: &Transaction,
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
                    last = Some(store.put(&JsValue::from_str(text), Some(&key)).map_err(failed)?)
                }
                // As an ArrayBuffer: WebKit has lost Blobs that it kept in databases.
                Act::PutBytes(bytes) => {
                    let buffer = Uint8Array::from(&**bytes).buffer();
                    last = Some(store.put(&buffer, Some(&key)).map_err(failed)?);
                }
                Act::Add(text) => drop(store.add(&JsValue::from_str(text), Some(&key)).map_err(failed)?),
                Act::Delete => drop(store.delete(key).map_err(failed)?),
                Act::DeleteTo(to) => {
                    let range = KeyRange::bound(&key, &to.as_str().into(), Some(false), Some(true));
                    drop(store.delete(range.map_err(failed)?).map_err(failed)?);
                }
            }
        }
        done += batch.len();
        // A request still open keeps the transaction alive while the page answers.
        if let Some(last) = last.filter(|_| done < steps.len()) {
            last.await.map_err(failed)?;
        }
        if !go_on(done) {
            return Err(StoreError::Stopped);
        }
    }
    Ok(())
}

fn begin_strict(database: &IdbDatabase, names: &[&str]) -> Result<IdbTransaction, StoreError> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"durability".into(), &"strict".into()).map_err(|_| StoreError::Failed)?;
    let stores: js_sys::Array = names.iter().map(|name| JsValue::from_str(name)).collect();
    database
        .unchecked_ref::<DurableDatabase>()
        .transaction(&stores, "readwrite", &options)
        .map_err(|_| StoreError::Failed)
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
    let transaction =
        Database::from(database.clone()).transaction(&names, TransactionMode::ReadOnly).map_err(failed)?;
    // All are asked before any answer is awaited: the browser works on them together.
    let mut asked = Vec::with_capacity(asks.len());
    for ask in asks {
        let store = transaction.object_store(ask.store).map_err(failed)?;
        let (from, to) = &ask.range;
        let range = KeyRange::bound(&from.as_str().into(), &to.as_str().into(), Some(false), Some(true))
            .map_err(failed)?;
        asked.push(match ask.want {
            // `into_future` listens at once: an answer must not come before anybody listens.
            Want::Keys => {
                Asked::Keys(store.get_all_keys(Some(range.into()), ask.limit).map_err(failed)?.into_future())
            }
            Want::Values => {
                Asked::Values(store.get_all(Some(range.into()), ask.limit).map_err(failed)?.into_future())
            }
            Want::Count => Asked::Count(store.count(Some(range.into())).map_err(failed)?.into_future()),
        });
    }
    no_more(&transaction.into());
    let mut answers = Vec::with_capacity(asked.len());
    for asked in asked {
        let values = match asked {
            Asked::Keys(request) => request.await,
            Asked::Values(request) => request.await,
            Asked::Count(request) => request.await.map(|count| vec![JsValue::from_str(&count.to_string())]),
        }
        .map_err(failed)?;
        let mut texts = Vec::with_capacity(values.len());
        for value in values {
            texts.push(value.as_string().ok_or(StoreError::Damaged)?);
        }
        answers.push(texts);
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
    let transaction =
        Database::from(database.clone()).transaction(&[store], TransactionMode::ReadOnly).map_err(failed)?;
    let asked = transaction.object_store(store).map_err(failed)?.get(JsValue::from_str(key));
    let asked = asked.map_err(failed)?.into_future();
    no_more(&transaction.into());
    let found = asked.await.map_err(failed)?;
    Ok(found.map(|buffer| Uint8Array::new(&buffer).to_vec()))
}

type Listening<Request> = <Request as IntoFuture>::IntoFuture;

enum Asked {
    Keys(Listening<GetAllKeysStoreRequest>),
    Values(Listening<GetAllStoreRequest>),
    Count(Listening<CountStoreRequest>),
}

async fn open() -> Result<IdbDatabase, StoreError> {
    if let Some(database) = HANDLE.with_borrow(Clone::clone) {
        return Ok(database);
    }
    let factory = Factory::new().map_err(|_| StoreError::Blocked)?;
    let mut request = factory.open(NAME.get(), Some(schema::VERSION)).map_err(|_| StoreError::Blocked)?;
    request.on_upgrade_needed(|event| {
        // Where this fails the open request fails with it.
        if let Ok(database) = event.database() {
            schema::upgrade(&database).ok();
        }
    });
    let opened = request.await.map_err(|error| match error {
        idb::Error::DomException(exception) => by_name(&exception.name()),
        _ => StoreError::Blocked,
    })?;
    let database = keep(opened);
    HANDLE.set(Some(database.clone()));
    Ok(database)
}

/// From now on all is read from, and written to, an empty database beside the log's. For a worker's errand, which runs
/// alone.
pub async fn go_aside() -> Result<(), StoreError> {
    delete_aside().await?;
    switch(schema::ASIDE);
    Ok(())
}

/// From now on it is the log's again. What was put aside is deleted.
pub async fn come_back() -> Result<(), StoreError> {
    switch(schema::DATABASE);
    delete_aside().await
}

fn switch(name: &'static str) {
    if let Some(database) = HANDLE.take() {
        database.close();
    }
    NAME.set(name);
}

async fn delete_aside() -> Result<(), StoreError> {
    let factory = Factory::new().map_err(|_| StoreError::Blocked)?;
    factory.delete(schema::ASIDE).map_err(failed)?.await.map_err(failed)
}

/// Lets go of the connection when the browser closes it, or when another tab needs a newer version of the schema.
fn keep(mut database: Database) -> IdbDatabase {
    database.on_close(|_| HANDLE.set(None));
    database.on_version_change(|event| {
        HANDLE.set(None);
        if let Ok(database) = event.database() {
            database.close();
        }
    });
    database.forget_callbacks();
    database.into()
}

fn forget(database: &IdbDatabase) {
    database.close();
    HANDLE.set(None);
}

/// For any refusal of the browser that has no name worth telling apart.
fn failed(_: idb::Error) -> StoreError {
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
