//! What a visit costs, in bytes as brotli sends them, and the most it may cost.

use super::files::{File, Group, language_of};
use super::{Build, Problem};
use bothways::language;
use std::fmt;
use std::fs;

const KB: usize = 1024;

/// Agreed in docs/architecture.md. Raise one only with a reason that a person on a slow train would accept.
const MAIN_WASM: usize = 250 * KB;
/// The rooms that come after the first picture.
const LATER_WASM: usize = 140 * KB;
/// What goes on beside the page, without the first part, which is here already.
const WORKER_WASM: usize = 145 * KB;
/// The program of codes.
const CODES_WASM: usize = 72 * KB;
const BEFORE_FIRST_TAP: usize = 300 * KB;
const FIRST_VISIT: usize = 450 * KB;
const OFFLINE_WHOLE: usize = 750 * KB;
/// What a language beside English brings to the phones of those who have chosen it: the largest of them.
const EACH_LANGUAGE: usize = 60 * KB;

/// The fields of `target/size.json`: other programs read them.
#[derive(serde::Serialize)]
pub(crate) struct Report {
    before_first_tap: usize,
    first_visit: usize,
    offline_whole: usize,
    each_language: usize,
    main_wasm: usize,
    later_wasm: usize,
    worker_wasm: usize,
    codes_wasm: usize,
    files: Vec<Line>,
}

#[derive(serde::Serialize)]
struct Line {
    path: String,
    bytes: usize,
    brotli: usize,
    #[serde(skip)]
    group: Group,
}

/// Measures, and writes `target/size.json`.
pub(crate) fn report(build: &Build, files: &[File]) -> Result<Report, Problem> {
    let lines: Vec<_> = files
        .iter()
        .map(|file| Line {
            path: file.path.clone(),
            bytes: file.bytes.len(),
            brotli: brotli_size(&file.bytes, build.brotli),
            group: file.group,
        })
        .collect();
    let sum = |wanted: &[Group]| -> usize {
        lines.iter().filter(|line| wanted.contains(&line.group)).map(|line| line.brotli).sum()
    };
    let program = |is_it: &dyn Fn(&File) -> bool| -> usize {
        files.iter().zip(&lines).filter(|(file, _)| is_it(file)).map(|(_, line)| line.brotli).sum()
    };
    let languages = language::ALL.iter().map(|language| {
        let own = lines.iter().filter(|line| language_of(&line.path) == Some(language));
        own.map(|line| line.brotli).sum()
    });
    let report = Report {
        each_language: languages.max().unwrap_or_default(),
        before_first_tap: sum(&[Group::First]),
        first_visit: sum(&[Group::First, Group::Content]),
        offline_whole: sum(&[Group::First, Group::Content, Group::Later]),
        main_wasm: program(&File::is_main_wasm),
        later_wasm: program(&File::is_later_wasm),
        worker_wasm: program(&File::is_worker_wasm),
        codes_wasm: program(&|file| file.path == "codes_bg.wasm"),
        files: lines,
    };
    let json = serde_json::to_string_pretty(&report).unwrap_or_else(|_| unreachable!("names and numbers"));
    fs::create_dir_all(&build.target).map_err(|error| Problem::io(&build.target, &error))?;
    super::write(&build.target.join("size.json"), json + "\n")?;
    Ok(report)
}

impl Report {
    fn sums(&self) -> [(&'static str, usize, usize); 8] {
        [
            ("main_wasm", self.main_wasm, MAIN_WASM),
            ("later_wasm", self.later_wasm, LATER_WASM),
            ("worker_wasm", self.worker_wasm, WORKER_WASM),
            ("codes_wasm", self.codes_wasm, CODES_WASM),
            ("before_first_tap", self.before_first_tap, BEFORE_FIRST_TAP),
            ("first_visit", self.first_visit, FIRST_VISIT),
            ("offline_whole", self.offline_whole, OFFLINE_WHOLE),
            ("each_language", self.each_language, EACH_LANGUAGE),
        ]
    }

    pub fn over_budget(&self) -> Vec<Problem> {
        self.sums()
            .into_iter()
            .filter(|(_, bytes, budget)| bytes > budget)
            .map(|(what, bytes, budget)| Problem::OverBudget { what, bytes, budget })
            .collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>10} {:>10}  {:<8} file", "bytes", "brotli", "group")?;
        for line in &self.files {
            let group = format!("{:?}", line.group).to_lowercase();
            writeln!(f, "{:>10} {:>10}  {group:<8} {}", line.bytes, line.brotli, line.path)?;
        }
        for (what, bytes, budget) in self.sums() {
            write!(f, "\n{what:<17} {:>6.1} KB of {:>3} KB", bytes as f64 / KB as f64, budget / KB)?;
        }
        Ok(())
    }
}

fn brotli_size(bytes: &[u8], quality: i32) -> usize {
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    match brotli::BrotliCompress(&mut &*bytes, &mut packed, &params) {
        Ok(size) => size,
        Err(_) => unreachable!("from memory to memory"),
    }
}
