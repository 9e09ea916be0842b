//! The account for machines: one JSON object a line, with an element for each resource or question in it.

use serde::Serialize;
use spinemet_engine::clinical::Freshness;

use super::super::json::{Issue, Source, as_line};
use super::super::records::Place;
use super::account::{Entry, Fate, Rule, counts};
use crate::assess::Evaluation;

/// The name of the format.
pub(super) const FORMAT: &str = "spinemet-explanation/1";

#[derive(Serialize)]
struct Answer<'a> {
    format: &'static str,
    source: Source,
    patient: &'a str,
    as_of: String,
    resources: Vec<Row<'a>>,
    counts: Counts,
    issues: Vec<Issue<'a>>,
}

/// A resource, or a question in it, and what became of it. Keys that do not apply are null.
#[derive(Clone, Copy, Serialize)]
struct Row<'a> {
    resource: &'a str,
    place: &'a str,
    /// mapped, near-miss or left-aside.
    outcome: &'static str,
    statement: Option<&'a str>,
    /// fresh, ageing, undated, stale or not-yet; null for a statement that another resource makes too.
    freshness: Option<&'static str>,
    element: Option<&'a str>,
    /// Why it was not used.
    reason: Option<&'static str>,
    rule: Option<&'a str>,
    /// The mapping file of the rule.
    file: Option<&'a str>,
    line: Option<usize>,
}

#[derive(Serialize)]
struct Counts {
    resources: usize,
    mapped: usize,
    near_misses: usize,
    left_aside: usize,
}

/// What each resource of one record became.
pub(super) fn answer(
    entries: &[Entry<'_>],
    evaluation: &Evaluation<'_>,
    place: &Place<'_>,
) -> Result<Vec<u8>, serde_json::Error> {
    let (mapped, near_misses, left_aside) = counts(entries);
    as_line(&Answer {
        format: FORMAT,
        source: place.into(),
        patient: &evaluation.record.patient,
        as_of: evaluation.assessment.case.as_of.to_string(),
        resources: entries.iter().map(row).collect(),
        counts: Counts { resources: evaluation.record.resources.len(), mapped, near_misses, left_aside },
        issues: evaluation.record.issues.iter().chain(&evaluation.mapped.issues).map(Into::into).collect(),
    })
}

fn row<'a>(entry: &'a Entry<'_>) -> Row<'a> {
    let blank = Row {
        resource: &entry.resource.reference,
        place: &entry.resource.place,
        outcome: "mapped",
        statement: None,
        freshness: None,
        element: None,
        reason: None,
        rule: None,
        file: None,
        line: None,
    };
    match &entry.fate {
        Fate::Mapped { statement, freshness, rule } => Row {
            statement: Some(statement),
            freshness: freshness.map(Freshness::key),
            ..with_rule(blank, Some(rule))
        },
        Fate::NearMiss { element, reason, rule } => Row {
            outcome: "near-miss",
            element: Some(element),
            reason: Some(reason.key()),
            ..with_rule(blank, rule.as_ref())
        },
        Fate::LeftAside(reason) => Row { outcome: "left-aside", reason: Some(reason.key()), ..blank },
    }
}

fn with_rule<'a>(row: Row<'a>, rule: Option<&'a Rule<'_>>) -> Row<'a> {
    let source = rule.and_then(|rule| rule.source.as_ref());
    Row {
        rule: rule.map(|rule| rule.id),
        file: source.map(|source| source.file),
        line: source.map(|source| source.line),
        ..row
    }
}
