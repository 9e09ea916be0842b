//! Answers to questions, and what other records imply for them.

use spinemet_engine::clinical::{
    Answer, BreastReceptors, Domain, Drug, DrugUse, Fact, Finding, Place, Procedure, ProcedureState,
    Question, QuestionScope, Remark, Standing, Statement, Vertebra, VisceralPattern, VisceralState,
};
use spinemet_engine::guidance::Input;

use crate::record::{assert_finding, at, case, case_now, dated, now, set};

const T10: Place = Place::At(Vertebra::T10);

fn says(question: Question, answer: Answer) -> Statement {
    Statement::Answered(question, Place::Unstated, answer)
}

fn of(facts: Vec<Fact>, question: Question, place: Option<Place>) -> Finding<Answer> {
    case(facts).answer(question, place).cloned().unwrap_or_else(Finding::not_recorded)
}

/// Every question that the guidance reads, and every yes-or-no input, have one name.
#[test]
fn every_yes_or_no_input_is_a_question() {
    for input in Input::ALL.iter().filter(|input| input.is_flag()) {
        let question = Question::from_key(input.key());
        assert!(question.is_some(), "{}", input.key());
    }
}

#[test]
fn an_answer_that_nobody_gave_is_neither_yes_nor_no() {
    for question in Question::ALL.iter().copied() {
        let place = (question.scope() == QuestionScope::Level).then_some(T10);
        let finding = of(vec![now(Statement::SpinalMetastasis(T10))], question, place);
        assert_finding(&finding, Standing::NotRecorded, &[Answer::Yes, Answer::No]);
    }
}

#[test]
fn the_newest_judgement_counts() {
    let question = Question::SurgicalTolerance;
    let facts = || {
        vec![
            dated(says(question, Answer::No), "2026-11-10"),
            dated(says(question, Answer::Yes), "2026-11-20"),
        ]
    };
    assert_eq!(of(facts(), question, None).known(), Some(Answer::Yes));
    let same_day = vec![
        dated(says(question, Answer::No), "2026-11-20"),
        dated(says(question, Answer::Yes), "2026-11-20"),
    ];
    assert_eq!(of(same_day, question, None).standing(), Standing::Conflicting);
    assert_eq!(
        of(vec![dated(says(question, Answer::Yes), "2026-10-01")], question, None).standing(),
        Standing::Stale
    );
}

/// Nobody refuted it, so that a newer "no" makes a conflict: unknown, and not absent.
#[test]
fn a_disease_on_record_stays_beside_a_newer_no() {
    let question = Question::Infection;
    let facts = vec![
        dated(says(question, Answer::Yes), "2026-03-01"),
        dated(says(question, Answer::No), "2026-11-21"),
    ];
    assert_finding(&of(facts, question, None), Standing::Conflicting, &[Answer::Yes, Answer::No]);
    let old = vec![dated(says(question, Answer::Yes), "2020-01-01")];
    assert_eq!(of(old, question, None).known(), Some(Answer::Yes), "a disease does not age");
    let old_no = vec![dated(says(question, Answer::No), "2026-10-01")];
    assert_eq!(of(old_no, question, None).standing(), Standing::Stale, "its absence does");
}

#[test]
fn an_answer_about_a_level_belongs_to_that_level() {
    let question = Question::PosteriorWallIntact;
    let t12 = at(Vertebra::T12);
    let two = case_now([
        Statement::SpinalMetastasis(T10),
        Statement::SpinalMetastasis(t12),
        Statement::Answered(question, t12, Answer::Yes),
    ]);
    assert_eq!(two.answer(question, Some(t12)).and_then(Finding::known), Some(Answer::Yes));
    assert!(two.answer(question, Some(T10)).is_none());
    let one = case_now([Statement::SpinalMetastasis(T10), says(question, Answer::Yes)]);
    let attributed = one.answer(question, Some(T10)).unwrap();
    assert_eq!(
        (attributed.known(), attributed.remarks()),
        (Some(Answer::Yes), &[Remark::AttributedToOnlyLevel][..])
    );
}

