//! The words of a language as its file has them (`content/<language>/words.toml`), and as the app reads them: a line
//! each, under numbers that follow from the English file. `build.rs` and `cargo xtask content` share this file, so that
//! the numbers in the program are those in the languages beside it; `src/texts.rs` reads what is written here.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// A text, or the forms of one that depends on a number `n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// One text.
    Plain(String),
    /// For one, for many where the language has it ("un millón de ..."), and for all other numbers.
    Counted {
        /// Of 1.
        one: String,
        /// Of millions, in some languages.
        many: Option<String>,
        /// Of all other numbers.
        other: String,
    },
}

/// The words of a language: of each section the texts by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub BTreeMap<String, BTreeMap<String, Text>>);

impl Text {
    /// How many lines it takes.
    pub const fn lines(&self) -> usize {
        match self {
            Self::Plain(_) => 1,
            Self::Counted { .. } => 3,
        }
    }

    /// The names of its gaps in the order of their numbers: `n` first.
    pub fn gaps(&self) -> Vec<&str> {
        let mut names = self.forms().into_iter().flat_map(|(_, text)| gaps(text)).collect::<BTreeSet<_>>();
        let n = matches!(self, Self::Counted { .. }).then(|| names.remove("n")).map(|_| "n");
        n.into_iter().chain(names).collect()
    }

    /// Its forms, by their names.
    pub fn forms(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Plain(text) => vec![("", text)],
            Self::Counted { one, many, other } => {
                let many = many.iter().map(|many| ("many", many.as_str()));
                [("one", one.as_str())].into_iter().chain(many).chain([("other", other.as_str())]).collect()
            }
        }
    }

    fn write(&self, into: &mut String) {
        let gaps = self.gaps();
        let mut line = |text: &str| {
            let mut text = text.to_owned();
            for (gap, mark) in gaps.iter().zip('\u{1}'..'\n') {
                text = text.replace(&format!("{{{gap}}}"), &mark.to_string());
            }
            into.push_str(&text);
            into.push('\n');
        };
        match self {
            Self::Plain(text) => line(text),
            Self::Counted { one, many, other } => {
                line(one);
                line(many.as_deref().unwrap_or_default());
                line(other);
            }
        }
    }
}

impl Words {
    /// Reads a file, or says all that is wrong with it.
    pub fn read(toml: &str) -> Result<Self, Vec<String>> {
        let sections: Table = toml.parse().map_err(|error: toml::de::Error| vec![error.to_string()])?;
        let mut words = Self::default();
        let mut wrong = Vec::new();
        for (section, texts) in sections {
            let Value::Table(texts) = texts else {
                wrong.push(format!("{section} is not a section"));
                continue;
            };
            let words = words.0.entry(section.clone()).or_default();
            for (key, value) in texts {
                match text(value) {
                    Ok(text) => drop(words.insert(key, text)),
                    Err(error) => wrong.push(format!("{section}.{key} {error}")),
                }
            }
        }
        if wrong.is_empty() { Ok(words) } else { Err(wrong) }
    }

    /// Every text with its name and its number. Number 0 is the mark.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &str, &str, &Text)> {
        let all = self
            .0
            .iter()
            .flat_map(|(section, texts)| texts.iter().map(move |(key, text)| (section, key, text)));
        all.scan(1, |next, (section, key, text)| {
            let number = *next;
            *next += text.lines();
            Some((number, section.as_str(), key.as_str(), text))
        })
    }

    /// What tells these numbers from those of another build: it follows from the names of texts and gaps.
    pub fn mark(&self) -> String {
        let mut shape = Sha256::new();
        for (_, section, key, text) in self.numbered() {
            shape.update(format!("{section}.{key} {} {}\n", text.lines(), text.gaps().join(" ")));
        }
        shape.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }

    /// As the app reads them, under the mark of the English ones.
    pub fn lines(&self, mark: &str) -> String {
        let mut lines = format!("{mark}\n");
        self.numbered().for_each(|(_, _, _, text)| text.write(&mut lines));
        lines
    }
}

/// A text as it stands in the file.
fn text(value: Value) -> Result<Text, String> {
    let plain = |value: &Value| match value.as_str() {
        None => Err("is neither a text nor forms of one".to_owned()),
        Some(text) => flaw(text).map_or_else(|| Ok(text.to_owned()), |flaw| Err(flaw.to_owned())),
    };
    let Value::Table(forms) = &value else { return plain(&value).map(Text::Plain) };
    if let Some(form) = forms.keys().find(|form| !["one", "many", "other"].contains(&form.as_str())) {
        return Err(format!("has a form {form:?}: there are one, many and other"));
    }
    let form = |name: &str| forms.get(name).map(plain).ok_or(format!("has no form {name:?}"))?;
    let many = forms.get("many").map(plain).transpose()?;
    Ok(Text::Counted { one: form("one")?, many, other: form("other")? })
}

fn flaw(text: &str) -> Option<&'static str> {
    let mut names = text.split('{').skip(1).map(|rest| rest.split_once('}').map(|(name, _)| name));
    let is_name = |name: Option<&str>| {
        name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    };
    if text.trim() != text || text.is_empty() {
        Some("is empty, or begins or ends with a space")
    } else if text.chars().any(char::is_control) {
        Some("must be one line")
    } else if !names.all(is_name) || text.matches('{').count() != text.matches('}').count() {
        Some("has a brace that makes no gap")
    } else {
        None
    }
}

/// The names of the gaps in one form.
pub fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
