//! The case without its evidence: only what may be true. Small and copied freely, so that "what if" is cheap.

mod flags;
mod level;
mod patient;

use super::input::Input;
use super::perioperative::{Thresholds, is_coagulopathy_severe};
use super::truth::Truth;
use crate::clinical::{Answer, BreastReceptors, Case, Domain, Level, Place, ValueSet};
pub use level::LevelPicture;
pub use patient::PatientPicture;

/// The patient and the levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What is true of the patient as a whole.
    pub patient: PatientPicture,
    /// What is true of each level, from head to sacrum.
    pub levels: Vec<LevelPicture>,
}

impl From<&Case> for Picture {
    fn from(case: &Case) -> Self {
        let patient = PatientPicture::new(case);
        let patient =
            answered(case, None).fold(patient, |patient, (input, yes)| patient.answering(input, yes));
        let level = |level: &Level| {
            answered(case, Some(level.place))
                .fold(LevelPicture::new(level, &patient), |picture, (input, yes)| {
                    picture.answering(input, yes)
                })
        };
        let levels = case.levels.iter().map(level).collect();
        Self { patient, levels }
    }
}

impl Picture {
    /// The picture of a case in which a hospital's thresholds settle what measurements show.
    pub fn with_thresholds(case: &Case, thresholds: &Thresholds) -> Self {
        let picture = Self::from(case);
        if !is_coagulopathy_severe(case, thresholds) {
            return picture;
        }
        // Beside a stated "no" this makes a contradiction, which is unknown.
        let patient = picture.patient.answering(Input::SevereCoagulopathy, true);
        Self { patient, ..picture }
    }
}

/// Whether an input leaves more than one answer, for the patient or at the level.
pub(super) fn is_open(input: Input, patient: &PatientPicture, level: Option<&LevelPicture>) -> bool {
    patient.is_open(input) || level.is_some_and(|level| level.is_open(input))
}

/// The inputs that the record answers with yes or no: for the patient, or for a level.
fn answered(case: &Case, place: Option<Place>) -> impl Iterator<Item = (Input, bool)> {
    case.answers.iter().filter(move |answered| answered.place == place).filter_map(|answered| {
        let input = Input::from_key(answered.question.key())?;
        Some((input, answered.finding.known()? == Answer::Yes))
    })
}

/// The number of the answer "yes" to a yes-or-no input.
const YES: usize = 1;

/// The answers to a yes-or-no input.
const YES_OR_NO: [usize; 2] = [0, YES];

/// The values of a set as numbers.
fn indices<T: Domain>(possible: ValueSet<T>) -> Vec<usize> {
    possible.iter().filter_map(|value| usize::try_from(value.index()).ok()).collect()
}

/// The value with a number, where it is possible.
fn chosen<T: Domain>(possible: ValueSet<T>, answer: usize) -> Option<ValueSet<T>> {
    T::ALL.get(answer).copied().filter(|value| possible.contains(*value)).map(ValueSet::only)
}

/// Whether receptors lower the prognosis of breast cancer (RUL-4).
pub(super) fn lowers(receptors: ValueSet<BreastReceptors>) -> Truth {
    Truth::over(receptors, |receptors| receptors.lowers_prognosis().map_or(Truth::Unknown, Truth::from))
}
