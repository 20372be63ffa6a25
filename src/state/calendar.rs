//! Days and times as rooms show them, and the number of the day by which things are chosen.

pub use crate::device::clock::{day, day_number, day_of_month, month, time};
pub use crate::device::random::seed;
