//! From revisions to what a person sees. [`readable`] is the only way from an entry to its words.

use super::Millis;
use super::body::{Body, When};
use super::kinds::{Content, MarkSort, Moment};
use super::revision::Member;
use super::set::LogSet;
use crate::caps;
use crate::ids::{EntryId, PhotoHash, RevisionId};
use crate::library::ContentId;
use crate::sorted::SortedSet;

/// One version of an entry, as it stands side by side with others or alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The exact revision.
    pub revision: RevisionId,
    /// Who wrote it.
    pub member: Member,
    /// When its writer's phone says it was written; none where the body has not arrived.
    pub when: Option<When>,
    /// What it says; none where the body has not arrived.
    pub content: Option<Content>,
}

/// An entry as one of the two may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
    /// The entry.
    pub id: EntryId,
    /// Who began it.
    pub member: Member,
    /// The time shown: when it was first written, by its writer's phone.
    pub when: When,
    /// Whether that time lies more than a day ahead of when this phone first saw the entry.
    pub clock_ahead: bool,
    /// Where it stands in the timeline: the claimed time, or when it was first seen if that is flagged.
    pub order: Millis,
    /// Whether it was changed after it was first written.
    pub edited: bool,
    /// Whether something before it has not arrived yet.
    pub incomplete: bool,
    /// Whether it has left this phone or came from another.
    pub published: bool,
    /// Whether it is an answer that not both can read yet.
    pub seal: Option<Seal>,
    /// The versions that stand: one, or several that nobody has settled yet.
    pub versions: Vec<Version>,
}

/// The envelope round an answer, until both have answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// What was asked.
    pub question: ContentId,
    /// Whether it is the viewer's own answer, which waits for the other's. Else it is the other's, and its words are
    /// not in the view.
    pub own: bool,
}

impl EntryView {
    /// The same for a viewer of whom it is not known which of the two they are: what is sealed is shut.
    pub fn shut(mut self) -> Self {
        if let Some(seal) = &mut self.seal {
            seal.own = false;
            for version in &mut self.versions {
                version.content = None;
            }
        }
        self
    }

    /// The question it answers, if it is a sealed answer or was one.
    pub fn answers(&self) -> Option<&ContentId> {
        self.versions.iter().find_map(|version| match &version.content {
            Some(Content::Answer(moment)) => moment.about.as_ref(),
            _ => None,
        })
    }

    /// The moment it tells, if it is one, in the first version that stands.
    pub fn moment(&self) -> Option<&Moment> {
        self.versions.iter().find_map(|version| version.content.as_ref()?.moment())
    }
}

/// What an entry shows to a viewer now: the one gate from an entry to its words, for views, search, previews
/// and exports for reading. None for what is not there or was erased. An answer of the other's shows its words once
/// the viewer has answered too: `log` must hold the viewer's own answer, if there is one (see [`companions`]).
/// (Letters before their day will be decided here too, and nowhere else.)
pub fn readable(log: &LogSet, entry: &EntryId, viewer: Member, _now: Millis) -> Option<EntryView> {
    let mut view = standing(log, entry)?;
    for version in &mut view.versions {
        let Some(Content::Answer(Moment { about: Some(question), .. })) = &version.content else { continue };
        if !has_answered(log, version.member.other(), question) {
            let own = version.member == viewer;
            view.seal = Some(Seal { question: question.clone(), own });
            if !own {
                version.content = None;
            }
        }
    }
    Some(view)
}

/// The entry a member's sealed answer to a question is kept in: one for each, so that it is known where to look.
pub fn answer_entry(member: Member, question: &ContentId) -> EntryId {
    EntryId::derived("answer", member.id(), question.as_str())
}

/// Whether a member has ever answered a question; what was seen then stays open, even if they erase their answer.
fn has_answered(log: &LogSet, member: Member, question: &ContentId) -> bool {
    log.revisions_of(&answer_entry(member, question)).any(|held| held.revision.header().member == member)
}

/// The entries without which a slice of a log could not tell what may be read: to each answer in it, the other's
/// answer to the same question. Those in the slice are left out.
pub fn companions(slice: &LogSet) -> Vec<EntryId> {
    let bodies = slice
        .revisions()
        .filter_map(|held| Some((held.revision.header().member, slice.body(&held.revision.header().body)?)));
    let mut companions = companions_of(bodies);
    companions.retain(|entry| slice.revisions_of(entry).next().is_none());
    companions
}

/// The same for bodies and who wrote them.
pub fn companions_of<'a>(bodies: impl Iterator<Item = (Member, &'a str)>) -> Vec<EntryId> {
    let mut companions = SortedSet::new();
    for (member, text) in bodies {
        // Looked at closely only where it may be one: most bodies are not.
        if text.contains("\"answer\"")
            && let Ok(body) = Body::parse(text)
            && let Content::Answer(Moment { about: Some(question), .. }) = body.content()
        {
            companions.insert(answer_entry(member.other(), &question));
        }
    }
    companions.iter().copied().collect()
}

