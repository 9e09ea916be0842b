//! Getting worse: as a clinician codes it, or as dated examinations show it (specification A.4, gate G0; CN-1.4-NEURO-EMERG).

use spinemet_engine::assessment::assess;
use spinemet_engine::clinical::{
    Answer, Escc, Fact, Finding, Frankel, Place, Question, Remark, Standing, Statement, ValueSet, Vertebra,
};
use spinemet_engine::guidance::{AlertKind, TreatmentOption, VerdictKind};

use crate::record::{case, dated, now};

fn frankel(grade: Frankel, date: &str) -> Fact {
    dated(Statement::Frankel(grade.into()), date)
}

fn asia(grade: Frankel, date: &str) -> Fact {
    dated(Statement::AsiaImpairment(grade.into()), date)
}

fn walks(answer: Answer, date: &str) -> Fact {
    dated(Statement::Answered(Question::Ambulatory, Place::Unstated, answer), date)
}

fn progression(facts: Vec<Fact>) -> Finding<Answer> {
    let case = case(facts);
    case.answer(Question::NeurologicalProgression, None).cloned().unwrap_or_else(Finding::not_recorded)
}

fn progresses(facts: Vec<Fact>) -> bool {
    progression(facts).known() == Some(Answer::Yes)
}

#[test]
fn a_lower_grade_than_before_is_progression() {
    use Frankel::{A, C, D, E};
    let cases: [(&str, Vec<Fact>, bool); 9] = [
        ("E, then D a day later", vec![frankel(E, "2026-11-20"), frankel(D, "2026-11-21")], true),
        ("D, then A", vec![frankel(D, "2026-11-19"), frankel(A, "2026-11-22")], true),
        ("D, then D", vec![frankel(D, "2026-11-20"), frankel(D, "2026-11-21")], false),
        ("C, then D", vec![frankel(C, "2026-11-20"), frankel(D, "2026-11-21")], false),
        ("ASIA counts by its letter", vec![asia(E, "2026-11-20"), asia(D, "2026-11-21")], true),
        (
            "a fall within the course, with the lower grade repeated",
            vec![frankel(E, "2026-11-12"), frankel(D, "2026-11-20"), frankel(D, "2026-11-22")],
            true,
        ),
        (
            "a fall long past, and stable since",
            vec![frankel(E, "2026-06-01"), frankel(D, "2026-09-01"), frankel(D, "2026-11-22")],
            false,
        ),
        (
            "the newest examination is too old to tell of today",
            vec![frankel(E, "2026-10-01"), frankel(D, "2026-10-05")],
            false,
        ),
        (
            "hours apart on one day",
            vec![frankel(E, "2026-11-22T06:00:00Z"), frankel(C, "2026-11-22T11:00:00Z")],
            true,
        ),
    ];
    for (what, facts, expected) in cases {
        assert_eq!(progresses(facts), expected, "{what}");
    }
}

/// What may be no fall is none: a grade that leaves a choice, a date that may be the same day.
#[test]
fn a_fall_must_be_certain() {
    let either: ValueSet<Frankel> = [Frankel::D, Frankel::E].into_iter().collect();
    let vague = dated(Statement::Frankel(either), "2026-11-22");
    assert!(!progresses(vec![frankel(Frankel::E, "2026-11-20"), vague]));
    assert!(!progresses(vec![frankel(Frankel::E, "2026-11-22"), frankel(Frankel::D, "2026-11-22")]));
    assert!(!progresses(vec![frankel(Frankel::E, "2026-11"), frankel(Frankel::D, "2026-11-22")]));
    assert!(!progresses(vec![frankel(Frankel::E, ""), frankel(Frankel::D, "2026-11-22")]));
}

#[test]
fn walking_lost_is_progression() {
    assert!(progresses(vec![walks(Answer::Yes, "2026-11-20"), walks(Answer::No, "2026-11-22")]));
    assert!(!progresses(vec![walks(Answer::No, "2026-11-20"), walks(Answer::No, "2026-11-22")]));
    assert!(!progresses(vec![walks(Answer::No, "2026-11-20"), walks(Answer::Yes, "2026-11-22")]));
    assert!(!progresses(vec![walks(Answer::No, "2026-11-22")]), "never seen walking is no loss");
}

#[test]
fn a_stated_no_beside_a_fall_is_a_conflict_and_never_a_no() {
    let stated =
        |answer| now(Statement::Answered(Question::NeurologicalProgression, Place::Unstated, answer));
    let fall = || vec![frankel(Frankel::E, "2026-11-20"), frankel(Frankel::D, "2026-11-22T08:00:00Z")];
    let with = |answer| progression(fall().into_iter().chain([stated(answer)]).collect());
    let conflict = with(Answer::No);
    assert_eq!((conflict.standing(), conflict.known()), (Standing::Conflicting, None));
    let agreed = with(Answer::Yes);
    assert_eq!(agreed.known(), Some(Answer::Yes));
    assert_eq!(agreed.evidence().len(), 3);
    assert_eq!(progression(fall()).remarks(), [Remark::FromCourse]);
    assert_eq!(progression(vec![stated(Answer::No)]).known(), Some(Answer::No));
}

/// The gate goes before the advice to take a biopsy (RUL-10), and lifts the contraindication of separation surgery for a
/// radiosensitive tumour (CN-3.2-SEP-CI2).
#[test]
fn progression_opens_the_emergency_gate() {
    let place = Place::At(Vertebra::T10);
    let facts = vec![
        now(Statement::SpinalMetastasis(place)),
        now(Statement::Escc(place, Escc::Grade3.into())),
        now(Statement::Answered(Question::NoCancerHistory, Place::Unstated, Answer::Yes)),
        frankel(Frankel::E, "2026-11-20"),
        frankel(Frankel::C, "2026-11-22T08:00:00Z"),
    ];
    let assessment = assess(case(facts));
    assert_eq!(assessment.alerts[0].kind, AlertKind::EmergencyDecompression);
    let biopsy = assessment.verdicts_on(TreatmentOption::Biopsy).next().unwrap();
    assert_eq!(biopsy.kind, VerdictKind::NotIndicated);
}
