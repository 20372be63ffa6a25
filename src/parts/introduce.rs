//! Before the first entry: who writes on this phone, and what the two are called. Asked once.

use crate::parts::choice::Chips;
use crate::parts::live::said;
use crate::words::{person, write as text};
use bothways::caps::NAME_CHARS;
use bothways::log::Member;
use leptos::prelude::*;

/// What has been answered so far.
#[derive(Clone, Copy)]
pub struct Introduction {
    member: RwSignal<Option<String>>,
    own_name: RwSignal<String>,
    nickname: RwSignal<String>,
}

impl Default for Introduction {
    fn default() -> Self {
        Self {
            member: RwSignal::new(None),
            own_name: RwSignal::new(String::new()),
            nickname: RwSignal::new(String::new()),
        }
    }
}

impl Introduction {
    fn chosen(&self) -> Option<Member> {
        let id = self.member.get();
        Member::ALL.into_iter().find(|member| Some(member.id()) == id.as_deref())
    }

    /// Who, own name, the other's; nothing if it is known already; or what is missing, in words. Names may stay
    /// empty.
    pub fn answer(&self, known: bool) -> Result<Option<(Member, String, String)>, &'static str> {
        if known {
            return Ok(None);
        }
        let member = untrack(|| self.chosen()).ok_or(text::needs_who())?;
        Ok(Some((member, self.own_name.get_untracked(), self.nickname.get_untracked())))
    }
}

/// The questions.
#[component]
pub fn Introduce(
    /// Where the answers go.
    introduction: Introduction,
) -> impl IntoView {
    let other = said(move || match introduction.chosen() {
        Some(Member::Son) => text::other_name_mother(),
        _ => text::other_name_son(),
    });
    let placeholder = said(move || match introduction.chosen() {
        Some(Member::Son) => person::mother(),
        _ => person::son(),
    });
    view! {
        <section class="introduce card" aria-labelledby="introduce">
            <h2 class="card-title" id="introduce">{text::who_title()}</h2>
            <Chips
                legend=text::who()
                name="member"
                choices=vec![
                    (Member::Mother.id(), text::mother().to_owned()),
                    (Member::Son.id(), text::son().to_owned()),
                ]
                chosen=introduction.member
            />
            <label class="label" for="own-name">{text::own_name()}</label>
            <input
                id="own-name"
                class="field"
                dir="auto"
                autocomplete="off"
                maxlength=NAME_CHARS.to_string()
                bind:value=introduction.own_name
            />
            <label class="label" for="other-name">{other}</label>
            <input
                id="other-name"
                class="field"
                dir="auto"
                autocomplete="off"
                placeholder=placeholder
                maxlength=NAME_CHARS.to_string()
                bind:value=introduction.nickname
            />
        </section>
    }
}
