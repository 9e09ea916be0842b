//! A stored RiskAssessment, as it was given.

use actix_web::HttpResponse;
use actix_web::http::header::{ETAG, LAST_MODIFIED};
use actix_web::web::{Data, Path};

use super::media::JsonAccepted;
use super::request::Release;
use super::{Failure, State, outcome};
use crate::fhir::render::Given;
use crate::store::Stored;

/// `GET /fhir/{version}/RiskAssessment/{id}`
pub(super) async fn read(
    state: Data<State>,
    release: Release,
    _accepted: JsonAccepted,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, id) = path.into_inner();
    let stored = state
        .store
        .read(state.settings.tenant.as_str(), "RiskAssessment", &id)
        .await?
        .ok_or(Failure::UnknownId)?;
    if stored.body.is_none() {
        return Err(Failure::Gone);
    }
    let last_modified = std::time::SystemTime::from(stored.last_updated);
    Ok(HttpResponse::Ok()
        .content_type(outcome::CONTENT_TYPE)
        .insert_header((ETAG, format!("W/\"{}\"", stored.version)))
        .insert_header((LAST_MODIFIED, actix_web::http::header::HttpDate::from(last_modified)))
        .body(given(&stored).resource(release.0)?))
}

/// What was stored, as it is given.
pub(super) fn given(stored: &Stored) -> Given<'_> {
    Given {
        id: &stored.id,
        body: stored.json(),
        version: stored.version,
        last_updated: Some(stored.last_updated),
    }
}
