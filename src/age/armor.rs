//! The armor: base64 in lines of 64 (RFC 7468, strict), so that a sealed file is text.

use super::Failure;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The first line.
pub const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
/// The last line.
pub const END: &str = "-----END AGE ENCRYPTED FILE-----";
/// Characters of a line.
pub const COLUMNS: usize = 64;

/// Puts the armor on.
pub fn put_on(sealed: &[u8]) -> String {
    let encoded = STANDARD.encode(sealed);
    let mut text = String::with_capacity(encoded.len() + encoded.len() / COLUMNS + 80);
    text.push_str(BEGIN);
    text.push('\n');
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(COLUMNS));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(END);
    text.push('\n');
    text
}

/// Whether a text begins as an armored file does.
pub fn is_on(text: &str) -> bool {
    text.trim_start().starts_with(BEGIN)
}

/// Takes it off. Space around the whole, and either sort of line end, does no harm; nothing else may differ.
///
/// # Errors
/// [`Failure::Armor`].
pub fn take_off(text: &str) -> Result<Vec<u8>, Failure> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let mut lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    if lines.pop() != Some(END) || lines.first() != Some(&BEGIN) {
        return Err(Failure::Armor);
    }
    let mut encoded = String::with_capacity(text.len());
    let last = lines.len() - 1;
    for (at, line) in lines.iter().enumerate().skip(1) {
        let fits = line.len() == COLUMNS || (at == last && (1..COLUMNS).contains(&line.len()));
        if !fits {
            return Err(Failure::Armor);
        }
        encoded.push_str(line);
    }
    STANDARD.decode(encoded).map_err(|_| Failure::Armor)
}
