//! `POST /fhir/{version}/$assess`: a Bundle in, RiskAssessments out.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::as_of::AsOf;
use super::computation::on_body;
use super::media::{JsonAccepted, JsonBody};
use super::request::{DeclaredBody, Release, SpokenLanguage, read_body};
use super::{Failure, State, outcome, risk_assessment};
use crate::assess::{Answer, Request};
use crate::fhir::render::{self, Given};

/// Reads, assesses, stores, and only then answers.
pub(super) async fn assess(
    state: Data<State>,
    release: Release,
    _accepted: JsonAccepted,
    _sent: JsonBody,
    language: SpokenLanguage,
    as_of: AsOf,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let shared = state.clone();
    let Answer { resources, issues } = on_body(body, move |body| {
        shared.assessor.assess(&Request {
            body,
            version: release.0,
            tenant: shared.settings.tenant.as_str(),
            language: language.0,
            as_of: as_of.0,
        })
    })
    .await?;
    let stored = state.store.put(state.settings.tenant.as_str(), resources).await?;
    let given: Vec<Given<'_>> = stored.iter().map(risk_assessment::given).collect();
    let body = render::answer(&given, &issues, state.base_url(), release.0)?;
    Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body))
}
