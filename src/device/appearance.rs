//! How the page looks: the scheme and the text size a person chose, as attributes that the style sheets read.

use leptos::prelude::document;

/// Sets or removes an attribute of the whole page.
pub fn set(name: &str, value: Option<&str>) {
    if let Some(root) = document().document_element() {
        // Both fail only for names that are no attribute names.
        match value {
            Some(value) => root.set_attribute(name, value).ok(),
            None => root.remove_attribute(name).ok(),
        };
    }
}
