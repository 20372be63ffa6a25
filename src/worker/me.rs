//! This phone within a log: its keys, what it says of itself, what it opens and seals.

use crate::device::random;
use crate::store::home::Home;
use crate::store::{StoreError, former};
use bothways::log::Member;
use bothways::swap::keys::Keys;
use bothways::swap::trust::Phone;

/// Its keys.
pub fn keys(home: &Home) -> Keys {
    Keys::of_seed(&home.seed, &home.origin)
}

/// What it is within the log, with `member` writing on it.
pub fn phone(home: &Home, member: Member) -> Phone {
    Phone { device: home.device(), member, for_two: home.for_two, keys: keys(home).public() }
}

/// All keys that open what is sealed for this phone: its own, and those of the phones it took the place of.
pub async fn opening(home: &Home) -> Result<Vec<Keys>, StoreError> {
    let former = former::load(&home.origin).await?;
    let mut all = vec![keys(home)];
    all.extend(former.iter().map(|phone| Keys::of_seed(&phone.seed, &phone.origin)));
    Ok(all)
}

/// Random bytes as often as they are asked for.
pub struct Randomness {
    failed: bool,
}

impl Randomness {
    /// None yet.
    pub const fn new() -> Self {
        Self { failed: false }
    }

    /// Secret random bytes, new ones each time.
    pub fn next(&mut self) -> [u8; 32] {
        random::bytes().unwrap_or_else(|| {
            self.failed = true;
            [0; 32]
        })
    }

    /// Whether all of them were random: where not, what was made with them is not used.
    pub const fn checked(&self) -> Result<(), StoreError> {
        if self.failed { Err(StoreError::Failed) } else { Ok(()) }
    }
}
