//! The promises of the page's policy, looked up in the files that ship. The browser enforces the policy at run
//! time; this says so at the desk, and catches what the browser would only block in silence (a `style="..."`).

use super::{Problem, files::File, inlined};

/// The policy that stands in the page, without which nothing else counts.
pub(crate) fn of_page(files: &[File]) -> Option<String> {
    let page = files.iter().find(|file| file.path == "index.html")?;
    tags(page.text()?).into_iter().find(Tag::is_policy)?.attribute("content").map(str::to_owned)
}

pub(crate) fn check(files: &[File]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files {
        // Kinds that can carry code or addresses. (The pack is plain text that is only ever shown.)
        let kind = file.path.rsplit('.').next().unwrap_or_default();
        if !["html", "svg", "js", "css", "webmanifest"].contains(&kind) {
            continue;
        }
        let found = match (kind, file.text()) {
            (_, None) => vec!["not UTF-8, so nobody can say what is in it".to_owned()],
            ("html", Some(text)) => [page(text), markup(text), addresses(text)].concat(),
            ("svg", Some(text)) => [without_inlined(text), markup(text), addresses(text)].concat(),
            ("js", Some(text)) => [code(text), addresses(text)].concat(),
            (_, Some(text)) => addresses(text),
        };
        problems.extend(found.into_iter().map(|what| Problem::policy(&file.path, what)));
    }
    problems
}

// ---- the policy itself ----

/// What each of these must say, whole. The others may say less than `'self'`, never more.
const EXACT: [(&str, &[&str]); 6] = [
    ("default-src", &["'none'"]),
    ("script-src", &["'self'", "'wasm-unsafe-eval'"]),
    ("style-src", &["'self'"]),
    ("connect-src", &["'self'"]),
    ("base-uri", &["'none'"]),
    ("object-src", &["'none'"]),
];
/// The elements that may be part of the page, and the directive that names the hash of each.
const INLINED: [(&str, &str); 2] = [("script", "script-src"), ("style", "style-src")];

fn page(text: &str) -> Vec<String> {
    let tags = tags(text);
    let Some(policy) = tags.iter().find(|tag| tag.is_policy()) else {
        return vec!["no Content-Security-Policy in the page".to_owned()];
    };
    let mut wrong = Vec::new();
    if tags.iter().find(|tag| !matches!(&*tag.name, "html" | "head")).is_some_and(|first| !first.is_policy())
    {
        wrong
            .push("the policy must come first in <head>: it does not cover what stands before it".to_owned());
    }

    let directives: Vec<Vec<&str>> = policy
        .attribute("content")
        .unwrap_or_default()
        .split(';')
        .map(|directive| directive.split_ascii_whitespace().collect())
        .collect();
    for (name, sources) in EXACT {
        let mut sources: Vec<String> = sources.iter().map(|&source| source.to_owned()).collect();
        if let Some((element, _)) = INLINED.iter().find(|(_, directive)| *directive == name) {
            let inside: Vec<_> = tags.iter().filter(|tag| tag.is_inlined(element)).collect();
            if inside.len() > 1 {
                wrong.push(format!("more than one inline {element}"));
                continue;
            }
            // Behind `'self'`, where `inlined` puts it.
            sources.splice(1..1, inside.iter().map(|tag| inlined::source(&tag.inside)));
        }
        match directives.iter().find(|directive| directive.first() == Some(&name)) {
            None => wrong.push(format!("the policy says nothing about {name}")),
            Some(directive) if directive[1..] != *sources => {
                wrong.push(format!(
                    "{name} must be {}, and is {}",
                    sources.join(" "),
                    directive[1..].join(" ")
                ));
            }
            Some(_) => {}
        }
    }
    for directive in &directives {
        let Some((name, sources)) = directive.split_first() else { continue };
        if EXACT.iter().any(|(exact, _)| exact == name) {
            continue;
        }
        for source in sources {
            if !["'self'", "'none'", "blob:", "data:"].contains(source) {
                wrong.push(format!("{name} allows {source}"));
            }
        }
    }
    wrong
}

// ---- markup ----

