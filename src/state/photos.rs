//! Photos of entries: made of a picture that was picked, and shown from storage.

use super::{App, PickedFile, Problem, swapping};
use crate::device::files;
use crate::store::{database, photos};
use base64ct::{Base64, Encoding as _};
use bothways::caps;
use bothways::ids::PhotoHash;
use bothways::log::kinds::Photo;
use bothways::photo::inspect;
use bothways::swap::errand::{Answer, Errand, NO_PICTURE};

impl App {
    /// Makes a photo of a picture and keeps it. An entry that is saved later may name it.
    pub async fn make_photo(&self, picked: &PickedFile) -> Result<Photo, Problem> {
        self.ready().await?;
        let bytes = files::read(picked, caps::PHOTO_INPUT_BYTES).await.map_err(|_| Problem::NoPicture)?;
        match self.errand(Errand::Picture, Some(bytes.into())).await {
            Some((Answer::Pictured(photo), _)) => Ok(photo),
            Some((Answer::Failed(why), _)) if why == NO_PICTURE => Err(Problem::NoPicture),
            other => Err(swapping::problem(other)),
        }
    }

    /// An address under which a photo can be shown, whole or as its thumbnail, for as long as the page lives or until
    /// it is let go; none where it has not arrived. False beside it where only a small picture is here to stand for the
    /// whole.
    pub async fn photo_address(&self, photo: PhotoHash, large: bool) -> Option<(String, bool)> {
        let origin = self.origin().ok()?;
        let whole = if large { photos::load(&origin, photo).await.ok()? } else { None };
        let is_it = whole.is_some() || !large;
        let bytes = match whole {
            Some(bytes) => bytes,
            None => photos::load_small(&origin, photo).await.ok()??,
        };
        Some((files::address_of(&bytes)?, is_it))
    }

    /// A photo as a `data:` address (RFC 2397), the whole of it if it is here, else as small as it is.
    pub async fn photo_data(&self, photo: PhotoHash) -> Option<String> {
        let origin = self.origin().ok()?;
        let bytes = match photos::load(&origin, photo).await.ok()? {
            Some(bytes) => bytes,
            None => photos::load_small(&origin, photo).await.ok()??,
        };
        let sort = inspect(&bytes).ok()?.sort;
        Some(format!("data:{};base64,{}", sort.media_type(), Base64::encode_string(&bytes)))
    }

    /// Saves a text as a file of this name. False where the browser refused.
    pub fn save_text(&self, name: &str, text: &str) -> bool {
        files::save(name, text)
    }

    /// Lets an address go.
    pub fn forget_address(address: &str) {
        files::forget_address(address);
    }

    /// Takes photos away that were made for an entry that was given up.
    pub async fn forget_photos(&self, given_up: Vec<Photo>) {
        let Ok(origin) = self.origin() else { return };
        for photo in given_up {
            if photos::is_named(&origin, photo.hash).await == Ok(false) {
                // Tried once: what stays costs room, and nothing else.
                database::write(&photos::forget(&origin, photo.hash), &|_| true).await.ok();
            }
        }
    }
}
