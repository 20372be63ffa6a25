//! What a page asks of the worker, and what the worker answers: the messages between two threads of one phone.
//!
//! Reading, comparing, storing and making a swap file goes on beside the page, so that it answers every tap. A file's
//! bytes travel beside these texts; of what a file would bring only what a person can look through is sent over.

use super::pairing::{KnownPhone, Met};
use super::preview::Preview;
use super::{Meeting, Refusal, Sender};
use crate::backup::Unopened;
use crate::backup::errand::Opened;
use crate::ids::{EntryId, OriginId, RevisionId};
use crate::json::{BadRecord, Record, all_parsed, records};
use crate::log::kinds::{Content, Photo};
use crate::log::seal::{Seal, Until};
use crate::log::view::{EntryView, Version};
use crate::log::{Member, Millis, When};
use serde_json::{Value, json};

/// Entries listed one by one; of more than these only the number is told.
pub const LISTED: usize = 50;

/// What a page asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Read the file that comes along and compare it with the log.
    Weigh,
    /// Store what the file weighed last brings.
    Take,
    /// Make a file of what the other phones lack.
    Give,
    /// Make a file of everything.
    GiveAll,
    /// Take out again what the last file brought.
    Undo,
    /// What this phone has written is the other's of the two. Random bytes come along.
    Side,
    /// Make a file of what the other phones lack, without photos, and pack it: to be filmed.
    Pack,
    /// Pack everything without photos.
    PackAll,
    /// Make a photo of the picture that comes along, and keep it.
    Picture,
    /// Say what this phone says of itself to be paired.
    Card,
    /// Look at another phone's card, whose text comes along.
    Meet,
    /// Pair with the phone met last.
    Pair,
    /// Take the last pairing back.
    Unpair,
    /// Say which phones are known.
    Phones,
    /// Say that the phone whose id comes along is gone.
    Retire,
    /// Write an event that comes again every month. Its name and what it says come along, on a line each.
    Reminder,
    /// Make a backup of everything on this phone under the words that come along.
    Backup,
    /// Open the backup whose words and files come along, and say what is in it.
    Open,
    /// Restore what it has. The words and the files come along once more.
    Restore,
    /// See to what is for one alone where it is locked. What is asked comes along, and the answer's text goes back.
    Alone,
}

/// The name of the reason why a picture cannot become a photo.
pub const NO_PICTURE: &str = "no-picture";

/// The name of the reason why an import cannot be undone: something was written that follows it.
pub const CHANGED_SINCE: &str = "changed-since";

/// The name of the reason why it can no longer be said that a phone is the other's: the logs of two have become one.
pub const JOINED_SINCE: &str = "joined-since";

/// The name of the reason why a file cannot be made: no phone has been paired, so there is nobody to seal it for.
pub const NOT_PAIRED: &str = "not-paired";

/// The name of the reason why a text cannot be met: it is no card.
pub const NO_CARD: &str = "no-card";

/// The name of the reason why a card cannot be met: it is not whole.
pub const DAMAGED_CARD: &str = "damaged-card";

impl Errand {
    const ALL: [(Self, &str); 20] = [
        (Self::Weigh, "weigh"),
        (Self::Take, "take"),
        (Self::Give, "give"),
        (Self::GiveAll, "give-all"),
        (Self::Undo, "undo"),
        (Self::Side, "side"),
        (Self::Pack, "pack"),
        (Self::PackAll, "pack-all"),
        (Self::Picture, "picture"),
        (Self::Card, "card"),
        (Self::Meet, "meet"),
        (Self::Pair, "pair"),
        (Self::Unpair, "unpair"),
        (Self::Phones, "phones"),
        (Self::Retire, "retire"),
        (Self::Reminder, "reminder"),
        (Self::Backup, "backup"),
        (Self::Open, "open"),
        (Self::Restore, "restore"),
        (Self::Alone, "alone"),
    ];

    /// The text that is sent. Beside it goes what the page alone knows: which log it shows, and erased entries that can
    /// still be brought back.
    pub fn to_text(&self, log: &OriginId, still_undoable: &[EntryId]) -> String {
        let name = Self::ALL.iter().find(|(errand, _)| errand == self).map(|(_, name)| *name);
        json!({ "errand": name, "log": log, "undoable": texts(still_undoable) }).to_string()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn parse(text: &str) -> Result<(Self, OriginId, Vec<EntryId>), BadRecord> {
        let mut parts = Record::parse(text)?;
        let name = parts.text("errand")?;
        let errand = Self::ALL.into_iter().find(|(_, own)| *own == name).ok_or(BadRecord::Part("errand"))?.0;
        Ok((errand, parts.parsed("log")?, all_parsed(parts.list("undoable")?, "undoable")?))
    }
}

/// Entries of one list of a preview: how many, and the newest of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// How many there are.
    pub count: usize,
    /// The newest, at most [`LISTED`].
    pub newest: Vec<EntryView>,
}

