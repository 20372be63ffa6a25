//! The languages the app is offered in, and which one suits a browser.

/// A language of the interface.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// How it is written in files and in `lang`, and what its folder in `content/` is called: a BCP 47 tag.
    pub id: &'static str,
    /// What it calls itself.
    pub name: &'static str,
    /// How dates are written where the browser names no country for it.
    pub dates: &'static str,
}

/// What is built in, and shown wherever another language cannot be.
pub const ENGLISH: &Language = &Language { id: "en", name: "English", dates: "en-GB" };

/// Every one, in the order in which they are offered.
pub const ALL: &[&Language] = &[ENGLISH, &Language { id: "es", name: "Español", dates: "es" }];

impl Language {
    /// The language with this id.
    pub fn from_id(id: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|language| language.id == id)
    }

    /// The language of a browser's tag, whatever the country: of "es-MX" Spanish.
    pub fn of_tag(tag: &str) -> Option<&'static Self> {
        Self::from_id(tag.split('-').next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_any_country_is_the_language_and_what_is_no_tag_is_none() {
        assert_eq!(Language::of_tag("es-419").map(|it| it.name), Some("Español"));
        assert_eq!(Language::of_tag("en"), Some(ENGLISH));
        for other in ["", "C", "est", "e", "de-ES", "es_ES"] {
            assert_eq!(Language::of_tag(other), None, "{other}");
        }
    }
}