/// Treatment on record answers questions, as what it is: with a remark, and never with a "no" that nobody said.
#[test]
fn treatment_on_record_answers_what_it_implies() {
    let spine = Place::Unstated;
    let cases = [
        (
            Statement::Drug(Drug::CytotoxicChemotherapy, DrugUse::Given),
            Question::PriorChemotherapy,
            Some(Answer::Yes),
        ),
        (Statement::Drug(Drug::CytotoxicChemotherapy, DrugUse::NotTaken), Question::PriorChemotherapy, None),
        (
            Statement::Drug(Drug::Glucocorticoid, DrugUse::Prescribed),
            Question::Glucocorticoids,
            Some(Answer::Yes),
        ),
        (
            Statement::Drug(Drug::Glucocorticoid, DrugUse::NotTaken),
            Question::Glucocorticoids,
            Some(Answer::No),
        ),
        (Statement::Drug(Drug::Glucocorticoid, DrugUse::Stopped), Question::Glucocorticoids, None),
        (
            Statement::Procedure(Procedure::Radiotherapy, ProcedureState::Done, spine),
            Question::PriorRadiotherapy,
            Some(Answer::Yes),
        ),
        (
            Statement::Procedure(Procedure::Radiotherapy, ProcedureState::Planned, spine),
            Question::PriorRadiotherapy,
            None,
        ),
        (
            Statement::Procedure(Procedure::SeparationSurgery, ProcedureState::Planned, T10),
            Question::SurgeryPlanned,
            Some(Answer::Yes),
        ),
        (
            Statement::Procedure(Procedure::Fixation, ProcedureState::Done, T10),
            Question::SurgeryPlanned,
            None,
        ),
        (
            Statement::Procedure(Procedure::Embolisation, ProcedureState::Planned, T10),
            Question::PreoperativeEmbolisation,
            Some(Answer::Yes),
        ),
    ];
    for (statement, question, expected) in cases {
        let what = format!("{statement}: {}", question.key());
        let finding = of(vec![now(statement)], question, None);
        assert_eq!(finding.known(), expected, "{what}");
        assert_eq!(finding.remarks().contains(&Remark::FromTreatment), expected.is_some(), "{what}");
    }
}

/// A plan whose day has passed, an embolisation of last week: neither says anything about the coming operation.
#[test]
fn what_is_over_implies_nothing_for_what_is_planned() {
    let planned = Statement::Procedure(Procedure::Fixation, ProcedureState::Planned, T10);
    for (date, expected) in
        [("2026-12-01", Some(Answer::Yes)), ("2026-11-22", Some(Answer::Yes)), ("2026-11-01", None)]
    {
        assert_eq!(
            of(vec![dated(planned.clone(), date)], Question::SurgeryPlanned, None).known(),
            expected,
            "{date}"
        );
    }
    let embolised = Statement::Procedure(Procedure::Embolisation, ProcedureState::Done, T10);
    for (date, expected) in [("2026-11-21T18:00:00Z", Some(Answer::Yes)), ("2026-11-15", None)] {
        let finding = of(vec![dated(embolised.clone(), date)], Question::PreoperativeEmbolisation, None);
        assert_eq!(finding.known(), expected, "{date}");
    }
}

#[test]
fn receptors_complete_each_other() {
    use BreastReceptors::{ErNegativePrPositive, ErPositive, HormoneNegativeHer2Positive, TripleNegative};
    let er_negative = set(&[ErNegativePrPositive, HormoneNegativeHer2Positive, TripleNegative]);
    let pr_negative = set(&[ErPositive, HormoneNegativeHer2Positive, TripleNegative]);
    let her2_negative = set(&[ErPositive, ErNegativePrPositive, TripleNegative]);
    let receptors = |statements: &[_]| {
        case_now(statements.iter().map(|values| Statement::BreastReceptors(*values))).breast_receptors
    };
    assert_finding(
        &receptors(&[er_negative, pr_negative, her2_negative]),
        Standing::Known,
        &[TripleNegative],
    );
    assert_finding(
        &receptors(&[er_negative, pr_negative]),
        Standing::Narrowed,
        &[HormoneNegativeHer2Positive, TripleNegative],
    );
    // Primary and metastasis may differ: every reading remains (RUL-4).
    assert_finding(
        &receptors(&[set(&[ErPositive]), set(&[TripleNegative])]),
        Standing::Conflicting,
        &[ErPositive, TripleNegative],
    );
}

#[test]
fn no_visceral_metastases_leaves_no_pattern() {
    use VisceralPattern::{Absent, Disseminated, NodularOrCerebral};
    let pattern = |statements: Vec<Statement>| case_now(statements).visceral_pattern;
    let absent = Statement::VisceralStatus(VisceralState::Absent.into());
    let present = Statement::VisceralStatus(VisceralState::Untreatable.into());
    assert_finding(&pattern(vec![absent.clone()]), Standing::Known, &[Absent]);
    assert_finding(&pattern(vec![present.clone()]), Standing::Narrowed, &[NodularOrCerebral, Disseminated]);
    let disseminated = Statement::VisceralPattern(Disseminated.into());
    assert_finding(&pattern(vec![present, disseminated.clone()]), Standing::Known, &[Disseminated]);
    assert_finding(&pattern(vec![absent, disseminated]), Standing::Conflicting, &[Absent, Disseminated]);
}
