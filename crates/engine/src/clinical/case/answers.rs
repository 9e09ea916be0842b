//! Answers to questions: as given, and as other records imply them.

use super::Answered;
use super::irradiation::irradiated;
use super::progression::progression;
use super::weighing::{Vote, Weighed, is_not_older, votes, weigh_with};
use crate::clinical::question::QuestionKind;
use crate::clinical::{
    Answer, Domain, Drug, DrugUse, Finding, Place, Procedure, ProcedureState, Question, QuestionScope,
    Remark, Statement, ValueSet,
};

/// Every question that the record says something about; those about levels only where it names the level, or where
/// there is just one.
pub(super) fn answers(facts: &[Weighed<'_>], places: &[Place]) -> Vec<Answered> {
    let asked = |question: Question| {
        facts.iter().any(|fact| match fact.statement {
            Statement::Answered(asked, _, _) => *asked == question,
            other => implies(other, question).is_some(),
        })
    };
    let mut answers = Vec::new();
    for question in Question::ALL.iter().copied() {
        match question.scope() {
            // Progression also shows in the course, without anybody having said it.
            QuestionScope::Patient if asked(question) || question == Question::NeurologicalProgression => {
                answers.push(Answered { question, place: None, finding: of(facts, question, places) });
                if question == Question::PreoperativeEmbolisation {
                    answers.extend(places.iter().map(|place| Answered {
                        question,
                        place: Some(*place),
                        finding: embolised(facts, *place),
                    }));
                }
            }
            QuestionScope::Level if asked(question) || question == Question::LevelIrradiated => {
                answers.extend(places.iter().map(|place| Answered {
                    question,
                    place: Some(*place),
                    finding: at(facts, question, *place, places),
                }));
            }
            QuestionScope::Patient | QuestionScope::Level => {}
        }
    }
    answers.retain(|answered| !is_silent(&answered.finding));
    answers
}

fn is_silent(finding: &Finding<Answer>) -> bool {
    !finding.is_recorded() && finding.evidence().is_empty()
}

fn of(facts: &[Weighed<'_>], question: Question, places: &[Place]) -> Finding<Answer> {
    let stated = votes(facts, |statement| says(statement, question, places));
    let finding = weighed(question, &stated);
    if question == Question::NeurologicalProgression {
        return progression(facts, finding);
    }
    let implied = facts.iter().any(|fact| {
        implies(fact.statement, question).is_some() && finding.evidence().contains(fact.evidence)
    });
    if implied { finding.with_remark(Remark::FromTreatment) } else { finding }
}

fn at(facts: &[Weighed<'_>], question: Question, place: Place, places: &[Place]) -> Finding<Answer> {
    let belongs = |stated: Place| stated == place || (stated == Place::Unstated && places.len() == 1);
    let stated = votes(facts, |statement| match statement {
        Statement::Answered(asked, stated, answer) if *asked == question && belongs(*stated) => {
            Some(ValueSet::only(*answer))
        }
        Statement::Procedure(procedure, state, stated)
            if question == Question::LevelIrradiated
                && procedure.is_radiotherapy()
                && *state != ProcedureState::Planned
                && *stated == place
                && place != Place::Unstated =>
        {
            Some(ValueSet::only(Answer::Yes))
        }
        _ => None,
    });
    let finding = weighed(question, &stated);
    let attributed = place != Place::Unstated
        && facts.iter().any(|fact| {
            matches!(fact.statement, Statement::Answered(asked, Place::Unstated, _) if *asked == question)
                && finding.evidence().contains(fact.evidence)
        });
    let finding = if attributed { finding.with_remark(Remark::AttributedToOnlyLevel) } else { finding };
    if question == Question::LevelIrradiated {
        irradiated(facts, place, finding, || of(facts, Question::PriorRadiotherapy, places))
    } else {
        finding
    }
}

/// Whether the deposit of a level was embolised, as far as records name the level.
fn embolised(facts: &[Weighed<'_>], place: Place) -> Finding<Answer> {
    let stated = votes(facts, |statement| match statement {
        Statement::Procedure(Procedure::Embolisation, _, at) if *at == place && place != Place::Unstated => {
            Some(ValueSet::only(Answer::Yes))
        }
        _ => None,
    });
    weighed(Question::PreoperativeEmbolisation, &stated)
}

/// The newest answer; but what lasts, like a disease on record, stays beside a newer "no", because nobody refuted it.
fn weighed(question: Question, stated: &[Vote<'_, Answer>]) -> Finding<Answer> {
    let stays = |vote: &Vote<'_, Answer>| {
        question.kind() == QuestionKind::Lasting && vote.values == ValueSet::only(Answer::Yes)
    };
    weigh_with(stated, |newest, vote| is_not_older(newest.evidence, vote.evidence) || stays(vote))
}

/// What a statement says to a question about the patient, by itself or by what it implies.
fn says(statement: &Statement, question: Question, places: &[Place]) -> Option<ValueSet<Answer>> {
    let is_elsewhere = |at: Place| {
        at != Place::Unstated && places.iter().any(|place| *place != Place::Unstated && *place != at)
    };
    match statement {
        // An embolisation of one level of several is none of the others.
        Statement::Procedure(Procedure::Embolisation, _, at) if is_elsewhere(*at) => None,
        Statement::Answered(asked, _, answer) if *asked == question => Some(ValueSet::only(*answer)),
        _ if question.scope() == QuestionScope::Level => None,
        other => implies(other, question).map(ValueSet::only),
    }
}

fn implies(statement: &Statement, question: Question) -> Option<Answer> {
    let (implied, answer) = match statement {
        Statement::Drug(Drug::CytotoxicChemotherapy, taken) if *taken != DrugUse::NotTaken => {
            (Question::PriorChemotherapy, Answer::Yes)
        }
        Statement::Drug(Drug::Glucocorticoid, DrugUse::NotTaken) => (Question::Glucocorticoids, Answer::No),
        Statement::Drug(Drug::Glucocorticoid, DrugUse::Given | DrugUse::LastTaken | DrugUse::Prescribed) => {
            (Question::Glucocorticoids, Answer::Yes)
        }
        Statement::Procedure(procedure, ProcedureState::Done | ProcedureState::Ongoing, _)
            if procedure.is_radiotherapy() =>
        {
            (Question::PriorRadiotherapy, Answer::Yes)
        }
        Statement::Procedure(procedure, ProcedureState::Planned, _) if procedure.is_open_surgery() => {
            (Question::SurgeryPlanned, Answer::Yes)
        }
        Statement::Procedure(Procedure::Embolisation, _, _) => {
            (Question::PreoperativeEmbolisation, Answer::Yes)
        }
        _ => return None,
    };
    (implied == question).then_some(answer)
}
