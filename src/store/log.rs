//! A log's records: reading slices of it, its index, or all of it; and storing a change in one transaction.

use super::StoreError;
use super::database::{self, Act, Ask, Step, Want};
use super::rest;
use super::schema::{all_of, key, store_of};
use bothways::ids::{BodyHash, DeviceId, EntryId, OriginId};
use bothways::log::chain::Chains;
use bothways::log::records::{self, Change, Table, head};
use bothways::log::seal::companions;
use bothways::log::set::Held;
use bothways::log::{Delta, LogSet};

/// Records read at once where all are wanted, so that the page can answer in between.
const CHUNK: u32 = 200;

fn all(origin: &OriginId, table: Table, head: &str) -> Ask {
    Ask { store: store_of(table), range: all_of(origin, head), want: Want::Values, limit: None }
}

/// Reads the whole threads of these entries, and of those that decide what of them may be read: everything an act or
/// a view of them needs. Links are not read; what is published is noted.
pub async fn slice(origin: &OriginId, entries: &[EntryId]) -> Result<LogSet, StoreError> {
    let mut log = LogSet::default();
    add_threads(&mut log, origin, entries).await?;
    add_companions(&mut log, origin).await?;
    Ok(log)
}

async fn add_companions(log: &mut LogSet, origin: &OriginId) -> Result<(), StoreError> {
    let companions = companions(log);
    if companions.is_empty() { Ok(()) } else { add_threads(log, origin, &companions).await }
}

async fn add_threads(log: &mut LogSet, origin: &OriginId, entries: &[EntryId]) -> Result<(), StoreError> {
    let mut asks = Vec::with_capacity(entries.len() * 4);
    for entry in entries {
        let thread = format!("{entry}/");
        asks.push(all(origin, Table::Revisions, &thread));
        asks.push(all(origin, Table::Bodies, &thread));
        let sent = all(origin, Table::Index, &format!("{}{thread}", head::SENT));
        asks.push(Ask { want: Want::Keys, ..sent.clone() });
        asks.push(sent);
    }
    let mut delta = Delta::default();
    let mut published = Vec::new();
    for thread in database::read(&asks).await?.chunks(4) {
        let [revisions, bodies, sent, devices] = thread else { return Err(StoreError::Failed) };
        add_revisions(&mut delta, revisions)?;
        add_bodies(&mut delta, bodies)?;
        for (key, device) in sent.iter().zip(devices) {
            let revision = key.rsplit('/').next().unwrap_or_default().parse();
            let device: Result<DeviceId, _> = device.parse();
            published.push(revision.ok().zip(device.ok()).ok_or(StoreError::Damaged)?);
        }
    }
    log.apply(delta);
    for (revision, device) in published {
        log.note_published(revision, device);
    }
    Ok(())
}

fn add_revisions(delta: &mut Delta, texts: &[String]) -> Result<(), StoreError> {
    for text in texts {
        let held: Held = records::read_revision(text).map_err(|_| StoreError::Damaged)?;
        delta.revisions.push(held);
    }
    Ok(())
}

fn add_bodies(delta: &mut Delta, stored: &[String]) -> Result<(), StoreError> {
    for stored in stored {
        let text = rest::open(stored)?;
        delta.bodies.push((BodyHash::of_body(&text), text.into()));
    }
    Ok(())
}

fn add_lines(delta: &mut Delta, stored: &[String]) -> Result<(), StoreError> {
    for stored in stored {
        delta.unknown_lines.push(rest::open(stored)?.into());
    }
    Ok(())
}

/// Reads the next threads in the order of their entries, some hundred revisions: a slice, and the last entry in it
/// if more may follow.
pub async fn scan(
    origin: &OriginId,
    after: Option<&EntryId>,
) -> Result<(LogSet, Option<EntryId>), StoreError> {
    let mut range = all_of(origin, "");
    if let Some(after) = after {
        range.0 = all_of(origin, &format!("{after}/")).1;
    }
    let revisions = Ask { store: store_of(Table::Revisions), range, want: Want::Values, limit: Some(CHUNK) };
    let mut delta = Delta::default();
    add_revisions(&mut delta, &database::read(std::slice::from_ref(&revisions)).await?.concat())?;
    let entry_of = |held: &Held| held.revision.header().entry;
    let is_last = delta.revisions.len() < CHUNK as usize;
    let Some(last) = delta.revisions.last().map(entry_of) else { return Ok((LogSet::default(), None)) };
    // The last thread may go on in the next chunk: it is read whole, on its own.
    let (_, end) = all_of(origin, &format!("{last}/"));
    let thread = Ask { range: all_of(origin, &format!("{last}/")), limit: None, ..revisions.clone() };
    let bodies = Ask {
        store: store_of(Table::Bodies),
        range: (revisions.range.0, end),
        want: Want::Values,
        limit: None,
    };
    let answers = database::read(&[thread, bodies]).await?;
    let [revisions_left, bodies] = answers.as_slice() else { return Err(StoreError::Failed) };
    add_revisions(&mut delta, revisions_left)?;
    add_bodies(&mut delta, bodies)?;
    let mut slice = LogSet::default();
    slice.apply(delta);
    add_companions(&mut slice, origin).await?;
    Ok((slice, (!is_last).then_some(last)))
}

