//! The shell's style sheet and the script that dresses it become part of the page: the first picture waits for no file but
//! the page, on every start. The page's policy names the hash of each, so that they are the only ones in it that count. The
//! other style sheet is for the rooms, and comes with the program: the page only names it.

use super::files::{File, base64};
use super::{Build, Problem, replace};
use sha2::{Digest, Sha256};
use std::fs;
use std::ops::Range;

/// What stands in the page instead of beside it.
struct Kind {
    is: fn(&str) -> bool,
    /// The element that asks for the file, from its first character to its last.
    asks: (&'static str, &'static str),
    /// What the policy says of files of our own, to which the hash is added.
    of_our_own: &'static str,
    element: (&'static str, &'static str),
}

const SHEET: Kind = Kind {
    is: |path| path.starts_with("first-") && path.ends_with(".css"),
    asks: ("<link", ">"),
    of_our_own: "style-src 'self'",
    element: ("<style>", "</style>"),
};
const DRESS: Kind = Kind {
    is: |path| path == "dress.js",
    asks: ("<script", "</script>"),
    of_our_own: "script-src 'self'",
    element: ("<script>", "</script>"),
};

/// Puts both where the page asked for them until now, and names the sheet of the rooms for `public/boot.js`.
pub(crate) fn into_page(build: &Build, files: &mut Vec<File>) -> Vec<Problem> {
    let mut problems: Vec<_> =
        [SHEET, DRESS].into_iter().flat_map(|kind| one_into_page(build, files, &kind)).collect();
    problems.extend(name_sheet(build, files));
    // Without one of them the app would be bare, flash, or not start: of a file that is gone nobody else would say so.
    if let Some(page) = files.iter().find(|file| file.path == "index.html").and_then(File::text) {
        let missing = ["<style>", "<script>", " data-sheet="].into_iter().filter(|part| !page.contains(part));
        problems.extend(
            missing.map(|part| Problem::shell(format!("nothing came that makes its `{}`", part.trim()))),
        );
    }
    problems
}

fn one_into_page(build: &Build, files: &mut Vec<File>, kind: &Kind) -> Vec<Problem> {
    let at = |wanted: &dyn Fn(&str) -> bool| files.iter().position(|file| wanted(&file.path));
    let (Some(inner), Some(page)) = (at(&kind.is), at(&|path| path == "index.html")) else {
        return Vec::new();
    };
    let put = match (files[page].text(), files[inner].text()) {
        (Some(page), Some(text)) => with(page, &files[inner].path, text, kind),
        _ => Err("the page or what belongs into it is not UTF-8".to_owned()),
    };
    let put = match put {
        Ok(put) => replace(build, files, page, put.into_bytes()),
        Err(what) => return vec![Problem::shell(what)],
    };
    let file = build.staging.join(files.remove(inner).path);
    let gone = fs::remove_file(&file).map_err(|error| Problem::io(&file, &error));
    [put, gone].into_iter().filter_map(Result::err).collect()
}

fn with(page: &str, path: &str, text: &str, kind: &Kind) -> Result<String, String> {
    // What ends an element, begins a comment in a script (HTML, "script data escaped state"), or changes on the way.
    if ["</", "<!--", "\r"].iter().any(|odd| text.contains(odd)) {
        return Err(format!("{path} has what would end it early, or change on the way"));
    }
    let Some(asks) = element(page, path, kind.asks) else {
        return Err(format!("the page does not ask for {path}"));
    };
    let (before, behind) = (&page[..asks.start], &page[asks.end..]);
    let before = before.replacen(kind.of_our_own, &format!("{} {}", kind.of_our_own, source(text)), 1);
    let (open, close) = kind.element;
    Ok([&before, open, text, close, behind].concat())
}

/// The tag that loads `public/boot.js` gets the sheet's address, in place of the link that would have it come first.
fn name_sheet(build: &Build, files: &mut [File]) -> Option<Problem> {
    let at = |wanted: &dyn Fn(&str) -> bool| files.iter().position(|file| wanted(&file.path));
    let sheet = &files[at(&|path| path.starts_with("app-") && path.ends_with(".css"))?].path;
    let page = at(&|path| path == "index.html")?;
    let text = files[page].text()?;
    let link = element(text, sheet, ("<link", ">"))?;
    let named = [&text[..link.start], &text[link.end..]].concat();
    let named = named.replacen(" data-wasm=", &format!(" data-sheet=./{sheet} data-wasm="), 1);
    replace(build, files, page, named.into_bytes()).err()
}

/// Where the element stands that asks for this file.
fn element(page: &str, path: &str, (start, end): (&str, &str)) -> Option<Range<usize>> {
    let at = page.find(path)?;
    Some(page[..at].rfind(start)?..at + page[at..].find(end)? + end.len())
}

/// How a policy names the one sheet or script it allows (CSP 3, "hash-source").
pub(crate) fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text)))
}
