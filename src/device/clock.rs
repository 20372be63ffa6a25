//! The phone's clock and its way of writing dates: `Date` and `Intl` (ECMA-402), in the browser's language.

use bothways::log::{Millis, When};
use js_sys::{Date, Object, Reflect};

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

/// A time of day, such as "18:05".
pub fn time(at: Millis) -> String {
    let parts = [("hour", "2-digit"), ("minute", "2-digit")];
    date(at).to_locale_string(&language(), &options(&parts)).into()
}

/// A date for a file's name: `2026-11-23`, whatever the language.
pub fn date_for_file_names() -> String {
    let date = Date::new_0();
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

fn date(at: Millis) -> Date {
    Date::new(&(at as f64).into())
}

fn language() -> String {
    web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_else(|| "en-GB".into())
}

fn options(parts: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in parts {
        // Setting a plain property of a fresh object cannot fail.
        Reflect::set(&options, &(*name).into(), &(*value).into()).ok();
    }
    options
}
