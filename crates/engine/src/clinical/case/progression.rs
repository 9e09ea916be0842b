//! Neurological progression: as coded by a clinician, or as the course of examinations shows it (specification A.4, G0).

use jiff::Timestamp;

use super::weighing::Weighed;
use crate::clinical::circumstances::is_fall;
use crate::clinical::{
    Answer, Evidence, Finding, Freshness, PartialDate, Question, Remark, Standing, Statement, ValueSet,
};

/// How long before the newest examination a better one still shows a fall, even with others in between.
const COURSE_SECONDS: i64 = 14 * 86_400;

/// What was stated, with what the course shows. A fall beside a stated "no" is a conflict, never a "no".
pub(super) fn progression(facts: &[Weighed<'_>], stated: Finding<Answer>) -> Finding<Answer> {
    let course = course(facts);
    if course.is_empty() {
        return stated;
    }
    let evidence: Vec<Evidence> = stated.evidence().iter().chain(&course).cloned().collect();
    let finding = match (stated.standing(), stated.known()) {
        (Standing::NotRecorded | Standing::Stale, _) => Finding::recorded(Answer::Yes.into(), course),
        (_, Some(Answer::Yes)) => Finding::recorded(Answer::Yes.into(), evidence),
        _ => Finding::conflicting(ValueSet::all(), evidence),
    };
    stated.remarks().iter().copied().fold(finding, Finding::with_remark).with_remark(Remark::FromCourse)
}

/// The examinations that show that the patient got worse; none where they do not.
fn course(facts: &[Weighed<'_>]) -> Vec<Evidence> {
    let examinations: Vec<Examination<'_>> = facts.iter().filter_map(Examination::of).collect();
    let Some(newest) = examinations.iter().map(|examination| examination.date.latest()).max() else {
        return Vec::new();
    };
    let mut shown: Vec<Evidence> = Vec::new();
    for now in examinations.iter().filter(|now| now.is_usable && now.date.latest() == newest) {
        let earlier: Vec<&Examination<'_>> =
            examinations.iter().filter(|earlier| earlier.date.latest() < now.date.earliest()).collect();
        for kind in [
            |state: State| matches!(state, State::Grades(_)),
            |state: State| matches!(state, State::Walks(_)),
        ] {
            let before = earlier.iter().copied().filter(|earlier| kind(earlier.state));
            let last = before.clone().map(|earlier| earlier.date.latest()).max();
            let counts = |earlier: &&Examination<'_>| {
                Some(earlier.date.latest()) == last || is_recent(earlier.date, now.date.earliest())
            };
            let better = before.filter(counts).find(|earlier| now.state.is_worse_than(earlier.state));
            shown.extend(
                better.into_iter().flat_map(|better| [better.evidence.clone(), now.evidence.clone()]),
            );
        }
    }
    shown
}

fn is_recent(date: &PartialDate, now: Timestamp) -> bool {
    now.as_second() - date.earliest().as_second() <= COURSE_SECONDS
}

/// One dated examination.
struct Examination<'a> {
    state: State,
    date: &'a PartialDate,
    evidence: &'a Evidence,
    is_usable: bool,
}

/// What it found.
#[derive(Clone, Copy)]
enum State {
    Grades(ValueSet<crate::clinical::Frankel>),
    Walks(bool),
}

impl<'a> Examination<'a> {
    fn of(fact: &Weighed<'a>) -> Option<Self> {
        let state = match fact.statement {
            Statement::Frankel(grades) | Statement::AsiaImpairment(grades) => State::Grades(*grades),
            Statement::Answered(Question::Ambulatory, _, answer) => State::Walks(*answer == Answer::Yes),
            _ => return None,
        };
        let date = fact.evidence.effective.as_ref().filter(|_| fact.freshness != Freshness::NotYet)?;
        Some(Self { state, date, evidence: fact.evidence, is_usable: fact.freshness.is_usable() })
    }
}

impl State {
    fn is_worse_than(self, earlier: Self) -> bool {
        match (earlier, self) {
            (Self::Grades(before), Self::Grades(now)) => is_fall(before, now),
            (Self::Walks(before), Self::Walks(now)) => before && !now,
            _ => false,
        }
    }
}
