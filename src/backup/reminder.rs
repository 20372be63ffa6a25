//! When it is time for the next backup, and an event for a calendar (RFC 5545).

use crate::log::Millis;

const DAY: Millis = 24 * 60 * 60 * 1000;
/// After how long a backup is old.
const MONTH: Millis = 31 * DAY;
/// Entries a log may have before one is reminded of the first backup.
const FEW: usize = 20;

/// Whether one is reminded: where the last backup is older than a month, or there is none and something would be lost;
/// unless it was put off within the last month. A clock that was set back reminds of nothing.
pub const fn is_due(now: Millis, last: Option<Millis>, put_off: Option<Millis>, entries: usize) -> bool {
    let was_put_off = match put_off {
        Some(at) => now < at.saturating_add(MONTH),
        None => false,
    };
    let is_old = match last {
        Some(at) => now >= at.saturating_add(MONTH),
        None => entries > FEW,
    };
    is_old && !was_put_off
}

/// A calendar file with one event: all day, on this day (`20261126`), and again every month if it `returns`. `stamp` is when
/// it is made, in UTC (`20261126T041500Z`). The text of each line is escaped and folded.
pub fn calendar_file(day: &str, returns: bool, stamp: &str, summary: &str, description: &str) -> String {
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Bothways//Bothways//EN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:bothways-{day}-{stamp}"),
        format!("DTSTAMP:{stamp}"),
        format!("DTSTART;VALUE=DATE:{day}"),
        "RRULE:FREQ=MONTHLY".to_owned(),
        format!("SUMMARY:{}", escaped(summary)),
        format!("DESCRIPTION:{}", escaped(description)),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    let mut file = String::new();
    for line in lines.iter().filter(|line| returns || !line.starts_with("RRULE")) {
        fold(line, &mut file);
    }
    file
}

/// Section 3.3.11.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Section 3.1: no line longer than 75 bytes; what goes on begins with a space. No letter is cut in two.
fn fold(line: &str, file: &mut String) {
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(letter);
        length += letter.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_790_000_000_000;

    #[test]
    fn one_is_reminded_after_a_month_and_not_of_an_empty_log() {
        assert!(!is_due(NOW, None, None, 20));
        assert!(is_due(NOW, None, None, 21));
        assert!(!is_due(NOW, Some(NOW - 30 * DAY), None, 500));
        assert!(is_due(NOW, Some(NOW - 31 * DAY), None, 1));
    }

    #[test]
    fn what_is_put_off_is_quiet_for_a_month() {
        assert!(!is_due(NOW, None, Some(NOW - 30 * DAY), 500));
        assert!(is_due(NOW, None, Some(NOW - 31 * DAY), 500));
    }

    #[test]
    fn a_clock_that_stood_wrong_reminds_of_nothing() {
        assert!(!is_due(NOW, Some(NOW + 400 * DAY), None, 500));
        assert!(!is_due(i64::MIN, Some(i64::MAX), Some(i64::MAX), 500));
    }

    #[test]
    fn a_calendar_reads_the_event() {
        let file = calendar_file("20261126", true, "20261126T041500Z", "Backup, of \"us\"; both", "a\\b\nc");
        assert!(file.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
        assert!(
            file.contains("\r\nDTSTART;VALUE=DATE:20261126\r\n")
                && file.contains("\r\nRRULE:FREQ=MONTHLY\r\n")
        );
        assert!(file.contains("\r\nSUMMARY:Backup\\, of \"us\"\\; both\r\n"));
        assert!(file.contains("\r\nDESCRIPTION:a\\\\b\\nc\r\n"));
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
    }

    #[test]
    fn what_does_not_return_stands_on_its_day_alone() {
        let file = calendar_file("20261224", false, "20261126T041500Z", "Soup", "");
        assert!(file.contains("\r\nDTSTART;VALUE=DATE:20261224\r\n") && !file.contains("RRULE"));
    }

    #[test]
    fn long_lines_are_folded_and_no_letter_is_cut() {
        let text = "é".repeat(200);
        let file = calendar_file("20261126", true, "20261126T041500Z", &text, "");
        assert!(file.split("\r\n").all(|line| line.len() <= 75));
        assert!(file.replace("\r\n ", "").contains(&text));
    }
}
