//! Every file of the build, in its place. A file without one stops the build: what the service worker does not
//! know about would be there online and missing on an outing, which nobody notices at a desk.

use super::Problem;
use bothways::language::{self, ENGLISH, Language};
use sha2::{Digest, Sha384};
use std::path::Path;
use std::{fs, io};

/// When the first visit brings a file onto the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Group {
    /// What answers the first tap.
    First,
    /// What people read.
    Content,
    /// The rest of what works without a signal.
    Later,
    /// A language beside English: kept where somebody has chosen it.
    Chosen,
    /// Fetched by a browser that installs the app, once, and never by the app: not kept by us.
    Online,
}

pub(crate) struct File {
    /// Relative to the build, with `/` between the parts.
    pub path: String,
    pub group: Group,
    pub bytes: Vec<u8>,
}

impl File {
    /// The address the worker keeps it under. The page's is the folder itself: hosts redirect `index.html`, and a
    /// redirected answer to a navigation is an error.
    pub fn url(&self) -> &str {
        if self.path == "index.html" { "./" } else { &self.path }
    }

    /// Subresource Integrity's notation of the bytes as they lie there now. A hashed name is no substitute: Trunk
    /// hashes before minifying and before wasm-opt, so other bytes can stand under the same name.
    pub fn integrity(&self) -> String {
        format!("sha384-{}", base64(&Sha384::digest(&self.bytes)))
    }

    pub fn is_main_wasm(&self) -> bool {
        hashed(&self.path, "_bg.wasm") == Some("bothways")
    }

    pub fn is_later_wasm(&self) -> bool {
        hashed(&self.path, "_later.wasm") == Some("bothways")
    }

    pub fn is_worker_wasm(&self) -> bool {
        hashed(&self.path, "_worker.wasm") == Some("bothways")
    }

    pub fn text(&self) -> Option<&str> {
        str::from_utf8(&self.bytes).ok()
    }
}

/// The one list. What this build makes itself (`sw.js`, `_headers`) is not in it.
fn group_of(path: &str) -> Option<Group> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match (folder, name) {
        ("", "index.html" | "boot.js" | "dress.js") => Some(Group::First),
        ("", name) if hashed(name, ".js") == Some("bothways") => Some(Group::First),
        ("", name) if hashed(name, "_bg.wasm") == Some("bothways") => Some(Group::First),
        ("", name) if hashed(name, ".css").is_some() => Some(Group::First),
        // JavaScript that crates bring along; the program's own glue imports it.
        (folder, name) if folder.starts_with("snippets/") && name.ends_with(".js") => Some(Group::First),
        // English is everywhere: what another language does not say yet is read in it.
        ("pack", "en.txt") => Some(Group::Content),
        ("pack" | "words", _) if language_of(path).is_some() => Some(Group::Chosen),
        // What keeps the app, and what gives the log back where it cannot start.
        ("", "keep.js" | "rescue.html" | "rescue.css" | "rescue.js" | "too-old.js") => Some(Group::Later),
        // The rooms that the first tap does without.
        ("", name) if hashed(name, "_later.wasm") == Some("bothways") => Some(Group::Later),
        // Needed for the first swap, not for the first tap.
        ("", "worker-start.js") => Some(Group::Later),
        ("", name) if hashed(name, "_worker.wasm") == Some("bothways") => Some(Group::Later),
        // Needed for the first code.
        ("", "codes-start.js" | "codes.js" | "codes_bg.wasm") => Some(Group::Later),
        ("", "manifest.webmanifest") => Some(Group::Later),
        ("icons", "apple-touch-180.png" | "icon-512.png" | "maskable-512.png" | "monochrome-512.png") => {
            Some(Group::Online)
        }
        ("icons", name) if name.ends_with(".png") || name.ends_with(".svg") => Some(Group::Later),
        _ => None,
    }
}

