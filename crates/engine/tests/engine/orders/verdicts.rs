//! An order says what the verdict on the option says that it carries out.

use spinemet_engine::assessment::assess;
use spinemet_engine::clinical::{Domain, Fact, Place, Procedure, ProcedureState, Question, Statement};
use spinemet_engine::guidance::order::{Concern, ConcernKind, Order, Ordered};
use spinemet_engine::guidance::{
    OptionScope, Reason, Role, Severity, TreatmentOption, Truth, Verdict, VerdictKind,
};

use super::{beside, order};
use crate::properties::patient;
use crate::record::{Sequence, case, now};

/// Which option of table A.4 an order carries out, and which of its criteria bear on the order: all; of a decompression, which
/// the surgeon has decided on, what forbids it; of conventional radiotherapy, which is given for pain too, instability.
fn judged(procedure: Procedure) -> Option<(TreatmentOption, &'static [&'static str])> {
    const ALL: &[&str] = &[];
    Some(match procedure {
        Procedure::SeparationSurgery => (TreatmentOption::SeparationSurgerySsrs, ALL),
        Procedure::EnBlocSpondylectomy => (TreatmentOption::TotalEnBlocSpondylectomy, ALL),
        Procedure::Decompression | Procedure::SpinalSurgery => {
            (TreatmentOption::LaminectomyFixation, &["cannot-tolerate-surgery"])
        }
        Procedure::Fixation => (TreatmentOption::Stabilisation, ALL),
        Procedure::VertebralAugmentation => (TreatmentOption::VertebralAugmentation, ALL),
        Procedure::RadiofrequencyAblation => (TreatmentOption::RadiofrequencyAblation, ALL),
        Procedure::MicrowaveAblation => (TreatmentOption::MicrowaveAblation, ALL),
        Procedure::Embolisation => (TreatmentOption::Embolisation, ALL),
        Procedure::Radiotherapy => (TreatmentOption::RadiotherapyAlone, &["sins-0-6", "no-mechanical-pain"]),
        Procedure::StereotacticRadiotherapy => (TreatmentOption::SsrsFirst, ALL),
        Procedure::Biopsy | Procedure::SpinalMri | Procedure::SpinalCt => return None,
    })
}

/// What the verdict of an option comes to for an order: kind, severity, and the reasons that say so.
fn expected(verdict: &Verdict, asked: &[&str]) -> Option<(ConcernKind, Severity, Vec<Reason>)> {
    let reasons = |role: Role, truth: Truth| -> Vec<Reason> {
        let bears = |reason: &&Reason| asked.is_empty() || asked.contains(&reason.predicate.key());
        let all = verdict.reasons.iter().filter(bears);
        all.filter(|reason| reason.role == role && reason.truth == truth).copied().collect()
    };
    let forbidden = reasons(Role::Contraindication, Truth::True);
    let failed = reasons(Role::Required, Truth::False);
    let open =
        [reasons(Role::Contraindication, Truth::Unknown), reasons(Role::Required, Truth::Unknown)].concat();
    let reserved = reasons(Role::Reservation, Truth::True);
    // Whether a patient can stand surgery is asked of every operation: that alone is a note.
    let tolerance_alone = open
        .iter()
        .all(|reason| reason.role == Role::Required || reason.predicate.key() == "cannot-tolerate-surgery");
    match (forbidden.is_empty(), failed.is_empty(), open.is_empty(), reserved.is_empty()) {
        (false, ..) => Some((ConcernKind::Contraindicated, Severity::Critical, forbidden)),
        (_, false, ..) => Some((ConcernKind::CriteriaNotMet, Severity::Warning, failed)),
        (_, _, false, _) => {
            let severity = if tolerance_alone { Severity::Info } else { Severity::Warning };
            Some((ConcernKind::MustBeKnown, severity, open))
        }
        (.., false) => Some((ConcernKind::Reservation, Severity::Warning, reserved)),
        _ => None,
    }
}

/// What comes of verdicts, the worst first.
const FROM_VERDICTS: [ConcernKind; 4] = [
    ConcernKind::Contraindicated,
    ConcernKind::CriteriaNotMet,
    ConcernKind::MustBeKnown,
    ConcernKind::Reservation,
];

fn rank(kind: ConcernKind) -> usize {
    FROM_VERDICTS.iter().position(|other| *other == kind).unwrap()
}

