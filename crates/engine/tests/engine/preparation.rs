//! What is said around an operation that is planned (CN-1.1-HEME, CN-3.6-SSI-PREV, CN-3.6-VTE-PREV).

use spinemet_engine::assessment::assess;
use spinemet_engine::clinical::{
    Amount, Analyte, Answer, Domain, Fact, Measured, Place, Procedure, ProcedureState, Question, Statement,
    Vertebra,
};
use spinemet_engine::guidance::{AlertKind, Severity};

use crate::record::{ago, case, dated, days, now};

fn answered(question: Question, answer: Answer) -> Fact {
    now(Statement::Answered(question, Place::Unstated, answer))
}

fn planned() -> Fact {
    let fixation =
        Statement::Procedure(Procedure::Fixation, ProcedureState::Planned, Place::At(Vertebra::T10));
    dated(fixation, "2026-12-01")
}

fn measured(analyte: Analyte, age: i64) -> Fact {
    let amount = Measured::Exactly(Amount::from_thousandths(5_000));
    dated(Statement::Laboratory(analyte, amount), &ago(days(age)))
}

/// The alerts about preparation, with the rules that they name.
fn said(facts: impl IntoIterator<Item = Fact>) -> Vec<(AlertKind, &'static str)> {
    let spine = now(Statement::SpinalMetastasis(Place::At(Vertebra::T10)));
    let alerts = assess(case(facts.into_iter().chain([spine]))).alerts;
    alerts.iter().map(|alert| (alert.kind, alert.rule.id)).collect()
}

#[test]
fn nothing_is_said_as_long_as_no_operation_is_planned() {
    assert_eq!(said([answered(Question::BleedingRisk, Answer::No)]), []);
    assert_eq!(said([answered(Question::SurgeryPlanned, Answer::No)]), []);
}

/// Combined prophylaxis only where a risk of bleeding is excluded: silence of the record excludes nothing.
#[test]
fn prophylaxis_of_thromboembolism_follows_the_risk_of_bleeding() {
    let prophylaxis = |facts: Vec<Fact>| {
        let all = said(facts.into_iter().chain([planned()])).into_iter();
        all.filter(|(_, rule)| *rule == "CN-3.6-VTE-PREV").map(|(kind, _)| kind).collect::<Vec<_>>()
    };
    let bleeding = |answer| answered(Question::BleedingRisk, answer);
    assert_eq!(prophylaxis(vec![]), [AlertKind::VteProphylaxisUndecided]);
    assert_eq!(prophylaxis(vec![bleeding(Answer::No)]), [AlertKind::CombinedVteProphylaxis]);
    assert_eq!(prophylaxis(vec![bleeding(Answer::Yes)]), [AlertKind::VteProphylaxisAgainstBleeding]);
    let both = vec![bleeding(Answer::Yes), bleeding(Answer::No)];
    assert_eq!(prophylaxis(both), [AlertKind::VteProphylaxisUndecided], "a contradiction decides nothing");
    assert_eq!(AlertKind::CombinedVteProphylaxis.severity(), Severity::Info);
}

#[test]
fn blood_counts_and_coagulation_are_asked_for_before_an_operation() {
    let asked = |facts: Vec<Fact>| {
        said(facts.into_iter().chain([planned()])).contains(&(AlertKind::BloodCountsNotRecent, "CN-1.1-HEME"))
    };
    let all = |age| {
        vec![
            measured(Analyte::Leukocytes, age),
            measured(Analyte::Platelets, age),
            measured(Analyte::Inr, age),
        ]
    };
    assert!(asked(vec![]));
    assert!(!asked(all(1)));
    assert!(!asked(all(14)), "up to the window before an operation");
    assert!(asked(all(15)));
    for lacking in 0..3 {
        let mut some = all(1);
        some.remove(lacking);
        assert!(asked(some), "without the {lacking}th");
    }
    let by_aptt =
        [measured(Analyte::Leukocytes, 1), measured(Analyte::Platelets, 1), measured(Analyte::Aptt, 1)];
    assert!(!asked(by_aptt.to_vec()), "either tells of coagulation");
}

#[test]
fn what_raises_the_risk_of_infection_is_said() {
    let said_of = |question, answer| {
        said([planned(), answered(question, answer)])
            .contains(&(AlertKind::SurgicalSiteInfectionRisk, "CN-3.6-SSI-PREV"))
    };
    for question in [
        Question::Malnutrition,
        Question::PriorChemotherapy,
        Question::PriorRadiotherapy,
        Question::Smoking,
        Question::Obesity,
        Question::CardiovascularDisease,
    ] {
        assert!(said_of(question, Answer::Yes), "{}", question.key());
        assert!(!said_of(question, Answer::No), "{}", question.key());
    }
    assert!(!said_of(Question::LowBoneDensity, Answer::Yes));
}
