//! What this installation is: a secret seed from which it derives its device ids, and the log it keeps.

use super::database::{self, failed};
use super::schema::HOME;
use super::{StoreError, log};
use bothways::ids::{DeviceId, OriginId};
use bothways::json::{BadRecord, Record};
use bothways::library::Stage;
use bothways::log::{Delta, Member};
use bothways::swap::Origins;
use serde::Serialize;
use wasm_bindgen::JsValue;

const HOME_KEY: &str = "home";

/// What this installation is. Kept in the same database as the log, so that neither is ever there without the
/// other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Home {
    /// 32 secret random bytes. Ids, and later keys, follow from it.
    pub seed: [u8; 32],
    /// The origin this installation began its log with; it heads the key of every record.
    pub origin: OriginId,
    /// All origins of the log.
    pub origins: Origins,
    /// Who writes here, once they have said so.
    pub member: Option<Member>,
    /// What the other is called on this phone, until they say themselves.
    pub nickname: String,
    /// The stage of life the pair has chosen.
    pub stage: Option<Stage>,
}

impl Home {
    /// A new home made of random bytes.
    pub fn begun(seed: [u8; 32], origin: OriginId) -> Self {
        let origins = Origins::begun(origin);
        Self { seed, origin, origins, member: None, nickname: String::new(), stage: None }
    }

    fn read(text: &str) -> Result<Self, BadRecord> {
        let mut parts = Record::parse(text)?;
        let mut seed = [0; 32];
        let bytes = parts.list("seed")?;
        if bytes.len() != seed.len() {
            return Err(BadRecord::Part("seed"));
        }
        for (to, from) in seed.iter_mut().zip(bytes) {
            *to = from.as_u64().and_then(|byte| byte.try_into().ok()).ok_or(BadRecord::Part("seed"))?;
        }
        Ok(Self {
            seed,
            origin: parts.parsed("origin")?,
            origins: Origins::read(&mut parts)?,
            member: parts.parsed_if_any("member")?,
            nickname: parts.text_if_any("nickname")?.unwrap_or_default(),
            stage: parts.parsed_if_any("stage")?,
        })
    }

    /// This installation's id in its log.
    pub fn device(&self) -> DeviceId {
        DeviceId::of_seed(&self.seed, &self.origin)
    }
}

/// What is stored, if anything has been.
pub async fn load() -> Result<Option<Home>, StoreError> {
    let found = database::read(&[HOME], &|stores| {
        Box::pin(async move {
            let home =
                stores.get(HOME)?.get(JsValue::from_str(HOME_KEY)).map_err(failed)?.await.map_err(failed)?;
            Ok(vec![Vec::from_iter(home)])
        })
    })
    .await?;
    match found.first().and_then(|values| values.first()) {
        None => Ok(None),
        Some(value) => {
            let text = value.as_string().ok_or(StoreError::Damaged)?;
            Home::read(&text).map(Some).map_err(|_| StoreError::Damaged)
        }
    }
}

/// Stores what this installation is, together with a change of its log, in one transaction.
pub async fn save(home: &Home, delta: &Delta) -> Result<(), StoreError> {
    let text = serde_json::to_string(home).map_err(|_| StoreError::Damaged)?;
    let [a, b, c, d] = log::COMMIT_STORES;
    database::write(&[HOME, a, b, c, d], |stores| {
        let (key, value) = (JsValue::from_str(HOME_KEY), JsValue::from_str(&text));
        stores.get(HOME)?.put(&value, Some(&key)).map_err(failed)?;
        log::put(stores, &home.origin, delta)
    })
    .await
}

/// Stores a first home, unless there is one already: two tabs may both be opened for the first time.
pub async fn begin(home: &Home) -> Result<(), StoreError> {
    if load().await?.is_some() {
        return Ok(());
    }
    let text = serde_json::to_string(home).map_err(|_| StoreError::Damaged)?;
    let written = database::write(&[HOME], |stores| {
        let (key, value) = (JsValue::from_str(HOME_KEY), JsValue::from_str(&text));
        // `add` refuses where `put` would overwrite: the home that came first stays.
        stores.get(HOME)?.add(&value, Some(&key)).map(drop).map_err(failed)
    })
    .await;
    if load().await?.is_some() { Ok(()) } else { written }
}
