//! How a log is kept: which record stands under which key.
//!
//! The log itself is four tables: revisions, bodies, links, lines of a newer version. Beside them stands the
//! *index*: what can be derived from an entry's revisions and is needed without reading the log. It is what makes
//! opening cost the same at a hundred entries and at twenty thousand, and it can be made anew at any time.
//!
//! Everything an act touches is one entry's thread, so an act reads a *slice* of the log: a [`LogSet`] with only
//! those entries in it. [`change`] turns its [`Delta`] into records to put and keys to delete, for one transaction.

use super::body::Body;
use super::chain::Link;
use super::kinds::{Content, Kind};
use super::revision::{Member, Revision};
use super::set::{Delta, Held, LogSet};
use super::view::{EntryView, is_told};
use super::{Millis, view};
use crate::ids::{BodyHash, DeviceId, EntryId, LinkHash, RevisionId, labelled_hash};
use crate::json::{BadRecord, Record};
use crate::sorted::{SortedMap, SortedSet};
use serde::Serialize;

/// A table of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// `entry/revision`: when it was seen, and its header.
    Revisions,
    /// `entry/body`: the body's text.
    Bodies,
    /// `device/number/link`: the link.
    Links,
    /// `hash`: a line of a newer version's swap file.
    Lines,
    /// What is derived: see [`index_of`].
    Index,
}

/// What is stored for one change, in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Records to put, by table and key.
    pub puts: Vec<(Table, String, String)>,
    /// Keys to delete.
    pub deletes: Vec<(Table, String)>,
}

impl Change {
    /// Whether there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.deletes.is_empty()
    }

    /// Both changes as one.
    pub fn and(&mut self, other: Self) {
        self.puts.extend(other.puts);
        self.deletes.extend(other.deletes);
    }

    /// Whether anything of the index under this head changes.
    pub fn touches(&self, head: &str) -> bool {
        let puts = self.puts.iter().map(|(table, key, _)| (table, key));
        puts.chain(self.deletes.iter().map(|(table, key)| (table, key)))
            .any(|(table, key)| *table == Table::Index && key.starts_with(head))
    }

    /// How many keys of the index there are more under this head afterwards; fewer, if negative. For heads whose
    /// records have no value, so that whatever is put is new.
    pub fn balance(&self, head: &str) -> isize {
        let under = |table: &Table, key: &str| *table == Table::Index && key.starts_with(head);
        let more = self.puts.iter().filter(|(table, key, _)| under(table, key)).count();
        let fewer = self.deletes.iter().filter(|(table, key)| under(table, key)).count();
        more.cast_signed() - fewer.cast_signed()
    }
}

#[derive(Serialize)]
struct RevisionRecord<'a> {
    seen: Millis,
    header: &'a str,
}

#[derive(Serialize)]
struct LinkRecord {
    device: DeviceId,
    seq: u64,
    previous: Option<LinkHash>,
    revision: RevisionId,
}

/// The records of a change. `slice` must hold every entry the delta touches, as it was before.
pub fn change(slice: &LogSet, delta: &Delta) -> Change {
    let mut change = Change::default();
    let mut after = slice.clone();
    after.apply(delta.clone());
    let homes = homes_of_bodies(slice, &after);
    let body_keys =
        |hash: &BodyHash| homes_of(&homes, hash).map(|entry| format!("{entry}/{hash}")).collect::<Vec<_>>();
    for held in &delta.revisions {
        let record = RevisionRecord { seen: held.seen, header: held.revision.text() };
        // Structs of plain fields are always written.
        let text = serde_json::to_string(&record).unwrap_or_default();
        change.puts.push((Table::Revisions, revision_key(&held.revision), text));
    }
    for (hash, text) in &delta.bodies {
        change.puts.extend(body_keys(hash).into_iter().map(|key| (Table::Bodies, key, text.to_string())));
    }
    for link in &delta.links {
        let Link { device, seq, previous, revision } = *link;
        let text = serde_json::to_string(&LinkRecord { device, seq, previous, revision }).unwrap_or_default();
        change.puts.push((Table::Links, link_key(link), text));
    }
    for line in &delta.unknown_lines {
        change.puts.push((Table::Lines, line_key(line), line.to_string()));
    }
    for hash in &delta.forget_bodies {
        change.deletes.extend(body_keys(hash).into_iter().map(|key| (Table::Bodies, key)));
    }
    for id in &delta.forget_revisions {
        change
            .deletes
            .extend(slice.revision(id).map(|held| (Table::Revisions, revision_key(&held.revision))));
    }
    for link in &delta.forget_links {
        change.deletes.push((Table::Links, link_key(link)));
    }
    for line in &delta.forget_lines {
        change.deletes.push((Table::Lines, line_key(line)));
    }
    for entry in touched(slice, &after, delta, &homes).iter() {
        compare(&index_of(slice, entry), index_of(&after, entry), &mut change);
    }
    change
}

