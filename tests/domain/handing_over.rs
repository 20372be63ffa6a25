//! A phone that comes back from a copy goes on as another installation.

use crate::hostile::resealed;
use crate::phones::{Phone, swap};
use bothways::log::Member;
use bothways::log::chain::Link;
use bothways::swap::file;
use bothways::swap::heard::{Heard, Seen, others};

fn words(phone: &Phone) -> Vec<String> {
    let mut words: Vec<String> =
        phone.timeline().iter().filter_map(|entry| Some(entry.telling()?.words.clone())).collect();
    words.sort();
    words
}

#[test]
fn what_the_lost_phone_had_not_sent_goes_with_the_one_that_took_its_place() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.write("sent");
    swap(&mut her, &mut him);
    her.write("not sent");
    let mut restored = her.restored(9);
    restored.write("written since");
    swap(&mut restored, &mut him);
    assert_eq!(words(&him), ["not sent", "sent", "written since"]);
    assert!(him.log.chains().forks().is_empty(), "a number was used twice");
}

#[test]
fn where_the_old_phone_goes_on_all_the_same_nothing_is_there_twice() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    swap(&mut her, &mut him);
    let entry = her.write("in both copies");
    let mut restored = her.restored(9);
    her.edit(entry, "changed on the old phone").unwrap();
    restored.edit(entry, "changed on the new one").unwrap();
    swap(&mut restored, &mut him);
    swap(&mut her, &mut him);
    swap(&mut restored, &mut him);
    // One entry with two versions side by side: nobody has settled them.
    assert_eq!(him.timeline().len(), 1);
    assert_eq!(him.timeline()[0].versions.len(), 2);
    assert_eq!(him.log, restored_as(&him, &restored), "the phones hold different things");
    assert!(him.log.chains().forks().is_empty());
    let twice = him.log.chains().iter().filter(|link: &&Link| link.revision == first(&him)).count();
    assert_eq!(twice, 2, "both phones have published what both held");
}

#[test]
fn words_that_never_arrived_are_asked_for_and_come_with_the_next_file() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.write("lost on the way");
    let without = resealed(&her.export(), |lines| lines.retain(|line| !line.contains("lost on the way")));
    him.import(&without);
    assert_eq!(him.words(), ["None"]);
    let heard = Seen::in_header(&file::read(&him.export()).unwrap().header);
    assert_eq!(heard.wants.len(), 1);
    him.import(&her.export_for(std::slice::from_ref(&heard)));
    assert_eq!(him.words(), ["lost on the way"]);
    let heard = Seen::in_header(&file::read(&him.export()).unwrap().header);
    assert!(heard.wants.is_empty());
    assert!(
        !her.export_for(std::slice::from_ref(&heard)).contains("lost on the way"),
        "what he has went again"
    );
}

fn first(phone: &Phone) -> bothways::ids::RevisionId {
    let begun = phone.log.revisions().find(|held| held.revision.header().parents.is_empty());
    begun.map(|held| held.revision.id()).unwrap()
}

/// The other's log with the times at which this phone saw things.
fn restored_as(phone: &Phone, other: &Phone) -> bothways::log::LogSet {
    let mut log = phone.log.clone();
    log.apply(phone.plan(&other.clone().export()).delta);
    log
}

/// What a phone says of itself in a file.
fn said_by(phone: &mut Phone) -> Seen {
    Seen::in_header(&file::read(&phone.export()).unwrap().header)
}

#[test]
fn a_file_for_several_phones_brings_what_any_of_them_lacks() {
    let (mut her, mut him, mut tablet) = (Phone::hers(), Phone::his(), Phone::new(Member::Son, 3));
    her.write("first");
    swap(&mut her, &mut him);
    tablet.origins = him.origins.clone();
    tablet.import(&him.export());
    tablet.write("of the tablet");
    her.write("second");
    him.import(&her.export());
    let mut heard = Heard::from_iter([(him.device, said_by(&mut him))]);
    assert!(
        her.export_for(&others(&heard, her.log.chains(), &[her.device], None)).len() < her.export().len()
    );
    // A phone that has written and was never heard of: nothing is taken for granted.
    her.import(&tablet.export());
    assert_eq!(others(&heard, her.log.chains(), &[her.device], None), []);
    heard.insert(tablet.device, said_by(&mut tablet));
    let text = her.export_for(&others(&heard, her.log.chains(), &[her.device], None));
    assert!(!file::read(&text).unwrap().takes_for_granted().is_empty());
    assert_eq!(file::read(&her.export()).unwrap().takes_for_granted(), [""; 0]);
    assert!(!text.contains("first") && text.contains("second") && text.contains("of the tablet"));
    him.import(&text);
    tablet.import(&text);
    assert_eq!(words(&him), words(&her));
    assert_eq!(words(&tablet), words(&her));
    // Once all have said that they hold everything, nothing is left to bring.
    for phone in [&mut him, &mut tablet] {
        heard.insert(phone.device, said_by(phone));
    }
    assert_eq!(
        file::read(&her.export_for(&others(&heard, her.log.chains(), &[her.device], None)))
            .unwrap()
            .revisions,
        []
    );
}

#[test]
fn what_a_phone_said_is_kept_as_it_was_said_and_an_old_file_does_not_take_its_place() {
    let (mut her, mut him) = (Phone::hers(), Phone::his());
    her.show("look", b"a photo that does not travel");
    her.write("goes missing");
    her.photos.clear();
    him.import(&resealed(&her.export(), |lines| lines.retain(|line| !line.contains("goes missing"))));
    let early = said_by(&mut him);
    assert_eq!((early.wants.len(), early.photos.len()), (1, 1));
    assert_eq!(Seen::parse(&early.to_text()).unwrap(), early);
    assert!(Seen::parse("{}").is_err());
    him.clock += 1;
    let late = said_by(&mut him);
    assert!(late.follows(&early) && !early.follows(&late));
}
