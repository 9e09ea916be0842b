//! `?asOf=`: the instant at which the patient is looked at.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::Failure;
use super::request::query_parameter;

const NAME: &str = "asOf";

/// The instant, in whole seconds; now, where the request does not say.
///
/// A FHIR `dateTime` is taken as it is. A `date` is taken as its last second in UTC, so that what was recorded within
/// the day, month or year counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct AsOf(pub(super) Timestamp);

impl FromRequest for AsOf {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        let Some(text) = query_parameter(request, NAME) else {
            return ready(Ok(Self(whole_seconds(Timestamp::now()))));
        };
        // An unescaped plus sign arrives as a space.
        ready(parse(&text.replace(' ', "+")).map(Self).ok_or(Failure::IllegibleParameter {
            name: NAME,
            expected: "it is a FHIR date or dateTime, such as 2026-05-03 or 2026-05-03T10:00:00+02:00",
        }))
    }
}

fn parse(text: &str) -> Option<Timestamp> {
    match text.split_once('T') {
        Some((date, time)) => {
            (is_digits_by_dashes(date, &[4, 2, 2]) && is_zoned_time(time)).then(|| text.parse().ok())?
        }
        None => last_second(text),
    }
    .map(whole_seconds)
}

/// The last second of a year, month or day.
fn last_second(text: &str) -> Option<Timestamp> {
    let (first_day, length) = if is_digits_by_dashes(text, &[4]) {
        (format!("{text}-01-01"), 1.year())
    } else if is_digits_by_dashes(text, &[4, 2]) {
        (format!("{text}-01"), 1.month())
    } else if is_digits_by_dashes(text, &[4, 2, 2]) {
        (text.to_owned(), 1.day())
    } else {
        return None;
    };
    let day_after = first_day.parse::<Date>().ok()?.checked_add(length).ok()?;
    let end = day_after.to_zoned(TimeZone::UTC).ok()?.timestamp();
    end.checked_sub(1.second()).ok()
}

fn is_digits_by_dashes(text: &str, lengths: &[usize]) -> bool {
    let is_part = |(part, length): (&str, &usize)| {
        part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.split('-').count() == lengths.len() && text.split('-').zip(lengths).all(is_part)
}

/// Whether it has the form of FHIR, to the second at least and with a zone; whether it exists is jiff's to say.
fn is_zoned_time(time: &str) -> bool {
    let Some(zone_start) = time.find(['Z', '+', '-']) else {
        return false;
    };
    let (clock, zone) = time.split_at(zone_start);
    let clock = clock.split_once('.').map_or(clock, |(clock, _)| clock);
    let is_zone = zone == "Z" || (zone.len() == 6 && zone.as_bytes().get(3) == Some(&b':'));
    is_zone && clock.len() == 8
}

fn whole_seconds(instant: Timestamp) -> Timestamp {
    // Every instant has its whole second within range but the first of all.
    Timestamp::from_second(instant.as_nanosecond().div_euclid(1_000_000_000).try_into().unwrap_or(i64::MIN))
        .unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_instants_of_fhir_are_read_and_others_are_not() {
        let cases = [
            ("2026-05-03T10:00:00Z", Some("2026-05-03T10:00:00Z")),
            ("2026-05-03T10:00:00.999+02:00", Some("2026-05-03T08:00:00Z")),
            ("1969-12-31T23:59:58.5Z", Some("1969-12-31T23:59:58Z")),
            ("2026-05-03", Some("2026-05-03T23:59:59Z")),
            ("2024-02", Some("2024-02-29T23:59:59Z")),
            ("2026", Some("2026-12-31T23:59:59Z")),
            ("2026-02-30", None),
            ("2026-05-03T10:00:00", None),
            ("2026-05-03T10:00Z", None),
            ("2026-05-03T25:00:00Z", None),
            ("2026-05-03T10:00:00Z[UTC]", None),
            ("20260503", None),
            ("26-05-03", None),
            ("yesterday", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|instant| instant.parse::<Timestamp>().unwrap());
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
