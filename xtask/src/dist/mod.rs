//! Trunk's one post_build hook: the last look at the built files, and what is made from them.
//!
//! - [`files`]: every file, the group it is kept in, and its hash
//! - [`comments`]: our own scripts without theirs
//! - [`split`]: the main program in three files: what comes first, what comes after the first picture, and the worker's
//! - [`names`]: the names by which a program and its JavaScript call each other, made short
//! - [`shell`]: the page's words, which are the app's own
//! - [`inlined`]: the shell's style sheet and the script that dresses it, as parts of the page
//! - [`policy`]: no inline script but that one, no foreign address, no code from text
//! - [`worker`]: writes `sw.js` (the list of files) and `_headers` into the build
//! - [`size`]: the size report and its budget
//!
//! A release build with a problem fails and names each one; a debug build only says it.

mod comments;
mod files;
mod inlined;
mod names;
mod policy;
mod shell;
mod size;
mod split;
mod worker;

use files::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

/// What can be wrong with a build, in words for the person who built it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    #[error("{path}: {what}")]
    Io { path: String, what: String },
    #[error("{0}: nobody said what this file is for. Give it a place in xtask/src/dist/files.rs")]
    Unclassified(String),
    #[error("{0}: this name cannot stand in an address as it is")]
    Name(String),
    #[error("{0}: expected in every build, and missing")]
    Missing(String),
    #[error("{path}: {what}")]
    Policy { path: String, what: String },
    #[error("public/sw.js: the line `{0}` must stand there exactly once")]
    Template(&'static str),
    #[error("{what} is {} KB, {} KB over its budget of {} KB", .bytes.div_ceil(1024), (.bytes - .budget).div_ceil(1024), .budget / 1024)]
    OverBudget { what: &'static str, bytes: usize, budget: usize },
}

impl Problem {
    fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io { path: path.display().to_string(), what: error.to_string() }
    }

    fn shell(what: impl Into<String>) -> Self {
        Self::policy("index.html", what)
    }

    fn policy(path: &str, what: impl Into<String>) -> Self {
        Self::Policy { path: path.to_owned(), what: what.into() }
    }
}

/// Where things are, as Trunk tells its hooks.
pub(crate) struct Build {
    pub staging: PathBuf,
    pub source: PathBuf,
    pub target: PathBuf,
    pub release: bool,
    /// How hard the size report tries: 11 is what hosts send. A debug program's figures tell nothing anyway.
    pub brotli: i32,
}

impl Build {
    fn from_environment() -> Option<Self> {
        let source = PathBuf::from(env::var_os("TRUNK_SOURCE_DIR")?);
        let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
        Some(Self {
            staging: PathBuf::from(env::var_os("TRUNK_STAGING_DIR")?),
            // Always the project's own `target`, wherever cargo puts its files: people look for the report there.
            target: source.join("target"),
            release,
            brotli: if release { 11 } else { 3 },
            source,
        })
    }
}

