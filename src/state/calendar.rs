//! Days and times as rooms show them, and the number of the day by which things are chosen.

pub use crate::device::clock::{
    date_for_field, day, day_number, day_of_month, month, month_of, now, start_of_day, time, year,
};
pub use crate::device::random::seed;
