//! Everything on this phone, as files under a passphrase.

use super::Outcome;
use super::me::Randomness;
use crate::device::talk::Talk;
use crate::device::{clock, locks, timer};
use crate::store::home::{self, Home};
use crate::store::{StoreError, drawer, former, heard, log, photos, trust};
use bothways::backup::kept::Kept;
use bothways::backup::plan::{Plan, Source};
use bothways::backup::reminder::calendar_file;
use bothways::backup::sealing::sealed;
use bothways::backup::{Cover, read, write};
use bothways::caps;
use bothways::drawer::Note;
use bothways::drawer::lock::{Lock, Sealed};
use bothways::ids::{BackupId, OriginId, PhotoHash};
use bothways::log::records::head;
use bothways::log::{LogSet, Member};
use bothways::photo::is_clean;
use bothways::swap::blobs::Photos;
use bothways::swap::errand::Answer;
use bothways::swap::heard::Heard;
use js_sys::{Array, Date};
use wasm_bindgen::JsValue;
use web_sys::{File, FilePropertyBag};

/// The type under which a backup travels: every share sheet and every picker takes it.
const TEXT: &str = "text/plain";
/// How far it is is told in steps of this size for a part, as if it were so many entries.
const OF_ONE_PART: usize = 3_000;

fn failed() -> Answer {
    StoreError::Failed.into()
}

/// An event for a calendar: its day (none for today, and every month from then on), name and what it says, on a line each.
pub fn reminder(talk: &Talk, says: &[u8]) -> Outcome {
    let says = str::from_utf8(says).map_err(|_| failed())?;
    let (day, says) = says.split_once('\n').unwrap_or(("", says));
    let (name, text) = says.split_once('\n').unwrap_or((says, ""));
    let digits = |text: &str| text.chars().filter(|letter| !"-:".contains(*letter)).collect::<String>();
    let now = String::from(Date::new_0().to_iso_string());
    // To the second, in UTC.
    let stamp = format!("{}Z", digits(now.split('.').next().unwrap_or_default()));
    let returns = day.is_empty();
    let day = if returns { digits(&clock::date_for_file_names()) } else { digits(day) };
    talk.say_with(&Answer::Text, &calendar_file(&day, returns, &stamp, name, text).into());
    Ok(())
}

/// One log with everything that belongs to it, read.
struct Whole {
    origin: OriginId,
    kept: Kept,
    trust: Option<String>,
    heard: Heard,
    log: LogSet,
    notes: Vec<Note>,
    locks: Vec<Lock>,
    sealed: Vec<Sealed>,
    sizes: Vec<(PhotoHash, usize)>,
}

impl Whole {
    async fn of(home: Home) -> Result<Self, StoreError> {
        let origin = home.origin;
        home.unlock();
        let mut names = [None, None];
        for (name, member) in names.iter_mut().zip(Member::ALL) {
            *name = log::index_value(&origin, &format!("{}{}", head::NAME, member.id())).await?;
        }
        let trust = trust::load(&origin).await?;
        Ok(Self {
            origin,
            kept: home.kept(former::load(&origin).await?, names),
            trust: (!trust.is_alone()).then(|| trust.to_text()),
            heard: heard::load(&origin).await?,
            log: log::whole(&origin).await?,
            notes: drawer::all(&origin).await?,
            locks: drawer::locks(&origin).await?,
            sealed: drawer::sealed(&origin).await?,
            sizes: Vec::new(),
        })
    }

    /// Looks how large its photos are. One that a reader would refuse is left out: it cannot have been made here.
    async fn measure(&mut self) -> Result<(), StoreError> {
        for photo in photos::held(&self.origin).await? {
            if let Some(bytes) = photos::load(&self.origin, photo).await?.filter(|bytes| is_clean(bytes)) {
                self.sizes.push((photo, bytes.len()));
            }
        }
        Ok(())
    }

