//! Who writes here, the stage of life, and how the app looks.

use super::{App, Problem};
use crate::device::{appearance, clock, random};
use crate::store::home::Home;
use crate::store::small;
use bothways::ids::Salt;
use bothways::language::Language;
use bothways::library::Stage;
use bothways::log::acts::Pen;
use bothways::log::{Delta, Member};
use leptos::prelude::*;
use serde::Serialize;

const APPEARANCE: &str = "appearance";

/// How the app looks on this phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Appearance {
    /// The scheme, or as the phone has it.
    pub scheme: Option<Scheme>,
    /// Larger text than the phone's own setting gives.
    pub large_text: bool,
    /// The id of the language, or as the browser has it.
    pub language: Option<&'static str>,
}

/// A colour scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// Paper.
    Light,
    /// Night.
    Dark,
}

impl Appearance {
    /// As it was chosen last.
    pub fn stored() -> Self {
        let Some(mut parts) = small::get(APPEARANCE) else { return Self::default() };
        let scheme = match parts.take("scheme").as_ref().and_then(|scheme| scheme.as_str()) {
            Some("light") => Some(Scheme::Light),
            Some("dark") => Some(Scheme::Dark),
            _ => None,
        };
        let language = parts.take("language").as_ref().and_then(|id| Language::from_id(id.as_str()?));
        Self {
            scheme,
            large_text: parts.flag("large_text").unwrap_or_default(),
            language: language.map(|language| language.id),
        }
    }

    /// Shows it on the page.
    pub fn show(self) {
        let scheme = self.scheme.map(|scheme| match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        });
        appearance::set("data-scheme", scheme);
        appearance::set("data-text", self.large_text.then_some("large"));
    }
}

impl App {
    /// Changes how it looks, now and from now on.
    pub fn look(&self, change: impl FnOnce(&mut Appearance)) {
        self.appearance.update(change);
        let appearance = self.appearance.get_untracked();
        appearance.show();
        small::set(APPEARANCE, &appearance);
    }

    /// Says who writes here and what the two are called. Asked once, with the first entry.
    pub async fn introduce(&self, member: Member, own_name: &str, nickname: &str) -> Result<(), Problem> {
        self.ready().await?;
        let (own_name, nickname) = (own_name.trim().to_owned(), nickname.trim().to_owned());
        let is_new = !own_name.is_empty() && self.name(member).as_deref() != Some(&own_name);
        let device =
            self.home.with_untracked(|home| home.as_ref().map(Home::device)).ok_or(Problem::NobodyYet)?;
        let pen = Pen { member, device, when: clock::now() };
        let salt = Salt::from_bytes(random::bytes().ok_or(Problem::NoRandomness)?);
        self.change_home(&[pen.name_entry()], |slice, home| {
            home.member = Some(member);
            home.nickname = nickname;
            if is_new { Ok(pen.name(slice, &own_name, salt)?) } else { Ok(Delta::default()) }
        })
        .await
    }

    /// Sets the stage of life, by which ideas are chosen.
    pub async fn set_stage(&self, stage: Option<Stage>) -> Result<(), Problem> {
        self.ready().await?;
        self.change_home(&[], |_, home| {
            home.stage = stage;
            Ok(Delta::default())
        })
        .await
    }
}
