//! The phones of the log: which are known, which are gone, and the way to another.

use super::pair::Pair;
use crate::parts::live::{live, shown_when};
use crate::parts::problem::problem;
use crate::state::{App, calendar, person};
use crate::words::pair as text;
use bothways::swap::pairing::KnownPhone;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list, folded away: it is needed once in some years.
#[component]
pub fn Phones() -> impl IntoView {
    let app = App::get();
    let phones = RwSignal::new(Vec::<KnownPhone>::new());
    let pairing = RwSignal::new(false);
    // Asked when somebody looks, not whenever the log changes: a code that is shown would make way for it.
    let look = move || {
        spawn_local(async move {
            if let Ok(known) = app.phones().await {
                phones.try_set(known);
            }
        });
    };
    let paired = Callback::new(move |()| {
        pairing.set(false);
        look();
    });
    let can_unpair = move || phones.with(|phones| phones.iter().any(|phone| phone.can_unpair));
    let unpair = move |_| {
        spawn_local(async move {
            app.say(app.unpair().await.map_or_else(problem, |()| text::unpaired().to_owned()));
            look();
        });
    };
    view! {
        <section class="card">
            <details class="fold">
                <summary on:click=move |_| look()>{text::phones()}</summary>
                <ul class="plain">{live(move || phones.get().into_iter().map(|phone| row(app, phone, look)).collect_view())}</ul>
                {shown_when(can_unpair, move || view! {
                    <p class="quiet-line">{text::unpair_hint()}</p>
                    <button type="button" class="button-quiet" on:click=unpair>{text::unpair()}</button>
                })}
                {shown_when(move || !pairing.get(), move || view! {
                    <button type="button" class="button" on:click=move |_| pairing.set(true)>{text::pair_another()}</button>
                })}
                {shown_when(move || pairing.get(), move || view! { <Pair done=paired /> })}
            </details>
        </section>
    }
}

fn row(app: App, phone: KnownPhone, look: impl Fn() + Copy + 'static) -> impl IntoView {
    let KnownPhone { device, member, since, is_here, is_gone, .. } = phone;
    let name = person(&app, member);
    let retire = move |_| {
        spawn_local(async move {
            app.say(app.retire(&device).await.map_or_else(problem, |()| text::retired().to_owned()));
            look();
        });
    };
    let what = if is_here {
        text::here().to_owned()
    } else if is_gone {
        text::gone().to_owned()
    } else {
        text::since(calendar::day(since))
    };
    view! {
        <li class="row">
            <span><bdi>{name}</bdi> ": " {what}</span>
            {(!is_here && !is_gone).then(|| view! {
                <button type="button" class="button-quiet" on:click=retire>{text::retire()}</button>
            })}
        </li>
    }
}
