//! Two phones without a browser: each a log, a pen and a clock, swapping real files.

use bothways::ids::{DeviceId, EntryId, OriginId, PhotoHash, Salt};
use bothways::log::acts::{self, CannotWrite, Pen};
use bothways::log::kinds::{Content, MarkSort, Photo, Telling, Thing};
use bothways::log::publishing::publish;
use bothways::log::records::{self, Table};
use bothways::log::seal::answer_entry;
use bothways::log::side::change_side;
use bothways::log::view::{EntryView, photos_of, timeline};
use bothways::log::{Delta, LogSet, Member, Millis, When};
use bothways::sorted::SortedSet;
use bothways::swap::file::{self, Cover, Refusal, Sender, SwapFile};
use bothways::swap::heard::Seen;
use bothways::swap::meeting::{Meeting, Origins, meet};
use bothways::swap::preview::{Plan, plan};
use bothways::swap::trust::Trust;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Clone)]
pub struct Phone {
    pub log: LogSet,
    pub member: Member,
    pub device: DeviceId,
    pub origins: Origins,
    pub clock: i64,
    /// The same log as a database keeps it, fed by nothing but the records of each change.
    pub kept: BTreeMap<(Table, String), String>,
    /// Photos on this phone.
    pub photos: Vec<(PhotoHash, Arc<[u8]>)>,
    /// Small pictures it sends along.
    pub thumbs: Vec<(PhotoHash, Arc<[u8]>)>,
    /// The installations this one took the place of.
    pub predecessors: Vec<DeviceId>,
    /// Entries held back from swaps.
    pub held_back: SortedSet<EntryId>,
    /// The seed its keys follow from, and the origin it began with.
    pub seed: ([u8; 32], OriginId),
    /// What it knows of phones.
    pub trust: Trust,
    random: u64,
}

/// A file of everything a log has published.
pub fn file_of(log: &LogSet, from: Sender, origins: Origins, app: &str, made: Millis) -> String {
    let cover = Cover { from, origins, app: app.into(), made, photos_wanted: Vec::new(), thumbs: Vec::new() };
    file::write(log, cover, &file::due(log, &[], None), &[], None).unwrap()
}

impl Phone {
    pub fn new(member: Member, number: u8) -> Self {
        let origin = OriginId::from_bytes([number; 16]);
        Self {
            log: LogSet::default(),
            member,
            device: DeviceId::of_seed(&[number; 32], &origin),
            origins: Origins::begun(origin),
            clock: 1_760_000_000_000 + i64::from(number),
            kept: BTreeMap::new(),
            photos: Vec::new(),
            thumbs: Vec::new(),
            predecessors: Vec::new(),
            held_back: SortedSet::new(),
            seed: ([number; 32], origin),
            trust: Trust::default(),
            random: u64::from(number) << 32,
        }
    }

    pub fn hers() -> Self {
        Self::new(Member::Mother, 1)
    }

    /// A phone made from a copy of this one: another installation, with everything that was here.
    pub fn restored(&self, number: u8) -> Self {
        let mut copy = Self::new(self.member, number);
        copy.predecessors = [&self.predecessors[..], &[self.device]].concat();
        copy.origins = self.origins.clone();
        copy.held_back = self.held_back.clone();
        (copy.log, copy.kept, copy.photos) = (self.log.clone(), self.kept.clone(), self.photos.clone());
        copy
    }

    pub fn his() -> Self {
        Self::new(Member::Son, 2)
    }

