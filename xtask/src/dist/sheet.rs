//! The style sheet becomes part of the page: the first picture waits for one file less, on every start. The page's policy
//! names its hash, so that it is the one sheet in the page that counts.

use super::files::{File, base64};
use super::{Build, Problem, replace};
use sha2::{Digest, Sha256};
use std::fs;

const OF_OUR_OWN: &str = "style-src 'self'";

/// Puts the sheet at the end of the page's head, where the page asked for it until now.
pub(crate) fn into_page(build: &Build, files: &mut Vec<File>) -> Vec<Problem> {
    let is_sheet = |file: &File| file.path.ends_with(".css") && file.path != "rescue.css";
    let at = |wanted: &dyn Fn(&File) -> bool| files.iter().position(wanted);
    let (Some(sheet), Some(page)) = (at(&is_sheet), at(&|file| file.path == "index.html")) else {
        return Vec::new();
    };
    let put = match (files[page].text(), files[sheet].text()) {
        (Some(page), Some(text)) => with_sheet(page, &files[sheet].path, text),
        _ => Err("the page or its style sheet is not UTF-8".to_owned()),
    };
    let put = match put {
        Ok(put) => replace(build, files, page, put.into_bytes()),
        Err(what) => return vec![Problem::shell(what)],
    };
    let sheet = build.staging.join(files.remove(sheet).path);
    let gone = fs::remove_file(&sheet).map_err(|error| Problem::io(&sheet, &error));
    [put, gone].into_iter().filter_map(Result::err).collect()
}

fn with_sheet(page: &str, path: &str, sheet: &str) -> Result<String, String> {
    if sheet.contains("</") || sheet.contains('\r') {
        return Err("the style sheet has what would end it early, or change on the way".to_owned());
    }
    let link =
        page.find(path).and_then(|at| Some(page[..at].rfind("<link")?..at + page[at..].find('>')? + 1));
    let (Some(link), Some(end)) = (link, page.find("</head>")) else {
        return Err(format!("the page does not ask for {path}"));
    };
    let head = [&page[..link.start], &page[link.end..end]].concat();
    let head = head.replacen(OF_OUR_OWN, &format!("{OF_OUR_OWN} {}", source(sheet)), 1);
    Ok(format!("{head}<style>{sheet}</style>{}", &page[end..]))
}

/// How a policy names the one sheet it allows (CSP 3, "hash-source").
pub(crate) fn source(sheet: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(sheet)))
}
