//! The drawer where it is locked: setting, opening, changing, taking away. Whatever changes it is one transaction under the
//! lock across tabs, so that no kill and no other tab leaves half of it sealed.

use super::Outcome;
use super::me::Randomness;
use crate::device::talk::Talk;
use crate::device::{clock, locks};
use crate::store::database::{self, Step};
use crate::store::{StoreError, drawer, home};
use bothways::drawer::Note;
use bothways::drawer::errand::{Ask, Asked, Told};
use bothways::drawer::lock::{self, Key, LOG_N, Lock, Unopened};
use bothways::ids::OriginId;
use bothways::log::Member;
use bothways::swap::errand::Answer;
use std::cell::RefCell;

thread_local! {
    /// What was opened, and in which sitting.
    static OPENED: RefCell<(u32, Vec<Key>)> = const { RefCell::new((0, Vec::new())) };
}

/// Does what is asked.
pub async fn run(talk: &Talk, origin: &OriginId, asked: &[u8]) -> Outcome {
    let failed = || Answer::from(StoreError::Failed);
    let asked = str::from_utf8(asked).ok().and_then(|text| Asked::parse(text).ok()).ok_or_else(failed)?;
    if OPENED.with_borrow(|(sitting, _)| *sitting != asked.sitting) {
        OPENED.set((asked.sitting, Vec::new()));
    }
    let told = told(origin, asked.member, asked.ask).await?;
    talk.say_with(&Answer::Text, &told.to_text().into());
    Ok(())
}

async fn told(origin: &OriginId, member: Member, ask: Ask) -> Result<Told, StoreError> {
    let _lock = match ask {
        Ask::Shut | Ask::Notes | Ask::Seal(_) => None,
        _ => Some(locks::hold(locks::LOG).await),
    };
    let home = home::load(origin).await?.ok_or(StoreError::Failed)?;
    let mut locks = drawer::locks(origin).await?;
    locks.retain(|lock| lock::applies(lock, member, home.for_two));
    let drawer = Drawer { origin, member, for_two: home.for_two, locks };
    match ask {
        Ask::Set(phrase) => drawer.set(&phrase).await,
        Ask::Open(phrase) => drawer.open(&phrase).await,
        Ask::Change(phrase, next) => drawer.change(&phrase, &next).await,
        Ask::TakeAway(phrase) => drawer.take_away(&phrase).await,
        Ask::Shut => {
            OPENED.with_borrow_mut(|(_, keys)| keys.clear());
            Ok(Told::Done)
        }
        Ask::Notes => drawer.notes().await,
        Ask::Seal(note) => drawer.seal(&note),
    }
}

struct Drawer<'a> {
    origin: &'a OriginId,
    member: Member,
    for_two: bool,
    locks: Vec<Lock>,
}

