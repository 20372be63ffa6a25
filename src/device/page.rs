//! The page itself: its address, title, scroll place and focus.

use leptos::prelude::{document, request_animation_frame, window};
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlElement};

thread_local! {
    static PLACES: RefCell<Vec<(String, f64)>> = const { RefCell::new(Vec::new()) };
    static FOLLOWED_A_LINK: Cell<bool> = const { Cell::new(false) };
    /// How one has just come, until that is shown.
    static CAME: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Opens the browser's print window.
pub fn print() {
    // A browser without one does nothing.
    window().print().ok();
}

/// The part of the address that names a room, without the `#`.
pub fn address() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Goes to an address of the app, as a link would.
pub fn go(address: &str) {
    FOLLOWED_A_LINK.set(true);
    window().location().set_hash(address).ok();
}

/// Starts the app again, in its first room.
pub fn start_again() {
    window().location().set_hash("/today").ok();
    reload();
}

/// Starts the app again where one is.
pub fn reload() {
    window().location().reload().ok();
}

/// Puts another address in place of this one, so that "back" does not lead here again.
pub fn replace(address: &str) {
    FOLLOWED_A_LINK.set(true);
    window().location().replace(&format!("#{address}")).ok();
}

/// Calls back at every event of this name, as long as the page lives: what our own scripts have to say.
pub fn on(event: &str, heard: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn()>::new(heard);
    window().add_event_listener_with_callback(event, heard.as_ref().unchecked_ref()).ok();
    heard.forget();
}

/// Says something to our own scripts.
pub fn tell(event: &str) {
    if let Ok(event) = Event::new(event) {
        // Nobody stops it.
        window().dispatch_event(&event).ok();
    }
}

/// Calls back with the new address whenever it changes, by a link, by "back", or by hand. Remembers where each
/// address was scrolled to, for coming back.
pub fn on_address_change(changed: impl Fn(String) + 'static) {
    let current = RefCell::new(address());
    let click = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let link = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if link.and_then(|element| element.closest("a[href^='#/']").ok().flatten()).is_some() {
            FOLLOWED_A_LINK.set(true);
        }
    });
    document().add_event_listener_with_callback_and_bool("click", click.as_ref().unchecked_ref(), true).ok();
    click.forget();
    let scrolled = Closure::<dyn Fn()>::new(move || {
        let place = window().scroll_y().unwrap_or_default();
        let here = address();
        PLACES.with_borrow_mut(|places| match places.iter_mut().find(|(known, _)| *known == here) {
            Some((_, before)) => *before = place,
            None => places.push((here, place)),
        });
    });
    window().add_event_listener_with_callback("scroll", scrolled.as_ref().unchecked_ref()).ok();
    scrolled.forget();
    let heard = Closure::<dyn Fn()>::new(move || {
        let now = address();
        if *current.borrow() != now {
            let before = current.replace(now.clone());
            let depth = |address: &str| address.matches('/').count();
            CAME.set(Some(if depth(&now) > depth(&before) { "deeper" } else { "over" }));
            changed(now);
        }
    });
    window().add_event_listener_with_callback("hashchange", heard.as_ref().unchecked_ref()).ok();
    heard.forget();
}

/// After a move: names the page, puts the reading place at its head (or, on the way back, where it was), and hands
/// the focus to its heading, so that a screen reader says where one is.
pub fn arrived(title: &str) {
    document().set_title(title);
    let came_by_link = FOLLOWED_A_LINK.take();
    request_animation_frame(move || {
        if let Some(heading) = first("main h1") {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            heading.focus_with_options(&options).ok();
        }
        // Shown by a short movement (style/parts.css). A room that is drawn again without a move stays still.
        if let (Some(came), Some(page)) = (CAME.take(), first("main")) {
            page.remove_attribute("data-came").ok();
            // Asking for a measure makes the browser take note.
            page.offset_width();
            page.set_attribute("data-came", came).ok();
        }
        let here = address();
        let before = PLACES
            .with_borrow(|places| places.iter().find(|(known, _)| *known == here).map(|(_, place)| *place));
        let place = if came_by_link { 0.0 } else { before.unwrap_or(0.0) };
        window().scroll_to_with_x_and_y(0.0, place);
    });
}

/// Gives the focus to the first element that fits a selector, once it is drawn.
pub fn focus(selector: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = first(selector) {
            element.focus().ok();
        }
    });
}

fn first(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The address of one of the program's files, which the build has written into the tag that loads `public/boot.js`.
pub fn program_file(name: &str) -> Option<String> {
    first("script[data-wasm]")?.get_attribute(name)
}

/// The element the app is drawn into, emptied of the readable shell that stood there before the program started.
pub fn place() -> Option<HtmlElement> {
    let place = first("#app")?;
    place.set_text_content(None);
    Some(place)
}

/// Whether the page is out of sight.
pub fn is_hidden() -> bool {
    document().hidden()
}
