//! The content pack: what people read, one text a language, with the version it was stored as.

use super::StoreError;
use super::database::{self, failed};
use super::schema::CONTENT;
use wasm_bindgen::JsValue;

/// The pack of a language, if the version that is stored is the one wanted.
pub async fn load(language: &str, version: &str) -> Result<Option<String>, StoreError> {
    let found = database::read(&[CONTENT], &|stores| {
        Box::pin(async move {
            let store = stores.get(CONTENT)?;
            let pack = store.get(JsValue::from_str(language)).map_err(failed)?;
            let stored = store.get(version_key(language)).map_err(failed)?;
            let (pack, stored) = (pack.await.map_err(failed)?, stored.await.map_err(failed)?);
            Ok(vec![Vec::from_iter(pack), Vec::from_iter(stored)])
        })
    })
    .await?;
    let mut texts = found.iter().map(|values| values.first()?.as_string());
    let (pack, stored) = (texts.next().flatten(), texts.next().flatten());
    Ok(pack.filter(|_| stored.as_deref() == Some(version)))
}

/// Stores a pack in place of the one before. What people added is elsewhere and stays.
pub async fn save(language: &str, version: &str, pack: &str) -> Result<(), StoreError> {
    database::write(&[CONTENT], |stores| {
        let store = stores.get(CONTENT)?;
        store.put(&JsValue::from_str(pack), Some(&JsValue::from_str(language))).map_err(failed)?;
        store.put(&JsValue::from_str(version), Some(&version_key(language))).map_err(failed)?;
        Ok(())
    })
    .await
}

fn version_key(language: &str) -> JsValue {
    JsValue::from_str(&format!("{language}.version"))
}
