//! The answer in FHIR: the Bundle that `$assess` gives, one a line.

use fhir_wire::WireError;

use crate::assess::{Rejection, Rendered};
use crate::fhir::render::{self, Given};
use crate::fhir::{FhirVersion, Issue};

/// RiskAssessments, then the OperationOutcome.
pub(super) fn answer(resources: &[Rendered], issues: &[Issue], base_url: &str) -> Result<Vec<u8>, WireError> {
    // As the service gives a resource that it has just stored, but for the time of that.
    let given: Vec<Given<'_>> = resources
        .iter()
        .map(|resource| Given {
            resource_type: "RiskAssessment",
            id: &resource.id,
            body: &resource.body,
            version: 1,
            last_updated: None,
            predecessor: None,
            subject: Some(&resource.subject),
        })
        .collect();
    render::answer(&given, issues, base_url, FhirVersion::R4).map(as_line)
}

/// The OperationOutcome that stands in for an answer.
pub(super) fn refusal(rejection: &Rejection) -> Result<Vec<u8>, WireError> {
    render::outcome(rejection.issues()).map(as_line)
}

fn as_line(mut body: Vec<u8>) -> Vec<u8> {
    body.push(b'\n');
    body
}
