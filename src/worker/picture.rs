//! Making a photo of a picture: decoded by the browser, drawn no larger than it need be, and written anew, so that
//! nothing but the picture is left of it (HTML standard, "ImageBitmap", "OffscreenCanvas").

use super::Outcome;
use crate::device::pictures::decoded;
use crate::device::talk::Talk;
use crate::store::{database, photos};
use bothways::caps;
use bothways::ids::{OriginId, PhotoHash};
use bothways::log::kinds::Photo;
use bothways::photo::{Sides, is_clean, is_clean_thumb, strip};
use bothways::swap::errand::{Answer, NO_PICTURE};
use js_sys::Uint8Array;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ImageBitmap, ImageEncodeOptions, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// JPEG: every browser writes it, and no other sort is.
const TYPE: &str = "image/jpeg";
/// How well, tried one after the other until the photo is small enough.
const QUALITIES: [f64; 3] = [0.82, 0.7, 0.5];

/// How well a thumbnail is written.
const THUMBNAIL_QUALITIES: [f64; 2] = [0.7, 0.4];

/// How well what is filmed is written: each kilobyte takes a camera a tenth of a second.
const FILMED_QUALITIES: [f64; 1] = [0.45];
/// Bytes of a picture that is small enough as it is.
const FILMED_BYTES: usize = 16 * 1024;

/// Makes a photo and keeps it, with its thumbnail. Nothing names it until an entry is saved.
pub async fn make(talk: &Talk, log: &OriginId, picture: Vec<u8>) -> Outcome {
    let (photo, bytes, small) = made(&picture).await.ok_or_else(|| Answer::Failed(NO_PICTURE.into()))?;
    let mut steps = vec![photos::keep(log, photo.hash, bytes)];
    steps.extend(small.map(|small| photos::keep_thumbnail(log, photo.hash, small)));
    database::write(&steps, &|_| true).await?;
    talk.say(&Answer::Pictured(photo));
    Ok(())
}

async fn made(picture: &[u8]) -> Option<(Photo, Arc<[u8]>, Option<Arc<[u8]>>)> {
    let bitmap = decoded(picture).await?;
    let large = written(&bitmap, caps::PHOTO_SIDE, &QUALITIES).await;
    let small = written(&bitmap, caps::THUMBNAIL_SIDE, &THUMBNAIL_QUALITIES).await;
    bitmap.close();
    let (sides, bytes) = large?;
    let hash = PhotoHash::of_photo(&bytes);
    Some((Photo { hash, width: sides.width, height: sides.height }, bytes, small.map(|(_, bytes)| bytes)))
}

/// A thumbnail of a photo that came from elsewhere; none where this browser cannot read it.
pub async fn thumbnail(photo: &[u8]) -> Option<Arc<[u8]>> {
    let bitmap = decoded(photo).await?;
    let small = written(&bitmap, caps::THUMBNAIL_SIDE, &THUMBNAIL_QUALITIES).await;
    bitmap.close();
    small.map(|(_, bytes)| bytes)
}

/// A picture of a photo that is small enough to be filmed, of its thumbnail; none where this browser cannot read it.
pub async fn filmed(thumbnail: Vec<u8>) -> Option<Arc<[u8]>> {
    // What was filmed itself goes on as it came.
    if is_clean_thumb(&thumbnail) && thumbnail.len() <= FILMED_BYTES {
        return Some(thumbnail.into());
    }
    let bitmap = decoded(&thumbnail).await?;
    let small = written(&bitmap, caps::THUMB_SIDE, &FILMED_QUALITIES).await;
    bitmap.close();
    small.map(|(_, bytes)| bytes).filter(|bytes| is_clean_thumb(bytes))
}

/// The picture as a JPEG with no side longer than this, as well as it may be.
async fn written(bitmap: &ImageBitmap, side: u32, qualities: &[f64]) -> Option<(Sides, Arc<[u8]>)> {
    let sides = Sides::new(bitmap.width(), bitmap.height())?.within(side);
    let canvas = OffscreenCanvas::new(sides.width, sides.height).ok()?;
    let context: OffscreenCanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // What is see-through in the picture would be black in a JPEG.
    context.set_fill_style_str("white");
    let (width, height) = (f64::from(sides.width), f64::from(sides.height));
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height).ok()?;
    for quality in qualities {
        let options = ImageEncodeOptions::new();
        options.set_type(TYPE);
        options.set_quality(*quality);
        let blob = JsFuture::from(canvas.convert_to_blob_with_options(&options).ok()?).await.ok()?;
        let buffer = JsFuture::from(blob.dyn_into::<Blob>().ok()?.array_buffer()).await.ok()?;
        // Some browsers write metadata of their own.
        let bytes: Arc<[u8]> = strip(&Uint8Array::new(&buffer).to_vec())?.into();
        if is_clean(&bytes) {
            return Some((sides, bytes));
        }
    }
    None
}
