//! Us: the two people, his age, how it looks, what is on this phone, privacy.

mod leaving;
mod lock;
mod logs;
mod resting;

use crate::parts::choice::{Chips, Choices, Select};
use crate::parts::heading::Heading;
use crate::parts::install_help::InstallHelp;
use crate::parts::labels;
use crate::parts::live::{live, said, shown_when, whenever, whether};
use crate::parts::problem::problem;
use crate::state::route::Route;
use crate::state::settings::Scheme;
use crate::state::{App, person};
use crate::words::us as text;
use crate::words::{person as who, write};
use bothways::caps::NAME_CHARS;
use bothways::language;
use bothways::library::Stage;
use bothways::log::Member;
use bothways::log::kinds::Kind;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The room behind the icon at the top.
#[component]
pub fn Us() -> impl IntoView {
    view! {
        <Heading text=text::title() />
        <People />
        <section class="card">
            <h2 class="card-title">{text::kept()}</h2>
            <ul class="kept">
                {[Kind::Agreement, Kind::Ritual, Kind::Letter, Kind::HeLeads, Kind::TeachMe, Kind::Milestone, Kind::OwnIdea, Kind::OwnQuestion].map(|kind| view! {
                    <li><a class="chip-link" href=Route::Kept(kind).href()>{labels::entry_kinds(kind)}</a></li>
                }).collect_view()}
            </ul>
            <p class="row">
                <a class="button" href=Route::BothWays.href()>{crate::words::both::title()}</a>
                <a class="button" href=Route::Book.href()>{crate::words::book::title()}</a>
            </p>
        </section>
        <StageOfLife />
        <Look />
        <Tongue />
        <resting::LetRest />
        <OnThisPhone />
        <lock::OnlyMe />
        <logs::Logs />
        <section class="card">
            <h2 class="card-title">{text::install()}</h2>
            <InstallHelp />
        </section>
        <leaving::Leaving />
        <EraseEverything />
        <section class="card">
            <h2 class="card-title">{text::privacy()}</h2>
            <p>{text::privacy_text()}</p>
        </section>
        <p class="quiet-line">{text::version(env!("CARGO_PKG_VERSION"))}</p>
    }
}

#[component]
fn People() -> impl IntoView {
    let app = App::get();
    let member = Memo::new(move |_| app.whose_phone());
    view! {
        <section class="card">
            <h2 class="card-title">{text::people()}</h2>
            {live(move || match member.get() {
                None => view! { <p>{text::not_yet()}</p> }.into_any(),
                Some(member) => view! {
                    <Names member=member />
                    // Other phones have been told who writes on this one.
                    {shown_when(move || app.is_for_two() || !app.is_paired(), || view! { <ForTwo /> })}
                }
                .into_any(),
            })}
        </section>
    }
}

#[component]
fn Names(member: Member) -> impl IntoView {
    let app = App::get();
    let own_name = RwSignal::new(untrack(|| app.name(member)).unwrap_or_default());
    let nickname = RwSignal::new(untrack(|| app.name(member.other())).unwrap_or_default());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (own, other) = (own_name.get_untracked(), nickname.get_untracked());
        spawn_local(async move {
            let done = app.introduce(member, &own, &other).await;
            app.say(done.map_or_else(problem, |()| text::saved().to_owned()));
        });
    };
    let (here, other) = match member {
        Member::Mother => (who::mother(), write::other_name_son()),
        Member::Son => (who::son(), write::other_name_mother()),
    };
    view! {
        <p>{text::side()}": " <strong>{here}</strong></p>
        {shown_when(move || !app.is_joined() && !app.is_for_two() && !app.is_paired(), move || view! { <WrongSide member=member /> })}
        <form on:submit=save>
            <label class="label" for="us-own">{write::own_name()}</label>
            <input id="us-own" class="field" dir="auto" maxlength=NAME_CHARS.to_string() bind:value=own_name />
            <label class="label" for="us-other">{other}</label>
            <input id="us-other" class="field" dir="auto" maxlength=NAME_CHARS.to_string() bind:value=nickname />
            <p class="quiet-line">{said(move || format!("{}, {}", person(&app, Member::Mother), person(&app, Member::Son)))}</p>
            <button type="submit" class="button">{text::save()}</button>
        </form>
    }
}

/// The way out for a phone that was set up as the wrong one of the two: until the logs are joined.
#[component]
fn WrongSide(member: Member) -> impl IntoView {
    let app = App::get();
    let changing = RwSignal::new(false);
    let change = move |_| {
        changing.set(true);
        spawn_local(async move {
            let done = app.change_side().await;
            changing.try_set(false);
            app.say(done.map_or_else(problem, |()| text::side_changed().to_owned()));
        });
    };
    let to = match member {
        Member::Mother => text::to_son(),
        Member::Son => text::to_mother(),
    };
    view! {
        <details class="fold">
            <summary>{text::wrong_side()}</summary>
            <p>{text::wrong_side_text()}</p>
            <button type="button" class="button" disabled=whether(move || changing.get()) on:click=change>{to}</button>
        </details>
    }
}

