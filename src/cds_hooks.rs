//! The CDS Hooks room: what an EHR sees of the service, by the letter of CDS Hooks 2.0.1.
//!
//! ```text
//! body ──> request ──> prefetch (its states) ──> assess ──> card ──> response
//!             └─> gaps ──> (fetched from the EHR) ──┘
//! ```
//!
//! Two rules lead everything here. Silent unless useful: a patient without metastasis in spine or bone gets no card.
//! And data that could not be had is never read as "none": where the service cannot even tell whether it has something
//! to say, it answers that data is missing instead of an empty list of cards.
//!
//! This room calls nobody. [`Gaps`] says what did not come along and how to ask for it; whoever fetches it gives it to
//! [`call`], which uses it as if it had come along.

mod card;
mod discovery;
mod error;
mod fetched;
mod gaps;
mod prefetch;
mod request;
mod response;
mod service;

use jiff::Timestamp;
use spinemet_engine::assessment::Scope;

use crate::assess::Assessor;
use crate::ehr::Found;
use crate::language::Language;
use card::View;
use prefetch::Prefetch;
use request::Request;

pub use discovery::{Discovery, ServiceDescription};
pub use error::CdsError;
pub use gaps::Gaps;
pub use response::{Card, CdsResponse, Coding, Indicator, Source};
pub use service::{Hook, PrefetchKey, Service};

/// What `GET /cds-services` answers.
pub fn discovery(assessor: &Assessor, language: Language) -> Discovery {
    Discovery::of(Service::ALL, assessor.speaker(language))
}

/// What `POST /cds-services/{service}` answers. `found` is what was fetched because it did not come along; texts are in
/// `language`; the patient is looked at as of `as_of`.
///
/// # Errors
/// [`CdsError`] where there is no such service, the request is not acceptable, or data that the service cannot do
/// without is missing.
pub fn call(
    assessor: &Assessor,
    service: &str,
    body: &[u8],
    found: &[Found],
    language: Language,
    as_of: Timestamp,
) -> Result<CdsResponse, CdsError> {
    let service = Service::from_id(service).ok_or(CdsError::UnknownService)?;
    let request = Request::read(body, service.hook())?;
    let Prefetch { record, shortfalls } = Prefetch::read(&request, service, found)?;
    let evaluation = assessor.evaluate(record, as_of)?;
    if evaluation.assessment.scope == Scope::NoSpinalMetastasisOnRecord {
        prefetch::require_conditions(&evaluation.record, &shortfalls)?;
    }
    if !evaluation.assessment.scope.is_assessed() {
        return Ok(CdsResponse::silent());
    }
    let issues = assessor.report(&evaluation, language);
    let view = View {
        service,
        hook_instance: &request.hook_instance,
        patient: &evaluation.record.patient,
        assessment: &evaluation.assessment,
        mapping_version: assessor.mappings().version(),
        issues: &issues,
        shortfalls: &shortfalls,
        speaker: assessor.speaker(language),
    };
    Ok(CdsResponse { cards: vec![card::overview(&view)] })
}
