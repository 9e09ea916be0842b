//! Where a fact comes from.

use super::partial_date::PartialDate;

/// The record behind one fact: which element of which version of which resource, read by which mapping rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The resource as a reference, e.g. `Observation/123`.
    pub resource: String,
    /// Its version, where the sender gave one.
    pub version: Option<String>,
    /// The element that holds the value, e.g. `Observation.valueInteger`.
    pub element: String,
    /// The mapping rule that read it, e.g. `performance-status/karnofsky`.
    pub rule: String,
    /// The code that was recognised.
    pub code: Option<CodeAsSent>,
    /// When it was true of the patient; not when it was written down.
    pub effective: Option<PartialDate>,
    /// Whether the sender marked it as preliminary.
    pub preliminary: bool,
}

/// A code just as the sender wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CodeAsSent {
    /// The code system's URI; empty where only text was sent.
    pub system: String,
    /// The code, or the text.
    pub code: String,
}
