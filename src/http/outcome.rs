//! The OperationOutcome of a refusal.

use crate::fhir::{Issue, render};

/// The media type of every FHIR answer.
pub(super) const CONTENT_TYPE: &str = "application/fhir+json; charset=utf-8";

/// What is sent when not even an OperationOutcome can be written.
const LAST_RESORT: &[u8] =
    br#"{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"exception"}]}"#;

/// The OperationOutcome that stands in for an answer.
pub(super) fn refusal(issues: &[Issue]) -> Vec<u8> {
    render::outcome(issues).unwrap_or_else(|error| {
        tracing::error!(%error, "an OperationOutcome could not be written");
        LAST_RESORT.to_vec()
    })
}
