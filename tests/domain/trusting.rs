//! Pairing, sealing, signing: between phones without a browser.

use crate::counts::config_or;
use crate::phones::{Phone as Model, swap};
use bothways::ids::{DeviceId, LinkHash, PublicKey};
use bothways::log::Member;
use bothways::log::publishing::publish;
use bothways::sorted::SortedSet;
use bothways::swap::Origins;
use bothways::swap::file::{self, Cover, Reading, Refusal, Sender, Signing, SwapFile};
use bothways::swap::heard::{Heard, Seen, others};
use bothways::swap::keys::Keys;
use bothways::swap::pairing::{Card, Encounter, NoCard, fingerprint};
use bothways::swap::preview::plan;
use bothways::swap::proof::{Proof, prove};
use bothways::swap::sealing;
use bothways::swap::trust::{BeforePairing, Phone, Trust};
use proptest::prelude::*;

/// A phone that pairs, signs and seals.
pub struct Handset {
    pub phone: Model,
    heard: Heard,
    random: u8,
}

impl Handset {
    pub fn new(member: Member, number: u8) -> Self {
        Self { phone: Model::new(member, number), heard: Heard::default(), random: 0 }
    }

    /// The same of a phone that is there already.
    pub fn of(phone: Model) -> Self {
        Self { phone, heard: Heard::default(), random: 0 }
    }

    pub fn hers() -> Self {
        Self::new(Member::Mother, 1)
    }

    pub fn his() -> Self {
        Self::new(Member::Son, 2)
    }

    pub fn keys(&self) -> Keys {
        Keys::of_seed(&self.phone.seed.0, &self.phone.seed.1)
    }

    pub fn me(&self) -> Phone {
        let Model { device, member, .. } = self.phone;
        Phone { device, member, for_two: false, keys: self.keys().public() }
    }

    fn card(&self) -> Card {
        let entries = self.phone.timeline();
        Card {
            phone: self.me(),
            name: "Ana".into(),
            origins: self.phone.origins.clone(),
            entries: entries.len() as u32,
            from_to: (0, 0),
            is_new: entries.is_empty(),
        }
    }

    fn encounter(&self, card: &Card) -> Encounter {
        self.met(card).0
    }

    fn met(&self, card: &Card) -> (Encounter, Option<Origins>) {
        card.is_to(&self.card(), &self.phone.trust.circle(&self.me()))
    }

    /// Says yes to a card.
    pub fn pair(&mut self, card: &Card) {
        let (encounter, origins) = self.met(card);
        let whole = encounter == Encounter::TakesOver;
        self.phone.origins = origins.unwrap_or_else(|| panic!("{encounter:?}"));
        let (keys, device) = (self.keys(), self.phone.device);
        self.phone.trust.vouch(&keys, device, &card.phone, 1, whole);
    }

    pub fn written(&mut self, everything: bool) -> (String, Vec<PublicKey>) {
        let phone = &mut self.phone;
        let delta = publish(&phone.log, phone.device, &phone.predecessors, &phone.held_back);
        phone.apply(delta);
        let (keys, me) = (self.keys(), self.me());
        let phone = &mut self.phone;
        if let Some(tip) = phone.log.chains().tip(&phone.device) {
            phone.trust.sign(&keys, phone.device, tip);
        }
        let circle = phone.trust.circle(&me);
        let covered = phone.trust.covered(&circle, phone.log.chains());
        let to = circle.recipients();
        let others: Vec<Seen> = if everything {
            Vec::new()
        } else {
            others(&self.heard, phone.log.chains(), &[phone.device], Some(&circle))
        };
        let cover = Cover {
            from: Sender { device: phone.device, member: phone.member, name: String::new() },
            origins: phone.origins.clone(),
            app: "0.0.0".into(),
            made: phone.clock,
            photos_wanted: Vec::new(),
            thumbs: Vec::new(),
        };
        let due = file::due(&phone.log, &others, Some(&covered));
        let signing = Signing { keys: &keys, trust: &phone.trust, to: &to };
        (file::write(&phone.log, cover, &due, &phone.photos, Some(signing)).unwrap(), to)
    }

