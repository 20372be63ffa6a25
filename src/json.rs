//! Reading JSON records part by part.
//!
//! What serde derives for reading is a program of its own for each record, and together they would be a tenth of
//! the app. Here every record is read by the same few functions. Writing stays derived: it costs little.

use serde_json::{Map, Value};
use std::str::FromStr;

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadRecord {
    /// It is not JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// It is JSON, but this part is missing or is not what it must be.
    #[error("\"{0}\" is missing, or not what it must be")]
    Part(&'static str),
}

impl BadRecord {
    /// Whether the text breaks off before the record ends.
    pub fn is_cut_short(&self) -> bool {
        matches!(self, Self::Json(error) if error.is_eof())
    }
}

/// A JSON object whose parts are taken out one by one. Parts nobody asks for are passed over, and `null` stands
/// for an absent part.
pub struct Record(Map<String, Value>);

impl Record {
    /// Reads a text.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        Self::of(serde_json::from_str(text)?, "{}")
    }

    /// A value that must be an object; `name` says which.
    pub fn of(value: Value, name: &'static str) -> Result<Self, BadRecord> {
        match value {
            Value::Object(parts) => Ok(Self(parts)),
            _ => Err(BadRecord::Part(name)),
        }
    }

    /// Takes a part out, if it is there.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        // Leaves `null` behind, which is as good as absent, and spares the program the balancing of the tree.
        self.0.get_mut(name).map(Value::take).filter(|value| !value.is_null())
    }

    /// A text, if there is one.
    pub fn text_if_any(&mut self, name: &'static str) -> Result<Option<String>, BadRecord> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(BadRecord::Part(name)),
        }
    }

    /// A text.
    pub fn text(&mut self, name: &'static str) -> Result<String, BadRecord> {
        self.text_if_any(name)?.ok_or(BadRecord::Part(name))
    }

    /// A whole number that is not negative.
    pub fn number(&mut self, name: &'static str) -> Result<u64, BadRecord> {
        self.take(name).and_then(|value| value.as_u64()).ok_or(BadRecord::Part(name))
    }

    /// A whole number that is not negative, of the size it must fit into.
    pub fn small<T: TryFrom<u64>>(&mut self, name: &'static str) -> Result<T, BadRecord> {
        self.number(name)?.try_into().map_err(|_| BadRecord::Part(name))
    }

    /// A whole number.
    pub fn integer(&mut self, name: &'static str) -> Result<i64, BadRecord> {
        self.take(name).and_then(|value| value.as_i64()).ok_or(BadRecord::Part(name))
    }

    /// Yes or no; no where it is absent.
    pub fn flag(&mut self, name: &'static str) -> Result<bool, BadRecord> {
        match self.take(name) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or(BadRecord::Part(name)),
        }
    }

    /// An object within this one.
    pub fn record(&mut self, name: &'static str) -> Result<Self, BadRecord> {
        Self::of(self.take(name).unwrap_or_default(), name)
    }

    /// A list that must be there.
    pub fn list(&mut self, name: &'static str) -> Result<Vec<Value>, BadRecord> {
        match self.take(name) {
            Some(Value::Array(values)) => Ok(values),
            _ => Err(BadRecord::Part(name)),
        }
    }

    /// A list; empty where it is absent.
    pub fn list_if_any(&mut self, name: &'static str) -> Result<Vec<Value>, BadRecord> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => Ok(values),
            Some(_) => Err(BadRecord::Part(name)),
        }
    }

    /// What a text stands for: an id, a choice.
    pub fn parsed<T: FromStr>(&mut self, name: &'static str) -> Result<T, BadRecord> {
        parsed(&self.text(name)?, name)
    }

    /// What a text stands for, if there is one.
    pub fn parsed_if_any<T: FromStr>(&mut self, name: &'static str) -> Result<Option<T>, BadRecord> {
        self.text_if_any(name)?.map(|text| parsed(&text, name)).transpose()
    }

    /// All parts of a record from which none has been taken yet.
    pub fn all(self) -> Map<String, Value> {
        self.0
    }
}

/// What a text stands for.
pub fn parsed<T: FromStr>(text: &str, name: &'static str) -> Result<T, BadRecord> {
    text.parse().map_err(|_| BadRecord::Part(name))
}

/// The texts of a list.
pub fn texts(values: Vec<Value>, name: &'static str) -> Result<Vec<String>, BadRecord> {
    let mut texts = Vec::with_capacity(values.len());
    for value in values {
        let Value::String(text) = value else { return Err(BadRecord::Part(name)) };
        texts.push(text);
    }
    Ok(texts)
}

/// What the texts of a list stand for.
pub fn all_parsed<T: FromStr>(values: Vec<Value>, name: &'static str) -> Result<Vec<T>, BadRecord> {
    let mut all = Vec::with_capacity(values.len());
    for value in values {
        all.push(parsed(value.as_str().ok_or(BadRecord::Part(name))?, name)?);
    }
    Ok(all)
}

/// Each object of a list, read by `read`.
pub fn records<T>(
    values: Vec<Value>,
    name: &'static str,
    read: fn(Record) -> Result<T, BadRecord>,
) -> Result<Vec<T>, BadRecord> {
    let mut all = Vec::with_capacity(values.len());
    for value in values {
        all.push(read(Record::of(value, name)?)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record::parse(
            r#"{"words":"soup","size":7,"far":-7,"on":true,"none":null,"list":["a","b"],"in":{"x":"y"}}"#,
        )
        .unwrap()
    }

    #[test]
    fn parts_are_taken_as_what_they_must_be() {
        let mut record = record();
        assert_eq!(record.text("words").unwrap(), "soup");
        assert_eq!(record.small::<u32>("size").unwrap(), 7);
        assert_eq!(record.integer("far").unwrap(), -7);
        assert!(record.flag("on").unwrap());
        assert_eq!(texts(record.list("list").unwrap(), "list").unwrap(), ["a", "b"]);
        assert_eq!(record.record("in").unwrap().text("x").unwrap(), "y");
    }

    #[test]
    fn null_stands_for_an_absent_part() {
        let mut record = record();
        assert_eq!(record.text_if_any("none").unwrap(), None);
        assert_eq!(record.text_if_any("nowhere").unwrap(), None);
        assert!(!record.flag("none").unwrap());
        assert!(record.list_if_any("none").unwrap().is_empty());
        assert!(record.text("none").is_err());
    }

    #[test]
    fn a_part_of_another_sort_is_named() {
        let says = |error: BadRecord| error.to_string();
        assert!(says(record().text("size").unwrap_err()).contains("\"size\""));
        assert!(says(record().number("far").unwrap_err()).contains("\"far\""));
        assert!(says(record().flag("words").unwrap_err()).contains("\"words\""));
        assert!(says(record().list("words").unwrap_err()).contains("\"words\""));
        assert!(says(texts(vec![Value::Bool(true)], "list").unwrap_err()).contains("\"list\""));
        assert!(record().small::<u8>("far").is_err());
    }

    #[test]
    fn a_text_that_breaks_off_is_told_from_one_that_is_wrong() {
        assert!(Record::parse("{\"words\":\"so").is_err_and(|error| error.is_cut_short()));
        assert!(Record::parse("{\"words\" soup}").is_err_and(|error| !error.is_cut_short()));
        assert!(Record::parse("[1]").is_err_and(|error| !error.is_cut_short()));
    }
}
