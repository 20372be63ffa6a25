//! What the last import brought, kept until it can no longer be undone.

use super::database::{self, Act, Ask, Step, Want};
use super::schema::{HOME, only};
use super::{StoreError, rest};
use bothways::ids::OriginId;
use bothways::swap::undo::Brought;

fn key(origin: &OriginId) -> String {
    format!("brought/{origin}")
}

/// Whether there is an import that can be undone.
pub async fn is_there(origin: &OriginId) -> Result<bool, StoreError> {
    let found = database::read(&[Ask { want: Want::Keys, ..ask(origin) }]).await?;
    Ok(found.iter().flatten().next().is_some())
}

/// What the last import brought, if it can be undone.
pub async fn load(origin: &OriginId) -> Result<Option<Brought>, StoreError> {
    let found = database::read(&[ask(origin)]).await?;
    let Some(stored) = found.iter().flatten().next() else { return Ok(None) };
    Brought::parse(&rest::open(stored)?).map(Some).map_err(|_| StoreError::Damaged)
}

fn ask(origin: &OriginId) -> Ask {
    Ask { store: HOME, range: only(&key(origin)), want: Want::Values, limit: Some(1) }
}

/// The step that keeps it, to go with the import in one transaction.
pub fn keep(origin: &OriginId, brought: &Brought) -> Result<Step, StoreError> {
    // Sealed: the lines of a newer version may hold words.
    let text = rest::seal(&brought.to_text())?;
    Ok(Step { store: HOME, key: key(origin), act: Act::Put(text) })
}

/// The step that lets it go.
pub fn forget(origin: &OriginId) -> Step {
    Step { store: HOME, key: key(origin), act: Act::Delete }
}
