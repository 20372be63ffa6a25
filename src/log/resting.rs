//! What somebody lets rest for a while: a time, a person, a word. Memories of it do not come up by themselves on this
//! phone; everything stays where it is, and can be found.

use super::Millis;
use super::kinds::{Content, Telling};
use super::view::EntryView;
use crate::caps;
use crate::json::{BadRecord, Record, records};
use crate::library::words::words;
use serde_json::{Value, json};

/// What is let rest on one phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resting {
    /// Times whose memories rest.
    pub times: Vec<Time>,
    /// Names and words: what mentions them rests.
    pub words: Vec<String>,
}

/// A time that rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its first instant.
    pub from: Millis,
    /// The first instant after it.
    pub to: Millis,
    /// When it has rested long enough; never, where none is said.
    pub until: Option<Millis>,
}

impl Time {
    /// Whether it still rests.
    pub fn lasts(&self, now: Millis) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

impl Resting {
    /// Whether a memory is not to come up now.
    pub fn covers(&self, entry: &EntryView, now: Millis) -> bool {
        let is_then = |time: &Time| time.lasts(now) && (time.from..time.to).contains(&entry.order);
        self.times.iter().any(is_then) || self.words.iter().any(|word| mentions(entry, word))
    }

    /// Lets a name or a word rest. False where there is nothing in it, it is too long, or there are too many.
    pub fn add_word(&mut self, word: &str) -> bool {
        let word = word.trim();
        let fits = !words(word).is_empty()
            && word.chars().count() <= caps::NAME_CHARS
            && self.words.len() < caps::RESTING;
        if fits && !self.words.iter().any(|known| known == word) {
            self.words.push(word.to_owned());
        }
        fits
    }

    /// Lets a time rest. False where it ends before it begins, or there are too many.
    pub fn add_time(&mut self, time: Time) -> bool {
        let fits = time.from < time.to && self.times.len() < caps::RESTING;
        if fits && !self.times.contains(&time) {
            self.times.push(time);
        }
        fits
    }

    /// The text that is kept on this phone.
    pub fn to_text(&self) -> String {
        let times: Vec<Value> = self
            .times
            .iter()
            .map(|time| json!({ "from": time.from, "to": time.to, "until": time.until }))
            .collect();
        json!({ "times": times, "words": self.words }).to_string()
    }

    /// Reads such a text. What is too much in it is left out.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        let mut parts = Record::parse(text)?;
        let (Some(Value::Array(times)), Some(Value::Array(words))) =
            (parts.take("times"), parts.take("words"))
        else {
            return Err(BadRecord::Part("{}"));
        };
        let mut resting = Self::default();
        let time = |mut parts: Record| {
            let until = match parts.take("until") {
                None => None,
                Some(until) => Some(until.as_i64().ok_or(BadRecord::Part("until"))?),
            };
            Ok(Time { from: parts.integer("from")?, to: parts.integer("to")?, until })
        };
        for time in records(times, "times", time)? {
            resting.add_time(time);
        }
        for word in words {
            resting.add_word(word.as_str().ok_or(BadRecord::Part("words"))?);
        }
        Ok(resting)
    }
}

/// Whether everything of a name occurs in an entry, as whole words.
fn mentions(entry: &EntryView, name: &str) -> bool {
    let mut texts = Vec::new();
    let tellings =
        entry.versions.iter().filter_map(|version| version.content.as_ref().and_then(Content::telling));
    for Telling { words, parts, feeling, .. } in tellings {
        texts.push(words.as_str());
        texts.extend(parts.iter().map(|(_, text)| text.as_str()));
        texts.extend(feeling.as_ref().map(|feeling| feeling.as_str()));
    }
    let there: Vec<_> = texts.iter().flat_map(|text| words(text)).collect();
    words(name).iter().all(|asked| there.iter().any(|word| word.folded == asked.folded))
}

#[cfg(test)]
mod tests {
    use super::super::body::When;
    use super::super::revision::Member;
    use super::super::view::Version;
    use super::*;
    use crate::ids::{EntryId, RevisionId};

    fn entry(order: Millis, said: &str) -> EntryView {
        let telling = Telling { words: said.into(), ..Telling::default() };
        let version = Version {
            revision: RevisionId::from_bytes([1; 32]),
            member: Member::Son,
            when: None,
            content: Some(Content::Told(telling)),
        };
        EntryView {
            id: EntryId::from_bytes([1; 16]),
            member: Member::Son,
            when: When { at: order, zone: 0 },
            clock_ahead: false,
            order,
            edited: false,
            incomplete: false,
            published: false,
            seal: None,
            versions: vec![version],
        }
    }

    #[test]
    fn a_time_rests_from_its_first_to_its_last_instant_and_until_its_day() {
        let mut resting = Resting::default();
        assert!(resting.add_time(Time { from: 10, to: 20, until: Some(100) }));
        for (order, rests) in [(9, false), (10, true), (19, true), (20, false)] {
            assert_eq!(resting.covers(&entry(order, "soup"), 99), rests, "{order}");
        }
        assert!(!resting.covers(&entry(15, "soup"), 100));
        resting.add_time(Time { from: 10, to: 20, until: None });
        assert!(resting.covers(&entry(15, "soup"), i64::MAX));
        assert!(!resting.add_time(Time { from: 20, to: 20, until: None }));
    }

    #[test]
    fn a_name_rests_wherever_it_is_said_and_only_as_a_whole_word() {
        let mut resting = Resting::default();
        assert!(resting.add_word("  Uncle José "));
        assert!(resting.covers(&entry(1, "With uncle Jose, at the lake"), 0));
        assert!(!resting.covers(&entry(1, "With our uncle"), 0));
        assert!(!resting.covers(&entry(1, "Uncle Josephine"), 0));
        assert!(!resting.add_word(" ... "));
        assert!(!resting.add_word(&"a".repeat(caps::NAME_CHARS + 1)));
    }

    #[test]
    fn what_rests_is_read_as_it_was_kept_and_nothing_else_is() {
        let mut resting = Resting::default();
        resting.add_word("Ben");
        resting.add_time(Time { from: -5, to: 20, until: None });
        resting.add_time(Time { from: 5, to: 20, until: Some(7) });
        assert_eq!(Resting::parse(&resting.to_text()).unwrap(), resting);
        for text in ["", "[]", "{}", r#"{"times":[],"words":[7]}"#, r#"{"times":[{"from":1}],"words":[]}"#] {
            assert!(Resting::parse(text).is_err(), "{text}");
        }
        let many: Vec<String> = (0..caps::RESTING + 5).map(|n| format!("name{n}")).collect();
        let read = Resting::parse(&json!({ "times": [], "words": many }).to_string()).unwrap();
        assert_eq!(read.words.len(), caps::RESTING);
    }
}
