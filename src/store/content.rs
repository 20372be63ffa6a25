//! The content pack: what people read, one text a language, with the version it was stored as.

use super::StoreError;
use super::database::{self, Act, Ask, Step, Want};
use super::schema::{CONTENT, only};

/// The pack of a language, if the version that is stored is the one wanted.
pub async fn load(language: &str, version: &str) -> Result<Option<String>, StoreError> {
    let ask = |key: &str| Ask { store: CONTENT, range: only(key), want: Want::Values, limit: Some(1) };
    let found = database::read(&[ask(language), ask(&version_key(language))]).await?;
    let mut texts = found.into_iter().map(|values| values.into_iter().next());
    let (pack, stored) = (texts.next().flatten(), texts.next().flatten());
    Ok(pack.filter(|_| stored.as_deref() == Some(version)))
}

/// Stores a pack in place of the one before. What people added is elsewhere and stays.
pub async fn save(language: &str, version: &str, pack: &str) -> Result<(), StoreError> {
    let step = |key: String, text: &str| Step { store: CONTENT, key, act: Act::Put(text.into()) };
    let steps = [step(language.into(), pack), step(version_key(language), version)];
    database::write(&steps, &|_| true).await
}

fn version_key(language: &str) -> String {
    format!("{language}.version")
}