impl Listed {
    /// A list, cut to what can be looked through.
    pub fn of(mut entries: Vec<EntryView>) -> Self {
        let count = entries.len();
        entries.truncate(LISTED);
        Self { count, newest: entries }
    }
}

/// A file that was read, is whole, and was compared with the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Who wrote it.
    pub from: Sender,
    /// When, by the sender's clock.
    pub made: Millis,
    /// True for a file this very phone wrote.
    pub own: bool,
    /// What it is to the log.
    pub verdict: Verdict,
    /// Entries this phone has not seen.
    pub new: Listed,
    /// Entries that would read differently.
    pub changed: Listed,
    /// Entries that would be erased here, as they read now.
    pub erased: Listed,
    /// Entries of which two versions would stand side by side.
    pub in_conflict: Listed,
    /// Entries and lines written with a newer version.
    pub from_newer: usize,
    /// Photos this phone does not have.
    pub photos: usize,
    /// Whether something that came before is neither in it nor here.
    pub gap: bool,
    /// Whether a phone that is known has signed it.
    pub signed: bool,
    /// Whether that phone has said something later already.
    pub older: bool,
}

/// What a file is to the log: a [`Meeting`] without the origins, which stay with the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// This log's own.
    Ours,
    /// Another log, to be joined.
    Join,
    /// Both phones say they are this one.
    SameSide(Member),
    /// Another pair's.
    Stranger,
}

impl Verdict {
    /// Whether the file may be taken in.
    pub const fn can_take(self) -> bool {
        matches!(self, Self::Ours | Self::Join)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Join => "join",
            Self::SameSide(Member::Mother) => "both-mother",
            Self::SameSide(Member::Son) => "both-son",
            Self::Stranger => "stranger",
        }
    }
}

impl From<&Meeting> for Verdict {
    fn from(meeting: &Meeting) -> Self {
        match meeting {
            Meeting::Ours(_) => Self::Ours,
            Meeting::Join(_) => Self::Join,
            Meeting::SameSide(member) => Self::SameSide(*member),
            Meeting::Stranger => Self::Stranger,
        }
    }
}

impl Weighed {
    /// Puts together what a page needs to know. Photos and what is missing are counted by whoever can.
    pub fn new(from: Sender, made: Millis, own: bool, verdict: Verdict, preview: Preview) -> Self {
        Self {
            from,
            made,
            own,
            verdict,
            new: Listed::of(preview.new),
            changed: Listed::of(preview.changed),
            erased: Listed::of(preview.erased),
            in_conflict: Listed::of(preview.in_conflict),
            from_newer: preview.from_newer,
            photos: 0,
            gap: false,
            signed: false,
            older: false,
        }
    }

    /// Whether a person would see no difference.
    pub const fn brings_nothing(&self) -> bool {
        let entries = self.new.count + self.changed.count + self.erased.count + self.in_conflict.count;
        entries + self.from_newer + self.photos == 0
    }
}

/// What is told of a file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Entries that count as sent from now on.
    pub sent: Vec<EntryId>,
    /// How many entries it brings.
    pub count: usize,
    /// The newest of them, at most [`LISTED`].
    pub newest: Vec<EntryId>,
    /// How many entries are held back, replies to them included.
    pub staying: usize,
    /// Phones whose chain has split in two.
    pub forks: usize,
    /// Whether it brings everything, not only what the others lack.
    pub is_all: bool,
}

/// What the worker answers in the end. How far it is goes over the line in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The file was read and compared.
    Weighed(Box<Weighed>),
    /// The file is not taken.
    Refused(Refusal),
    /// These entries have been stored, or taken back.
    Taken(Vec<EntryId>),
    /// The file is made; its text comes along, or its bytes where it is packed.
    Given(Given),
    /// The photo is made and kept.
    Pictured(Photo),
    /// What this phone says of itself comes along.
    Card,
    /// What another phone's card says.
    Met(Box<Met>),
    /// The phones that are known.
    Phones(Vec<KnownPhone>),
    /// The text that was asked for comes along.
    Text,
    /// The backup is made; its files come along.
    BackedUp,
    /// The backup was opened.
    Opened(Box<Opened>),
    /// One of its files, by its place, is not opened.
    Unopened(Unopened, usize),
    /// The person stopped it. Nothing has changed.
    Stopped,
    /// It did not happen, for a reason whose name both sides know.
    Failed(String),
}

