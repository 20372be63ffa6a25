//! Turns the English words (`content/en/words.toml`) into typed functions, one for each text, so that a missing or
//! misspelt text is a compile error; and tells the program which content packs it was built with. Other languages have
//! the same texts under the same numbers, in files beside the program: `cargo xtask content` writes them.

#[path = "build/words.rs"]
mod words;

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::{env, fs, path::Path};
use words::{Text, Words};

const WORDS: &str = "content/en/words.toml";
const PACKS: &str = "public/pack";

fn main() {
    for path in ["build.rs", "build/words.rs", WORDS, PACKS] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rustc-env=PACK_VERSION={}", version_of_packs());

    let made = fs::read_to_string(WORDS)
        .map_err(|error| vec![error.to_string()])
        .and_then(|text| Words::read(&text))
        .and_then(|words| write(&words).map_err(|error| vec![error]));
    for problem in made.err().into_iter().flatten() {
        println!("cargo::error={WORDS}: {problem}");
    }
}

/// The packs are written by `cargo xtask content` before the app is built; natively they may be absent.
fn version_of_packs() -> String {
    let mut files: Vec<_> =
        fs::read_dir(PACKS).into_iter().flatten().flatten().map(|file| file.path()).collect();
    files.sort();
    let mut digest = Sha256::new();
    files.iter().filter_map(|file| fs::read(file).ok()).for_each(|bytes| digest.update(bytes));
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn write(words: &Words) -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let write = |name: &str, text: String| {
        fs::write(Path::new(&out).join(name), text).map_err(|error| error.to_string())
    };
    write("english.txt", words.lines(&words.mark()))?;
    write("words.rs", functions(words))
}

/// One module for each section of the file, one function for each text.
fn functions(words: &Words) -> String {
    let mut code = String::new();
    let mut numbers = words.numbered().peekable();
    while let Some(&(first, section, ..)) = numbers.peek() {
        let _ = writeln!(
            code,
            "/// Texts of `[{section}]`.\npub mod {section} {{\nuse crate::words_table as table;"
        );
        let mut names = Vec::new();
        while let Some((number, _, key, text)) = numbers.next_if(|(_, of, ..)| *of == section) {
            function(&mut code, number, key, text);
            names.extend(names_of(key, text));
        }
        // For sections that name a closed set (stages, places): the text for an id as files write it.
        let _ = writeln!(
            code,
            "/// The text whose key is this id, hyphens for underscores.
            pub fn by_id(id: &str) -> Option<&'static str> {{ table::by_id({first}, {:?}, id) }}\n}}",
            names.join("\n")
        );
    }
    code
}

/// The id of each of its lines; none where it has gaps to be filled.
fn names_of(key: &str, text: &Text) -> Vec<String> {
    match text {
        Text::Plain(_) if text.gaps().is_empty() => vec![key.replace('_', "-")],
        _ => vec![String::new(); text.lines()],
    }
}

fn function(code: &mut String, number: usize, key: &str, text: &Text) {
    let gaps = text.gaps();
    let parameters = |gaps: &[&str]| {
        gaps.iter().map(|gap| format!("{gap}: impl core::fmt::Display")).collect::<Vec<_>>().join(", ")
    };
    let filled = |gaps: &[&str]| gaps.iter().map(|gap| format!("&{gap}")).collect::<Vec<_>>().join(", ");
    let _ = match text {
        Text::Plain(text) if gaps.is_empty() => {
            writeln!(
                code,
                "/// {text}\n#[inline]\npub fn {key}() -> &'static str {{ table::text({number}) }}"
            )
        }
        Text::Plain(text) => writeln!(
            code,
            "/// {text}\npub fn {key}({}) -> String {{ table::filled({number}, &[{}]) }}",
            parameters(&gaps),
            filled(&gaps)
        ),
        Text::Counted { other, .. } => writeln!(
            code,
            "/// {other}\npub fn {key}(n: usize, {}) -> String {{ table::counted({number}, n, &[{}]) }}",
            parameters(gaps.get(1..).unwrap_or_default()),
            filled(&gaps)
        ),
    };
}
