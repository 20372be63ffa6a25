//! The store in a real browser's IndexedDB: run with `make test`.

use super::{StoreError, content, database, heard, home, leaving, log, small};
use bothways::ids::{EntryId, OriginId, Salt};
use bothways::log::acts::{self, Pen};
use bothways::log::kinds::{Content, Telling};
use bothways::log::publishing::publish;
use bothways::log::records;
use bothways::log::{Delta, LogSet, Member, When};
use bothways::sorted::SortedSet;
use home::Home;
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_browser);

fn a_home(number: u8) -> Home {
    let mut home = Home::begun([number; 32], OriginId::from_bytes([number; 16]));
    home.member = Some(Member::Son);
    home.unlock();
    home
}

fn entry(home: &Home, number: u8, words: &str) -> Delta {
    let pen = Pen { member: Member::Son, device: home.device(), when: When { at: 1_000, zone: 60 } };
    let content = Content::Told(Telling { words: words.into(), ..Telling::default() });
    pen.write(EntryId::from_bytes([number; 16]), Salt::from_bytes([number; 16]), &content).unwrap()
}

/// What the store holds of a log, changed and read as the app does it.
struct Kept {
    home: Home,
}

impl Kept {
    fn new(number: u8) -> Self {
        Self { home: a_home(number) }
    }

    async fn store(&self, entries: &[u8], delta: &Delta) -> Result<(), StoreError> {
        let ids: Vec<EntryId> = entries.iter().map(|number| EntryId::from_bytes([*number; 16])).collect();
        let slice = log::slice(&self.home.origin, &ids).await?;
        let steps = log::steps(&self.home.origin, &records::change(&slice, delta))?;
        database::write(&steps, &|_| true).await
    }

    async fn write(&self, number: u8, words: &str) {
        self.store(&[number], &entry(&self.home, number, words)).await.unwrap();
    }

    async fn read(&self) -> LogSet {
        log::whole(&self.home.origin).await.unwrap()
    }

    async fn index(&self) -> Vec<String> {
        log::index_keys(&self.home.origin, "", None, None, None).await.unwrap()
    }
}

#[wasm_bindgen_test]
async fn what_was_stored_is_there_after_reading_it_back() {
    let kept = Kept::new(1);
    let mut expected = LogSet::default();
    for (number, words) in [(1, "one"), (2, "two \u{1f642}\n\"three\"")] {
        kept.write(number, words).await;
        expected.apply(entry(&kept.home, number, words));
    }
    let published = publish(&expected, kept.home.device(), &[], &SortedSet::new());
    kept.store(&[1, 2], &published).await.unwrap();
    expected.apply(published);
    assert_eq!(kept.read().await, expected);
    let slice = log::slice(&kept.home.origin, &[EntryId::from_bytes([2; 16])]).await.unwrap();
    assert_eq!(slice.entries().count(), 1);
    assert!(slice.revisions().all(|held| slice.chains().is_published(&held.revision.id())));
}

