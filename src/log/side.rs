//! Correcting who writes on a phone.
//!
//! Where both phones were set up as the mother's, one of them is the son's after all. What it wrote is written again
//! as his. What has not left the phone goes without trace; of what has left, the old entries are erased (marks taken
//! away, names and answers withdrawn), and the words stand in new ones. So nothing rests on whether somebody took the
//! old ones in: where they did, they go with the next swap.

use super::acts::{CannotWrite, Pen};
use super::body::{Body, hash_of};
use super::kinds::Content;
use super::revision::{Header, Member, Revision};
use super::seal::answer_entry;
use super::set::{Delta, Held, LogSet};
use crate::ids::{EntryId, RevisionId, Salt};
use crate::sorted::SortedMap;

/// Writes what this installation has written as the other member again, as the pen's. `random` gives random bytes.
///
/// # Errors
/// Where something cannot be written again, which what was written once can.
pub fn change_side(
    log: &LogSet,
    pen: &Pen,
    random: &mut dyn FnMut() -> [u8; 16],
) -> Result<Delta, CannotWrite> {
    let wrong = Pen { member: pen.member.other(), ..*pen };
    let mine = |entry: &EntryId| {
        let wrote = |held: &Held| {
            held.revision.header().device == pen.device && held.revision.header().member == wrong.member
        };
        !log.is_erased(entry) && log.revisions_of(entry).any(wrote)
    };
    let mut places = SortedMap::new();
    for entry in log.entries().filter(mine) {
        places.insert(entry, place(log, &entry, pen.member, random));
    }
    let mut delta = Delta::default();
    for (entry, place) in places.iter() {
        if has_left(log, entry) {
            add(&mut delta, withdraw(log, &wrong, *entry, Salt::from_bytes(random()))?);
        } else {
            for held in log.revisions_of(entry) {
                delta.forget_revisions.push(held.revision.id());
                delta.forget_bodies.push(held.revision.header().body);
            }
        }
        write_again(log, pen, *entry, *place, &places, random, &mut delta)?;
    }
    Ok(delta)
}

fn has_left(log: &LogSet, entry: &EntryId) -> bool {
    log.revisions_of(entry).any(|held| log.chains().is_published(&held.revision.id()))
}

fn content_of(log: &LogSet, entry: &EntryId) -> Option<Content> {
    let body = log.heads(entry).ids.iter().find_map(|id| log.body_of(id))?;
    Some(Body::parse(body).ok()?.content())
}

/// The entry in which the words of this one stand from now on.
fn place(log: &LogSet, entry: &EntryId, member: Member, random: &mut dyn FnMut() -> [u8; 16]) -> EntryId {
    match content_of(log, entry) {
        Some(Content::Mark(mark)) => mark.entry(member),
        Some(Content::Name(_)) => EntryId::derived("name", member.id(), ""),
        Some(content) if content.answers().is_some() => {
            content.answers().map_or(*entry, |question| answer_entry(member, question))
        }
        _ if has_left(log, entry) => EntryId::from_bytes(random()),
        _ => *entry,
    }
}

/// Takes back what has left the phone. A tombstone in an entry whose id follows from the member would erase what the
/// real one of the two has written there: such an entry gets a version that says nothing.
fn withdraw(log: &LogSet, wrong: &Pen, entry: EntryId, salt: Salt) -> Result<Delta, CannotWrite> {
    match content_of(log, &entry) {
        Some(Content::Mark(mark)) => wrong.mark(log, mark.mark, &mark.thing, false, salt),
        Some(Content::Name(_)) => wrong.name(log, "", salt),
        Some(content) if content.answers().is_some() => match content.answers() {
            Some(question) => wrong.answer(log, question, salt, Default::default()),
            None => Ok(Delta::default()),
        },
        _ => wrong.erase(log, entry, salt),
    }
}

/// Writes an entry's revisions again, parents first.
fn write_again(
    log: &LogSet,
    pen: &Pen,
    entry: EntryId,
    place: EntryId,
    places: &SortedMap<EntryId, EntryId>,
    random: &mut dyn FnMut() -> [u8; 16],
    delta: &mut Delta,
) -> Result<(), CannotWrite> {
    let begun = if place == entry { Vec::new() } else { log.heads(&place).ids };
    // What stands for each old revision: the new one, or where its words are missing, what stands for its parents.
    let mut again: SortedMap<RevisionId, Vec<RevisionId>> = SortedMap::new();
    let mut waiting: Vec<&Held> = log.revisions_of(&entry).collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut later = Vec::new();
        for held in waiting {
            let old = held.revision.header();
            let is_held = |parent: &&RevisionId| log.revision(parent).is_some();
            let parents: Vec<&RevisionId> = old.parents.iter().filter(is_held).collect();
            if parents.iter().any(|parent| !again.contains_key(parent)) {
                later.push(held);
                continue;
            }
            let mut parents: Vec<RevisionId> =
                parents.iter().filter_map(|parent| again.get(parent)).flatten().copied().collect();
            if parents.is_empty() {
                parents.clone_from(&begun);
            }
            let Some(mut body) = log.body(&old.body).and_then(|text| Body::parse(text).ok()) else {
                again.insert(held.revision.id(), parents);
                continue;
            };
            if let Content::Told(mut telling) = body.content()
                && let Some(replied) = telling.reply_to.and_then(|entry| places.get(&entry))
            {
                telling.reply_to = Some(*replied);
                (_, body.fields) = Content::Told(telling).to_fields();
            }
            body.salt = Salt::from_bytes(random());
            let text = body.write()?;
            let hash = hash_of(&text)?;
            let revision = Revision::write(Header {
                v: 1,
                entry: place,
                parents,
                device: pen.device,
                member: pen.member,
                body: hash,
                size: text.len() as u32,
                erases: false,
            })?;
            again.insert(held.revision.id(), vec![revision.id()]);
            delta.revisions.push(Held { revision, seen: held.seen });
            delta.bodies.push((hash, text.into()));
        }
        // Hashes have no circles; were there one, what is in it would stay where it is.
        if later.len() == before {
            break;
        }
        waiting = later;
    }
    Ok(())
}

fn add(delta: &mut Delta, more: Delta) {
    delta.revisions.extend(more.revisions);
    delta.bodies.extend(more.bodies);
}
