//! Dates in a search: what FHIR calls partial dates are intervals of time.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The span of time that a FHIR `date`, `dateTime` or `instant` means: from its first to its last microsecond.
///
/// `2026` is the whole year, `2026-05-03T10:00:00Z` the whole second. Without a zone, UTC is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Microseconds since 1970, UTC: the first that belongs to it.
    pub start: i64,
    /// The last that belongs to it.
    pub end: i64,
    /// Whether a time of day was given.
    pub has_time: bool,
}

/// The text is no date of FHIR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no FHIR date")]
pub struct IllegibleDate;

impl std::str::FromStr for Interval {
    type Err = IllegibleDate;

    fn from_str(text: &str) -> Result<Self, IllegibleDate> {
        match text.split_once('T') {
            Some((date, time)) => with_time(date, time),
            None => whole_days(text),
        }
        .ok_or(IllegibleDate)
    }
}

/// A year, a month or a day.
fn whole_days(text: &str) -> Option<Interval> {
    let first: Date = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return None,
    }
    .parse()
    .ok()
    .filter(|_| has_shape(text, &"0000-00-00"[..text.len().min(10)]))?;
    let length = match text.len() {
        4 => 1.year(),
        7 => 1.month(),
        _ => 1.day(),
    };
    let start = midnight(first)?;
    let end = midnight(first.checked_add(length).ok()?)? - 1;
    Some(Interval { start, end, has_time: false })
}

fn midnight(date: Date) -> Option<i64> {
    date.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp().as_microsecond())
}

/// A time to the minute, the second or a fraction of it, with a zone or without.
fn with_time(date: &str, time: &str) -> Option<Interval> {
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let (seconds, fraction) =
        clock.split_once('.').map_or((clock, None), |(clock, part)| (clock, Some(part)));
    let is_zone = zone.is_empty() || zone == "Z" || has_shape(zone, "+00:00") || has_shape(zone, "-00:00");
    let has_seconds = has_shape(seconds, "00:00:00");
    let is_clock = has_seconds || (has_shape(seconds, "00:00") && fraction.is_none());
    let is_fraction = fraction.is_none_or(|digits| {
        (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    if !(has_shape(date, "0000-00-00") && is_clock && is_zone && is_fraction) {
        return None;
    }
    let minutes_only = if has_seconds { "" } else { ":00" };
    let zone = if zone.is_empty() { "Z" } else { zone };
    let start: Timestamp = format!("{date}T{clock}{minutes_only}{zone}").parse().ok()?;
    let microseconds = match fraction.map(str::len) {
        None if has_seconds => 1_000_000,
        None => 60_000_000,
        Some(digits) => 10_i64.pow(6_u32.saturating_sub(u32::try_from(digits).ok()?)),
    };
    let start = start.as_microsecond();
    Some(Interval { start, end: start + microseconds - 1, has_time: true })
}

/// Whether a text is like a pattern, in which each 0 stands for a digit.
fn has_shape(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(byte, expected)| match expected {
            b'0' => byte.is_ascii_digit(),
            _ => byte == expected,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_date_is_the_whole_time_that_it_names() {
        let cases = [
            ("2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            ("2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"),
            ("2026-12-31", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z"),
            ("2026-05-03T10:00Z", "2026-05-03T10:00:00Z", "2026-05-03T10:01:00Z"),
            ("2026-05-03T10:00:00+02:00", "2026-05-03T08:00:00Z", "2026-05-03T08:00:01Z"),
            ("2026-05-03T10:00:00", "2026-05-03T10:00:00Z", "2026-05-03T10:00:01Z"),
            ("2026-05-03T10:00:00.25Z", "2026-05-03T10:00:00.25Z", "2026-05-03T10:00:00.26Z"),
            ("2026-05-03T10:00:00.123456Z", "2026-05-03T10:00:00.123456Z", "2026-05-03T10:00:00.123457Z"),
        ];
        for (text, start, end) in cases {
            let interval: Interval = text.parse().unwrap();
            let microsecond = |text: &str| text.parse::<Timestamp>().unwrap().as_microsecond();
            assert_eq!((interval.start, interval.end + 1), (microsecond(start), microsecond(end)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_of_fhir_is_refused() {
        for text in [
            "",
            "26",
            "20260503",
            "2026-5-3",
            "2026-02-30",
            "2026-13",
            "2026-05-03T",
            "2026-05-03T10",
            "2026-05-03T25:00:00Z",
            "2026-05-03T10:00:00.Z",
            "2026-05-03T10:00.5Z",
            "2026-05-03T10:00:00+0200",
            "2026-05-03 10:00:00Z",
            "yesterday",
            "２０２６",
            "-2026",
        ] {
            assert_eq!(text.parse::<Interval>(), Err(IllegibleDate), "{text}");
        }
    }
}
