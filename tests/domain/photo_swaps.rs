//! Photos on their way from one phone to the other.

use crate::hostile::resealed;
use crate::phones::{Phone, refused, swap};
use bothways::ids::{PhotoHash, Salt};
use bothways::log::kinds::{Content, Moment, Photo};
use bothways::photo::{inspect, is_clean};
use bothways::swap::Refusal;
use bothways::swap::file;
use bothways::swap::heard::Seen;

/// A small JPEG whose picture is this many bytes long: enough for a reader of markers.
pub fn jpeg(bytes: usize) -> Vec<u8> {
    let head =
        b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x03\x00\x04\x01\x01\x11\x00\xff\xda\0\x08\x01\x01\0\0\x3f\0";
    [&head[..], &vec![0x12; bytes], b"\xff\xd9"].concat()
}

/// The same with the place it was taken at.
pub fn with_exif() -> Vec<u8> {
    let plain = jpeg(40);
    [&plain[..2], b"\xff\xe1\0\x0eExif\0\0GPS=48", &plain[2..]].concat()
}

#[test]
fn a_photo_goes_with_its_entry_and_arrives_whole() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let photo = jpeg(300_000);
    assert!(is_clean(&photo));
    her.show("look", &photo);
    let text = her.export();
    assert_eq!(text.matches("\"type\":\"blob-chunk\"").count(), 3, "in lines of 128 KiB");
    let plan = him.import(&text);
    assert_eq!(plan.photos, [PhotoHash::of_photo(&photo)]);
    let read = file::read(&text).unwrap();
    assert_eq!(read.photos[&plan.photos[0]][..], photo);
    // Taken in parts, each photo comes with the entry that names it.
    let parts = read.parts(1);
    assert_eq!(parts.iter().map(|part| part.photos.len()).sum::<usize>(), 1);
}

#[test]
fn no_export_carries_what_a_camera_noted() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.show("look", &jpeg(100));
    swap(&mut her, &mut him);
    for phone in [&mut her, &mut him] {
        let text = phone.export();
        for (_, photo) in file::read(&text).unwrap().photos {
            assert!(inspect(&photo).unwrap().metadata.unwrap().is_silent());
        }
    }
    // And what comes from a phone that does not care is refused.
    her.show("careless", &with_exif());
    assert_eq!(refused(&her.export()), Refusal::Damaged);
}

#[test]
fn a_photo_that_is_held_back_erased_or_of_no_entry_stays() {
    let mut her = Phone::hers();
    let (held, erased) = (her.show("held", &jpeg(10)), her.show("erased", &jpeg(20)));
    her.photos.push((PhotoHash::of_photo(&jpeg(30)), jpeg(30).into()));
    her.export();
    her.show("goes", &jpeg(40));
    let held_later = her.show("held too", &jpeg(50));
    her.held_back.extend([held, held_later]);
    her.erase(erased).unwrap();
    her.sweep();
    let photos = file::read(&her.export()).unwrap().photos;
    let mut expected = vec![PhotoHash::of_photo(&jpeg(10)), PhotoHash::of_photo(&jpeg(40))];
    expected.sort();
    assert_eq!(photos.into_keys().collect::<Vec<_>>(), expected);
}

#[test]
fn the_photo_of_an_edit_that_was_not_published_stays() {
    let mut her = Phone::hers();
    let entry = her.show("look", &jpeg(10));
    her.export();
    // Edited since: another photo, which no link has published yet.
    let later = jpeg(20);
    let photos = vec![Photo { hash: PhotoHash::of_photo(&later), width: 4, height: 3 }];
    let content = Moment { words: "look here".into(), photos, ..Moment::default() };
    let delta =
        her.pen().edit(&her.log, entry, Salt::from_bytes([9; 16]), &Content::Moment(content)).unwrap();
    her.apply(delta);
    her.photos.push((PhotoHash::of_photo(&later), later.into()));
    let text = her.as_it_stands(&[]);
    assert!(!text.contains("blob-chunk"), "a photo left the phone before the words it belongs to");
    assert_eq!(file::read(&her.export()).unwrap().photos.into_keys().collect::<Vec<_>>(), [her.photos[1].0]);
}

#[test]
fn chunks_that_do_not_fit_together_are_refused() {
    let mut her = Phone::hers();
    her.show("look", &jpeg(300_000));
    let text = her.export();
    let chunk = |lines: &[String], n: usize| {
        lines.iter().enumerate().filter(|(_, line)| line.contains("blob-chunk")).nth(n).unwrap().0
    };
    let spoilt = [
        resealed(&text, |lines| {
            let (one, two) = (chunk(lines, 0), chunk(lines, 1));
            lines.swap(one, two);
        }),
        resealed(&text, |lines| drop(lines.remove(chunk(lines, 2)))),
        resealed(&text, |lines| drop(lines.remove(chunk(lines, 0)))),
        resealed(&text, |lines| {
            let last = chunk(lines, 2);
            lines.insert(last, lines[last].clone());
        }),
        resealed(&text, |lines| {
            let one = chunk(lines, 0);
            lines[one] = lines[one].replace("\"size\":300", "\"size\":301");
        }),
        resealed(&text, |lines| {
            let one = chunk(lines, 0);
            lines[one] = lines[one].replace("\"size\":", "\"size\":9");
        }),
        resealed(&text, |lines| {
            let one = chunk(lines, 1);
            lines[one] = lines[one].replace("EhIS", "EhIT");
        }),
        resealed(&text, |lines| {
            let one = chunk(lines, 1);
            lines[one] = lines[one].replace("\"data\":\"", "\"data\":\"!");
        }),
    ];
    for (number, spoilt) in spoilt.iter().enumerate() {
        assert!(spoilt != &text, "{number} changed nothing");
        assert_eq!(refused(spoilt), Refusal::Damaged, "{number}");
    }
    assert!(file::read(&resealed(&text, |_| {})).is_ok());
}

#[test]
fn photos_beyond_the_size_of_a_file_are_left_for_another() {
    let mut her = Phone::hers();
    for n in 0..20 {
        her.show("large", &jpeg(2 * 1024 * 1024 - 100 - n));
    }
    let read = file::read(&her.export()).unwrap();
    assert_eq!(read.entries().len(), 20);
    assert!((8..20).contains(&read.photos.len()), "{} photos", read.photos.len());
}

#[test]
fn a_photo_goes_once_and_again_only_where_it_is_asked_for() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let photo = jpeg(400);
    her.show("look", &photo);
    // By a way that had no room for the photo.
    let without = {
        let photos = std::mem::take(&mut her.photos);
        let text = her.export();
        her.photos = photos;
        text
    };
    him.import(&without);
    let heard = Seen::in_header(&file::read(&him.export()).unwrap().header);
    assert_eq!(heard.photos.len(), 1, "he does not ask for what he lacks");
    let asked = her.export_for(&[heard]);
    let plan = him.import(&asked);
    assert_eq!(plan.photos, [PhotoHash::of_photo(&photo)]);
    him.photos.push((plan.photos[0], photo.into()));
    let heard = Seen::in_header(&file::read(&him.export()).unwrap().header);
    assert!(heard.photos.is_empty());
    assert!(!her.export_for(&[heard]).contains("blob-chunk"), "it went again");
}
