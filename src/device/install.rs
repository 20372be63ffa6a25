//! The app on the home screen: which browser this is, whether it runs from there, and whether the browser can be asked
//! to put it there (<https://www.w3.org/TR/appmanifest/>). `public/boot.js` keeps the browser's own offer.

use js_sys::Reflect;
use leptos::prelude::{document, window};
use web_sys::Event;

/// Browsers, by how the app gets onto the home screen with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Safari on an iPhone or iPad. The icon's storage is its own: what was written in the tab is not there.
    Iphone,
    /// Another browser on an iPhone or iPad.
    IphoneOther,
    /// Chrome, or one like it, on Android.
    Android,
    /// Samsung Internet.
    Samsung,
    /// Firefox on Android.
    FirefoxAndroid,
    /// Safari on a Mac.
    Mac,
    /// Firefox on a computer, which installs nothing.
    Firefox,
    /// Chrome, or one like it, on a computer.
    Computer,
}

/// Which of them this is, by what the browser says of itself: only words depend on it.
pub fn platform() -> Platform {
    let navigator = window().navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    let says = |word| agent.contains(word);
    // An iPad says that it is a Mac; a Mac has no touch screen.
    let is_ipad = says("Macintosh") && navigator.max_touch_points() > 1;
    match () {
        () if says("iPhone") || says("iPad") || is_ipad => {
            let is_other = ["CriOS", "FxiOS", "EdgiOS", "OPT/"].into_iter().any(says);
            if is_other { Platform::IphoneOther } else { Platform::Iphone }
        }
        () if says("SamsungBrowser") => Platform::Samsung,
        () if says("Android") && says("Firefox") => Platform::FirefoxAndroid,
        () if says("Android") => Platform::Android,
        () if says("Firefox") => Platform::Firefox,
        () if says("Safari") && !says("Chrome") => Platform::Mac,
        () => Platform::Computer,
    }
}

/// Whether the app runs from the home screen. iPhones have said the one and not the other, so both are asked.
pub fn is_installed() -> bool {
    let is_alone = window().match_media("(display-mode: standalone)").ok().flatten();
    let says_so = Reflect::get(&window().navigator(), &"standalone".into());
    is_alone.is_some_and(|query| query.matches()) || says_so.is_ok_and(|value| value.is_truthy())
}

/// Whether the browser has offered to install it.
pub fn is_offered() -> bool {
    document().document_element().is_some_and(|page| page.has_attribute("data-install"))
}

/// Takes the offer: the browser asks the person.
pub fn take_offer() {
    if let Ok(event) = Event::new("take-install") {
        // Nobody stops it.
        window().dispatch_event(&event).ok();
    }
}
