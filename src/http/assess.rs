//! `POST /fhir/{version}/$assess`: a Bundle in, RiskAssessments out.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, ReqData};

use super::as_of::AsOf;
use super::computation::on_body;
use super::media::{JsonAccepted, JsonBody};
use super::request::{DeclaredBody, Release, SpokenLanguage, read_body};
use super::{Failure, State, outcome, resource};
use crate::access::Caller;
use crate::assess::{Answer, Request};
use crate::fhir::render::{self, Given};
use crate::fhir::{FhirVersion, Issue};
use crate::language::Language;
use crate::store::Draft;

/// Reads, assesses, stores, and only then answers.
pub(super) async fn assess(
    state: Data<State>,
    caller: ReqData<Caller>,
    release: Release,
    _media: (JsonAccepted, JsonBody),
    language: SpokenLanguage,
    as_of: AsOf,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let asked = Asked { release: release.0, language: language.0, as_of: as_of.0 };
    answer(state, &caller, asked, body, Vec::new()).await
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

/// The answer to a record, however it came. `noted` is what is to be said about how it came.
pub(super) async fn answer(
    state: Data<State>,
    caller: &Caller,
    asked: Asked,
    body: Bytes,
    noted: Vec<Issue>,
) -> Result<HttpResponse, Failure> {
    let (shared, tenant) = (state.clone(), caller.tenant().to_owned());
    let Answer { resources, issues, patient_identifiers } = on_body(body, move |body| {
        shared.assessor.assess(&Request {
            body,
            version: asked.release,
            tenant: &tenant,
            language: asked.language,
            as_of: asked.as_of,
        })
    })
    .await?;
    let issues: Vec<Issue> = noted.into_iter().chain(issues).collect();
    let findable = |rendered| {
        let draft = Draft::from(rendered);
        patient_identifiers
            .iter()
            .fold(draft, |draft, (system, value)| draft.with_subject_identifier(system, value))
    };
    let drafts: Vec<Draft> = resources.into_iter().map(findable).collect();
    let stored = state.store.put(caller.tenant(), drafts).await?;
    let given: Vec<Given<'_>> = stored.iter().map(resource::given).collect();
    let body = render::answer(&given, &issues, state.base_url(), asked.release)?;
    Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body))
}
