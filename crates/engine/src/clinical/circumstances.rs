//! What happened to the patient that older findings may not reflect (specification F.2).

use jiff::Timestamp;

use super::evidence::Evidence;
use super::fact::{Fact, Statement};
use super::partial_date::PartialDate;
use super::performance::Frankel;
use super::question::{Answer, Question};
use super::treatment::{Event, Procedure, ProcedureState};
use super::value_set::ValueSet;
use super::vertebra::Place;

/// Happenings with their dates, as far as they are dated. An undated happening cannot be called newer than anything.
#[derive(Debug, Default)]
pub(super) struct Circumstances<'a> {
    /// Whether the cord may be at risk: an ESCC grade of 1c or worse is on record, however old, and no newer one of the
    /// same level tells that this is over.
    pub cord_at_risk: bool,
    /// Admissions and fractures: performance status may be another since.
    unsettling: Vec<&'a PartialDate>,
    /// Examinations that show a deficit.
    deficits: Vec<&'a PartialDate>,
    /// Falls, fractures, operations and changes of pain: imaging of the level shows another spine.
    voiding: Vec<(Place, &'a PartialDate)>,
    /// Operations alone: the tumour that was graded and typed is no longer there as it was.
    operated: Vec<(Place, &'a PartialDate)>,
    /// Examinations that are worse than an earlier one, and days on which symptoms were said to be getting worse.
    worsening: Vec<&'a PartialDate>,
}

impl<'a> Circumstances<'a> {
    /// What the facts tell of, up to an instant.
    pub fn of(facts: &'a [Fact], as_of: Timestamp) -> Self {
        let dated: Vec<(&Statement, &PartialDate)> = facts
            .iter()
            .filter_map(|fact| Some((&fact.statement, fact.evidence.effective.as_ref()?)))
            .filter(|(_, date)| date.earliest() <= as_of)
            .collect();
        let mut circumstances = Self::default();
        for (statement, date) in &dated {
            match statement {
                Statement::Event(Event::Hospitalisation) => circumstances.unsettling.push(date),
                // A record of a fracture names no level: images of any level taken before may not show it.
                Statement::Event(Event::Fracture) => {
                    circumstances.unsettling.push(date);
                    circumstances.voiding.push((Place::Unstated, date));
                }
                Statement::Event(Event::Fall) => circumstances.voiding.push((Place::Unstated, date)),
                Statement::Procedure(procedure, ProcedureState::Done, place) if alters_spine(*procedure) => {
                    circumstances.voiding.push((*place, date));
                    if procedure.is_open_surgery() {
                        circumstances.operated.push((*place, date));
                    }
                }
                Statement::Answered(Question::NeurologicalProgression, _, Answer::Yes) => {
                    circumstances.worsening.push(date);
                }
                Statement::Answered(Question::Ambulatory, _, Answer::No) if walked_before(&dated, date) => {
                    circumstances.worsening.push(date);
                }
                Statement::Frankel(grades) | Statement::AsiaImpairment(grades) => {
                    if !grades.contains(Frankel::E) {
                        circumstances.deficits.push(date);
                    }
                    if dated.iter().any(|earlier| is_worse_than(*grades, date, earlier)) {
                        circumstances.worsening.push(date);
                    }
                }
                Statement::Pain(place, pain) => {
                    let changed = dated.iter().any(|(other, other_date)| match other {
                        Statement::Pain(elsewhere, before) => {
                            meet(*place, *elsewhere)
                                && is_before(other_date, date)
                                && pain.intersection(*before).is_empty()
                        }
                        _ => false,
                    });
                    if changed {
                        circumstances.voiding.push((*place, date));
                    }
                }
                _ => {}
            }
        }
        circumstances
    }

    /// Whether something that happened since makes a fact worthless: imaging of a bone before a fall, a fracture, an operation or
    /// a change of pain, and grade and type of a tumour before an operation at its level.
    pub fn void(&self, fact: &Fact) -> bool {
        let (place, happened) = match &fact.statement {
            Statement::Lesion(place, _)
            | Statement::Alignment(place, _)
            | Statement::Collapse(place, _)
            | Statement::Posterolateral(place, _) => (*place, &self.voiding),
            Statement::Answered(question, place, _) if question.is_of_bone() => (*place, &self.voiding),
            Statement::Escc(place, _) | Statement::TomitaType(place, _) | Statement::WbbSectors(place, _) => {
                (*place, &self.operated)
            }
            _ => return false,
        };
        let newer = |date: &PartialDate| is_newer(date, &fact.evidence);
        happened.iter().any(|(elsewhere, date)| meet(place, *elsewhere) && newer(date))
    }

    /// Whether performance status was recorded before an admission, a fracture or a new deficit.
    pub fn overtake(&self, fact: &Fact) -> bool {
        if !matches!(fact.statement, Statement::Karnofsky(_) | Statement::Ecog(_)) {
            return false;
        }
        let newer = |date: &&PartialDate| is_newer(date, &fact.evidence);
        let new_deficit = self.deficits.iter().any(newer) && self.deficits.iter().all(newer);
        new_deficit || self.unsettling.iter().any(newer)
    }

    /// Whether neurology has got worse since.
    pub fn worsened_after(&self, fact: &Fact) -> bool {
        self.worsening.iter().any(|date| is_newer(date, &fact.evidence))
    }
}

/// Whether the patient was said to walk before a day.
fn walked_before(dated: &[(&Statement, &PartialDate)], date: &PartialDate) -> bool {
    dated.iter().any(|(earlier, earlier_date)| {
        matches!(earlier, Statement::Answered(Question::Ambulatory, _, Answer::Yes))
            && is_before(earlier_date, date)
    })
}

/// Whether a procedure leaves another spine behind than the images show.
const fn alters_spine(procedure: Procedure) -> bool {
    procedure.is_open_surgery()
        || matches!(
            procedure,
            Procedure::VertebralAugmentation
                | Procedure::RadiofrequencyAblation
                | Procedure::MicrowaveAblation
        )
}

/// Whether two places may be the same.
fn meet(place: Place, other: Place) -> bool {
    place == other || place == Place::Unstated || other == Place::Unstated
}

fn is_newer(date: &PartialDate, evidence: &Evidence) -> bool {
    evidence.effective.as_ref().is_some_and(|known| is_before(known, date) && !known.may_be_same_day(date))
}

fn is_before(date: &PartialDate, other: &PartialDate) -> bool {
    date.latest() < other.earliest()
}

fn is_worse_than(
    grades: ValueSet<Frankel>,
    date: &PartialDate,
    (earlier, earlier_date): &(&Statement, &PartialDate),
) -> bool {
    match earlier {
        Statement::Frankel(before) | Statement::AsiaImpairment(before) => {
            is_before(earlier_date, date) && is_fall(*before, grades)
        }
        _ => false,
    }
}

/// Whether every grade that is possible now is worse than every one that was before.
pub(super) fn is_fall(before: ValueSet<Frankel>, now: ValueSet<Frankel>) -> bool {
    match (before.iter().min(), now.iter().max()) {
        (Some(before), Some(now)) => now < before,
        _ => false,
    }
}
