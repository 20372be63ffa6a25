//! The law of arrows: rooms -> state -> store and device -> domain, and never back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("src").join(folder), &mut found);
    assert!(!found.is_empty(), "src/{folder} has no Rust files: this test would see nothing");
    found
}

/// Lines of code in a folder that name one of these modules.
fn trespasses(folder: &str, forbidden: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources(folder) {
        for (number, line) in
            text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            if forbidden.iter().any(|name| line.contains(name)) {
                found.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn the_domain_has_no_browser_crate_in_its_tree() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "tree",
            "--package",
            "bothways",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--locked",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(tree.contains("serde_json"), "the tree is not the domain's");
    for name in ["web-sys", "js-sys", "wasm-bindgen", "leptos", "idb", "gloo-storage"] {
        assert!(
            !tree.lines().any(|line| line.starts_with(&format!("{name} "))),
            "{name} is in the domain's tree"
        );
    }
}

#[test]
fn the_domain_names_nothing_of_the_app() {
    let app = ["web_sys", "js_sys", "leptos", "wasm_bindgen", "SystemTime", "Instant::now"];
    for folder in ["age", "backup", "drawer", "library", "log", "photo", "qr", "swap"] {
        assert_eq!(trespasses(folder, &app), Vec::<String>::new());
    }
}

#[test]
fn rooms_and_parts_never_name_the_store_or_the_device() {
    let inner = ["crate::store", "crate::device", "web_sys", "js_sys", "gloo_storage", "idb::"];
    assert_eq!(trespasses("rooms", &inner), Vec::<String>::new());
    assert_eq!(trespasses("parts", &inner), Vec::<String>::new());
}

#[test]
fn store_and_device_never_name_what_stands_above_them() {
    for folder in ["store", "device"] {
        assert_eq!(
            trespasses(folder, &["crate::state", "crate::rooms", "crate::parts"]),
            Vec::<String>::new()
        );
    }
    assert_eq!(trespasses("state", &["crate::rooms", "crate::parts"]), Vec::<String>::new());
}

#[test]
fn the_log_and_the_swap_file_cannot_name_the_drawer() {
    // A backup has everything in it, under words of one's own, and is no swap file. What locks the drawer makes no file.
    let may = |found: &String| {
        ["worker/backup.rs", "worker/restore.rs", "worker/lock.rs"].iter().any(|file| found.contains(file))
    };
    for folder in ["log", "swap", "worker"] {
        let mut found = trespasses(folder, &["drawer", "Note"]);
        found.retain(|found| !may(found));
        assert_eq!(found, Vec::<String>::new());
    }
    // And what makes swap files knows no way to make a backup, or to the lock.
    for file in ["worker/give.rs", "worker/take.rs"] {
        let found = trespasses("worker", &["backup", "super::lock"]);
        assert!(!found.iter().any(|found| found.contains(file)), "{file} names the backup");
    }
}

#[test]
fn the_program_for_codes_knows_neither_the_log_nor_the_store() {
    assert_eq!(
        trespasses("codes", &["::log", "::swap", "::store", "::drawer", "::rest", "OriginId"]),
        Vec::<String>::new()
    );
}

#[test]
fn no_markup_or_style_is_built_from_text() {
    for folder in ["rooms", "parts"] {
        assert_eq!(trespasses(folder, &["inner_html", "style=\"", "javascript:"]), Vec::<String>::new());
    }
}
