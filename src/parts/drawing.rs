//! Drawing with a finger: for who cannot write yet, and for what is no words. What is drawn becomes a photo of the entry.

use super::live::shown_when;
use super::problem::problem;
use crate::state::{App, drawing};
use crate::words::drawing as text;
use bothways::log::kinds::Photo;
use leptos::html::Canvas;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A place to draw, opened when it is wanted.
#[component]
pub fn Drawing(
    /// The photos of the entry.
    photos: RwSignal<Vec<Photo>>,
) -> impl IntoView {
    let app = App::get();
    let is_open = RwSignal::new(false);
    let canvas = NodeRef::<Canvas>::new();
    let is_down = StoredValue::new(false);
    let draw = move |event: leptos::ev::PointerEvent, begins: bool| {
        event.prevent_default();
        if begins {
            is_down.set_value(true);
        }
        if let Some(canvas) = canvas.get_untracked().filter(|_| is_down.get_value()) {
            drawing::line_to(&canvas, &event, begins);
        }
    };
    let take = move |_| {
        let Some(picture) = canvas.get_untracked().and_then(|canvas| drawing::picture(&canvas)) else {
            return;
        };
        is_open.set(false);
        spawn_local(async move {
            match app.make_photo(&picture).await {
                Ok(photo) => photos.update(|photos| photos.push(photo)),
                Err(found) => app.say(problem(found)),
            }
        });
    };
    let clear = move |_| {
        if let Some(canvas) = canvas.get_untracked() {
            drawing::clear(&canvas);
        }
    };
    view! {
        <button type="button" class="button-quiet" on:click=move |_| is_open.update(|open| *open = !*open)>{text::draw()}</button>
        {shown_when(move || is_open.get(), move || view! {
            <canvas
                node_ref=canvas
                class="drawing"
                width="800"
                height="600"
                role="img"
                aria-label=text::surface()
                on:pointerdown=move |event| draw(event, true)
                on:pointermove=move |event| draw(event, false)
                on:pointerup=move |_| is_down.set_value(false)
                on:pointerleave=move |_| is_down.set_value(false)
            ></canvas>
            <div class="row">
                <button type="button" class="button" on:click=take>{text::take()}</button>
                <button type="button" class="button-quiet" on:click=clear>
                    {text::again()}
                </button>
            </div>
        })}
    }
}
