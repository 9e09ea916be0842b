//! What a token says of itself, checked against the clock and against who is called.

use super::denial::Denial;
use super::token::{member, object};
use crate::fhir::{Json, Kind, Object};

/// What is expected of a token.
pub(super) struct Expectation<'a> {
    /// The audiences of which it must name one.
    pub audiences: &'a [&'a str],
    /// How long it may be good for.
    pub lifetime_limit_seconds: i64,
    /// How far clocks may be apart.
    pub leeway_seconds: i64,
    /// Now, in seconds of Unix time.
    pub now: i64,
    /// Whether it must say when it was issued and have a name of its own, as the tokens of CDS clients do.
    pub is_for_one_use: bool,
}

/// The claims of a token whose signature is good.
pub(super) struct Claims<'t> {
    object: Object<'t>,
    /// When it runs out, in seconds of Unix time.
    pub expires: i64,
}

impl<'t> Claims<'t> {
    /// The issuer, read before anything is believed, to find its keys.
    pub fn issuer(text: &str) -> Result<String, Denial> {
        member(&object(text)?, "iss").ok_or(Denial::Issuer)
    }

    /// Reads and checks the claims.
    pub fn check(text: &'t str, expected: &Expectation<'_>) -> Result<Self, Denial> {
        let object = object(text)?;
        let expires = seconds(&object, "exp")?.ok_or(Denial::Claim)?;
        let issued = seconds(&object, "iat")?;
        let begins = seconds(&object, "nbf")?;
        let (now, leeway) = (expected.now, expected.leeway_seconds);
        let is_future = |instant: i64| instant > now + leeway;
        if expires + leeway <= now || issued.is_some_and(is_future) || begins.is_some_and(is_future) {
            return Err(Denial::Time);
        }
        // One that does not say since when it is good is judged by what is left.
        if expires - issued.unwrap_or(now) > expected.lifetime_limit_seconds {
            return Err(Denial::Time);
        }
        if expected.is_for_one_use && issued.is_none() {
            return Err(Denial::Claim);
        }
        let audiences = audiences(&object)?;
        if !audiences.iter().any(|audience| expected.audiences.contains(&audience.as_str())) {
            return Err(Denial::Audience);
        }
        let claims = Self { object, expires };
        if expected.is_for_one_use && claims.text("jti").is_none() {
            return Err(Denial::Claim);
        }
        Ok(claims)
    }

    /// A claim that is a text, and not an empty one.
    pub fn text(&self, name: &str) -> Option<String> {
        member(&self.object, name).filter(|text| !text.is_empty())
    }

    /// A claim that is a list of words, as an array or as a text with spaces.
    pub fn words(&self, name: &str) -> Vec<String> {
        let Some(value) = self.object.get(name) else { return Vec::new() };
        match value.kind() {
            Kind::Array => strings(value).unwrap_or_default(),
            _ => value.string().map_or_else(
                |_| Vec::new(),
                |text| text.split_ascii_whitespace().map(str::to_owned).collect(),
            ),
        }
    }
}

/// `aud`: a text or an array of texts.
fn audiences(claims: &Object<'_>) -> Result<Vec<String>, Denial> {
    let value = claims.get("aud").ok_or(Denial::Claim)?;
    match value.kind() {
        Kind::String => Ok(member(claims, "aud").into_iter().collect()),
        Kind::Array => strings(value).ok_or(Denial::Claim),
        _ => Err(Denial::Claim),
    }
}

fn strings(value: Json<'_>) -> Option<Vec<String>> {
    let elements = value.array().ok()?;
    elements.into_iter().map(|element| element.string().ok().map(std::borrow::Cow::into_owned)).collect()
}

/// A `NumericDate`: seconds since 1970, perhaps with a fraction, which is dropped.
fn seconds(claims: &Object<'_>, name: &str) -> Result<Option<i64>, Denial> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    let text = value.number().map_err(|_| Denial::Claim)?;
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    match whole.parse::<i64>() {
        // To the year 9999, so that sums stay small.
        Ok(seconds) if (0..253_402_300_800).contains(&seconds) => Ok(Some(seconds)),
        _ => Err(Denial::Claim),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn check(claims: &str) -> Result<(), Denial> {
        let expected = Expectation {
            audiences: &["https://here/cds-services/a", "other"],
            lifetime_limit_seconds: 3600,
            leeway_seconds: 5,
            now: NOW,
            is_for_one_use: true,
        };
        Claims::check(claims, &expected).map(|_| ())
    }

    #[test]
    fn a_token_is_good_here_now_and_not_for_too_long() {
        let claims = |exp: i64, iat: i64| {
            format!(r#"{{"iss":"i","aud":"https://here/cds-services/a","jti":"1","exp":{exp},"iat":{iat}}}"#)
        };
        for (exp, iat, expected) in [
            (NOW + 300, NOW, Ok(())),
            (NOW + 3600, NOW, Ok(())),
            (NOW + 3601, NOW, Err(Denial::Time)),
            (NOW - 4, NOW - 300, Ok(())),
            (NOW - 5, NOW - 300, Err(Denial::Time)),
            (NOW + 300, NOW + 5, Ok(())),
            (NOW + 300, NOW + 6, Err(Denial::Time)),
            (NOW + 300, NOW - 4000, Err(Denial::Time)),
            (-1, NOW, Err(Denial::Claim)),
            (i64::MAX, NOW, Err(Denial::Claim)),
        ] {
            assert_eq!(check(&claims(exp, iat)), expected, "{} {}", exp - NOW, iat - NOW);
        }
    }

    #[test]
    fn every_claim_is_required_and_of_its_type() {
        let good = format!(
            r#"{{"iss":"i","aud":["x","other"],"jti":"1","exp":{},"iat":{},"nbf":{}}}"#,
            NOW + 60,
            NOW,
            NOW
        );
        assert_eq!(check(&good), Ok(()));
        for (from, to, expected) in [
            (r#""aud":["x","other"],"#, "", Denial::Claim),
            (r#"["x","other"]"#, r#"["x"]"#, Denial::Audience),
            (r#"["x","other"]"#, "[]", Denial::Audience),
            (r#"["x","other"]"#, r#"["other",7]"#, Denial::Claim),
            (r#"["x","other"]"#, r#"{"other":1}"#, Denial::Claim),
            (r#"["x","other"]"#, r#""https://here/cds-services/a/""#, Denial::Audience),
            (r#"["x","other"]"#, r#""https://here/cds-services""#, Denial::Audience),
            (r#""jti":"1","#, "", Denial::Claim),
            (r#""jti":"1""#, r#""jti":"""#, Denial::Claim),
            (r#""jti":"1""#, r#""jti":1"#, Denial::Claim),
            (r#""exp":1800000060,"#, "", Denial::Claim),
            (r#""exp":1800000060"#, r#""exp":"1800000060""#, Denial::Claim),
            (r#""exp":1800000060"#, r#""exp":1e12"#, Denial::Claim),
            (r#""exp":1800000060"#, r#""exp":null"#, Denial::Claim),
            (r#","iat":1800000000"#, "", Denial::Claim),
            (r#""nbf":1800000000"#, r#""nbf":1800000100"#, Denial::Time),
            (r#""iss":"i""#, r#""exp":1900000000"#, Denial::NoJwt),
        ] {
            let changed = good.replace(from, to);
            assert_ne!(changed, good, "{from}");
            assert_eq!(check(&changed), Err(expected), "{changed}");
        }
    }
}
