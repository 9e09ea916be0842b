//! What was done, given and measured: kept as recorded, because dates matter here and not only the newest statement.

use super::weighing::Weighed;
use super::{DrugRecord, LaboratoryRecord, ProcedureRecord};
use crate::clinical::{Analyte, Domain, Freshness, FreshnessPolicy, Measured, Statement};
use jiff::Timestamp;

/// Every statement about a drug, in canonical order.
pub(super) fn drugs(facts: &[Weighed<'_>]) -> Vec<DrugRecord> {
    let known = facts.iter().filter(|fact| fact.freshness != Freshness::NotYet);
    known
        .filter_map(|fact| match fact.statement {
            Statement::Drug(drug, taken) => {
                Some(DrugRecord { drug: *drug, taken: *taken, evidence: fact.evidence.clone() })
            }
            _ => None,
        })
        .collect()
}

/// Every statement about a procedure, in canonical order.
pub(super) fn procedures(facts: &[Weighed<'_>]) -> Vec<ProcedureRecord> {
    let known = facts.iter().filter(|fact| fact.freshness != Freshness::NotYet);
    known
        .filter_map(|fact| match fact.statement {
            Statement::Procedure(procedure, state, place) => Some(ProcedureRecord {
                procedure: *procedure,
                state: *state,
                place: *place,
                evidence: fact.evidence.clone(),
            }),
            _ => None,
        })
        .collect()
}

/// The newest measurement of each analyte, in the order of [`Analyte`]; more than one where none is the newer.
pub(super) fn laboratory(
    facts: &[Weighed<'_>],
    as_of: Timestamp,
    policy: &FreshnessPolicy,
) -> Vec<LaboratoryRecord> {
    let measured: Vec<(Analyte, Measured, &Weighed<'_>)> = facts
        .iter()
        .filter(|fact| fact.freshness != Freshness::NotYet)
        .filter_map(|fact| match fact.statement {
            Statement::Laboratory(analyte, measured) => Some((*analyte, *measured, fact)),
            _ => None,
        })
        .collect();
    let of = |analyte: Analyte| measured.iter().filter(move |(other, _, _)| *other == analyte);
    Analyte::ALL
        .iter()
        .flat_map(|analyte| {
            let latest = of(*analyte)
                .filter_map(|(_, _, fact)| fact.evidence.effective.as_ref())
                .map(|date| (date.latest(), date.earliest()))
                .max();
            of(*analyte).filter(move |(_, _, fact)| {
                let date = fact.evidence.effective.as_ref();
                date.is_none_or(|date| latest.is_some_and(|(_, earliest)| date.latest() >= earliest))
            })
        })
        .map(|(analyte, measured, fact)| LaboratoryRecord {
            analyte: *analyte,
            measured: *measured,
            evidence: fact.evidence.clone(),
            for_prognosis: fact.freshness,
            for_operation: policy.judge_laboratory_before_operation(fact.evidence, as_of),
        })
        .collect()
}