/// Reads a whole log, a chunk at a time, so that the page can answer in between.
pub async fn whole(origin: &OriginId) -> Result<LogSet, StoreError> {
    let mut log = LogSet::default();
    for table in [Table::Revisions, Table::Bodies, Table::Links, Table::Lines] {
        let mut range = all_of(origin, "");
        loop {
            let ask =
                Ask { store: store_of(table), range: range.clone(), want: Want::Values, limit: Some(CHUNK) };
            let keys = Ask { want: Want::Keys, ..ask.clone() };
            let answers = database::read(&[ask, keys]).await?;
            let [texts, keys] = answers.as_slice() else { return Err(StoreError::Failed) };
            let mut delta = Delta::default();
            match table {
                Table::Revisions => add_revisions(&mut delta, texts)?,
                Table::Bodies => add_bodies(&mut delta, texts)?,
                Table::Links => {
                    for text in texts {
                        delta.links.push(records::read_link(text).map_err(|_| StoreError::Damaged)?);
                    }
                }
                _ => add_lines(&mut delta, texts)?,
            }
            log.apply(delta);
            match keys.last() {
                // The next key there can be after the last one read.
                Some(last) if texts.len() == CHUNK as usize => range.0 = format!("{last}\u{0}"),
                _ => break,
            }
        }
    }
    Ok(log)
}

/// Keys of the index under a head, without it, in order; `after` is the last one already read.
pub async fn index_keys(
    origin: &OriginId,
    head: &str,
    after: Option<&str>,
    before: Option<&str>,
    limit: Option<u32>,
) -> Result<Vec<String>, StoreError> {
    let mut range = all_of(origin, head);
    let from = range.0.clone();
    if let Some(after) = after {
        range.0 = format!("{from}{after}\u{0}");
    }
    if let Some(before) = before {
        range.1 = format!("{from}{before}");
    }
    let found =
        database::read(&[Ask { store: store_of(Table::Index), range, want: Want::Keys, limit }]).await?;
    let mut keys = Vec::new();
    keys.extend(found.into_iter().flatten().filter_map(|key| key.strip_prefix(&from).map(str::to_owned)));
    Ok(keys)
}

/// Keys of the index under a head and each of these entries, without both.
pub async fn index_keys_of(
    origin: &OriginId,
    head: &str,
    entries: &[EntryId],
) -> Result<Vec<Vec<String>>, StoreError> {
    let under = |entry: &EntryId| all(origin, Table::Index, &format!("{head}{entry}/"));
    let asks: Vec<Ask> = entries.iter().map(|entry| Ask { want: Want::Keys, ..under(entry) }).collect();
    let mut found = database::read(&asks).await?;
    for (keys, ask) in found.iter_mut().zip(&asks) {
        keys.iter_mut().for_each(|key| *key = key.split_off(ask.range.0.len().min(key.len())));
    }
    Ok(found)
}

/// Values of the index under a head and each of these names, of keys before a place.
pub async fn index_values_before(
    origin: &OriginId,
    head: &str,
    names: &[String],
    before: &str,
) -> Result<Vec<Vec<String>>, StoreError> {
    let asks: Vec<Ask> = names
        .iter()
        .map(|name| {
            let mut ask = all(origin, Table::Index, &format!("{head}{name}/"));
            ask.range.1 = format!("{}{before}", ask.range.0);
            ask
        })
        .collect();
    database::read(&asks).await
}

/// Whether nobody has written anything in a log, and nothing has come to it.
pub async fn is_empty(origin: &OriginId) -> Result<bool, StoreError> {
    let ask = Ask { want: Want::Keys, limit: Some(1), ..all(origin, Table::Revisions, "") };
    Ok(database::read(&[ask]).await?.concat().is_empty())
}

