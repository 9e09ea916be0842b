//! What the verdicts of the guidance say of an operation, an intervention, radiotherapy or imaging that is ordered.

use super::{Beside, Concern, ConcernKind, Input, Order};
use crate::clinical::{Answer, Case, Frankel, Place, Procedure, Question, ValueSet};
use crate::guidance::alert::Severity;
use crate::guidance::judge::judge;
use crate::guidance::options::{OptionScope, TreatmentOption};
use crate::guidance::picture::{Picture, is_open};
use crate::guidance::predicate::Predicate;
use crate::guidance::rule::{Rule, rules as cn};
use crate::guidance::truth::Truth;
use crate::guidance::verdict::{Reason, Role, Verdict, VerdictKind};

/// Which option of the table an order carries out, and which of its criteria bear on the order. Whoever orders a
/// decompression has decided that it is intended, so that only what forbids it is asked.
struct Judged {
    option: TreatmentOption,
    asks: fn(&Reason) -> bool,
}

const fn judged(procedure: Procedure) -> Option<Judged> {
    const fn everything(_: &Reason) -> bool {
        true
    }
    fn what_forbids(reason: &Reason) -> bool {
        reason.role == Role::Contraindication
    }
    // Radiotherapy is also given after operations and to relieve pain: only what speaks against it alone is asked.
    fn instability(reason: &Reason) -> bool {
        matches!(reason.predicate, Predicate::SinsStable | Predicate::NoMechanicalPain)
    }
    let (option, asks): (TreatmentOption, fn(&Reason) -> bool) = match procedure {
        Procedure::SeparationSurgery => (TreatmentOption::SeparationSurgerySsrs, everything),
        Procedure::EnBlocSpondylectomy => (TreatmentOption::TotalEnBlocSpondylectomy, everything),
        Procedure::Decompression | Procedure::SpinalSurgery => {
            (TreatmentOption::LaminectomyFixation, what_forbids)
        }
        Procedure::Fixation => (TreatmentOption::Stabilisation, everything),
        Procedure::VertebralAugmentation => (TreatmentOption::VertebralAugmentation, everything),
        Procedure::RadiofrequencyAblation => (TreatmentOption::RadiofrequencyAblation, everything),
        Procedure::MicrowaveAblation => (TreatmentOption::MicrowaveAblation, everything),
        Procedure::Embolisation => (TreatmentOption::Embolisation, everything),
        // That the consensus does not advise a biopsy is no reason against one.
        Procedure::Biopsy | Procedure::SpinalMri | Procedure::SpinalCt => return None,
        Procedure::Radiotherapy => (TreatmentOption::RadiotherapyAlone, instability),
        Procedure::StereotacticRadiotherapy => (TreatmentOption::SsrsFirst, everything),
    };
    Some(Judged { option, asks })
}

pub(super) fn concerns(beside: Beside<'_>, case: &Case, order: &Order, procedure: Procedure) -> Vec<Concern> {
    let mut concerns = Vec::new();
    let relieves_the_cord = relieves_the_cord(procedure);
    let is_emergency = case.known_answer(Question::NeurologicalProgression, None) == Some(Answer::Yes);
    if is_emergency && !relieves_the_cord {
        let mut concern =
            Concern::new(ConcernKind::EmergencyFirst, Severity::Critical, vec![cn::NEURO_EMERG]);
        let progression = case.answer(Question::NeurologicalProgression, None);
        concern.evidence = progression.map(|finding| finding.evidence().to_vec()).unwrap_or_default();
        concerns.push(concern);
    }
    let picture = Picture::with_thresholds(case, beside.thresholds);
    concerns.extend(fracture(&picture, order, procedure));
    let is_combined = procedure.is_radiotherapy() && is_beside_an_operation(case);
    let Some(judged) = judged(procedure).filter(|_| !is_combined) else { return concerns };
    let verdicts = verdicts(&picture, judged.option, order.place);
    let worst = verdicts
        .iter()
        .filter_map(|verdict| verdict_concern(&picture, verdict, judged.asks))
        .max_by_key(rank);
    if let Some(mut concern) = worst {
        let is_everywhere = verdicts.iter().all(|verdict| verdict.kind == VerdictKind::Contraindicated);
        // Of several levels, and none named, it is not certain that the order is for one where it is forbidden.
        if concern.kind == ConcernKind::Contraindicated && !is_everywhere {
            concern.severity = Severity::Warning;
        }
        // In an emergency nobody waits for attestations and criteria (RUL-10); what is forbidden stays forbidden.
        if !is_emergency || concern.kind == ConcernKind::Contraindicated {
            concerns.push(concern);
        }
    }
    concerns
}

/// Operations that take pressure from the cord: the consensus asks for them when neurology gets worse.
const fn relieves_the_cord(procedure: Procedure) -> bool {
    matches!(
        procedure,
        Procedure::SpinalSurgery
            | Procedure::SeparationSurgery
            | Procedure::Decompression
            | Procedure::Fixation
    )
}

fn is_beside_an_operation(case: &Case) -> bool {
    case.procedures.iter().any(|record| record.procedure.is_open_surgery())
}

