//! The rescue file: everything the phone keeps, record by record, as the page saves it that needs no program
//! (`public/rescue.js`). `docs/format.md` describes it. Read line by line, since photos make it long; what it brings is
//! then made into a backup and restored as one, so nothing of it is believed that a backup would not be.

use super::part::Unopened;
use crate::caps;
use base64ct::{Base64, Encoding as _};
use serde_json::Value;

/// How a rescue file begins.
pub const HEAD: &str = "{\"bothways\":\"rescue\"";
/// The newest format this program reads.
const FORMAT: u64 = 1;
/// The stores whose records are read. What else there is, can be made from them.
const STORES: [&str; 7] = ["home", "drawer", "photos", "revisions", "bodies", "links", "lines"];

/// A record as it lay in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its store.
    pub store: &'static str,
    /// Its key.
    pub key: String,
    /// What is there.
    pub content: Content,
}

/// What is under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Where one is in a rescue file.
#[derive(Debug, Default)]
pub struct Reader {
    has_begun: bool,
    records: usize,
    is_whole: bool,
}

impl Reader {
    /// Reads the next line; none where it says nothing that is needed.
    ///
    /// # Errors
    /// Where the file is no rescue file, or cannot be one from here on.
    pub fn line(&mut self, line: &str) -> Result<Option<Saved>, Unopened> {
        if line.len() > caps::RESCUE_LINE_BYTES || self.records > caps::RESCUE_RECORDS {
            return Err(Unopened::TooLarge);
        }
        if !self.has_begun {
            return self.begin(line).map(|()| None);
        }
        if self.is_whole {
            return Err(Unopened::Damaged);
        }
        let parts: Vec<Value> = serde_json::from_str(line).map_err(|_| Unopened::Damaged)?;
        let mut parts = parts.into_iter();
        let first = text(parts.next())?;
        if first == "end" {
            let counted = parts.next().and_then(|count| count.as_u64());
            self.is_whole = counted == u64::try_from(self.records).ok();
            return if self.is_whole { Ok(None) } else { Err(Unopened::Damaged) };
        }
        self.records += 1;
        let (key, words) = (text(parts.next())?, text(parts.next())?);
        let Some(store) = STORES.into_iter().find(|store| *store == first) else { return Ok(None) };
        let content = match parts.next() {
            None => Content::Text(words),
            bytes => Content::Bytes(Base64::decode_vec(&text(bytes)?).map_err(|_| Unopened::Damaged)?),
        };
        Ok(Some(Saved { store, key, content }))
    }

    fn begin(&mut self, line: &str) -> Result<(), Unopened> {
        let head: Value = serde_json::from_str(line).map_err(|_| Unopened::NotABackup)?;
        if head.get("bothways").and_then(Value::as_str) != Some("rescue") {
            return Err(Unopened::NotABackup);
        }
        match head.get("format").and_then(Value::as_u64) {
            Some(1..=FORMAT) => {}
            Some(_) => return Err(Unopened::Newer),
            None => return Err(Unopened::Damaged),
        }
        self.has_begun = true;
        Ok(())
    }

    /// Whether all of it has come.
    ///
    /// # Errors
    /// Where the end is missing.
    pub fn end(self) -> Result<(), Unopened> {
        if self.is_whole { Ok(()) } else { Err(Unopened::Truncated) }
    }
}

fn text(value: Option<Value>) -> Result<String, Unopened> {
    match value {
        Some(Value::String(text)) => Ok(text),
        _ => Err(Unopened::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: [&str; 5] = [
        "{\"bothways\":\"rescue\",\"format\":1,\"made\":5}",
        "[\"home\",\"home\",\"{}\"]",
        "[\"photos\",\"o/photo/h\",\"\",\"AQID\"]",
        "[\"index\",\"o/row\",\"x\"]",
        "[\"end\",3]",
    ];

    fn read(lines: &[&str]) -> Result<Vec<Saved>, Unopened> {
        let mut reader = Reader::default();
        let mut all = Vec::new();
        for line in lines {
            all.extend(reader.line(line)?);
        }
        reader.end().map(|()| all)
    }

    fn saved(store: &'static str, key: &str, content: Content) -> Saved {
        Saved { store, key: key.into(), content }
    }

    #[test]
    fn its_records_come_back_and_what_can_be_made_anew_is_passed_over() {
        assert!(FILE[0].starts_with(HEAD));
        let expected = vec![
            saved("home", "home", Content::Text("{}".into())),
            saved("photos", "o/photo/h", Content::Bytes(vec![1, 2, 3])),
        ];
        assert_eq!(read(&FILE), Ok(expected));
    }

    #[test]
    fn one_that_is_cut_off_or_changed_is_told() {
        for kept in 1..FILE.len() {
            assert_eq!(read(&FILE[..kept]), Err(Unopened::Truncated));
        }
        let with = |at: usize, line| {
            let mut lines = FILE;
            lines[at] = line;
            read(&lines)
        };
        assert_eq!(with(2, "[\"end\",1]"), Err(Unopened::Damaged), "something follows the end");
        assert_eq!(with(4, "[\"end\",4]"), Err(Unopened::Damaged), "a line is missing");
        assert_eq!(with(2, "[\"photos\",\"k\",\"\",\"?\"]"), Err(Unopened::Damaged));
        assert_eq!(with(2, "[\"photos\",1,\"\"]"), Err(Unopened::Damaged));
        assert_eq!(with(1, "not json"), Err(Unopened::Damaged));
    }

    #[test]
    fn what_is_no_rescue_file_or_a_newer_one_is_told_from_it() {
        assert_eq!(read(&["-----BEGIN AGE ENCRYPTED FILE-----"]), Err(Unopened::NotABackup));
        assert_eq!(read(&["{\"format\":1}"]), Err(Unopened::NotABackup));
        assert_eq!(read(&["{\"bothways\":\"rescue\",\"format\":2}"]), Err(Unopened::Newer));
        let long = format!("[\"home\",\"home\",\"{}\"]", "x".repeat(caps::RESCUE_LINE_BYTES));
        assert_eq!(read(&[FILE[0], &long]), Err(Unopened::TooLarge));
    }
}
