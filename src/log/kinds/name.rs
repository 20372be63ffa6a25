//! A name: what a member is called, said by themselves. The other's wording stays a nickname on their own phone.

use super::{take_text, text};
use crate::caps;
use serde_json::{Map, Value};

/// The fields of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: String,
}

impl Name {
    pub(super) fn to_fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("name".into(), text(&self.name));
        fields
    }

    pub(super) fn from_fields(mut fields: Map<String, Value>) -> Option<Self> {
        let name = take_text(&mut fields, "name")??;
        (name.chars().count() <= caps::NAME_CHARS).then_some(Self { name })
    }
}