    fn random(&mut self) -> [u8; 16] {
        self.random += 1;
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.random.to_be_bytes());
        bytes
    }

    pub fn pen(&mut self) -> Pen {
        self.clock += 60_000;
        Pen { member: self.member, device: self.device, when: When { at: self.clock, zone: 60 } }
    }

    pub fn apply(&mut self, delta: Delta) {
        let change = records::change(&self.log, &delta);
        for (table, key, text) in change.puts {
            self.kept.insert((table, key), text);
        }
        for gone in change.deletes {
            self.kept.remove(&gone);
        }
        self.log.apply(delta);
    }

    pub fn write(&mut self, words: &str) -> EntryId {
        let (entry, salt) = (EntryId::from_bytes(self.random()), Salt::from_bytes(self.random()));
        let delta = self.pen().write(entry, salt, &telling(words)).unwrap();
        self.apply(delta);
        entry
    }

    /// An entry of any kind.
    pub fn tell(&mut self, telling: Telling) -> EntryId {
        let (entry, salt) = (EntryId::from_bytes(self.random()), Salt::from_bytes(self.random()));
        let delta = self.pen().write(entry, salt, &Content::Told(telling)).unwrap();
        self.apply(delta);
        entry
    }

    /// A new version of an entry.
    pub fn tell_again(&mut self, entry: EntryId, telling: Telling) -> Result<(), CannotWrite> {
        let salt = Salt::from_bytes(self.random());
        let delta = self.pen().edit(&self.log, entry, salt, &Content::Told(telling))?;
        self.apply(delta);
        Ok(())
    }

    /// Sets a mark on an entry or a version.
    pub fn mark(&mut self, mark: MarkSort, thing: &Thing) {
        let salt = Salt::from_bytes(self.random());
        let delta = self.pen().mark(&self.log, mark, thing, true, salt).unwrap();
        self.apply(delta);
    }

    /// An entry with a photo of these bytes.
    pub fn show(&mut self, words: &str, photo: &[u8]) -> EntryId {
        self.show_all(words, &[photo.to_vec()])
    }

    /// An entry with photos of these bytes.
    pub fn show_all(&mut self, words: &str, photos: &[Vec<u8>]) -> EntryId {
        let (entry, salt) = (EntryId::from_bytes(self.random()), Salt::from_bytes(self.random()));
        let mut content = Telling { words: words.into(), ..Telling::default() };
        for photo in photos {
            let hash = PhotoHash::of_photo(photo);
            content.photos.push(Photo { hash, width: 4, height: 3 });
            self.photos.push((hash, photo[..].into()));
        }
        let delta = self.pen().write(entry, salt, &Content::Told(content)).unwrap();
        self.apply(delta);
        entry
    }

    /// A sealed answer to a question.
    pub fn answer(&mut self, question: &str, words: &str) -> EntryId {
        let (question, salt) = (question.parse().unwrap(), Salt::from_bytes(self.random()));
        let telling = Telling { words: words.into(), ..Telling::default() };
        let delta = self.pen().answer(&self.log, &question, salt, telling).unwrap();
        self.apply(delta);
        answer_entry(self.member, &question)
    }

    /// A reply to an entry of either.
    pub fn reply(&mut self, to: EntryId, words: &str) -> EntryId {
        let (entry, salt) = (EntryId::from_bytes(self.random()), Salt::from_bytes(self.random()));
        let content = Telling { words: words.into(), reply_to: Some(to), ..Telling::default() };
        let delta = self.pen().write(entry, salt, &Content::Told(content)).unwrap();
        self.apply(delta);
        entry
    }

    pub fn edit(&mut self, entry: EntryId, words: &str) -> Result<(), CannotWrite> {
        let salt = Salt::from_bytes(self.random());
        let delta = self.pen().edit(&self.log, entry, salt, &telling(words))?;
        self.apply(delta);
        Ok(())
    }

    pub fn erase(&mut self, entry: EntryId) -> Result<(), CannotWrite> {
        let salt = Salt::from_bytes(self.random());
        let delta = self.pen().erase(&self.log, entry, salt)?;
        self.apply(delta);
        Ok(())
    }

    pub fn sweep(&mut self) {
        let delta = acts::sweep(&self.log, &SortedSet::new());
        self.apply(delta);
    }

    pub fn favourite(&mut self, thing: &str, on: bool) {
        let salt = Salt::from_bytes(self.random());
        let delta =
            self.pen().mark(&self.log, MarkSort::Favourite, &thing.parse().unwrap(), on, salt).unwrap();
        self.apply(delta);
    }

    pub fn call_myself(&mut self, name: &str) {
        let salt = Salt::from_bytes(self.random());
        let delta = self.pen().name(&self.log, name, salt).unwrap();
        self.apply(delta);
    }

    /// This phone is the other's of the two.
    pub fn change_side(&mut self) {
        self.member = self.member.other();
        let pen = self.pen();
        let mut salts: Vec<[u8; 16]> = (0..200).map(|_| self.random()).collect();
        let delta = change_side(&self.log, &pen, &mut || salts.pop().unwrap()).unwrap();
        self.apply(delta);
        self.sweep();
    }

    /// Prepares a swap: publishes, then writes the file.
    pub fn export(&mut self) -> String {
        self.export_for(&[])
    }

    /// The same for phones of which so much is known.
    pub fn export_for(&mut self, others: &[Seen]) -> String {
        let delta = publish(&self.log, self.device, &self.predecessors, &self.held_back);
        self.apply(delta);
        self.as_it_stands(others)
    }

    /// The file of what is published already.
    pub fn as_it_stands(&self, others: &[Seen]) -> String {
        let named = self.log.entries().flat_map(|entry| photos_of(&self.log, &entry));
        let is_here = |photo: &PhotoHash| self.photos.iter().any(|(here, _)| here == photo);
        let cover = Cover {
            from: Sender { device: self.device, member: self.member, name: String::new() },
            origins: self.origins.clone(),
            app: "0.0.0".into(),
            made: self.clock,
            photos_wanted: named.filter(|photo| !is_here(photo)).collect(),
            thumbs: self.thumbs.clone(),
        };
        let due = file::due(&self.log, others, None);
        file::write(&self.log, cover, &due, &self.photos, None).unwrap()
    }

    pub fn plan(&self, text: &str) -> Plan {
        plan(&self.log, &file::read(text).unwrap(), self.member, self.clock, &SortedSet::new())
    }

    /// Reads a file and says yes to what it brings.
    pub fn import(&mut self, text: &str) -> Plan {
        self.clock += 1000;
        let file = file::read(text).unwrap();
        match self.meet(&file) {
            Meeting::Ours(origins) | Meeting::Join(origins) => self.origins = origins,
            other => panic!("not for this log: {other:?}"),
        }
        let plan = self.plan(text);
        self.apply(plan.delta.clone());
        plan
    }

    pub fn meet(&self, file: &SwapFile) -> Meeting {
        meet(&self.origins, Some(self.member), &file.header.origins, file.header.from.member)
    }

    pub fn timeline(&self) -> Vec<EntryView> {
        timeline(&self.log, self.member, self.clock)
    }

    /// Every word that can be read, as the timeline shows it.
    pub fn words(&self) -> Vec<String> {
        self.timeline().iter().flat_map(words_of).collect()
    }
}

pub fn words_of(entry: &EntryView) -> Vec<String> {
    entry
        .versions
        .iter()
        .map(|version| match &version.content {
            Some(Content::Told(telling)) => telling.words.clone(),
            other => format!("{other:?}"),
        })
        .collect()
}

pub fn telling(words: &str) -> Content {
    Content::Told(Telling { words: words.into(), ..Telling::default() })
}

/// Both ways, until both have read the other's latest.
pub fn swap(one: &mut Phone, other: &mut Phone) {
    let file = one.export();
    other.import(&file);
    let file = other.export();
    one.import(&file);
}

pub fn refused(text: &str) -> Refusal {
    file::read(text).unwrap_err()
}

impl Phone {
    /// A second phone of the same person: takes the log over without having written a word of its own.
    pub fn import_as_same_side(&mut self, text: &str) {
        self.origins = file::read(text).unwrap().header.origins;
        self.import(text);
    }

    /// The same of a file that has been opened and read.
    pub fn import_as_same_side_of(&mut self, file: &SwapFile) {
        self.origins = file.header.origins.clone();
        let plan = plan(&self.log, file, self.member, self.clock, &SortedSet::new());
        self.apply(plan.delta);
    }
}
