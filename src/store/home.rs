//! What this installation is: a secret seed from which it derives its device ids, and the log it keeps.

use super::StoreError;
use super::database::{self, Act, Ask, Step, Want};
use super::rest;
use super::schema::{HOME, only};
use bothways::ids::{DeviceId, EntryId, OriginId};
use bothways::json::{BadRecord, Record, all_parsed};
use bothways::library::Stage;
use bothways::log::Member;
use bothways::swap::Origins;
use serde::Serialize;
use std::collections::BTreeSet;

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
    /// The installations this one took the place of, when it was made from a copy. What they had not sent goes with
    /// this one's chain.
    pub predecessors: Vec<DeviceId>,
    /// Entries that are held back from swaps. Of those that have left all the same, nothing follows.
    pub held_back: BTreeSet<EntryId>,
}

impl Home {
    /// A new home made of random bytes.
    pub fn begun(seed: [u8; 32], origin: OriginId) -> Self {
        let origins = Origins::begun(origin);
        Self {
            seed,
            origin,
            origins,
            member: None,
            nickname: String::new(),
            stage: None,
            predecessors: Vec::new(),
            held_back: BTreeSet::new(),
        }
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
        let mut held_back = BTreeSet::new();
        let listed: Vec<EntryId> = all_parsed(parts.list_if_any("held_back")?, "held_back")?;
        held_back.extend(listed);
        Ok(Self {
            seed,
            origin: parts.parsed("origin")?,
            origins: Origins::read(&mut parts)?,
            member: parts.parsed_if_any("member")?,
            nickname: parts.text_if_any("nickname")?.unwrap_or_default(),
            stage: parts.parsed_if_any("stage")?,
            predecessors: all_parsed(parts.list_if_any("predecessors")?, "predecessors")?,
            held_back,
        })
    }

    /// This installation's id in its log.
    pub fn device(&self) -> DeviceId {
        DeviceId::of_seed(&self.seed, &self.origin)
    }
}

/// What is stored, if anything has been. Words can be read and written once it is known.
pub async fn load() -> Result<Option<Home>, StoreError> {
    let found =
        database::read(&[Ask { store: HOME, range: only(HOME_KEY), want: Want::Values, limit: Some(1) }])
            .await?;
    match found.iter().flatten().next() {
        None => Ok(None),
        Some(text) => {
            let home = Home::read(text).map_err(|_| StoreError::Damaged)?;
            rest::unlock(&home.seed);
            Ok(Some(home))
        }
    }
}

/// The step that stores what this installation is, to go with a change of its log in one transaction.
pub fn step(home: &Home) -> Result<Step, StoreError> {
    Ok(Step { store: HOME, key: HOME_KEY.into(), act: Act::Put(text_of(home)?) })
}

/// Stores a first home, unless there is one already: two tabs may both be opened for the first time.
pub async fn begin(home: &Home) -> Result<(), StoreError> {
    if load().await?.is_some() {
        return Ok(());
    }
    // `Add` refuses where `Put` would overwrite: the home that came first stays.
    let step = Step { store: HOME, key: HOME_KEY.into(), act: Act::Add(text_of(home)?) };
    let written = database::write(&[step], &|_| true).await;
    if load().await?.is_some() { Ok(()) } else { written }
}

fn text_of(home: &Home) -> Result<String, StoreError> {
    serde_json::to_string(home).map_err(|_| StoreError::Damaged)
}
