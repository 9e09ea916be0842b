//! Who is let in, decided in one place for every route.
//!
//! A path below `/cds-services` is for CDS clients, a few paths are for everybody, and whatever else there is, now or later,
//! is for callers of the FHIR API: a route that nobody thought of here asks for a token that opens everything.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::web::{Data, Query};
use actix_web::{Error, HttpMessage, ResponseError};
use jiff::Timestamp;

use crate::access::{Caller, Denial, Permission};
use crate::http::{Failure, State};

/// Paths of which nothing is anybody's secret.
const PUBLIC: [&str; 7] =
    ["/", "/knowledge", "/livez", "/readyz", "/metrics", "/mapping.schema.json", "/openapi.json"];

/// What everybody may read below `/fhir/{version}`: what the service can do, and how.
const PUBLIC_RESOURCES: [&str; 13] = [
    "metadata",
    ".well-known",
    "CapabilityStatement",
    "CodeSystem",
    "ConceptMap",
    "ImplementationGuide",
    "NamingSystem",
    "OperationDefinition",
    "Questionnaire",
    "SearchParameter",
    "StructureDefinition",
    "SubscriptionTopic",
    "ValueSet",
];

/// What a caller must be allowed to do.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Requirement {
    /// Nothing.
    Public,
    /// To be a CDS client.
    CdsClient,
    /// To have a token of the FHIR API.
    Token,
    /// To do this with resources of a type.
    Permission(Permission, String),
    /// To do this with a patient's resources of a type.
    ForPatient(Permission, String, String),
    /// To do everything: what this place does not know.
    Everything,
}

/// Lets a request in, or answers 401 or 403 in its place.
pub(in crate::http) async fn admit<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    match check(&request).await {
        Ok(()) => next.call(request).await.map(ServiceResponse::map_into_left_body),
        Err(failure) => Ok(request.into_response(failure.error_response()).map_into_right_body()),
    }
}

async fn check(request: &ServiceRequest) -> Result<(), Failure> {
    // A browser asks with OPTIONS before it shows a token.
    if request.method() == Method::OPTIONS {
        return Ok(());
    }
    let state = request.app_data::<Data<State>>().ok_or(Failure::Panicked)?;
    let required = Requirement::of(request.method(), request.match_info().as_str());
    match required {
        Requirement::Public => Ok(()),
        Requirement::CdsClient => {
            let url = format!("{}{}", state.base_url(), request.path());
            let client = state.access.cds_client(bearer(request), &url, now()).await;
            let client = client.map_err(|denial| refused(state, denial))?;
            request.extensions_mut().insert(client);
            Ok(())
        }
        _ => {
            let base = state.base_url();
            let fhir = request.match_info().as_str().split('/').take(3).collect::<Vec<_>>().join("/");
            let audience = format!("{base}{fhir}");
            let caller = state.access.caller(bearer(request), &[base, &audience], now()).await;
            let caller = caller.map_err(|denial| refused(state, denial))?;
            let is_allowed = required.is_met_by(&caller, request);
            // Also of one who is refused: the audit log names whoever is known, in the log of the tenant.
            request.extensions_mut().insert(caller);
            if !is_allowed {
                state.service_metrics.denied.count([("reason", "scope")]);
                return Err(Failure::Forbidden);
            }
            Ok(())
        }
    }
}

impl Requirement {
    /// What a request asks for, by its method and its path.
    fn of(method: &Method, path: &str) -> Self {
        let mut segments = path.split('/').skip(1);
        match (segments.next(), segments.next()) {
            _ if PUBLIC.contains(&path) => Self::Public,
            (Some("cds-services"), _) => Self::CdsClient,
            // A canonical URL is the same in every release.
            (Some("fhir"), Some(kind)) if is_reading(method) && PUBLIC_RESOURCES.contains(&kind) => {
                Self::Public
            }
            (Some("fhir"), Some(_)) => Self::of_fhir(method, &segments.collect::<Vec<_>>()),
            _ => Self::Everything,
        }
    }

