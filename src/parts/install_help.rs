//! How the app gets onto the home screen, drawn for the browser at hand.

use super::icon::{Icon, Sign};
use crate::state::installing::{Platform, is_installed, is_offered, platform, take_offer};
use crate::words::install as text;
use leptos::prelude::*;

/// The steps; or that it is there.
#[component]
pub fn InstallHelp() -> impl IntoView {
    if is_installed() {
        return view! { <p>{text::done()}</p> }.into_any();
    }
    let steps: &[(Sign, &str)] = match platform() {
        Platform::Iphone => {
            &[(Sign::Share, text::iphone_1()), (Sign::Plus, text::iphone_2()), (Sign::Done, text::iphone_3())]
        }
        Platform::IphoneOther => &[
            (Sign::Share, text::iphone_other()),
            (Sign::Plus, text::iphone_2()),
            (Sign::Done, text::iphone_3()),
        ],
        Platform::Android => &[
            (Sign::Dots, text::android_1()),
            (Sign::Plus, text::android_2()),
            (Sign::Done, text::android_3()),
        ],
        Platform::Samsung => &[
            (Sign::Lines, text::samsung_1()),
            (Sign::Plus, text::samsung_2()),
            (Sign::Done, text::android_3()),
        ],
        Platform::FirefoxAndroid => &[
            (Sign::Dots, text::firefox_1()),
            (Sign::Plus, text::firefox_2()),
            (Sign::Done, text::android_3()),
        ],
        Platform::Computer => &[(Sign::Plus, text::computer())],
        Platform::Mac => &[(Sign::Plus, text::mac())],
        Platform::Firefox => &[(Sign::Star, text::firefox())],
    };
    let offer = is_offered().then(|| {
        view! { <p><button type="button" class="button" on:click=|_| take_offer()>{text::offer()}</button></p> }
    });
    let steps = steps.iter().map(|(sign, says)| view! { <li><Icon of=*sign /> <span>{*says}</span></li> });
    let alone = (platform() == Platform::Iphone).then(|| view! { <p>{text::alone()}</p> });
    view! {
        <p>{text::why()}</p>
        {offer}
        <ol class="steps-drawn">{steps.collect_view()}</ol>
        {alone}
    }
    .into_any()
}
