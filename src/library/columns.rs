//! Tables as text, a column a line: what is alike stands together, which is what a packer looks for, and reading is
//! cutting at marks, which takes little code and little time.
//!
//! Of five things with a name and a number, the five names are one line and the five numbers the next. The marks are
//! control characters that no text a person reads has; a line is ended by a line feed. Whoever writes a table and
//! whoever reads it agree on the order of its columns, and how many there are.

use std::slice;
use std::str::{FromStr, Split};

/// Between the cells of a column.
const CELL: char = '\u{1f}';
/// Between the items of a cell.
const ITEM: char = '\u{1e}';
/// The letter of the first of a closed set of choices; the others follow it.
const FIRST: u8 = b'a';

/// The lines of a text, one after the other. Whatever is missing or is not what it must be is `None`.
pub struct Lines<'a>(Split<'a, char>);

impl<'a> Lines<'a> {
    /// The lines of a text, whose last one must have its end: so it is seen when a text breaks off within it.
    pub fn of(text: &'a str) -> Option<Self> {
        text.strip_suffix('\n').map(|lines| Self(lines.split('\n')))
    }

    /// The next line.
    pub fn line(&mut self) -> Option<&'a str> {
        self.0.next()
    }

    /// Passes over the next line if it says this.
    pub fn heading(&mut self, name: &str) -> Option<()> {
        (self.line()? == name).then_some(())
    }

    /// Whether there is nothing more.
    pub fn end(&mut self) -> Option<()> {
        self.line().is_none().then_some(())
    }

    /// A table of so many columns, each of its rows through `read`.
    pub fn table<T>(&mut self, columns: usize, read: fn(&mut Row<'_, 'a>) -> Option<T>) -> Option<Vec<T>> {
        let (rows, mut columns) = self.columns(columns)?;
        let mut things = Vec::with_capacity(rows);
        for _ in 0..rows {
            things.push(read(&mut Row(columns.iter_mut()))?);
        }
        Some(things)
    }

    /// The columns of a table, all equally long, and how long. The cells of the first are never empty.
    fn columns(&mut self, count: usize) -> Option<(usize, Vec<Split<'a, char>>)> {
        let mut columns = Vec::with_capacity(count);
        let mut rows = None;
        for _ in 0..count {
            let line = self.line()?;
            let cells = line.split(CELL).count();
            let rows = *rows.get_or_insert(if line.is_empty() { 0 } else { cells });
            if rows != cells && !(rows == 0 && line.is_empty()) {
                return None;
            }
            columns.push(line.split(CELL));
        }
        Some((rows?, columns))
    }
}

/// The cells of a row, taken in the order of the columns. What may fail is best read before what is kept as text: then
/// there is nothing to be put away, and the program is smaller.
pub struct Row<'r, 'a>(slice::IterMut<'r, Split<'a, char>>);

impl<'a> Row<'_, 'a> {
    /// The next cell. Every row has all its cells: that was seen to before it is read.
    fn cell(&mut self) -> &'a str {
        self.0.next().and_then(Iterator::next).unwrap_or_default()
    }

    /// The next cell as a text to keep.
    pub fn text(&mut self) -> String {
        self.cell().to_owned()
    }

    /// What the next cell stands for: an id, a number.
    pub fn parsed<T: FromStr>(&mut self) -> Option<T> {
        self.cell().parse().ok()
    }

    /// One of a closed set.
    pub fn choice<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let cell = self.cell();
        let [letter] = cell.as_bytes() else { return None };
        chosen(*letter, all)
    }

    /// Any of a closed set, as many as there are.
    pub fn choices<T: Copy>(&mut self, all: &[T]) -> Option<Vec<T>> {
        let cell = self.cell();
        let mut some = Vec::with_capacity(cell.len());
        for letter in cell.bytes() {
            some.push(chosen(letter, all)?);
        }
        Some(some)
    }

    /// The items of the next cell, each through `read`.
    pub fn items<T>(&mut self, read: fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let cell = self.cell();
        let mut things = Vec::new();
        if !cell.is_empty() {
            for item in cell.split(ITEM) {
                things.push(read(item)?);
            }
        }
        Some(things)
    }

    /// The items of the next cell as texts.
    pub fn texts(&mut self) -> Vec<String> {
        self.items(|item| Some(item.to_owned())).unwrap_or_default()
    }
}

