//! Swap: give a file, take one. Nothing leaves the phone but from here, by its owner's own hand.

mod backup;
mod film;
mod give;
mod incoming;
mod pair;
mod phones;
mod progress;
mod restore;
mod show;
mod take;

use crate::parts::heading::Heading;
use crate::parts::live::shown_when;
use crate::state::{App, Standing};
use crate::words::{pair as pair_text, swap as text};
use leptos::prelude::*;

/// The room.
#[component]
pub fn Swap() -> impl IntoView {
    let app = App::get();
    let is_open = move || app.standing.get() == Standing::Ready;
    // A new phone may be one that takes the place of another: then the backup comes first.
    let is_new = move || app.whose_phone().is_none() && app.facts.with(|facts| facts.entries == 0);
    let is_closed = move || matches!(app.standing.get(), Standing::Closed(_));
    view! {
        <Heading text=text::title() />
        <p class="lead">{text::intro()}</p>
        {shown_when(is_open, move || view! {
            {shown_when(is_new, || view! { <backup::Backup is_new=true /> })}
            {shown_when(move || !app.is_paired(), move || view! {
                <section class="card" aria-labelledby="pair">
                    <h2 class="card-title" id="pair">{pair_text::title()}</h2>
                    {shown_when(move || app.has_left(), || view! { <p>{crate::words::us::has_left()}</p> })}
                    <p>{pair_text::intro()}</p>
                    <pair::Pair done=Callback::new(|()| ()) />
                </section>
            })}
            {shown_when(move || app.is_paired(), || view! { <give::Give /> })}
            <take::Take />
            {shown_when(move || app.is_paired(), || view! { <phones::Phones /> })}
            {shown_when(move || !is_new(), || view! { <backup::Backup is_new=false /> })}
        })}
        {shown_when(is_closed, move || view! {
            <p class="message message-warn">{text::not_open()}</p>
        })}
    }
}
