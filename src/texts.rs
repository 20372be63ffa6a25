//! The texts of the interface in one language, found by their numbers.
//!
//! A language is one text: a line that says which numbers its lines have (the mark of the build), and a line for each
//! number. English is built in, and any other language takes its place if it has the same mark and as many lines. In a
//! line a gap is a control character: the first gap is U+0001. A text that depends on a number has three lines, for one,
//! many and all others; an empty one stands for the last.

use std::fmt::{Display, Write};

/// Which form of a text a number asks for, as the line it has among those of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "1 entry".
    One,
    /// "un millón de entradas".
    Many,
    /// "2 entries".
    Other,
}

impl Form {
    /// The form of a category as `Intl.PluralRules` calls it.
    pub fn of(category: &str) -> Self {
        match category {
            "one" => Self::One,
            "many" => Self::Many,
            _ => Self::Other,
        }
    }
}

/// The texts of one language.
#[derive(Debug)]
pub struct Texts(Vec<&'static str>);

impl Texts {
    /// The texts that are built in.
    pub fn of(text: &'static str) -> Self {
        Self(text.split_terminator('\n').collect())
    }

    /// Another language's in place of these; none where it was made for another build, or breaks off.
    pub fn replaced(&self, text: &'static str) -> Option<Self> {
        let other = Self::of(text);
        let fits = other.0.len() == self.0.len() && other.0.first() == self.0.first() && text.ends_with('\n');
        fits.then_some(other)
    }

    /// The text of a number. Borrowed as it lies here, because that is one word to hand over, not two: there are as many
    /// places that ask as there are texts.
    pub fn text(&self, number: usize) -> &&'static str {
        self.0.get(number).unwrap_or(&"")
    }

    /// The form of the text that begins at this number.
    pub fn form(&self, number: usize, form: Form) -> &'static str {
        match *self.text(number + form as usize) {
            "" => self.text(number + Form::Other as usize),
            text => text,
        }
    }

    /// The text whose name in this list is the id. The names are those of the texts from `first` on, a line each.
    pub fn by_id(&self, first: usize, names: &str, id: &str) -> Option<&'static str> {
        let place = names.split('\n').position(|name| name == id && !id.is_empty())?;
        Some(self.text(first + place))
    }
}

/// A text with its gaps filled, in their order.
pub fn fill(text: &str, gaps: &[&dyn Display]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match gaps.get((letter as usize).wrapping_sub(1)) {
            // Only what is shown may refuse to be written, and nothing here does.
            Some(gap) => drop(write!(filled, "{gap}")),
            None => filled.push(letter),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "mark\nOpen\n1 day with \u{2}\n\n\u{1} days with \u{2}\nClose\n";
    const SPANISH: &str =
        "mark\nAbrir\n\u{1} día con \u{2}\n\u{1} de días con \u{2}\n\u{1} días con \u{2}\nCerrar\n";

    #[test]
    fn a_language_takes_the_place_of_english_if_it_was_made_for_the_same_build_and_is_whole() {
        let english = Texts::of(ENGLISH);
        let spanish = english.replaced(SPANISH).unwrap();
        assert_eq!((*english.text(1), *spanish.text(1)), ("Open", "Abrir"));
        assert_eq!((*english.text(5), *spanish.text(5)), ("Close", "Cerrar"));
        assert_eq!(*english.text(6), "");
        for wrong in ["", "mark\n", "other\na\nb\nc\nd\ne\n", "mark\na\nb\nc\nd\n", "mark\na\nb\nc\nd\ne"] {
            assert!(english.replaced(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn a_number_chooses_its_form_and_a_missing_one_is_that_of_all_others() {
        let [english, spanish] = [Texts::of(ENGLISH), Texts::of(SPANISH)];
        let said =
            |texts: &Texts, category: &str, n: u32| fill(texts.form(2, Form::of(category)), &[&n, &"Ana"]);
        assert_eq!(said(&english, "one", 1), "1 day with Ana");
        assert_eq!(said(&english, "many", 7), "7 days with Ana");
        assert_eq!(said(&english, "two", 2), "2 days with Ana");
        assert_eq!(said(&spanish, "one", 1), "1 día con Ana");
        assert_eq!(said(&spanish, "many", 1_000_000), "1000000 de días con Ana");
    }

    #[test]
    fn gaps_are_filled_wherever_they_stand_and_what_fills_them_is_not_looked_into() {
        assert_eq!(fill("\u{2}, \u{1} and \u{2}", &[&"\u{2}", &7]), "7, \u{2} and 7");
        assert_eq!(fill("añb\u{3}", &[&1]), "añb\u{3}");
    }

    #[test]
    fn a_text_is_found_by_its_name_in_its_section() {
        let texts = Texts::of("mark\nA\nB\nC\n");
        let names = "on-the-way\n\nhome";
        assert_eq!(texts.by_id(1, names, "home"), Some("C"));
        assert_eq!(texts.by_id(1, names, "on-the-way"), Some("A"));
        assert_eq!(texts.by_id(1, names, ""), None);
        assert_eq!(texts.by_id(1, names, "hom"), None);
    }
}
