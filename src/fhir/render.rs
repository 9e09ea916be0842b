//! Writing: an assessment as RiskAssessments, one a score and one for the guidance, and the answer around them.

mod answer;
mod audit;
mod bundle;
mod guidance;
mod provenance;
mod score;
mod subset;
mod urls;
mod withdrawal;

use fhir_wire::{CodeableConcept, Coding, Extension, ExtensionValue, Reference, WireError};
use spinemet_engine::assessment::{Assessment, KNOWLEDGE_VERSION};
use spinemet_engine::clinical::Evidence;
use spinemet_engine::scoring::Score;

use crate::texts::Speaker;

pub use answer::{Given, answer, outcome, profiles};
pub use audit::{Audited, audit_event};
pub use bundle::{Link, Searchset, history, searchset};
pub use provenance::{Origin, Source, provenance, provenance_id};
pub use subset::subset;
pub use withdrawal::withdrawn;

/// What every RiskAssessment of one assessment shares.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The identity of the assessment; the ids of its RiskAssessments start with it.
    pub identity: &'a str,
    /// The patient, as a reference.
    pub patient: &'a str,
    /// The version of the mapping files.
    pub mapping_version: &'a str,
    /// The texts.
    pub speaker: Speaker<'a>,
}

/// A RiskAssessment with its id, before `meta` is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedResource {
    /// The id.
    pub id: String,
    /// The JSON.
    pub body: Vec<u8>,
}

/// Renders every score, then the guidance.
///
/// # Errors
/// [`WireError`] where FHIR would not allow what was to be written: a fault of the program, not of the input.
pub fn risk_assessments(
    assessment: &Assessment,
    frame: &Frame<'_>,
) -> Result<Vec<RenderedResource>, WireError> {
    let all: Vec<&Score> = assessment.scores.iter().collect();
    let mut resources = scores(&all, assessment, frame)?;
    if assessment.scope.is_assessed() {
        resources.push(guidance::risk_assessment(assessment, frame)?);
    }
    Ok(resources)
}

/// Renders some scores of an assessment, in the order in which they are given.
///
/// # Errors
/// As [`risk_assessments`].
pub fn scores(
    scores: &[&Score],
    assessment: &Assessment,
    frame: &Frame<'_>,
) -> Result<Vec<RenderedResource>, WireError> {
    scores.iter().map(|score| score::risk_assessment(score, assessment, frame)).collect()
}

impl Frame<'_> {
    /// Who assessed.
    fn performer(&self) -> Reference<'static> {
        Reference::display(self.speaker.sentence(
            "performer",
            &[
                ("version", env!("CARGO_PKG_VERSION")),
                ("knowledge", KNOWLEDGE_VERSION),
                ("mapping", self.mapping_version),
            ],
        ))
    }

    /// With which knowledge and mapping.
    fn versions(&self) -> Vec<Extension<'_>> {
        vec![
            Extension::value(urls::KNOWLEDGE_VERSION, ExtensionValue::String(KNOWLEDGE_VERSION.into())),
            Extension::value(urls::MAPPING_VERSION, ExtensionValue::String(self.mapping_version.into())),
        ]
    }
}

/// A code of one of our code systems. The words are the concept's text, in the language of the answer.
fn concept<'a>(system: &'a str, code: &'a str, text: &'a str) -> CodeableConcept<'a> {
    CodeableConcept { coding: vec![coding(system, code)], text: Some(text.into()) }
}

fn coding<'a>(system: &'a str, code: &'a str) -> Coding<'a> {
    Coding { system: Some(system.into()), code: code.into(), display: None }
}

/// That a value is not there because it is not known.
fn unknown() -> CodeableConcept<'static> {
    CodeableConcept::coded(coding(urls::DATA_ABSENT_REASON, "unknown"))
}

/// References to the very resources used, each once, in a stable order.
fn basis<'a>(evidence: impl Iterator<Item = &'a Evidence>) -> Vec<Reference<'a>> {
    let mut resources: Vec<&str> = evidence.map(|evidence| evidence.resource.as_str()).collect();
    resources.sort_unstable();
    resources.dedup();
    resources.into_iter().map(reference).collect()
}

/// A resource that was sent without an id has no address; then its type stands in words.
fn reference(resource: &str) -> Reference<'_> {
    if resource.contains(['/', ':']) { Reference::literal(resource) } else { Reference::display(resource) }
}