impl Answer {
    /// The text that is sent.
    pub fn to_text(&self) -> String {
        match self {
            Self::Weighed(weighed) => weighed_to_value(weighed),
            Self::Refused(why) => json!({ "answer": "refused", "why": refusal_name(*why) }),
            Self::Taken(entries) => json!({ "answer": "taken", "entries": texts(entries) }),
            Self::Given(given) => json!({
                "answer": "given", "entries": texts(&given.sent), "count": given.count,
                "newest": texts(&given.newest), "staying": given.staying, "forks": given.forks, "all": given.is_all,
            }),
            Self::Pictured(Photo { hash, width, height }) => {
                json!({ "answer": "pictured", "hash": hash, "width": width, "height": height })
            }
            Self::Card => json!({ "answer": "card" }),
            Self::Met(met) => met.to_value(),
            Self::Phones(phones) => {
                let phones: Vec<Value> = phones.iter().map(KnownPhone::to_value).collect();
                json!({ "answer": "phones", "phones": phones })
            }
            Self::Text => json!({ "answer": "text" }),
            Self::BackedUp => json!({ "answer": "backed-up" }),
            Self::Opened(opened) => opened.to_value(),
            Self::Unopened(why, file) => json!({ "answer": "unopened", "why": why.name(), "file": file }),
            Self::Stopped => json!({ "answer": "stopped" }),
            Self::Failed(why) => json!({ "answer": "failed", "why": why }),
        }
        .to_string()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn parse(text: &str) -> Result<Self, BadRecord> {
        let mut parts = Record::parse(text)?;
        let entries = |parts: &mut Record| all_parsed(parts.list("entries")?, "entries");
        Ok(match parts.text("answer")?.as_str() {
            "weighed" => Self::Weighed(Box::new(read_weighed(&mut parts)?)),
            "refused" => {
                let why = parts.text("why")?;
                let known = REFUSALS.into_iter().find(|(_, name)| *name == why);
                Self::Refused(known.ok_or(BadRecord::Part("why"))?.0)
            }
            "taken" => Self::Taken(entries(&mut parts)?),
            "given" => Self::Given(Given {
                sent: entries(&mut parts)?,
                count: parts.small("count")?,
                newest: all_parsed(parts.list("newest")?, "newest")?,
                staying: parts.small("staying")?,
                forks: parts.small("forks")?,
                is_all: parts.flag("all")?,
            }),
            "pictured" => Self::Pictured(Photo {
                hash: parts.parsed("hash")?,
                width: parts.small("width")?,
                height: parts.small("height")?,
            }),
            "card" => Self::Card,
            "met" => Self::Met(Box::new(Met::read(&mut parts)?)),
            "phones" => Self::Phones(records(parts.list("phones")?, "phones", KnownPhone::read)?),
            "text" => Self::Text,
            "backed-up" => Self::BackedUp,
            "opened" => Self::Opened(Box::new(Opened::read(&mut parts)?)),
            "unopened" => {
                let why = Unopened::from_name(&parts.text("why")?).ok_or(BadRecord::Part("why"))?;
                Self::Unopened(why, parts.small("file")?)
            }
            "stopped" => Self::Stopped,
            "failed" => Self::Failed(parts.text("why")?),
            _ => return Err(BadRecord::Part("answer")),
        })
    }
}

/// The text that is sent.
impl From<&Answer> for String {
    fn from(answer: &Answer) -> Self {
        answer.to_text()
    }
}

const REFUSALS: [(Refusal, &str); 12] = [
    (Refusal::Left, "left"),
    (Refusal::NotForUs, "not-for-us"),
    (Refusal::Locked, "locked"),
    (Refusal::NotKnown, "not-known"),
    (Refusal::Forged, "forged"),
    (Refusal::TooLarge, "too-large"),
    (Refusal::NotText, "not-text"),
    (Refusal::NotOurs, "not-ours"),
    (Refusal::Newer, "newer"),
    (Refusal::Truncated, "truncated"),
    (Refusal::NoStorage, "no-storage"),
    (Refusal::Damaged, "damaged"),
];

fn refusal_name(why: Refusal) -> &'static str {
    REFUSALS.iter().find(|(refusal, _)| *refusal == why).map_or("damaged", |(_, name)| name)
}