    /// A sealed file of what the others lack.
    pub fn give(&mut self) -> Vec<u8> {
        let (text, to) = self.written(false);
        self.seal(&text, &to)
    }

    fn seal(&mut self, text: &str, to: &[PublicKey]) -> Vec<u8> {
        let random = &mut self.random;
        sealing::sealed(text, to, &mut || {
            *random = random.wrapping_add(1);
            [*random; 32]
        })
        .unwrap()
    }

    pub fn open(&self, sealed: &[u8]) -> Result<(SwapFile, Option<Proof>), Refusal> {
        let bytes = sealing::opened(sealed.to_vec(), &[self.keys().identity()])?;
        let mut reading = Reading::of_bytes(bytes)?;
        let file = loop {
            if let Some(file) = reading.go_on(1_000)? {
                break file;
            }
        };
        self.prove(&file).map(|proof| (file, proof))
    }

    fn prove(&self, file: &SwapFile) -> Result<Option<Proof>, Refusal> {
        let proof = prove(file, &self.phone.trust, &self.me(), &[self.keys().public().sealing])?;
        let held =
            |proof: &Proof| proof.must_be_held.iter().all(|link| self.phone.log.chains().contains(link));
        if proof.as_ref().is_some_and(|proof| !held(proof)) { Err(Refusal::Forged) } else { Ok(proof) }
    }

    pub fn take(&mut self, sealed: &[u8]) -> Result<(), Refusal> {
        let (file, proof) = self.open(sealed)?;
        let phone = &mut self.phone;
        phone.clock += 1_000;
        if let Some(proof) = proof {
            phone.trust = proof.trust;
        }
        let delta = plan(&phone.log, &file, phone.member, phone.clock, &SortedSet::new()).delta;
        phone.apply(delta);
        let seen = Seen::in_header(&file.header);
        let kept = self.heard.get(&file.header.from.device);
        if file.header.from.device != phone.device && kept.is_none_or(|kept| seen.follows(kept)) {
            self.heard.insert(file.header.from.device, seen);
        }
        Ok(())
    }
}

pub fn paired(one: &mut Handset, other: &mut Handset) {
    let (card, theirs) = (one.card(), other.card());
    let theirs = Card::parse(&theirs.to_text()).unwrap();
    let card = Card::parse(&card.to_text()).unwrap();
    one.pair(&theirs);
    other.pair(&card);
}

/// Every file of one taken in by the other, until nothing is new.
pub fn both_ways(one: &mut Handset, other: &mut Handset) {
    for _ in 0..2 {
        let file = one.give();
        other.take(&file).unwrap();
        let file = other.give();
        one.take(&file).unwrap();
    }
}

fn words(handset: &Handset) -> Vec<String> {
    let mut words = handset.phone.words();
    words.sort();
    words
}

#[test]
fn two_phones_that_wrote_before_they_met_pair_and_swap_sealed_files() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    hers.phone.write("hers");
    his.phone.write("his");
    assert_eq!(hers.encounter(&his.card()), Encounter::Join);
    paired(&mut hers, &mut his);
    assert_eq!(hers.phone.origins, his.phone.origins);
    assert_eq!(fingerprint(&hers.me(), &his.me()), fingerprint(&his.me(), &hers.me()));
    let file = hers.give();
    assert!(!file.windows(4).any(|part| part == b"hers"));
    let (_, proof) = his.open(&file).unwrap();
    assert_eq!(proof.unwrap().circle.phone(&hers.phone.device).unwrap().member, Member::Mother);
    both_ways(&mut hers, &mut his);
    assert_eq!(words(&hers), ["hers", "his"]);
    assert_eq!(words(&his), words(&hers));
    // They are known to one another now, and one's own card is told from the other's.
    assert_eq!(hers.encounter(&his.card()), Encounter::Known);
    assert_eq!(hers.encounter(&hers.card()), Encounter::Oneself);
}