    /// What a request below `/fhir/{version}` asks for.
    fn of_fhir(method: &Method, segments: &[&str]) -> Self {
        let is_reading = is_reading(method);
        let of = |permission, kind: &str| Self::Permission(permission, kind.to_owned());
        match segments {
            [first, ..] if is_reading && PUBLIC_RESOURCES.contains(first) => Self::Public,
            ["$assess"] => of(Permission::Create, "RiskAssessment"),
            ["$explain-mapping"] => Self::Token,
            ["$export" | "$knowledge-diff", ..] | ["Patient" | "Group", "$export"] => {
                of(Permission::Search, "RiskAssessment")
            }
            ["Patient", id, "$assess"] => {
                Self::ForPatient(Permission::Create, "RiskAssessment".to_owned(), (*id).to_owned())
            }
            [kind, ..] if !kind.starts_with(|first: char| first.is_ascii_uppercase()) => Self::Everything,
            ["RiskAssessment", "$knowledge-diff"] => of(Permission::Search, "RiskAssessment"),
            [kind] if is_reading => of(Permission::Search, kind),
            [kind] if *method == Method::POST => of(Permission::Create, kind),
            [kind, "_search" | "_history"] => of(Permission::Search, kind),
            [kind, id] if is_reading && !id.starts_with('$') => of(Permission::Read, kind),
            [kind, _] if *method == Method::PUT || *method == Method::PATCH => of(Permission::Update, kind),
            [kind, _] if *method == Method::DELETE => of(Permission::Delete, kind),
            [kind, _, "_history", ..] if is_reading => of(Permission::Read, kind),
            [kind, _, "$replay" | "$status" | "$events"] => of(Permission::Read, kind),
            [kind, _, "$withdraw"] => of(Permission::Update, kind),
            _ => Self::Everything,
        }
    }

    fn is_met_by(&self, caller: &Caller, request: &ServiceRequest) -> bool {
        match self {
            Self::Public | Self::CdsClient | Self::Token => true,
            Self::Permission(permission, kind) => {
                caller.may(*permission, kind)
                    || caller
                        .only_patient(*permission, kind)
                        .is_some_and(|patient| is_limited_to(patient, *permission, kind, request))
            }
            Self::ForPatient(permission, kind, patient) => caller.may_for(*permission, kind, patient),
            Self::Everything => caller.may_everything(),
        }
    }
}

fn is_reading(method: &Method) -> bool {
    *method == Method::GET || *method == Method::HEAD
}

/// Whether a request is of a form in which a caller sees one patient's data alone: a search that names the patient, a
/// further page of one, whose link opens for nobody else, or the read of one RiskAssessment, whose handler asks the caller
/// whether it is that patient's.
fn is_limited_to(patient: &str, permission: Permission, kind: &str, request: &ServiceRequest) -> bool {
    match permission {
        Permission::Read => kind == "RiskAssessment" && request.match_info().as_str().split('/').count() == 5,
        Permission::Search if kind == "RiskAssessment" && *request.method() == Method::GET => {
            let parameters = Query::<Vec<(String, String)>>::from_query(request.query_string());
            let parameters = parameters.map(Query::into_inner).unwrap_or_default();
            if parameters.iter().any(|(name, _)| name == "_page") {
                return true;
            }
            let named: Vec<String> = parameters
                .into_iter()
                .filter(|(name, _)| name == "patient")
                .map(|(_, value)| value)
                .collect();
            let own = |value: &String| value.strip_prefix("Patient/").unwrap_or(value) == patient;
            !named.is_empty() && named.iter().all(own)
        }
        _ => false,
    }
}

/// The token that a request shows.
fn bearer(request: &ServiceRequest) -> Option<&str> {
    let mut shown = request.headers().get_all(AUTHORIZATION);
    let (Some(header), None) = (shown.next(), shown.next()) else {
        return None;
    };
    let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim())
}

