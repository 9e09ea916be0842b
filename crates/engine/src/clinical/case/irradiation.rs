//! Whether a level was irradiated before: as stated, as radiotherapy on record shows, or as follows from what is said of
//! the patient. What nobody said is not known.

use super::weighing::Weighed;
use crate::clinical::{
    Answer, Evidence, Finding, Freshness, Place, ProcedureState, Remark, Statement, ValueSet,
};

/// What is said of the level, and where nothing is, what is said of the patient: who never had radiotherapy had none
/// here. Radiotherapy of a place that nobody named may have been to this level, unless a "no" came after it.
pub(super) fn irradiated(
    facts: &[Weighed<'_>],
    place: Place,
    stated: Finding<Answer>,
    of_patient: impl FnOnce() -> Finding<Answer>,
) -> Finding<Answer> {
    if stated.known() == Some(Answer::No) {
        let newer: Vec<Evidence> = nowhere_named(facts)
            .filter(|evidence| stated.evidence().iter().any(|said| !is_before(evidence, said)))
            .cloned()
            .collect();
        if newer.is_empty() {
            return stated;
        }
        let evidence = stated.evidence().iter().cloned().chain(newer).collect();
        return stated
            .remarks()
            .iter()
            .copied()
            .fold(Finding::recorded(ValueSet::all(), evidence), Finding::with_remark);
    }
    if stated.is_recorded() {
        let by_treatment = facts.iter().any(|fact| {
            matches!(fact.statement, Statement::Procedure(_, _, at) if *at == place)
                && stated.evidence().contains(fact.evidence)
        });
        return if by_treatment { stated.with_remark(Remark::FromTreatment) } else { stated };
    }
    let of_patient = of_patient();
    if of_patient.known() == Some(Answer::No) {
        return of_patient.with_remark(Remark::RecordedForPatient);
    }
    let somewhere: Vec<Evidence> = nowhere_named(facts).cloned().collect();
    if somewhere.is_empty() { stated } else { Finding::recorded(ValueSet::all(), somewhere) }
}

/// Radiotherapy begun or done at a place that nobody named.
fn nowhere_named<'a>(facts: &[Weighed<'a>]) -> impl Iterator<Item = &'a Evidence> {
    let given = facts.iter().filter(|fact| match fact.statement {
        Statement::Procedure(procedure, state, Place::Unstated) => {
            procedure.is_radiotherapy() && *state != ProcedureState::Planned
        }
        _ => false,
    });
    given.filter(|fact| fact.freshness != Freshness::NotYet).map(|fact| fact.evidence)
}

/// Whether a record is certainly of an earlier day than another.
fn is_before(evidence: &Evidence, other: &Evidence) -> bool {
    match (&evidence.effective, &other.effective) {
        (Some(date), Some(other)) => date.latest() < other.earliest() && !date.may_be_same_day(other),
        _ => false,
    }
}
