//! Photos on their way from one phone to the other.

use crate::hostile::resealed;
use crate::phones::{Phone, refused, swap};
use bothways::ids::{PhotoHash, Salt};
use bothways::log::kinds::{Content, Photo, Telling};
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
    assert_eq!(read.photos.get(&plan.photos[0]).unwrap()[..], photo);
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
    assert_eq!(photos.keys().copied().collect::<Vec<_>>(), expected);
}

#[test]
fn the_photo_of_an_edit_that_was_not_published_stays() {
    let mut her = Phone::hers();
    let entry = her.show("look", &jpeg(10));
    her.export();
    // Edited since: another photo, which no link has published yet.
    let later = jpeg(20);
    let photos = vec![Photo { hash: PhotoHash::of_photo(&later), width: 4, height: 3 }];
    let content = Telling { words: "look here".into(), photos, ..Telling::default() };
    let delta = her.pen().edit(&her.log, entry, Salt::from_bytes([9; 16]), &Content::Told(content)).unwrap();
    her.apply(delta);
    her.photos.push((PhotoHash::of_photo(&later), later.into()));
    let text = her.as_it_stands(&[]);
    assert!(!text.contains("blob-chunk"), "a photo left the phone before the words it belongs to");
    assert_eq!(
        file::read(&her.export()).unwrap().photos.keys().copied().collect::<Vec<_>>(),
        [her.photos[1].0]
    );
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

/// What a camera films in place of a photo.
fn filmed(her: &mut Phone, photo: &[u8], small: &[u8]) -> String {
    her.show("look", photo);
    her.photos.clear();
    her.thumbs = vec![(PhotoHash::of_photo(photo), small.into())];
    her.export()
}

#[test]
fn a_small_picture_stands_for_a_photo_until_that_comes() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let photo = jpeg(300_000);
    let hash = PhotoHash::of_photo(&photo);
    let text = filmed(&mut her, &photo, &jpeg(500));
    let plan = him.import(&text);
    assert_eq!((plan.thumbs, plan.photos), (vec![hash], vec![]));
    let read = file::read(&text).unwrap();
    assert_eq!(read.thumbs.get(&hash).unwrap()[..], jpeg(500));
    assert_eq!(read.parts(1).iter().map(|part| part.thumbs.len()).sum::<usize>(), 1);
    // He still lacks the photo, and says so.
    let heard = Seen::in_header(&file::read(&him.export()).unwrap().header);
    assert_eq!(heard.photos.iter().copied().collect::<Vec<_>>(), [hash]);
    her.photos.push((hash, photo.into()));
    let plan = him.import(&her.export_for(&[heard]));
    assert_eq!(
        (plan.thumbs, plan.photos),
        (vec![], vec![hash]),
        "the photo itself comes before what stands for it"
    );
}

#[test]
fn a_small_picture_of_no_entry_in_the_file_neither_goes_nor_is_kept() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    let other = PhotoHash::of_photo(&jpeg(30));
    her.show("look", &jpeg(40));
    her.photos.clear();
    her.thumbs = vec![(other, jpeg(5).into()), (PhotoHash::of_photo(&jpeg(40)), jpeg(6).into())];
    let text = her.export();
    assert_eq!(text.matches("\"type\":\"thumb\"").count(), 1);
    let renamed = resealed(&text, |lines| {
        let line = lines.iter_mut().find(|line| line.contains("\"thumb\"")).unwrap();
        *line = line.replace(&PhotoHash::of_photo(&jpeg(40)).to_string(), &other.to_string());
    });
    assert!(renamed.contains(&other.to_string()));
    assert_eq!(him.import(&renamed).thumbs, []);
}

#[test]
fn small_pictures_that_are_none_are_refused() {
    let wide = {
        let mut picture = jpeg(500);
        picture[9..11].copy_from_slice(&321_u16.to_be_bytes());
        picture
    };
    let too_many_bytes = jpeg(bothways::caps::THUMB_BYTES);
    for small in [&wide[..], &too_many_bytes, &with_exif(), b"GIF89a", b""] {
        let text = filmed(&mut Phone::hers(), &jpeg(40), small);
        assert!(text.contains("\"thumb\""));
        assert_eq!(refused(&text), Refusal::Damaged);
    }
    let good = filmed(&mut Phone::hers(), &jpeg(40), &jpeg(500));
    let spoilt = |spoil: &dyn Fn(&mut Vec<String>, usize)| {
        resealed(&good, |lines| {
            let at = lines.iter().position(|line| line.contains("\"thumb\"")).unwrap();
            spoil(lines, at);
        })
    };
    assert!(file::read(&spoilt(&|_, _| {})).is_ok());
    let hash = PhotoHash::of_photo(&jpeg(40)).to_string();
    let many = |count: usize| {
        spoilt(&|lines, at| {
            let line = lines[at].clone();
            for n in 1..count {
                let other = PhotoHash::of_photo(&jpeg(n + 100)).to_string();
                lines.insert(at, line.replace(&hash, &other));
            }
        })
    };
    assert!(file::read(&many(bothways::caps::THUMBS)).is_ok());
    let refusals = [
        many(bothways::caps::THUMBS + 1),
        spoilt(&|lines, at| lines.insert(at, lines[at].clone())),
        spoilt(&|lines, at| lines[at] = lines[at].replace("\"data\":\"", "\"data\":\"!")),
        spoilt(&|lines, at| lines[at] = lines[at].replace("\"data\"", "\"date\"")),
        spoilt(&|lines, at| lines[at] = lines[at].replace(&hash, "12")),
    ];
    for (number, text) in refusals.iter().enumerate() {
        assert_eq!(refused(text), Refusal::Damaged, "{number}");
    }
}