fn refused(state: &State, denial: Denial) -> Failure {
    state.service_metrics.denied.count([("reason", denial.key())]);
    tracing::debug!(reason = %denial, "not let in");
    Failure::Unauthenticated
}

fn now() -> i64 {
    Timestamp::now().as_second()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_request_needs_follows_from_its_method_and_path() {
        use Permission::{Create, Delete, Read, Search, Update};
        let of = |permission, kind: &str| Requirement::Permission(permission, kind.to_owned());
        for (method, path, expected) in [
            ("GET", "/", Requirement::Public),
            ("GET", "/livez", Requirement::Public),
            ("GET", "/livez/", Requirement::Everything),
            ("GET", "/fhir", Requirement::Everything),
            ("GET", "/fhir/R4", Requirement::Everything),
            ("GET", "/anything-new", Requirement::Everything),
            ("GET", "/cds-services", Requirement::CdsClient),
            ("POST", "/cds-services/x", Requirement::CdsClient),
            ("POST", "/cds-services/x/feedback", Requirement::CdsClient),
            ("GET", "/fhir/R4/metadata", Requirement::Public),
            ("POST", "/fhir/R4/metadata", Requirement::Everything),
            ("GET", "/fhir/R5/StructureDefinition/x", Requirement::Public),
            ("GET", "/fhir/CodeSystem/x", Requirement::Public),
            ("POST", "/fhir/CodeSystem/x", Requirement::Everything),
            ("GET", "/fhir/R4/RiskAssessment", of(Search, "RiskAssessment")),
            ("POST", "/fhir/R4/RiskAssessment/_search", of(Search, "RiskAssessment")),
            ("GET", "/fhir/R4/RiskAssessment/_history", of(Search, "RiskAssessment")),
            ("GET", "/fhir/R4/RiskAssessment/1", of(Read, "RiskAssessment")),
            ("HEAD", "/fhir/R4/RiskAssessment/1", of(Read, "RiskAssessment")),
            ("GET", "/fhir/R4/RiskAssessment/1/_history/1", of(Read, "RiskAssessment")),
            ("PUT", "/fhir/R4/RiskAssessment/1", of(Update, "RiskAssessment")),
            ("DELETE", "/fhir/R4/Subscription/1", of(Delete, "Subscription")),
            ("POST", "/fhir/R4/Subscription", of(Create, "Subscription")),
            ("GET", "/fhir/R4/AuditEvent", of(Search, "AuditEvent")),
            ("POST", "/fhir/R4/$assess", of(Create, "RiskAssessment")),
            ("GET", "/fhir/R4/$export", of(Search, "RiskAssessment")),
            ("DELETE", "/fhir/R4/$export/17", of(Search, "RiskAssessment")),
            ("GET", "/fhir/R4/RiskAssessment/$knowledge-diff", of(Search, "RiskAssessment")),
            ("POST", "/fhir/R4/RiskAssessment/$knowledge-diff", of(Search, "RiskAssessment")),
            ("POST", "/fhir/R4/RiskAssessment/1/$replay", of(Read, "RiskAssessment")),
            ("GET", "/fhir/R4/Subscription/1/$events", of(Read, "Subscription")),
            ("POST", "/fhir/R4/$anything-new", Requirement::Everything),
            ("POST", "/fhir/R4/RiskAssessment/$purge", Requirement::Everything),
            ("GET", "/fhir/R4/RiskAssessment/$purge", Requirement::Everything),
            ("POST", "/fhir/R4/RiskAssessment/1/$withdraw", of(Update, "RiskAssessment")),
            ("GET", "/fhir/R4/_history", Requirement::Everything),
            (
                "POST",
                "/fhir/R4/Patient/p1/$assess",
                Requirement::ForPatient(Create, "RiskAssessment".to_owned(), "p1".to_owned()),
            ),
        ] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            assert_eq!(Requirement::of(&method, path), expected, "{method} {path}");
        }
    }
}
