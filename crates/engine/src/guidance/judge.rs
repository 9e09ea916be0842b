//! From the table of options to verdicts.

use super::completion::completions;
use super::input::Input;
use super::options::{Criterion, OptionScope, OptionTable, TreatmentOption};
use super::picture::{LevelPicture, PatientPicture, Picture};
use super::rule::Strength;
use super::truth::Truth;
use super::verdict::{Reason, Role, Verdict, VerdictKind};
use crate::clinical::{Domain, ValueSet};

/// Every verdict: option by option in the order of the table, inside an option level by level.
pub fn judge_all(picture: &Picture) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for option in TreatmentOption::ALL.iter().copied() {
        match option.table().scope {
            OptionScope::Patient => verdicts.push(judge(option, &picture.patient, None)),
            OptionScope::Level => verdicts
                .extend(picture.levels.iter().map(|level| judge(option, &picture.patient, Some(level)))),
        }
    }
    verdicts
}

/// The verdict on one option, for the patient or for a level.
pub fn judge(option: TreatmentOption, patient: &PatientPicture, level: Option<&LevelPicture>) -> Verdict {
    let table = option.table();
    let gates = Gates::of(table, patient, level);
    let kind = gates.kind();
    let completions = completions(option, patient, level);
    let strength = match kind {
        VerdictKind::Contraindicated => Some(Strength::Contraindication),
        VerdictKind::Relative => Some(Strength::Relative),
        VerdictKind::Option => Some(table.strength),
        VerdictKind::NotIndicated | VerdictKind::InsufficientData => None,
    };
    Verdict {
        option,
        place: level.map(|level| level.place),
        kind,
        strength,
        required: gates.required,
        contraindicated: gates.contraindicated,
        reachable: completions.kinds,
        hinges_on: completions.hinges,
        is_exact: completions.is_exact,
        reasons: reasons(table, patient, level),
        needs: if kind == VerdictKind::InsufficientData { needs(table, patient, level) } else { Vec::new() },
        afterwards: table.afterwards,
    }
}

/// The kind of the verdict alone.
pub(crate) fn kind(
    option: TreatmentOption,
    patient: &PatientPicture,
    level: Option<&LevelPicture>,
) -> VerdictKind {
    Gates::of(option.table(), patient, level).kind()
}

/// What the columns of the table come to.
pub(super) struct Gates {
    pub required: Truth,
    pub contraindicated: Truth,
    pub reserved: Truth,
    pub waived: Truth,
}

impl Gates {
    pub fn of(table: &OptionTable, patient: &PatientPicture, level: Option<&LevelPicture>) -> Self {
        let truths = |criteria: &'static [Criterion]| {
            criteria.iter().map(move |criterion| criterion.predicate.truth(patient, level))
        };
        Self {
            required: Truth::all(truths(table.required)),
            contraindicated: Truth::any(truths(table.contraindications)),
            reserved: Truth::any(truths(table.reservations)),
            waived: Truth::any(truths(table.waivers)),
        }
    }

    /// The rule of specification A.4, in its order. A reservation that may hold is as undecided as a requirement.
    pub fn kind(&self) -> VerdictKind {
        if self.contraindicated == Truth::True {
            VerdictKind::Contraindicated
        } else if self.required == Truth::False {
            VerdictKind::NotIndicated
        } else if [self.required, self.contraindicated, self.reserved].contains(&Truth::Unknown) {
            VerdictKind::InsufficientData
        } else if self.reserved == Truth::True || self.waived == Truth::True {
            VerdictKind::Relative
        } else {
            VerdictKind::Option
        }
    }
}

fn reasons(table: &OptionTable, patient: &PatientPicture, level: Option<&LevelPicture>) -> Vec<Reason> {
    table
        .criteria()
        .map(|(role, criterion)| {
            let truth = criterion.predicate.truth(patient, level);
            Reason { rule: criterion.rule_for(truth), predicate: criterion.predicate, truth, role }
        })
        .filter(|reason| {
            reason.truth == Truth::True || matches!(reason.role, Role::Required | Role::Contraindication)
        })
        .collect()
}

/// The open inputs of the undecided criteria, each once, in the order of [`Input`].
fn needs(table: &OptionTable, patient: &PatientPicture, level: Option<&LevelPicture>) -> Vec<Input> {
    let needed: ValueSet<Input> = table
        .decisive()
        .filter(|criterion| criterion.predicate.truth(patient, level) == Truth::Unknown)
        .flat_map(|criterion| criterion.predicate.inputs().iter().copied())
        .filter(|input| patient.is_open(*input) || level.is_some_and(|level| level.is_open(*input)))
        .collect();
    needed.iter().collect()
}
