//! `POST /fhir/{version}/Patient/{id}/$assess`: the record is fetched from the hospital's FHIR server, and assessed as one
//! that was sent.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path, ReqData};
use fhir_wire::IssueType;

use super::as_of::AsOf;
use super::assess::{Asked, answer};
use super::idempotency::{Before, IdempotencyKey};
use super::media::JsonAccepted;
use super::request::{Release, SpokenLanguage};
use super::{Failure, State};
use crate::access::Caller;
use crate::ehr::{GatherFailure, GatheredRecord};
use crate::fhir::{Issue, is_id};

/// Fetches, assesses, stores, and only then answers. What the request's body says, if anything, does not matter.
#[expect(clippy::too_many_arguments, reason = "each is an extractor that refuses what it does not take")]
pub(super) async fn assess(
    state: Data<State>,
    caller: ReqData<Caller>,
    release: Release,
    _accepted: JsonAccepted,
    language: SpokenLanguage,
    as_of: AsOf,
    key: IdempotencyKey,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, id) = path.into_inner();
    // A name of dots alone would be another place in a URL.
    if !is_id(&id) || id.bytes().all(|byte| byte == b'.') {
        return Err(Failure::UnknownPatient);
    }
    if !state.ehr.has_records() {
        return Err(Failure::NoRecords);
    }
    let pending = match key.before(&state, caller.tenant(), b"").await? {
        Before::Given(answer) => return Ok(answer),
        Before::New(pending) => pending,
    };
    let token = state.record_key.token().await;
    let token = token.map_err(|failure| GatherFailure::NotHad { kind: "Patient", failure })?;
    let record = state.ehr.gather(&id, token).await?;
    let issues = issues(&record);
    let asked = Asked { release: release.0, language: language.0, as_of: as_of.0 };
    let (answer, _) = answer(&state, &caller, asked, Bytes::from(record.bundle), issues).await?;
    pending.give(&state, answer).await
}

/// What could not be had, or not whole, is unknown; the answer says so.
fn issues(record: &GatheredRecord) -> Vec<Issue> {
    let not_had = record.not_had.iter().map(|kind| {
        let details = format!(
            "{kind} could not be fetched from the record system: what it would say counts as unknown."
        );
        Issue::warning(IssueType::Incomplete, details).at("Bundle")
    });
    let incomplete = record.incomplete.iter().map(|kind| {
        let details = format!(
            "There is more of {kind} in the record system than was read: what the rest would say counts as unknown."
        );
        Issue::warning(IssueType::Incomplete, details).at("Bundle")
    });
    not_had.chain(incomplete).collect()
}