#[test]
fn a_sealed_file_opens_on_no_phone_it_is_not_for() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    paired(&mut hers, &mut his);
    hers.phone.write("words");
    let file = hers.give();
    let mut stranger = Handset::new(Member::Son, 9);
    assert_eq!(stranger.open(&file).unwrap_err(), Refusal::NotForUs);
    // Somebody who opens it and seals it on for a third finds that it is not for them, and that its maker is not known.
    let opened = sealing::opened(file, &[his.keys().identity()]).unwrap();
    let text = String::from_utf8(bothways::swap::packing::unpacked(&opened).unwrap()).unwrap();
    let on = his.seal(&text, &[stranger.keys().public().sealing]);
    assert_eq!(stranger.open(&on).unwrap_err(), Refusal::NotKnown);
    paired(&mut stranger, &mut Handset::new(Member::Mother, 8));
    let by = stranger.phone.device;
    let keys = stranger.keys();
    stranger.phone.trust.vouch(&keys, by, &hers.me(), 1, false);
    assert_eq!(stranger.open(&on).unwrap_err(), Refusal::NotForUs);
    // Cut or changed on its way it is refused, too.
    let file = hers.give();
    for at in [0, 30, file.len() / 2, file.len() - 1] {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert!(his.open(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn a_file_survives_a_messenger_that_breaks_lines_and_adds_words() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    paired(&mut hers, &mut his);
    hers.phone.write("words");
    let armored = bothways::age::armor::put_on(&hers.give());
    let broken = format!("Hi Tom, here it is:\n\n  {}\r\n\nsee you", armored.replace('\n', "\r\n "));
    for text in [&armored, &broken, &format!("\u{feff}{armored}")] {
        assert!(his.open(text.as_bytes()).is_ok());
    }
    let cut = &armored[..armored.len() - 40];
    assert_eq!(his.open(cut.as_bytes()).unwrap_err(), Refusal::Truncated);
    his.take(broken.as_bytes()).unwrap();
    assert_eq!(words(&his), ["words"]);
}

#[test]
fn his_tablet_is_known_on_her_phone_with_the_next_file_and_all_three_end_equal() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    let mut tablet = Handset::new(Member::Son, 3);
    hers.phone.write("hers");
    his.phone.write("his");
    paired(&mut hers, &mut his);
    both_ways(&mut hers, &mut his);
    assert_eq!(his.encounter(&tablet.card()), Encounter::Begins);
    assert_eq!(tablet.encounter(&his.card()), Encounter::TakesOver);
    paired(&mut his, &mut tablet);
    assert_eq!(tablet.phone.origins, hers.phone.origins);
    let (whole, to) = his.written(true);
    let file = his.seal(&whole, &to);
    tablet.take(&file).unwrap();
    assert_eq!(words(&tablet), ["hers", "his"]);
    tablet.phone.write("on the tablet");
    // She has never seen the tablet: its own file brings his word for it.
    let file = tablet.give();
    hers.take(&file).unwrap();
    assert_eq!(words(&hers), ["hers", "his", "on the tablet"]);
    let file = hers.give();
    his.take(&file).unwrap();
    tablet.take(&file).unwrap();
    assert_eq!(words(&his), words(&tablet));
}

#[test]
fn nobody_brings_in_a_phone_that_writes_as_the_other() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    paired(&mut hers, &mut his);
    both_ways(&mut hers, &mut his);
    // His phone vouches for one that says it is hers.
    let mut false_one = Handset::new(Member::Mother, 7);
    let (keys, by) = (his.keys(), his.phone.device);
    his.phone.trust.vouch(&keys, by, &false_one.me(), 1, false);
    false_one.phone.origins = his.phone.origins.clone();
    false_one.phone.trust = his.phone.trust.clone();
    let (keys, by) = (false_one.keys(), false_one.phone.device);
    false_one.phone.trust.vouch(&keys, by, &his.me(), 1, true);
    false_one.phone.write("she never said this");
    let (text, _) = false_one.written(true);
    let file = false_one.seal(&text, &[hers.keys().public().sealing]);
    assert_eq!(hers.open(&file).unwrap_err(), Refusal::NotKnown);
}

