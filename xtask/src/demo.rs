//! `cargo xtask demo <pair> <language> [--today YYYY-MM-DD]`: the log of an invented pair, as a backup.
//!
//! Reads `examples/demo/<pair>[.<language>].toml` and writes `target/demo/<pair>.<language>.txt`, which the app opens
//! under Swap, "I have a backup", with the words that are printed. It is made by the same acts with which people
//! write. Ids, salts and keys follow from the pair's name, and days are counted back from today: the same day gives the
//! same file. Nothing in it is secret, and nobody's log should be begun from it.
//!
//! The grown pair has a phone each, paired and swapped but for her last days; the little one shares a phone.

use bothways::backup::kept::{Former, Kept};
use bothways::backup::plan::{Plan, Source};
use bothways::backup::sealing::sealed;
use bothways::backup::{Cover, write};
use bothways::caps;
use bothways::ids::{BackupId, DeviceId, EntryId, OriginId, Salt};
use bothways::language::ENGLISH;
use bothways::library::{ContentId, Pack, Stage, Theme};
use bothways::log::acts::Pen;
use bothways::log::kinds::{Content, Feeling, Kind, MarkSort, Telling, Thing, Wish};
use bothways::log::publishing::publish;
use bothways::log::seal::answer_entry;
use bothways::log::{Delta, LogSet, Member, Millis, When};
use bothways::sorted::{SortedMap, SortedSet};
use bothways::swap::Origins;
use bothways::swap::blobs::Photos;
use bothways::swap::heard::{Heard, Seen};
use bothways::swap::keys::Keys;
use bothways::swap::trust::{Phone, Trust};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

