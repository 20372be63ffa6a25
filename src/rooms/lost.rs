//! An address that leads nowhere.

use crate::parts::heading::Heading;
use crate::state::route::Route;
use crate::words::app as text;
use leptos::prelude::*;

/// Says so, and leads home.
#[component]
pub fn Lost() -> impl IntoView {
    view! {
        <Heading text=text::lost_title() />
        <p>{text::lost()}</p>
        <p>
            <a class="button" href=Route::Today.href()>{text::lost_home()}</a>
        </p>
    }
}