/// What a letter stands for in a closed set.
pub fn chosen<T: Copy>(letter: u8, all: &[T]) -> Option<T> {
    all.get(usize::from(letter.wrapping_sub(FIRST))).copied()
}

/// The letters of these among all of a closed set.
pub fn letters<T: PartialEq>(some: &[T], all: &[T]) -> String {
    let places = some.iter().filter_map(|one| all.iter().position(|other| other == one));
    places.filter_map(|place| u8::try_from(place).ok()).map(|place| char::from(FIRST + place)).collect()
}

/// Several texts as one cell.
pub fn items<T: ToString>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(&ITEM.to_string())
}

/// A text of lines and tables being written.
#[derive(Default)]
pub struct Written(String);

impl Written {
    /// Adds a line.
    pub fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// Adds a table: of each thing the cells of its row.
    pub fn table<T, const COLUMNS: usize>(&mut self, things: &[T], row: fn(&T) -> [String; COLUMNS]) {
        let mut columns = [(); COLUMNS].map(|()| Vec::new());
        for thing in things {
            columns.iter_mut().zip(row(thing)).for_each(|(column, cell)| column.push(cell));
        }
        columns.iter().for_each(|column| self.line(&column.join(&CELL.to_string())));
    }

    /// All of it.
    pub fn text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: &[&str] = &["sour", "sweet", "bitter"];

    type Fruit = (String, u16, Vec<&'static str>, Vec<String>);

    fn row((name, weight, kinds, notes): &Fruit) -> [String; 4] {
        [name.clone(), weight.to_string(), letters(kinds, KINDS), items(notes)]
    }

    fn read(row: &mut Row<'_, '_>) -> Option<Fruit> {
        Some((row.text(), row.parsed()?, row.choices(KINDS)?, row.texts()))
    }

    fn table(text: &str) -> Option<Vec<Fruit>> {
        let mut lines = Lines::of(text)?;
        let fruit = lines.table(4, read)?;
        lines.end()?;
        Some(fruit)
    }

    #[test]
    fn a_table_comes_back_as_it_was() {
        let plum = ("plum".to_owned(), 30, vec!["sweet", "sour"], vec!["ripe".to_owned(), "blue".to_owned()]);
        let lemon = ("lemon".to_owned(), 90, vec![], vec![]);
        for fruit in [vec![], vec![lemon.clone()], vec![plum, lemon]] {
            let mut written = Written::default();
            written.table(&fruit, row);
            assert_eq!(table(&written.text()), Some(fruit));
        }
    }

    #[test]
    fn what_is_not_a_table_is_none() {
        assert!(table("plum\n30\nb\nripe\n").is_some());
        for bad in [
            "",
            "plum\n30\nb\n",
            "plum\n30\nb\nripe",
            "plum\n30\nb\nripe\n\n",
            "plum\nheavy\nb\nripe\n",
            "plum\n70000\nb\nripe\n",
            "plum\n30\nd\nripe\n",
            "plum\n30\nB\nripe\n",
            "plum\n30\n\u{e9}\nripe\n",
            "plum\n30\u{1f}90\nb\nripe\n",
            "plum\u{1f}lemon\n30\nb\nripe\n",
            "\n30\n\n\n",
        ] {
            assert!(table(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn one_choice_is_one_letter() {
        let choice = |text| Lines::of(text)?.table(1, |row| row.choice(KINDS));
        assert_eq!(choice("b\u{1f}a\n"), Some(vec!["sweet", "sour"]));
        assert_eq!(choice("ba\n"), None);
        assert_eq!(choice("b\u{1f}\n"), None);
    }
}
