//! The time around an operation: intervals between treatments, and what makes it riskier.

use serde::Serialize;
use spinemet_engine::clinical::{Domain, Place};
use spinemet_engine::guidance::{self, Elapsed};

use super::keys;
use super::scores::Evidence;

#[derive(Serialize)]
pub(super) struct Timer<'a> {
    #[serde(rename = "timer")]
    kind: &'static str,
    drug: Option<&'static str>,
    /// The level of the operation that something must follow, where its record names it.
    level: Option<&'static str>,
    /// One state, or several where dates leave that open.
    states: Vec<&'static str>,
    severity: &'static str,
    /// Whether an emergency suspends it.
    suspended: bool,
    /// `days` or `hours`; null where there are no two dates.
    unit: Option<&'static str>,
    least: Option<i32>,
    most: Option<i32>,
    /// The first day on which it would be kept.
    earliest: Option<String>,
    /// The last day on which it would be kept, where there is one.
    latest: Option<String>,
    rules: Vec<&'static str>,
    needs: Vec<&'static str>,
    evidence: Vec<Evidence<'a>>,
}

#[derive(Serialize)]
pub(super) struct Risk<'a> {
    factor: &'static str,
    /// true, false or unknown.
    present: &'static str,
    /// What that rests on.
    basis: &'static str,
    rules: Vec<&'static str>,
    measurements: Vec<Measurement>,
    evidence: Vec<Evidence<'a>>,
}

#[derive(Serialize)]
struct Measurement {
    analyte: &'static str,
    /// With its comparator, e.g. `= 3.7`.
    amount: String,
    unit: &'static str,
}

impl<'a> From<&'a guidance::Timer> for Timer<'a> {
    fn from(timer: &'a guidance::Timer) -> Self {
        let (unit, least, most) = match timer.elapsed {
            Some(Elapsed::Days { least, most }) => (Some("days"), Some(least), most),
            Some(Elapsed::Hours { least, most }) => (Some("hours"), Some(least), Some(most)),
            None => (None, None, None),
        };
        Self {
            kind: timer.kind.key(),
            drug: timer.drug.map(Domain::key),
            level: match timer.place {
                Place::At(vertebra) => Some(vertebra.key()),
                Place::Unstated => None,
            },
            states: keys(timer.states.iter()),
            severity: timer.severity().key(),
            suspended: timer.is_suspended,
            unit,
            least,
            most,
            earliest: timer.earliest.map(|date| date.to_string()),
            latest: timer.latest.map(|date| date.to_string()),
            rules: timer.rules.iter().map(|rule| rule.id).collect(),
            needs: keys(timer.needs.iter().copied()),
            evidence: timer.evidence.iter().map(Into::into).collect(),
        }
    }
}

impl<'a> From<&'a guidance::Risk> for Risk<'a> {
    fn from(risk: &'a guidance::Risk) -> Self {
        Self {
            factor: risk.factor.key(),
            present: risk.truth.key(),
            basis: risk.basis.key(),
            rules: risk.rules.iter().map(|rule| rule.id).collect(),
            measurements: risk
                .measurements
                .iter()
                .map(|record| Measurement {
                    analyte: record.analyte.key(),
                    amount: record.measured.to_string(),
                    unit: record.analyte.unit(),
                })
                .collect(),
            evidence: risk.evidence.iter().map(Into::into).collect(),
        }
    }
}
