//! The clipboard: <https://www.w3.org/TR/clipboard-apis/>.

/// Copies a text. False where the browser refuses; the room shows the text to be copied by hand.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = window.navigator().clipboard();
    // Undefined outside secure contexts, whatever the binding's type says.
    if clipboard.is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