#[test]
fn words_in_the_others_name_and_what_no_signature_covers_are_refused() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    paired(&mut hers, &mut his);
    hers.phone.write("hers");
    both_ways(&mut hers, &mut his);
    // His phone writes as her, signs it all, and seals it.
    let mut forger = Handset { phone: his.phone.clone(), heard: Heard::default(), random: 9 };
    forger.phone.member = Member::Mother;
    forger.phone.write("never said");
    forger.phone.member = Member::Son;
    let file = forger.give();
    assert_eq!(hers.open(&file).unwrap_err(), Refusal::Forged);
    // A link of hers that she never signed, put into a file of his.
    let mut forger = Handset { phone: his.phone.clone(), heard: Heard::default(), random: 9 };
    forger.phone.device = hers.phone.device;
    forger.phone.member = Member::Mother;
    forger.phone.write("never said");
    let delta = publish(&forger.phone.log, hers.phone.device, &[], &SortedSet::new());
    forger.phone.apply(delta);
    forger.phone.device = his.phone.device;
    forger.phone.member = Member::Son;
    let (text, to) = {
        let (keys, trust) = (his.keys(), his.phone.trust.clone());
        let to = trust.circle(&his.me()).recipients();
        let cover = Cover {
            from: Sender { device: his.phone.device, member: Member::Son, name: String::new() },
            origins: his.phone.origins.clone(),
            app: String::new(),
            made: 0,
            photos_wanted: Vec::new(),
            thumbs: Vec::new(),
        };
        let due = file::due(&forger.phone.log, &[], None);
        let signing = Signing { keys: &keys, trust: &trust, to: &to };
        (file::write(&forger.phone.log, cover, &due, &[], Some(signing)).unwrap(), to)
    };
    let file = his.seal(&text, &to);
    assert_eq!(hers.open(&file).unwrap_err(), Refusal::Forged);
    // A changed letter in a file that is signed.
    let (text, to) = his.written(true);
    let changed = text.replacen("\"made\":1", "\"made\":2", 1);
    assert_ne!(text, changed);
    let sealed = his.seal(&changed, &to);
    assert_eq!(hers.open(&sealed).unwrap_err(), Refusal::Damaged);
    // Without its signature a file is one that nobody has signed, and is told as that.
    let start = text.find(",\"signature\":\"").map(|_| text.rfind(",\"signature\":\"").unwrap()).unwrap();
    let stripped = format!("{}}}\n", &text[..start]);
    assert!(hers.open(stripped.as_bytes()).unwrap().1.is_none());
}

#[test]
fn a_phone_with_other_keys_is_told_and_the_old_keys_stay() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    paired(&mut hers, &mut his);
    let mut false_card = his.card();
    false_card.phone.keys = Handset::new(Member::Son, 5).keys().public();
    assert_eq!(hers.encounter(&false_card), Encounter::OtherKeys);
    assert_eq!(false_card.phone.device, his.phone.device);
    let known = hers.phone.trust.circle(&hers.me());
    // Even a word for the other keys that comes in a file changes nothing.
    let mut came = Trust::default();
    came.vouch(&his.keys(), his.phone.device, &false_card.phone, 9, false);
    hers.phone.trust = hers.phone.trust.with(&came, &hers.me());
    assert_eq!(hers.phone.trust.circle(&hers.me()), known);
}

#[test]
fn two_who_are_both_the_same_and_another_pairs_phone_cannot_be_paired() {
    let (mut one, mut two) = (Handset::new(Member::Son, 1), Handset::new(Member::Son, 2));
    one.phone.write("a");
    two.phone.write("b");
    assert_eq!(one.encounter(&two.card()), Encounter::SameSide);
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    hers.phone.write("a");
    his.phone.write("b");
    paired(&mut hers, &mut his);
    let (mut eve, mut adam) = (Handset::new(Member::Mother, 7), Handset::new(Member::Son, 8));
    eve.phone.write("a");
    adam.phone.write("b");
    paired(&mut eve, &mut adam);
    assert_eq!(hers.encounter(&adam.card()), Encounter::Stranger);
    // Two new phones of one person begin with the same log, whichever is asked.
    let (one, two) = (Handset::new(Member::Son, 1), Handset::new(Member::Son, 2));
    assert_eq!(one.met(&two.card()).1, two.met(&one.card()).1);
}

