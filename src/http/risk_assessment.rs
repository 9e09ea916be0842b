//! A stored RiskAssessment, as it was given.

use std::borrow::Cow;

use actix_web::HttpResponse;
use actix_web::http::header::{ETAG, LAST_MODIFIED};
use actix_web::web::{Data, Path, ReqData};

use super::media::JsonAccepted;
use super::request::Release;
use super::{Failure, State, outcome};
use crate::access::{Caller, Permission};
use crate::fhir::Json;
use crate::fhir::render::Given;
use crate::store::Stored;

/// `GET /fhir/{version}/RiskAssessment/{id}`
pub(super) async fn read(
    state: Data<State>,
    caller: ReqData<Caller>,
    release: Release,
    _accepted: JsonAccepted,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, id) = path.into_inner();
    let stored = state.store.read(caller.tenant(), "RiskAssessment", &id).await?.ok_or(Failure::UnknownId)?;
    if !may_see(&caller, &stored) {
        return Err(Failure::UnknownId);
    }
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

/// Whether a caller may read this one: one who is limited to a patient may read that patient's, and learns nothing of others.
fn may_see(caller: &Caller, stored: &Stored) -> bool {
    let kind = "RiskAssessment";
    caller.may(Permission::Read, kind)
        || subject(stored.json()).is_some_and(|subject| caller.may_for(Permission::Read, kind, &subject))
}

/// The reference of the subject of a stored resource.
fn subject(body: &[u8]) -> Option<String> {
    let resource = Json::parse(std::str::from_utf8(body).ok()?).ok()?.object().ok()?;
    let subject = resource.get("subject")?.object().ok()?;
    subject.get("reference")?.string().ok().map(Cow::into_owned)
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
