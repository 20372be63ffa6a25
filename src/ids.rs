//! The identifiers everything is named by: fixed-size bytes, written as lower-case hexadecimal.
//!
//! Ids that name content are SHA-256 over a domain label and the exact bytes (FIPS 180-4), so that the same
//! bytes can never be taken for another kind of thing. All other ids are random, or derived, 128-bit values.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// A text that is not the id it claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id: expected {0} lower-case hexadecimal digits")]
pub struct BadId(usize);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// The id made of these bytes.
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// The bytes of the id.
            pub const fn bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                decode_hex(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// Names one revision: the hash of its header's exact stored bytes.
    RevisionId, 32
);
id!(
    /// Names one body: the hash of its exact stored bytes, salt included.
    BodyHash, 32
);
id!(
    /// Names one link of a publication chain.
    LinkHash, 32
);
id!(
    /// Names one photo: the hash of its exact stored bytes.
    PhotoHash, 32
);
id!(
    /// Names an entry: a thread of revisions.
    EntryId, 16
);
id!(
    /// Names one installation within one pair.
    DeviceId, 16
);
id!(
    /// Names the log that one phone began; a joined log knows the origins of both.
    OriginId, 16
);
id!(
    /// Random bytes in a body, so that the hash of a short text cannot be guessed once the text is erased.
    Salt, 16
);

id!(
    /// The public half of a key: of one that signs (Ed25519) or one that opens (X25519).
    PublicKey, 32
);
id!(
    /// What two phones that are being paired compare, as words.
    Fingerprint, 32
);
id!(
    /// A signature (Ed25519, RFC 8032).
    Signature, 64
);
id!(
    /// Names one backup, so that its parts are told from those of another.
    BackupId, 16
);

impl RevisionId {
    /// The id of a revision whose header has exactly these bytes.
    pub fn of_header(header: &str) -> Self {
        Self(labelled_hash("bothways/revision/1", &[header.as_bytes()]))
    }
}

impl BodyHash {
    /// The hash of a body with exactly these bytes.
    pub fn of_body(body: &str) -> Self {
        Self(labelled_hash("bothways/body/1", &[body.as_bytes()]))
    }
}

impl PhotoHash {
    /// The hash of a photo with exactly these bytes.
    pub fn of_photo(photo: &[u8]) -> Self {
        Self(labelled_hash("bothways/photo/1", &[photo]))
    }
}

impl EntryId {
    /// The id of an entry that exists at most once for each member and thing: a mark, a name. Two phones that
    /// never met arrive at the same id, so meeting brings no conflict.
    pub fn derived(kind: &str, member: &str, thing: &str) -> Self {
        let hash = labelled_hash("bothways/entry/1", &[kind.as_bytes(), member.as_bytes(), thing.as_bytes()]);
        Self(first_half(hash))
    }
}

impl DeviceId {
    /// The id of an installation within a pair: HKDF-SHA256 (RFC 5869) of the device seed, so that a seed never
    /// shows and no id of one pair occurs in another's export.
    pub fn of_seed(seed: &[u8; 32], origin: &OriginId) -> Self {
        let mut bytes = [0; 16];
        let source = hkdf::Hkdf::<Sha256>::new(Some(origin.bytes()), seed);
        // `expand` fails only when asked for more than 255 blocks; these are 16 bytes.
        if source.expand(b"bothways/device/1", &mut bytes).is_err() {
            bytes = first_half(labelled_hash("bothways/device/1", &[origin.bytes(), seed]));
        }
        Self(bytes)
    }
}

/// SHA-256 over a label, a zero byte, and each part behind its length (64 bits, big-endian): no two different
/// lists of parts have the same input.
pub fn labelled_hash(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(label.as_bytes());
    hash.update([0]);
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn first_half(hash: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    half
}

/// Strict: lower case only and exactly as long as it must be, so that an id has one spelling.
fn decode_hex<const N: usize>(text: &str) -> Result<[u8; N], BadId> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    if text.len() != 2 * N {
        return Err(BadId(2 * N));
    }
    let mut bytes = [0; N];
    for (to, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *to = match pair {
            [high, low] => digit(*high).zip(digit(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        }
        .ok_or(BadId(2 * N))?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        let id = EntryId::from_bytes([0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().to_uppercase().parse::<EntryId>().is_err());
        assert!("ab".parse::<EntryId>().is_err());
        assert!("é".repeat(16).parse::<EntryId>().is_err());
    }

    #[test]
    fn the_same_bytes_under_another_label_are_another_id() {
        assert_ne!(RevisionId::of_header("x").bytes(), BodyHash::of_body("x").bytes());
        assert_ne!(labelled_hash("a", &[b"bc"]), labelled_hash("a", &[b"b", b"c"]));
    }

    #[test]
    fn the_photo_label_and_hash_are_those_of_the_format() {
        // printf 'bothways/photo/1\0\0\0\0\0\0\0\0\2{}' | sha256sum
        let expected = "dcbbbbf787ba702eb6d05bb69d71ec63856a1f2e435f33b4e4007d7fba1c40ee";
        assert_eq!(PhotoHash::of_photo(b"{}").to_string(), expected);
    }

    #[test]
    fn the_revision_label_and_hash_are_those_of_the_format() {
        // printf 'bothways/revision/1\0\0\0\0\0\0\0\0\2{}' | sha256sum
        let expected = "8a39117b8ec1b64d38de4817f02eed0207520ce2620b14f681fcceb85e2f7616";
        assert_eq!(RevisionId::of_header("{}").to_string(), expected);
    }

    #[test]
    fn a_device_is_another_one_in_every_pair() {
        let seed = [7; 32];
        let (one, two) = (OriginId::from_bytes([1; 16]), OriginId::from_bytes([2; 16]));
        assert_ne!(DeviceId::of_seed(&seed, &one), DeviceId::of_seed(&seed, &two));
        assert_eq!(DeviceId::of_seed(&seed, &one), DeviceId::of_seed(&seed, &one));
    }
}
