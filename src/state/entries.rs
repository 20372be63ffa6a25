//! Reading entries: always a few at a time, from storage, through the one gate.

use super::facts::Facts;
use super::{App, Standing, StoreError};
use crate::device::{clock, timer};
use crate::store::log;
use bothways::ids::{EntryId, OriginId};
use bothways::library::{ContentId, Theme};
use bothways::log::find::{Finder, Matches};
use bothways::log::kinds::{Content, Kind, MarkSort};
use bothways::log::records::{self, head};
use bothways::log::seal::Until;
use bothways::log::view::{EntryView, Version, history, is_told, newest_first, readable};
use bothways::log::{LogSet, Member, Millis};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How everything of an entry that can be searched is put into one text.
pub type TextOf = fn(&App, &EntryView) -> String;

/// Entries read at once where all are wanted.
const PART: usize = 100;

/// Entries of a kind among which something may wait.
const LOOKED_AT: usize = 12;

/// What waits is shown as far as one takes it in.
const MOST_WAIT: usize = 4;

/// Years looked back for entries of this day.
const YEARS_BACK: u32 = 12;

/// Changed entries that the search takes in at once.
const FOLLOWED: usize = 100;

/// Words of the log, gathered while one types for the first time.
#[derive(Default)]
pub struct Search {
    finder: Finder,
    /// None until somebody has searched.
    text_of: Option<TextOf>,
}

impl App {
    pub(super) fn origin(&self) -> Result<OriginId, StoreError> {
        self.home.with_untracked(|home| home.as_ref().map(|home| home.origin)).ok_or(StoreError::Failed)
    }

    /// Follows every change of the log, here or in another tab, from within an effect.
    pub fn follow_log(&self) {
        self.changes.track();
    }

    /// The entries after a place in the timeline, newest first; the place to go on from comes with each. With a facet
    /// ([`records::facet`]), those under it.
    pub async fn page(
        &self,
        facet: Option<&str>,
        after: Option<String>,
        limit: usize,
    ) -> Result<Vec<(String, EntryView)>, StoreError> {
        let origin = self.origin()?;
        let head = facet.map_or_else(|| head::ROW.to_owned(), |facet| format!("{}{facet}/", head::FACET));
        let keys = log::index_keys(&origin, &head, after.as_deref(), None, Some(limit as u32)).await?;
        let rows: Vec<EntryId> = keys.iter().filter_map(|key| Some(records::row(key)?.1)).collect();
        let views = self.views(&rows).await?;
        Ok(keys.into_iter().zip(views).filter_map(|(key, view)| Some((key, view?))).collect())
    }