/// The language a file beside the English ones is for.
pub(crate) fn language_of(path: &str) -> Option<&'static Language> {
    let (_, name) = path.rsplit_once('/')?;
    Language::from_id(name.strip_suffix(".txt")?).filter(|language| *language != ENGLISH)
}

/// The name in `name-<hash>ending`. Trunk's hash has up to 16 hexadecimal digits, without leading zeros.
fn hashed<'a>(file: &'a str, ending: &str) -> Option<&'a str> {
    let (name, hash) = file.strip_suffix(ending)?.rsplit_once('-')?;
    let is_hash = (12..=16).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit());
    is_hash.then_some(name)
}

/// The program a file belongs to: the name before this ending, without Trunk's hash.
pub(crate) fn program_of<'a>(path: &'a str, ending: &str) -> Option<&'a str> {
    hashed(path, ending).or_else(|| path.strip_suffix(ending))
}

/// All files, sorted by group and path, and what is wrong with the folder.
pub(crate) fn walk(staging: &Path) -> (Vec<File>, Vec<Problem>) {
    // Trunk's own lock is no part of the app. (The one it holds while it builds stays in `dist`, empty.)
    let _ = fs::remove_file(staging.join(".trunk-lock"));

    let mut problems = Vec::new();
    let mut paths = Vec::new();
    if let Err(error) = collect(staging, "", &mut paths) {
        problems.push(Problem::io(staging, &error));
    }

    let mut files = Vec::new();
    for path in paths {
        if path == "sw.js" || path == "_headers" {
            continue;
        }
        if !path.bytes().all(|b| b.is_ascii_alphanumeric() || b"./_-".contains(&b)) {
            problems.push(Problem::Name(path));
            continue;
        }
        let Some(group) = group_of(&path) else {
            problems.push(Problem::Unclassified(path));
            continue;
        };
        match fs::read(staging.join(&path)) {
            Ok(bytes) => files.push(File { path, group, bytes }),
            Err(error) => problems.push(Problem::io(Path::new(&path), &error)),
        }
    }
    files.sort_by(|a, b| (a.group, &a.path).cmp(&(b.group, &b.path)));

    for path in [
        "index.html",
        "boot.js",
        "keep.js",
        "rescue.html",
        "rescue.css",
        "rescue.js",
        "too-old.js",
        "worker-start.js",
        "codes-start.js",
        "codes.js",
        "codes_bg.wasm",
        "pack/en.txt",
        "manifest.webmanifest",
    ] {
        if !files.iter().any(|file| file.path == path) {
            problems.push(Problem::Missing(path.to_owned()));
        }
    }
    for language in language::ALL.iter().filter(|language| **language != ENGLISH) {
        for path in ["pack", "words"].map(|folder| format!("{folder}/{}.txt", language.id)) {
            if !files.iter().any(|file| file.path == path) {
                problems.push(Problem::Missing(path));
            }
        }
    }
    // Two would be as wrong as none: one of them is a left-over that every phone would keep.
    if files.iter().filter(|file| file.is_main_wasm()).count() != 1 {
        problems.push(Problem::Missing("exactly one bothways-<hash>_bg.wasm".to_owned()));
    }
    (files, problems)
}

fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

/// RFC 4648 section 4, whose whole need here is a hash: not worth a dependency.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().fold(0_u32, |word, &byte| word << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * place)) as usize & 63];
            text.push(if place > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }

    #[test]
    fn a_hashed_name_is_told_from_a_plain_one() {
        assert_eq!(hashed("bothways-f5bf2a0c9c70c8c6_bg.wasm", "_bg.wasm"), Some("bothways"));
        assert_eq!(hashed("tokens-5bf2a0c9c70c8c6.css", ".css"), Some("tokens"));
        assert_eq!(hashed("tokens.css", ".css"), None);
        assert_eq!(hashed("bothways-f5bf2a0c9c70c8c6.d.ts", ".js"), None);
        assert_eq!(hashed("bothways-hello-world-xx.js", ".js"), None);
    }
}
