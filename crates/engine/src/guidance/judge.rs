//! From the table of options to verdicts.

use super::completion::{Completions, completions};
use super::input::{Input, InputScope};
use super::options::{Criterion, OptionScope, TreatmentOption};
use super::picture::{self, LevelPicture, PatientPicture, Picture};
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
    let criteria: Vec<Judged> = table
        .criteria()
        .map(|(role, criterion)| Judged { role, criterion, truth: criterion.predicate.truth(patient, level) })
        .collect();
    let gates = Gates::of(|role| {
        criteria.iter().filter(move |judged| judged.role == role).map(|judged| judged.truth)
    });
    let kind = gates.kind();
    let completions = completions(&criteria, &gates, patient, level);
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
        yields_to: if completions.kinds.len() == 1 {
            yields_to(option, kind, patient, level)
        } else {
            ValueSet::EMPTY
        },
        is_exact: completions.is_exact,
        reasons: reasons(&criteria),
        needs: if kind == VerdictKind::InsufficientData {
            needs(&criteria, &completions, patient, level)
        } else {
            Vec::new()
        },
        afterwards: table.afterwards,
    }
}

/// The kind of the verdict alone.
pub(crate) fn kind(
    option: TreatmentOption,
    patient: &PatientPicture,
    level: Option<&LevelPicture>,
) -> VerdictKind {
    let table = option.table();
    let of_role = |role| table.of(role).iter().map(|criterion| criterion.predicate.truth(patient, level));
    Gates::of(of_role).kind()
}

/// The yes-or-no inputs of which an answer would change the kind, although everything that is asked for leaves it as it is. The
/// attestations of a waiver count together.
fn yields_to(
    option: TreatmentOption,
    now: VerdictKind,
    patient: &PatientPicture,
    level: Option<&LevelPicture>,
) -> ValueSet<Input> {
    let is_unanswered = |input: &Input| match (input.scope(), level) {
        _ if !input.is_flag() => false,
        (InputScope::Patient, _) => patient.flag(*input) == Truth::Unknown,
        (InputScope::Level, Some(level)) => level.flag(*input) == Truth::Unknown,
        (InputScope::Level, None) => false,
    };
    let becomes = |inputs: ValueSet<Input>, answer: bool| {
        let patient = inputs.iter().fold(*patient, |patient, input| patient.answering(input, answer));
        let level =
            level.map(|level| inputs.iter().fold(*level, |level, input| level.answering(input, answer)));
        self::kind(option, &patient, level.as_ref())
    };
    let of = |criterion: &Criterion| {
        criterion.predicate.inputs().iter().copied().filter(is_unanswered).collect::<ValueSet<Input>>()
    };
    let table = option.table();
    let decisive = table.criteria().filter(|(role, _)| role.is_decisive());
    let alone = decisive.fold(ValueSet::EMPTY, |all, (_, criterion)| all.union(of(criterion)));
    let alone = alone
        .iter()
        .filter(|input| [true, false].into_iter().any(|answer| becomes((*input).into(), answer) != now));
    let waivers = table.waivers.iter().map(of).filter(|inputs| becomes(*inputs, true) != now);
    waivers.fold(alone.collect(), ValueSet::union)
}

/// A criterion of the table, with the part that it plays and whether it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judged {
    pub role: Role,
    pub criterion: &'static Criterion,
    pub truth: Truth,
}

/// What the columns of the table come to.
pub(super) struct Gates {
    pub required: Truth,
    pub contraindicated: Truth,
    pub reserved: Truth,
    pub waived: Truth,
}

impl Gates {
    /// From what the criteria of each column come to.
    fn of<T: Iterator<Item = Truth>>(truths: impl Fn(Role) -> T) -> Self {
        Self {
            required: Truth::all(truths(Role::Required)),
            contraindicated: Truth::any(truths(Role::Contraindication)),
            reserved: Truth::any(truths(Role::Reservation)),
            waived: Truth::any(truths(Role::Waiver)),
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

fn reasons(criteria: &[Judged]) -> Vec<Reason> {
    criteria
        .iter()
        .filter(|judged| {
            judged.truth == Truth::True || matches!(judged.role, Role::Required | Role::Contraindication)
        })
        .map(|Judged { role, criterion, truth }| Reason {
            rule: criterion.rule_for(*truth),
            predicate: criterion.predicate,
            truth: *truth,
            role: *role,
        })
        .collect()
}

/// The open inputs of the undecided criteria, each once, in the order of [`Input`]; of several those alone that can make a
/// difference, as far as that is known.
fn needs(
    criteria: &[Judged],
    completions: &Completions,
    patient: &PatientPicture,
    level: Option<&LevelPicture>,
) -> Vec<Input> {
    let needed: ValueSet<Input> = criteria
        .iter()
        .filter(|judged| judged.role.is_decisive() && judged.truth == Truth::Unknown)
        .flat_map(|judged| {
            let predicate = judged.criterion.predicate;
            let is_unclassed = predicate.reads_totals() && patient.is_unclassed();
            let is_open = move |input: &Input| {
                picture::is_open(*input, patient, level) || (*input == Input::Primary && is_unclassed)
            };
            predicate.inputs().iter().copied().filter(is_open)
        })
        .collect();
    let decisive = needed.intersection(completions.hinges);
    let needed = if completions.is_exact && !decisive.is_empty() { decisive } else { needed };
    needed.iter().collect()
}
