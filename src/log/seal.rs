//! Envelopes: what travels, and is not shown to the other before its time. An envelope, not a vault: the words are in
//! the file and in the storage of the other phone, and it is this program that does not show them.
//!
//! - An answer opens once both have answered the question.
//! - A letter opens on its day, or once the one it is for says that it has come to pass.

use super::Millis;
use super::body::Body;
use super::kinds::{Content, Kind, Mark, MarkSort, Telling};
use super::revision::Member;
use super::set::LogSet;
use super::view::Version;
use crate::ids::EntryId;
use crate::library::ContentId;
use crate::sorted::SortedSet;

/// The envelope round an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Until when it is shut.
    pub until: Until,
    /// Whether it is the viewer's own, which is shut for the other. Else it is the other's, and its words are not in the
    /// view.
    pub own: bool,
}

/// When an envelope opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// Once both have answered this question.
    Answered(ContentId),
    /// On a day, from this instant on.
    Day(Millis),
    /// When this has come to pass.
    Event(String),
}

/// Until when a version of an entry is shut for whoever has not written it; none where it is open.
pub(super) fn shut_until(log: &LogSet, entry: &EntryId, version: &Version, now: Millis) -> Option<Until> {
    let Some(Content::Told(telling)) = &version.content else { return None };
    let reader = version.member.other();
    match telling.kind {
        Kind::Answer => {
            let question = telling.about.as_ref().filter(|question| !has_answered(log, reader, question))?;
            Some(Until::Answered(question.clone()))
        }
        Kind::Letter => match (telling.day, telling.part(OPENS_WHEN)) {
            (Some(day), _) => (now < day).then_some(Until::Day(day)),
            (None, "") => None,
            (None, event) => (!has_opened(log, reader, entry)).then(|| Until::Event(event.into())),
        },
        _ => None,
    }
}

/// The part of a letter that says what it waits for, where it waits for no day.
const OPENS_WHEN: &str = "opens-when";

/// The entry a member's sealed answer to a question is kept in: one for each, so that it is known where to look.
pub fn answer_entry(member: Member, question: &ContentId) -> EntryId {
    EntryId::derived("answer", member.id(), question.as_str())
}

/// The entry that says that a letter's reader has opened it.
fn opened_entry(reader: Member, letter: EntryId) -> EntryId {
    Mark { mark: MarkSort::Opened, thing: letter.into(), on: true }.entry(reader)
}

/// Whether a member has ever answered a question; what was seen then stays open, even if they erase their answer.
fn has_answered(log: &LogSet, member: Member, question: &ContentId) -> bool {
    log.revisions_of(&answer_entry(member, question)).any(|held| held.revision.header().member == member)
}

fn has_opened(log: &LogSet, reader: Member, letter: &EntryId) -> bool {
    log.revisions_of(&opened_entry(reader, *letter)).any(|held| held.revision.header().member == reader)
}

/// The entries without which a slice of a log could not tell what may be read: to each answer in it, the other's answer to
/// the same question; to each letter, whether it was opened. Those in the slice are left out.
pub fn companions(slice: &LogSet) -> Vec<EntryId> {
    let bodies = slice.revisions().filter_map(|held| {
        let header = held.revision.header();
        Some((header.entry, header.member, slice.body(&header.body)?))
    });
    let mut companions = companions_of(bodies);
    companions.retain(|entry| slice.revisions_of(entry).next().is_none());
    companions
}

/// The same for bodies, the entries they stand in, and who wrote them.
pub fn companions_of<'a>(bodies: impl Iterator<Item = (EntryId, Member, &'a str)>) -> Vec<EntryId> {
    let mut companions = SortedSet::new();
    for (entry, member, text) in bodies {
        // Looked at closely only where it may be one: most bodies are not.
        if !text.contains("\"answer\"") && !text.contains("\"letter\"") {
            continue;
        }
        let Ok(Content::Told(Telling { kind, about, .. })) = Body::parse(text).map(|body| body.content())
        else {
            continue;
        };
        match (kind, about) {
            (Kind::Answer, Some(question)) => companions.extend([answer_entry(member.other(), &question)]),
            (Kind::Letter, _) => companions.extend([opened_entry(member.other(), entry)]),
            _ => {}
        }
    }
    companions.iter().copied().collect()
}