#[test]
fn a_card_comes_through_a_messenger_and_a_damaged_one_is_told() {
    let card = Handset::his().card();
    let text = card.to_text();
    assert_eq!(Card::parse(&text).unwrap(), card);
    let broken = format!(
        "my code: {}",
        text.chars().map(|c| format!("{c}\n")).collect::<String>().replacen(
            &"BOTHWAYS:1:".chars().map(|c| format!("{c}\n")).collect::<String>(),
            "BOTHWAYS:1:",
            1,
        )
    );
    assert_eq!(Card::parse(&broken).unwrap(), card);
    assert_eq!(Card::parse("https://example.org"), Err(NoCard::Other));
    for at in 11..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        assert_eq!(Card::parse(&String::from_utf8(changed).unwrap()), Err(NoCard::Damaged), "at {at}");
        assert_eq!(Card::parse(&text[..at]), Err(NoCard::Damaged));
    }
    assert_eq!(Card::parse(&format!("BOTHWAYS:1:{}", "0".repeat(5_000))), Err(NoCard::Damaged));
    assert_eq!(Card::parse("BOTHWAYS:1:é"), Err(NoCard::Damaged));
}

#[test]
fn a_lost_phone_comes_back_from_the_others_log_alone() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    hers.phone.write("hers");
    his.phone.write("his");
    paired(&mut hers, &mut his);
    both_ways(&mut hers, &mut his);
    // Her phone is lost. A new one begins with his log.
    let mut new = Handset::new(Member::Mother, 4);
    assert_eq!(new.encounter(&his.card()), Encounter::TakesOver);
    paired(&mut new, &mut his);
    let (keys, by) = (his.keys(), his.phone.device);
    his.phone.trust.retire(&keys, by, hers.phone.device);
    let (text, to) = his.written(true);
    assert!(!to.contains(&hers.keys().public().sealing));
    let file = his.seal(&text, &to);
    new.take(&file).unwrap();
    assert_eq!(words(&new), ["hers", "his"]);
    assert_eq!(hers.open(&file).unwrap_err(), Refusal::NotForUs);
    new.phone.write("hers again");
    both_ways(&mut new, &mut his);
    assert_eq!(words(&new), words(&his));
    assert_eq!(new.phone.log.chains().have(), his.phone.log.chains().have());
    assert!(his.phone.log.chains().forks().is_empty());
}

#[test]
fn a_phone_made_from_a_copy_is_known_by_the_lost_ones_word_and_swaps_on() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    hers.phone.write("hers");
    his.phone.write("his");
    paired(&mut hers, &mut his);
    both_ways(&mut hers, &mut his);
    hers.phone.write("never sent");
    // The copy is made now; what comes after it is lost with the phone, but for what he has of it.
    let mut new = Handset { phone: hers.phone.restored(4), heard: hers.heard.clone(), random: 0 };
    new.phone.trust = hers.phone.trust.clone();
    let reached = hers.phone.log.chains().tip(&hers.phone.device);
    hers.phone.write("after the copy");
    let file = hers.give();
    his.take(&file).unwrap();
    let (keys, me) = (new.keys(), new.me());
    new.phone.trust.hand_over((&hers.keys(), &hers.me(), reached), (&keys, &me), 5);
    // It opens what was sealed for the lost one, with the key that lay in the copy.
    let late = his.give();
    assert_eq!(new.open(&late).unwrap_err(), Refusal::NotForUs);
    assert!(sealing::opened(late, &[new.keys().identity(), hers.keys().identity()]).is_ok());
    new.phone.write("on the new one");
    both_ways(&mut new, &mut his);
    assert_eq!(words(&new), ["after the copy", "hers", "his", "never sent", "on the new one"]);
    assert_eq!(words(&his), words(&new));
    assert_eq!(new.phone.log.chains().have(), his.phone.log.chains().have());
    assert!(his.phone.log.chains().forks().is_empty());
    assert!(his.phone.trust.circle(&his.me()).phone(&new.phone.device).is_some());
}

