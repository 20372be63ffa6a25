//! One of several: chips to tap, or a list to open. Both are native controls.

use super::live::{Chosen, said, whether};
use leptos::prelude::*;
use std::borrow::Cow;

/// A choice that can be drawn: its id in forms, and its word.
pub type Choices = Vec<(&'static str, String)>;

/// What a list offers: ids that may be made, and their words.
pub struct Offered(Vec<(Cow<'static, str>, String)>);

impl From<Choices> for Offered {
    fn from(choices: Choices) -> Self {
        Self(choices.into_iter().map(|(id, word)| (id.into(), word)).collect())
    }
}

impl From<Vec<(String, String)>> for Offered {
    fn from(choices: Vec<(String, String)>) -> Self {
        Self(choices.into_iter().map(|(id, word)| (id.into(), word)).collect())
    }
}

/// Radio buttons drawn as chips.
#[component]
pub fn Chips(
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// Tells this group of radio buttons from others on the page.
    name: &'static str,
    /// What can be chosen.
    choices: Choices,
    /// The id chosen, if any.
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let chip = move |(id, word): (&'static str, String)| {
        let is_chosen = move || chosen.with(|chosen| chosen.as_deref() == Some(id));
        view! {
            <label class="chip">
                <input
                    type="radio"
                    name=name
                    value=id
                    prop:checked=whether(is_chosen)
                    on:change=move |_| chosen.set(Some(id.to_owned()))
                />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="chips">
            <legend>{legend}</legend>
            <div class="chips-row">{choices.into_iter().map(chip).collect_view()}</div>
        </fieldset>
    }
}

/// A list to open, with "any" at its head.
#[component]
pub fn Select(
    /// What is asked.
    #[prop(into)]
    label: String,
    /// The word for no choice.
    any: &'static str,
    /// What can be chosen.
    #[prop(into)]
    choices: Offered,
    /// The id chosen, if any.
    chosen: Chosen,
    /// Called with the new id, or none for "any".
    on_choose: Callback<Option<String>>,
) -> impl IntoView {
    // Shared by the list and each thing in it.
    let chosen = StoredValue::new(chosen);
    let chosen = move || chosen.with_value(|chosen| chosen());
    view! {
        <label class="select">
            <span class="label">{label}</span>
            <select
                class="field"
                prop:value=said(move || chosen().unwrap_or_default())
                on:change:target=move |event| {
                    let id = event.target().value();
                    on_choose.run((!id.is_empty()).then_some(id));
                }
            >
                <option value="">{any}</option>
                {choices
                    .0
                    .into_iter()
                    .map(|(id, word)| {
                        let value = id.clone();
                        let is_chosen = move || chosen().as_deref() == Some(&*id);
                        view! { <option value=value prop:selected=whether(is_chosen)>{word}</option> }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
