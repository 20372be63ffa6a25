//! What a phone knows of others once it has taken another's place.

use super::kept::{Former, Kept};
use super::part::LogPart;
use crate::json::BadRecord;
use crate::log::chain::Reached;
use crate::log::{Member, Millis};
use crate::swap::keys::Keys;
use crate::swap::trust::{Phone, Trust};

impl Former {
    fn keys(&self) -> Keys {
        Keys::of_seed(&self.seed, &self.origin)
    }

    fn within(&self, member: Member, for_two: bool) -> Phone {
        Phone { device: self.device(), member, for_two, keys: self.keys().public() }
    }
}

/// What is known of phones, once what a part has of it is taken in: `known` before, `home` what this phone is by then,
/// and how far the chain of the phone in the backup is here. The old phone vouches for this one with the keys that lie
/// in the backup, so that those who knew it need not pair again.
///
/// # Errors
/// Where what the backup says of phones cannot be read.
pub fn known_after(
    known: Trust,
    home: &Kept,
    part: &LogPart,
    reached: Option<Reached>,
    now: Millis,
) -> Result<Trust, BadRecord> {
    let came = part.trust.as_deref().map(Trust::parse).transpose()?.unwrap_or_default();
    let (Some(member), Some(its_member)) = (home.member, part.kept.member) else { return Ok(known) };
    let me = home.phone.within(member, home.for_two);
    let old = part.kept.phone.within(its_member, part.kept.for_two);
    // Where nobody was ever paired and nothing was sent, there is nobody to hand anything over to.
    if (came.is_alone() && known.is_alone() && reached.is_none()) || old.device == me.device {
        return Ok(if came.is_alone() { known } else { known.with(&came, &me) });
    }
    let mut next = known;
    let old_keys = part.kept.phone.keys();
    if next.circle(&me).phone(&old.device).is_none() {
        next.hand_over((&old_keys, &old, reached), (&home.phone.keys(), &me), now);
    } else if let Some(reached) = reached {
        next.sign(&old_keys, old.device, reached);
    }
    Ok(next.with(&came, &me))
}