/// Whether both of them write on this phone.
#[component]
fn ForTwo() -> impl IntoView {
    let app = App::get();
    let change = move |event: leptos::ev::Event| {
        let for_two = event_target_checked(&event);
        spawn_local(async move {
            if let Err(found) = app.share_phone(for_two).await {
                app.say(problem(found));
            }
        });
    };
    view! {
        <p>
            <label class="chip">
                <input type="checkbox" prop:checked=whether(move || app.is_for_two()) on:change=change />
                <span>{text::for_two()}</span>
            </label>
        </p>
        <p class="quiet-line">{text::for_two_hint()}</p>
    }
}

#[component]
fn StageOfLife() -> impl IntoView {
    let app = App::get();
    let stage = move || app.home.with(|home| home.as_ref().and_then(|home| home.stage));
    let choose = move |id: Option<String>| {
        spawn_local(async move {
            if let Err(found) = app.set_stage(id.as_deref().and_then(Stage::from_id)).await {
                app.say(problem(found));
            }
        });
    };
    let stages: Choices = Stage::ALL.iter().map(|it| (it.id(), labels::stage(*it).to_owned())).collect();
    view! {
        <section class="card">
            <Select
                label=text::stage()
                any=text::stage_none()
                choices=stages
                chosen=Box::new(move || stage().map(|it| it.id().to_owned()))
                on_choose=Callback::new(choose)
            />
            <p class="quiet-line">{text::stage_hint()}</p>
        </section>
    }
}

#[component]
fn Look() -> impl IntoView {
    let app = App::get();
    let id_of = |scheme| match scheme {
        None => "auto",
        Some(Scheme::Light) => "light",
        Some(Scheme::Dark) => "dark",
    };
    let chosen = RwSignal::new(Some(id_of(app.appearance.get_untracked().scheme).to_owned()));
    let large = RwSignal::new(app.appearance.get_untracked().large_text);
    whenever(move || {
        let scheme = match chosen.get().as_deref() {
            Some("light") => Some(Scheme::Light),
            Some("dark") => Some(Scheme::Dark),
            _ => None,
        };
        let large_text = large.get();
        app.look(|appearance| {
            appearance.scheme = scheme;
            appearance.large_text = large_text;
        });
    });
    let choices = vec![
        ("auto", text::scheme_auto().to_owned()),
        ("light", text::scheme_light().to_owned()),
        ("dark", text::scheme_dark().to_owned()),
    ];
    view! {
        <section class="card">
            <h2 class="card-title">{text::look()}</h2>
            <Chips legend=text::scheme() name="scheme" choices=choices chosen=chosen />
            <label class="chip">
                <input type="checkbox" bind:checked=large />
                <span>{text::text_size()}</span>
            </label>
        </section>
    }
}

/// The language of the app, each by its own name: who has come into a wrong one must find the way out.
#[component]
fn Tongue() -> impl IntoView {
    let app = App::get();
    // Draws the list again with what holds, where another language could not be had.
    let refused = RwSignal::new(());
    let choose = move |id: Option<String>| {
        spawn_local(async move {
            if !app.speak(id).await {
                app.say(text::language_missing().to_owned());
                refused.try_set(());
            }
        });
    };
    let list = live(move || {
        refused.track();
        let offered: Vec<_> = language::ALL.iter().map(|it| (it.id, it.name.to_owned())).collect();
        view! {
            <Select
                label=text::language()
                any=text::language_auto()
                choices=offered
                chosen=Box::new(move || app.appearance.get().language.map(str::to_owned))
                on_choose=Callback::new(choose)
            />
        }
    });
    view! { <section class="card">{list}</section> }
}

#[component]
fn OnThisPhone() -> impl IntoView {
    let app = App::get();
    let entries = said(move || text::entries(app.facts.with(|facts| facts.entries)));
    let kept =
        said(
            move || if app.persisted.get() == Some(true) { text::persisted() } else { text::not_persisted() },
        );
    let ready = said(move || if app.ready_for_outings.get() { text::ready() } else { text::not_ready() });
    view! {
        <section class="card">
            <h2 class="card-title">{text::data()}</h2>
            <ul class="plain">
                <li>{entries}</li>
                <li>{kept}</li>
                <li>{ready}</li>
            </ul>
        </section>
    }
}

/// What cannot be undone is asked once, in words.
#[component]
fn EraseEverything() -> impl IntoView {
    let app = App::get();
    view! {
        <details class="fold">
            <summary>{text::erase_title()}</summary>
            <p>{text::erase_text()}</p>
            <EraseByWord id="us-erase" says=text::erase() on_erase=Callback::new(move |()| {
                app.erase_everything();
            }) />
        </details>
    }
}

/// A button that erases once a word has been typed.
#[component]
fn EraseByWord(
    /// The field's id.
    id: &'static str,
    /// What the button says.
    says: &'static str,
    /// Erases.
    on_erase: Callback<()>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let is_said = move || typed.with(|typed| typed.trim().to_lowercase() == text::erase_word());
    view! {
        <label class="label" for=id>{text::erase_type(text::erase_word())}</label>
        <input id=id class="field" autocomplete="off" autocapitalize="none" bind:value=typed />
        <button type="button" class="button" disabled=whether(move || !is_said()) on:click=move |_| on_erase.run(())>
            {says}
        </button>
    }
}
