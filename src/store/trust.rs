//! What is known of the phones of a log.

use super::StoreError;
use super::database::{self, Act, Ask, Step, Want};
use super::schema::{HOME, only};
use bothways::ids::OriginId;
use bothways::swap::trust::Trust;

fn key(origin: &OriginId) -> String {
    format!("trust/{origin}")
}

fn ask(origin: &OriginId, want: Want) -> Ask {
    Ask { store: HOME, range: only(&key(origin)), want, limit: Some(1) }
}

/// Whether a phone has been paired.
pub async fn is_there(origin: &OriginId) -> Result<bool, StoreError> {
    let found = database::read(&[ask(origin, Want::Keys)]).await?;
    Ok(found.iter().flatten().next().is_some())
}

/// What is known of phones; nothing where none has been paired.
pub async fn load(origin: &OriginId) -> Result<Trust, StoreError> {
    let found = database::read(&[ask(origin, Want::Values)]).await?;
    let kept = found.iter().flatten().next();
    kept.map_or(Ok(Trust::default()), |text| Trust::parse(text).map_err(|_| StoreError::Damaged))
}

/// The step that keeps it.
pub fn keep(origin: &OriginId, trust: &Trust) -> Step {
    let act = if trust.is_alone() { Act::Delete } else { Act::Put(trust.to_text()) };
    Step { store: HOME, key: key(origin), act }
}

/// The step that lets all of it go.
pub fn forget(origin: &OriginId) -> Step {
    Step { store: HOME, key: key(origin), act: Act::Delete }
}
