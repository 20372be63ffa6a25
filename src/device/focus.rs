//! The focus, where what had it is gone: a button that has done its work, an entry that was erased. Browsers then leave it
//! nowhere and say nothing (HTML, "focus fixup"): a screen reader falls silent, and the keyboard begins at the top of the
//! page again. It goes to the heading of what is left round that place. Where an act says itself where the focus goes, that
//! comes first.

use leptos::prelude::{document, request_animation_frame};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit};

thread_local! {
    /// What had the focus last, and all it was in, from the inside out.
    static PLACE: RefCell<Vec<Element>> = const { RefCell::new(Vec::new()) };
}

/// Begins to watch over it, as long as the page lives.
pub fn keep() {
    let came = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let mut at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let mut place = Vec::new();
        while let Some(element) = at {
            at = element.parent_element();
            place.push(element);
        }
        PLACE.set(place);
    });
    document().add_event_listener_with_callback("focusin", came.as_ref().unchecked_ref()).ok();
    came.forget();
    let changed = Closure::<dyn Fn()>::new(|| {
        if is_gone() {
            // An act that hands the focus on does so with the next picture; it was there first.
            request_animation_frame(hand_on);
        }
    });
    let everything = MutationObserverInit::new();
    everything.set_child_list(true);
    everything.set_subtree(true);
    if let Ok(observer) = MutationObserver::new(changed.as_ref().unchecked_ref()) {
        observer.observe_with_options(&document(), &everything).ok();
    }
    changed.forget();
}

fn is_gone() -> bool {
    PLACE.with_borrow(|place| place.first().is_some_and(|element| !element.is_connected()))
}

fn hand_on() {
    let is_nowhere = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    if !is_gone() || !is_nowhere {
        return;
    }
    let heading = |element: &Element| element.query_selector("h1, h2, h3").ok().flatten();
    let nearest =
        PLACE.with_borrow(|place| place.iter().filter(|element| element.is_connected()).find_map(heading));
    if let Some(heading) = nearest.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        heading.set_tab_index(-1);
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        heading.focus_with_options(&options).ok();
    }
}
