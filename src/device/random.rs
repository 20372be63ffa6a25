//! Random bytes from the browser: Web Crypto, `crypto.getRandomValues`, in a page and in a worker.

use wasm_bindgen::JsCast as _;

/// Fills an array with random bytes; none where the browser has no secure source (it always has in a secure
/// context). Nothing weaker is put in its place.
pub fn bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let crypto: web_sys::Crypto =
        js_sys::Reflect::get(&js_sys::global(), &"crypto".into()).ok()?.dyn_into().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// A number to choose by, where nothing depends on its being secret.
pub fn seed() -> u64 {
    bytes::<8>().map_or(0, u64::from_le_bytes)
}