#[test]
fn what_is_gone_is_said_by_its_own_side_alone() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    let mut tablet = Handset::new(Member::Son, 3);
    paired(&mut hers, &mut his);
    paired(&mut his, &mut tablet);
    both_ways(&mut hers, &mut his);
    let (keys, by) = (hers.keys(), hers.phone.device);
    hers.phone.trust.retire(&keys, by, tablet.phone.device);
    assert!(hers.phone.trust.circle(&hers.me()).is_gone(&tablet.phone.device));
    both_ways(&mut hers, &mut his);
    assert!(!his.phone.trust.circle(&his.me()).is_gone(&tablet.phone.device), "she took his tablet from him");
    let (keys, by) = (his.keys(), his.phone.device);
    his.phone.trust.retire(&keys, by, tablet.phone.device);
    assert!(his.phone.trust.circle(&his.me()).is_gone(&tablet.phone.device));
    // What it wrote before, or writes still, is not lost.
    tablet.phone.write("from the old tablet");
    let file = tablet.give();
    his.take(&file).unwrap();
    assert_eq!(words(&his), ["from the old tablet"]);
}

#[test]
fn what_is_known_of_phones_is_kept_as_it_is() {
    let (mut hers, mut his) = (Handset::hers(), Handset::his());
    hers.phone.write("a");
    paired(&mut hers, &mut his);
    both_ways(&mut hers, &mut his);
    let mut trust = his.phone.trust.clone();
    let (keys, by) = (his.keys(), his.phone.device);
    trust.retire(&keys, by, hers.phone.device);
    trust.before = Some(BeforePairing { origins: his.phone.origins.clone(), with: hers.phone.device });
    assert_eq!(Trust::parse(&trust.to_text()).unwrap(), trust);
    let known = trust.circle(&his.me());
    let after = trust.with(&trust, &his.me());
    assert_eq!(after.circle(&his.me()), known);
    assert_eq!(after.before, None);
}

proptest! {
    #![proptest_config(config_or(20))]

    /// Three phones, one of which is retired on the way, write and swap in any order, lose files, and end equal.
    #[test]
    fn three_phones_swapping_in_any_order_end_equal(
        steps in prop::collection::vec((0_u8..3, 0_u8..3, 0_u8..5), 0..40),
        retired_at in 0_usize..40,
    ) {
        let mut all = [Handset::hers(), Handset::his(), Handset::new(Member::Son, 3)];
        let [hers, his, tablet] = &mut all;
        paired(hers, his);
        paired(his, tablet);
        let mut count = 0;
        for (at, (one, other, act)) in steps.into_iter().enumerate() {
            if at == retired_at {
                let (keys, by, gone) = (all[1].keys(), all[1].phone.device, all[2].phone.device);
                all[1].phone.trust.retire(&keys, by, gone);
            }
            let (one, other) = (usize::from(one), usize::from(other));
            count += 1;
            match act {
                0 => drop(all[one].phone.write(&format!("{count}"))),
                // Made and lost: it counts as sent.
                1 => drop(all[one].give()),
                _ => {
                    let file = all[one].give();
                    match all[other].take(&file) {
                        Ok(()) => {}
                        // Not for a phone that is gone, or that the sender has not heard of yet.
                        Err(why) => prop_assert!(matches!(why, Refusal::NotForUs | Refusal::NotKnown), "{why}"),
                    }
                }
            }
        }
        for _ in 0..2 {
            for (one, other) in [(1, 0), (0, 1), (2, 1), (1, 0), (0, 1)] {
                let file = { let (text, to) = all[one].written(true); all[one].seal(&text, &to) };
                let taken = all[other].take(&file);
                prop_assert!(taken.is_ok(), "{one} to {other}: {taken:?}");
            }
        }
        prop_assert_eq!(words(&all[0]), words(&all[1]));
        prop_assert_eq!(all[0].phone.log.chains().have(), all[1].phone.log.chains().have());
        // The one that is gone gets nothing any more from who knows it, and what it wrote is there.
        for word in words(&all[2]) {
            prop_assert!(words(&all[0]).contains(&word));
        }
        let mut numbers: Vec<(DeviceId, u64, LinkHash)> =
            all[0].phone.log.chains().iter().map(|link| (link.device, link.seq, link.hash())).collect();
        let links = numbers.len();
        numbers.dedup_by_key(|(device, seq, _)| (*device, *seq));
        prop_assert_eq!(numbers.len(), links);
    }
}

#[test]
fn without_pairing_two_phones_swap_files_nobody_signed_as_before() {
    let (mut hers, mut his) = (Model::hers(), Model::his());
    hers.write("a");
    swap(&mut hers, &mut his);
    assert_eq!(hers.words(), his.words());
}
