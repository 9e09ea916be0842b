//! Readers who contradict each other: scores keep the range, safety takes the worse (specification F.3).

use spinemet_engine::assessment::assess;
use spinemet_engine::clinical::{
    Answer, Collapse, Domain, Escc, Fact, Frankel, Lesion, Pain, Place, Question, Statement, Vertebra,
};
use spinemet_engine::guidance::{AlertKind, TreatmentOption, VerdictKind};

use crate::record::{ago, case, dated, days, now};

const T10: Place = Place::At(Vertebra::T10);

fn alerts(facts: Vec<Fact>) -> Vec<AlertKind> {
    let spine = now(Statement::SpinalMetastasis(T10));
    assess(case(facts.into_iter().chain([spine]))).alerts.iter().map(|alert| alert.kind).collect()
}

fn progressing(answer: Answer, date: &str) -> Fact {
    dated(Statement::Answered(Question::NeurologicalProgression, Place::Unstated, answer), date)
}

/// One says that symptoms are getting worse, one that they are not: nobody waits until they agree.
#[test]
fn an_emergency_that_only_one_reader_sees_is_said() {
    let today = "2026-11-22";
    let disputed = || vec![progressing(Answer::Yes, today), progressing(Answer::No, today)];
    assert!(alerts(disputed()).contains(&AlertKind::EmergencyDecompression));
    assert!(!alerts(vec![progressing(Answer::No, today)]).contains(&AlertKind::EmergencyDecompression));
    let superseded = vec![progressing(Answer::Yes, "2026-11-20"), progressing(Answer::No, today)];
    assert!(!alerts(superseded).contains(&AlertKind::EmergencyDecompression), "it stopped");
    // The examinations show a fall, though somebody said no.
    let fallen = vec![
        dated(Statement::Frankel(Frankel::E.into()), &ago(days(2))),
        now(Statement::Frankel(Frankel::C.into())),
        progressing(Answer::No, today),
    ];
    assert!(alerts(fallen).contains(&AlertKind::EmergencyDecompression));
}

#[test]
fn the_worse_grade_and_the_worse_deficit_are_warned_of() {
    let grades = [Escc::Grade1b, Escc::Grade3].map(|grade| now(Statement::Escc(T10, grade.into())));
    let neurology = [Frankel::D, Frankel::E].map(|grade| now(Statement::Frankel(grade.into())));
    let both = alerts(grades.iter().chain(&neurology).cloned().collect());
    assert!(both.contains(&AlertKind::DeficitWithHighGradeCompression), "{both:?}");
    let unexamined = alerts(grades.to_vec());
    assert!(unexamined.contains(&AlertKind::HighGradeCompressionWithoutNeurology), "{unexamined:?}");
    let deficit = alerts(neurology.to_vec());
    assert!(deficit.contains(&AlertKind::DeficitOnRecord), "{deficit:?}");
    // The verdicts and scores do not choose.
    let spine = now(Statement::SpinalMetastasis(T10));
    let assessment = assess(case(grades.iter().cloned().chain([spine])));
    let separation = assessment.verdicts_on(TreatmentOption::SeparationSurgerySsrs).next().unwrap();
    assert_eq!(separation.kind, VerdictKind::InsufficientData);
    assert_eq!(assessment.worst_compression(), [T10]);
    assert_eq!(assessment.conflicts.len(), 1);
}

#[test]
fn the_less_stable_reading_calls_for_a_consultation() {
    let read = |collapse: Collapse, lesion: Lesion| {
        [Statement::Collapse(T10, collapse.into()), Statement::Lesion(T10, lesion.into())].map(now)
    };
    let base = [
        Statement::Pain(T10, Pain::Mechanical.into()),
        Statement::Alignment(T10, Domain::from_key("normal").into_iter().collect()),
        Statement::Posterolateral(T10, Domain::from_key("none").into_iter().collect()),
    ]
    .map(now);
    let worse = || read(Collapse::OverHalf, Lesion::Lytic);
    let better = || read(Collapse::NoCollapse, Lesion::Blastic);
    let consults = |readings: Vec<Fact>| {
        alerts(base.iter().cloned().chain(readings).collect()).contains(&AlertKind::SurgicalConsultation)
    };
    assert!(consults(worse().to_vec()), "1 + 3 + 2 + 0 + 3 + 0 = 9");
    assert!(!consults(better().to_vec()), "4");
    assert!(consults(worse().into_iter().chain(better()).collect()));
}