/// What stands in an entry, whoever looks. Not for showing: what may be shown is [`readable`]'s to say.
pub(super) fn standing(log: &LogSet, entry: &EntryId) -> Option<EntryView> {
    if log.is_erased(entry) {
        return None;
    }
    let heads = log.heads(entry);
    let first = first_revision(log, entry)?;
    let versions: Vec<Version> = heads
        .ids
        .iter()
        .filter_map(|id| log.revision(id))
        .filter(|held| !held.revision.header().erases)
        .map(|held| {
            let body = log.body(&held.revision.header().body).and_then(|text| Body::parse(text).ok());
            Version {
                revision: held.revision.id(),
                member: held.revision.header().member,
                when: body.as_ref().map(Body::when),
                content: body.map(|body| body.content()),
            }
        })
        .collect();
    let claimed = log.body_of(&first.0).and_then(|text| Body::parse(text).ok()).map(|body| body.when());
    let when = claimed
        .or_else(|| versions.iter().find_map(|version| version.when))
        .unwrap_or(When { at: first.1, zone: 0 });
    let clock_ahead = when.at > first.1.saturating_add(caps::CLOCK_AHEAD_MS);
    // A withdrawn answer says nothing beside one that does.
    let mut versions = versions;
    if versions.iter().any(|version| is_told(version.content.as_ref())) {
        versions.retain(
            |version| !matches!(&version.content, Some(Content::Answer(answer)) if !answer.is_sayable()),
        );
    }
    Some(EntryView {
        id: *entry,
        member: first.2,
        when,
        clock_ahead,
        order: if clock_ahead { first.1 } else { when.at },
        edited: log.revisions_of(entry).nth(1).is_some(),
        incomplete: heads.incomplete,
        published: log.chains().is_published(&first.0),
        seal: None,
        versions,
    })
}

/// The photos the standing versions of an entry name; none of what was erased.
pub fn photos_of(log: &LogSet, entry: &EntryId) -> Vec<PhotoHash> {
    let mut photos = Vec::new();
    if !log.is_erased(entry) {
        for id in log.heads(entry).ids {
            photos.extend(log.body_of(&id).into_iter().flat_map(photos_in));
        }
    }
    photos
}

/// The photos a body names.
pub fn photos_in(body: &str) -> Vec<PhotoHash> {
    let content = Body::parse(body).map(|body| body.content());
    let moment = content.as_ref().ok().and_then(Content::moment);
    moment.map(|moment| moment.photos.iter().map(|photo| photo.hash).collect()).unwrap_or_default()
}

/// The revision that began an entry: one without parents, else (its beginning has not arrived) any. Where two
/// begin it, as only derived entries do, the one seen first.
fn first_revision(log: &LogSet, entry: &EntryId) -> Option<(RevisionId, Millis, Member)> {
    log.revisions_of(entry)
        .min_by_key(|held| (!held.revision.header().parents.is_empty(), held.seen))
        .map(|held| (held.revision.id(), held.seen, held.revision.header().member))
}

/// The entries people wrote, newest first. Marks and names are not entries one reads.
pub fn timeline(log: &LogSet, viewer: Member, now: Millis) -> Vec<EntryView> {
    let mut entries: Vec<EntryView> = log
        .entries()
        .filter_map(|entry| readable(log, &entry, viewer, now))
        .filter(|view| view.versions.iter().any(|version| is_told(version.content.as_ref())))
        .collect();
    newest_first(&mut entries);
    entries
}

/// Sorts entries as the timeline shows them.
pub fn newest_first(entries: &mut [EntryView]) {
    entries.sort_unstable_by_key(|entry| std::cmp::Reverse((entry.order, entry.id)));
}

/// Whether something is shown in the timeline. What has not arrived, or is of a newer version, is: it is there.
pub fn is_told(content: Option<&Content>) -> bool {
    match content {
        // One that says nothing was withdrawn.
        Some(Content::Answer(answer)) => answer.is_sayable(),
        None | Some(Content::Moment(_) | Content::Unknown(_)) => true,
        _ => false,
    }
}

/// The things a member has marked. Where versions differ, the mark that is set wins.
pub fn marked(log: &LogSet, mark: MarkSort, member: Member) -> SortedSet<ContentId> {
    let mut things = SortedSet::new();
    things.extend(contents(log, member).filter_map(|content| match content {
        Content::Mark(found) if found.mark == mark && found.on => Some(found.thing),
        _ => None,
    }));
    things
}

/// What a member calls themselves: the name claimed last, where several stand.
pub fn name_of(log: &LogSet, member: Member) -> Option<String> {
    let entry = EntryId::derived("name", member.id(), "");
    log.heads(&entry)
        .ids
        .iter()
        .filter_map(|id| Body::parse(log.body_of(id)?).ok())
        .filter_map(|body| match body.content() {
            // An empty one was withdrawn.
            Content::Name(name) if !name.name.is_empty() => Some((body.at, body.salt, name.name)),
            _ => None,
        })
        .max()
        .map(|(_, _, name)| name)
}

/// What in the library the entries of a timeline are about: ideas done, questions answered, practices tried.
pub fn things_done(timeline: &[EntryView]) -> SortedSet<ContentId> {
    let mut things = SortedSet::new();
    things.extend(timeline.iter().filter_map(|entry| entry.moment()?.about.clone()));
    things
}

fn contents(log: &LogSet, member: Member) -> impl Iterator<Item = Content> {
    log.entries().filter(|entry| !log.is_erased(entry)).flat_map(move |entry| {
        log.heads(&entry)
            .ids
            .into_iter()
            .filter(move |id| log.revision(id).is_some_and(|held| held.revision.header().member == member))
            .filter_map(|id| Body::parse(log.body_of(&id)?).ok())
            .map(|body| body.content())
    })
}
