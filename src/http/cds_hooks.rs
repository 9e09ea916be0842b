//! `GET /cds-services` and `POST /cds-services/{id}`: CDS Hooks for an EHR.
//!
//! Nothing of a call is stored.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::as_of::AsOf;
use super::computation::on_body;
use super::media::JsonBody;
use super::request::{DeclaredBody, SpokenLanguage, read_body};
use super::{Failure, State};
use crate::cds_hooks;

/// Which services there are.
pub(super) async fn discover(state: Data<State>, language: SpokenLanguage) -> HttpResponse {
    HttpResponse::Ok().json(cds_hooks::discovery(&state.assessor, language.0))
}

/// Answers a hook with cards.
pub(super) async fn call(
    state: Data<State>,
    service: Path<String>,
    _sent: JsonBody,
    language: SpokenLanguage,
    as_of: AsOf,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let service = service.into_inner();
    let cards =
        on_body(body, move |body| cds_hooks::call(&state.assessor, &service, body, language.0, as_of.0))
            .await?;
    Ok(HttpResponse::Ok().json(cards))
}