fn texts(ids: &[EntryId]) -> Vec<String> {
    ids.iter().map(EntryId::to_string).collect()
}

fn weighed_to_value(weighed: &Weighed) -> Value {
    json!({
        "answer": "weighed",
        "device": weighed.from.device, "member": weighed.from.member, "name": weighed.from.name,
        "made": weighed.made, "own": weighed.own, "verdict": weighed.verdict.name(),
        "new": list_to_value(&weighed.new), "changed": list_to_value(&weighed.changed),
        "erased": list_to_value(&weighed.erased), "conflict": list_to_value(&weighed.in_conflict),
        "newer": weighed.from_newer, "photos": weighed.photos, "gap": weighed.gap,
        "signed": weighed.signed, "older": weighed.older,
    })
}

fn read_weighed(parts: &mut Record) -> Result<Weighed, BadRecord> {
    let verdict = parts.text("verdict")?;
    let all = [
        Verdict::Ours,
        Verdict::Join,
        Verdict::SameSide(Member::Mother),
        Verdict::SameSide(Member::Son),
        Verdict::Stranger,
    ];
    Ok(Weighed {
        from: Sender {
            device: parts.parsed("device")?,
            member: parts.parsed("member")?,
            name: parts.text("name")?,
        },
        made: parts.integer("made")?,
        own: parts.flag("own")?,
        verdict: all.into_iter().find(|known| known.name() == verdict).ok_or(BadRecord::Part("verdict"))?,
        new: read_list(parts, "new")?,
        changed: read_list(parts, "changed")?,
        erased: read_list(parts, "erased")?,
        in_conflict: read_list(parts, "conflict")?,
        from_newer: parts.small("newer")?,
        photos: parts.small("photos")?,
        gap: parts.flag("gap")?,
        signed: parts.flag("signed")?,
        older: parts.flag("older")?,
    })
}

fn list_to_value(list: &Listed) -> Value {
    json!({ "count": list.count, "newest": list.newest.iter().map(view_to_value).collect::<Vec<_>>() })
}

fn read_list(parts: &mut Record, name: &'static str) -> Result<Listed, BadRecord> {
    let mut list = parts.record(name)?;
    Ok(Listed { count: list.small("count")?, newest: records(list.list("newest")?, "newest", read_view)? })
}

fn view_to_value(view: &EntryView) -> Value {
    json!({
        "id": view.id, "member": view.member, "at": view.when.at, "zone": view.when.zone,
        "ahead": view.clock_ahead, "order": view.order, "edited": view.edited,
        "incomplete": view.incomplete, "published": view.published,
        "seal": view.seal.as_ref().map(seal_to_value),
        "versions": view.versions.iter().map(version_to_value).collect::<Vec<_>>(),
    })
}

fn read_view(mut parts: Record) -> Result<EntryView, BadRecord> {
    Ok(EntryView {
        id: parts.parsed("id")?,
        member: parts.parsed("member")?,
        when: read_when(&mut parts)?,
        clock_ahead: parts.flag("ahead")?,
        order: parts.integer("order")?,
        edited: parts.flag("edited")?,
        incomplete: parts.flag("incomplete")?,
        published: parts.flag("published")?,
        seal: parts.take("seal").map(|seal| read_seal(Record::of(seal, "seal")?)).transpose()?,
        versions: records(parts.list("versions")?, "versions", read_version)?,
    })
}

fn seal_to_value(seal: &Seal) -> Value {
    match &seal.until {
        Until::Answered(question) => json!({ "own": seal.own, "answered": question.as_str() }),
        Until::Day(day) => json!({ "own": seal.own, "day": day }),
        Until::Event(event) => json!({ "own": seal.own, "event": event }),
    }
}

fn read_seal(mut parts: Record) -> Result<Seal, BadRecord> {
    let until = if let Some(question) = parts.parsed_if_any("answered")? {
        Until::Answered(question)
    } else if let Some(event) = parts.text_if_any("event")? {
        Until::Event(event)
    } else {
        Until::Day(parts.integer("day")?)
    };
    Ok(Seal { until, own: parts.flag("own")? })
}

fn version_to_value(version: &Version) -> Value {
    let said = version.content.as_ref().map(Content::to_fields);
    let (kind, fields) = said.unzip();
    json!({
        "revision": version.revision, "member": version.member,
        "when": version.when.map(|when| json!({ "at": when.at, "zone": when.zone })),
        "kind": kind, "fields": fields,
    })
}

