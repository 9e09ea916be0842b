//! Dates as records have them: a year, a month, a day or an instant, hence an interval.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// A FHIR `date`, `dateTime` or `instant`: the text as sent and the interval that it covers.
///
/// A date without a time zone is read as that day in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PartialDate {
    text: String,
    earliest: Timestamp,
    latest: Timestamp,
}

/// The text is no FHIR date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IllegibleDate;

impl fmt::Display for IllegibleDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date: use YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with a time zone")
    }
}

impl std::error::Error for IllegibleDate {}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or a date and time with zone.
    ///
    /// # Errors
    /// [`IllegibleDate`] where the text has another shape or names a day that does not exist.
    pub fn parse(text: &str) -> Result<Self, IllegibleDate> {
        let (earliest, latest) = Self::bounds(text).ok_or(IllegibleDate)?;
        Ok(Self { text: text.to_owned(), earliest, latest })
    }

    /// The period from the start of one date to the end of the other.
    #[must_use]
    pub fn spanning(start: &Self, end: &Self) -> Self {
        Self {
            text: format!("{}/{}", start.text, end.text),
            earliest: start.earliest.min(end.earliest),
            latest: start.latest.max(end.latest),
        }
    }

    /// Reads back a [`text`](Self::text): a date, or a period of [`spanning`](Self::spanning) dates.
    ///
    /// # Errors
    /// [`IllegibleDate`] where the text is of no date.
    pub fn from_text(text: &str) -> Result<Self, IllegibleDate> {
        let mut dates = text.split('/').map(Self::parse);
        let first = dates.next().unwrap_or(Err(IllegibleDate))?;
        dates.try_fold(first, |period, date| Ok(Self::spanning(&period, &date?)))
    }

    fn bounds(text: &str) -> Option<(Timestamp, Timestamp)> {
        if text.contains('T') {
            let instant = text.parse::<Timestamp>().ok()?;
            return Some((instant, instant));
        }
        let mut fields = text.split('-');
        let year = digits(fields.next()?, 4)?;
        let month = fields.next().map(|field| digits(field, 2));
        let day = fields.next().map(|field| digits(field, 2));
        if fields.next().is_some() {
            return None;
        }
        let (first, after) = match (month, day) {
            (None, _) => {
                let first = Date::new(year, 1, 1).ok()?;
                (first, first.checked_add(1.year()).ok()?)
            }
            (Some(month), None) => {
                let first = Date::new(year, i8::try_from(month?).ok()?, 1).ok()?;
                (first, first.checked_add(1.month()).ok()?)
            }
            (Some(month), Some(day)) => {
                let first = Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()?;
                (first, first.checked_add(1.day()).ok()?)
            }
        };
        let earliest = first.to_zoned(TimeZone::UTC).ok()?.timestamp();
        let latest = after.to_zoned(TimeZone::UTC).ok()?.timestamp().checked_sub(1.second()).ok()?;
        Some((earliest, latest))
    }

    /// The text as sent.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first instant it may mean.
    pub const fn earliest(&self) -> Timestamp {
        self.earliest
    }

    /// The last instant it may mean.
    pub const fn latest(&self) -> Timestamp {
        self.latest
    }

    /// Whether the two may mean the same day: then neither counts as the later.
    pub fn may_be_same_day(&self, other: &Self) -> bool {
        let day = |instant: Timestamp| instant.as_second().div_euclid(86_400);
        day(self.earliest) <= day(other.latest) && day(other.earliest) <= day(self.latest)
    }
}

/// A number of exactly so many ASCII digits.
fn digits(field: &str, width: usize) -> Option<i16> {
    let legible = field.len() == width && field.bytes().all(|byte| byte.is_ascii_digit());
    legible.then(|| field.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_date_is_the_interval_it_may_mean() {
        let cases = [
            ("2026", "2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z"),
            ("2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z"),
            ("2026-11-22", "2026-11-22T00:00:00Z", "2026-11-22T23:59:59Z"),
            ("2026-11-22T08:00:00+08:00", "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"),
        ];
        for (text, earliest, latest) in cases {
            let date = PartialDate::parse(text).unwrap();
            assert_eq!(date.earliest().to_string(), earliest, "{text}");
            assert_eq!(date.latest().to_string(), latest, "{text}");
        }
    }

    #[test]
    fn what_is_no_fhir_date_is_refused() {
        for text in
            ["", "26", "2026-2", "2026-02-30", "2026-13", "2026-11-22T08:00:00", "yesterday", "2026-11-22-01"]
        {
            assert_eq!(PartialDate::parse(text), Err(IllegibleDate), "{text}");
        }
    }
}
