//! What this installation is: a secret seed from which it derives its device ids, and the logs it keeps. One log for
//! each pair: a mother of two sons has two, each with a home of its own. All share the seed, and nothing else.

use super::StoreError;
use super::database::{self, Act, Step};
use super::rest;
use super::schema::HOME;
use bothways::backup::kept::{Former, Kept};
use bothways::ids::{DeviceId, EntryId, OriginId};
use bothways::json::{BadRecord, Record, all_parsed};
use bothways::library::Stage;
use bothways::log::Member;
use bothways::rest::AtRest;
use bothways::sorted::SortedSet;
use bothways::swap::Origins;
use serde::Serialize;

/// The key of the home that came first; others are kept under `home/origin`.
const FIRST_KEY: &str = "home";

/// What this installation is. Kept in the same database as the log, so that neither is ever there without the
/// other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Home {
    /// Where it is kept.
    #[serde(skip)]
    key: String,
    /// 32 secret random bytes. Ids, and later keys, follow from it.
    pub seed: [u8; 32],
    /// The origin this installation began its log with; it heads the key of every record.
    pub origin: OriginId,
    /// All origins of the log.
    pub origins: Origins,
    /// Whose phone it is, once they have said so.
    pub member: Option<Member>,
    /// Whether both of them write on this phone; then each says who is speaking.
    pub for_two: bool,
    /// What the other is called on this phone, until they say themselves.
    pub nickname: String,
    /// The stage of life the pair has chosen.
    pub stage: Option<Stage>,
    /// The installations this one took the place of, when it was made from a copy. What they had not sent goes with
    /// this one's chain.
    pub predecessors: Vec<DeviceId>,
    /// Entries that are held back from swaps. Of those that have left all the same, nothing follows.
    pub held_back: SortedSet<EntryId>,
    /// Whether the pair was left: the copy stays, and no file is made or taken until phones are paired anew.
    pub left: bool,
}

impl Home {
    /// A new home made of random bytes.
    pub fn begun(seed: [u8; 32], origin: OriginId) -> Self {
        let origins = Origins::begun(origin);
        Self {
            key: FIRST_KEY.into(),
            seed,
            origin,
            origins,
            member: None,
            for_two: false,
            nickname: String::new(),
            stage: None,
            predecessors: Vec::new(),
            held_back: SortedSet::new(),
            left: false,
        }
    }

    /// A home for another log on this installation.
    pub fn another(&self, origin: OriginId) -> Self {
        Self { key: format!("{FIRST_KEY}/{origin}"), ..Self::begun(self.seed, origin) }
    }

    fn read(key: &str, text: &str) -> Result<Self, BadRecord> {
        let mut parts = Record::parse(text)?;
        let mut seed = [0; 32];
        let bytes = parts.list("seed")?;
        if bytes.len() != seed.len() {
            return Err(BadRecord::Part("seed"));
        }
        for (to, from) in seed.iter_mut().zip(bytes) {
            *to = from.as_u64().and_then(|byte| byte.try_into().ok()).ok_or(BadRecord::Part("seed"))?;
        }
        let mut held_back = SortedSet::new();
        let listed: Vec<EntryId> = all_parsed(parts.list_if_any("held_back")?, "held_back")?;
        held_back.extend(listed);
        Ok(Self {
            key: key.into(),
            seed,
            for_two: parts.flag("for_two")?,
            left: parts.flag("left")?,
            origin: parts.parsed("origin")?,
            origins: Origins::read(&mut parts)?,
            member: parts.parsed_if_any("member")?,
            nickname: parts.text_if_any("nickname")?.unwrap_or_default(),
            stage: parts.parsed_if_any("stage")?,
            predecessors: all_parsed(parts.list_if_any("predecessors")?, "predecessors")?,
            held_back,
        })
    }

    /// From now on the words of this log can be read and written, and no other's.
    pub fn unlock(&self) {
        rest::unlock(match self.key.as_str() {
            FIRST_KEY => AtRest::of_first(&self.seed),
            _ => AtRest::of_another(&self.seed, &self.origin),
        });
    }

    /// What a backup keeps of it. `former` are the secrets of the phones it took the place of, `names` what the two call
    /// themselves.
    pub fn kept(&self, former: Vec<Former>, names: [Option<String>; 2]) -> Kept {
        Kept {
            phone: Former { seed: self.seed, origin: self.origin },
            names,
            origins: self.origins.clone(),
            member: self.member,
            for_two: self.for_two,
            nickname: self.nickname.clone(),
            stage: self.stage,
            predecessors: self.predecessors.clone(),
            former,
            held_back: self.held_back.clone(),
            left: self.left,
        }
    }

    /// The same home once something was restored to it. The seed and the origin stay: it is this installation.
    pub fn becomes(self, kept: Kept) -> Self {
        Self {
            key: self.key,
            seed: self.seed,
            origin: self.origin,
            origins: kept.origins,
            member: kept.member,
            for_two: kept.for_two,
            nickname: kept.nickname,
            stage: kept.stage,
            predecessors: kept.predecessors,
            held_back: kept.held_back,
            left: kept.left,
        }
    }

    /// Which of the two this phone is to a file's sender: on a phone that both write on, the other one.
    pub fn side(&self, sender: Member) -> Option<Member> {
        if self.for_two { Some(sender.other()) } else { self.member }
    }

    /// This installation's id in its log.
    pub fn device(&self) -> DeviceId {
        DeviceId::of_seed(&self.seed, &self.origin)
    }
}

/// All homes, the first one first.
pub async fn all() -> Result<Vec<Home>, StoreError> {
    // From the first one's key to before the character after the slash.
    let range = (FIRST_KEY.to_owned(), format!("{FIRST_KEY}0"));
    let kept = database::pairs(HOME, range).await?;
    kept.iter().map(|(key, text)| Home::read(key, text).map_err(|_| StoreError::Damaged)).collect()
}

/// The home of one log. From then on that log's words can be read and written.
pub async fn load(origin: &OriginId) -> Result<Option<Home>, StoreError> {
    let home = all().await?.into_iter().find(|home| home.origin == *origin);
    if let Some(home) = &home {
        home.unlock();
    }
    Ok(home)
}

/// The step that stores what this installation is, to go with a change of its log in one transaction.
pub fn step(home: &Home) -> Result<Step, StoreError> {
    Ok(Step { store: HOME, key: home.key.clone(), act: Act::Put(text_of(home)?) })
}

/// The step that lets it go: with it go its origin and, where it was the last, the seed.
pub fn forget(home: &Home) -> Step {
    Step { store: HOME, key: home.key.clone(), act: Act::Delete }
}

/// Stores a new home. Where there is one already it stays: two tabs may both be opened for the first time.
pub async fn begin(home: &Home) -> Result<(), StoreError> {
    // `Add` refuses where `Put` would overwrite.
    let step = Step { store: HOME, key: home.key.clone(), act: Act::Add(text_of(home)?) };
    let written = database::write(&[step], &|_| true).await;
    if all().await?.iter().any(|kept| kept.key == home.key) { Ok(()) } else { written }
}

fn text_of(home: &Home) -> Result<String, StoreError> {
    serde_json::to_string(home).map_err(|_| StoreError::Damaged)
}
