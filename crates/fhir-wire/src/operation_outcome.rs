//! Writing an OperationOutcome: what went wrong, or what somebody should know.

use fhirbolt::model::r4::{resources, types};

mod issue_type;

use crate::{
    CodeableConcept, Narrative, Text, WireError, datatype::model, narrative, path::Path, primitive,
    serializer,
};
pub use issue_type::IssueType;

/// How bad an issue is.
///
/// Source: <https://hl7.org/fhir/R4/valueset-issue-severity.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IssueSeverity {
    /// The action failed, and nothing more can be checked.
    Fatal,
    /// The action failed because of this.
    Error,
    /// The action may have suffered from this.
    Warning,
    /// The action did not suffer.
    Information,
}

impl IssueSeverity {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fatal => "fatal",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeIssue<'a> {
    /// How bad it is.
    pub severity: IssueSeverity,
    /// What kind of thing it is.
    pub code: IssueType,
    /// What it is, in words and perhaps a code of our own.
    pub details: Option<CodeableConcept<'a>>,
    /// More for the person who repairs it.
    pub diagnostics: Option<Text<'a>>,
    /// The places in the request, each as a simple FHIRPath.
    pub expression: Vec<Text<'a>>,
}

/// An OperationOutcome.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationOutcome<'a> {
    /// What a person reads.
    pub narrative: Option<Narrative>,
    /// What happened: at least one thing.
    pub issues: Vec<OutcomeIssue<'a>>,
}

/// Writes an OperationOutcome as JSON, without `id` or `meta`.
///
/// # Errors
///
/// When there is no issue, or a text does not have the form of its data type. The error names the element.
pub fn operation_outcome(value: &OperationOutcome<'_>) -> Result<Vec<u8>, WireError> {
    let path = Path::resource("OperationOutcome");
    if value.issues.is_empty() {
        return Err(path.child("issue").missing());
    }
    let text = value.narrative.as_ref().map(|text| narrative::model(text, &path.child("text")));
    serializer::to_json(&resources::OperationOutcome {
        text: text.transpose()?.map(Box::new),
        issue: model::list(&value.issues, &path, "issue", issue)?,
        ..resources::OperationOutcome::default()
    })
}

fn issue(value: &OutcomeIssue<'_>, path: &Path<'_>) -> Result<resources::OperationOutcomeIssue, WireError> {
    Ok(resources::OperationOutcomeIssue {
        severity: value.severity.code().into(),
        code: value.code.code().into(),
        details: model::optional_concept(value.details.as_ref(), path, "details")?,
        diagnostics: model::optional_text(value.diagnostics.as_ref(), path, "diagnostics")?,
        expression: model::list(&value.expression, path, "expression", expression)?,
        ..resources::OperationOutcomeIssue::default()
    })
}

fn expression(value: &Text<'_>, path: &Path<'_>) -> Result<types::String, WireError> {
    primitive::text(value, path).map(types::String::from)
}
