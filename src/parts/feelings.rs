//! Picking a feeling: eight faces, and behind each of them finer words, as many as his age can use, or a word of one's own.

use super::library_gate::with_library;
use super::live::{live, said, whenever, whether};
use crate::state::App;
use crate::words::write as text;
use bothways::caps::NAME_CHARS;
use bothways::library::{Family, FeelingWord, Stage};
use leptos::prelude::*;

/// The faces, the words of the one that was picked, and a field for a word that is in none of them.
#[component]
pub fn Feelings(
    /// The id of a family or of a word, or a word of one's own.
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = App::get();
    with_library(move |library| {
        let stage = app.home.with_untracked(|home| home.as_ref().and_then(|home| home.stage));
        // Who cannot read yet has the faces, and who is at school the words of the middle depth.
        let depth = match stage {
            Some(Stage::Little) => 1,
            Some(Stage::School) => 2,
            _ => 3,
        };
        let families = StoredValue::new(library.pack.feelings.clone());
        let family_of = move |feeling: &str| {
            families.with_value(|families| families.iter().position(|family| family.has(feeling)))
        };
        // Only another family draws the words anew: the word that was just picked keeps the focus.
        let family = Memo::new(move |_| chosen.with(|chosen| chosen.as_deref().and_then(family_of)));
        // A face stays picked while one of its words is.
        let face = |(at, of): (usize, &Family)| {
            let is_picked = move || family.get() == Some(at);
            chip("feeling", of.id.clone(), face_of(of).into_any(), chosen, Box::new(is_picked))
        };
        let faces = families.with_value(|families| families.iter().enumerate().map(face).collect_view());
        let nearer = live(move || {
            let at = family.get()?;
            families.with_value(|families| Some(words_of(families.get(at)?, depth, chosen)))
        });
        // What is typed stays as it is typed, also while it happens to be a word the app knows ("sad", on the way to
        // "sad-ish"); it goes when something else is picked.
        let own = RwSignal::new(
            chosen.get_untracked().filter(|feeling| family_of(feeling).is_none()).unwrap_or_default(),
        );
        whenever(move || {
            let typed = own.with_untracked(|own| own.trim().to_owned());
            if !typed.is_empty() && chosen.with(|chosen| chosen.as_deref() != Some(&typed)) {
                own.set(String::new());
            }
        });
        view! {
            <fieldset class="chips faces">
                <legend>{text::feeling()}</legend>
                <div class="chips-row">{faces}</div>
            </fieldset>
            {nearer}
            {(depth > 1).then(|| view! {
                <label class="label" for="own-feeling">{text::feeling_own()}</label>
                <input
                    id="own-feeling"
                    class="field"
                    dir="auto"
                    autocomplete="off"
                    maxlength=NAME_CHARS.to_string()
                    prop:value=said(move || own.get())
                    on:input:target=move |event| {
                        let word = event.target().value();
                        let said = word.trim().to_owned();
                        own.set(word);
                        chosen.set((!said.is_empty()).then_some(said));
                    }
                />
            })}
        }
    })
}

/// The finer words of a family, what the picked one means, and what has helped.
fn words_of(family: &Family, depth: u8, chosen: RwSignal<Option<String>>) -> AnyView {
    let words: Vec<FeelingWord> = family.words.iter().filter(|word| word.depth <= depth).cloned().collect();
    let helped = text::feeling_helped(family.helped.join(". "));
    let chips = words
        .iter()
        .map(|word| {
            let id = word.id.clone();
            let is_chosen = move || chosen.with(|chosen| chosen.as_deref() == Some(&*id));
            chip("nearer", word.id.clone(), word.name.clone().into_any(), chosen, Box::new(is_chosen))
        })
        .collect_view();
    let meaning = {
        let words = words.clone();
        said(move || {
            let meaning =
                |id: &String| words.iter().find(|word| word.id == *id).map(|word| word.meaning.clone());
            chosen.with(|chosen| chosen.as_ref().and_then(meaning)).unwrap_or_default()
        })
    };
    view! {
        {(!words.is_empty()).then(|| view! {
            <fieldset class="chips">
                <legend>{text::feeling_nearer()}</legend>
                <div class="chips-row">{chips}</div>
            </fieldset>
            <p class="quiet-line" role="status">{meaning}</p>
        })}
        <p class="quiet-line">{helped}</p>
    }
    .into_any()
}

/// A radio button drawn as a chip. Tapped once more, it takes the choice back.
fn chip(
    name: &'static str,
    id: String,
    label: AnyView,
    chosen: RwSignal<Option<String>>,
    is_chosen: Box<dyn Fn() -> bool + Send + Sync>,
) -> AnyView {
    let id = StoredValue::new(id);
    let is_this = move || chosen.with_untracked(|chosen| chosen.as_deref() == Some(&*id.get_value()));
    view! {
        <label class="chip">
            <input
                type="radio"
                name=name
                value=id.get_value()
                prop:checked=whether(is_chosen)
                on:click=move |_| {
                    let again = is_this();
                    chosen.set((!again).then(|| id.get_value()));
                }
                on:change=move |_| chosen.set(Some(id.get_value()))
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// A face and its word.
fn face_of(family: &Family) -> impl IntoView + use<> {
    let name = family.name.clone();
    view! {
        <svg class="face" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M12 2.500a9.500 9.500 0 1 0 0 19 9.500 9.500 0 0 0 0-19z" />
            <path d=features(&family.face) />
        </svg>
        {name}
    }
}

/// Eyes, brows and mouth, drawn here in the stroke of the icons.
fn features(face: &str) -> &'static str {
    match face {
        "glad" => {
            "M8.500 9.500v.5M15.500 9.500v.5M7.500 14c1 2.200 2.600 3.200 4.500 3.200s3.500-1 4.500-3.200"
        }
        "calm" => {
            "M7.500 10c.7.800 1.800.800 2.500 0M14 10c.7.800 1.800.800 2.500 0M9 15c1.800 1.200 4.200 1.200 6 0"
        }
        "proud" => {
            "M7.300 10l1.500-1.300L10.300 10M13.700 10l1.500-1.300 1.500 1.300M7.500 13.500h9c-.4 2.600-2.300 4-4.500 4s-4.100-1.400-4.500-4z"
        }
        "loving" => {
            "M8.500 11.300L6.900 9.700a1.100 1.100 0 0 1 1.600-1.500 1.100 1.100 0 0 1 1.600 1.500zM15.500 11.300l-1.600-1.600a1.100 1.100 0 0 1 1.600-1.500 1.100 1.100 0 0 1 1.600 1.500zM8.500 14.500c1.900 2.100 5.100 2.100 7 0"
        }
        "sad" => {
            "M7 8.500l2.500-1M17 8.500l-2.500-1M8.500 10.500v.5M15.500 10.500v.5M15.500 13v1.500M8.500 17c1-1.500 2.200-2.200 3.500-2.200s2.500.7 3.500 2.200"
        }
        "scared" => {
            "M8.500 8.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3zM15.500 8.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3zM7.500 16.500l1.500-1.300 2 1.300 2-1.300 2 1.300 1.500-1.300"
        }
        "angry" => {
            "M7 8l3.200 1.600M17 8l-3.200 1.600M8.700 11.500v.3M15.300 11.500v.3M8.500 17c2-1.800 5-1.800 7 0"
        }
        "tired" => "M7 10.500h3M14 10.500h3M12 14.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3z",
        _ => "M8.500 10v.5M15.500 10v.5M9 15.500h6",
    }
}