fn read_version(mut parts: Record) -> Result<Version, BadRecord> {
    let when = parts.take("when").map(|when| read_when(&mut Record::of(when, "when")?)).transpose()?;
    let content = match parts.text_if_any("kind")? {
        Some(kind) => Some(Content::from_fields(&kind, &parts.record("fields")?.all())),
        None => None,
    };
    let revision: RevisionId = parts.parsed("revision")?;
    Ok(Version { revision, member: parts.parsed("member")?, when, content })
}

fn read_when(parts: &mut Record) -> Result<When, BadRecord> {
    let zone = parts.integer("zone")?.try_into().map_err(|_| BadRecord::Part("zone"))?;
    Ok(When { at: parts.integer("at")?, zone })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{DeviceId, Fingerprint, PhotoHash};
    use crate::log::kinds::Telling;
    use crate::swap::pairing::Encounter;

    fn view(version: Version) -> EntryView {
        EntryView {
            id: EntryId::from_bytes([1; 16]),
            member: Member::Son,
            when: When { at: -5, zone: -90 },
            clock_ahead: true,
            order: 7,
            edited: true,
            incomplete: false,
            published: true,
            seal: Some(Seal { until: Until::Answered("ask-soup".parse().unwrap()), own: true }),
            versions: vec![version],
        }
    }

    fn version(content: Option<Content>) -> Version {
        let when = content.is_some().then_some(When { at: 9, zone: 60 });
        Version { revision: RevisionId::from_bytes([2; 32]), member: Member::Mother, when, content }
    }

    #[test]
    fn every_answer_is_read_as_it_was_sent() {
        let entries = vec![EntryId::from_bytes([3; 16]), EntryId::from_bytes([4; 16])];
        let from =
            Sender { device: DeviceId::from_bytes([5; 16]), member: Member::Mother, name: "A \"na\"".into() };
        let telling = Telling { words: "soup\n\u{1F372}".into(), ..Telling::default() };
        let preview = Preview {
            new: vec![view(version(Some(Content::Told(telling)))); 60],
            changed: vec![view(version(None))],
            in_conflict: vec![view(version(Some(Content::Unknown("hologram".into()))))],
            from_newer: 2,
            ..Preview::default()
        };
        let weighed = Weighed::new(from, 12, true, Verdict::SameSide(Member::Son), preview);
        let weighed = Weighed { photos: 3, gap: true, signed: true, older: true, ..weighed };
        assert_eq!((weighed.new.count, weighed.new.newest.len()), (60, LISTED));
        let mut answers = vec![
            Answer::Weighed(Box::new(weighed)),
            Answer::Taken(entries.clone()),
            Answer::Given(Given {
                sent: entries.clone(),
                count: 60,
                newest: entries,
                staying: 1,
                forks: 2,
                is_all: true,
            }),
            Answer::Stopped,
            Answer::Pictured(Photo { hash: PhotoHash::from_bytes([8; 32]), width: 4, height: 3 }),
            Answer::Failed("full".into()),
            Answer::Card,
            Answer::Text,
            Answer::BackedUp,
            Answer::Opened(Box::new(Opened { entries: 4, ..Opened::of(&Default::default()) })),
            Answer::Unopened(Unopened::Another, 3),
            Answer::Phones(vec![KnownPhone {
                device: DeviceId::from_bytes([5; 16]),
                member: Member::Son,
                since: 4,
                is_here: true,
                is_gone: true,
                can_unpair: true,
            }]),
        ];
        answers.extend(Encounter::ALL.map(|(encounter, _)| {
            Answer::Met(Box::new(Met {
                encounter,
                name: "A \"na\"".into(),
                member: Member::Mother,
                entries: 3,
                from_to: (-1, 5),
                fingerprint: Fingerprint::from_bytes([7; 32]),
                is_another: true,
            }))
        }));
        answers.extend(REFUSALS.map(|(why, _)| Answer::Refused(why)));
        for answer in answers {
            assert_eq!(Answer::parse(&answer.to_text()).unwrap(), answer);
        }
    }

    #[test]
    fn every_errand_is_read_as_it_was_sent() {
        let undoable = vec![EntryId::from_bytes([6; 16])];
        for (errand, _) in Errand::ALL {
            let log = OriginId::from_bytes([7; 16]);
            let text = errand.to_text(&log, &undoable);
            assert_eq!(Errand::parse(&text).unwrap(), (errand, log, undoable.clone()));
        }
    }
}
