//! The forms of FHIR's primitive data types, which fhirbolt keeps as unchecked strings.
//!
//! Source: <https://hl7.org/fhir/R4/datatypes.html#primitive>.

use crate::{error::WireError, path::Path};

/// A `string` or `markdown`: some text that is not blank and has no control characters but tab and line ends.
pub(crate) fn text(value: &str, path: &Path<'_>) -> Result<String, WireError> {
    if value.trim().is_empty() {
        return Err(path.missing());
    }
    if !are_printable(value) {
        return Err(path.malformed("string"));
    }
    Ok(value.to_owned())
}

/// An `id`: one to 64 of the ASCII letters and digits, `-` and `.`.
pub(crate) fn id(value: &str, path: &Path<'_>) -> Result<String, WireError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    checked(value, path, "id", value.len() <= 64 && value.bytes().all(allowed))
}

/// A `code`: no white space but single spaces inside.
pub(crate) fn code(value: &str, path: &Path<'_>) -> Result<String, WireError> {
    let words_are_whole = value
        .split(' ')
        .all(|word| !word.is_empty() && !word.chars().any(|c| c.is_whitespace() || c.is_control()));
    checked(value, path, "code", words_are_whole)
}

/// A `uri`, `url` or `canonical`: no white space anywhere.
pub(crate) fn uri(value: &str, path: &Path<'_>) -> Result<String, WireError> {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_graphic());
    let has_no_space = || !value.chars().any(|c| c.is_whitespace() || c.is_control());
    checked(value, path, "uri", is_plain || has_no_space())
}

/// A `dateTime`: a year, month, day, or an instant, and a day that exists.
pub(crate) fn date_time(value: &str, path: &Path<'_>) -> Result<String, WireError> {
    let well_formed = match value.split_once('T') {
        Some((date, time)) => value.len() > 10 && is_full_date(date) && is_zoned_time(time),
        None => is_partial_date(value),
    };
    checked(value, path, "dateTime", well_formed)
}

/// An `instant`: a day, a time to the second at least, and a zone.
pub(crate) fn instant(value: &str, path: &Path<'_>) -> Result<String, WireError> {
    let well_formed =
        value.split_once('T').is_some_and(|(date, time)| is_full_date(date) && is_zoned_time(time));
    checked(value, path, "instant", well_formed)
}

/// A `decimal`, whose text is kept as it is, so that its precision stays what the caller meant.
pub(crate) fn decimal(value: &str, path: &Path<'_>) -> Result<String, WireError> {
    let unsigned = value.strip_prefix('-').unwrap_or(value);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let well_formed = is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|text| is_digits(text.strip_prefix(['+', '-']).unwrap_or(text)));
    checked(value, path, "decimal", well_formed)
}

/// Whether FHIR lets every character stand in a `string`. Plain ASCII, the usual case, is told by its bytes.
pub(crate) fn are_printable(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    text.bytes().all(is_plain) || text.chars().all(is_printable)
}

/// Whether FHIR lets the character stand in a `string` (XML 1.0 has no place for the others either).
pub(crate) fn is_printable(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r') || !(character.is_control() || is_noncharacter(character))
}

/// U+FFFE and U+FFFF, the two that XML 1.0 leaves out and Rust's `char` does not.
fn is_noncharacter(character: char) -> bool {
    matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

fn checked(
    value: &str,
    path: &Path<'_>,
    data_type: &'static str,
    well_formed: bool,
) -> Result<String, WireError> {
    if value.is_empty() {
        Err(path.missing())
    } else if well_formed {
        Ok(value.to_owned())
    } else {
        Err(path.malformed(data_type))
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number that exactly `width` digits spell.
fn number(text: &str, width: usize) -> Option<u32> {
    (text.len() == width && is_digits(text)).then(|| text.parse().ok()).flatten()
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn is_partial_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let year = parts.next().and_then(|part| number(part, 4));
    let month = parts.next().map(|part| number(part, 2));
    let day = parts.next().map(|part| number(part, 2));
    let in_range = match (year, month, day) {
        (Some(year), None, None) => year > 0,
        (Some(year), Some(Some(month)), None) => year > 0 && (1..=12).contains(&month),
        (Some(year), Some(Some(month)), Some(Some(day))) => {
            year > 0 && (1..=days_in_month(year, month)).contains(&day)
        }
        _ => false,
    };
    in_range && parts.next().is_none()
}

fn is_full_date(text: &str) -> bool {
    text.len() == 10 && is_partial_date(text)
}

/// `hh:mm:ss`, an optional fraction, and `Z` or an offset of at most 14 hours.
fn is_zoned_time(text: &str) -> bool {
    let Some(zone_start) = text.find(['Z', '+', '-']) else { return false };
    let (clock, zone) = text.split_at(zone_start);
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (clock, None),
    };
    is_clock(clock) && fraction.is_none_or(is_digits) && is_zone(zone)
}

fn is_clock(text: &str) -> bool {
    let mut parts = text.split(':').map(|part| number(part, 2));
    let (hour, minute, second) = (parts.next(), parts.next(), parts.next());
    // FHIR lets second 60 stand for a leap second.
    matches!((hour, minute, second), (Some(Some(0..=23)), Some(Some(0..=59)), Some(Some(0..=60))))
        && parts.next().is_none()
}

fn is_zone(text: &str) -> bool {
    if text == "Z" {
        return true;
    }
    let Some((hour, minute)) = text.strip_prefix(['+', '-']).and_then(|offset| offset.split_once(':')) else {
        return false;
    };
    matches!((number(hour, 2), number(minute, 2)), (Some(0..=13), Some(0..=59)) | (Some(14), Some(0)))
}

fn days_in_month(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    }
}
