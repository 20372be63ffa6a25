//! Ideas and questions of their own. They are entries, and few, so they are kept at hand like the library, read anew
//! whenever one of them changes.

use super::{App, StoreError};
use crate::device::clock;
use crate::store::log;
use bothways::caps;
use bothways::ids::{EntryId, OriginId};
use bothways::library::{ContentId, matches_words};
use bothways::log::Member;
use bothways::log::kinds::{Kind, Telling};
use bothways::log::records::{self, Change, facet, head};
use bothways::log::seal::answer_entry;
use bothways::log::view::readable;
use leptos::prelude::*;

/// What the two have thought of themselves, the newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnThings {
    /// Things to do.
    pub ideas: Vec<Own>,
    /// Questions for both.
    pub questions: Vec<Own>,
}

/// An idea or a question of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// The entry it stands in.
    pub entry: EntryId,
    /// The name by which entries and marks name it: the entry's id.
    pub id: ContentId,
    /// Who thought of it.
    pub member: Member,
    /// What it says.
    pub telling: Telling,
    /// Which of the two have answered it, if it is a question.
    pub answered: [bool; 2],
}

impl Own {
    /// Everything of it that can be searched.
    pub fn texts(&self) -> String {
        format!("{} {}", self.telling.words, self.telling.part("steps"))
    }
}

impl OwnThings {
    /// The idea of this id.
    pub fn idea(&self, id: &ContentId) -> Option<&Own> {
        self.ideas.iter().find(|own| own.id == *id)
    }

    /// Those in which every word of a query occurs, and whether each is a question.
    pub fn found(&self, query: &str) -> Vec<(Own, bool)> {
        let all =
            self.ideas.iter().map(|own| (own, false)).chain(self.questions.iter().map(|own| (own, true)));
        let found = all.filter(|(own, _)| matches_words(&own.texts(), query));
        found.map(|(own, is_question)| (own.clone(), is_question)).collect()
    }

    /// The question of this id.
    pub fn question(&self, id: &ContentId) -> Option<&Own> {
        self.questions.iter().find(|own| own.id == *id)
    }

    /// The question that waits longest for an answer of one of the two.
    pub fn next_for(&self, member: Member) -> Option<&Own> {
        let place = Member::ALL.iter().position(|one| *one == member)?;
        self.questions.iter().rev().find(|own| own.answered.get(place) == Some(&false))
    }

    /// Whether a change makes it worth reading again.
    pub(super) fn changes_with(&self, change: &Change) -> bool {
        let heads =
            [Kind::OwnIdea, Kind::OwnQuestion].map(|kind| format!("{}{}/", head::FACET, facet::kind(kind)));
        heads.iter().any(|head| change.touches(head))
            || !self.questions.is_empty() && change.touches(head::DONE)
            // A changed word leaves its place in the index as it was.
            || change.puts.iter().any(|(_, key, _)| {
                self.ideas.iter().chain(&self.questions).any(|own| key.starts_with(own.id.as_str()))
            })
    }
}

impl OwnThings {
    /// Reads them.
    pub(super) async fn read(origin: &OriginId) -> Result<Self, StoreError> {
        let [ideas, questions] = [Kind::OwnIdea, Kind::OwnQuestion];
        Ok(Self { ideas: all_of(origin, ideas).await?, questions: all_of(origin, questions).await? })
    }
}

async fn all_of(origin: &OriginId, kind: Kind) -> Result<Vec<Own>, StoreError> {
    let under = format!("{}{}/", head::FACET, facet::kind(kind));
    let keys = log::index_keys(origin, &under, None, None, Some(caps::OWN as u32)).await?;
    let entries: Vec<EntryId> = keys.iter().filter_map(|key| Some(records::row(key)?.1)).collect();
    let slice = log::slice(origin, &entries).await?;
    let now = clock::now().at;
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        // Neither kind is ever sealed: it is the same whoever looks.
        let Some(view) = readable(&slice, &entry, Member::Mother, now) else { continue };
        let Some(telling) = view.telling().filter(|telling| telling.kind == kind) else { continue };
        let Ok(id) = entry.to_string().parse::<ContentId>() else { continue };
        let mut answered = [false; 2];
        if kind == Kind::OwnQuestion {
            let about = log::index_keys(origin, &format!("{}{id}/", head::DONE), None, None, None).await?;
            answered = Member::ALL.map(|member| about.contains(&answer_entry(member, &id).to_string()));
        }
        all.push(Own { entry, id, member: view.member, telling: telling.clone(), answered });
    }
    Ok(all)
}

impl App {
    /// Shows what was read. Where it is what is shown already, nothing is drawn anew.
    pub(super) fn know_own(&self, own: OwnThings) {
        if self.own.with_untracked(|known| *known != own) {
            self.own.set(own);
        }
    }
}
