//! The keys of an installation within a pair: with one it signs what it gives, with the other it opens what is sealed
//! for it. Both follow from the device seed, and from nothing that another pair sees.

use crate::ids::{OriginId, PublicKey, Signature};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use sha2::Sha256;

/// The secret halves. They never leave the phone.
#[derive(Clone)]
pub struct Keys {
    signing: SigningKey,
    opening: [u8; 32],
}

/// The public halves: what the other phone needs to know who wrote a file, and to seal one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKeys {
    /// Ed25519 (RFC 8032).
    pub signing: PublicKey,
    /// X25519 (RFC 7748).
    pub sealing: PublicKey,
}

impl Keys {
    /// The keys of the installation with this seed in the log that began with this origin (HKDF-SHA256, RFC 5869).
    pub fn of_seed(seed: &[u8; 32], origin: &OriginId) -> Self {
        let signing = SigningKey::from_bytes(&derived(seed, origin, b"bothways/sign/1"));
        Self { signing, opening: derived(seed, origin, b"bothways/open/1") }
    }

    /// The public halves.
    pub fn public(&self) -> PublicKeys {
        PublicKeys {
            signing: PublicKey::from_bytes(self.signing.verifying_key().to_bytes()),
            sealing: PublicKey::from_bytes(crate::age::recipient_of(self.opening)),
        }
    }

    /// What opens files that are sealed for this installation.
    pub fn identity(&self) -> crate::age::Identity {
        crate::age::Identity::X25519(self.opening)
    }

    /// Signs bytes.
    pub fn sign(&self, bytes: &[u8]) -> Signature {
        Signature::from_bytes(self.signing.sign(bytes).to_bytes())
    }
}

impl PublicKeys {
    /// Whether the holder of the secret half has signed these bytes. Strict: a signature cannot be changed into
    /// another one that holds, too, and weak keys sign nothing.
    pub fn has_signed(&self, bytes: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature.bytes());
        let key = VerifyingKey::from_bytes(self.signing.bytes());
        key.is_ok_and(|key| key.verify_strict(bytes, &signature).is_ok())
    }
}

fn derived(seed: &[u8; 32], origin: &OriginId, what: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    // `expand` fails only when asked for more than 255 blocks.
    let made = Hkdf::<Sha256>::new(Some(origin.bytes()), seed).expand(what, &mut key);
    debug_assert!(made.is_ok());
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::age::{Recipient, decrypt, encrypt};

    fn keys(seed: u8, origin: u8) -> Keys {
        Keys::of_seed(&[seed; 32], &OriginId::from_bytes([origin; 16]))
    }

    #[test]
    fn each_installation_has_its_own_keys_in_each_pair() {
        let all: Vec<PublicKeys> =
            [(1, 1), (1, 2), (2, 1)].map(|(seed, origin)| keys(seed, origin).public()).into();
        for (at, one) in all.iter().enumerate() {
            assert_ne!(one.signing, one.sealing);
            for other in &all[at + 1..] {
                assert!(one.signing != other.signing && one.sealing != other.sealing);
            }
        }
        assert_eq!(keys(1, 1).public(), all[0]);
    }

    #[test]
    fn a_signature_holds_for_these_bytes_and_this_key_alone() {
        let (mine, other) = (keys(1, 1), keys(2, 1));
        let signature = mine.sign(b"a log of two");
        assert!(mine.public().has_signed(b"a log of two", &signature));
        assert!(!mine.public().has_signed(b"a log of three", &signature));
        assert!(!other.public().has_signed(b"a log of two", &signature));
        for at in 0..64 {
            let mut changed = *signature.bytes();
            changed[at] ^= 1;
            let changed = Signature::from_bytes(changed);
            assert!(!mine.public().has_signed(b"a log of two", &changed), "byte {at}");
        }
        // No key at all, and one of small order, with which anybody could sign anything.
        for weak in [[0xff; 32], [0; 32]] {
            let nobody = PublicKeys { signing: PublicKey::from_bytes(weak), ..mine.public() };
            assert!(!nobody.has_signed(b"a log of two", &signature));
            assert!(!nobody.has_signed(b"", &Signature::from_bytes([0; 64])));
        }
    }

    #[test]
    fn what_is_sealed_for_an_installation_opens_there_and_nowhere_else() {
        let (mine, other) = (keys(1, 1), keys(1, 2));
        let recipient = Recipient::X25519(*mine.public().sealing.bytes());
        let sealed = encrypt(b"words", &[recipient], &mut || [7; 32]).unwrap();
        assert_eq!(decrypt(&sealed, &[mine.identity()]).unwrap(), b"words");
        assert!(decrypt(&sealed, &[other.identity()]).is_err());
    }
}
