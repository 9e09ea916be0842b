//! The instant at which the patients are looked at.

use jiff::Timestamp;
use spinemet_engine::clinical::{IllegibleDate, PartialDate};

/// The instant that `--as-of` names, in whole seconds.
///
/// A FHIR `dateTime` is taken as it is. A `date` is taken as its last second in UTC, so that what was recorded within
/// the day, month or year counts; the service's `asOf` does the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AsOf(pub(super) Timestamp);

impl AsOf {
    /// Now.
    pub(super) fn now() -> Self {
        Self(whole_seconds(Timestamp::now()))
    }
}

impl std::str::FromStr for AsOf {
    type Err = IllegibleDate;

    fn from_str(text: &str) -> Result<Self, IllegibleDate> {
        PartialDate::parse(text).map(|date| Self(whole_seconds(date.latest())))
    }
}

/// Every instant has its whole second within range but the very first of all.
fn whole_seconds(instant: Timestamp) -> Timestamp {
    let seconds = instant.as_nanosecond().div_euclid(1_000_000_000);
    i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_its_last_second_and_an_instant_is_itself() {
        let cases = [
            ("2026-05-03", Some("2026-05-03T23:59:59Z")),
            ("2024-02", Some("2024-02-29T23:59:59Z")),
            ("2026", Some("2026-12-31T23:59:59Z")),
            ("2026-05-03T10:00:00.999+02:00", Some("2026-05-03T08:00:00Z")),
            ("1969-12-31T23:59:58.5Z", Some("1969-12-31T23:59:58Z")),
            ("2026-02-30", None),
            ("2026-05-03T10:00:00", None),
            ("yesterday", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|instant| AsOf(instant.parse().unwrap()));
            assert_eq!(text.parse::<AsOf>().ok(), expected, "{text}");
        }
    }
}