/// The verdicts at the levels that an order may be for, with the order in the record as a plan.
fn verdicts(facts: &[Fact], order: &Order, option: TreatmentOption) -> Vec<Verdict> {
    let Ordered::Procedure(procedure) = order.ordered else { panic!("a procedure") };
    let plan = Statement::Procedure(procedure, ProcedureState::Planned, order.place);
    let plan = Fact { statement: plan, evidence: order.evidence.clone() };
    let verdicts = assess(case(facts.iter().cloned().chain([plan]))).verdicts;
    let of_option = verdicts.into_iter().filter(|verdict| verdict.option == option);
    let places = |verdict: &Verdict| {
        option.table().scope == OptionScope::Patient
            || order.place == Place::Unstated
            || verdict.place == Some(order.place)
    };
    of_option.filter(places).collect()
}

/// For every procedure and drawn patients, complete and with gaps: what is said is the worst of the verdicts on the option at
/// the levels that the order may be for, by the criteria that bear on it.
#[test]
fn an_order_is_told_what_the_verdict_on_its_option_says() {
    let mut sequence = Sequence::new(61);
    let mut seen = [0; FROM_VERDICTS.len() + 1];
    for round in 0..900 {
        let full = patient(&mut sequence);
        let levels: Vec<Place> = full
            .iter()
            .filter_map(|statement| match statement {
                Statement::SpinalMetastasis(place) => Some(*place),
                _ => None,
            })
            .collect();
        let keep = 2 + round % 4;
        let facts: Vec<Fact> = full
            .into_iter()
            .filter(|statement| {
                matches!(statement, Statement::SpinalMetastasis(_)) || sequence.below(keep) > 0 || keep == 5
            })
            .filter(|statement| !is_progression(statement))
            .map(now)
            .collect();
        let place = if sequence.below(3) == 0 { Place::Unstated } else { levels[0] };
        let procedure = Procedure::ALL[sequence.below(Procedure::ALL.len())];
        let order = order(Ordered::Procedure(procedure), "2026-12-20", place);
        let from_verdicts: Vec<Concern> = beside(&case(facts.clone()), &order, &[])
            .into_iter()
            .filter(|concern| FROM_VERDICTS.contains(&concern.kind))
            .collect();
        let Some((option, asked)) = judged(procedure) else {
            assert_eq!(from_verdicts, [], "{procedure:?}");
            continue;
        };
        let verdicts = verdicts(&facts, &order, option);
        let worst =
            verdicts.iter().filter_map(|verdict| expected(verdict, asked)).map(|said| rank(said.0)).min();
        assert_eq!(from_verdicts.iter().map(|said| rank(said.kind)).collect::<Vec<_>>(), worst.as_slice());
        let Some(said) = from_verdicts.first() else {
            seen[FROM_VERDICTS.len()] += 1;
            continue;
        };
        seen[rank(said.kind)] += 1;
        let verdict = verdicts.iter().find(|verdict| verdict.place == said.place).unwrap();
        let (_, mut severity, reasons) = expected(verdict, asked).unwrap();
        let everywhere = verdicts.iter().all(|verdict| verdict.kind == VerdictKind::Contraindicated);
        if said.kind == ConcernKind::Contraindicated && !everywhere {
            severity = Severity::Warning;
        }
        let mut rules: Vec<&str> = reasons.iter().map(|reason| reason.rule.id).collect();
        let mut told = Vec::new();
        rules.retain(|rule| {
            let is_new = !told.contains(rule);
            told.push(*rule);
            is_new
        });
        assert_eq!((said.severity, said.option, &said.reasons), (severity, Some(option), &reasons));
        assert_eq!(said.rules.iter().map(|rule| rule.id).collect::<Vec<_>>(), rules);
        assert_eq!(said.needs.is_empty(), said.kind != ConcernKind::MustBeKnown, "{said:?}");
        if verdict.kind == VerdictKind::InsufficientData {
            assert!(said.needs.iter().all(|need| verdict.needs.contains(need)), "{said:?}\n{verdict:?}");
        }
    }
    assert!(seen.iter().all(|count| *count > 3), "{seen:?}");
}

fn is_progression(statement: &Statement) -> bool {
    matches!(statement, Statement::Answered(Question::NeurologicalProgression, ..))
}