/// The command.
pub fn run() -> ExitCode {
    let Some(build) = Build::from_environment() else {
        eprintln!("cargo xtask dist is Trunk's post_build hook: run `make build`");
        return ExitCode::from(2);
    };
    let problems = finish(&build);
    for problem in &problems {
        eprintln!("{}: {problem}", if build.release { "error" } else { "warning" });
    }
    if build.release && !problems.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Looks at everything before complaining, so that one build shows all there is to mend.
fn finish(build: &Build) -> Vec<Problem> {
    let mut problems = Vec::new();
    let (mut files, odd) = files::walk(&build.staging);
    problems.extend(odd);
    problems.extend(shell::fill(build, &mut files));
    // Whoever looks at a debug build wants to read the names.
    if build.release {
        problems.extend(comments::leave_out(build, &mut files));
        problems.extend(split::part(build, &mut files));
        problems.extend(names::shorten(build, &mut files));
    }
    problems.extend(inlined::into_page(build, &mut files));
    problems.extend(policy::check(&files));
    problems.extend(worker::write(build, &files));
    match size::report(build, &files) {
        Ok(report) => {
            println!("{report}");
            // A debug program is an order of magnitude larger: the budget says nothing about it.
            if build.release {
                problems.extend(report.over_budget());
            }
        }
        Err(problem) => problems.push(problem),
    }
    problems
}

/// Puts other bytes in place of a file's. The page names hashes of files: it is told the new one.
fn replace(build: &Build, files: &mut [File], at: usize, bytes: Vec<u8>) -> Result<(), Problem> {
    let before = files[at].integrity();
    files[at].bytes = bytes;
    let after = files[at].integrity();
    write(&build.staging.join(&files[at].path), &files[at].bytes)?;
    let page = files.iter_mut().find(|file| file.path == "index.html");
    if let Some(page) = page
        && let Some(text) = page.text().filter(|text| text.contains(&before))
    {
        page.bytes = text.replace(&before, &after).into_bytes();
        write(&build.staging.join(&page.path), &page.bytes)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Problem> {
    fs::write(path, bytes).map_err(|error| Problem::io(path, &error))
}

#[cfg(test)]
mod tests {
    use super::files::Group;
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A folder like the one Trunk hands over, whole and healthy.
    struct Staged(Build);

    const PAGE: &str = "<!doctype html><html lang=en><head><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; \
        script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; \
        base-uri 'none'; object-src 'none'\"><title>t</title><link rel=stylesheet href=./first-0123456789abcdef.css>\
        <link rel=stylesheet href=./app-0123456789abcdef.css></head>\
        <body><p>on top = fine</p><script src=dress.js></script><script type=module src=./boot.js data-js=x data-wasm=y></script></body></html>";

    impl Staged {
        fn new() -> Self {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let root = env::temp_dir().join(format!(
                "bothways-dist-{}-{}",
                std::process::id(),
                COUNT.fetch_add(1, Ordering::Relaxed)
            ));
            let staged = Self(Build {
                staging: root.join("stage"),
                source: root.join("source"),
                target: root.join("target"),
                release: true,
                brotli: 3,
            });
            staged.put("index.html", PAGE);
            staged.put("boot.js", "import('./x.js');");
            staged.put("dress.js", "// why\ndress();\n");
            staged.put("keep.js", "export const keepOffline = 1;");
            staged.put("rescue.html", PAGE);
            staged.put("rescue.css", "p{color:red}");
            staged.put("rescue.js", "open();");
            staged.put("too-old.js", "go();");
            staged.put("worker-start.js", "import('./worker.js');");
            staged.put("bothways-0011223344556677_worker.wasm", "\0asm worker");
            staged.put("codes-start.js", "import('./codes.js');");
            staged.put("codes.js", "export default 3");
            staged.put("codes_bg.wasm", "\0asm codes");
            staged.put("first-0123456789abcdef.css", "p{color:red}");
            staged.put("app-0123456789abcdef.css", "p{color:tan}");
            staged.put("bothways-0123456789abcde.js", "export default 1;");
            staged.put("bothways-fedcba9876543210_bg.wasm", "\0asm");
            staged.put("pack/en.txt", "{}");
            staged.put("pack/es.txt", "es");
            staged.put("words/es.txt", "palabras");
            staged.put("manifest.webmanifest", "{}");
            staged.put("icons/icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
            staged.put(".trunk-lock", "");
            let template = staged.0.source.join("public/sw.js");
            fs::create_dir_all(template.parent().unwrap()).unwrap();
            fs::write(
                template,
                "// head\nconst VERSION = \"unbuilt\";\nconst FILES = []; // list\nrest();\n",
            )
            .unwrap();
            staged
        }

        fn put(&self, path: &str, text: impl AsRef<[u8]>) {
            let path = self.0.staging.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn with(path: &str, text: impl AsRef<[u8]>) -> Vec<Problem> {
            let staged = Self::new();
            staged.put(path, text);
            finish(&staged.0)
        }

        fn read(&self, path: &str) -> String {
            fs::read_to_string(self.0.staging.join(path)).unwrap()
        }
    }

    impl Drop for Staged {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(self.0.staging.parent().unwrap());
        }
    }

    fn assert_says(problems: &[Problem], words: &[&str]) {
        assert_eq!(problems.len(), 1, "one mistake, one complaint: {problems:?}");
        let said = problems[0].to_string();
        for word in words {
            assert!(said.contains(word), "`{word}` is not in: {said}");
        }
    }

    #[test]
    fn a_healthy_build_has_no_problem_and_gets_its_worker() {
        let staged = Staged::new();
        assert_eq!(finish(&staged.0), []);
        let worker = staged.read("sw.js");
        assert!(worker.starts_with("// head\nconst VERSION = \""), "{worker}");
        assert!(!worker.contains("unbuilt"));
        assert_eq!(worker.matches("\"integrity\":\"sha384-").count(), 20);
        assert!(worker.contains("{\"url\":\"./\","), "the page is kept under the scope's own address");
        assert!(!worker.contains("index.html\""));
        let (first, content) = (worker.find("boot.js").unwrap(), worker.find("pack/en.txt").unwrap());
        assert!(first < content && content < worker.find("icons/icon.svg").unwrap());
        assert!(!staged.0.staging.join(".trunk-lock").exists());
        let headers = staged.read("_headers");
        assert!(
            headers.contains(
                "script-src 'self' 'sha256-35QvNJxkEgHLsYpFkflvhHQ/7NcCG9gR8HnJU8bTlcs=' 'wasm-unsafe-eval'"
            ) && headers.contains("frame-ancestors 'none'")
        );
    }

    #[test]
    fn the_sheet_and_the_dressing_are_part_of_the_page_and_the_only_ones_its_policy_allows() {
        let staged = Staged::new();
        assert_eq!(finish(&staged.0), []);
        let (page, headers) = (staged.read("index.html"), staged.read("_headers"));
        assert!(page.contains("<title>t</title><style>p{color:red}</style></head>"), "{page}");
        assert!(page.contains("fine</p><script>dress();\n</script><script type=module"), "{page}");
        assert!(page.contains("data-js=x data-sheet=./app-0123456789abcdef.css data-wasm=y"), "{page}");
        assert_eq!(page.matches(".css").count(), 1, "{page}");
        for gone in ["first-0123456789abcdef.css", "dress.js"] {
            assert!(!page.contains(gone), "{page}");
            assert!(!staged.0.staging.join(gone).exists());
        }
        // `printf 'p{color:red}' | openssl dgst -sha256 -binary | base64`, and of `dress();` with its line's end
        let sheet = "style-src 'self' 'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64=';";
        let dress =
            "script-src 'self' 'sha256-35QvNJxkEgHLsYpFkflvhHQ/7NcCG9gR8HnJU8bTlcs=' 'wasm-unsafe-eval';";
        for allowed in [sheet, dress] {
            assert!(page.contains(allowed) && headers.contains(allowed), "{page} {headers}");
        }
        for (from, to, wrong) in
            [("p{color:red}", "p{color:tan}", "style-src"), ("dress();", "undress();", "script-src")]
        {
            staged.put("index.html", page.replacen(from, to, 1));
            assert_says(&finish(&staged.0), &[wrong]);
        }
        let css = "p::after{content:'</style><script>'}";
        assert!(Staged::with("first-0123456789abcdef.css", css)[0].to_string().contains("end it early"));
        assert!(Staged::with("dress.js", "'<!--'")[0].to_string().contains("end it early"));
        for (gone, part) in [
            ("first-0123456789abcdef.css", "`<style>`"),
            ("dress.js", "`<script>`"),
            ("app-0123456789abcdef.css", "`data-sheet=`"),
        ] {
            let staged = Staged::new();
            fs::remove_file(staged.0.staging.join(gone)).unwrap();
            assert_says(&finish(&staged.0), &["index.html", part]);
        }
    }

    #[test]
    fn a_second_look_at_the_same_folder_finds_the_same() {
        let staged = Staged::new();
        finish(&staged.0);
        let worker = staged.read("sw.js");
        assert_eq!(finish(&staged.0), []);
        assert_eq!(staged.read("sw.js"), worker);
    }

    #[test]
    fn the_names_between_a_program_and_its_javascript_are_short_in_a_release() {
        let integrity = |text: &str| {
            File { path: String::new(), group: Group::First, bytes: text.as_bytes().to_vec() }.integrity()
        };
        let wasm = "\0asm\x01\0\0\0\x02\x18\x01\x05./glu\x0e__wbg_log_01ab\0\0";
        let js = "const i={__wbg_log_01ab:f},_0=1,__wbg_log_01abc=2";
        let staged = |release: bool| {
            let mut staged = Staged::new();
            staged.0.release = release;
            staged.put("bothways-fedcba9876543210_bg.wasm", wasm);
            staged.put("bothways-0123456789abcde.js", js);
            let preload = format!("<link href=./x.js integrity={} rel=modulepreload></head>", integrity(js));
            staged.put("index.html", PAGE.replacen("</head>", &preload, 1));
            assert_eq!(finish(&staged.0), []);
            staged
        };
        let plain = staged(false);
        assert_eq!(plain.read("bothways-0123456789abcde.js"), js);
        assert_eq!(plain.read("bothways-fedcba9876543210_bg.wasm"), wasm);
        let short = staged(true);
        let shortened = "const i={_1:f},_0=1,__wbg_log_01abc=2";
        assert_eq!(short.read("bothways-0123456789abcde.js"), shortened);
        assert!(short.read("index.html").contains(&integrity(shortened)), "the page knows the new bytes");
        assert!(short.read("sw.js").contains(&integrity(shortened)), "and so does the service worker");
    }

    #[test]
    fn one_changed_byte_anywhere_is_a_new_version() {
        let version = |path: &str, text: &str| {
            let staged = Staged::new();
            staged.put(path, text);
            finish(&staged.0);
            staged.read("sw.js").lines().nth(1).unwrap().to_owned()
        };
        let before = version("pack/en.txt", "{}");
        assert_ne!(before, version("pack/en.txt", "[]"));
        let staged = Staged::new();
        let template = staged.0.source.join("public/sw.js");
        let text = fs::read_to_string(&template).unwrap();
        fs::write(&template, text + "// a word more\n").unwrap();
        finish(&staged.0);
        assert_ne!(before, staged.read("sw.js").lines().nth(1).unwrap(), "the worker's own text counts too");
    }

    #[test]
    fn the_size_report_has_the_agreed_shape_and_adds_up() {
        let staged = Staged::new();
        finish(&staged.0);
        let text = fs::read_to_string(staged.0.target.join("size.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&text).unwrap();
        let keys: Vec<_> = report.as_object().unwrap().keys().cloned().collect();
        let sums = [
            "before_first_tap",
            "codes_wasm",
            "each_language",
            "files",
            "first_visit",
            "later_wasm",
            "main_wasm",
            "offline_whole",
            "worker_wasm",
        ];
        assert_eq!(keys, sums);
        let brotli = |wanted: &dyn Fn(&str) -> bool| -> u64 {
            let files = report["files"].as_array().unwrap();
            files
                .iter()
                .filter(|f| wanted(f["path"].as_str().unwrap()))
                .map(|f| f["brotli"].as_u64().unwrap())
                .sum()
        };
        let content = brotli(&|path| path == "pack/en.txt");
        let later = brotli(&|path| {
            ["icons/", "worker", "codes", "keep", "rescue", "too-old"]
                .iter()
                .any(|start| path.starts_with(start))
                || path.ends_with("_worker.wasm")
                || path == "manifest.webmanifest"
        });
        assert_eq!(report["first_visit"], report["before_first_tap"].as_u64().unwrap() + content);
        assert_eq!(report["each_language"], brotli(&|path| path.ends_with("/es.txt")));
        assert_eq!(report["offline_whole"], report["first_visit"].as_u64().unwrap() + later);
        assert_eq!(
            report["main_wasm"],
            brotli(&|path| path.starts_with("bothways-") && path.ends_with("_bg.wasm"))
        );
        assert_eq!(report["worker_wasm"], brotli(&|path| path.ends_with("_worker.wasm")));
        assert_eq!(report["codes_wasm"], brotli(&|path| path == "codes_bg.wasm"));
    }

    #[test]
    fn a_language_beside_english_is_listed_for_those_who_choose_it() {
        let staged = Staged::new();
        assert_eq!(finish(&staged.0), []);
        let worker = staged.read("sw.js");
        let listed = |url: &str| worker.lines().find(|line| line.contains(url)).unwrap();
        for url in ["pack/es.txt", "words/es.txt"] {
            assert!(listed(url).contains("\"group\":\"chosen\""), "{url}");
        }
        assert!(listed("pack/en.txt").contains("\"group\":\"content\""));
    }

    #[test]
    fn what_only_a_browser_that_installs_fetches_is_not_kept_on_the_phone() {
        let staged = Staged::new();
        staged.put("icons/icon-512.png", "large");
        assert_eq!(finish(&staged.0), []);
        assert!(!staged.read("sw.js").contains("icon-512"));
        assert_eq!(staged.read("icons/icon-512.png"), "large");
    }

    #[test]
    fn a_file_nobody_placed_is_named() {
        assert_says(&Staged::with("notes.txt", "x"), &["notes.txt", "nobody said"]);
        assert_says(&Staged::with("icons/photo of us.png", "x"), &["icons/photo of us.png", "address"]);
        assert_says(&Staged::with("words/en.txt", "x"), &["words/en.txt", "nobody said"]);
        assert_says(&Staged::with("pack/de.txt", "x"), &["pack/de.txt", "nobody said"]);
        assert_says(&Staged::with("stray-0123456789abcdef.js", "1"), &["stray-0123456789abcdef.js"]);
    }

    #[test]
    fn a_missing_page_or_program_is_named() {
        for gone in [
            "index.html",
            "boot.js",
            "worker-start.js",
            "codes-start.js",
            "codes.js",
            "codes_bg.wasm",
            "pack/en.txt",
            "pack/es.txt",
            "words/es.txt",
            "manifest.webmanifest",
            "bothways-fedcba9876543210_bg.wasm",
        ] {
            let staged = Staged::new();
            fs::remove_file(staged.0.staging.join(gone)).unwrap();
            let said: Vec<_> = finish(&staged.0).iter().map(Problem::to_string).collect();
            let name = if gone.starts_with("bothways-") { "_bg.wasm" } else { gone };
            assert!(said.iter().any(|words| words.contains(name)), "{gone}: {said:?}");
        }
    }

    #[test]
    fn a_page_against_the_policy_is_refused() {
        let page = |from: &str, to: &str| {
            assert!(PAGE.contains(from));
            Staged::with("index.html", PAGE.replacen(from, to, 1))
        };
        let inline = "<script>alert(1)</script><p>";
        assert_says(
            &Staged::with("rescue.html", PAGE.replacen("<p>", inline, 1)),
            &["rescue.html", "script-src"],
        );
        assert_says(&page("<p>", "<p onclick=go()>"), &["onclick"]);
        assert_says(&page("<p>", "<img/onerror='go()' alt=x><p>"), &["onerror"]);
        assert_says(&page("<p>", "<p style=\"color:red\">"), &["style"]);
        assert_says(&page("<p>", inline), &["index.html", "more than one inline script"]);
        assert_says(&page("<title>", "<STYLE>p{}</STYLE><title>"), &["more than one inline style"]);
        assert_says(
            &Staged::with("rescue.html", PAGE.replacen("<title>", "<style>p{}</style><title>", 1)),
            &["rescue.html", "style-src", "sha256-"],
        );
        assert_says(
            &Staged::with("icons/icon.svg", "<svg><style>p{}</style></svg>"),
            &["icon.svg", "inline style"],
        );
        assert_says(&page("<p>", "<a href=' javascript:go()'>x</a><p>"), &["javascript:"]);
        assert_says(&page("<p>", "<img src=//elsewhere.example/x.png><p>"), &["elsewhere.example"]);
        assert_says(&page("<p>", "<img src=https://elsewhere.example/x.png><p>"), &["elsewhere.example"]);
        assert_says(&page("<title>", "<base href=./><title>"), &["<base>"]);
        assert_says(&page("style-src 'self'", "style-src 'self' 'unsafe-inline'"), &["unsafe-inline"]);
        assert_says(&page("script-src 'self'", "script-src 'self' 'unsafe-eval'"), &["unsafe-eval"]);
        assert_says(&page("connect-src 'self'", "connect-src *"), &["connect-src", "*"]);
        assert_says(&page("base-uri 'none'", "x-nothing 'none'"), &["base-uri"]);
        let late = PAGE.replacen("<head>", "<head><link rel=icon href=./icons/icon.svg>", 1);
        assert_says(&Staged::with("index.html", late), &["first"]);
        assert_says(
            &page("http-equiv=Content-Security-Policy", "name=nothing"),
            &["Content-Security-Policy"],
        );
    }

    #[test]
    fn a_comment_or_a_text_is_not_a_script() {
        let page = PAGE.replacen("<p>", "<!-- <script>x</script> onclick= style= --><p title='a > b'>", 1);
        assert_eq!(Staged::with("index.html", page), []);
    }

    #[test]
    fn code_made_from_text_is_refused() {
        assert_says(
            &Staged::with("boot.js", "const f = new  Function('return this')"),
            &["boot.js", "new Function"],
        );
        assert_says(&Staged::with("boot.js", "window.eval('1')"), &["eval("]);
        assert_eq!(
            Staged::with(
                "boot.js",
                "retrieval(1); isFunction(x); renew Function; `Function(${n})`; const medieval = 1;"
            ),
            []
        );
    }

    #[test]
    fn a_foreign_address_is_refused_and_a_namespace_is_not() {
        assert_says(
            &Staged::with("boot.js", "fetch('https://elsewhere.example/x')"),
            &["boot.js", "elsewhere.example"],
        );
        assert_says(
            &Staged::with("boot.js", "new WebSocket(`wss://elsewhere.example`)"),
            &["wss://elsewhere.example"],
        );
        let css = "p{background:url(//elsewhere.example/a.png)}";
        assert_says(&Staged::with("first-0123456789abcdef.css", css), &["elsewhere.example"]);
        assert_says(
            &Staged::with("manifest.webmanifest", "{\"start_url\":\"http://elsewhere.example\"}"),
            &["elsewhere"],
        );
        assert_says(&Staged::with("boot.js", [0xff, 0xfe]), &["boot.js", "UTF-8"]);
        assert_says(
            &Staged::with("icons/icon.svg", "<svg><script>1</script></svg>"),
            &["icon.svg", "inline script"],
        );
        assert_eq!(
            Staged::with("boot.js", "e.createElementNS('http://www.w3.org/2000/svg','p') // a // b"),
            []
        );
        assert_says(
            &Staged::with("boot.js", "'http://www.w3.org.elsewhere.example/'"),
            &["elsewhere.example"],
        );
    }

    #[test]
    fn a_build_over_its_budget_fails_and_says_by_how_much() {
        // Letters that compress by a quarter and no more, so that the figures are known.
        let noise = |kb: usize| {
            let mut state = 1_u64;
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                b'0' + (state >> 58) as u8
            };
            (0..kb * 1024 * 4 / 3).map(|_| next()).collect::<Vec<_>>()
        };
        assert_says(&Staged::with("bothways-fedcba9876543210_bg.wasm", noise(253)), &["main_wasm", "250 KB"]);
        assert_says(
            &Staged::with("bothways-0011223344556677_worker.wasm", noise(148)),
            &["worker_wasm", "145 KB"],
        );
        assert_says(&Staged::with("codes_bg.wasm", noise(75)), &["codes_wasm", "72 KB"]);
        assert_says(&Staged::with("boot.js", noise(305)), &["before_first_tap"]);
        assert_says(&Staged::with("pack/en.txt", noise(455)), &["first_visit", "450 KB"]);
        assert_says(&Staged::with("rescue.js", noise(755)), &["offline_whole", "750 KB"]);
        assert_says(&Staged::with("words/es.txt", noise(65)), &["each_language", "60 KB"]);

        let mut staged = Staged::new();
        staged.put("bothways-fedcba9876543210_bg.wasm", noise(172));
        staged.0.release = false;
        assert_eq!(finish(&staged.0), [], "a debug build is not measured");
    }

    #[test]
    fn a_template_without_its_two_lines_is_refused() {
        let staged = Staged::new();
        fs::write(staged.0.source.join("public/sw.js"), "const VERSION = \"unbuilt\";\n").unwrap();
        assert_says(&finish(&staged.0), &["const FILES = [];"]);
    }
}
