//! The names by which a program and its JavaScript call each other, made short.
//!
//! wasm-bindgen gives each function that goes from one to the other a name of some fifty letters, a hash among them,
//! and writes it into both files. Nobody reads them there, hashes hardly pack, and together they were 6 KB (brotli)
//! before the first tap. Only names that wasm-bindgen made are touched, and in both files or in neither: where
//! something is not understood, a program stays as it is.

use super::files::{File, program_of};
use super::{Build, Problem, replace};
use std::collections::{BTreeMap, BTreeSet};

/// Shortens the names of every program in the build.
pub(crate) fn shorten(build: &Build, files: &mut [File]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for at in 0..files.len() {
        let Some(program) = program_of(&files[at].path, "_bg.wasm") else { continue };
        let glue = files.iter().position(|file| program_of(&file.path, ".js") == Some(program));
        let Some(glue) = glue else { continue };
        let Some((js, wasm)) = files[glue].text().and_then(|js| shortened(js, &files[at].bytes)) else {
            continue;
        };
        for (at, bytes) in [(glue, js.into_bytes()), (at, wasm)] {
            problems.extend(replace(build, files, at, bytes).err());
        }
    }
    problems
}

/// A program's JavaScript and wasm with short names; none where there is nothing to shorten.
fn shortened(js: &str, wasm: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut names = Names { taken: js.split(is_between_words).collect(), short: BTreeMap::new(), tried: 0 };
    let mut out = wasm.strip_prefix(HEAD).map(|_| HEAD.to_vec())?;
    let mut sections = Reader(&wasm[HEAD.len()..]);
    while !sections.0.is_empty() {
        let sort = sections.byte()?;
        let section = sections.sized()?;
        out.push(sort);
        match sort {
            IMPORTS | EXPORTS => put_sized(&mut out, &names.of_section(section, sort)?),
            _ => put_sized(&mut out, section),
        }
    }
    (!names.short.is_empty()).then(|| (words_replaced(js, &names.short), out))
}

/// WebAssembly core specification, 5.5 "Modules".
const HEAD: &[u8] = b"\0asm\x01\0\0\0";
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const FUNCTION: u8 = 0;

struct Names<'a> {
    /// Every word of the JavaScript.
    taken: BTreeSet<&'a str>,
    short: BTreeMap<String, String>,
    tried: usize,
}

impl Names<'_> {
    /// A list of imports or exports with short names.
    fn of_section(&mut self, section: &[u8], sort: u8) -> Option<Vec<u8>> {
        let (mut out, mut rest) = (Vec::new(), Reader(section));
        let count = rest.number()?;
        put_number(&mut out, count);
        for _ in 0..count {
            if sort == IMPORTS {
                put_sized(&mut out, rest.sized()?); // the module it comes from
            }
            let name = str::from_utf8(rest.sized()?).ok()?;
            put_sized(&mut out, self.short(name).as_bytes());
            let kind = rest.byte()?;
            if sort == IMPORTS && kind != FUNCTION {
                return None; // described by more than a number; wasm-bindgen imports nothing else
            }
            out.push(kind);
            put_number(&mut out, rest.number()?);
        }
        rest.0.is_empty().then_some(out)
    }

    /// The short name for a name, which is itself where wasm-bindgen did not make it.
    fn short(&mut self, name: &str) -> String {
        if !name.starts_with("__wbg_") && !name.starts_with("wasm_bindgen_") {
            return name.to_owned();
        }
        if let Some(short) = self.short.get(name) {
            return short.clone();
        }
        let short = loop {
            let short = format!("_{:x}", self.tried);
            self.tried += 1;
            if !self.taken.contains(short.as_str()) {
                break short;
            }
        };
        self.short.insert(name.to_owned(), short.clone());
        short
    }
}

fn is_between_words(letter: char) -> bool {
    !letter.is_alphanumeric() && letter != '_' && letter != '$'
}

/// The text with other words in place of these.
fn words_replaced(text: &str, other: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(is_between_words) {
        let word = piece.trim_end_matches(is_between_words);
        out.push_str(other.get(word).map_or(word, String::as_str));
        out.push_str(&piece[word.len()..]);
    }
    out
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// An unsigned number of the specification, 5.2.2: seven bits a byte, the lowest first.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// Bytes that stand behind their number.
    fn sized(&mut self) -> Option<&'a [u8]> {
        let size = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(bytes)
    }
}

fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_sized(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u32);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program of these sections.
    fn program(sections: &[(u8, &[u8])]) -> Vec<u8> {
        let mut out = HEAD.to_vec();
        for (sort, section) in sections {
            out.push(*sort);
            put_sized(&mut out, section);
        }
        out
    }

    const IN: &str = "__wbg_alert_0123456789abcdef";
    const OUT: &str = "wasm_bindgen_0123456789abcdef___convert__closures_____invoke";

    fn imports(kind: u8, name: &str) -> Vec<u8> {
        let mut section = vec![1];
        put_sized(&mut section, b"./bothways_bg.js");
        put_sized(&mut section, name.as_bytes());
        section.extend([kind, 0]);
        section
    }

    fn exports(name: &str) -> Vec<u8> {
        let mut section = vec![2];
        put_sized(&mut section, b"memory");
        section.extend([2, 0]);
        put_sized(&mut section, name.as_bytes());
        section.push(FUNCTION);
        put_number(&mut section, 300);
        section
    }

    #[test]
    fn both_halves_call_each_other_by_the_same_short_names() {
        let code: &[u8] = b"code stays as it is";
        let js = format!("{{{IN}(a){{alert(a)}},b:wasm.{OUT}(1),c:wasm.memory,d:_1}}");
        let wasm = program(&[(2, &imports(FUNCTION, IN)), (7, &exports(OUT)), (10, code)]);
        let (js, wasm) = shortened(&js, &wasm).unwrap();
        assert_eq!(js, "{_0(a){alert(a)},b:wasm._2(1),c:wasm.memory,d:_1}");
        assert_eq!(wasm, program(&[(2, &imports(FUNCTION, "_0")), (7, &exports("_2")), (10, code)]));
        assert_eq!(shortened(&js, &wasm), None, "a second time there is nothing to do");
    }

    #[test]
    fn what_is_not_understood_stays_as_it_is() {
        let js = format!("{{{IN}:1}}");
        assert_eq!(shortened(&js, b"\0asm"), None);
        assert_eq!(shortened(&js, &program(&[(2, &imports(2, IN))])), None);
        let whole = program(&[(2, &imports(FUNCTION, IN))]);
        for end in 0..whole.len() {
            assert_eq!(shortened(&js, &whole[..end]), None, "cut after {end} bytes");
        }
    }
}
