//! What a revision says: a salt, a kind, a claimed time, and the fields of the kind, as one JSON text that is
//! hashed and kept as it is.

use super::Millis;
use super::kinds::Content;
use crate::caps;
use crate::ids::{BodyHash, Salt};
use crate::json::{BadRecord, Record};
use serde::Serialize;
use serde_json::{Map, Value};

/// When something was written, as the writer's phone claims: shown, never obeyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// Milliseconds since 1970-01-01 UTC.
    pub at: Millis,
    /// Minutes east of UTC where it was written.
    pub zone: i32,
}

/// The parts of a body, in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Body {
    /// Keeps the hash of a short text from being guessed once the text is erased.
    pub salt: Salt,
    /// The kind of entry: see [`super::kinds`].
    pub kind: String,
    /// Claimed wall time, in milliseconds since 1970-01-01 UTC.
    pub at: Millis,
    /// Minutes east of UTC.
    pub zone: i32,
    /// The fields of the kind.
    pub fields: Map<String, Value>,
}

/// Why a text is not a body, or words do not fit into one.
#[derive(Debug, thiserror::Error)]
pub enum BadBody {
    /// Longer than [`caps::BODY_BYTES`].
    #[error("the body is too long")]
    TooLong,
    /// Nested deeper than [`caps::JSON_DEPTH`].
    #[error("the body is nested too deeply")]
    TooDeep,
    /// Not JSON, or a part is missing or of another type.
    #[error("the body cannot be read: {0}")]
    Broken(#[from] BadRecord),
}

impl Body {
    /// A body that says this, at this time.
    pub fn new(salt: Salt, when: When, content: &Content) -> Self {
        let (kind, fields) = content.to_fields();
        Self { salt, kind, at: when.at, zone: when.zone, fields }
    }

    /// The text that is hashed, stored and sent.
    pub fn write(&self) -> Result<String, BadBody> {
        let text = serde_json::to_string(self).map_err(BadRecord::Json)?;
        check_size(&text)?;
        Ok(text)
    }

    /// Reads a body's text.
    pub fn parse(text: &str) -> Result<Self, BadBody> {
        check_size(text)?;
        let mut parts = Record::parse(text)?;
        Ok(Self {
            salt: parts.parsed("salt")?,
            kind: parts.text("kind")?,
            at: parts.integer("at")?,
            zone: parts.integer("zone")?.try_into().map_err(|_| BadRecord::Part("zone"))?,
            fields: parts.record("fields")?.all(),
        })
    }

    /// What it says, as far as this version knows the kind.
    pub fn content(&self) -> Content {
        Content::from_fields(&self.kind, &self.fields)
    }

    /// The claimed time.
    pub const fn when(&self) -> When {
        When { at: self.at, zone: self.zone }
    }
}

/// The hash that a header must name for this body, once its size is within the caps.
pub fn hash_of(text: &str) -> Result<BodyHash, BadBody> {
    check_size(text)?;
    Ok(BodyHash::of_body(text))
}

fn check_size(text: &str) -> Result<(), BadBody> {
    if text.len() > caps::BODY_BYTES {
        return Err(BadBody::TooLong);
    }
    if !depth_within(text, caps::JSON_DEPTH) {
        return Err(BadBody::TooDeep);
    }
    Ok(())
}

/// Whether no bracket of a JSON text opens deeper than the limit. Looks at brackets outside strings only, so it
/// is cheap, and safe before any parser has seen the text.
pub fn depth_within(text: &str, limit: usize) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > limit {
                    return false;
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_inside_words_do_not_count_as_depth() {
        assert!(depth_within(r#"{"a":"[[[[\"[[[["}"#, 1));
        assert!(!depth_within("[[[]]]", 2));
        assert!(depth_within("[[],[],[]]", 2));
    }

    #[test]
    fn a_body_beyond_the_caps_is_refused() {
        let deep = format!("{}{}", "[".repeat(17), "]".repeat(17));
        assert!(matches!(Body::parse(&deep), Err(BadBody::TooDeep)));
        assert!(matches!(Body::parse(&"x".repeat(caps::BODY_BYTES + 1)), Err(BadBody::TooLong)));
    }
}
