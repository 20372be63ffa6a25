//! Leaving a pair: with the copy kept, or erased. Each is one transaction, so no kill leaves half of it.

use super::database::{Act, Step};
use super::home::{self, Home};
use super::schema::{OF_A_LOG, all_of};
use super::{StoreError, brought, former, heard, trust};

/// The steps after which the log can be read here and no file of it is made or taken. What is known of other phones
/// goes, so nobody's signature counts any more; this phone's own keys follow from its seed, and are what it pairs with
/// anew.
pub fn keep_copy(home: &mut Home) -> Result<Vec<Step>, StoreError> {
    home.left = true;
    let origin = &home.origin;
    Ok(vec![trust::forget(origin), heard::forget(origin), brought::forget(origin), home::step(home)?])
}

/// The steps that erase this phone's copy of a log: its words, photos, notes and keys. Other logs stay.
pub fn erase(home: &Home) -> Vec<Step> {
    let origin = &home.origin;
    let all = OF_A_LOG.map(|store| {
        let (key, to) = all_of(origin, "");
        Step { store, key, act: Act::DeleteTo(to) }
    });
    let mut steps = Vec::from(all);
    steps.extend([
        trust::forget(origin),
        heard::forget(origin),
        brought::forget(origin),
        former::forget(origin),
    ]);
    steps.push(home::forget(home));
    steps
}
