//! What is published in FHIR about the service's data: read and searched in each release, and by canonical URL.

use std::borrow::Cow;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::document::Document;
use super::listing::{Asked, Listed};
use super::media::JsonAccepted;
use super::request::Release;
use super::{Failure, State, outcome};
use crate::conformance::{PARAMETERS, Published, Query, exists_in, find};
use crate::fhir::FhirVersion;

/// `GET /fhir/{version}/CodeSystem/{id}`, and so for every published type.
pub(super) async fn read(
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, resource_type, id) = path.into_inner();
    require_type(&resource_type, release.0)?;
    let published = find(&resource_type, &id).ok_or(Failure::UnknownId)?;
    Ok(give(&request, published, release.0))
}

/// Refuses a type that the release does not have.
fn require_type(resource_type: &str, release: FhirVersion) -> Result<(), Failure> {
    if exists_in(resource_type, release) { Ok(()) } else { Err(Failure::UnknownPath) }
}

/// `GET /fhir/CodeSystem/{id}`, which is what a canonical URL leads to where its host is this service. R4, the release
/// in which it was written.
pub(super) async fn resolve(
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let published = find(&path.0, &path.1).ok_or(Failure::UnknownId)?;
    Ok(give(&request, published, FhirVersion::R4))
}

fn give(request: &HttpRequest, published: &Published, release: FhirVersion) -> HttpResponse {
    Document::new(published.body(release).into_owned()).answer(request, |response| {
        response.content_type(outcome::CONTENT_TYPE);
    })
}

/// `GET /fhir/{version}/CodeSystem?url=...`, and so for every published type.
pub(super) async fn search(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
) -> Result<HttpResponse, Failure> {
    let resource_type = request.match_info().get("type").unwrap_or_default();
    require_type(resource_type, release.0)?;
    let asked = Asked::of(&request, &state.settings, &PARAMETERS.map(|parameter| parameter.name))?;
    let mut query = Query::default();
    for (name, values) in &asked.criteria {
        query.add(name, values);
    }
    let base = format!("{}/fhir/{}/{resource_type}", state.base_url(), release.0);
    let found = query.matches(resource_type).into_iter().map(|published| Listed {
        url: format!("{base}/{}", published.id()),
        body: match published.body(release.0) {
            Cow::Borrowed(body) => Cow::Borrowed(body.as_bytes()),
            Cow::Owned(body) => Cow::Owned(body.into_bytes()),
        },
    });
    asked.answer(&base, found.collect())
}
