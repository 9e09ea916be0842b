//! How long it is from one date to another, where either may be an interval.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clinical::PartialDate;

/// A span of time that is known between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elapsed {
    /// Calendar days, as clinicians count them: from the day of one to the day of the other.
    Days {
        /// At least.
        least: i32,
        /// At most; `None` where it has no end.
        most: Option<i32>,
    },
    /// Hours.
    Hours {
        /// At least.
        least: i32,
        /// At most.
        most: i32,
    },
}

/// Calendar days from one date to another, at least and at most.
pub(in crate::guidance) fn days(from: &PartialDate, to: &PartialDate) -> (i32, i32) {
    (between(last_day(from), first_day(to)), between(first_day(from), last_day(to)))
}

/// Calendar days from one day to another.
pub(super) fn between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Hours from one date to another, at least and at most; what is not yet 25 hours counts as 24.
pub(super) fn hours(from: &PartialDate, to: &PartialDate) -> (i32, i32) {
    let hours = |seconds: i64| i32::try_from(seconds.div_euclid(3600)).unwrap_or(i32::MAX);
    let least = to.earliest().as_second() - from.latest().as_second();
    let most = to.latest().as_second() - from.earliest().as_second();
    (hours(least), hours(most))
}

/// The first day that a date may mean: as written where it is one day, so that a time zone does not shift it.
pub(super) fn first_day(date: &PartialDate) -> Date {
    day_of(date.text().split('/').next().unwrap_or_default(), date.earliest())
}

/// The last day that a date may mean.
pub(in crate::guidance) fn last_day(date: &PartialDate) -> Date {
    day_of(date.text().rsplit('/').next().unwrap_or_default(), date.latest())
}

fn day_of(text: &str, instant: jiff::Timestamp) -> Date {
    text.get(..10).and_then(|day| day.parse().ok()).unwrap_or_else(|| instant.to_zoned(TimeZone::UTC).date())
}