    /// All entries, the oldest first, read a part at a time.
    pub async fn all_entries(&self) -> Result<Vec<EntryView>, StoreError> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let part = self.page(None, after, PART).await?;
            let is_last = part.len() < PART;
            after = part.last().map(|(place, _)| place.clone());
            all.extend(part.into_iter().map(|(_, entry)| entry));
            if is_last {
                all.reverse();
                return Ok(all);
            }
            timer::pause(0).await;
        }
    }

    /// When entries were written, from one time to before another, newest first: enough to mark a month's days.
    pub async fn times(&self, from: Millis, to: Millis) -> Result<Vec<Millis>, StoreError> {
        let origin = self.origin()?;
        let (first, last) = (records::place(to - 1), records::place(from - 1));
        let keys = log::index_keys(&origin, head::ROW, Some(&first), Some(&last), None).await?;
        Ok(keys.iter().filter_map(|key| Some(records::row(key)?.0)).collect())
    }

    /// Entries written on this day in earlier years, the latest year first; none that the one who looks
    /// lets rest, by itself or with a time or a name.
    pub async fn on_this_day(&self) -> Result<Vec<EntryView>, StoreError> {
        let (origin, viewer) = (self.origin()?, self.member_now());
        let mut days = Vec::new();
        for years in 1..=YEARS_BACK {
            let (from, to) = clock::this_day_years_ago(years);
            let (first, last) = (records::place(to - 1), records::place(from - 1));
            days.extend(log::index_keys(&origin, head::ROW, Some(&first), Some(&last), None).await?);
        }
        let rests = |entry: &EntryId| {
            let thing = (*entry).into();
            self.facts
                .with_untracked(|facts| viewer.is_some_and(|it| facts.is_marked(it, MarkSort::Rests, &thing)))
        };
        let mut rows: Vec<EntryId> = days.iter().filter_map(|key| Some(records::row(key)?.1)).collect();
        rows.retain(|entry| !rests(entry));
        let (resting, now) = (self.resting(), clock::now().at);
        let mut views: Vec<EntryView> = self.views(&rows).await?.into_iter().flatten().collect();
        views.retain(|view| !resting.covers(view, now));
        Ok(views)
    }

    /// What waits for the one who looks: answers sealed until they answer, letters that they may open,
    /// agreements that are to be looked at again or accepted.
    pub async fn waits(&self) -> Result<Vec<EntryView>, StoreError> {
        let viewer = self.member_now();
        let mut waits = Vec::new();
        for kind in [Kind::Answer, Kind::Letter, Kind::Agreement] {
            let newest = self.page(Some(&records::facet::kind(kind)), None, LOOKED_AT).await?;
            waits.extend(newest.into_iter().map(|(_, entry)| entry).filter(|entry| match &entry.seal {
                Some(seal) => !seal.own && !matches!(seal.until, Until::Day(_)),
                None => self.is_due(entry, viewer),
            }));
        }
        waits.truncate(MOST_WAIT);
        Ok(waits)
    }

    /// Whether an agreement is to be looked at again, or to be accepted by the one who looks.
    fn is_due(&self, entry: &EntryView, viewer: Option<Member>) -> bool {
        if entry.telling().is_none_or(|telling| telling.kind != Kind::Agreement) {
            return false;
        }
        let [version] = entry.versions.as_slice() else { return true };
        let accepted = viewer.is_some_and(|it| {
            let thing = version.revision.into();
            version.member == it
                || self.facts.with_untracked(|facts| facts.is_marked(it, MarkSort::Accepts, &thing))
        });
        !accepted || untrack(|| self.is_review_due(version))
    }

    /// Whether an agreement's day to be looked at has come, and nobody has said since then that these words stay.
    pub fn is_review_due(&self, version: &Version) -> bool {
        let thing = version.revision.into();
        let stays =
            |facts: &Facts| Member::ALL.into_iter().any(|it| facts.is_marked(it, MarkSort::Settled, &thing));
        let day = version.content.as_ref().and_then(Content::telling).and_then(|telling| telling.day);
        day.is_some_and(|day| day <= clock::now().at) && !self.facts.with(stays)
    }

    /// Which of the two have touched each theme since a time, in the order of the themes.
    pub async fn touched(&self, since: Millis) -> Result<Vec<[bool; 2]>, StoreError> {
        let origin = self.origin()?;
        let facets: Vec<String> = Theme::ALL.iter().map(|theme| records::facet::theme(*theme)).collect();
        let found =
            log::index_values_before(&origin, head::FACET, &facets, &records::place(since - 1)).await?;
        let by = |values: &Vec<String>| Member::ALL.map(|member| values.iter().any(|it| it == member.id()));
        Ok(found.iter().map(by).collect())
    }

    /// The entries with these ids, each as far as it can be read.
    pub async fn views(&self, entries: &[EntryId]) -> Result<Vec<Option<EntryView>>, StoreError> {
        let slice = log::slice(&self.origin()?, entries).await?;
        let (viewer, now) = (self.member_now(), clock::now().at);
        Ok(entries.iter().map(|entry| told(&slice, entry, viewer, now)).collect())
    }

    /// Entries about something in the library, the newest first.
    pub async fn entries_about(&self, id: &ContentId) -> Result<Vec<EntryView>, StoreError> {
        let keys =
            log::index_keys(&self.origin()?, &format!("{}{id}/", head::DONE), None, None, None).await?;
        let entries: Vec<EntryId> = keys.iter().filter_map(|key| key.parse().ok()).collect();
        let mut views: Vec<EntryView> = self.views(&entries).await?.into_iter().flatten().collect();
        newest_first(&mut views);
        Ok(views)
    }

    /// The replies to each of these entries, the oldest first.
    pub async fn replies(&self, entries: &[EntryId]) -> Result<Vec<Vec<EntryView>>, StoreError> {
        let origin = self.origin()?;
        let found = log::index_keys_of(&origin, head::REPLY, entries).await?;
        let ids: Vec<Vec<EntryId>> =
            found.iter().map(|keys| keys.iter().filter_map(|key| key.parse().ok()).collect()).collect();
        let slice = log::slice(&origin, &ids.concat()).await?;
        let view = |entry: &EntryId| self.seen(&slice, entry);
        Ok(ids
            .iter()
            .map(|ids| {
                let mut views: Vec<EntryView> = ids.iter().filter_map(view).collect();
                views.sort_unstable_by_key(|view| view.order);
                views
            })
            .collect())
    }

    /// An entry, and what stood in it before.
    pub async fn with_history(&self, entry: EntryId) -> Option<(EntryView, Vec<Version>)> {
        let slice = log::slice(&self.origin().ok()?, &[entry]).await.ok()?;
        let view = self.seen(&slice, &entry)?;
        let viewer = self.member_now();
        let before = viewer.map(|viewer| history(&slice, &entry, viewer, clock::now().at));
        Some((view, before.unwrap_or_default()))
    }

    fn seen(&self, slice: &LogSet, entry: &EntryId) -> Option<EntryView> {
        seen(slice, entry, self.member_now(), clock::now().at)
    }

    /// One entry.
    pub async fn view(&self, entry: EntryId) -> Option<EntryView> {
        self.views(&[entry]).await.ok()?.into_iter().flatten().next()
    }

    /// The newest entries in which all words of a query occur. The first search gathers the words of the whole
    /// log, a little at a time, and what it has so far can be found; each step of the gathering counts as a change.
    pub fn find(&self, query: &str, limit: usize, text_of: TextOf) -> Matches {
        if self.search.with_value(|search| search.text_of.is_none())
            && self.standing.get_untracked() == Standing::Ready
        {
            self.search.update_value(|search| search.text_of = Some(text_of));
            let app = *self;
            spawn_local(async move {
                // Interrupted by a failed read, it starts again with the next search.
                if app.gather(text_of).await.is_err() {
                    app.search.set_value(Search::default());
                }
                app.gathering.set(false);
                app.changed();
            });
        }
        self.search.with_value(|search| search.finder.find(query, limit))
    }

    /// Lets go what was gathered: somebody else reads now.
    pub(super) fn forget_search(&self) {
        self.search.set_value(Search::default());
    }

    async fn gather(&self, text_of: TextOf) -> Result<(), StoreError> {
        let origin = self.origin()?;
        self.gathering.set(true);
        let mut after = None;
        let mut chunks = 0_u32;
        loop {
            let (slice, last) = log::scan(&origin, after.as_ref()).await?;
            self.take_into_search(&slice, &slice.entries().collect::<Vec<_>>(), text_of);
            chunks += 1;
            let Some(last) = last else { return Ok(()) };
            after = Some(last);
            // What has been gathered so far shows now and then; drawing it each time would slow the gathering.
            if chunks.is_power_of_two() {
                self.changed();
            }
            timer::pause(0).await;
        }
    }

    fn take_into_search(&self, slice: &LogSet, entries: &[EntryId], text_of: TextOf) {
        let (viewer, now) = (self.member_now(), clock::now().at);
        for entry in entries {
            let view = told(slice, entry, viewer, now);
            let text = view.as_ref().map(|view| text_of(self, view));
            self.search.update_value(|search| match view.zip(text) {
                Some((view, text)) => search.finder.add(*entry, view.order, &text),
                None => search.finder.remove(entry),
            });
        }
    }

    /// Keeps the search true to entries that have changed.
    pub(super) async fn follow_in_search(&self, entries: &[EntryId]) {
        let text_of = self.search.with_value(|search| search.text_of);
        let (Some(text_of), Ok(origin)) = (text_of, self.origin()) else { return };
        // A few at a time: a swap may have brought thousands.
        for some in entries.chunks(FOLLOWED) {
            if let Ok(slice) = log::slice(&origin, some).await {
                // With an answer, the other's may have opened: it is in the slice as well.
                let mut entries: Vec<EntryId> = slice.entries().collect();
                entries.extend(some);
                self.take_into_search(&slice, &entries, text_of);
            }
        }
    }
}

/// An entry. What is sealed is shut to whoever has not said who they are.
fn seen(log: &LogSet, entry: &EntryId, viewer: Option<Member>, now: Millis) -> Option<EntryView> {
    let view = readable(log, entry, viewer.unwrap_or(Member::Mother), now)?;
    Some(if viewer.is_none() { view.shut() } else { view })
}

/// An entry, if it is one that is told.
fn told(log: &LogSet, entry: &EntryId, viewer: Option<Member>, now: Millis) -> Option<EntryView> {
    let view = seen(log, entry, viewer, now)?;
    view.versions.iter().any(|version| is_told(version.content.as_ref())).then_some(view)
}
