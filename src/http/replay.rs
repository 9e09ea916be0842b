//! `$replay`: a stored assessment made again with the running program; `$knowledge-diff`: which ones would come out
//! otherwise.
//!
//! Neither changes anything, so both answer GET and POST alike.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use fhir_wire::{Parameter, ParameterContent};

use super::caller::{require_search, tenant_of};
use super::media::{JsonAccepted, JsonBody};
use super::middleware::audit::AuditedPatient;
use super::operation_parameters::OperationParameters;
use super::request::{DeclaredBody, Release};
use super::{Failure, OperationFailure, State, outcome};
use crate::assess::{Archived, Assessor, Difference, IllegibleArchive, Rendered, is_result};
use crate::store::Stored;

const RISK_ASSESSMENT: &str = "RiskAssessment";
/// How many assessments one page of `$knowledge-diff` looks at, unless the request says, and at most.
const USUAL_PAGE: i64 = 200;
const LARGEST_PAGE: i64 = 1000;

/// `GET|POST /fhir/{version}/RiskAssessment/{id}/$replay`
pub(super) async fn replay(
    state: Data<State>,
    request: HttpRequest,
    _release: Release,
    _media: (JsonAccepted, JsonBody),
    path: Path<(String, String)>,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    // It takes none; what is sent must still be Parameters.
    OperationParameters::read(&request, body, &state).await?;
    let (_, id) = path.into_inner();
    let tenant = tenant_of(&state, &request);
    let stored = state.store.read(&tenant, RISK_ASSESSMENT, &id).await?.ok_or(Failure::UnknownId)?;
    if stored.body.is_none() {
        return Err(Failure::Gone);
    }
    let identity = identity(&id).to_owned();
    let archive = state.store.archived(&tenant, &identity).await?.ok_or(OperationFailure::NotReplayable)?;
    let archived = Archived::from_json(&archive).map_err(OperationFailure::from)?;
    let (assessor, again, whose) = (state.assessor(), archived.clone(), tenant.clone());
    let replayed =
        web::block(move || assessor.replay(&again, &whose)).await.map_err(|_| Failure::Panicked)??;
    let mut compared = Vec::with_capacity(replayed.resources.len());
    for resource in &replayed.resources {
        let stored_id = stored_id(&resource.id, &identity);
        let stored = first_version(&state, &tenant, &stored_id).await?;
        compared.push(Compared { is_same: is_same(stored.as_ref(), resource), id: stored_id });
    }
    let body = answer(&archived, &compared, &replayed.differences)?;
    let mut response = HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body);
    AuditedPatient::note(&mut response, Some(&archived.patient));
    Ok(response)
}

/// The first part of the ids of an assessment's resources.
fn identity(id: &str) -> &str {
    id.split_once('-').map_or(id, |(identity, _)| identity)
}

/// Under which id the resource is stored that was made again: another knowledge gives it another identity.
fn stored_id(id: &str, identity: &str) -> String {
    id.split_once('-').map_or_else(|| identity.to_owned(), |(_, part)| format!("{identity}-{part}"))
}

/// What was said first: a later version, such as a withdrawal, is not what the program had computed.
async fn first_version(state: &State, tenant: &str, id: &str) -> Result<Option<Stored>, Failure> {
    Ok(state.store.read_version(tenant, RISK_ASSESSMENT, id, 1).await?)
}

fn is_same(stored: Option<&Stored>, again: &Rendered) -> bool {
    stored.is_some_and(|stored| stored.id == again.id && stored.json() == again.body)
}

/// A stored resource, and whether the program makes the same bytes again.
struct Compared {
    id: String,
    is_same: bool,
}

fn answer(
    archived: &Archived,
    compared: &[Compared],
    differences: &[Difference],
) -> Result<Vec<u8>, Failure> {
    let is_same = compared.iter().all(|resource| resource.is_same) && differences.is_empty();
    let mut parameters = vec![
        Parameter::new("outcome", ParameterContent::Code(if is_same { "same" } else { "different" }.into())),
        Parameter::new("assessment", ParameterContent::String(archived.identity.as_str().into())),
    ];
    parameters.extend(compared.iter().map(|resource| {
        Parameter::new(
            "resource",
            ParameterContent::Parts(vec![
                Parameter::new(
                    "reference",
                    ParameterContent::Reference(format!("{RISK_ASSESSMENT}/{}", resource.id).into()),
                ),
                Parameter::new("same-bytes", ParameterContent::Boolean(resource.is_same)),
            ]),
        )
    }));
    parameters.extend(differences.iter().map(difference));
    Ok(fhir_wire::parameters(None, None, &parameters)?)
}

