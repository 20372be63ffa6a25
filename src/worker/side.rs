//! Correcting who writes on this phone.

use super::Outcome;
use crate::device::talk::Talk;
use crate::device::{clock, locks};
use crate::store::{StoreError, brought, database, home, log, photos, trust};
use bothways::ids::{EntryId, OriginId, labelled_hash};
use bothways::log::acts::Pen;
use bothways::log::records;
use bothways::log::side::change_side;
use bothways::sorted::SortedSet;
use bothways::swap::errand::{Answer, JOINED_SINCE};

/// Writes what this phone has written again, as the other's of the two. Once two logs are joined it is too late: both
/// people are in it. `seed` is random, from the page: a worker has no window to ask for it.
pub async fn change(talk: &Talk, origin: &OriginId, seed: &[u8]) -> Outcome {
    let failed = || Answer::from(StoreError::Failed);
    let _lock = locks::hold(locks::LOG).await;
    let mut home = home::load(origin).await?.ok_or_else(failed)?;
    let member = home.member.filter(|_| !home.origins.is_joined() && !home.for_two);
    let member = member.ok_or_else(|| Answer::Failed(JOINED_SINCE.into()))?.other();
    // Other phones have been told whose this one is.
    if trust::is_there(origin).await? {
        return Err(Answer::Failed(JOINED_SINCE.into()));
    }
    let log = log::whole(origin).await?;
    let pen = Pen { member, device: home.device(), when: clock::now() };
    let mut count = 0_u64;
    let mut random = || {
        count += 1;
        let hash = labelled_hash("bothways/side/1", &[seed, &count.to_be_bytes()]);
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        bytes
    };
    let delta = change_side(&log, &pen, &mut random).map_err(|_| failed())?;
    let change = records::change(&log, &delta);
    home.member = Some(member);
    let mut steps = log::steps(origin, &change)?;
    steps.push(home::step(&home)?);
    steps.push(brought::forget(origin));
    steps.extend(photos::freed(origin, &change).await?);
    database::write(&steps, &|_| true).await?;
    let changed = delta.revisions.iter().map(|held| held.revision.header().entry);
    let entries: SortedSet<EntryId> = changed.chain(log.entries()).collect();
    talk.say(&Answer::Taken(entries.into_iter().collect()));
    Ok(())
}
