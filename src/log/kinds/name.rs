//! A name: what a member is called, said by themselves. The other's wording stays a nickname on their own phone.

use serde::{Deserialize, Serialize};

/// The fields of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name.
    pub name: String,
}
