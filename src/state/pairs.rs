//! Several logs on one phone, and one phone for two.
//!
//! A mother of two sons has a log with each. The page shows one of them; to show another it is started anew, so that
//! nothing of the one is in memory beside the other.

use super::{App, Problem, StoreError};
use crate::device::{page, random};
use crate::store::home::{self, Home};
use crate::store::{log, small};
use bothways::ids::OriginId;
use bothways::log::records::head;
use bothways::log::{Delta, Member};
use leptos::prelude::*;
use serde::Serialize;

/// Where it is kept which log was shown last.
const CHOSEN: &str = "pair";

#[derive(Serialize)]
struct Chosen {
    origin: OriginId,
}

/// A log on this phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Which.
    pub origin: OriginId,
    /// What the two are called, she first; none where nobody has said.
    pub names: [Option<String>; 2],
    /// Whether nobody has written in it yet.
    pub is_new: bool,
}

/// Which log was shown last.
pub(super) fn chosen() -> Option<OriginId> {
    small::get(CHOSEN)?.parsed("origin").ok()
}

/// The logs on this phone; none where there is but one.
pub(super) async fn of(homes: &[Home]) -> Result<Vec<Pair>, StoreError> {
    let mut pairs = Vec::new();
    if homes.len() > 1 {
        for home in homes {
            pairs.push(pair(home).await?);
        }
    }
    Ok(pairs)
}

async fn pair(home: &Home) -> Result<Pair, StoreError> {
    let mut names = [None, None];
    for (name, member) in names.iter_mut().zip(Member::ALL) {
        let own = log::index_value(&home.origin, &format!("{}{}", head::NAME, member.id())).await?;
        let nickname = (home.member == Some(member.other())).then(|| home.nickname.clone());
        *name = own.or(nickname).filter(|name| !name.trim().is_empty());
    }
    Ok(Pair { origin: home.origin, names, is_new: home.member.is_none() })
}

impl App {
    /// Shows what this installation is. Where somebody else reads from now on, what was gathered for the search is let
    /// go: it held what the one before could read.
    pub(super) fn know_home(&self, home: Home) {
        let before = self.member_now();
        self.home.set(Some(home));
        if self.member_now() != before {
            self.forget_search();
        }
    }

    /// Reads again what the logs are called, after something that may have changed it.
    pub(super) async fn reread_pairs(&self) {
        if self.pairs.with_untracked(Vec::is_empty) {
            return;
        }
        // What cannot be read leaves what is shown.
        if let Ok(homes) = home::all().await
            && let Ok(pairs) = of(&homes).await
        {
            self.pairs.set(pairs);
        }
    }

    /// Whether this is the log that is shown.
    pub fn shows(&self, pair: &Pair) -> bool {
        self.home.with(|home| home.as_ref().is_some_and(|home| home.origin == pair.origin))
    }

    /// Shows another log of this phone, from the beginning.
    pub fn open_pair(&self, origin: OriginId) -> Result<(), Problem> {
        // Where it cannot be kept which one, it cannot be shown.
        if !small::set(CHOSEN, &Chosen { origin }) {
            return Err(StoreError::Blocked.into());
        }
        page::start_again();
        Ok(())
    }

    /// Begins another log, with nobody in it yet, and shows it. One that was begun and not written in is taken.
    pub async fn begin_pair(&self) -> Result<(), Problem> {
        self.ready().await?;
        let homes = home::all().await?;
        if let Some(empty) = homes.iter().find(|home| home.member.is_none()) {
            return self.open_pair(empty.origin);
        }
        let origin = OriginId::from_bytes(random::bytes().ok_or(Problem::NoRandomness)?);
        let first = homes.first().ok_or(StoreError::Failed)?;
        home::begin(&first.another(origin)).await?;
        self.open_pair(origin)
    }

    /// Says whether both of them write on this phone.
    pub async fn share_phone(&self, for_two: bool) -> Result<(), Problem> {
        self.ready().await?;
        self.speaker.set(self.whose_phone_now());
        self.change_home(&[], |_, home| {
            home.for_two = for_two;
            Ok(Delta::default())
        })
        .await
    }

    /// Says who is speaking. What is sealed for the one may be open for the other: all is read again.
    pub fn speak_as(&self, member: Member) {
        self.speaker.set(Some(member));
        self.forget_search();
        self.end_sitting();
    }

    fn whose_phone_now(&self) -> Option<Member> {
        untrack(|| self.whose_phone())
    }
}
