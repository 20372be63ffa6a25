//! Taking the last import back.

use super::Outcome;
use crate::device::talk::Talk;
use crate::device::{locks, timer};
use crate::store::{StoreError, brought, database, heard, home, log, photos};
use bothways::ids::OriginId;
use bothways::log::records::{self, Change};
use bothways::swap::errand::{Answer, CHANGED_SINCE};

/// Entries looked at at once.
const PART: usize = 100;

/// Takes out what the last import brought, in one transaction; refuses where an own word follows what came.
pub async fn undo(talk: &Talk, origin: &OriginId) -> Outcome {
    let failed = || Answer::from(StoreError::Failed);
    let since = || Answer::Failed(CHANGED_SINCE.into());
    let _lock = locks::hold(locks::LOG).await;
    let mut home = home::load(origin).await?.ok_or_else(failed)?;
    let brought = brought::load(&home.origin).await?.ok_or_else(since)?;
    let entries = brought.entries();
    let mut change = Change::default();
    // One part at least: an import may have brought lines of a newer version alone.
    let mut parts: Vec<_> = entries.chunks(PART).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    for (done, part) in parts.iter().enumerate() {
        if !talk.go_on(done * PART, parts.len() * PART) {
            return Err(Answer::Stopped);
        }
        timer::pause(0).await;
        let slice = log::slice(&home.origin, part).await?;
        let delta = brought.undo(&slice, home.device()).ok_or_else(since)?;
        change.and(records::change(&slice, &delta));
    }
    let mut steps = log::steps(&home.origin, &change)?;
    steps.extend(photos::freed(&home.origin, &change).await?);
    steps.push(brought::forget(&home.origin));
    // Its sender said it beside what is taken back. In doubt, everything goes with the next file.
    steps.push(heard::forget(&home.origin));
    home.origins = brought.origins;
    steps.push(home::step(&home)?);
    database::write(&steps, &|_| true).await?;
    talk.say(&Answer::Taken(entries));
    Ok(())
}
