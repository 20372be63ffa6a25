//! The name of one thing in the library.
//!
//! Entries in people's logs point at these names for decades, so they have one spelling, are the same in every
//! language, and are never reused or removed.

use serde::Deserialize;
use std::fmt;
use std::str::FromStr;

/// The longest an id may be, in characters.
const LONGEST: usize = 40;

/// A text that cannot name content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not an id: lower-case words (a to z, 0 to 9) with single hyphens between, at most 40 characters"
)]
pub struct BadContentId(String);

/// Names a chapter, a practice, an answer, an idea or a question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct ContentId(String);

impl ContentId {
    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ContentId {
    type Error = BadContentId;

    fn try_from(text: String) -> Result<Self, BadContentId> {
        let word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.len() <= LONGEST && text.split('-').all(word) {
            Ok(Self(text))
        } else {
            Err(BadContentId(text))
        }
    }
}

impl FromStr for ContentId {
    type Err = BadContentId;

    fn from_str(text: &str) -> Result<Self, BadContentId> {
        text.to_owned().try_into()
    }
}

impl From<ContentId> for String {
    fn from(id: ContentId) -> Self {
        id.0
    }
}

impl fmt::Display for ContentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_lower_case_words_with_single_hyphens() {
        for good in ["needs", "taste-in-the-dark", "top-10", &"a".repeat(40)] {
            assert_eq!(good.parse::<ContentId>().map(String::from), Ok(good.to_owned()));
        }
        for bad in ["", "Needs", "a--b", "-a", "a-", "a_b", "a b", "é", &"a".repeat(41)] {
            assert!(bad.parse::<ContentId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_bad_id_does_not_get_in_through_json() {
        assert!(serde_json::from_str::<ContentId>("\"own-feet\"").is_ok());
        assert!(serde_json::from_str::<ContentId>("\"Own feet\"").is_err());
    }
}
