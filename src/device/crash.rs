//! What happens when the program breaks. A panic in wasm cannot be recovered from: the page shows the part of
//! `index.html` that says what is safe and offers to start again. No word anybody wrote is in the report.

use leptos::prelude::document;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(text: &str);
}

/// From now on, a panic shows that page. Only the place in the program is logged, never the panic's message,
/// which could quote what it stumbled over.
pub fn show_page_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            console_error(&format!("Bothways stopped at {place}"));
        }
        let element = |id: &str| document().get_element_by_id(id);
        if let Some(page) = element("crash") {
            page.remove_attribute("hidden").ok();
        }
        if let Some(app) = element("app") {
            app.set_attribute("inert", "").ok();
        }
    }));
}
