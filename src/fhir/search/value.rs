//! Values of search parameters, taken apart: alternatives, codes with systems, references, numbers.

use std::borrow::Cow;

use super::Term;

/// The alternatives of a value: parts between commas that no backslash stands before.
pub(super) fn alternatives(text: &str) -> Vec<&str> {
    split(text, ',', usize::MAX)
}

/// Splits at a character, but not where a backslash stands before it. The parts keep their backslashes.
fn split(text: &str, separator: char, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    let mut is_escaped = false;
    for (index, character) in text.char_indices() {
        if is_escaped {
            is_escaped = false;
        } else if character == '\\' {
            is_escaped = true;
        } else if character == separator && parts.len() + 1 < most {
            parts.push(text.get(begin..index).unwrap_or_default());
            begin = index + character.len_utf8();
        }
    }
    parts.push(text.get(begin..).unwrap_or_default());
    parts
}

/// The text that is meant: without the backslashes that FHIR puts before `,`, `|`, `$` and `\`.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    Cow::Owned(plain)
}

/// `code`, `system|code`, `|code` or `system|`.
pub(super) fn token(parameter: &str, text: &str) -> Option<Term> {
    match split(text, '|', 2).as_slice() {
        [code] => Some(Term::code(parameter, &unescaped(code))),
        ["", ""] => None,
        [system, ""] => Some(Term::system(parameter, &unescaped(system))),
        [system, code] => Some(Term::system_and_code(parameter, &unescaped(system), &unescaped(code))),
        _ => None,
    }
}

/// `Type/id`, an id by itself for each of the types that the parameter may refer to, or a URL.
///
/// A URL below `base` is a reference to a resource here.
pub(super) fn references(parameter: &str, types: &[&str], text: &str, base: &str) -> Vec<Term> {
    let text = unescaped(text);
    let local = text.strip_prefix(base).and_then(|rest| rest.strip_prefix('/')).unwrap_or(&text);
    if local.contains(['/', ':']) {
        return vec![Term::reference(parameter, local)];
    }
    types.iter().map(|name| Term::reference(parameter, &format!("{name}/{local}"))).collect()
}

/// A number, and half of what its last digit counts.
pub(super) fn number(text: &str) -> Option<(f64, f64)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    if !is_plain(whole) || !is_plain(fraction) || text.len() > 40 {
        return None;
    }
    let decimals = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let exponent: i32 = exponent.parse().ok()?;
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    let last_digit = exponent.checked_sub(i32::try_from(decimals).ok()?)?;
    Some((value, 0.5 * 10_f64.powi(last_digit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_takes_the_meaning_from_what_follows() {
        assert_eq!(alternatives(r"a,b\,c,"), ["a", r"b\,c", ""]);
        assert_eq!(alternatives(r"a\\,b"), [r"a\\", "b"]);
        for (text, plain) in [(r"b\,c", "b,c"), (r"\\", r"\"), (r"转\|移", "转|移"), (r"end\", r"end\")] {
            assert_eq!(unescaped(text), plain);
        }
    }

    #[test]
    fn a_token_has_four_forms() {
        let cases = [
            ("c", Some(Term::code("p", "c"))),
            ("s|c", Some(Term::system_and_code("p", "s", "c"))),
            ("|c", Some(Term::system_and_code("p", "", "c"))),
            ("s|", Some(Term::system("p", "s"))),
            (r"s\|t|c|d", Some(Term::system_and_code("p", "s|t", "c|d"))),
            ("|", None),
        ];
        for (text, term) in cases {
            assert_eq!(token("p", text), term, "{text}");
        }
    }

    #[test]
    fn a_reference_is_local_typed_or_a_url() {
        let base = "http://here/fhir/R4";
        let types = ["Patient", "Group"];
        let cases: [(&str, &[&str]); 5] = [
            ("1", &["Patient/1", "Group/1"]),
            ("Patient/1", &["Patient/1"]),
            ("http://here/fhir/R4/Patient/1", &["Patient/1"]),
            ("http://there/fhir/Patient/1", &["http://there/fhir/Patient/1"]),
            ("urn:uuid:7", &["urn:uuid:7"]),
        ];
        for (text, expected) in cases {
            let expected: Vec<Term> = expected.iter().map(|text| Term::reference("p", text)).collect();
            assert_eq!(references("p", &types, text, base), expected, "{text}");
        }
    }

    #[test]
    fn a_number_knows_its_last_digit() {
        let cases = [
            ("100", Some((100.0, 0.5))),
            ("0.50", Some((0.5, 0.005))),
            ("-3.5", Some((-3.5, 0.05))),
            ("1e2", Some((100.0, 50.0))),
            ("1.0E-2", Some((0.01, 0.0005))),
            (".5", None),
            ("5.", None),
            ("1e999", None),
            ("0x10", None),
            ("NaN", None),
            ("", None),
        ];
        for (text, expected) in cases {
            match (number(text), expected) {
                (Some((value, half)), Some((expected, expected_half))) => {
                    assert!(
                        (value - expected).abs() < 1e-12 && (half - expected_half).abs() < 1e-12,
                        "{text}"
                    );
                }
                (found, expected) => assert_eq!(found, expected, "{text}"),
            }
        }
    }
}
