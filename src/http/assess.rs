//! `POST /fhir/{version}/$assess`: a Bundle in, RiskAssessments out.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, ReqData};

use super::as_of::AsOf;
use super::computation::on_body;
use super::idempotency::{Before, IdempotencyKey};
use super::media::{JsonAccepted, JsonBody};
use super::middleware::audit::AuditedPatient;
use super::request::{DeclaredBody, Release, SpokenLanguage, read_body};
use super::{Failure, State, resource};
use crate::access::Caller;
use crate::assess::{Answer, Circumstances, Kept, Rendered, Request};
use crate::fhir::render::{self, Given};
use crate::fhir::{FhirVersion, Issue};
use crate::language::Language;
use crate::store::{ArchivedAssessment, Draft, Stored};

/// Reads, assesses, stores, and only then answers.
#[expect(clippy::too_many_arguments, reason = "each is an extractor that refuses what it does not take")]
pub(super) async fn assess(
    state: Data<State>,
    caller: ReqData<Caller>,
    release: Release,
    _media: (JsonAccepted, JsonBody),
    language: SpokenLanguage,
    as_of: AsOf,
    key: IdempotencyKey,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let pending = match key.before(&state, caller.tenant(), &body).await? {
        Before::Given(answer) => return Ok(answer),
        Before::New(pending) => pending,
    };
    let asked = Asked { release: release.0, language: language.0, as_of: as_of.0 };
    let (answer, patient) = answer(&state, &caller, asked, body, Vec::new()).await?;
    let mut response = pending.give(&state, answer).await?;
    AuditedPatient::note(&mut response, patient.as_deref());
    Ok(response)
}

/// What is asked for beside the record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// The FHIR release of the path.
    pub release: FhirVersion,
    /// The language of texts.
    pub language: Language,
    /// The instant at which the patient is looked at.
    pub as_of: jiff::Timestamp,
}

/// The answer to a record, however it came, and whose it is where something was assessed. `noted` is what is to be said about how it came.
pub(super) async fn answer(
    state: &Data<State>,
    caller: &Caller,
    asked: Asked,
    body: Bytes,
    noted: Vec<Issue>,
) -> Result<(Vec<u8>, Option<String>), Failure> {
    let (assessor, tenant) = (state.assessor(), caller.tenant().to_owned());
    let (recorded, requester) = (jiff::Timestamp::now(), caller.client().map(str::to_owned));
    let (Answer { resources, issues, patient_identifiers }, kept) = on_body(body, move |body| {
        let request = Request {
            body,
            version: asked.release,
            tenant: &tenant,
            language: asked.language,
            as_of: asked.as_of,
        };
        let circumstances = Circumstances { recorded, requester: requester.as_deref() };
        assessor.assess_to_keep(&request, &circumstances)
    })
    .await?;
    let issues: Vec<Issue> = noted.into_iter().chain(issues).collect();
    let patient = kept.as_ref().map(|kept| kept.archived.patient.clone());
    let stored = keep(state, caller.tenant(), resources, &patient_identifiers, kept).await?;
    let given: Vec<Given<'_>> = stored.iter().map(resource::given).collect();
    Ok((render::answer(&given, &issues, state.base_url(), asked.release)?, patient))
}

/// Stores RiskAssessments with their Provenance and what they were made from, all of it or nothing, and returns the
/// RiskAssessments that are now stored.
async fn keep(
    state: &State,
    tenant: &str,
    resources: Vec<Rendered>,
    patient_identifiers: &[(String, String)],
    kept: Option<Kept>,
) -> Result<Vec<Stored>, Failure> {
    let Some(Kept { provenance, archived }) = kept else { return Ok(Vec::new()) };
    let count = resources.len();
    let findable = |rendered| {
        let draft = Draft::from(rendered);
        patient_identifiers
            .iter()
            .fold(draft, |draft, (system, value)| draft.with_subject_identifier(system, value))
    };
    let mut drafts: Vec<Draft> = resources.into_iter().map(findable).collect();
    drafts.push(Draft::new("Provenance", provenance.id, Some(provenance.subject), provenance.body));
    let archive = ArchivedAssessment {
        body: archived.to_json(),
        id: archived.identity,
        patient: archived.patient,
        as_of: archived.as_of,
    };
    let statement = archive.statement(tenant)?;
    let mut stored = state.store.write(tenant, drafts, vec![statement]).await?.stored;
    stored.truncate(count);
    state.subscriptions.wake();
    Ok(stored)
}
