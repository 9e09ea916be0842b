//! `GET /cds-services` and `POST /cds-services/{id}`: CDS Hooks for an EHR.
//!
//! Nothing of a call is stored.

use actix_web::HttpResponse;
use actix_web::web::{self, Bytes, Data, Path};

use super::as_of::AsOf;
use super::media::JsonBody;
use super::request::{DeclaredBody, SpokenLanguage, read_body};
use super::{Failure, State};
use crate::cds_hooks::{self, CdsError, CdsResponse};

/// As in [`assess`](super::assess): larger bodies are worked on by another thread.
const INLINE_LIMIT_BYTES: usize = 256 * 1024;

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
    let call = Call { state, service: service.into_inner(), body, language, as_of };
    Ok(HttpResponse::Ok().json(call.answer().await?))
}

/// All that an answer depends on, owned, so that another thread can work on it.
struct Call {
    state: Data<State>,
    service: String,
    body: Bytes,
    language: SpokenLanguage,
    as_of: AsOf,
}

impl Call {
    async fn answer(self) -> Result<CdsResponse, Failure> {
        if self.body.len() <= INLINE_LIMIT_BYTES {
            return Ok(self.compute()?);
        }
        let span = tracing::Span::current();
        // The only error of `block` is that the closure panicked; the panic itself was logged where it happened.
        let answer =
            web::block(move || span.in_scope(|| self.compute())).await.map_err(|_| Failure::Panicked)?;
        Ok(answer?)
    }

    fn compute(&self) -> Result<CdsResponse, CdsError> {
        cds_hooks::call(&self.state.assessor, &self.service, &self.body, self.language.0, self.as_of.0)
    }
}
