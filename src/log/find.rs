//! Finding entries by their words, while somebody types.
//!
//! A [`Finder`] is made from entries one by one, in any order, and kept in memory: a search then looks at the words
//! people used, not at the entries, so that a keystroke costs about the same however long the log is.

use super::Millis;
use crate::ids::EntryId;
use crate::library::words::words;
use crate::sorted::SortedMap;

/// Words of a query that are looked at.
const QUERY_WORDS: usize = 8;

/// The words of a log.
#[derive(Default)]
pub struct Finder {
    entries: Vec<(Millis, EntryId, bool)>,
    places: SortedMap<EntryId, usize>,
    words: SortedMap<String, Vec<u32>>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// The newest of them, newest first.
    pub newest: Vec<EntryId>,
    /// How many there are in all.
    pub count: usize,
}

impl Finder {
    /// Takes an entry in, in place of what was known of it.
    pub fn add(&mut self, entry: EntryId, order: Millis, text: &str) {
        self.remove(&entry);
        let place = self.entries.len();
        self.entries.push((order, entry, true));
        self.places.insert(entry, place);
        for word in words(text) {
            self.words.change(word.folded, |list| {
                // Several of one word in one entry follow each other.
                if list.last() != Some(&(place as u32)) {
                    list.push(place as u32);
                }
            });
        }
    }

    /// Forgets an entry. Its words stay in the lists until the next start, in memory only, and find nothing.
    pub fn remove(&mut self, entry: &EntryId) {
        if let Some((_, _, is_there)) = self.places.get(entry).and_then(|place| self.entries.get_mut(*place))
        {
            *is_there = false;
        }
    }

    /// The entries in which every word of the query occurs, each as the beginning of a word.
    pub fn find(&self, query: &str, limit: usize) -> Matches {
        let mut asked = words(query);
        asked.truncate(QUERY_WORDS);
        // How many of the query's words each entry has had, each counted once.
        let mut hits = vec![0_u8; self.entries.len()];
        for (before, word) in (0_u8..).zip(&asked) {
            let places = self
                .words
                .beginning_at(word.folded.as_str())
                .take_while(|(known, _)| known.starts_with(&word.folded))
                .flat_map(|(_, places)| places);
            for place in places {
                if let Some(hits) = hits.get_mut(*place as usize).filter(|hits| **hits == before) {
                    *hits += 1;
                }
            }
        }
        let found = hits
            .iter()
            .zip(&self.entries)
            .filter(|(hits, (_, _, is_there))| *is_there && usize::from(**hits) == asked.len())
            .map(|(_, (order, entry, _))| (*order, *entry));
        // Of thousands only a few are shown: each is put in its place among the newest so far, or passed over.
        let (mut newest, mut count) = (Vec::<(Millis, EntryId)>::new(), 0);
        for one in found {
            count += 1;
            let place = newest.partition_point(|other| *other > one);
            if place < limit {
                newest.insert(place, one);
                newest.truncate(limit);
            }
        }
        Matches { newest: newest.into_iter().map(|(_, entry)| entry).collect(), count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> EntryId {
        EntryId::from_bytes([number; 16])
    }

    fn finder() -> Finder {
        let mut finder = Finder::default();
        finder.add(id(1), 10, "Leek soup, and more leeks");
        finder.add(id(2), 30, "Soup again");
        finder.add(id(3), 20, "A walk to the sea");
        finder
    }

    #[test]
    fn every_word_must_occur_as_the_beginning_of_a_word() {
        assert_eq!(finder().find("sou", 9), Matches { newest: vec![id(2), id(1)], count: 2 });
        assert_eq!(finder().find("soup lee", 9).newest, [id(1)]);
        assert_eq!(finder().find("oup", 9).count, 0);
        assert_eq!(finder().find("soup soup", 9).count, 2);
    }

    #[test]
    fn the_newest_come_first_and_all_are_counted() {
        assert_eq!(finder().find("a", 1), Matches { newest: vec![id(2)], count: 3 });
    }

    #[test]
    fn a_changed_entry_is_found_by_its_new_words_only() {
        let mut finder = finder();
        finder.add(id(1), 10, "Bread");
        assert_eq!(finder.find("leek", 9).count, 0);
        assert_eq!(finder.find("bread", 9).newest, [id(1)]);
        finder.remove(&id(1));
        assert_eq!(finder.find("bread", 9).count, 0);
    }
}
