//! Seals and opens age files with the program's own code, so that other age programs can judge it
//! (`tests/e2e/age.test.mjs`). Reads standard input, writes standard output.
//!
//! - `age seal age1...`, `age seal --phrase "six words"`; with `--armor` behind it, as text
//! - `age open AGE-SECRET-KEY-1...`, `age open --phrase "six words"`; with armor or without

use bothways::age::{Identity, Recipient, armor, decrypt, encrypt};
use std::error::Error;
use std::fs::File;
use std::io::{self, Read as _, Write as _};

/// As much work as a backup's passphrase is.
const LOG_N: u8 = 16;

fn main() -> Result<(), Box<dyn Error>> {
    let mut input = Vec::new();
    io::stdin().read_to_end(&mut input)?;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = match *args.as_slice() {
        ["seal", ref to @ .., "--armor"] => armor::put_on(&sealed(&input, to)?).into_bytes(),
        ["seal", ref to @ ..] => sealed(&input, to)?,
        ["open", "--phrase", phrase] => opened(input, Identity::Passphrase(phrase.into()))?,
        ["open", secret] => opened(input, Identity::X25519(key(secret, "age-secret-key-")?))?,
        _ => return Err("seal or open, and for whom or with what".into()),
    };
    io::stdout().write_all(&output)?;
    Ok(())
}

fn sealed(plain: &[u8], to: &[&str]) -> Result<Vec<u8>, Box<dyn Error>> {
    let recipient = match *to {
        ["--phrase", phrase] => Recipient::Passphrase { phrase: phrase.into(), log_n: LOG_N },
        [public] => Recipient::X25519(key(public, "age")?),
        _ => return Err("one recipient".into()),
    };
    let mut source = File::open("/dev/urandom")?;
    let mut all_random = Ok(());
    let sealed = encrypt(plain, &[recipient], &mut || {
        let mut bytes = [0; 32];
        if let Err(failure) = source.read_exact(&mut bytes) {
            all_random = Err(failure);
        }
        bytes
    });
    all_random?;
    Ok(sealed?)
}

fn opened(input: Vec<u8>, identity: Identity) -> Result<Vec<u8>, Box<dyn Error>> {
    let armored = str::from_utf8(&input).ok().filter(|text| armor::is_on(text)).map(armor::take_off);
    Ok(decrypt(&armored.transpose()?.unwrap_or(input), &[identity])?)
}

/// A key as age writes it: bech32 (BIP 173) behind what sort it is.
fn key(text: &str, sort: &str) -> Result<[u8; 32], Box<dyn Error>> {
    let (head, bytes) = bech32::decode(text)?;
    if head.to_lowercase() != sort {
        return Err("a key of another sort".into());
    }
    Ok(bytes.try_into().map_err(|_| "a key has 32 bytes")?)
}
