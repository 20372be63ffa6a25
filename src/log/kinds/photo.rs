//! A photo of an entry: named by its bytes, which are kept and sent beside the words.

use crate::caps;
use crate::ids::PhotoHash;
use crate::json::{Record, records};
use serde::{Serialize as _, Serializer};
use serde_json::{Value, json};

/// A photo, as an entry names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Photo {
    /// The hash of its bytes.
    pub hash: PhotoHash,
    /// In pixels; known before the bytes are there, so that the page keeps its place.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl Photo {
    pub(super) fn to_values(photos: &[Self]) -> Value {
        let each = photos
            .iter()
            .map(|photo| json!({ "hash": photo.hash, "width": photo.width, "height": photo.height }));
        Value::Array(each.collect())
    }

    /// Writes a list of them, as a body has it.
    ///
    /// # Errors
    /// The serializer's.
    pub fn write_all<S: Serializer>(photos: &[Self], serializer: S) -> Result<S::Ok, S::Error> {
        Self::to_values(photos).serialize(serializer)
    }

    /// Reads a list of them; none where it is not one, or longer than an entry may have.
    pub fn read_all(values: Vec<Value>) -> Option<Vec<Self>> {
        if values.len() > caps::PHOTOS_PER_ENTRY {
            return None;
        }
        let read = |mut parts: Record| {
            Ok(Self {
                hash: parts.parsed("hash")?,
                width: parts.small("width")?,
                height: parts.small("height")?,
            })
        };
        records(values, "photos", read).ok()
    }
}
