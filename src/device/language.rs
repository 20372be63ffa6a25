//! The language the page is in: what the browser would like to read (`navigator.languages`, HTML standard), `lang` of the
//! page, and what `Intl` (ECMA-402) needs to know for dates and numbers.

use super::{appearance, clock};
use bothways::language::{ENGLISH, Language};
use js_sys::{Array, Intl::PluralRules, Object};
use std::cell::{Cell, OnceCell};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Fails for what is no language tag, and so tells whether it is one; js-sys has it as what cannot fail.
    #[wasm_bindgen(catch, js_namespace = Intl, js_name = getCanonicalLocales)]
    fn canonical_locales(tag: &str) -> Result<Array, JsValue>;
}

thread_local! {
    static SHOWN: Cell<&'static Language> = const { Cell::new(ENGLISH) };
    /// Made once: it takes longer than all it is asked in a month of days.
    static RULES: OnceCell<PluralRules> = const { OnceCell::new() };
}

/// The tags a person has told the browser, the dearest first.
fn tags() -> impl Iterator<Item = String> {
    let tags = web_sys::window().map(|window| window.navigator().languages()).unwrap_or_default();
    tags.into_iter().filter_map(|tag| tag.as_string())
}

/// The same text in one way of writing it (Unicode normalization form C): keyboards differ in how they write an accent.
pub fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

/// The first language of the browser that the app is offered in; English where there is none.
pub fn preferred() -> &'static Language {
    tags().find_map(|tag| Language::of_tag(&tag)).unwrap_or(ENGLISH)
}

/// Says in which language the page is: once, before anything is drawn.
pub fn show(language: &'static Language) {
    SHOWN.set(language);
    appearance::set("lang", Some(language.id));
    // Dates as in the browser's own country, where it names one for this language. Some browsers name a tag that is none,
    // and to write a date in it would fail where an entry is drawn: nothing of the log would be seen.
    let own = |tag: &String| Language::of_tag(tag) == Some(language) && canonical_locales(tag).is_ok();
    clock::write_dates_in(tags().find(own).unwrap_or_else(|| language.dates.to_owned()));
}

/// The language the page is in.
pub fn shown() -> &'static Language {
    SHOWN.get()
}

/// The category of a number: "one", "other", and what else the language has.
pub fn plural(n: usize) -> String {
    let made = || PluralRules::new(&Array::of1(&shown().id.into()), &Object::new());
    RULES.with(|rules| rules.get_or_init(made).select(n as f64).into())
}
