//! Reading what is stored: the current version of a resource, or one that is named.

use actix_web::http::header::{ETAG, HttpDate, LAST_MODIFIED};
use actix_web::web::{Data, Path, ReqData};
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev};
use std::future::{Ready, ready};
use std::time::SystemTime;

use super::conditional::Validators;
use super::media::JsonAccepted;
use super::middleware::audit::AuditedPatient;
use super::request::Release;
use super::{Failure, State, outcome};
use crate::access::{Caller, Permission};
use crate::fhir::render::Given;
use crate::store::Stored;

/// The types of resources that are held here and can be read, searched and followed.
pub(super) const TYPES: [&str; 3] = ["RiskAssessment", "Provenance", "AuditEvent"];

/// The type that the path names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held(pub(super) &'static str);

impl FromRequest for Held {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        let named = request.match_info().get("type").unwrap_or_default();
        let held = TYPES.into_iter().find(|held| *held == named);
        ready(held.map(Self).ok_or(Failure::UnknownPath))
    }
}

/// `GET /fhir/{version}/{type}/{id}`
pub(super) async fn read(
    state: Data<State>,
    release: Release,
    _accepted: JsonAccepted,
    held: Held,
    validators: Validators,
    caller: ReqData<Caller>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, _, id) = path.into_inner();
    let stored = state.store.read(caller.tenant(), held.0, &id).await?;
    give(&visible(stored, &caller).ok_or(Failure::UnknownId)?, release, &validators)
}

/// `GET /fhir/{version}/{type}/{id}/_history/{versionId}`
pub(super) async fn read_version(
    state: Data<State>,
    release: Release,
    _accepted: JsonAccepted,
    held: Held,
    validators: Validators,
    caller: ReqData<Caller>,
    path: Path<(String, String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, _, id, version) = path.into_inner();
    let tenant = caller.tenant();
    let version: u32 = version.parse().map_err(|_| Failure::UnknownId)?;
    if let Some(stored) = visible(state.store.read_version(tenant, held.0, &id, version).await?, &caller) {
        return give(&stored, release, &validators);
    }
    // What was purged leaves only the deletion, which came after it.
    match visible(state.store.read(tenant, held.0, &id).await?, &caller) {
        Some(last) if last.version > version && version > 0 => Err(Failure::Gone),
        _ => Err(Failure::UnknownId),
    }
}

/// What a caller may see of what was found: a caller for one patient sees nothing of another's, not even that it is
/// there.
fn visible(found: Option<Stored>, caller: &Caller) -> Option<Stored> {
    found.filter(|stored| {
        let kind = &stored.resource_type;
        let is_own = |subject: &String| caller.may_for(Permission::Read, kind, subject);
        caller.may(Permission::Read, kind) || stored.subject.as_ref().is_some_and(is_own)
    })
}

/// A version as an answer; nothing of it where the client has it already.
pub(super) fn give(
    stored: &Stored,
    release: Release,
    validators: &Validators,
) -> Result<HttpResponse, Failure> {
    if stored.body.is_none() {
        return Err(Failure::Gone);
    }
    let mut response =
        if validators.are_satisfied_by(stored) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    let last_modified = SystemTime::from(stored.last_updated);
    response
        .insert_header((ETAG, etag(stored.version)))
        .insert_header((LAST_MODIFIED, HttpDate::from(last_modified)));
    let mut response = if validators.are_satisfied_by(stored) {
        response.finish()
    } else {
        response.content_type(outcome::CONTENT_TYPE).body(given(stored).resource(release.0)?)
    };
    AuditedPatient::note(&mut response, stored.subject.as_deref());
    Ok(response)
}

/// The entity tag of a version.
pub(super) fn etag(version: u32) -> String {
    format!("W/\"{version}\"")
}

/// What was stored, as it is given.
pub(super) fn given(stored: &Stored) -> Given<'_> {
    Given {
        resource_type: &stored.resource_type,
        id: &stored.id,
        body: stored.json(),
        version: stored.version,
        last_updated: Some(stored.last_updated),
        predecessor: stored.predecessor.as_deref(),
        subject: stored.subject.as_deref(),
    }
}
