//! `fhirAuthorization`: a key to the EHR's server, with what the EHR says of it.
//!
//! Nothing of it is signed, so that it can only take away: a token that has run out, or is for another patient or another
//! service, is not used, and what it does not open is not asked for. Whether it opens anything is for the server to say.

use serde_json::value::RawValue;

use crate::ehr::BearerToken;
use crate::fhir::{Json, Object, Reader};

/// An authorization that can be used.
pub(super) struct Authorization {
    /// The token.
    pub token: BearerToken,
    /// `subject`: the service that it was given to, as the authorization server calls it.
    pub subject: Option<String>,
    granted: Vec<Granted>,
}

/// One scope that opens resources, of SMART's first or second version.
struct Granted {
    /// The type; `*` for all.
    kind: String,
    /// Whether it opens a search, or only the reading of one resource.
    opens_search: bool,
}

impl Authorization {
    /// The authorization of a request, if it is a bearer token that has not run out and is not for another patient.
    pub fn read(sent: &RawValue, patient: &str) -> Option<Self> {
        let sent = Json::parse(sent.get()).ok()?.object().ok()?;
        let mut reader = Reader::default();
        let is_bearer =
            reader.string(&sent, "token_type").is_some_and(|kind| kind.eq_ignore_ascii_case("Bearer"));
        let (has_run_out, is_of_patient) = (has_run_out(&sent), is_of_patient(&sent, patient));
        if !is_bearer || has_run_out || !is_of_patient {
            tracing::debug!(is_bearer, has_run_out, is_of_patient, "the fhirAuthorization is not used");
            return None;
        }
        let scopes = reader.string(&sent, "scope").unwrap_or_default();
        Some(Self {
            token: BearerToken::new(reader.string(&sent, "access_token")?.into_owned())?,
            subject: reader.string(&sent, "subject").map(std::borrow::Cow::into_owned),
            granted: scopes.split_ascii_whitespace().filter_map(Granted::read).collect(),
        })
    }

    /// Whether a query can be answered with it, as far as its scopes say. One without a scope of this sort is tried.
    pub fn opens(&self, query: &str) -> bool {
        let is_search = query.contains('?');
        let kind = query.split(['?', '/']).next().unwrap_or_default();
        let opens = |granted: &Granted| {
            (granted.kind == "*" || granted.kind == kind) && (granted.opens_search || !is_search)
        };
        self.granted.is_empty() || self.granted.iter().any(opens)
    }
}

impl Granted {
    /// Reads a scope, as `user/Observation.read` or `patient/*.rs?category=x`; of others nothing is known.
    fn read(scope: &str) -> Option<Self> {
        let (context, rest) = scope.split_once('/')?;
        if !matches!(context, "patient" | "user" | "system") {
            return None;
        }
        let (kind, permissions) = rest.split_once('.')?;
        let permissions = permissions.split('?').next().unwrap_or_default();
        let (opens_read, opens_search) = match permissions {
            "read" | "*" => (true, true),
            "write" => (false, false),
            letters => (letters.contains('r'), letters.contains('s')),
        };
        // A type that is only searched opens what a search finds; one that is only written opens nothing.
        let kind = if opens_read || opens_search { kind.to_owned() } else { String::new() };
        Some(Self { kind, opens_search })
    }
}

fn has_run_out(sent: &Object<'_>) -> bool {
    sent.get("expires_in").is_some_and(|seconds| {
        let seconds = seconds.number().ok().and_then(|seconds| seconds.parse::<u64>().ok());
        seconds.is_none_or(|seconds| seconds == 0)
    })
}

fn is_of_patient(sent: &Object<'_>, patient: &str) -> bool {
    let id = patient.strip_prefix("Patient/").unwrap_or(patient);
    sent.get("patient").is_none_or(|sent| sent.string().is_ok_and(|sent| sent == id || sent == patient))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_token_does_not_open_is_not_asked_for() {
        let (read, search) = ("Patient/1", "Observation?patient=1&_count=200");
        for (scope, opens) in [
            ("", (true, true)),
            ("openid fhirUser launch", (true, true)),
            ("patient/*.read", (true, true)),
            ("user/*.* openid", (true, true)),
            ("system/*.cruds", (true, true)),
            ("patient/Patient.read", (true, false)),
            ("patient/Patient.r patient/Observation.s", (true, true)),
            ("patient/Patient.rs patient/Observation.r", (true, false)),
            ("user/Observation.read", (false, true)),
            ("user/Observation.rs?category=laboratory", (false, true)),
            ("user/Observation.write", (false, false)),
            ("patient/Condition.cud", (false, false)),
        ] {
            let sent =
                format!(r#"{{"access_token":"t","token_type":"Bearer","expires_in":300,"scope":"{scope}"}}"#);
            let sent = RawValue::from_string(sent).unwrap();
            let authorization = Authorization::read(&sent, "Patient/1").unwrap();
            assert_eq!((authorization.opens(read), authorization.opens(search)), opens, "{scope}");
        }
    }
}