#[wasm_bindgen_test]
async fn forgotten_words_are_gone_from_the_database() {
    let kept = Kept::new(2);
    kept.write(3, "to be erased").await;
    let pen = Pen { member: Member::Son, device: kept.home.device(), when: When { at: 2_000, zone: 60 } };
    let tombstone =
        pen.erase(&kept.read().await, EntryId::from_bytes([3; 16]), Salt::from_bytes([9; 16])).unwrap();
    kept.store(&[3], &tombstone).await.unwrap();
    let rest = acts::sweep(&kept.read().await, &SortedSet::new());
    kept.store(&[3], &rest).await.unwrap();
    assert_eq!(kept.read().await, LogSet::default());
    assert_eq!(kept.index().await, Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn no_words_lie_open_in_the_database() {
    let kept = Kept::new(10);
    let mut delta = entry(&kept.home, 11, "zebrafinch");
    delta.unknown_lines = vec!["{\"type\":\"zebrafinch\"}".into()];
    kept.store(&[11], &delta).await.unwrap();
    let everything = |store| database::Ask {
        store,
        range: (String::new(), "\u{ffff}".into()),
        want: database::Want::Values,
        limit: None,
    };
    let records =
        database::read(&["revisions", "bodies", "links", "lines", "index"].map(everything)).await.unwrap();
    assert!(records.iter().flatten().count() > 3);
    assert!(!records.concat().concat().contains("zebra"));
    assert!(kept.read().await.unknown_lines().any(|line| line.contains("zebrafinch")));
}

#[wasm_bindgen_test]
async fn one_log_never_shows_in_another() {
    let (mine, other) = (Kept::new(3), Kept::new(4));
    mine.write(5, "mine").await;
    assert_eq!(other.read().await, LogSet::default());
    assert_eq!(other.index().await, Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_write_that_fails_at_any_step_leaves_what_was_there() {
    let kept = Kept::new(5);
    kept.write(1, "before").await;
    let (before, index) = (kept.read().await, kept.index().await);
    let mut delta = entry(&kept.home, 2, "an import of two");
    let other = entry(&kept.home, 6, "and their links");
    delta.revisions.extend(other.revisions);
    delta.bodies.extend(other.bodies);
    let mut after = before.clone();
    after.apply(delta.clone());
    delta.links = publish(&after, kept.home.device(), &[], &SortedSet::new()).links;
    after.apply(Delta { links: delta.links.clone(), ..Delta::default() });
    let mut failures = 0;
    loop {
        database::faults::after(Some(failures));
        let outcome = kept.store(&[1, 2, 6], &delta).await;
        database::faults::after(None);
        if outcome.is_ok() {
            break;
        }
        failures += 1;
        assert_eq!(kept.read().await, before, "after {failures} steps");
        assert_eq!(kept.index().await, index, "after {failures} steps");
    }
    assert!(failures > 8, "only {failures} steps were tried");
    assert_eq!(kept.read().await, after);
}

#[wasm_bindgen_test]
async fn a_write_that_is_stopped_leaves_what_was_there() {
    let kept = Kept::new(8);
    let slice = LogSet::default();
    let mut steps = Vec::new();
    for number in 0..200 {
        let delta = entry(&kept.home, number, "many");
        steps.extend(log::steps(&kept.home.origin, &records::change(&slice, &delta)).unwrap());
    }
    let outcome = database::write(&steps, &|done| done < 400).await;
    assert_eq!(outcome, Err(StoreError::Stopped));
    assert_eq!(kept.read().await, LogSet::default());
    database::write(&steps, &|_| true).await.unwrap();
    assert_eq!(kept.read().await.entries().count(), 200);
}

#[wasm_bindgen_test]
async fn the_whole_log_comes_in_chunks_and_the_index_can_be_made_anew() {
    let kept = Kept::new(9);
    let mut steps = Vec::new();
    for number in 0..=255 {
        let mut delta = entry(&kept.home, number, "one of many");
        delta.unknown_lines = vec![format!("{{\"type\":\"{number}\"}}").into()];
        steps.extend(log::steps(&kept.home.origin, &records::change(&LogSet::default(), &delta)).unwrap());
    }
    database::write(&steps, &|_| true).await.unwrap();
    assert_eq!(kept.read().await.entries().count(), 256);
    let mut seen = SortedSet::new();
    let mut after = None;
    loop {
        let (slice, last) = log::scan(&kept.home.origin, after.as_ref()).await.unwrap();
        for entry in slice.entries() {
            assert!(slice.revisions_of(&entry).all(|held| slice.body_of(&held.revision.id()).is_some()));
            seen.insert(entry);
        }
        after = last;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 256);
    let index = kept.index().await;
    let mut lost = steps.clone();
    lost.retain(|step| step.store == "index");
    lost.iter_mut().for_each(|step| step.act = database::Act::Delete);
    database::write(&lost, &|_| true).await.unwrap();
    log::ensure_index(&kept.home.origin).await.unwrap();
    let made: Vec<String> = kept.index().await.into_iter().filter(|key| key != "made").collect();
    assert_eq!(made, index);
}

#[wasm_bindgen_test]
async fn a_home_and_its_first_entry_are_stored_together() {
    let home = a_home(6);
    let mut steps =
        log::steps(&home.origin, &records::change(&LogSet::default(), &entry(&home, 7, "first"))).unwrap();
    steps.push(home::step(&home).unwrap());
    database::write(&steps, &|_| true).await.unwrap();
    assert_eq!(home::load(&home.origin).await.unwrap(), Some(home.clone()));
    assert_eq!(log::whole(&home.origin).await.unwrap().revisions().count(), 1);
}

#[wasm_bindgen_test]
async fn a_pack_of_another_version_is_not_taken_for_the_one_wanted() {
    content::save("xx", "1", "{}").await.unwrap();
    assert_eq!(content::load("xx", "1").await.unwrap().as_deref(), Some("{}"));
    assert_eq!(content::load("xx", "2").await.unwrap(), None);
    assert_eq!(content::load("yy", "1").await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_connection_the_browser_closed_is_opened_again() {
    let kept = Kept::new(7);
    kept.write(8, "before").await;
    database::close_under_the_feet();
    kept.write(9, "after").await;
    database::close_under_the_feet();
    assert_eq!(kept.read().await.revisions().count(), 2);
}

#[wasm_bindgen_test]
fn a_small_value_of_another_type_is_none() {
    assert!(small::set("test", &serde_json::json!({ "words": "soup" })));
    assert_eq!(small::get("test").unwrap().text("words").unwrap(), "soup");
    assert!(small::set("test", &vec![1, 2]));
    assert!(small::get("test").is_none());
    assert!(small::set("test", &serde_json::json!({ "words": "soup" })));
    small::remove("test");
    assert!(small::get("test").is_none());
}

#[wasm_bindgen_test]
async fn what_another_phone_said_and_cannot_be_read_was_never_heard() {
    let origin = OriginId::from_bytes([61; 16]);
    let device = a_home(62).device();
    let put = |key: String, text: &str| database::Step {
        store: super::schema::HOME,
        key: format!("heard/{origin}/{key}"),
        act: database::Act::Put(text.into()),
    };
    let said = bothways::swap::heard::Seen::default();
    let steps =
        [put(device.to_string(), &said.to_text()), put("nobody".into(), "{}"), put("x".repeat(32), "{")];
    database::write(&steps, &|_| true).await.unwrap();
    let heard = heard::load(&origin).await.unwrap();
    assert_eq!(heard.into_iter().collect::<Vec<_>>(), [(device, said)]);
    // Forgotten are those too.
    database::write(&[heard::forget(&origin)], &|_| true).await.unwrap();
    let range = (format!("heard/{origin}/"), format!("heard/{origin}0"));
    assert_eq!(database::pairs(super::schema::HOME, range).await.unwrap(), []);
}

/// All keys of a log, in every store.
async fn keys_of(origin: &OriginId) -> Vec<String> {
    let mut all = Vec::new();
    for store in ["home", "drawer", "photos", "revisions", "bodies", "links", "lines", "index"] {
        let range = (String::new(), "~".to_owned());
        let ask = database::Ask { store, range, want: database::Want::Keys, limit: None };
        let keys = database::read(&[ask]).await.unwrap().concat();
        // Elsewhere it is also the id of an entry, in other tests' logs.
        let place = usize::from(store == "home");
        let is_its = |key: &String| key.split('/').nth(place) == Some(&origin.to_string());
        all.extend(keys.into_iter().filter(is_its));
    }
    all
}

#[wasm_bindgen_test]
async fn a_log_is_erased_whole_or_not_at_all_and_the_others_stay() {
    let first = Home::begun([31; 32], OriginId::from_bytes([31; 16]));
    let homes = [32, 33].map(|number| first.another(OriginId::from_bytes([number; 16])));
    for home in &homes {
        home::begin(home).await.unwrap();
        home.unlock();
        Kept { home: home.clone() }.write(1, "to be left").await;
        let heard = database::Step {
            store: "home",
            key: format!("heard/{}/x", home.origin),
            act: database::Act::Put("x".into()),
        };
        database::write(&[heard], &|_| true).await.unwrap();
    }
    let [gone, stays] = homes;
    let (before, others) = (keys_of(&gone.origin).await, keys_of(&stays.origin).await);
    assert!(before.len() > 4, "{before:?}");
    let mut failures = 0;
    loop {
        database::faults::after(Some(failures));
        let outcome = database::write(&leaving::erase(&gone), &|_| true).await;
        database::faults::after(None);
        if outcome.is_ok() {
            break;
        }
        failures += 1;
        assert_eq!(keys_of(&gone.origin).await, before, "after {failures} steps");
    }
    assert!(failures > 8, "only {failures} steps were tried");
    assert_eq!(keys_of(&gone.origin).await, Vec::<String>::new());
    assert_eq!(keys_of(&stays.origin).await, others);
    assert!(home::load(&gone.origin).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_pair_that_was_left_is_known_to_be_and_its_log_stays() {
    let first = Home::begun([34; 32], OriginId::from_bytes([34; 16]));
    let mut home = first.another(OriginId::from_bytes([35; 16]));
    home::begin(&home).await.unwrap();
    home.unlock();
    let kept = Kept { home: home.clone() };
    kept.write(1, "stays").await;
    let log = kept.read().await;
    let steps = leaving::keep_copy(&mut home).unwrap();
    database::write(&steps, &|_| true).await.unwrap();
    assert!(home::load(&home.origin).await.unwrap().unwrap().left);
    assert_eq!(kept.read().await, log);
}