fn revision_key(revision: &Revision) -> String {
    format!("{}/{}", revision.header().entry, revision.id())
}

fn line_key(line: &str) -> String {
    BodyHash::from_bytes(labelled_hash("bothways/line/1", &[line.as_bytes()])).to_string()
}

/// The key of a link: in the order of the chain.
pub fn link_key(link: &Link) -> String {
    link_key_of(&link.device, link.seq, &link.hash())
}

/// The key of a link of which this much is known.
pub fn link_key_of(device: &DeviceId, seq: u64, hash: &LinkHash) -> String {
    format!("{device}/{seq:016x}/{hash}")
}

/// Which entries each body belongs to. A body is kept with each entry that names it: an honest phone never writes one
/// twice, but a forged file may, and must not take an entry's words to another's place.
type Homes = SortedMap<BodyHash, SortedSet<EntryId>>;

fn homes_of_bodies(before: &LogSet, after: &LogSet) -> Homes {
    let mut homes = Homes::new();
    for header in before.revisions().chain(after.revisions()).map(|held| held.revision.header()) {
        homes.change(header.body, |entries| {
            entries.insert(header.entry);
        });
    }
    homes
}

fn homes_of(homes: &Homes, hash: &BodyHash) -> impl Iterator<Item = EntryId> {
    homes.get(hash).into_iter().flat_map(SortedSet::iter).copied()
}

fn touched(before: &LogSet, after: &LogSet, delta: &Delta, homes: &Homes) -> SortedSet<EntryId> {
    let mut touched = SortedSet::new();
    let entry_of = |id: &RevisionId| {
        before.revision(id).or_else(|| after.revision(id)).map(|h| h.revision.header().entry)
    };
    touched.extend(delta.revisions.iter().map(|held| held.revision.header().entry));
    touched.extend(delta.forget_revisions.iter().filter_map(entry_of));
    touched.extend(delta.links.iter().filter_map(|link| entry_of(&link.revision)));
    let bodies = delta.bodies.iter().map(|(hash, _)| hash).chain(&delta.forget_bodies);
    touched.extend(bodies.flat_map(|hash| homes_of(homes, hash)));
    touched
}

/// What of the index goes and what comes, between two lists in the order of their keys.
fn compare(before: &SortedMap<String, String>, after: SortedMap<String, String>, change: &mut Change) {
    for key in before.keys().filter(|key| !after.contains_key(*key)) {
        change.deletes.push((Table::Index, key.clone()));
    }
    for (key, value) in after {
        if before.get(&key) != Some(&value) {
            change.puts.push((Table::Index, key, value));
        }
    }
}

/// Heads of the index's keys.
pub mod head {
    /// `row/<order>/<entry>`: the timeline, newest first.
    pub const ROW: &str = "row/";
    /// `waits/<entry>`: a told entry that has not left this phone.
    pub const WAITS: &str = "waits/";
    /// `mark/<member>/<mark>/<thing>`: a mark that is set.
    pub const MARK: &str = "mark/";
    /// `name/<member>`: what a member is called.
    pub const NAME: &str = "name/";
    /// `done/<thing>/<entry>`: something of the library that an entry is about.
    pub const DONE: &str = "done/";
    /// `facet/<facet>/<order>/<entry>`: a told entry under each of its [`facets`], newest first; the value is its member.
    pub const FACET: &str = "facet/";
    /// `reply/<entry>/<reply>`: an entry that replies to one.
    pub const REPLY: &str = "reply/";
    /// `photo/<hash>/<entry>`: a photo that an entry names.
    pub const PHOTO: &str = "photo/";
    /// `unsent/<revision>`: a revision that no link publishes; the value is its entry.
    pub const UNSENT: &str = "unsent/";
    /// `sent/<entry>/<revision>`: a published revision; the value is the device.
    pub const SENT: &str = "sent/";
    /// `erasing/<entry>`: an erased entry whose words are still held.
    pub const ERASING: &str = "erasing/";
}

