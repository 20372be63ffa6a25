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

/// A yes or no that follows the state, for an attribute or a property.
pub fn whether(condition: impl Fn() -> bool + Send + 'static) -> Box<dyn FnMut() -> bool + Send> {
    Box::new(condition)
}

/// A text that follows the state and is asked for by a part that need not know where it comes from.
pub type Chosen = Box<dyn Fn() -> Option<String> + Send + Sync>;

/// Does something now, and again whenever what it reads changes.
pub fn whenever(act: impl Fn() + 'static) {
    fn watch(act: Box<dyn Fn()>) {
        Effect::new(move |_| act());
    }
    watch(Box::new(act));
}

fn holding(condition: Box<dyn Fn() -> bool + Send + Sync>) -> Memo<bool> {
    Memo::new(move |_| condition())
}

/// Draws something only while a condition holds. Not drawn anew while the condition stays as it is.
pub fn shown_when<V: IntoAny + 'static>(
    condition: impl Fn() -> bool + Send + Sync + 'static,
    draw: impl Fn() -> V + Send + 'static,
) -> Live {
    let holds = holding(Box::new(condition));
    live(move || if holds.get() { draw().into_any() } else { ().into_any() })
}
