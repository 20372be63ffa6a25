//! Pairing this phone with another, and what is known of phones.

use super::{Outcome, me};
use crate::device::talk::Talk;
use crate::device::{clock, locks};
use crate::store::home::{self, Home};
use crate::store::{StoreError, brought, database, heard, log, trust};
use bothways::ids::{DeviceId, OriginId};
use bothways::log::Member;
use bothways::log::records::{self, head};
use bothways::swap::errand::{Answer, CHANGED_SINCE, DAMAGED_CARD, NO_CARD};
use bothways::swap::pairing::{Card, Encounter, KnownPhone, Met, NoCard, fingerprint};
use bothways::swap::trust::{BeforePairing, Phone};
use std::cell::RefCell;

thread_local! {
    /// The card that was met last and waits for a yes.
    static MET: RefCell<Option<Card>> = const { RefCell::new(None) };
}

fn failed() -> Answer {
    StoreError::Failed.into()
}

async fn home_and_me(origin: &OriginId) -> Result<(Home, Member, Phone), Answer> {
    let home = home::load(origin).await?.ok_or_else(failed)?;
    let member = home.member.ok_or_else(failed)?;
    let phone = me::phone(&home, member);
    Ok((home, member, phone))
}

async fn card_of(home: &Home, member: Member, phone: Phone) -> Result<Card, StoreError> {
    let name = log::index_value(&home.origin, &format!("{}{}", head::NAME, member.id())).await?;
    let rows = log::index_keys(&home.origin, head::ROW, None, None, None).await?;
    let when = |key: Option<&String>| key.and_then(|key| records::row(key)).map_or(0, |(when, _)| when);
    Ok(Card {
        phone,
        name: name.unwrap_or_default(),
        origins: home.origins.clone(),
        entries: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        from_to: (when(rows.last()), when(rows.first())),
        is_new: rows.is_empty() && !trust::is_there(&home.origin).await?,
    })
}

/// What this phone says of itself.
pub async fn card(talk: &Talk, origin: &OriginId) -> Outcome {
    let (home, member, phone) = home_and_me(origin).await?;
    let card = card_of(&home, member, phone).await?;
    talk.say_with(&Answer::Card, &card.to_text().into());
    Ok(())
}

/// Looks at another phone's card. Nothing changes.
pub async fn meet(talk: &Talk, origin: &OriginId, text: &[u8]) -> Outcome {
    MET.set(None);
    let told = |why: &str| Answer::Failed(why.into());
    let text = str::from_utf8(text).map_err(|_| told(NO_CARD))?;
    let card = Card::parse(text).map_err(|why| match why {
        NoCard::Other => told(NO_CARD),
        NoCard::Damaged => told(DAMAGED_CARD),
    })?;
    let (home, member, phone) = home_and_me(origin).await?;
    let circle = trust::load(origin).await?.circle(&phone);
    let (encounter, _) = card.is_to(&card_of(&home, member, phone).await?, &circle);
    let same = |known: &Phone| known.member == card.phone.member && known.device != card.phone.device;
    let is_another = circle.phones().any(|(known, _)| same(known) && known.device != phone.device);
    talk.say(&Answer::Met(Box::new(Met {
        encounter,
        name: card.name.clone(),
        member: card.phone.member,
        entries: card.entries as usize,
        from_to: card.from_to,
        fingerprint: fingerprint(&phone, &card.phone),
        is_another,
    })));
    MET.set(Some(card));
    Ok(())
}

/// Pairs with the phone met last: vouches for it, and joins the logs.
pub async fn pair(talk: &Talk, origin: &OriginId) -> Outcome {
    let card = MET.take().ok_or_else(failed)?;
    let _lock = locks::hold(locks::LOG).await;
    let (mut home, member, phone) = home_and_me(origin).await?;
    let mut known = trust::load(origin).await?;
    let mine = card_of(&home, member, phone).await?;
    // Met again: the log may have changed while the person was comparing.
    let (encounter, origins) = card.is_to(&mine, &known.circle(&phone));
    let origins = origins.ok_or_else(failed)?;
    known.before = Some(BeforePairing { origins: home.origins.clone(), with: card.phone.device });
    let whole = encounter == Encounter::TakesOver;
    known.vouch(&me::keys(&home), phone.device, &card.phone, clock::now().at, whole);
    home.origins = origins;
    home.left = false;
    let mut steps = vec![trust::keep(origin, &known), home::step(&home)?];
    // The new phone holds nothing yet: what the others have said is not said by it.
    steps.push(brought::forget(origin));
    database::write(&steps, &|_| true).await?;
    talk.say(&Answer::Taken(Vec::new()));
    Ok(())
}

/// Takes the last pairing back, until a file has been made or taken in since.
pub async fn unpair(talk: &Talk, origin: &OriginId) -> Outcome {
    let _lock = locks::hold(locks::LOG).await;
    let (mut home, _, phone) = home_and_me(origin).await?;
    let mut known = trust::load(origin).await?;
    let before = known.before.take().ok_or_else(|| Answer::Failed(CHANGED_SINCE.into()))?;
    known.withdraw(phone.device, &before.with);
    home.origins = before.origins;
    let mut steps = vec![trust::keep(origin, &known), home::step(&home)?];
    steps.push(heard::forget(origin));
    database::write(&steps, &|_| true).await?;
    talk.say(&Answer::Taken(Vec::new()));
    Ok(())
}

/// The phones that are known.
pub async fn phones(talk: &Talk, origin: &OriginId) -> Outcome {
    let (_, _, phone) = home_and_me(origin).await?;
    let known = trust::load(origin).await?;
    let circle = known.circle(&phone);
    let told = |(other, since): &(Phone, _)| KnownPhone {
        device: other.device,
        member: other.member,
        since: *since,
        is_here: other.device == phone.device,
        is_gone: circle.is_gone(&other.device),
        can_unpair: known.before.as_ref().is_some_and(|before| before.with == other.device),
    };
    talk.say(&Answer::Phones(circle.phones().map(told).collect()));
    Ok(())
}

/// Says that a phone is gone: nothing is sealed for it from now on.
pub async fn retire(talk: &Talk, origin: &OriginId, device: &[u8]) -> Outcome {
    let device: DeviceId =
        str::from_utf8(device).ok().and_then(|device| device.parse().ok()).ok_or_else(failed)?;
    let _lock = locks::hold(locks::LOG).await;
    let (home, _, phone) = home_and_me(origin).await?;
    let mut known = trust::load(origin).await?;
    known.retire(&me::keys(&home), phone.device, device);
    known.before = None;
    database::write(&[trust::keep(origin, &known)], &|_| true).await?;
    talk.say(&Answer::Taken(Vec::new()));
    Ok(())
}
