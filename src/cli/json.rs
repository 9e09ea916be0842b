//! What the JSON answers of the commands share: one object a line, with where its record came from.

use fhir_wire::IssueSeverity;
use serde::Serialize;

use super::records::Place;
use crate::fhir;

/// Where a record came from.
#[derive(Serialize)]
pub(super) struct Source {
    /// As the caller named it; `-` is standard input.
    file: String,
    line: Option<u64>,
}

/// Something about the input, as in the OperationOutcome of `$assess`.
#[derive(Serialize)]
pub(super) struct Issue<'a> {
    severity: &'static str,
    code: &'static str,
    details: &'a str,
    expression: Option<&'a str>,
}

impl From<&Place<'_>> for Source {
    fn from(place: &Place<'_>) -> Self {
        Self { file: place.source.name(), line: place.line }
    }
}

impl<'a> From<&'a fhir::Issue> for Issue<'a> {
    fn from(issue: &'a fhir::Issue) -> Self {
        let severity = match issue.severity {
            IssueSeverity::Fatal => "fatal",
            IssueSeverity::Error => "error",
            IssueSeverity::Warning => "warning",
            IssueSeverity::Information => "information",
        };
        let expression = issue.expression.as_deref();
        Self { severity, code: issue.code.code(), details: &issue.details, expression }
    }
}

/// A value as one line.
pub(super) fn as_line(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}
