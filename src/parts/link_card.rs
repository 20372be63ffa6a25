//! A card that leads somewhere: the whole of it can be tapped, its title is the link's name.

use crate::state::route::Route;
use leptos::prelude::*;

/// A link drawn as a card.
#[component]
pub fn LinkCard(
    /// Where it leads.
    to: Route,
    /// Its title.
    #[prop(into)]
    title: String,
    /// A few words above the title.
    #[prop(into, optional)]
    above: String,
    /// What stands below the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class="card card-link">
            {(!above.is_empty()).then(|| view! { <p class="card-above">{above}</p> })}
            <h3 class="card-title">
                <a href=to.href()>{title}</a>
            </h3>
            {children.map(|children| children())}
        </li>
    }
}
