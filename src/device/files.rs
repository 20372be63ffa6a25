//! Files in and out: the picker and drop (File API), and saving by a link (`<a download>`, HTML standard).
//!
//! Where a browser ignores the link (an iPhone's home-screen app), nothing is saved and nothing says so; the room
//! offers sharing and copying beside it.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};

/// The type under which a swap file travels: every share sheet and every picker takes it.
pub const TEXT: &str = "text/plain";

/// Offers a text as a file to save. False where the browser refused.
pub fn save(name: &str, text: &str) -> bool {
    blob(text).is_some_and(|blob| save_blob(name, &blob))
}

/// The same for what is a file already.
pub fn save_blob(name: &str, blob: &Blob) -> bool {
    try_save(name, blob).is_some()
}

fn try_save(name: &str, blob: &Blob) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    document.body()?.append_child(&link).ok()?;
    link.click();
    link.remove();
    // The download reads the address after this returns: it is let go a minute later.
    super::timer::after(60_000, move || {
        Url::revoke_object_url(&address).ok();
    });
    Some(())
}

fn blob(text: &str) -> Option<Blob> {
    let kind = BlobPropertyBag::new();
    kind.set_type(TEXT);
    Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&JsValue::from_str(text)), &kind).ok()
}

/// The file a person picked, taken out of the input so that the same one can be picked again.
pub fn picked(event: &web_sys::Event) -> Option<File> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

/// All files a person picked.
pub fn all_picked(event: &web_sys::Event) -> Vec<File> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let list = input.as_ref().and_then(HtmlInputElement::files);
    let files = list.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at))).collect();
    if let Some(input) = input {
        input.set_value("");
    }
    files
}

/// The file a person dropped.
pub fn dropped(event: &web_sys::DragEvent) -> Option<File> {
    event.data_transfer()?.files()?.get(0)
}

/// An address under which the page can show these bytes of a picture.
pub fn address_of(bytes: &[u8]) -> Option<String> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Lets such an address go, and the bytes behind it.
pub fn forget_address(address: &str) {
    // One that is unknown has gone already.
    Url::revoke_object_url(address).ok();
}

/// Why a file was not read.
pub enum Unread {
    /// Larger than was asked for; not a byte of it was read.
    TooLarge,
    /// The browser could not read it.
    Failed,
}

/// A file's bytes, if there are not more than `limit`.
pub async fn read(file: &File, limit: usize) -> Result<js_sys::ArrayBuffer, Unread> {
    if file.size() > limit as f64 {
        return Err(Unread::TooLarge);
    }
    let buffer =
        wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await.map_err(|_| Unread::Failed)?;
    buffer.dyn_into().map_err(|_| Unread::Failed)
}