fn difference(difference: &Difference) -> Parameter<'_> {
    let side = |name: &'static str, value: &'_ Option<String>| {
        let value = value.clone()?;
        Some(Parameter::new(name, ParameterContent::String(value.into())))
    };
    let kind = if is_result(&difference.about) { "result" } else { "basis" };
    let mut parts = vec![
        Parameter::new("kind", ParameterContent::Code(kind.into())),
        Parameter::new("about", ParameterContent::String(difference.about.as_str().into())),
    ];
    parts.extend(side("stored", &difference.stored));
    parts.extend(side("now", &difference.now));
    Parameter::new("difference", ParameterContent::Parts(parts))
}

/// `GET|POST /fhir/{version}/RiskAssessment/$knowledge-diff`, page by page.
pub(super) async fn knowledge_diff(
    state: Data<State>,
    request: HttpRequest,
    _release: Release,
    _media: (JsonAccepted, JsonBody),
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    require_search(&request, RISK_ASSESSMENT)?;
    let asked = OperationParameters::read(&request, body, &state).await?;
    let count = page_size(&asked)?;
    let latest_only = !is_all(&asked)?;
    let after = asked.get("after").unwrap_or_default().to_owned();
    let tenant = tenant_of(&state, &request);
    let page = state.store.archived_after(&tenant, &after, latest_only, count).await?;
    let is_last = i64::try_from(page.len()).is_ok_and(|length| length < count);
    let next = page.last().map(|(id, _)| id.clone()).filter(|_| !is_last);
    let assessor = state.assessor();
    let (examined, found) = web::block(move || {
        let found: Vec<Found> = page.iter().filter_map(|(id, body)| look_at(&assessor, id, body)).collect();
        (page.len(), found)
    })
    .await
    .map_err(|_| Failure::Panicked)?;
    let body = diff_answer(examined, &found, next.as_deref())?;
    Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body))
}

fn page_size(asked: &OperationParameters) -> Result<i64, Failure> {
    let Some(text) = asked.get("_count") else { return Ok(USUAL_PAGE) };
    let expected = "it is how many assessments to look at: 1 to 1000";
    let illegible = Failure::IllegibleParameter { name: "_count", expected };
    text.parse().ok().filter(|count| (1..=LARGEST_PAGE).contains(count)).ok_or(illegible)
}

/// Every assessment that is kept, or only the latest of each patient.
fn is_all(asked: &OperationParameters) -> Result<bool, Failure> {
    match asked.get("assessments") {
        None | Some("latest") => Ok(false),
        Some("all") => Ok(true),
        Some(_) => Err(Failure::IllegibleParameter {
            name: "assessments",
            expected: "use latest (of each patient) or all",
        }),
    }
}

/// An assessment that would come out otherwise, or cannot be made again.
struct Found {
    identity: String,
    patient: Option<String>,
    outcome: Result<Vec<Difference>, IllegibleArchive>,
}

/// Only what a clinician would see changed counts; that versions differ goes without saying.
fn look_at(assessor: &Assessor, identity: &str, body: &[u8]) -> Option<Found> {
    let identity = identity.to_owned();
    match Archived::from_json(body) {
        Err(illegible) => Some(Found { identity, patient: None, outcome: Err(illegible) }),
        Ok(archived) => {
            let mut differences = assessor.differences(&archived);
            differences.retain(|difference| is_result(&difference.about));
            let patient = Some(archived.patient);
            (!differences.is_empty()).then_some(Found { identity, patient, outcome: Ok(differences) })
        }
    }
}

fn diff_answer(examined: usize, found: &[Found], next: Option<&str>) -> Result<Vec<u8>, Failure> {
    let count = |number: usize| ParameterContent::Integer(i32::try_from(number).unwrap_or(i32::MAX));
    let mut parameters = vec![
        Parameter::new("examined", count(examined)),
        Parameter::new("changed", count(found.iter().filter(|found| found.outcome.is_ok()).count())),
    ];
    for found in found {
        let mut parts =
            vec![Parameter::new("identity", ParameterContent::String(found.identity.as_str().into()))];
        if let Some(patient) = &found.patient {
            parts.push(Parameter::new("patient", ParameterContent::Reference(patient.as_str().into())));
        }
        match &found.outcome {
            Ok(differences) => parts.extend(differences.iter().map(difference)),
            Err(illegible) => {
                parts.push(Parameter::new(
                    "illegible",
                    ParameterContent::String(illegible.to_string().into()),
                ));
            }
        }
        parameters.push(Parameter::new("assessment", ParameterContent::Parts(parts)));
    }
    // A page that is full may have another behind it: ask again with `after`.
    if let Some(next) = next {
        parameters.push(Parameter::new("after", ParameterContent::String(next.into())));
    }
    Ok(fhir_wire::parameters(None, None, &parameters)?)
}