/// The chain of one device, as far as it is here.
pub async fn chain(origin: &OriginId, device: &DeviceId) -> Result<Chains, StoreError> {
    let found = database::read(&[all(origin, Table::Links, &format!("{device}/"))]).await?;
    let mut chains = Chains::default();
    for text in found.iter().flatten() {
        chains.add(records::read_link(text).map_err(|_| StoreError::Damaged)?);
    }
    Ok(chains)
}

/// How many keys of the index there are under a head.
pub async fn index_count(origin: &OriginId, head: &str) -> Result<usize, StoreError> {
    let ask = Ask { want: Want::Count, ..all(origin, Table::Index, head) };
    let found = database::read(&[ask]).await?;
    found.iter().flatten().next().and_then(|count| count.parse().ok()).ok_or(StoreError::Failed)
}

/// The one value of the index under a key.
pub async fn index_value(origin: &OriginId, key_within: &str) -> Result<Option<String>, StoreError> {
    let range = super::schema::only(&key(origin, key_within));
    let found =
        database::read(&[Ask { store: store_of(Table::Index), range, want: Want::Values, limit: Some(1) }])
            .await?;
    Ok(found.into_iter().flatten().next())
}

/// Which of these links are held: those whose keys are.
pub async fn held_links(
    origin: &OriginId,
    links: &[bothways::log::chain::Link],
) -> Result<Vec<bothways::log::chain::Link>, StoreError> {
    let keys: Vec<String> = links.iter().map(records::link_key).collect();
    let held = are_held(origin, &keys).await?;
    Ok(links.iter().zip(held).filter(|(_, is_held)| *is_held).map(|(link, _)| *link).collect())
}

/// Whether all links with these keys are held.
pub async fn holds_links(origin: &OriginId, keys: &[String]) -> Result<bool, StoreError> {
    Ok(!are_held(origin, keys).await?.contains(&false))
}

async fn are_held(origin: &OriginId, links: &[String]) -> Result<Vec<bool>, StoreError> {
    let mut asks = Vec::with_capacity(links.len());
    for within in links {
        let range = super::schema::only(&key(origin, within));
        asks.push(Ask { store: store_of(Table::Links), range, want: Want::Keys, limit: Some(1) });
    }
    let found = database::read(&asks).await?;
    Ok(found.iter().map(|found| !found.is_empty()).collect())
}

/// The lines of a newer version's swap files, unless nobody asks.
pub async fn lines(origin: &OriginId, nobody_asks: bool) -> Result<Delta, StoreError> {
    let mut delta = Delta::default();
    if !nobody_asks {
        let found = database::read(&[all(origin, Table::Lines, "")]).await?;
        add_lines(&mut delta, &found.concat())?;
    }
    Ok(delta)
}

/// The index's own version, under this key. Where another stands there, the index is made anew.
const INDEX_MADE: (&str, &str) = ("made", "2");

/// Makes the index from the log, unless it is there already. It can be made anew at any time: nothing is in it that
/// is not in the log.
pub async fn ensure_index(origin: &OriginId) -> Result<(), StoreError> {
    let (made, version) = INDEX_MADE;
    if index_value(origin, made).await?.as_deref() == Some(version) {
        return Ok(());
    }
    let log = whole(origin).await?;
    let mut change = Change::default();
    for old in index_keys(origin, "", None, None, None).await? {
        change.deletes.push((Table::Index, old));
    }
    let mut steps = steps(origin, &change)?;
    change = Change::default();
    for entry in log.entries() {
        let index = records::index_of(&log, &entry).into_iter();
        change.puts.extend(index.map(|(key, value)| (Table::Index, key, value)));
    }
    change.puts.push((Table::Index, made.into(), version.into()));
    // What is old goes first: a key that is put again stays.
    steps.extend(self::steps(origin, &change)?);
    database::write(&steps, &|_| true).await
}

/// The steps that store a change. What may hold words is sealed.
pub fn steps(origin: &OriginId, change: &Change) -> Result<Vec<Step>, StoreError> {
    let mut steps = Vec::with_capacity(change.puts.len() + change.deletes.len());
    for (table, within, text) in &change.puts {
        let stored = match table {
            Table::Bodies | Table::Lines => rest::seal(text)?,
            _ => text.clone(),
        };
        steps.push(Step { store: store_of(*table), key: key(origin, within), act: Act::Put(stored) });
    }
    for (table, within) in &change.deletes {
        steps.push(Step { store: store_of(*table), key: key(origin, within), act: Act::Delete });
    }
    Ok(steps)
}
