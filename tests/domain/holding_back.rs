use crate::phones::{Phone, swap};
use bothways::ids::EntryId;

/// Everything of an entry that a file could give away: its id, its revisions' ids, its words.
fn is_in(file: &str, phone: &Phone, entry: EntryId) -> bool {
    let of_entry = phone.log.revisions_of(&entry);
    file.contains(&entry.to_string())
        || of_entry.into_iter().any(|held| {
            let header = held.revision.header();
            file.contains(&held.revision.id().to_string()) || file.contains(&header.body.to_string())
        })
}

#[test]
fn what_is_held_back_is_in_no_file_and_comes_later_whole() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    swap(&mut her, &mut him);
    let held = her.write("not yet");
    her.held_back.insert(held);
    her.edit(held, "not quite yet").unwrap();
    her.write("this one goes");
    let file = her.export();
    assert!(!is_in(&file, &her, held) && !file.contains("not yet") && !file.contains("not quite yet"));
    him.import(&file);
    assert_eq!(him.words(), ["this one goes"]);
    // Edited once more, and let go.
    her.edit(held, "now").unwrap();
    her.held_back.clear();
    swap(&mut her, &mut him);
    assert_eq!(him.words(), ["this one goes", "now"]);
    assert_eq!(him.words(), her.words());
    assert_eq!(him.log.revisions_of(&held).count(), 3);
    assert!(him.timeline().iter().all(|entry| !entry.incomplete && entry.versions.len() == 1));
}

#[test]
fn replies_wait_with_what_they_reply_to_however_deep() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    swap(&mut her, &mut him);
    let held = her.write("held");
    let reply = her.reply(held, "one more thing");
    let deeper = her.reply(reply, "and another");
    let other = her.write("something else");
    let answer = her.reply(other, "which goes with its reply");
    her.held_back.insert(held);
    let file = her.export();
    for entry in [held, reply, deeper] {
        assert!(!is_in(&file, &her, entry));
    }
    him.import(&file);
    assert_eq!(him.words(), ["which goes with its reply", "something else"]);
    her.held_back.clear();
    swap(&mut her, &mut him);
    assert_eq!(him.words(), her.words());
    assert_eq!(him.words().len(), 5);
    assert!(is_in(&her.export(), &her, answer));
}

#[test]
fn what_has_left_cannot_be_held_back() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let sent = her.write("sent");
    swap(&mut her, &mut him);
    her.held_back.insert(sent);
    her.edit(sent, "sent, and better").unwrap();
    let reply = her.reply(sent, "a word more");
    swap(&mut her, &mut him);
    assert_eq!(him.words(), her.words());
    assert!(is_in(&her.export(), &her, reply));
}

#[test]
fn what_was_held_back_and_erased_leaves_no_trace() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let held = her.write("better not");
    her.held_back.insert(held);
    swap(&mut her, &mut him);
    her.erase(held).unwrap();
    her.held_back.clear();
    her.sweep();
    let file = her.export();
    assert!(!file.contains(&held.to_string()));
    assert_eq!(her.log.revisions_of(&held).count(), 0);
}
