//! The secrets of the phones that this one took the place of, when a backup was restored to it: what was sealed for them
//! still opens here.

use super::StoreError;
use super::database::{self, Act, Ask, Step, Want};
use super::schema::{HOME, only};
use bothways::backup::kept::Former;
use bothways::ids::OriginId;

fn key(origin: &OriginId) -> String {
    format!("former/{origin}")
}

/// All of them, the first one first.
pub async fn load(origin: &OriginId) -> Result<Vec<Former>, StoreError> {
    let ask = Ask { store: HOME, range: only(&key(origin)), want: Want::Values, limit: Some(1) };
    let found = database::read(&[ask]).await?;
    let kept = found.iter().flatten().next();
    kept.map_or(Ok(Vec::new()), |text| Former::parse_all(text).map_err(|_| StoreError::Damaged))
}

/// The step that keeps them.
pub fn keep(origin: &OriginId, all: &[Former]) -> Step {
    Step { store: HOME, key: key(origin), act: Act::Put(Former::to_text(all)) }
}

/// The step that lets them go.
pub fn forget(origin: &OriginId) -> Step {
    Step { store: HOME, key: key(origin), act: Act::Delete }
}