/// What has no policy of its own to name a hash has no sheet and no script in it either.
fn without_inlined(text: &str) -> Vec<String> {
    let tags = tags(text);
    let inlined = INLINED.iter().flat_map(|(element, _)| tags.iter().filter(|tag| tag.is_inlined(element)));
    inlined.map(|tag| format!("an inline {}: ours are files, but for the page's own two", tag.name)).collect()
}

fn markup(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for tag in tags(text) {
        if tag.name == "base" {
            wrong.push("a <base> element: the policy forbids it".to_owned());
        }
        for (name, value) in &tag.attributes {
            if name.starts_with("on") {
                wrong.push(format!("the handler {name} on <{}>", tag.name));
            }
            if name == "style" {
                wrong.push(format!("a style attribute on <{}>", tag.name));
            }
            let value = value.trim_start();
            if value.to_ascii_lowercase().starts_with("javascript:") {
                wrong.push(format!("a javascript: address on <{}>", tag.name));
            }
            if value.starts_with("//") {
                wrong.push(format!("the foreign address {value}"));
            }
        }
    }
    wrong
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    /// Of a script or a style sheet: what stands in it.
    inside: String,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    /// Whether this is such an element and has its text in the page.
    fn is_inlined(&self, element: &str) -> bool {
        self.name == element && (element != "script" || self.attribute("src").is_none())
    }

    fn is_policy(&self) -> bool {
        let kind = self.attribute("http-equiv").unwrap_or_default();
        self.name == "meta" && kind.eq_ignore_ascii_case("content-security-policy")
    }
}

/// The opening tags of a page we wrote ourselves, in order: no parser of everything, but one that reads whatever
/// a minifier makes of our markup (bare attributes, other quotes, other case). Comments and the insides of scripts
/// and styles are not looked through.
fn tags(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let attributes;
        (attributes, rest) = attributes_of(&rest[end..]);
        let mut inside = "";
        if matches!(&*name, "script" | "style") {
            // Found without case: `</SCRIPT>` ends a script too.
            let end = rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len());
            (inside, rest) = rest.split_at(end);
        }
        tags.push(Tag { name, attributes, inside: inside.to_owned() });
    }
    tags
}

/// The attributes up to the tag's end, and what follows it.
fn attributes_of(mut rest: &str) -> (Vec<(String, String)>, &str) {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (attributes, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, after);
        }
        let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
        // At least one character, so that a stray `=` cannot hold us here for ever.
        let end =
            rest.char_indices().skip(1).find(|&(_, c)| is_end(c)).map_or(rest.len(), |(place, _)| place);
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            (value, rest) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => {
                    let end =
                        after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len());
                    after.split_at(end)
                }
            };
        }
        attributes.push((name, value.to_owned()));
    }
}

// ---- code and addresses ----

/// `new Function` and `eval`: code from text. The policy forbids them, so they would fail on the phone.
fn code(text: &str) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut wrong = Vec::new();
    for (word, before) in [("Function", "new"), ("eval(", "")] {
        for (place, _) in text.match_indices(word) {
            // wasm-bindgen prints `Function(name)` in its messages: only `new` makes it a call we mind.
            let ahead = if before.is_empty() { &text[..place] } else { text[..place].trim_end() };
            if ahead.strip_suffix(before).is_some_and(|ahead| !ahead.ends_with(is_name)) {
                wrong.push(format!("{before} {word}: code made from text").trim_start().to_owned());
            }
        }
    }
    wrong
}

/// Addresses of other machines, wherever they stand. XML's namespaces look like addresses and are names.
fn addresses(text: &str) -> Vec<String> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ')' | '<' | '>' | '\\');
    let mut wrong = Vec::new();
    for start in ["http://", "https://", "ws://", "wss://", "url(//", "url(\"//", "url('//"] {
        for (place, _) in text.match_indices(start) {
            let address = text[place..].split(is_end).next().unwrap_or_default();
            if !address.starts_with("http://www.w3.org/") {
                let address = text[place..].chars().take(60).take_while(|&c| c != '\n').collect::<String>();
                wrong.push(format!("the foreign address {address}"));
            }
        }
    }
    wrong
}
