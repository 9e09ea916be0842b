//! The explanation for machines: one JSON object a line, with an element for each resource or question in it.

use serde::Serialize;

use super::super::json::{Issue, Source, as_line};
use super::super::records::Place;
use crate::explanation::{Counts, Explanation, Row};

/// The name of the format.
pub(super) const FORMAT: &str = "spinemet-explanation/1";

#[derive(Serialize)]
struct Answer<'a> {
    format: &'static str,
    source: Source,
    patient: &'a str,
    as_of: &'a str,
    mapping_version: &'a str,
    resources: &'a [Row],
    counts: Counts,
    issues: Vec<Issue<'a>>,
}

/// What each resource of one record became.
pub(super) fn answer(explanation: &Explanation, place: &Place<'_>) -> Result<Vec<u8>, serde_json::Error> {
    as_line(&Answer {
        format: FORMAT,
        source: place.into(),
        patient: &explanation.patient,
        as_of: &explanation.as_of,
        mapping_version: &explanation.mapping_version,
        resources: &explanation.rows,
        counts: explanation.counts,
        issues: explanation.issues.iter().map(Into::into).collect(),
    })
}
