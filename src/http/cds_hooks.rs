//! `GET /cds-services` and `POST /cds-services/{id}`: CDS Hooks for an EHR.
//!
//! Nothing of a call is stored.

use std::collections::HashSet;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ReqData};

use super::as_of::AsOf;
use super::computation::on_body;
use super::media::JsonBody;
use super::request::{DeclaredBody, SpokenLanguage, read_body};
use super::{Failure, State};
use crate::access::CdsClient;
use crate::assess::Assessor;
use crate::cds_hooks::{self, Gaps};
use crate::ehr::{FetchFailure, Found};

/// Which services there are.
pub(super) async fn discover(state: Data<State>, language: SpokenLanguage) -> HttpResponse {
    HttpResponse::Ok().json(cds_hooks::discovery(&state.assessor(), language.0))
}

/// Answers a hook with cards.
pub(super) async fn call(
    state: Data<State>,
    service: Path<String>,
    client: ReqData<CdsClient>,
    _sent: JsonBody,
    language: SpokenLanguage,
    as_of: AsOf,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let service = service.into_inner();
    let client = client.into_inner();
    let assessor = state.assessor();
    let found = fetch_gaps(&state, &assessor, &service, &body, client.issuer.as_deref()).await;
    let shadow: Vec<String> = state.settings.shadow_services.iter().map(str::to_owned).collect();
    let answer = on_body(body, move |body| {
        let circumstances = cds_hooks::Circumstances {
            language: language.0,
            as_of: as_of.0,
            tenant: client.tenant.as_str(),
            presentation: &state.presentation,
        };
        cds_hooks::call(&assessor, &service, body, &found, circumstances)
    })
    .await?;
    let is_shadow = shadow.iter().any(|name| name == answer.service.id());
    let (response, _) = answer.settle(&HashSet::new(), is_shadow);
    Ok(HttpResponse::Ok().json(response))
}

/// Fetches what did not come along, if the request names a registered server for it.
async fn fetch_gaps(
    state: &State,
    assessor: &Assessor,
    service: &str,
    body: &[u8],
    client: Option<&str>,
) -> Vec<Found> {
    if state.ehr.is_empty() {
        return Vec::new();
    }
    let Some(Gaps { server, token, wanted }) = Gaps::of(assessor, service, body) else {
        return Vec::new();
    };
    let Some(server) = state.ehr.select(&server, client) else {
        tracing::debug!("the fhirServer of the request is not a registered one");
        state.service_metrics.fetched.count([("data", "all"), ("outcome", "server-not-registered")]);
        return Vec::new();
    };
    let found = state.ehr.fetch(server, wanted, token).await;
    for Found { key, failure, .. } in &found {
        let outcome = failure.map_or("whole", FetchFailure::key);
        state.service_metrics.fetched.count([("data", *key), ("outcome", outcome)]);
    }
    found
}
