//! `POST /fhir/{version}/RiskAssessment/{id}/$withdraw`: marks an assessment as entered in error.
//!
//! An operation and not a PUT or a PATCH, because it is the only thing about an assessment that anybody may change.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ReqData};
use serde_json::Value;

use super::conditional::{Expected, Validators};
use super::media::{JsonAccepted, JsonBody};
use super::request::{DeclaredBody, Release, read_body};
use super::resource::give;
use super::{Failure, State};
use crate::access::Caller;
use crate::fhir::render;
use crate::language::Language;
use crate::store::{Draft, Stored};

const RISK_ASSESSMENT: &str = "RiskAssessment";
/// A reason is a sentence or two.
const LONGEST_REASON_BYTES: usize = 4096;

/// Stores a version that says so, and gives it. What is withdrawn already is given as it is.
pub(super) async fn withdraw(
    state: Data<State>,
    release: Release,
    _media: (JsonAccepted, JsonBody),
    caller: ReqData<Caller>,
    expected: Expected,
    path: Path<(String, String)>,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let (_, id) = path.into_inner();
    let reason = reason(&read_body(body, &state.settings).await?)?;
    let tenant = caller.tenant();
    let stored = state.store.read(tenant, RISK_ASSESSMENT, &id).await?.ok_or(Failure::UnknownId)?;
    if stored.body.is_none() {
        return Err(Failure::Gone);
    }
    expected.check(stored.version)?;
    let given = match withdrawal(&state, &stored, reason.as_deref()) {
        Some(draft) => {
            state.store.revise(tenant, draft, stored.version).await?.ok_or(Failure::OtherVersion)?
        }
        None => stored,
    };
    give(&given, release, &Validators::none())
}

fn withdrawal(state: &State, stored: &Stored, reason: Option<&str>) -> Option<Draft> {
    let resource: Value = serde_json::from_slice(stored.json()).ok()?;
    let language: Language = resource.get("language")?.as_str()?.parse().ok()?;
    let subject = resource.get("subject")?.get("reference")?.as_str()?.to_owned();
    let assessor = state.assessor();
    let notice = assessor.speaker(language).say("sentence", "withdrawn");
    let body = render::withdrawn(stored.json(), notice, reason)?;
    Some(Draft::new(RISK_ASSESSMENT, stored.id.clone(), Some(subject), body))
}

/// The reason in Parameters, if there is a body.
fn reason(body: &[u8]) -> Result<Option<String>, Failure> {
    let illegible = Failure::IllegibleParameter {
        name: "reason",
        expected: "the body is Parameters with a valueString of at most 4096 bytes by the name reason, or empty",
    };
    if body.is_empty() {
        return Ok(None);
    }
    let Ok(parameters) = serde_json::from_slice::<Value>(body) else { return Err(illegible) };
    if parameters.get("resourceType").and_then(Value::as_str) != Some("Parameters") {
        return Err(illegible);
    }
    let list = parameters.get("parameter").and_then(Value::as_array);
    let is_reason = |parameter: &&Value| parameter.get("name").and_then(Value::as_str) == Some("reason");
    let Some(parameter) = list.and_then(|list| list.iter().find(is_reason)) else { return Ok(None) };
    match parameter.get("valueString").and_then(Value::as_str) {
        Some(text) if text.len() <= LONGEST_REASON_BYTES && !text.trim().is_empty() => {
            Ok(Some(text.to_owned()))
        }
        _ => Err(illegible),
    }
}
