//! From revisions to what a person sees. [`readable`] is the only way from an entry to its words.

use super::Millis;
use super::body::{Body, When};
use super::kinds::{Content, Kind, MarkSort, Telling, Thing};
use super::revision::Member;
use super::seal::{Seal, shut_until};
use super::set::{Held, LogSet};
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
    /// The envelope round it, while it is shut for one of the two.
    pub seal: Option<Seal>,
    /// The versions that stand: one, or several that nobody has settled yet.
    pub versions: Vec<Version>,
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
        self.versions.iter().find_map(|version| version.content.as_ref()?.answers())
    }

    /// Whether both have agreed to exactly the words that stand: whoever wrote them did so by writing them, the other by
    /// accepting this very revision. False while two versions stand side by side. `accepted` says what a member marked.
    pub fn is_agreed(&self, accepted: impl Fn(Member, RevisionId) -> bool) -> bool {
        match self.versions.as_slice() {
            [version] => {
                self.telling().is_some_and(|telling| telling.kind == Kind::Agreement)
                    && accepted(version.member.other(), version.revision)
            }
            _ => false,
        }
    }

    /// Whether whoever began it wrote all that stands in it: only then may that person erase it. (What the other wrote
    /// in between and was overwritten is not seen from here; the log refuses then.)
    pub fn is_of_one(&self) -> bool {
        self.versions.iter().all(|version| version.member == self.member)
    }

    /// What it tells, in the first version that stands.
    pub fn telling(&self) -> Option<&Telling> {
        self.versions.iter().find_map(|version| version.content.as_ref()?.telling())
    }
}

/// What an entry shows to a viewer now: the one gate from an entry to its words, for views, search, previews
/// and exports for reading. None for what is not there or was erased. What is sealed ([`super::seal`]) is there without its
/// words: `log` must hold what its seal depends on (see [`super::seal::companions`]).
pub fn readable(log: &LogSet, entry: &EntryId, viewer: Member, now: Millis) -> Option<EntryView> {
    let mut view = standing(log, entry)?;
    for version in &mut view.versions {
        let Some(until) = shut_until(log, entry, version, now) else { continue };
        let own = version.member == viewer;
        if !own {
            version.content = None;
        }
        view.seal = Some(Seal { until, own });
    }
    Some(view)
}

/// What stood in an entry before what stands now, the latest first: none of it where what stands now is sealed for the
/// viewer.
pub fn history(log: &LogSet, entry: &EntryId, viewer: Member, now: Millis) -> Vec<Version> {
    if !readable(log, entry, viewer, now).is_some_and(|view| view.seal.is_none_or(|seal| seal.own)) {
        return Vec::new();
    }
    let heads = log.heads(entry).ids;
    let before = |held: &&Held| !heads.contains(&held.revision.id()) && !held.revision.header().erases;
    let mut versions: Vec<Version> =
        log.revisions_of(entry).filter(before).map(|held| version_of(log, held)).collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.when));
    versions
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
        .map(|held| version_of(log, held))
        .collect();
    let claimed = log.body_of(&first.0).and_then(|text| Body::parse(text).ok()).map(|body| body.when());
    let when = claimed
        .or_else(|| versions.iter().find_map(|version| version.when))
        .unwrap_or(When { at: first.1, zone: 0 });
    let clock_ahead = when.at > first.1.saturating_add(caps::CLOCK_AHEAD_MS);
    // A withdrawn answer says nothing beside one that does.
    let mut versions = versions;
    if versions.iter().any(|version| is_told(version.content.as_ref())) {
        versions.retain(|version| {
            !version.content.as_ref().is_some_and(|it| it.answers().is_some() && !is_told(Some(it)))
        });
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

fn version_of(log: &LogSet, held: &Held) -> Version {
    let body = log.body(&held.revision.header().body).and_then(|text| Body::parse(text).ok());
    Version {
        revision: held.revision.id(),
        member: held.revision.header().member,
        when: body.as_ref().map(Body::when),
        content: body.map(|body| body.content()),
    }
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
    let telling = content.as_ref().ok().and_then(Content::telling);
    telling.map(|telling| telling.photos.iter().map(|photo| photo.hash).collect()).unwrap_or_default()
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
        Some(Content::Told(telling)) => telling.is_told(),
        None | Some(Content::Unknown(_)) => true,
        _ => false,
    }
}

/// The things a member has marked. Where versions differ, the mark that is set wins.
pub fn marked(log: &LogSet, mark: MarkSort, member: Member) -> SortedSet<Thing> {
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
    things.extend(timeline.iter().filter_map(|entry| entry.telling()?.about.clone()));
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
