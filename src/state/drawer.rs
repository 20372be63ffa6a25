//! Only me: what the person who writes here keeps to themselves, and what moves between that and the log.

use super::drafts::Draft;
use super::lock::Keeping;
use super::writing::{UNDO_MS, random, salt, telling_of};
use super::{App, Problem};
use crate::device::timer;
use crate::store::drawer;
use bothways::drawer::Note;
use bothways::ids::EntryId;
use bothways::log::Delta;
use bothways::log::kinds::Content;
use leptos::prelude::{SetValue as _, WithValue as _, untrack};
use leptos::task::spawn_local;

impl App {
    /// What this phone's member keeps to themselves, newest first.
    /// Where it is locked and shut that is what is said.
    pub async fn notes(&self) -> Result<Vec<Note>, Problem> {
        let mut notes = Vec::<Note>::new();
        let all = match self.locked_notes().await? {
            Some(notes) => notes,
            None => drawer::all(&self.origin()?).await?,
        };
        for note in all {
            if self.is_own(&note) {
                let place = notes.partition_point(|other| other.when > note.when);
                notes.insert(place, note);
            }
        }
        Ok(notes)
    }

    /// One of them.
    pub async fn note(&self, id: EntryId) -> Result<Option<Note>, Problem> {
        Ok(self.notes().await?.into_iter().find(|note| note.id == id))
    }

    /// Whether a note is this member's. On a phone of one person each is, even if it was set up as the other's once.
    fn is_own(&self, note: &Note) -> bool {
        let member = self.member_now();
        if untrack(|| self.is_for_two()) { Some(note.member) == member } else { member.is_some() }
    }

    /// Keeps a new note, or a change to one.
    pub async fn save_note(&self, id: Option<EntryId>, draft: &Draft) -> Result<(), Problem> {
        let pen = self.pen().await?;
        let before = match id {
            Some(id) => self.note(id).await?,
            None => None,
        };
        let mut telling = telling_of(draft)?;
        telling.more = before.as_ref().map(|note| note.telling.more.clone()).unwrap_or_default();
        let id = id.map_or_else(|| random().map(EntryId::from_bytes), Ok)?;
        let when = before.map_or(pen.when, |note| note.when);
        let note = Note { id, member: pen.member, when, telling };
        self.act_with(self.keeping(note).await?, &[], |_| Ok(Delta::default())).await?;
        self.ask_to_persist();
        Ok(())
    }

    /// Shares a note: a new entry of the words as they stand now, and the note goes.
    pub async fn share_note(&self, id: EntryId, draft: &Draft) -> Result<(), Problem> {
        let (pen, telling) = (self.pen().await?, telling_of(draft)?);
        let (entry, salt) = (EntryId::from_bytes(random()?), salt()?);
        let note = self.note(id).await?.ok_or(Problem::NotYours)?;
        let steps = self.forgetting(&note).await?;
        self.act_with(steps, &[entry], |_| Ok(pen.write(entry, salt, &Content::Told(telling))?)).await?;
        self.ask_to_persist();
        Ok(())
    }

    /// Takes an entry out of the log for oneself: it is erased there, and its words become a note. The other phone
    /// loses them with the next swap; what was sent before cannot be called back.
    pub async fn keep_to_myself(&self, entry: EntryId, draft: &Draft) -> Result<(), Problem> {
        let (pen, telling) = (self.pen().await?, telling_of(draft)?);
        let (id, salt) = (EntryId::from_bytes(random()?), salt()?);
        let note = Note { id, member: pen.member, when: pen.when, telling };
        let steps = self.keeping(note).await?;
        self.act_with(steps, &[entry], |slice| Ok(pen.erase(slice, entry, salt)?)).await?;
        self.finish_erasing().await;
        Ok(())
    }

    /// Takes a note away. For some seconds it can be brought back, from memory: as it was kept, so sealed where there is a
    /// lock.
    pub async fn erase_note(self, note: Note, said: &str) -> Result<(), Problem> {
        self.ready().await?;
        let (id, photos) = (note.id, note.telling.photos.clone());
        let forgetting = self.forgetting(&note).await?;
        let back = self.keeping(note).await?;
        self.act_with(forgetting, &[], |_| Ok(Delta::default())).await?;
        self.notify(said.to_owned(), Some(id));
        self.erased_note.set_value(Some((id, back)));
        timer::after(UNDO_MS, move || {
            if self.erased_note.with_value(|erased| erased.as_ref().is_some_and(|(note, _)| *note == id)) {
                self.erased_note.set_value(None);
                spawn_local(async move { self.forget_photos(photos).await });
            }
        });
        Ok(())
    }

    /// Brings the note back that was erased last, if it is this one; false if it is not.
    pub(super) async fn undo_erase_note(&self, id: EntryId) -> Result<bool, Problem> {
        let erased = self.erased_note.with_value(|erased| erased.clone().filter(|(note, _)| *note == id));
        let Some((_, back)) = erased else { return Ok(false) };
        self.act_with(back, &[], |_| Ok(Delta::default())).await?;
        self.erased_note.set_value(None);
        Ok(true)
    }

    async fn forgetting(&self, note: &Note) -> Result<Keeping, Problem> {
        let origin = self.origin()?;
        Ok(Keeping { steps: drawer::forget(&origin, note), locks: drawer::lock_keys(&origin).await? })
    }
}
