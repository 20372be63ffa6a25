//! Ways to spoil a file: in its bytes, in its JSON tokens, in its lines, and in what is hashed inside it, with every
//! hash, link and seal made to fit again, so that the spoilt part is reached and not stopped at the door.

use crate::hostile::resealed;
use bothways::ids::{BodyHash, RevisionId};
use serde_json::Value;

/// Numbers that look random and come out the same for the same start (splitmix64, public domain).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below the limit; 0 where there is nothing to choose from.
    pub fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.roll() % limit as u64) as usize }
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Tokens that have broken readers before.
const TOKENS: [&str; 44] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "2",
    "-0",
    "1.5",
    "1e5",
    "1e999",
    "-1e-999",
    "64",
    "65",
    "2000",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709549615",
    "18446744073709551616",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\u{202e}x\"",
    "\"\u{feff}\"",
    "\"\u{2028}\"",
    "\"\\u2028\"",
    "\"type\"",
    "\"revision\"",
    "\"body\"",
    "\"link\"",
    "\"seal\"",
    "\"header\"",
    "\"s\\u0065al\"",
    "\"blob-chunk\"",
    "[]",
    "{}",
    "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
    "\"mother\"",
    "\"son\"",
];

/// Where tokens begin and end: strings whole, words and numbers whole, every sign for itself.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let start = at;
        at += 1;
        if bytes[start] == b'"' {
            while at < bytes.len() && bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            at = (at + 1).min(bytes.len());
        } else if bytes[start].is_ascii_alphanumeric() || bytes[start] == b'-' {
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || b"+-.".contains(&bytes[at])) {
                at += 1;
            }
        }
        if text.is_char_boundary(start) && text.is_char_boundary(at) {
            found.push((start, at));
        }
    }
    found
}

/// Changes one to three tokens: another in its place, gone, doubled, or one of this or the other text.
pub fn spoil_tokens(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut text = text.to_owned();
    for _ in 0..=dice.below(3) {
        let (here, there) = (tokens(&text), tokens(other));
        let Some((start, end)) = here.get(dice.below(here.len())).copied() else { break };
        let put = match dice.below(6) {
            0 => String::new(),
            1 => text[start..end].repeat(2),
            2 => {
                there.get(dice.below(there.len())).map(|(s, e)| other[*s..*e].to_owned()).unwrap_or_default()
            }
            3 => here.get(dice.below(here.len())).map(|(s, e)| text[*s..*e].to_owned()).unwrap_or_default(),
            _ => (*dice.pick(&TOKENS)).to_owned(),
        };
        text.replace_range(start..end, &put);
    }
    text
}

/// Changes bytes: turned, taken out, put in, doubled, cut off.
pub fn spoil_bytes(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(12)).min(bytes.len());
        match dice.below(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
            1 if !bytes.is_empty() => bytes[at] = dice.roll() as u8,
            2 => bytes.insert(at, *dice.pick(b"\0\n\r \"\\{}[],:0-e\xff\xef\xc3\x7f")),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ if dice.one_in(4) => bytes.truncate(at),
            _ => {}
        }
    }
}

/// Changes lines: doubled, gone, moved, or one of another file.
pub fn spoil_lines(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let others: Vec<&str> = other.lines().collect();
    for _ in 0..=dice.below(3) {
        let (from, to) = (dice.below(lines.len()), dice.below(lines.len()));
        match dice.below(4) {
            0 if !lines.is_empty() => lines.insert(to, lines[from]),
            1 if !lines.is_empty() => drop(lines.remove(from)),
            2 if !lines.is_empty() => lines.swap(from, to),
            _ if !others.is_empty() => lines.insert(to, others[dice.below(others.len())]),
            _ => {}
        }
    }
    lines.join("\n") + "\n"
}

/// With a seal that fits whatever stands before it.
pub fn seal(text: &str) -> String {
    resealed(&(text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n-"), |_| {})
}

/// A line of a type whose inner text is hashed.
struct Inner {
    line: usize,
    revision: bool,
    text: String,
}

/// Changes a header or a body inside the file, and then all that names it by its hash: the headers that name a body,
/// its size, the revisions that follow, the links.
pub fn spoil_inside(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let inner = |(line, text): (usize, &String)| {
        let value: Value = serde_json::from_str(text).ok()?;
        let revision = value.get("type")? == "revision";
        let text = value.get(if revision { "header" } else { "text" })?.as_str()?.to_owned();
        Some(Inner { line, revision, text })
    };
    let mut inners: Vec<Inner> = lines.iter().enumerate().filter_map(inner).collect();
    if inners.is_empty() {
        return text.to_owned();
    }
    let mut ids: Vec<String> =
        inners.iter().map(|inner| RevisionId::of_header(&inner.text).to_string()).collect();
    for _ in 0..=dice.below(2) {
        let chosen = dice.below(inners.len());
        let old = inners[chosen].text.clone();
        let new = if dice.one_in(3) {
            let mut bytes = old.clone().into_bytes();
            spoil_bytes(&mut bytes, dice);
            String::from_utf8_lossy(&bytes).into_owned()
        } else {
            spoil_tokens(&old, &inners[dice.below(inners.len())].text, dice)
        };
        if !inners[chosen].revision {
            let hashes = [BodyHash::of_body(&old).to_string(), BodyHash::of_body(&new).to_string()];
            let sizes = [format!("\"size\":{}", old.len()), format!("\"size\":{}", new.len())];
            for header in inners.iter_mut().filter(|inner| inner.revision && inner.text.contains(&hashes[0]))
            {
                header.text = header.text.replace(&hashes[0], &hashes[1]).replace(&sizes[0], &sizes[1]);
            }
        }
        inners[chosen].text = new;
    }
    // A name that changes changes those that follow it: a few rounds reach the last of them.
    for _ in 0..6 {
        for at in 0..inners.len() {
            let id = RevisionId::of_header(&inners[at].text).to_string();
            if inners[at].revision && id != ids[at] {
                let old = std::mem::replace(&mut ids[at], id);
                inners.iter_mut().for_each(|inner| inner.text = inner.text.replace(&old, &ids[at]));
                lines.iter_mut().for_each(|line| *line = line.replace(&old, &ids[at]));
            }
        }
    }
    for inner in inners {
        let sort = if inner.revision { "revision\",\"header" } else { "body\",\"text" };
        lines[inner.line] =
            format!("{{\"type\":\"{sort}\":{}}}", serde_json::to_string(&inner.text).unwrap());
    }
    // Some files leave a body out: it may be known already.
    if dice.one_in(4) {
        lines.retain(|line| !line.starts_with("{\"type\":\"body\"") || !dice.one_in(4));
    }
    if dice.one_in(4) { spoil_lines(&lines.join("\n"), other, dice) } else { lines.join("\n") + "\n" }
}
