//! Maps and sets in the order of their keys, in little code.
//!
//! The trees of the standard library are compiled once for every sort of key and value, and most of each is
//! balancing: together they were a twentieth of each program. Here a map is a list of sorted pieces, none of them long,
//! so that putting something in moves few things however much there is. What only a test needs may go on using trees.

use serde::{Serialize, Serializer};
use std::borrow::Borrow;
use std::iter::{Flatten, Map};
use std::vec;

/// Pieces longer than this are cut in two.
const PIECE: usize = 128;

/// Values by their keys, in the order of the keys.
#[derive(Clone, Debug)]
pub struct SortedMap<K, V> {
    /// Ascending, none of them empty.
    pieces: Vec<Vec<(K, V)>>,
}

impl<K, V> SortedMap<K, V> {
    /// An empty one.
    pub const fn new() -> Self {
        Self { pieces: Vec::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pieces.iter().map(Vec::len).sum()
    }

    /// Whether there is nothing.
    pub const fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// All keys with their values, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.pieces.iter().flatten().map(|(key, value)| (key, value))
    }

    /// All keys, ascending.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// All values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// The piece in which a key stands or would stand, and its place there.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> (usize, Result<usize, usize>)
    where
        K: Borrow<Q>,
    {
        let begins_before =
            |piece: &Vec<(K, V)>| piece.first().is_some_and(|(first, _)| first.borrow() <= key);
        let at = self.pieces.partition_point(begins_before).saturating_sub(1);
        let piece = self.pieces.get(at).map(Vec::as_slice).unwrap_or_default();
        (at, piece.binary_search_by(|(known, _)| known.borrow().cmp(key)))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (at, place) = self.find(key);
        self.pieces.get(at)?.get(place.ok()?).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (at, place) = self.find(key);
        self.pieces.get_mut(at)?.get_mut(place.ok()?).map(|(_, value)| value)
    }

    /// Whether a key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).1.is_ok()
    }

    /// Those from this key on, whether it is there or not.
    pub fn beginning_at<Q: Ord + ?Sized>(&self, key: &Q) -> impl Iterator<Item = (&K, &V)>
    where
        K: Borrow<Q>,
    {
        let (at, Ok(place) | Err(place)) = self.find(key);
        let pieces = self.pieces.get(at..).unwrap_or_default();
        pieces.iter().flatten().skip(place).map(|(key, value)| (key, value))
    }

    /// Gives a key a value, and says which it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (at, place) = self.find(&key);
        let Some(piece) = self.pieces.get_mut(at) else {
            self.pieces.push(vec![(key, value)]);
            return None;
        };
        match place {
            Ok(place) => piece.get_mut(place).map(|(_, old)| std::mem::replace(old, value)),
            Err(place) => {
                piece.insert(place, (key, value));
                if piece.len() > PIECE {
                    let rest = piece.split_off(PIECE / 2);
                    self.pieces.insert(at + 1, rest);
                }
                None
            }
        }
    }

    /// Changes the value of a key, from an empty one where it has none.
    pub fn change(&mut self, key: K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        let mut value = V::default();
        let place = self.get_mut(&key);
        let is_new = place.is_none();
        change(place.unwrap_or(&mut value));
        if is_new {
            self.insert(key, value);
        }
    }

    /// Takes a key out, and says which value it had.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (at, place) = self.find(key);
        let place = place.ok()?;
        let piece = self.pieces.get_mut(at)?;
        let (_, value) = piece.remove(place);
        if piece.is_empty() {
            self.pieces.remove(at);
        }
        Some(value)
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

// What is in them counts, not how it is cut into pieces.
impl<K: PartialEq, V: PartialEq> PartialEq for SortedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for SortedMap<K, V> {}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = Flatten<vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.pieces.into_iter().flatten()
    }
}

// As a JSON object.
impl<K: Serialize, V: Serialize> Serialize for SortedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, more: I) {
        for (key, value) in more {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(all: I) -> Self {
        let mut map = Self::new();
        map.extend(all);
        map
    }
}

/// Keys without values, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedSet<K>(SortedMap<K, ()>);

impl<K> SortedSet<K> {
    /// An empty one.
    pub const fn new() -> Self {
        Self(SortedMap::new())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, ascending.
    pub fn iter(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }

    /// Lets go of all.
    pub fn clear(&mut self) {
        self.0 = SortedMap::new();
    }
}

impl<K: Ord> SortedSet<K> {
    /// Whether it is there.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }

    /// Puts it in, and says whether it was new.
    pub fn insert(&mut self, key: K) -> bool {
        self.0.insert(key, ()).is_none()
    }

    /// Takes it out, and says whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.remove(key).is_some()
    }
}

impl<K> Default for SortedSet<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K> IntoIterator for SortedSet<K> {
    type Item = K;
    type IntoIter = Map<<SortedMap<K, ()> as IntoIterator>::IntoIter, fn((K, ())) -> K>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(key, ())| key)
    }
}

// As a JSON list.
impl<K: Serialize> Serialize for SortedSet<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<K: Ord> Extend<K> for SortedSet<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, more: I) {
        for key in more {
            self.insert(key);
        }
    }
}

impl<K: Ord> FromIterator<K> for SortedSet<K> {
    fn from_iter<I: IntoIterator<Item = K>>(all: I) -> Self {
        let mut set = Self::new();
        set.extend(all);
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::ops::Bound;

    /// Numbers that look random and are always the same.
    fn numbers(count: usize) -> impl Iterator<Item = u64> {
        let mut state = 7_u64;
        std::iter::repeat_with(move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        })
        .take(count)
    }

    /// The same done to a tree of the standard library and to a map of ours.
    #[test]
    fn a_map_is_what_a_tree_is_after_any_changes() {
        let (mut tree, mut map) = (BTreeMap::new(), SortedMap::new());
        for (turn, number) in numbers(20_000).enumerate() {
            let key = number % 3_000;
            match turn % 4 {
                0 | 1 => assert_eq!(map.insert(key, turn), tree.insert(key, turn)),
                2 => assert_eq!(map.remove(&key), tree.remove(&key)),
                _ => {
                    map.change(key, |value| *value += 1);
                    *tree.entry(key).or_default() += 1;
                }
            }
            assert_eq!(map.get(&key), tree.get(&key));
        }
        assert_eq!(map.len(), tree.len());
        assert!(map.iter().eq(tree.iter()));
        for start in [0, 1, 1_499, 2_999, 3_000] {
            let from = (Bound::Included(start), Bound::Unbounded);
            assert!(map.beginning_at(&start).eq(tree.range(from)), "from {start} on");
        }
    }

    #[test]
    fn no_piece_is_long_or_empty() {
        let mut map: SortedMap<u64, ()> = numbers(5_000).map(|key| (key, ())).collect();
        assert!(map.pieces.iter().all(|piece| (1..=PIECE).contains(&piece.len())));
        for key in numbers(5_000) {
            map.remove(&key);
            assert!(map.pieces.iter().all(|piece| !piece.is_empty()));
        }
        assert!(map.is_empty());
        assert_eq!(map.beginning_at(&0).count(), 0);
    }

    #[test]
    fn how_it_came_about_does_not_count() {
        let ascending: SortedSet<u64> = (0..1_000).collect();
        let descending: SortedSet<u64> = (0..1_000).rev().collect();
        assert_ne!(ascending.0.pieces.len(), 1);
        assert_eq!(ascending, descending);
        assert_ne!(ascending, (0..999).collect());
    }
}
