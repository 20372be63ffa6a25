//! Days and times as rooms show them, and the number of the day by which things are chosen.

pub use crate::device::clock::{
    date_for_field, day, day_number, day_of_month, day_of_year, end_of_day, month, month_of, now, short_day,
    start_of_day, time, weekdays, year,
};
pub use crate::device::random::seed;
