//! Reading TOML so that every wrong field of every entry is reported with its line, not only the first.
//!
//! An entry is read field by field. A field that was never asked for is unknown; one that was asked for and is
//! not there is missing; the rest is up to the types of `bothways::library`.

use super::source::{Problems, Source, Spot};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// Where the fields of an entry stand: `steps` the field, `steps.1` its second element, `changes.teen` a key.
#[derive(Clone)]
pub struct Lines {
    entry: Spot,
    fields: BTreeMap<String, usize>,
}

impl Lines {
    /// The line of a field, or of what it is part of, or of the entry.
    pub fn spot(&self, field: &str) -> Spot {
        let mut part = field;
        loop {
            if let Some(line) = self.fields.get(part) {
                return Spot { line: *line, ..self.entry.clone() };
            }
            match part.rsplit_once('.') {
                Some((outer, _)) => part = outer,
                None => return self.entry.clone(),
            }
        }
    }

    pub fn entry(&self) -> Spot {
        self.entry.clone()
    }

    /// Remembers the line of something that is not a TOML field.
    pub fn set(&mut self, field: String, line: usize) {
        self.fields.insert(field, line);
    }
}

/// Something that was read, and where its fields stand.
pub struct Placed<T> {
    pub item: T,
    pub lines: Lines,
}

/// The fields of one entry that have not been asked for yet.
pub struct Fields<'s, 'p> {
    source: &'s Source,
    table: DeTable<'s>,
    lines: Lines,
    problems: &'p mut Problems,
}

/// Parses a text that has the same bytes at the same offsets as the source, apart from what is not TOML.
/// `None` when it cannot be parsed; then all its syntax errors are reported.
pub fn parse<'s, 'p>(
    source: &'s Source,
    toml: &'s str,
    problems: &'p mut Problems,
) -> Option<Fields<'s, 'p>> {
    let (table, errors) = DeTable::parse_recoverable(toml);
    for error in &errors {
        let start = error.span().map_or(0, |span| span.start);
        problems.add(source.spot_at(start), one_line(error.message()));
    }
    let lines = Lines { entry: source.spot(1), fields: BTreeMap::new() };
    errors.is_empty().then(|| Fields { source, table: table.into_inner(), lines, problems })
}

impl<'s> Fields<'s, '_> {
    /// A field that must be there. `None` when it is missing or wrong, which is then reported.
    pub fn read<T: Deserialize<'s>>(&mut self, name: &str) -> Option<T> {
        let found = self.take(name);
        if found.is_none() {
            self.problems.add(self.lines.entry(), format!("`{name}` is missing"));
        }
        let (span, value) = found?;
        self.convert(name, span, value)
    }

    /// A field that may be absent, which means its default. `None` when it is wrong, which is then reported.
    pub fn read_or_default<T: Deserialize<'s> + Default>(&mut self, name: &str) -> Option<T> {
        match self.take(name) {
            Some((span, value)) => self.convert(name, span, value),
            None => Some(T::default()),
        }
    }

    /// The entries of a list of tables, such as `[[idea]]`, each through `read`; `None` for one that could not
    /// be read.
    pub fn entries<T>(&mut self, name: &str, read: impl Fn(Fields<'s, '_>) -> Option<T>) -> Vec<Option<T>> {
        let Some((key, value)) = self.take(name) else {
            return Vec::new();
        };
        let DeValue::Array(array) = value.into_inner() else {
            self.problems.add(self.source.spot_at(key.start), format!("`{name}` is written [[{name}]]"));
            return vec![None];
        };
        let mut entry = |value: Spanned<DeValue<'s>>| {
            let entry = self.source.spot_at(value.span().start);
            let DeValue::Table(table) = value.into_inner() else {
                self.problems.add(entry, format!("`{name}` is written [[{name}]]"));
                return None;
            };
            let lines = Lines { entry, fields: BTreeMap::new() };
            read(Fields { source: self.source, table, lines, problems: self.problems })
        };
        array.into_iter().map(&mut entry).collect()
    }

    /// Reports what was never asked for.
    pub fn finish(self) -> Lines {
        for (key, _) in &self.table {
            let spot = self.source.spot_at(key.span().start);
            self.problems.add(spot, format!("`{}` is not a field of this", key.get_ref()));
        }
        self.lines
    }

    fn take(&mut self, name: &str) -> Option<(Range<usize>, Spanned<DeValue<'s>>)> {
        let (key, value) = self.table.remove_entry(name)?;
        Some((key.span(), value))
    }

    fn convert<T: Deserialize<'s>>(
        &mut self,
        name: &str,
        key: Range<usize>,
        value: Spanned<DeValue<'s>>,
    ) -> Option<T> {
        self.lines.set(name.to_owned(), self.source.line_at(key.start));
        match value.get_ref() {
            DeValue::Array(array) => {
                for (at, element) in array.iter().enumerate() {
                    self.lines.set(format!("{name}.{at}"), self.source.line_at(element.span().start));
                }
            }
            DeValue::Table(table) => {
                for (key, _) in table {
                    let line = self.source.line_at(key.span().start);
                    self.lines.set(format!("{name}.{}", key.get_ref()), line);
                }
            }
            _ => {}
        }
        T::deserialize(ValueDeserializer::from(value))
            .map_err(|error| {
                let start = error.span().map_or(key.start, |span| span.start);
                self.problems
                    .add(self.source.spot_at(start), format!("`{name}`: {}", one_line(error.message())));
            })
            .ok()
    }
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
