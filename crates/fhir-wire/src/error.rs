//! What a writer refuses, and where.

/// Why a resource was not written.
///
/// An error names the element and never repeats its content, so that it can be logged without patient data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// An element that must be there is absent, empty or blank.
    #[error("{element} must not be empty")]
    Missing {
        /// The path of the element, such as `RiskAssessment.method.coding[0].code`.
        element: String,
    },
    /// The text of an element does not have the form that its FHIR data type asks for.
    #[error("{element} is not a valid {data_type}")]
    Malformed {
        /// The path of the element.
        element: String,
        /// The FHIR data type, such as `dateTime`.
        data_type: &'static str,
    },
    /// The elements are well formed each, but break a rule of FHIR together.
    #[error("{element} breaks {rule}")]
    Inconsistent {
        /// The path of the element.
        element: String,
        /// The key of FHIR's rule and its words, such as `ras-2: probability must be at most 100`.
        rule: &'static str,
    },
    /// fhirbolt itself refused the resource. The checks before it should leave nothing to refuse.
    #[error("fhirbolt refused the resource: {0}")]
    Serializer(String),
}
