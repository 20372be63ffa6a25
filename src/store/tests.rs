//! The store in a real browser's IndexedDB: run with `make test`.

use super::{StoreError, content, database, home, log, small};
use bothways::ids::{EntryId, OriginId, Salt};
use bothways::log::acts::{self, Pen};
use bothways::log::kinds::{Content, Moment};
use bothways::log::{Delta, LogSet, Member, When};
use home::Home;
use std::collections::BTreeSet;
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_browser);

fn a_home(number: u8) -> Home {
    let mut home = Home::begun([number; 32], OriginId::from_bytes([number; 16]));
    home.member = Some(Member::Son);
    home
}

fn entry(home: &Home, number: u8, words: &str) -> Delta {
    let pen = Pen { member: Member::Son, device: home.device(), when: When { at: 1_000, zone: 60 } };
    let content = Content::Moment(Moment { words: words.into(), ..Moment::default() });
    pen.write(EntryId::from_bytes([number; 16]), Salt::from_bytes([number; 16]), &content).unwrap()
}

#[wasm_bindgen_test]
async fn what_was_committed_is_there_after_reading_it_back() {
    let home = a_home(1);
    let mut expected = LogSet::default();
    for delta in [entry(&home, 1, "one"), entry(&home, 2, "two \u{1f642}\n\"three\"")] {
        log::commit(&home.origin, &delta).await.unwrap();
        expected.apply(delta);
    }
    let published = acts::publish(&expected, home.device());
    log::commit(&home.origin, &published).await.unwrap();
    expected.apply(published);
    assert_eq!(log::load(&home.origin).await.unwrap(), expected);
}

#[wasm_bindgen_test]
async fn forgotten_words_are_gone_from_the_database() {
    let home = a_home(2);
    let mut held = LogSet::default();
    let delta = entry(&home, 3, "to be erased");
    log::commit(&home.origin, &delta).await.unwrap();
    held.apply(delta);
    let pen = Pen { member: Member::Son, device: home.device(), when: When { at: 2_000, zone: 60 } };
    let tombstone = pen.erase(&held, EntryId::from_bytes([3; 16]), Salt::from_bytes([9; 16])).unwrap();
    log::commit(&home.origin, &tombstone).await.unwrap();
    held.apply(tombstone);
    let rest = acts::sweep(&held, &BTreeSet::new());
    log::commit(&home.origin, &rest).await.unwrap();
    assert_eq!(log::load(&home.origin).await.unwrap(), LogSet::default());
}

#[wasm_bindgen_test]
async fn one_log_never_shows_in_another() {
    let (mine, other) = (a_home(3), a_home(4));
    log::commit(&mine.origin, &entry(&mine, 5, "mine")).await.unwrap();
    assert_eq!(log::load(&other.origin).await.unwrap(), LogSet::default());
}

#[wasm_bindgen_test]
async fn a_write_given_up_half_way_leaves_nothing() {
    let home = a_home(5);
    let outcome = database::write(&log::COMMIT_STORES, |stores| {
        log::put(stores, &home.origin, &entry(&home, 6, "half"))?;
        Err(StoreError::Damaged)
    })
    .await;
    assert_eq!(outcome, Err(StoreError::Damaged));
    assert_eq!(log::load(&home.origin).await.unwrap(), LogSet::default());
}

#[wasm_bindgen_test]
async fn a_home_and_its_first_entry_are_stored_together() {
    let home = a_home(6);
    home::save(&home, &entry(&home, 7, "first")).await.unwrap();
    assert_eq!(home::load().await.unwrap(), Some(home.clone()));
    assert_eq!(log::load(&home.origin).await.unwrap().revisions().len(), 1);
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
    let home = a_home(7);
    log::commit(&home.origin, &entry(&home, 8, "before")).await.unwrap();
    database::close_under_the_feet();
    log::commit(&home.origin, &entry(&home, 9, "after")).await.unwrap();
    database::close_under_the_feet();
    assert_eq!(log::load(&home.origin).await.unwrap().revisions().len(), 2);
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
