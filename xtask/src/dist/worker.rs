//! Writes what the finished files decide: `sw.js` with the list of them, and `_headers` for hosts that read it.

use super::{Build, Problem, files, files::File, policy};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;

#[derive(serde::Serialize)]
struct Entry<'a> {
    url: &'a str,
    integrity: String,
    bytes: usize,
    group: files::Group,
}

const VERSION: &str = "const VERSION = \"unbuilt\";";
const FILES: &str = "const FILES = [];";

pub(crate) fn write(build: &Build, files: &[File]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let template = build.source.join("public/sw.js");
    let made = fs::read_to_string(&template).map_err(|error| Problem::io(&template, &error));
    match made.and_then(|template| worker(&template, files)) {
        Ok(worker) => problems.extend(super::write(&build.staging.join("sw.js"), worker).err()),
        Err(problem) => problems.push(problem),
    }
    // Without a policy in the page there is a complaint already.
    if let Some(policy) = policy::of_page(files) {
        problems.extend(super::write(&build.staging.join("_headers"), headers(&policy)).err());
    }
    problems
}

/// The list stands in the worker's own text, because that text is what a browser compares to find a new version.
fn worker(template: &str, files: &[File]) -> Result<String, Problem> {
    for line in [VERSION, FILES] {
        if template.matches(line).count() != 1 {
            return Err(Problem::Template(line));
        }
    }
    let mut list = String::new();
    for file in files.iter().filter(|file| file.group != files::Group::Online) {
        let entry = Entry {
            url: file.url(),
            integrity: file.integrity(),
            bytes: file.bytes.len(),
            group: file.group,
        };
        let line = serde_json::to_string(&entry).unwrap_or_else(|_| unreachable!("names and numbers"));
        let _ = writeln!(list, "  {line},");
    }
    let hash = Sha256::new().chain_update(template).chain_update(&list).finalize();
    let version: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(template.replacen(VERSION, &format!("const VERSION = \"{version}\";"), 1).replacen(
        FILES,
        &format!("const FILES = [\n{list}];"),
        1,
    ))
}

/// For hosts that read this file (Netlify, Cloudflare Pages; our own `tools/serve.mjs` too). Others get the page's
/// own policy, which is the same but for `frame-ancestors`, since that counts in a header only.
///
/// Every file is asked after (`no-cache`) rather than trusted for a year: Trunk names files before minifying and
/// before wasm-opt, so a name does not promise its bytes, and old bytes under a name that a new page wants would
/// lock people out. It costs nothing: after the first visit the service worker answers, and the host is not asked.
///
/// No `Cross-Origin-Opener-Policy`: it costs a process at every start (`docs/architecture.md`, "What stands there").
fn headers(policy: &str) -> String {
    format!(
        "/*
  Content-Security-Policy: {policy}; frame-ancestors 'none'
  Permissions-Policy: camera=(self), clipboard-write=(self), screen-wake-lock=(self), \
geolocation=(), microphone=(), display-capture=(), payment=(), usb=(), serial=(), hid=(), midi=(), \
accelerometer=(), gyroscope=(), magnetometer=()
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  Strict-Transport-Security: max-age=31536000
  Cache-Control: no-cache
"
    )
}
