//! Scores with their items.

use serde::Serialize;
use spinemet_engine::clinical::{Domain, Evidence as Record, PartialDate};
use spinemet_engine::scoring::{self, ScoredItem};

use super::{keys, level};

#[derive(Serialize)]
pub(super) struct Score<'a> {
    instrument: &'static str,
    level: Option<&'static str>,
    /// Whether one total, grade or decision is left.
    settled: bool,
    /// The exact set of totals that remain reachable; null for a grading or a table of decisions.
    totals: Option<Vec<u8>>,
    /// The grades that remain reachable; null for an additive score.
    grades: Option<Vec<&'static str>>,
    /// The bands that these fall into.
    bands: Vec<&'static str>,
    items: Vec<Item<'a>>,
    notes: Vec<&'static str>,
}

#[derive(Serialize)]
struct Item<'a> {
    #[serde(rename = "item")]
    key: &'static str,
    /// How the input stands: known, narrowed, conflicting, stale or not-recorded.
    standing: &'static str,
    /// The values that remain possible.
    values: &'a [&'static str],
    /// The points that remain possible; empty for a grade.
    points: Vec<u8>,
    remarks: Vec<&'static str>,
    /// For the primary tumour: on what ground its group was assigned.
    assignments: Vec<Assignment>,
    evidence: Vec<Evidence<'a>>,
}

#[derive(Serialize)]
struct Assignment {
    primary: &'static str,
    ground: &'static str,
}

/// The record behind a value.
#[derive(Serialize)]
pub(super) struct Evidence<'a> {
    resource: &'a str,
    version: Option<&'a str>,
    element: &'a str,
    effective: Option<&'a str>,
    rule: &'a str,
    system: Option<&'a str>,
    code: Option<&'a str>,
    preliminary: bool,
}

impl<'a> From<&'a scoring::Score> for Score<'a> {
    fn from(score: &'a scoring::Score) -> Self {
        Self {
            instrument: score.instrument.key(),
            level: level(score.place),
            settled: score.is_settled(),
            totals: score.totals().map(|totals| totals.iter().collect()),
            grades: score.grades().map(|grades| keys(grades.iter())),
            bands: keys(score.bands.iter().copied()),
            items: score.items.iter().map(Into::into).collect(),
            notes: keys(score.notes.iter().copied()),
        }
    }
}

impl<'a> From<&'a ScoredItem> for Item<'a> {
    fn from(item: &'a ScoredItem) -> Self {
        let assignments = item.assignments.iter();
        Self {
            key: item.item.key(),
            standing: item.standing.key(),
            values: &item.values,
            points: item.points.iter().collect(),
            remarks: item.remarks.iter().map(|remark| remark.key()).collect(),
            assignments: assignments
                .map(|assignment| Assignment {
                    primary: assignment.site.key(),
                    ground: assignment.status.key(),
                })
                .collect(),
            evidence: item.evidence.iter().map(Into::into).collect(),
        }
    }
}

impl<'a> From<&'a Record> for Evidence<'a> {
    fn from(record: &'a Record) -> Self {
        Self {
            resource: &record.resource,
            version: record.version.as_deref(),
            element: &record.element,
            effective: record.effective.as_ref().map(PartialDate::text),
            rule: &record.rule,
            system: record.code.as_ref().map(|code| code.system.as_str()).filter(|system| !system.is_empty()),
            code: record.code.as_ref().map(|code| code.code.as_str()),
            preliminary: record.preliminary,
        }
    }
}