    fn source(&self) -> Source<'_> {
        let trust = self.trust.as_deref();
        Source::new(&self.kept, trust, &self.heard, &self.log, &self.notes, &self.sizes)
            .with_locked(&self.locks, &self.sealed)
    }
}

/// All logs, read at one moment, and what is written on each file.
pub struct Everything {
    logs: Vec<Whole>,
    cover: Cover,
}

impl Everything {
    /// Reads it. Nothing is written meanwhile.
    pub async fn read() -> Result<Self, StoreError> {
        let mut random = Randomness::new();
        let backup = id_of(random.next());
        random.checked().map_err(|_| StoreError::Failed)?;
        let cover = Cover { backup, made: clock::now().at, app: env!("CARGO_PKG_VERSION").into() };
        let mut logs = Vec::new();
        {
            let _lock = locks::hold(locks::LOG).await;
            for home in home::all().await? {
                logs.push(Whole::of(home).await?);
            }
        }
        for log in &mut logs {
            log.measure().await?;
        }
        Ok(Self { logs, cover })
    }

    fn sources(&self) -> Vec<Source<'_>> {
        self.logs.iter().map(Whole::source).collect()
    }

    /// Which things go into which file.
    pub fn plan(&self) -> Result<Plan, Answer> {
        let too_large = |_| Answer::Refused(bothways::swap::Refusal::TooLarge);
        Plan::new(&self.sources(), caps::BACKUP_BYTES).map_err(too_large)
    }

    /// The text of one of the files.
    pub async fn text_of(&self, plan: &Plan, part: usize) -> Result<String, StoreError> {
        let shares = plan.parts.get(part).ok_or(StoreError::Failed)?;
        let mut photos = Vec::with_capacity(self.logs.len());
        for (log, share) in self.logs.iter().zip(shares) {
            let mut bytes = Photos::new();
            for photo in share.photos.iter() {
                let found = photos::load(&log.origin, *photo).await?;
                bytes.extend(found.map(|found| (*photo, found.into())));
            }
            photos.push(bytes);
        }
        Ok(write(&self.cover, plan, part, &self.sources(), &photos))
    }
}

/// Makes a backup and hands its files over. Nothing of it is kept here, and the words least of all.
pub async fn make(talk: &Talk, phrase: &[u8]) -> Outcome {
    let phrase = str::from_utf8(phrase).map_err(|_| failed())?;
    let everything = Everything::read().await?;
    let plan = everything.plan()?;
    let mut random = Randomness::new();
    let (files, count) = (Array::new(), plan.parts.len());
    for part in 0..count {
        if !talk.go_on(part * OF_ONE_PART, count * OF_ONE_PART) {
            return Err(Answer::Stopped);
        }
        // So that a word to stop is heard.
        timer::pause(0).await;
        let text = everything.text_of(&plan, part).await?;
        // A backup that cannot be read again is worse than none: found out now, while everything is still here.
        read(&text).map_err(|_| Answer::from(StoreError::Damaged))?;
        let sealed = sealed(&text, phrase, &mut || random.next()).map_err(|_| failed())?;
        drop(text);
        random.checked()?;
        files.push(&file(part + 1, count, &sealed).ok_or_else(failed)?);
    }
    talk.say_with(&Answer::BackedUp, &files);
    Ok(())
}

fn id_of(random: [u8; 32]) -> BackupId {
    let mut id = [0; 16];
    id.iter_mut().zip(random).for_each(|(to, from)| *to = from);
    BackupId::from_bytes(id)
}

/// A part as a file with a name that says which it is.
fn file(part: usize, of: usize, text: &str) -> Option<JsValue> {
    let day = clock::date_for_file_names();
    let name = if of == 1 {
        format!("bothways-backup-{day}.txt")
    } else {
        format!("bothways-backup-{day}-part-{part}-of-{of}.txt")
    };
    let kind = FilePropertyBag::new();
    kind.set_type(TEXT);
    let parts = Array::of1(&text.into());
    File::new_with_str_sequence_and_options(&parts, &name, &kind).ok().map(JsValue::from)
}