impl Drawer<'_> {
    fn lock(&self) -> Option<&Lock> {
        lock::of(&self.locks, self.member, self.for_two)
    }

    /// The notes without a lock that are this member's.
    async fn bare(&self) -> Result<Vec<Note>, StoreError> {
        let mut notes = drawer::all(self.origin).await?;
        notes.retain(|note| !self.for_two || note.member == self.member);
        Ok(notes)
    }

    async fn set(&self, phrase: &str) -> Result<Told, StoreError> {
        if self.lock().is_some() {
            return Ok(Told::Changed);
        }
        self.lock_anew(phrase, self.bare().await?, &[]).await
    }

    /// Seals these notes under a new lock, in the place of those before.
    async fn lock_anew(&self, phrase: &str, notes: Vec<Note>, before: &[&Lock]) -> Result<Told, StoreError> {
        let phrase = lock::usable(phrase).ok_or(StoreError::Failed)?;
        let mut random = Randomness::new();
        let (next, key) = Lock::new(self.member, clock::now().at, phrase, LOG_N, &mut || random.next())
            .map_err(|_| StoreError::Failed)?;
        let mut steps = vec![drawer::keep_lock(self.origin, &next)];
        steps.extend(before.iter().map(|lock| drawer::forget_lock(self.origin, lock)));
        for note in &notes {
            steps.extend(sealed(self.origin, &next, note, &mut random)?);
        }
        random.checked()?;
        // As it will be read: what opens with nothing is worse than what is not locked.
        if Lock::parse(&next.to_text()).ok().and_then(|lock| lock.open(phrase).ok()) != Some(key) {
            return Err(StoreError::Failed);
        }
        database::write(&steps, &|_| true).await?;
        OPENED.with_borrow_mut(|(_, keys)| keys.push(key));
        Ok(Told::Done)
    }

    /// The keys of the locks that a passphrase opens; none where that under which is written is not one of them.
    fn keys(&self, phrase: &str) -> Result<Option<Vec<Key>>, StoreError> {
        let mut keys = Vec::new();
        for lock in &self.locks {
            match lock.open(phrase.trim()) {
                Ok(key) => keys.push(key),
                Err(Unopened::Damaged) => return Err(StoreError::Damaged),
                Err(_) => {}
            }
        }
        let first = self.lock().map(|lock| lock.id);
        Ok(Some(keys).filter(|keys| keys.iter().any(|key| Some(key.lock()) == first)))
    }

    async fn open(&self, phrase: &str) -> Result<Told, StoreError> {
        let Some(lock) = self.lock() else { return Ok(Told::Changed) };
        let Some(keys) = self.keys(phrase)? else { return Ok(Told::WrongPhrase) };
        // What a change of who writes here has left without a lock.
        let mut random = Randomness::new();
        let mut steps = Vec::new();
        for note in self.bare().await? {
            steps.extend(sealed(self.origin, lock, &note, &mut random)?);
        }
        random.checked()?;
        database::write(&steps, &|_| true).await?;
        OPENED.with_borrow_mut(|(_, opened)| opened.extend(keys));
        Ok(Told::Done)
    }

    async fn change(&self, phrase: &str, next: &str) -> Result<Told, StoreError> {
        if self.lock().is_none() {
            return Ok(Told::Changed);
        }
        let Some(keys) = self.keys(phrase)? else { return Ok(Told::WrongPhrase) };
        let mut notes = self.opened(&keys).await?.0;
        notes.extend(self.bare().await?);
        self.lock_anew(next, notes, &self.under(&keys)).await
    }

    async fn take_away(&self, phrase: &str) -> Result<Told, StoreError> {
        if self.lock().is_none() {
            return Ok(Told::Changed);
        }
        let Some(keys) = self.keys(phrase)? else { return Ok(Told::WrongPhrase) };
        let mut steps: Vec<Step> =
            self.under(&keys).iter().map(|lock| drawer::forget_lock(self.origin, lock)).collect();
        for note in self.opened(&keys).await?.0 {
            steps.extend(drawer::keep(self.origin, &note)?);
        }
        database::write(&steps, &|_| true).await?;
        OPENED.with_borrow_mut(|(_, keys)| keys.clear());
        Ok(Told::Done)
    }

    fn under(&self, keys: &[Key]) -> Vec<&Lock> {
        self.locks.iter().filter(|lock| keys.iter().any(|key| key.lock() == lock.id)).collect()
    }

    /// What these keys open, and how many notes are under other locks of this member's.
    async fn opened(&self, keys: &[Key]) -> Result<(Vec<Note>, usize), StoreError> {
        let (mut notes, mut others) = (Vec::new(), 0);
        for note in drawer::sealed(self.origin).await? {
            match note.open(keys) {
                Ok(note) => notes.push(note),
                Err(Unopened::Shut) => {
                    others += usize::from(self.locks.iter().any(|lock| lock.id == note.lock))
                }
                Err(_) => return Err(StoreError::Damaged),
            }
        }
        Ok((notes, others))
    }

    async fn notes(&self) -> Result<Told, StoreError> {
        let first = self.lock().map(|lock| lock.id);
        let mut keys = OPENED.with_borrow(|(_, keys)| keys.clone());
        keys.retain(|key| self.locks.iter().any(|lock| lock.id == key.lock()));
        if !keys.iter().any(|key| Some(key.lock()) == first) {
            return Ok(Told::Shut);
        }
        let (mut notes, others) = self.opened(&keys).await?;
        notes.extend(self.bare().await?);
        Ok(Told::Notes(notes, others))
    }

    fn seal(&self, note: &Note) -> Result<Told, StoreError> {
        let Some(lock) = self.lock() else { return Ok(Told::Changed) };
        let mut random = Randomness::new();
        let sealed = lock.seal(note, &mut || random.next()).map_err(|_| StoreError::Failed)?;
        random.checked()?;
        Ok(Told::Sealed(sealed.to_text()))
    }
}

/// The steps that keep a note under a lock, and nothing of it elsewhere.
pub(super) fn sealed(
    origin: &OriginId,
    lock: &Lock,
    note: &Note,
    random: &mut Randomness,
) -> Result<Vec<Step>, StoreError> {
    let sealed = lock.seal(note, &mut || random.next()).map_err(|_| StoreError::Failed)?;
    Ok(drawer::keep_sealed(origin, &sealed))
}
