//! The laboratory item of Katagiri 2014: six analytes, of which none counts twice.

use super::Laboratory;
use crate::clinical::{Amount, Analyte, Case, Evidence, Finding, ValueSet};

/// Whether values beyond the threshold are the high ones or the low ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beyond {
    AtLeast,
    Below,
}

/// The thresholds of the paper, in thousandths of the analyte's unit.
const ABNORMAL: [(Analyte, Beyond, i64); 3] = [
    (Analyte::Crp, Beyond::AtLeast, 400),
    (Analyte::Ldh, Beyond::AtLeast, 250_000),
    (Analyte::Albumin, Beyond::Below, 3_700),
];
const CRITICAL: [(Analyte, Beyond, i64); 3] = [
    (Analyte::Platelets, Beyond::Below, 100_000),
    (Analyte::Calcium, Beyond::AtLeast, 10_300),
    (Analyte::Bilirubin, Beyond::AtLeast, 1_400),
];

/// What the analytes on record leave possible: critical as soon as one is, normal only where all six are known.
pub fn laboratory(case: &Case) -> Finding<Laboratory> {
    let all = || ABNORMAL.iter().chain(&CRITICAL).map(|(analyte, _, _)| *analyte);
    let records = |usable: bool| {
        let of_score =
            case.laboratory.iter().filter(move |record| all().any(|analyte| analyte == record.analyte));
        of_score.filter(move |record| record.for_prognosis.is_usable() == usable)
    };
    let evidence =
        |usable: bool| records(usable).map(|record| record.evidence.clone()).collect::<Vec<Evidence>>();
    if records(true).next().is_none() {
        let stale = evidence(false);
        return if stale.is_empty() { Finding::not_recorded() } else { Finding::stale(stale) };
    }
    let (critical, abnormal) = (any_beyond(case, &CRITICAL), any_beyond(case, &ABNORMAL));
    let possible: ValueSet<Laboratory> = [
        (critical != Some(false), Laboratory::Critical),
        (critical != Some(true) && abnormal != Some(false), Laboratory::Abnormal),
        (critical != Some(true) && abnormal != Some(true), Laboratory::Normal),
    ]
    .into_iter()
    .filter_map(|(is_possible, value)| is_possible.then_some(value))
    .collect();
    records(true).fold(Finding::recorded(possible, evidence(true)), |finding, record| {
        finding.with_remarks_on(record.for_prognosis, &record.evidence)
    })
}

/// Whether any of these analytes is beyond its threshold; `None` where that is open.
fn any_beyond(case: &Case, table: &[(Analyte, Beyond, i64)]) -> Option<bool> {
    let each: Vec<Option<bool>> = table
        .iter()
        .map(|(analyte, beyond, threshold)| is_beyond(case, *analyte, *beyond, *threshold))
        .collect();
    if each.contains(&Some(true)) {
        Some(true)
    } else if each.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// Whether one analyte is beyond its threshold. Records of equal standing must agree.
fn is_beyond(case: &Case, analyte: Analyte, beyond: Beyond, thousandths: i64) -> Option<bool> {
    let threshold = Amount::from_thousandths(thousandths);
    let records =
        case.laboratory.iter().filter(|record| record.analyte == analyte && record.for_prognosis.is_usable());
    let mut readings = records.map(|record| {
        let reaches = record.measured.reaches(threshold)?;
        Some(reaches == (beyond == Beyond::AtLeast))
    });
    let first = readings.next()??;
    readings.all(|reading| reading == Some(first)).then_some(first)
}
