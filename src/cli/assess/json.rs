//! The answer for machines: one JSON object a line.
//!
//! Keys are in snake case and stay; every code is a stable slug of the engine, as published in `profiles/`. A level is
//! a vertebra (`T12`), `unstated`, or null for what is about the patient as a whole. `format` counts up when a key
//! changes its meaning; new keys may come at any time.

mod guidance;
mod operation;
mod scores;

use serde::Serialize;
use spinemet_engine::assessment::KNOWLEDGE_VERSION;
use spinemet_engine::clinical::Domain;

use super::super::json::{Issue, Source, as_line};
use super::super::records::Place;
use crate::assess::Evaluation;
use crate::fhir;

/// The name of the format.
pub(super) const FORMAT: &str = "spinemet-assessment/1";

#[derive(Serialize)]
struct Answer<'a> {
    format: &'static str,
    source: Source,
    patient: &'a str,
    as_of: String,
    versions: Versions<'a>,
    scope: &'static str,
    scores: Vec<scores::Score<'a>>,
    verdicts: Vec<guidance::Verdict>,
    alerts: Vec<guidance::Alert>,
    timers: Vec<operation::Timer<'a>>,
    risks: Vec<operation::Risk<'a>>,
    missing: Vec<guidance::Missing>,
    conflicts: Vec<guidance::Conflict<'a>>,
    issues: Vec<Issue<'a>>,
}

#[derive(Serialize)]
struct Versions<'a> {
    spinemet: &'static str,
    knowledge: &'static str,
    mapping: &'a str,
}

/// Everything that is said about one patient.
pub(super) fn answer(
    evaluation: &Evaluation<'_>,
    issues: &[fhir::Issue],
    place: &Place<'_>,
    mapping_version: &str,
) -> Result<Vec<u8>, serde_json::Error> {
    let assessment = &evaluation.assessment;
    as_line(&Answer {
        format: FORMAT,
        source: place.into(),
        patient: &evaluation.record.patient,
        as_of: assessment.case.as_of.to_string(),
        versions: Versions {
            spinemet: env!("CARGO_PKG_VERSION"),
            knowledge: KNOWLEDGE_VERSION,
            mapping: mapping_version,
        },
        scope: assessment.scope.key(),
        scores: assessment.scores.iter().map(Into::into).collect(),
        verdicts: assessment.verdicts.iter().map(Into::into).collect(),
        alerts: assessment.alerts.iter().map(Into::into).collect(),
        timers: assessment.timers.iter().map(Into::into).collect(),
        risks: assessment.risks.iter().map(Into::into).collect(),
        missing: assessment.missing.iter().map(Into::into).collect(),
        conflicts: assessment.conflicts.iter().map(Into::into).collect(),
        issues: issues.iter().map(Into::into).collect(),
    })
}

/// The slugs of several values.
fn keys<T: Domain>(values: impl IntoIterator<Item = T>) -> Vec<&'static str> {
    values.into_iter().map(Domain::key).collect()
}

/// A level as a slug.
fn level(place: Option<spinemet_engine::clinical::Place>) -> Option<&'static str> {
    place.map(spinemet_engine::clinical::Place::key)
}
