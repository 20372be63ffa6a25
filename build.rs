//! Turns the language files (`content/<language>/words.toml`) into typed functions, one for each text, so that a
//! missing or misspelt text is a compile error; and tells the program which content pack it was built with.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{env, fs, path::Path};
use toml::{Table, Value};

const WORDS: &str = "content/en/words.toml";
const PACK: &str = "public/pack/en.txt";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={WORDS}");
    println!("cargo::rerun-if-changed={PACK}");
    // The pack is written by `cargo xtask content` before the app is built; natively it may be absent.
    let digest = fs::read(PACK).map(Sha256::digest).map(|digest| digest.to_vec()).unwrap_or_default();
    let version: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=PACK_VERSION={version}");

    let made = fs::read_to_string(WORDS)
        .map_err(|e| e.to_string())
        .and_then(|text| generate(&text))
        .and_then(|code| {
            let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
            fs::write(Path::new(&out).join("words.rs"), code).map_err(|e| e.to_string())
        });
    if let Err(problem) = made {
        println!("cargo::error={WORDS}: {problem}");
    }
}

/// One module for each table of the file, one function for each text.
fn generate(text: &str) -> Result<String, String> {
    let sections: Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
    let mut code = String::new();
    for (section, texts) in &sections {
        let texts = texts.as_table().ok_or(format!("{section} is not a table"))?;
        let _ = writeln!(code, "/// Texts of `[{section}]`.\npub mod {section} {{");
        for (key, value) in texts {
            let name = format!("{section}.{key}");
            match value {
                Value::String(text) => single(&mut code, key, text),
                Value::Table(forms) => plural(&mut code, key, &name, forms)?,
                _ => return Err(format!("{name} is neither a text nor plural forms")),
            }
        }
        by_id(&mut code, texts);
        code.push_str("}\n");
    }
    Ok(code)
}

/// For sections that name a closed set (stages, places): the text for an id as files write it.
fn by_id(code: &mut String, texts: &Table) {
    let plain = |(key, value): (&String, &Value)| {
        value
            .as_str()
            .filter(|text| placeholders(text).is_empty())
            .map(|text| (key.replace('_', "-"), text.to_owned()))
    };
    code.push_str("/// The text whose key is this id, hyphens for underscores.\npub fn by_id(id: &str) -> Option<&'static str> { match id {\n");
    for (id, text) in texts.iter().filter_map(plain) {
        let _ = writeln!(code, "{id:?} => Some({text:?}),");
    }
    code.push_str("_ => None } }\n");
}

fn single(code: &mut String, key: &str, text: &str) {
    let arguments = placeholders(text);
    let doc = text.replace('\n', " ");
    let _ = if arguments.is_empty() {
        writeln!(code, "/// {doc}\npub fn {key}() -> &'static str {{ {text:?} }}")
    } else {
        let parameters: Vec<String> =
            arguments.iter().map(|a| format!("{a}: impl core::fmt::Display")).collect();
        writeln!(code, "/// {doc}\npub fn {key}({}) -> String {{ format!({text:?}) }}", parameters.join(", "))
    };
}

/// A text that depends on a number `n`: English needs `one` and `other`.
fn plural(code: &mut String, key: &str, name: &str, forms: &Table) -> Result<(), String> {
    let form =
        |which: &str| forms.get(which).and_then(Value::as_str).ok_or(format!("{name} has no {which:?}"));
    let (one, other) = (form("one")?, form("other")?);
    let mut arguments = placeholders(one);
    arguments.extend(placeholders(other));
    arguments.remove("n");
    let parameters: String = arguments.iter().map(|a| format!(", {a}: impl core::fmt::Display")).collect();
    let _ = writeln!(
        code,
        "/// {other}\npub fn {key}(n: usize{parameters}) -> String {{ if n == 1 {{ format!({one:?}) }} else {{ format!({other:?}) }} }}"
    );
    Ok(())
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
