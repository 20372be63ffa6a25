//! The header: a line with the version, one stanza for each recipient, and a code that shows whether it was changed.

use super::Failure;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const VERSION: &str = "age-encryption.org/v1";
const COLUMNS: usize = 64;
/// Recipients read: more than any family has.
const STANZAS: usize = 64;
/// Bytes of a header that are read.
const BYTES: usize = 64 * 1024;

/// One recipient's part: what sort it is, its arguments, and the file's key as that recipient alone can read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stanza {
    /// The sort, then the arguments.
    pub args: Vec<String>,
    /// The wrapped key.
    pub body: Vec<u8>,
}

/// A header, and its text up to the code.
#[derive(Default)]
pub struct Header {
    /// The stanzas, in their order.
    pub stanzas: Vec<Stanza>,
    signed: Vec<u8>,
    mac: Vec<u8>,
}

/// Canonical base64 without padding; none for anything else.
pub fn unencoded(text: &str) -> Option<Vec<u8>> {
    STANDARD_NO_PAD.decode(text).ok()
}

/// Base64 without padding.
pub fn encoded(bytes: &[u8]) -> String {
    STANDARD_NO_PAD.encode(bytes)
}

impl Header {
    /// Reads a header; gives what follows it, too.
    pub fn read(sealed: &[u8]) -> Result<(Self, &[u8]), Failure> {
        let mut rest = sealed;
        if line(&mut rest)? != VERSION {
            return Err(Failure::Header);
        }
        let mut stanzas = Vec::new();
        loop {
            let begun = sealed.len() - rest.len();
            let head = line(&mut rest)?;
            if let Some(args) = head.strip_prefix("-> ") {
                if stanzas.len() == STANZAS || sealed.len() - rest.len() > BYTES {
                    return Err(Failure::Header);
                }
                stanzas.push(Stanza { args: args_of(args)?, body: body(&mut rest)? });
                continue;
            }
            let mac = head.strip_prefix("--- ").and_then(unencoded).filter(|mac| mac.len() == 32);
            let mac = mac.filter(|_| !stanzas.is_empty()).ok_or(Failure::Header)?;
            let signed = sealed.get(..begun + 3).unwrap_or_default().to_vec();
            return Ok((Self { stanzas, signed, mac }, rest));
        }
    }

    /// Writes it, with a code under this key.
    pub fn write(&self, key: &[u8; 32]) -> Vec<u8> {
        let mut text = format!("{VERSION}\n");
        for stanza in &self.stanzas {
            text.push_str(&format!("-> {}\n", stanza.args.join(" ")));
            let body = encoded(&stanza.body);
            let mut rest = body.as_str();
            // A line that is not full ends the stanza, be it an empty one.
            while rest.len() >= COLUMNS {
                let (line, after) = rest.split_at(COLUMNS);
                text.push_str(line);
                text.push('\n');
                rest = after;
            }
            text.push_str(rest);
            text.push('\n');
        }
        text.push_str("---");
        let mac = mac(key, text.as_bytes()).finalize().into_bytes();
        text.push_str(&format!(" {}\n", encoded(&mac)));
        text.into_bytes()
    }

    /// Whether the code is right.
    pub fn is_unchanged(&self, key: &[u8; 32]) -> bool {
        mac(key, &self.signed).verify_slice(&self.mac).is_ok()
    }
}

fn mac(key: &[u8; 32], text: &[u8]) -> Hmac<Sha256> {
    // HMAC (RFC 2104) fills a shorter key up with zeros itself.
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    let mut mac = Hmac::new(&block.into());
    mac.update(text);
    mac
}

/// The next line, without its end; it must have one.
fn line<'a>(rest: &mut &'a [u8]) -> Result<&'a str, Failure> {
    let within = rest.get(..rest.len().min(BYTES)).unwrap_or_default();
    let end = within.iter().position(|byte| *byte == b'\n').ok_or(Failure::Header)?;
    let (line, after) = rest.split_at(end);
    *rest = after.get(1..).unwrap_or_default();
    str::from_utf8(line).map_err(|_| Failure::Header)
}

fn args_of(text: &str) -> Result<Vec<String>, Failure> {
    let is_arg = |arg: &str| !arg.is_empty() && arg.bytes().all(|byte| byte.is_ascii_graphic());
    text.split(' ').map(|arg| if is_arg(arg) { Ok(arg.to_owned()) } else { Err(Failure::Header) }).collect()
}

fn body(rest: &mut &[u8]) -> Result<Vec<u8>, Failure> {
    let mut text = String::new();
    loop {
        let line = line(rest)?;
        if line.len() > COLUMNS || text.len() > BYTES {
            return Err(Failure::Header);
        }
        text.push_str(line);
        if line.len() < COLUMNS {
            return unencoded(&text).ok_or(Failure::Header);
        }
    }
}
