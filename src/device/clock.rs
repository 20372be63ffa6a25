//! The phone's clock and its way of writing dates: `Date` and `Intl` (ECMA-402), in the language the page is in.

use bothways::log::{Millis, When};
use js_sys::{Date, Object, Reflect};
use std::cell::RefCell;

thread_local! {
    /// The tag of the language dates are written in.
    static LANGUAGE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Says in which language dates are written from now on: a tag that `Intl` knows.
pub fn write_dates_in(tag: String) {
    LANGUAGE.set(tag);
}

/// Now, and how far east of UTC.
pub fn now() -> When {
    let date = Date::new_0();
    When { at: date.get_time() as Millis, zone: -(date.get_timezone_offset() as i32) }
}

/// The number of the local day, counted from 1970: changes at this phone's midnight.
pub fn day_number() -> u64 {
    let now = now();
    u64::try_from((now.at + i64::from(now.zone) * 60_000).div_euclid(86_400_000)).unwrap_or_default()
}

/// A day in words, such as "Monday 23 November 2026", where this phone is.
pub fn day(at: Millis) -> String {
    let parts = [("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];
    date(at).to_locale_date_string(&language(), &options(&parts)).into()
}

/// A day in words where the year is said already, such as "Monday 23 November".
pub fn day_of_year(at: Millis) -> String {
    let parts = [("weekday", "long"), ("day", "numeric"), ("month", "long")];
    date(at).to_locale_date_string(&language(), &options(&parts)).into()
}

/// A day in few letters, such as "23 Nov 2026".
pub fn short_day(at: Millis) -> String {
    let parts = [("day", "numeric"), ("month", "short"), ("year", "numeric")];
    date(at).to_locale_date_string(&language(), &options(&parts)).into()
}

/// The letters of the seven days of the week, from Monday on.
pub fn weekdays() -> Vec<String> {
    // 1 January 2024 was a Monday.
    let day = |day| Date::new_with_year_month_day(2024, 0, day);
    let letter = options(&[("weekday", "narrow")]);
    (1..=7).map(|it| day(it).to_locale_date_string(&language(), &letter).into()).collect()
}

/// A time of day, such as "18:05".
pub fn time(at: Millis) -> String {
    let parts = [("hour", "2-digit"), ("minute", "2-digit")];
    date(at).to_locale_string(&language(), &options(&parts)).into()
}

/// When this very day began and ended, so many years ago. (On 29 February: 1 March, in most years.)
pub fn this_day_years_ago(years: u32) -> (Millis, Millis) {
    let now = Date::new_0();
    let (year, month, day) = (now.get_full_year() - years, now.get_month() as i32, now.get_date() as i32);
    let at = |day| Date::new_with_year_month_day(year, month, day).get_time() as Millis;
    (at(day), at(day + 1))
}

/// A date for a file's name: `2026-11-23`, whatever the language.
pub fn date_for_file_names() -> String {
    written(&Date::new_0())
}

/// The day of a time as a date field has it: `2026-11-23`.
pub fn date_for_field(at: Millis) -> String {
    written(&date(at))
}

fn written(date: &Date) -> String {
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// When the day of a date field begins where this phone is; none for what is no date.
pub fn start_of_day(field: &str) -> Option<Millis> {
    start_after(field, 0)
}

/// When the day after that of a date field begins.
pub fn end_of_day(field: &str) -> Option<Millis> {
    start_after(field, 1)
}

fn start_after(field: &str, days: i32) -> Option<Millis> {
    let mut parts = field.split('-').map(str::parse::<i32>);
    let mut next = || parts.next()?.ok();
    let (year, month, day) = (u32::try_from(next()?).ok()?, next()?, next()?);
    let at = Date::new_with_year_month_day(year, month - 1, day + days).get_time();
    (!at.is_nan()).then_some(at as Millis)
}

/// A month where this phone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// The year.
    year: u32,
    /// The month, from 0; beyond 11 it is of a later year, as `Date` has it.
    month: i32,
    /// How many days it has.
    pub days: u32,
    /// The weekday of its first day, from Monday as 0.
    pub first_weekday: u32,
}

/// The month so many months from this one.
pub fn month(shift: i32) -> Month {
    let now = Date::new_0();
    let (year, month) = (now.get_full_year(), now.get_month() as i32 + shift);
    let first = Date::new_with_year_month_day(year, month, 1);
    // Day 0 of the next month is the last of this one.
    let last = Date::new_with_year_month_day(year, month + 1, 0);
    Month { year, month, days: last.get_date(), first_weekday: (first.get_day() + 6) % 7 }
}

impl Month {
    /// When a day of it begins; the day after the last is the first of the next month.
    pub fn starts(&self, day: u32) -> Millis {
        Date::new_with_year_month_day(self.year, self.month, day as i32).get_time() as Millis
    }

    /// Its name and year in words.
    pub fn name(&self) -> String {
        month_of(self.starts(1))
    }
}

/// The year a time falls into where this phone is.
pub fn year(at: Millis) -> u32 {
    date(at).get_full_year()
}

/// The month and year a time falls into, in words.
pub fn month_of(at: Millis) -> String {
    let parts = [("month", "long"), ("year", "numeric")];
    date(at).to_locale_date_string(&language(), &options(&parts)).into()
}

/// The day of its month a time falls on, from 1.
pub fn day_of_month(at: Millis) -> u32 {
    date(at).get_date()
}

fn date(at: Millis) -> Date {
    Date::new(&(at as f64).into())
}

fn language() -> String {
    LANGUAGE.with_borrow(String::clone)
}

fn options(parts: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in parts {
        // Setting a plain property of a fresh object cannot fail.
        Reflect::set(&options, &(*name).into(), &(*value).into()).ok();
    }
    options
}
