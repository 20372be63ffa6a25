//! The share sheet: Web Share API, level 2 (<https://www.w3.org/TR/web-share/>). Missing in Firefox; Chrome takes
//! `.txt` and refuses most other endings only when asked to share, so a refusal is an answer, not an error.

use super::files::TEXT;
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{File, FilePropertyBag, ShareData};

/// How a share ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Handed to the other app. Whether it arrives there nobody can know.
    Done,
    /// The person closed the sheet.
    Closed,
    /// The browser would not.
    Refused,
}

fn data(name: &str, text: &str) -> Option<ShareData> {
    let kind = FilePropertyBag::new();
    kind.set_type(TEXT);
    let file =
        File::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), name, &kind).ok()?;
    Some(data_of(&file))
}

fn data_of(file: &File) -> ShareData {
    // The file alone: with a title or a text beside it, some apps drop the file.
    let data = ShareData::new();
    data.set_files(&Array::of1(file));
    data
}

/// Whether this browser says it would share such a file.
pub fn can_share(name: &str) -> bool {
    let navigator = web_sys::window().map(|window| window.navigator());
    let Some(navigator) = navigator.filter(|n| js_sys::Reflect::has(n, &"canShare".into()).unwrap_or(false))
    else {
        return false;
    };
    data(name, "x").is_some_and(|data| navigator.can_share_with_data(&data))
}

/// Opens the share sheet. To be called in the tap itself: browsers ask for a fresh one.
pub async fn share(name: &str, text: &str) -> Shared {
    share_data(data(name, text)).await
}

/// The same for what is a file already.
pub async fn share_file(file: &File) -> Shared {
    share_data(Some(data_of(file))).await
}

async fn share_data(data: Option<ShareData>) -> Shared {
    let asked = web_sys::window().zip(data).map(|(window, data)| window.navigator().share_with_data(&data));
    let Some(asked) = asked else { return Shared::Refused };
    match wasm_bindgen_futures::JsFuture::from(asked).await {
        Ok(_) => Shared::Done,
        Err(error) => {
            let name = js_sys::Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
            if name.as_deref() == Some("AbortError") { Shared::Closed } else { Shared::Refused }
        }
    }
}
