//! The age format against the test vectors of C2SP's CCTV: all but those of the hybrid recipients, which came after
//! version 1. They lie in `tests/vectors/age` as they are published.

use bothways::age::{CannotSeal, Failure, Identity, Recipient, armor, decrypt, encrypt, recipient_of};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::PathBuf;

/// A vector: what is expected, with which keys, of which bytes.
#[derive(Default)]
struct Vector {
    name: String,
    expect: String,
    payload: Option<String>,
    identities: Vec<Identity>,
    armored: bool,
    file: Vec<u8>,
}

fn secret_of(text: &str) -> [u8; 32] {
    let (head, key) = bech32::decode(text).unwrap();
    assert_eq!(head.to_lowercase(), "age-secret-key-");
    key.try_into().unwrap()
}

fn vectors() -> Vec<Vector> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/age");
    let vectors: Vec<Vector> =
        fs::read_dir(folder).unwrap().map(|file| read(&file.unwrap().path())).collect();
    assert!(vectors.len() > 120, "the vectors are not there");
    vectors
}

fn read(path: &std::path::Path) -> Vector {
    let bytes = fs::read(path).unwrap();
    let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap();
    let mut vector = Vector { name: path.file_name().unwrap().to_string_lossy().into(), ..Vector::default() };
    let mut body = bytes[end + 2..].to_vec();
    for line in str::from_utf8(&bytes[..end]).unwrap().lines() {
        let (key, value) = line.split_once(": ").unwrap();
        match key {
            "expect" => vector.expect = value.into(),
            "payload" => vector.payload = Some(value.into()),
            "identity" => vector.identities.push(Identity::X25519(secret_of(value))),
            "passphrase" => vector.identities.push(Identity::Passphrase(value.into())),
            "armored" => vector.armored = value == "yes",
            "compressed" => body = miniz_oxide::inflate::decompress_to_vec_zlib(&body).unwrap(),
            "file key" | "comment" => {}
            other => panic!("{}: {other} is not known", vector.name),
        }
    }
    vector.file = body;
    vector
}

fn open(vector: &Vector) -> Result<Vec<u8>, Failure> {
    let sealed = if vector.armored {
        armor::take_off(str::from_utf8(&vector.file).map_err(|_| Failure::Armor)?)?
    } else {
        vector.file.clone()
    };
    decrypt(&sealed, &vector.identities)
}

#[test]
fn every_vector_does_what_it_must() {
    for vector in vectors() {
        let opened = open(&vector);
        let outcome = match opened {
            Ok(_) => "success",
            Err(Failure::Armor) => "armor failure",
            Err(Failure::Header) => "header failure",
            Err(Failure::NoMatch) => "no match",
            Err(Failure::Mac) => "HMAC failure",
            Err(Failure::Payload) => "payload failure",
        };
        assert_eq!(outcome, vector.expect, "{}", vector.name);
        if let Ok(plain) = opened {
            let hash: String = Sha256::digest(&plain).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(Some(hash), vector.payload, "{}", vector.name);
        }
    }
}

/// Random enough for a test, and the same each time.
fn random() -> impl FnMut() -> [u8; 32] {
    let mut count = 0_u32;
    move || {
        count += 1;
        Sha256::digest(count.to_be_bytes()).into()
    }
}

/// Around the ends of the chunks.
const LENGTHS: [usize; 6] = [0, 1, 65_535, 65_536, 65_537, 200_000];

#[test]
fn what_is_sealed_opens_for_each_it_was_sealed_for_and_for_nobody_else() {
    let (hers, his, strangers) = ([3; 32], [5; 32], [7; 32]);
    let to = [hers, his].map(|secret| Recipient::X25519(recipient_of(secret)));
    for length in LENGTHS {
        let plain: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
        let sealed = encrypt(&plain, &to, &mut random()).unwrap();
        let text = armor::put_on(&sealed);
        assert!(armor::is_on(&text) && text.lines().all(|line| line.len() <= 64));
        assert_eq!(armor::take_off(&format!(" \n{}", text.replace('\n', "\r\n"))).unwrap(), sealed);
        for secret in [hers, his] {
            assert_eq!(decrypt(&sealed, &[Identity::X25519(secret)]).unwrap(), plain);
        }
        let others = [Identity::X25519(strangers), Identity::Passphrase("soup".into())];
        assert_eq!(decrypt(&sealed, &others), Err(Failure::NoMatch));
    }
}

#[test]
fn a_passphrase_opens_what_it_sealed() {
    let phrase = |phrase: &str| Recipient::Passphrase { phrase: phrase.into(), log_n: 10 };
    let sealed = encrypt(b"six words", &[phrase("lake soup owl")], &mut random()).unwrap();
    let open = |phrase: &str| decrypt(&sealed, &[Identity::Passphrase(phrase.into())]);
    assert_eq!(open("lake soup owl").unwrap(), b"six words");
    assert_eq!(open("lake soup owls"), Err(Failure::NoMatch));
    let beside = [phrase("lake"), Recipient::X25519(recipient_of([1; 32]))];
    assert_eq!(encrypt(b"", &beside, &mut random()), Err(CannotSeal::Recipients));
    assert_eq!(encrypt(b"", &[], &mut random()), Err(CannotSeal::Recipients));
    for log_n in [0, 19, 255] {
        let hard = Recipient::Passphrase { phrase: "lake".into(), log_n };
        assert_eq!(encrypt(b"", &[hard], &mut random()), Err(CannotSeal::Key));
    }
    // A public key with which everybody shares the same.
    assert_eq!(encrypt(b"", &[Recipient::X25519([0; 32])], &mut random()), Err(CannotSeal::Key));
}

#[test]
fn no_byte_of_a_sealed_file_can_be_changed_or_missing() {
    let sealed = encrypt(b"words", &[Recipient::X25519(recipient_of([9; 32]))], &mut random()).unwrap();
    let me = [Identity::X25519([9; 32])];
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(decrypt(&changed, &me).is_err(), "byte {at} changed");
        assert!(decrypt(&sealed[..at], &me).is_err(), "cut at {at}");
    }
    assert!(decrypt(&[&sealed[..], b"x"].concat(), &me).is_err(), "something behind it");
}
