//! What did not come along and can be asked for: from whom, with which key, and how.
//!
//! | sent | asked for |
//! |---|---|
//! | key absent, an OperationOutcome, or no FHIR resource | the key's query |
//! | `null` | nothing: the EHR asked, and there is nothing |
//! | Bundle with a next page | that page and those after it |
//! | anything else | nothing |
//!
//! Nor is asked for what the scopes of the token do not open.

use serde_json::value::RawValue;

use super::authorization::Authorization;
use super::drafts::Drafts;
use super::prefetch_key::PrefetchKey;
use super::request::Request;
use super::service::{Purpose, Service};
use crate::assess::Assessor;
use crate::ehr::{BearerToken, Start, Wanted, next_link};
use crate::fhir::{Json, Kind};

/// Data that did not come along, and the server that the request names for it.
pub struct Gaps {
    /// `fhirServer`, as sent. It selects a registered server; it is never called as such.
    pub server: String,
    /// The token that came with it. `None` where the server is open.
    pub token: Option<BearerToken>,
    /// Whom the token was given to, as far as the request says.
    pub subject: Option<String>,
    /// What to ask for.
    pub wanted: Vec<Wanted>,
}

impl Gaps {
    /// The gaps of a call. `None` where there are none, where nobody can be asked, where no order of the call is one that
    /// the guidance speaks about, or where the request is not acceptable, which [`call`](super::call) then says.
    pub fn of(assessor: &Assessor, service: &str, body: &[u8]) -> Option<Self> {
        let service = Service::from_id(service)?;
        let request = Request::read(body, service.hook()).ok()?;
        // What an order service is sent off about is only in the record: see `Drafts::dispatched`.
        if service.purpose() == Purpose::Orders && service != Service::OrderDispatch {
            let drafts = Drafts::read(assessor, &request, service.hook()).ok()?;
            if !drafts.concern_us() {
                return None;
            }
        }
        let server = string(request.fhir_server?)?;
        let authorization = match request.fhir_authorization {
            Some(sent) => Some(Authorization::read(sent, &request.patient)?),
            None => None,
        };
        let is_open = |key: &PrefetchKey| {
            authorization.as_ref().is_none_or(|authorization| authorization.opens(&key.template()))
        };
        let keys = service.prefetch().iter().copied().filter(is_open);
        let wanted: Vec<Wanted> =
            keys.filter_map(|key| Some(Wanted { key: key.name(), from: start(&request, key)? })).collect();
        if wanted.is_empty() {
            return None;
        }
        let (token, subject) = match authorization {
            Some(Authorization { token, subject, .. }) => (Some(token), subject),
            None => (None, None),
        };
        Some(Self { server, token, subject, wanted })
    }
}

/// Where to begin for a key, if there is anything to ask for.
fn start(request: &Request<'_>, key: PrefetchKey) -> Option<Start> {
    let query = || Start::Query(filled_in(&key.template(), request));
    let Some(sent) = request.prefetch.as_ref().and_then(|prefetch| prefetch.get(key.name())) else {
        return Some(query());
    };
    if sent.kind() == Kind::Null {
        return None;
    }
    let Ok(resource) = sent.object() else { return Some(query()) };
    match resource.get("resourceType").and_then(|kind| kind.string().ok()).as_deref() {
        None | Some("OperationOutcome") => Some(query()),
        Some("Bundle") => next_link(&resource).map(Start::NextPage),
        Some(_) => None,
    }
}

/// A template with its tokens filled in, as far as the service's own templates have them.
fn filled_in(template: &str, request: &Request<'_>) -> String {
    let id = request.patient.strip_prefix("Patient/").unwrap_or(&request.patient);
    template.replace("{{context.patientId}}", id)
}

fn string(raw: &RawValue) -> Option<String> {
    Json::parse(raw.get()).ok()?.string().ok().map(std::borrow::Cow::into_owned)
}
