//! The one way to the database: opened when first needed, opened again when the handle has died.
//!
//! Browsers close the connections of pages in the background (WebKit does so routinely), and a handle that died
//! never comes back to life. So each operation is tried once more on a fresh handle before it fails. Trying a
//! write again is safe: every record is put under a key that follows from its content.

use super::{StoreError, schema};
use idb::{
    Database, DatabaseEvent as _, Factory, ObjectStore, Transaction, TransactionMode, TransactionResult,
};
use std::cell::RefCell;
use std::pin::Pin;
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbTransaction};

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

/// The stores of one transaction, by name.
pub struct Stores(Transaction);

impl Stores {
    /// One of the stores the transaction was opened for.
    pub fn get(&self, name: &str) -> Result<ObjectStore, StoreError> {
        self.0.object_store(name).map_err(failed)
    }
}

type Work<'a> = &'a dyn Fn(&Stores) -> Result<(), StoreError>;

/// Runs a write as one transaction, all of it or nothing. Returns only once the browser says it is on the disk:
/// `durability: "strict"`, and after `complete`, not after a request's `success`, because a full disk lets
/// requests succeed and then aborts.
pub async fn write(
    names: &[&str],
    work: impl Fn(&Stores) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    write_any(names, &work).await
}

/// As [`write`], compiled once for all kinds of work.
async fn write_any(names: &[&str], work: Work<'_>) -> Result<(), StoreError> {
    for last_try in [false, true] {
        let database = open().await?;
        match write_once(&database, names, work).await {
            Err(StoreError::Failed) if !last_try => forget(&database),
            done => return done,
        }
    }
    Err(StoreError::Failed)
}

async fn write_once(database: &IdbDatabase, names: &[&str], work: Work<'_>) -> Result<(), StoreError> {
    let raw = begin_strict(database, names)?;
    let stores = Stores(Transaction::from(raw.clone()));
    if let Err(error) = work(&stores) {
        // Nothing may be left of a write that was given up half-way; an abort that fails had nothing to abort.
        raw.abort().ok();
        return Err(error);
    }
    match stores.0.await {
        Ok(TransactionResult::Committed) => Ok(()),
        _ => Err(raw.error().map_or(StoreError::Failed, |error| by_name(&error.name()))),
    }
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

/// What a reading brings: for each thing asked for, its values in order.
pub type Reading<'a> = Pin<Box<dyn Future<Output = Result<Vec<Vec<JsValue>>, StoreError>> + 'a>>;

/// Reads. A read that fails is an error, never an empty answer.
pub async fn read<'a>(
    names: &[&str],
    work: &dyn Fn(Stores) -> Reading<'a>,
) -> Result<Vec<Vec<JsValue>>, StoreError> {
    for last_try in [false, true] {
        let database = open().await?;
        let outcome = match Database::from(database.clone()).transaction(names, TransactionMode::ReadOnly) {
            Ok(transaction) => work(Stores(transaction)).await,
            Err(_) => Err(StoreError::Failed),
        };
        match outcome {
            Err(StoreError::Failed) if !last_try => forget(&database),
            done => return done,
        }
    }
    Err(StoreError::Failed)
}

async fn open() -> Result<IdbDatabase, StoreError> {
    if let Some(database) = HANDLE.with_borrow(Clone::clone) {
        return Ok(database);
    }
    let factory = Factory::new().map_err(|_| StoreError::Blocked)?;
    let mut request =
        factory.open(schema::DATABASE, Some(schema::VERSION)).map_err(|_| StoreError::Blocked)?;
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
pub fn failed(_: idb::Error) -> StoreError {
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