/// The verdicts that an order may be under: at its level, or at every level where it names none.
fn verdicts(picture: &Picture, option: TreatmentOption, place: Place) -> Vec<Verdict> {
    if option.table().scope == OptionScope::Patient {
        return vec![judge(option, &picture.patient, None)];
    }
    let is_named = picture.levels.iter().any(|level| level.place == place);
    let levels = picture.levels.iter().filter(|level| !is_named || level.place == place);
    levels.map(|level| judge(option, &picture.patient, Some(level))).collect()
}

fn rank(concern: &Concern) -> u8 {
    match concern.kind {
        ConcernKind::Contraindicated => 3,
        ConcernKind::CriteriaNotMet => 2,
        ConcernKind::MustBeKnown => 1,
        _ => 0,
    }
}

fn verdict_concern(picture: &Picture, verdict: &Verdict, asks: fn(&Reason) -> bool) -> Option<Concern> {
    let asked: Vec<Reason> = verdict.reasons.iter().copied().filter(asks).collect();
    let of = |role: Role, truth: Truth| {
        let reasons = asked.iter().copied();
        reasons.filter(|reason| reason.role == role && reason.truth == truth).collect::<Vec<Reason>>()
    };
    let forbids = of(Role::Contraindication, Truth::True);
    let fails = of(Role::Required, Truth::False);
    let may_forbid = of(Role::Contraindication, Truth::Unknown);
    let may_fail = of(Role::Required, Truth::Unknown);
    let reserves = of(Role::Reservation, Truth::True);
    let (kind, severity, reasons) = if !forbids.is_empty() {
        (ConcernKind::Contraindicated, Severity::Critical, forbids)
    } else if !fails.is_empty() {
        (ConcernKind::CriteriaNotMet, Severity::Warning, fails)
    } else if !may_forbid.is_empty() || !may_fail.is_empty() {
        let asks_tolerance_alone = may_forbid.iter().all(|reason| reason.rule == cn::LAM_CI);
        let severity = if asks_tolerance_alone { Severity::Info } else { Severity::Warning };
        (ConcernKind::MustBeKnown, severity, [may_forbid, may_fail].concat())
    } else if !reserves.is_empty() {
        (ConcernKind::Reservation, Severity::Warning, reserves)
    } else {
        return None;
    };
    let mut rules: Vec<Rule> = Vec::new();
    for reason in &reasons {
        if !rules.contains(&reason.rule) {
            rules.push(reason.rule);
        }
    }
    let needs = if kind == ConcernKind::MustBeKnown { needs(picture, verdict, &reasons) } else { Vec::new() };
    Some(Concern {
        option: Some(verdict.option),
        place: verdict.place,
        reasons,
        needs,
        ..Concern::new(kind, severity, rules)
    })
}

/// The open inputs that criteria wait for, each once; where the verdict itself is open, those that it needs.
fn needs(picture: &Picture, verdict: &Verdict, reasons: &[Reason]) -> Vec<Input> {
    let read: ValueSet<Input> =
        reasons.iter().flat_map(|reason| reason.predicate.inputs().iter().copied()).collect();
    let needed: Vec<Input> = verdict.needs.iter().copied().filter(|input| read.contains(*input)).collect();
    if !needed.is_empty() {
        return needed;
    }
    let level = picture.levels.iter().find(|level| Some(level.place) == verdict.place);
    read.iter().filter(|input| is_open(*input, &picture.patient, level)).collect()
}

/// Radiotherapy while an operation is planned for a fracture, or for one that is impending (CN-3.7-NO-PREOP-RT).
fn fracture(picture: &Picture, order: &Order, procedure: Procedure) -> Option<Concern> {
    if !procedure.is_radiotherapy() {
        return None;
    }
    let is_named = picture.levels.iter().any(|level| level.place == order.place);
    let broken =
        picture.levels.iter().filter(|level| !is_named || level.place == order.place).find(|level| {
            Predicate::NoFractureAwaitingSurgery.truth(&picture.patient, Some(level)) == Truth::False
        })?;
    let mut concern = Concern::new(
        ConcernKind::RadiotherapyBeforeFractureSurgery,
        Severity::Warning,
        vec![cn::NO_PREOP_RT, cn::RT_WOUND],
    );
    concern.place = Some(broken.place);
    Some(concern)
}

/// ESCC is graded on axial T2 MRI (CN-2.4-HOW). CT is asked about only where a deficit makes the grade urgent.
pub(super) fn imaging(case: &Case, imaging: Procedure) -> Option<Concern> {
    let has_deficit = !case.frankel.possible().contains(Frankel::E);
    let is_graded = case.levels.iter().any(|level| level.escc.is_recorded());
    (imaging == Procedure::SpinalCt && has_deficit && !is_graded).then(|| {
        let mut concern =
            Concern::new(ConcernKind::CompressionNotGraded, Severity::Warning, vec![cn::ESCC_HOW]);
        concern.evidence = case.frankel.evidence().to_vec();
        concern.needs = vec![Input::Escc];
        concern
    })
}
