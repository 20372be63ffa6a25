//! The words of the shell: what `index.html` shows until the program is here is what the program then draws in the same
//! place, so its words are the program's own (`content/en/words.toml`) and are put in here. `{{today.title}}` is a text;
//! `{{languages}}` are the ids of the languages the app is offered in.

use super::files::File;
use super::{Build, Problem, write};
use bothways::language;
use std::fs;
use toml::Table;

const PAGE: &str = "index.html";
const WORDS: &str = "content/en/words.toml";

/// Fills the gaps of the page.
pub(crate) fn fill(build: &Build, files: &mut [File]) -> Vec<Problem> {
    let Some(page) = files.iter_mut().find(|file| file.path == PAGE) else { return Vec::new() };
    let Some(text) = page.text().filter(|text| text.contains("{{")) else { return Vec::new() };
    let words = build.source.join(WORDS);
    let filled = fs::read_to_string(&words)
        .map_err(|error| Problem::io(&words, &error))
        .and_then(|toml| toml.parse::<Table>().map_err(|error| Problem::shell(error.to_string())))
        .and_then(|words| filled(text, &words).map_err(Problem::shell));
    match filled {
        Ok(filled) => {
            page.bytes = filled.into_bytes();
            write(&build.staging.join(PAGE), &page.bytes).err().into_iter().collect()
        }
        Err(problem) => vec![problem],
    }
}

fn filled(page: &str, words: &Table) -> Result<String, String> {
    let mut parts = page.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").ok_or("a gap without an end")?;
        let text = escaped(&text(name.trim(), words).ok_or_else(|| format!("there is no text `{name}`"))?);
        // Trunk leaves the quotes out where a value has no space: a gap has none, its text may.
        filled += &if filled.ends_with('=') { format!("\"{text}\"") } else { text };
        filled += rest;
    }
    Ok(filled)
}

fn text(name: &str, words: &Table) -> Option<String> {
    if name == "languages" {
        return Some(language::ALL.iter().map(|language| language.id).collect::<Vec<_>>().join(" "));
    }
    let (section, key) = name.split_once('.')?;
    Some(words.get(section)?.get(key)?.as_str()?.to_owned())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_with_the_words_of_the_app() {
        let words = "[today]\ntitle = \"Today & <now>\"\n".parse().unwrap();
        let page = "<html data-languages={{languages}} lang=\"{{languages}}\"><h1>{{ today.title }}</h1>";
        let filled = filled(page, &words).unwrap();
        assert_eq!(filled, "<html data-languages=\"en es\" lang=\"en es\"><h1>Today &amp; &lt;now></h1>");
    }

    #[test]
    fn a_gap_that_nothing_fills_stops_the_build() {
        let words =
            "[today]\ntitle = \"Today\"\nwaiting = { one = \"1\", other = \"{n}\" }\n".parse().unwrap();
        for page in ["{{today.titel}}", "{{title}}", "{{today.waiting}}", "{{today.title"] {
            assert!(filled(page, &words).is_err(), "{page}");
        }
    }
}