/// The words every demonstration is sealed with.
const PHRASE: &str = "soup bridge train window lemon story";
const DAY: Millis = 86_400_000;
const MINUTE: Millis = 60_000;
/// Minutes east of UTC where the two live.
const ZONE: i32 = 60;
/// How old what she wrote on a phone of her own must be to have been sent: something is left to swap.
const SENT_AFTER: Millis = 3 * DAY;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Runs the command.
pub fn run(arguments: &[String]) -> ExitCode {
    match made(arguments) {
        Ok(path) => {
            println!("{}\nits words: {PHRASE}", path.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn made(arguments: &[String]) -> Outcome<PathBuf> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (pair, language, today) = match *words.as_slice() {
        [pair, language] => (pair, language, days_now()?),
        [pair, language, "--today", day] => (pair, language, days_of(day)?),
        _ => return Err("usage: cargo xtask demo little|grown en|es [--today YYYY-MM-DD]".into()),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = backup(&root, &crate::content::english(&root)?, pair, language, today)?;
    let path = root.join(format!("target/demo/{pair}.{language}.txt"));
    crate::write_if_changed(&path, &file)?;
    Ok(path)
}

/// The backup of a pair, sealed.
fn backup(root: &Path, library: &Pack, pair: &str, language: &str, today: i64) -> Outcome<String> {
    let name =
        if language == ENGLISH.id { format!("{pair}.toml") } else { format!("{pair}.{language}.toml") };
    let path = root.join("examples/demo").join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let told: Told = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut writing = Writing::begun(library, &told, format!("{pair}.{language}"), today);
    writing.write_all(&told)?;
    writing.sealed(&told)
}

/// What the file of a pair says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    mother: String,
    son: String,
    stage: Stage,
    favourites: BTreeMap<Who, Vec<String>>,
    entry: Vec<Entry>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
enum Who {
    Mother,
    Son,
}

impl From<Who> for Member {
    fn from(who: Who) -> Self {
        match who {
            Who::Mother => Self::Mother,
            Who::Son => Self::Son,
        }
    }
}

/// One entry. Fields of a kind's own stand beside those of all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
struct Entry {
    /// What a reply calls it.
    key: Option<String>,
    who: Who,
    days_ago: i64,
    time: String,
    kind: String,
    words: String,
    feeling: Option<String>,
    theme: Option<String>,
    about: Option<String>,
    wish: Option<String>,
    /// The entry a reply is to, by its key, and what sort of reply it is.
    to: Option<String>,
    sort: Option<String>,
    /// When a letter opens: on a day, or once something has come to pass.
    opens: Option<String>,
    opens_when: Option<String>,
    review_in_days: Option<i64>,
    column: Option<String>,
    hers: Option<String>,
    his: Option<String>,
    r#try: Option<String>,
    heard: Option<String>,
    need: Option<String>,
    offer: Option<String>,
    when: Option<String>,
    steps: Option<String>,
    /// What it was at first, where it was changed.
    before: Option<Before>,
    /// Whether the other has accepted the words that stand.
    #[serde(default)]
    accepted: bool,
    /// Whether the other has called it settled.
    #[serde(default)]
    settled: bool,
}

/// What stood in an entry until a day; what is not said was the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    until_days_ago: i64,
    words: Option<String>,
    r#try: Option<String>,
}

impl Entry {
    /// One of the texts beside the words, by its name in the kind's shape.
    fn part(&self, name: &str) -> Option<&String> {
        match name {
            "his" => self.his.as_ref(),
            "hers" => self.hers.as_ref(),
            "try" => self.r#try.as_ref(),
            "heard" => self.heard.as_ref(),
            "need" => self.need.as_ref(),
            "offer" => self.offer.as_ref(),
            "when" => self.when.as_ref(),
            "steps" => self.steps.as_ref(),
            "opens-when" => self.opens_when.as_ref(),
            _ => None,
        }
    }
}

/// One of the two, and what they write on.
struct Writer {
    phone: Former,
    device: DeviceId,
}

impl Writer {
    fn of(phone: Former) -> Self {
        Self { device: phone.device(), phone }
    }

    fn keys(&self) -> Keys {
        Keys::of_seed(&self.phone.seed, &self.phone.origin)
    }

    fn as_known(&self, member: Member) -> Phone {
        Phone { device: self.device, member, for_two: false, keys: self.keys().public() }
    }
}

/// Numbers that look random and follow from a name.
struct Dice {
    name: String,
    rolled: u64,
}

impl Dice {
    fn roll(&mut self) -> [u8; 32] {
        self.rolled += 1;
        Sha256::digest(format!("demo {} {}", self.name, self.rolled)).into()
    }

    fn short(&mut self) -> [u8; 16] {
        self.roll().first_chunk().copied().unwrap_or_default()
    }
}

/// A log while it is written.
struct Writing<'a> {
    library: &'a Pack,
    dice: Dice,
    /// Midnight of the day it is made for, UTC.
    today: Millis,
    log: LogSet,
    hers: Writer,
    /// None where they share a phone.
    his: Option<Writer>,
    keys: BTreeMap<String, EntryId>,
}

impl<'a> Writing<'a> {
    fn begun(library: &'a Pack, told: &Told, name: String, today: i64) -> Self {
        let mut dice = Dice { name, rolled: 0 };
        let mut writer =
            || Writer::of(Former { seed: dice.roll(), origin: OriginId::from_bytes(dice.short()) });
        let hers = writer();
        let his = (told.stage != Stage::Little).then(writer);
        Self { library, dice, today: today * DAY, log: LogSet::default(), hers, his, keys: BTreeMap::new() }
    }

    fn pen(&self, who: Member, at: Millis) -> Pen {
        let his = self.his.as_ref().filter(|_| who == Member::Son);
        let device = his.unwrap_or(&self.hers).device;
        Pen { member: who, device, when: When { at, zone: ZONE } }
    }

    /// The beginning of a day where the two live.
    fn day(&self, days_ago: i64) -> Millis {
        self.today - days_ago * DAY - Millis::from(ZONE) * MINUTE
    }

    fn salt(&mut self) -> Salt {
        Salt::from_bytes(self.dice.short())
    }

    fn write_all(&mut self, told: &Told) -> Outcome<()> {
        let first = self.day(told.entry.iter().map(|entry| entry.days_ago).max().unwrap_or_default());
        for (who, name) in [(Member::Mother, &told.mother), (Member::Son, &told.son)] {
            let salt = self.salt();
            self.log.apply(self.pen(who, first).name(&self.log, name, salt)?);
        }
        for entry in &told.entry {
            let wrong =
                |error| format!("{} days ago, {}, {}: {error}", entry.days_ago, entry.time, entry.kind);
            self.write(entry).map_err(wrong)?;
        }
        for (who, things) in &told.favourites {
            for thing in things {
                self.library.idea(thing).ok_or_else(|| format!("no idea is called \"{thing}\""))?;
                self.mark((*who).into(), self.day(1), MarkSort::Favourite, &thing.parse::<ContentId>()?)?;
            }
        }
        Ok(())
    }

    fn mark(&mut self, who: Member, at: Millis, mark: MarkSort, thing: impl Into<Thing>) -> Outcome<()> {
        let salt = self.salt();
        self.log.apply(self.pen(who, at).mark(&self.log, mark, &thing.into(), true, salt)?);
        Ok(())
    }

    fn write(&mut self, entry: &Entry) -> Outcome<()> {
        let who = Member::from(entry.who);
        let time = minutes_of(&entry.time)? * MINUTE;
        let began = self.day(entry.days_ago) + time;
        let telling = self.telling(entry)?;
        if !telling.is_sayable() {
            return Err("it says nothing, or too much".into());
        }
        let (id, salt) = (EntryId::from_bytes(self.dice.short()), self.salt());
        let pen = self.pen(who, began);
        let (id, delta) = match (&telling.about, telling.kind) {
            (Some(question), Kind::Answer) => {
                let delta = pen.answer(&self.log, question, salt, telling.clone())?;
                (answer_entry(who, question), delta)
            }
            _ => (id, pen.write(id, salt, &Content::Told(self.at_first(entry, &telling)))?),
        };
        self.log.apply(delta);
        let mut stood = began;
        if let Some(before) = &entry.before {
            stood = self.day(before.until_days_ago) + time;
            let salt = self.salt();
            self.log.apply(self.pen(who, stood).edit(&self.log, id, salt, &Content::Told(telling))?);
        }
        for head in self.log.heads(&id).ids.into_iter().filter(|_| entry.accepted) {
            self.mark(who.other(), stood + 10 * MINUTE, MarkSort::Accepts, head)?;
        }
        if entry.settled {
            self.mark(who.other(), stood + DAY, MarkSort::Settled, id)?;
        }
        if let Some(key) = &entry.key {
            self.keys.insert(key.clone(), id);
        }
        Ok(())
    }

    /// What is told, as it stands in the end.
    fn telling(&self, entry: &Entry) -> Outcome<Telling> {
        let kind: Kind = entry.kind.parse().map_err(|_| "there is no such kind")?;
        let shape = kind.shape();
        let missing = |what: &str, id: &str| format!("there is no {what} \"{id}\"");
        let part = |name: &&'static str| entry.part(name).map(|text| (*name, text.clone()));
        let stood = entry.before.as_ref().map_or(entry.days_ago, |before| before.until_days_ago);
        Ok(Telling {
            kind,
            words: entry.words.clone(),
            feeling: given(&entry.feeling, |id| {
                self.library.feeling(id).and_then(|_| Feeling::new(id)).ok_or_else(|| missing("feeling", id))
            })?,
            theme: given(&entry.theme, |id| Theme::from_id(id).ok_or_else(|| missing("theme", id)))?,
            about: given(&entry.about, |id| {
                let is_known = match kind {
                    Kind::Answer => self.library.question(id).is_some(),
                    _ => self.library.idea(id).is_some() || self.library.practice(id).is_some(),
                };
                id.parse().ok().filter(|_| is_known).ok_or_else(|| missing("question or idea", id))
            })?,
            reply_to: given(&entry.to, |key| {
                self.keys.get(key).copied().ok_or_else(|| missing("earlier entry", key))
            })?,
            parts: shape.parts.iter().filter_map(part).collect(),
            day: match (&entry.opens, entry.review_in_days) {
                (Some(day), _) => Some(days_of(day)? * DAY - Millis::from(ZONE) * MINUTE),
                (None, Some(days)) => Some(self.day(stood - days)),
                (None, None) => None,
            },
            choice: given(&entry.sort.clone().or_else(|| entry.column.clone()), |id| {
                shape.choices.iter().copied().find(|known| *known == id).ok_or_else(|| missing("choice", id))
            })?,
            wish: given(&entry.wish, |id| Wish::from_id(id).ok_or_else(|| missing("wish", id)))?,
            ..Telling::default()
        })
    }

    /// What was told at first.
    fn at_first(&self, entry: &Entry, told: &Telling) -> Telling {
        let mut telling = told.clone();
        let Some(before) = &entry.before else { return telling };
        if let Some(words) = &before.words {
            telling.words.clone_from(words);
        }
        for (name, text) in &mut telling.parts {
            if let Some(other) = before.r#try.as_ref().filter(|_| *name == "try") {
                text.clone_from(other);
            }
        }
        telling.day = entry.review_in_days.map(|days| self.day(entry.days_ago - days)).or(told.day);
        telling
    }

    /// Everything as a backup of her phone, sealed.
    fn sealed(mut self, told: &Told) -> Outcome<String> {
        let Former { seed, origin } = self.hers.phone;
        let mut origins = Origins::begun(origin);
        let (mut trust, mut heard) = (None, Heard::new());
        if let Some(his) = self.his.take() {
            let joined = origins.joined_with(&Origins::begun(his.phone.origin));
            origins = joined.ok_or("the two logs cannot be joined")?;
            (trust, heard) = self.swapped(&his);
        }
        let kept = Kept {
            phone: Former { seed, origin },
            names: [Some(told.mother.clone()), Some(told.son.clone())],
            origins,
            member: Some(Member::Mother),
            for_two: heard.is_empty(),
            nickname: told.son.clone(),
            stage: Some(told.stage),
            predecessors: Vec::new(),
            former: Vec::new(),
            left: false,
            held_back: SortedSet::new(),
        };
        let sources = [Source::new(&kept, trust.as_deref(), &heard, &self.log, &[], &[])];
        let plan = Plan::new(&sources, caps::BACKUP_BYTES)?;
        let backup = BackupId::from_bytes(self.dice.short());
        let cover = Cover { backup, made: self.today, app: env!("CARGO_PKG_VERSION").into() };
        let text = write(&cover, &plan, 0, &sources, &[Photos::new()]);
        Ok(sealed(&text, PHRASE, &mut || self.dice.roll())?)
    }

    /// Pairs the two phones and has sent what is old enough: what hers knows of his then, and what his holds.
    fn swapped(&mut self, his: &Writer) -> (Option<String>, Heard) {
        let until = self.today - SENT_AFTER;
        let mut sent = LogSet::default();
        sent.apply(Delta {
            revisions: self.log.revisions().filter(|held| held.seen < until).cloned().collect(),
            ..Delta::default()
        });
        let hers = publish(&sent, self.hers.device, &[], &SortedSet::new());
        self.log.apply(hers);
        let have = self.log.chains().have();
        let all = publish(&self.log, his.device, &[], &SortedSet::new());
        self.log.apply(all);

        let me = self.hers.as_known(Member::Mother);
        let since = self.day(0) - 400 * DAY;
        let (mut trust, mut said) = (Trust::default(), Trust::default());
        trust.vouch(&self.hers.keys(), me.device, &his.as_known(Member::Son), since, false);
        said.vouch(&his.keys(), his.device, &me, since, false);
        for (trust, writer) in [(&mut trust, &self.hers), (&mut said, his)] {
            if let Some(tip) = self.log.chains().tip(&writer.device) {
                trust.sign(&writer.keys(), writer.device, tip);
            }
        }
        let seen = Seen { made: until, have, wants: SortedSet::new(), photos: SortedSet::new() };
        let mut heard: SortedMap<DeviceId, Seen> = Heard::new();
        heard.insert(his.device, seen);
        (Some(trust.with(&said, &me).to_text()), heard)
    }
}

/// What a text stands for, if it is there; an error where it stands for nothing.
fn given<T>(text: &Option<String>, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    text.as_deref().map(read).transpose()
}

/// Minutes since midnight.
fn minutes_of(time: &str) -> Outcome<i64> {
    let (hours, minutes) = time.split_once(':').ok_or("a time is written 07:30")?;
    Ok(hours.parse::<i64>()? * 60 + minutes.parse::<i64>()?)
}

fn days_now() -> Outcome<i64> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    Ok(i64::try_from(now.as_secs() / 86_400)?)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, counted in years that begin in March.
fn days_of(day: &str) -> Outcome<i64> {
    let parts: Vec<i64> = day.split('-').map(str::parse).collect::<Result<_, _>>()?;
    let [year, month @ 1..=12, day @ 1..=31] = *parts.as_slice() else {
        return Err(format!("\"{day}\" is no day such as 2026-11-01").into());
    };
    let year = if month < 3 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Ok(year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bothways::backup::part::LogPart;
    use bothways::backup::sealing::opened;
    use bothways::log::view::{history, marked, name_of, readable, timeline};
    use bothways::swap::preview::plan;
    use std::sync::LazyLock;

    const TODAY: &str = "2026-12-01";
    static LIBRARY: LazyLock<Pack> = LazyLock::new(|| crate::content::english(&root()).unwrap());

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    fn made(pair: &str, language: &str) -> String {
        backup(&root(), &LIBRARY, pair, language, days_of(TODAY).unwrap()).unwrap()
    }

    /// The log as a new phone has it once the backup is restored.
    fn restored(file: String) -> (LogSet, Kept) {
        let part = opened(file.into_bytes(), PHRASE).unwrap();
        let [log] = part.logs.as_slice() else { panic!("one log") };
        let mut here = LogSet::default();
        let mut plan = plan(&here, &log.as_file(&part.header), Member::Mother, now(), &SortedSet::new());
        LogPart::keep_seen(&log.as_log(), &mut plan.delta);
        here.apply(plan.delta);
        (here, log.kept.clone())
    }

    fn now() -> Millis {
        days_of(TODAY).unwrap() * DAY
    }

    fn tellings(log: &LogSet) -> Vec<(EntryId, Telling)> {
        let told = |id| Some((id, readable(log, &id, Member::Mother, now())?));
        let views = log.entries().filter_map(told);
        views.filter_map(|(id, view)| Some((id, view.telling()?.clone()))).collect()
    }

    #[test]
    fn each_pair_comes_back_whole_in_both_languages() {
        for (pair, language) in [("little", "en"), ("little", "es"), ("grown", "en"), ("grown", "es")] {
            let (log, kept) = restored(made(pair, language));
            // An envelope that is shut for her has no words in it, and is there all the same.
            let shut =
                timeline(&log, Member::Mother, now()).into_iter().filter(|view| view.telling().is_none());
            let told = tellings(&log);
            assert_eq!(told.len() + shut.count(), 42, "{pair} {language}");
            for kind in Kind::ALL {
                assert!(told.iter().any(|(_, telling)| telling.kind == kind), "{pair}: no {}", kind.id());
            }
            let changed = told.iter().filter(|(id, _)| !history(&log, id, Member::Mother, now()).is_empty());
            assert_eq!(changed.count(), 2, "{pair}: an agreement and a ritual were changed");
            for member in Member::ALL {
                assert!(name_of(&log, member).is_some());
                assert!(!marked(&log, MarkSort::Favourite, member).is_empty());
            }
            assert_eq!((kept.for_two, kept.origins.is_joined()), (pair == "little", pair == "grown"));
        }
    }

    #[test]
    fn an_agreement_is_accepted_by_the_other() {
        let (log, _) = restored(made("grown", "en"));
        let agreed = timeline(&log, Member::Mother, now()).into_iter().filter(|view| {
            view.is_agreed(|member, revision| {
                marked(&log, MarkSort::Accepts, member).contains(&Thing::from(revision))
            })
        });
        assert_eq!(agreed.count(), 1);
    }

    #[test]
    fn the_same_day_gives_the_same_file() {
        assert_eq!(made("grown", "en"), made("grown", "en"));
    }

    #[test]
    fn what_was_never_written_is_named() {
        let text = fs::read_to_string(root().join("examples/demo/little.toml")).unwrap();
        for (from, to) in [
            ("about = \"talking-q-whale\"", "about = \"talking-q-shark\""),
            ("to = \"goose\"", "to = \"duck\""),
            ("feeling = \"glad\"", "feeling = \"gladdish\""),
            ("column = \"ask\"", "column = \"never\""),
        ] {
            let told: Told = toml::from_str(&text.replace(from, to)).unwrap();
            let error =
                Writing::begun(&LIBRARY, &told, "x".into(), 0).write_all(&told).unwrap_err().to_string();
            assert!(error.contains(to.split('"').nth(1).unwrap()), "{error}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let days = ["1970-01-01", "2000-02-29", "2026-11-26"].map(|day| days_of(day).unwrap());
        assert_eq!(days, [0, 11_016, 20_783]);
        assert!(days_of("2026-13-01").is_err() && days_of("today").is_err());
    }
}
