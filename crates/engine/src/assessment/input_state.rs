//! Every input of the case on one footing, whatever its type.

use crate::clinical::{Case, Domain, Evidence, Finding, Level, Place, Question, Remark, Standing};
use crate::guidance::{Input, InputScope};
use crate::scoring::katagiri;

/// One input as the record leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputState {
    /// Which input.
    pub input: Input,
    /// The level, where it is about one.
    pub place: Option<Place>,
    /// How it stands.
    pub standing: Standing,
    /// The domain of its values, e.g. `karnofsky`: with a value's slug the key of the value's text.
    pub domain: &'static str,
    /// The values that remain possible, as slugs of the domain.
    pub values: Vec<&'static str>,
    /// The records behind it.
    pub evidence: Vec<Evidence>,
    /// What a reader must know about it.
    pub remarks: Vec<Remark>,
}

impl InputState {
    fn new<T: Domain>(input: Input, place: Option<Place>, finding: &Finding<T>) -> Self {
        Self {
            input,
            place,
            standing: finding.standing(),
            domain: T::NAME,
            values: finding.possible().iter().map(Domain::key).collect(),
            evidence: finding.evidence().to_vec(),
            remarks: finding.remarks().to_vec(),
        }
    }

    /// Whether the record contradicts itself.
    pub fn is_conflicting(&self) -> bool {
        self.standing == Standing::Conflicting
    }
}

/// Every input, in the order of [`Input`] for the patient, then level by level.
pub(super) fn all(case: &Case) -> Vec<InputState> {
    let mut states = vec![
        InputState::new(Input::Karnofsky, None, &case.karnofsky),
        InputState::new(Input::Primary, None, &case.primary),
        InputState::new(Input::VertebralCount, None, &case.vertebral_count),
        InputState::new(Input::ExtraspinalCount, None, &case.extraspinal_count),
        InputState::new(Input::BoneExtent, None, &case.bone_extent),
        InputState::new(Input::Visceral, None, &case.visceral),
        InputState::new(Input::Frankel, None, &case.frankel),
        InputState::new(Input::BreastReceptors, None, &case.breast_receptors),
        InputState::new(Input::VisceralPattern, None, &case.visceral_pattern),
        InputState::new(Input::Laboratory, None, &katagiri::laboratory(case)),
    ];
    states.extend(flags(case, InputScope::Patient, None));
    for level in &case.levels {
        states.extend(of_level(level));
        states.extend(flags(case, InputScope::Level, Some(level.place)));
    }
    states
}

/// The inputs of a scope that are answered with yes or no.
fn flags(case: &Case, scope: InputScope, place: Option<Place>) -> impl Iterator<Item = InputState> {
    let nothing = Finding::not_recorded();
    let flags = Input::ALL.iter().copied().filter(move |input| input.is_flag() && input.scope() == scope);
    flags.map(move |input| {
        let recorded = Question::from_key(input.key()).and_then(|question| case.answer(question, place));
        InputState::new(input, place, recorded.unwrap_or(&nothing))
    })
}

fn of_level(level: &Level) -> [InputState; 8] {
    let place = Some(level.place);
    [
        InputState::new(Input::SinsLocation, place, &level.location),
        InputState::new(Input::SinsPain, place, &level.pain),
        InputState::new(Input::SinsLesion, place, &level.lesion),
        InputState::new(Input::SinsAlignment, place, &level.alignment),
        InputState::new(Input::SinsCollapse, place, &level.collapse),
        InputState::new(Input::SinsPosterolateral, place, &level.posterolateral),
        InputState::new(Input::Escc, place, &level.escc),
        InputState::new(Input::TomitaType, place, &level.tomita_type),
    ]
}
