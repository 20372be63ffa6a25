//! Parts of a page that follow the state.
//!
//! Each closure in a view is a type of its own, and the framework's drawing code is compiled once for each type.
//! Boxed here they are all of one type, which keeps the program small: it halves what a room costs.

use leptos::prelude::*;

/// Something that is drawn anew when what it reads changes.
pub type Live = Box<dyn FnMut() -> AnyView + Send>;

/// Draws what the closure gives, and again whenever what it reads changes.
pub fn live<V: IntoAny + 'static>(draw: impl Fn() -> V + Send + 'static) -> Live {
    Box::new(move || draw().into_any())
}

/// A text that follows the state.
pub fn said<T: Into<String>>(text: impl Fn() -> T + Send + 'static) -> Box<dyn FnMut() -> String + Send> {
    Box::new(move || text().into())
}

/// Draws something only while a condition holds. Not drawn anew while the condition stays as it is.
pub fn shown_when<V: IntoAny + 'static>(
    condition: impl Fn() -> bool + Send + Sync + 'static,
    draw: impl Fn() -> V + Send + 'static,
) -> Live {
    let holds = Memo::new(move |_| condition());
    live(move || if holds.get() { draw().into_any() } else { ().into_any() })
}
