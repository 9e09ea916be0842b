//! `POST /fhir/{version}/$assess`: a Bundle in, RiskAssessments out.

use actix_web::HttpResponse;
use actix_web::web::{self, Bytes, Data};

use super::as_of::AsOf;
use super::media::{JsonAccepted, JsonBody};
use super::request::{DeclaredBody, Release, SpokenLanguage, read_body};
use super::{Failure, State, outcome, risk_assessment};
use crate::assess::{Answer, Rejection, Request};
use crate::fhir::render::{self, Given};

/// Bodies up to this size are assessed on the thread that read them: that takes less than handing them over and
/// well under a millisecond. Larger ones must not keep the other requests of the thread waiting.
const INLINE_LIMIT_BYTES: usize = 256 * 1024;

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
    let question = Question { state: state.clone(), body, release, language, as_of };
    let Answer { resources, issues } = question.answer().await?;
    let stored = state.store.put(state.settings.tenant.as_str(), resources).await?;
    let given: Vec<Given<'_>> = stored.iter().map(risk_assessment::given).collect();
    let body = render::answer(&given, &issues, state.base_url(), release.0)?;
    Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body))
}

/// All that an answer depends on, owned, so that another thread can work on it.
struct Question {
    state: Data<State>,
    body: Bytes,
    release: Release,
    language: SpokenLanguage,
    as_of: AsOf,
}

impl Question {
    async fn answer(self) -> Result<Answer, Failure> {
        if self.body.len() <= INLINE_LIMIT_BYTES {
            return Ok(self.compute()?);
        }
        let span = tracing::Span::current();
        // The only error of `block` is that the closure panicked; the panic itself was logged where it happened.
        let answer =
            web::block(move || span.in_scope(|| self.compute())).await.map_err(|_| Failure::Panicked)?;
        Ok(answer?)
    }

    fn compute(&self) -> Result<Answer, Rejection> {
        self.state.assessor.assess(&Request {
            body: &self.body,
            version: self.release.0,
            tenant: self.state.settings.tenant.as_str(),
            language: self.language.0,
            as_of: self.as_of.0,
        })
    }
}
