//! What was wrong, or worth saying, about the input: the content of an OperationOutcome.

use fhir_wire::{IssueSeverity, IssueType};

/// One issue: what is wrong, where, and what to do about it.
///
/// The text never repeats a value from the input, because the values are a patient's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// How bad it is for the answer.
    pub severity: IssueSeverity,
    /// The kind of issue, from FHIR's `issue-type`.
    pub code: IssueType,
    /// For people: what is wrong and what to do.
    pub details: String,
    /// Where: a FHIRPath expression, e.g. `Bundle.entry[3].resource.valueInteger`.
    pub expression: Option<String>,
}

impl Issue {
    /// Something that stopped the request, or the use of one resource.
    pub fn error(code: IssueType, details: impl Into<String>) -> Self {
        Self { severity: IssueSeverity::Error, code, details: details.into(), expression: None }
    }

    /// Something that was set aside or may mislead.
    pub fn warning(code: IssueType, details: impl Into<String>) -> Self {
        Self { severity: IssueSeverity::Warning, code, details: details.into(), expression: None }
    }

    /// Something worth knowing.
    pub fn information(details: impl Into<String>) -> Self {
        let code = IssueType::Informational;
        Self { severity: IssueSeverity::Information, code, details: details.into(), expression: None }
    }

    /// What is wrong, after its place.
    pub fn in_one_line(&self) -> String {
        match &self.expression {
            Some(place) => format!("{place}: {}", self.details),
            None => self.details.clone(),
        }
    }

    /// Names the place, as a FHIRPath expression.
    #[must_use]
    pub fn at(mut self, expression: impl Into<String>) -> Self {
        self.expression = Some(expression.into());
        self
    }
}
