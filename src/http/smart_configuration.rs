//! `GET /fhir/{version}/.well-known/smart-configuration`: what a client has to know to get a token for the FHIR API, as far as
//! a resource server can say it. Tokens are issued by the hospital's authorization server.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;

use super::request::Release;
use super::{Failure, State};
use crate::settings::TokenIssuer;

/// The scopes that open something here.
const SCOPES: [&str; 8] = [
    "system/*.cruds",
    "system/*.rs",
    "system/RiskAssessment.crs",
    "system/RiskAssessment.rs",
    "system/Provenance.rs",
    "system/AuditEvent.rs",
    "patient/RiskAssessment.crs",
    "patient/RiskAssessment.rs",
];

#[derive(Serialize)]
struct Configuration<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jwks_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_endpoint: Option<String>,
    grant_types_supported: [&'static str; 1],
    scopes_supported: [&'static str; SCOPES.len()],
    capabilities: [&'static str; 2],
}

/// Shows it, where tokens are asked for.
pub(super) async fn show(state: Data<State>, _release: Release) -> Result<HttpResponse, Failure> {
    let issuers = state.settings.api_clients.as_slice();
    if issuers.is_empty() {
        return Err(Failure::UnknownPath);
    }
    // Where there are several authorization servers, none is the one.
    let only: Option<&TokenIssuer> = match issuers {
        [only] => Some(only),
        _ => None,
    };
    Ok(HttpResponse::Ok().json(Configuration {
        issuer: only.map(|issuer| issuer.issuer.as_str()),
        jwks_uri: only.and_then(|issuer| issuer.key_set_urls.first()).map(ToString::to_string),
        token_endpoint: only.and_then(|issuer| issuer.token_endpoint.as_ref()).map(ToString::to_string),
        grant_types_supported: ["client_credentials"],
        scopes_supported: SCOPES,
        capabilities: ["permission-v1", "permission-v2"],
    }))
}
