//! Pictures of any sort as pixels, by what the browser itself can read (HTML standard, "ImageBitmap"). In a worker.

use bothways::caps;
use bothways::photo::{Sides, inspect};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, ImageBitmap};

/// The picture in a file; none where these are the bytes of none, where it is larger than a picture may be, or where
/// this browser cannot read it.
pub async fn decoded(picture: &[u8]) -> Option<ImageBitmap> {
    // The size is known, and refused, before a pixel is decoded.
    let facts = inspect(picture).ok()?;
    let is_sane = |sides: Sides| sides.pixels() <= caps::PHOTO_PIXELS;
    if picture.len() > caps::PHOTO_INPUT_BYTES || !facts.sides.is_none_or(is_sane) {
        return None;
    }
    let kind = BlobPropertyBag::new();
    kind.set_type(facts.sort.media_type());
    let parts = Array::of1(&Uint8Array::from(picture));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok()?;
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into().ok()?;
    let bitmap = JsFuture::from(scope.create_image_bitmap_with_blob(&blob).ok()?).await.ok()?;
    bitmap.dyn_into().ok()
}