/// What is derived from one entry: keys and values of the index.
pub fn index_of(log: &LogSet, entry: &EntryId) -> SortedMap<String, String> {
    let mut index = SortedMap::new();
    let mut put = |key: String, value: String| {
        index.insert(key, value);
    };
    for held in log.revisions_of(entry) {
        let id = held.revision.id();
        match log.chains().publisher(&id) {
            Some(device) => put(format!("{}{entry}/{id}", head::SENT), device.to_string()),
            None => put(format!("{}{id}", head::UNSENT), entry.to_string()),
        }
    }
    if log.is_erased(entry) {
        let words = log.words_of_erased(entry);
        if !words.is_empty() {
            put(format!("{}{entry}", head::ERASING), String::new());
        }
        // As long as the words can be brought back, so can the photos.
        for photo in words.iter().filter_map(|hash| log.body(hash)).flat_map(view::photos_in) {
            put(format!("{}{photo}/{entry}", head::PHOTO), String::new());
        }
        return index;
    }
    // Who looks decides what can be read, not what is there: the index is the same for both.
    let Some(view) = view::standing(log, entry) else { return index };
    let reply_to = view.telling().and_then(|telling| telling.reply_to);
    if let Some(replied) = reply_to {
        put(format!("{}{replied}/{entry}", head::REPLY), String::new());
    }
    let is_told = view.versions.iter().any(|version| is_told(version.content.as_ref()));
    if !view.published && (is_told || reply_to.is_some()) {
        put(format!("{}{entry}", head::WAITS), String::new());
    }
    if is_told {
        put(row_key(view.order, entry), String::new());
        for facet in facets(&view) {
            let place = place(view.order);
            put(format!("{}{facet}/{place}/{entry}", head::FACET), view.member.id().into());
        }
        for thing in view::things_done(std::slice::from_ref(&view)).iter() {
            put(format!("{}{thing}/{entry}", head::DONE), String::new());
        }
    }
    for photo in view::photos_of(log, entry) {
        put(format!("{}{photo}/{entry}", head::PHOTO), String::new());
    }
    for id in log.heads(entry).ids {
        let Some(member) = log.revision(&id).map(|held| held.revision.header().member) else { continue };
        let body = log.body_of(&id).and_then(|text| Body::parse(text).ok());
        match body.map(|body| body.content()) {
            Some(Content::Mark(mark)) if mark.on => {
                put(
                    format!("{}{}/{}/{}", head::MARK, member.id(), mark.mark.id(), mark.thing),
                    String::new(),
                );
            }
            Some(Content::Name(_)) if *entry == EntryId::derived("name", member.id(), "") => {
                put(format!("{}{}", head::NAME, member.id()), view::name_of(log, member).unwrap_or_default());
            }
            _ => {}
        }
    }
    index
}

/// What an entry can be looked up by, beside its place in time.
fn facets(view: &EntryView) -> Vec<String> {
    let mut facets = vec![facet::who(view.member)];
    if let Some(telling) = view.telling() {
        facets.push(facet::kind(telling.kind));
        facets.extend(telling.theme_or_kinds().map(facet::theme));
        facets.extend((!telling.photos.is_empty()).then(|| facet::PHOTO.to_owned()));
        facets.extend(telling.feeling.is_some().then(|| facet::FEELING.to_owned()));
    }
    facets
}

/// The names of facets.
pub mod facet {
    use super::{Kind, Member};
    use crate::library::Theme;

    /// Entries with a photo.
    pub const PHOTO: &str = "photo";
    /// Entries that say how it felt.
    pub const FEELING: &str = "feeling";

    /// Entries one of the two began.
    pub fn who(member: Member) -> String {
        format!("who-{}", member.id())
    }

    /// Entries of a kind.
    pub fn kind(kind: Kind) -> String {
        format!("kind-{}", kind.id())
    }

    /// Entries that touch a theme.
    pub fn theme(theme: Theme) -> String {
        format!("theme-{}", theme.id())
    }
}

/// The key of an entry's row: the newest sorts first.
pub fn row_key(order: Millis, entry: &EntryId) -> String {
    format!("{}{}/{entry}", head::ROW, place(order))
}

/// The place of a time in the timeline, as sixteen digits that sort from the latest to the earliest.
pub fn place(order: Millis) -> String {
    // The sign bit turned, so that times before 1970 sort before later ones; then all bits, for newest first.
    format!("{:016x}", !(order.cast_unsigned() ^ (1 << 63)))
}

/// The time and the entry a row's key names, its head taken off.
pub fn row(key: &str) -> Option<(Millis, EntryId)> {
    let (place, entry) = key.split_once('/')?;
    let bits = u64::from_str_radix(place, 16).ok()?;
    Some(((!bits ^ (1 << 63)).cast_signed(), entry.parse().ok()?))
}

/// Reads a record of [`Table::Revisions`].
///
/// # Errors
/// Where it is not such a record.
pub fn read_revision(text: &str) -> Result<Held, BadRecord> {
    let mut parts = Record::parse(text)?;
    let revision = Revision::parse(&parts.text("header")?).map_err(|_| BadRecord::Part("header"))?;
    Ok(Held { revision, seen: parts.integer("seen")? })
}

/// Reads a record of [`Table::Links`].
///
/// # Errors
/// Where it is not such a record.
pub fn read_link(text: &str) -> Result<Link, BadRecord> {
    let mut parts = Record::parse(text)?;
    Ok(Link {
        device: parts.parsed("device")?,
        seq: parts.number("seq")?,
        previous: parts.parsed_if_any("previous")?,
        revision: parts.parsed("revision")?,
    })
}
