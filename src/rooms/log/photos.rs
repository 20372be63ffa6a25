//! Photos of what is being written: picked or taken, shown, and taken away again.

use super::form::Wrong;
use crate::parts::live::{live, said, shown_when};
use crate::parts::picture::Picture;
use crate::state::{App, picked_file};
use crate::words::write as text;
use bothways::caps::PHOTOS_PER_ENTRY;
use bothways::log::kinds::Photo;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The photos of a form. What is wrong with a picture is said where the form says what is wrong.
#[component]
pub fn Photos(
    /// The photos so far.
    photos: RwSignal<Vec<Photo>>,
    /// What the form says.
    wrong: RwSignal<Option<Wrong>>,
) -> impl IntoView {
    let app = App::get();
    let making = RwSignal::new(false);
    let pick = move |event: leptos::ev::Event| {
        let Some(picked) = picked_file(&event).filter(|_| !making.get_untracked()) else { return };
        making.set(true);
        wrong.set(None);
        spawn_local(async move {
            match app.make_photo(&picked).await {
                Ok(photo) => photos.update(|photos| photos.push(photo)),
                Err(found) => wrong.set(Some(Wrong::of(found))),
            }
            making.set(false);
        });
    };
    let remove = move |gone: Photo| photos.update(|photos| photos.retain(|photo| *photo != gone));
    view! {
        {live(move || {
            photos
                .get()
                .into_iter()
                .map(|photo| {
                    view! {
                        <div class="photo-added">
                            <Picture photo=photo alt=text::photo_alt().to_owned() />
                            <button type="button" class="button-quiet" on:click=move |_| remove(photo)>
                                {text::photo_remove()}
                            </button>
                        </div>
                    }
                })
                .collect_view()
        })}
        {shown_when(move || photos.with(Vec::len) < PHOTOS_PER_ENTRY, move || view! {
            <label class="button pick">
                {said(move || if making.get() { text::photo_making() } else { text::photo_add() })}
                <input type="file" accept="image/*" class="pick-input" on:change=pick />
            </label>
        })}
    }
}
