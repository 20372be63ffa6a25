//! What other phones are known to hold: told by the last file that came from each of them.

use super::file::FileHeader;
use super::read::read_have;
use super::trust::Circle;
use crate::ids::{BodyHash, DeviceId, PhotoHash};
use crate::json::{BadRecord, Record, all_parsed};
use crate::log::Millis;
use crate::log::chain::{Chains, Have};
use crate::sorted::{SortedMap, SortedSet};
use serde::Serialize;

/// What one other phone holds, by its own word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// When it said so, by its own clock.
    pub made: Millis,
    /// How far it holds each device's chain.
    pub have: Have,
    /// Bodies it lacks all the same.
    pub wants: SortedSet<BodyHash>,
    /// Photos it lacks.
    pub photos: SortedSet<PhotoHash>,
}

impl Seen {
    /// What the sender of a file said of itself.
    pub fn in_header(header: &FileHeader) -> Self {
        let (mut wants, mut photos) = (SortedSet::new(), SortedSet::new());
        wants.extend(header.wants.iter().copied());
        photos.extend(header.photos.iter().copied());
        Self { made: header.made, have: header.have.clone(), wants, photos }
    }

    /// Whether it may stand in the place of what was kept of that phone: an old file that is read again says less
    /// than the last one.
    pub const fn follows(&self, kept: &Self) -> bool {
        self.made >= kept.made
    }

    /// The text it is kept as.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        let mut parts = Record::parse(text)?;
        let (mut wants, mut photos) = (SortedSet::new(), SortedSet::new());
        wants.extend(all_parsed::<BodyHash>(parts.list("wants")?, "wants")?);
        photos.extend(all_parsed::<PhotoHash>(parts.list("photos")?, "photos")?);
        Ok(Self { made: parts.integer("made")?, have: read_have(&mut parts)?, wants, photos })
    }
}

/// The phones that were heard of.
pub type Heard = SortedMap<DeviceId, Seen>;

/// What may be taken for granted when a file is made for all the others: what each of them has said. Nothing, where
/// one of them has written to the log, or was paired, and was never heard of; then everything goes. `own` are this
/// installation and those it took the place of. A phone that is gone wants nothing.
pub fn others(heard: &Heard, chains: &Chains, own: &[DeviceId], circle: Option<&Circle>) -> Vec<Seen> {
    let passed_over =
        |device: &DeviceId| own.contains(device) || circle.is_some_and(|circle| circle.is_gone(device));
    let is_known = |device: &DeviceId| passed_over(device) || heard.contains_key(device);
    let paired = || circle.into_iter().flat_map(Circle::phones).map(|(phone, _)| &phone.device);
    if chains.have().keys().all(is_known) && paired().all(is_known) {
        heard.iter().filter(|(device, _)| !passed_over(device)).map(|(_, seen)| seen.clone()).collect()
    } else {
        Vec::new()
    }
}
