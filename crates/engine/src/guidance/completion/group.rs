//! Criteria that share open inputs, and every combination of answers to these.

use super::combination::{Combinations, Outcome};
use super::effect::{Effect, Effects, Pairs};
use crate::clinical::radiosensitivity;
use crate::clinical::{
    BreastReceptors, Domain, Escc, ExtraspinalCount, Frankel, PrimarySite, TomitaType, ValueSet,
    VertebralCount,
};
use crate::guidance::input::{Input, InputScope};
use crate::guidance::judge::Judged;
use crate::guidance::options::Criterion;
use crate::guidance::picture::{self, LevelPicture, PatientPicture};
use crate::guidance::tumour::hypervascular;
use crate::guidance::verdict::Role;
use crate::scoring::{tokuhashi, tomita};

/// How many combinations of one group are tried: what takes fractions of a millisecond.
pub(super) const AFFORDABLE: usize = 2048;

/// Open criteria that share no open input with any other.
#[derive(Debug)]
pub(super) struct Group {
    /// The open inputs.
    inputs: ValueSet<Input>,
    /// All inputs that the criteria read.
    read: ValueSet<Input>,
    criteria: Vec<(Role, &'static Criterion)>,
}

/// What a group may add up to.
#[derive(Debug)]
pub(super) struct Tried {
    /// Every effect that some combination of answers has.
    pub effects: Effects,
    /// For each input the effects that one answer more or less makes; `None` where not every combination was tried.
    pairs: Vec<(Input, Option<Pairs>)>,
    /// Whether every combination was tried.
    pub is_exact: bool,
}

impl Tried {
    /// The inputs on which the verdict hinges, beside these effects of all other criteria.
    pub fn hinges(&self, others: Effects) -> impl Iterator<Item = Input> {
        self.pairs
            .iter()
            .filter(move |(_, pairs)| pairs.as_ref().is_none_or(|pairs| pairs.differ_beside(others)))
            .map(|(input, _)| *input)
    }
}

/// The patient and the level in question.
#[derive(Debug, Clone, Copy)]
struct Subject {
    patient: PatientPicture,
    level: Option<LevelPicture>,
    /// The surgical types that are possible as things stand.
    types: ValueSet<TomitaType>,
}

impl Group {
    /// The open criteria in groups.
    pub fn all(open: &[&Judged], patient: &PatientPicture, level: Option<&LevelPicture>) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for Judged { role, criterion, .. } in open.iter().copied() {
            let inputs = open_inputs(criterion, patient, level);
            let read = criterion.predicate.inputs().iter().copied().collect();
            let mut merged = Self { inputs, read, criteria: vec![(*role, *criterion)] };
            groups.retain_mut(|group| {
                let shares = !group.inputs.intersection(merged.inputs).is_empty();
                if shares {
                    merged.inputs = merged.inputs.union(group.inputs);
                    merged.read = merged.read.union(group.read);
                    merged.criteria.append(&mut group.criteria);
                }
                !shares
            });
            groups.push(merged);
        }
        groups
    }

    /// Tries every combination of answers.
    pub fn tried(&self, patient: &PatientPicture, level: Option<&LevelPicture>) -> Tried {
        let inputs: Vec<(Input, Vec<Option<usize>>)> =
            self.inputs.iter().map(|input| (input, self.answers(input, patient, level))).collect();
        let combinations =
            inputs.iter().map(|(_, answers)| answers.len()).try_fold(1usize, usize::checked_mul);
        if combinations.is_none_or(|combinations| combinations > AFFORDABLE) {
            return self.untried(inputs);
        }
        let mut outcomes = Vec::new();
        let types = level.map_or(ValueSet::EMPTY, |level| level.tomita_type);
        let subject = Subject { patient: *patient, level: level.copied(), types };
        self.try_all(&inputs, Some(subject), &mut outcomes);
        let combinations = Combinations::new(&inputs, outcomes);
        let effects = combinations.effects();
        // A tumour that a paper does not class leaves a total open, whatever is answered.
        if effects == Effects::EMPTY {
            return self.untried(inputs);
        }
        let pairs = combinations.pairs().into_iter().map(|(input, pairs)| (input, Some(pairs))).collect();
        Tried { effects, pairs, is_exact: true }
    }

    /// What is said where no combination tells: nothing is excluded.
    fn untried(&self, inputs: Vec<(Input, Vec<Option<usize>>)>) -> Tried {
        Tried {
            effects: Effects::any(self.criteria.iter().map(|(role, _)| *role)),
            pairs: inputs.into_iter().map(|(input, _)| (input, None)).collect(),
            is_exact: false,
        }
    }

    /// Goes through the combinations in the order of a number whose digits are the answers, the last input fastest.
    fn try_all(
        &self,
        inputs: &[(Input, Vec<Option<usize>>)],
        subject: Option<Subject>,
        outcomes: &mut Vec<Outcome>,
    ) {
        let Some(((input, answers), rest)) = inputs.split_first() else {
            outcomes.push(subject.map_or(Outcome::Impossible, |subject| self.outcome(subject)));
            return;
        };
        for answer in answers {
            let answered = match answer {
                Some(answer) => subject.and_then(|subject| subject.with(*input, *answer)),
                None => subject,
            };
            self.try_all(rest, answered, outcomes);
        }
    }

    /// What the criteria come to.
    fn outcome(&self, subject: Subject) -> Outcome {
        let patient = if self.reads_totals() { subject.patient.totalled() } else { subject.patient };
        // Grade and extent exclude surgical types, unless they would exclude all: then the record contradicts itself, and
        // which of them is wrong is not known.
        let excluded = |level: LevelPicture| {
            let fitting = level.with_types(subject.types).fitting_types(&patient);
            !fitting.is_empty() && level.tomita_type.intersection(fitting).is_empty()
        };
        if subject.level.is_some_and(excluded) {
            return Outcome::Impossible;
        }
        let level = subject.level.map(|level| {
            let level = if self.reads_sins() { level.totalled() } else { level };
            level.inferring(&patient)
        });
        let effect = self.criteria.iter().try_fold(Effect::NONE, |effect, (role, criterion)| {
            effect.and(*role, criterion.predicate.truth(&patient, level.as_ref()))
        });
        effect.map_or(Outcome::Undecided, Outcome::Decided)
    }

    /// The answers to try, one for all those that no criterion of the group tells apart. A judgement that overrides what
    /// other findings say may also stay away.
    fn answers(
        &self,
        input: Input,
        patient: &PatientPicture,
        level: Option<&LevelPicture>,
    ) -> Vec<Option<usize>> {
        let all = match input.scope() {
            InputScope::Patient => patient.open_answers(input),
            InputScope::Level => level.map(|level| level.open_answers(input)).unwrap_or_default(),
        };
        let told_apart = match input {
            Input::Primary => classes(all, |site| self.class_of_site(site)),
            Input::Karnofsky => classes(all, tokuhashi::general),
            Input::Frankel => classes(all, |grade| self.class_of_frankel(grade)),
            Input::BreastReceptors => classes(all, BreastReceptors::lowers_prognosis),
            // Without Tokuhashi they are read only for whether there is more than one focus, and for the Tomita score.
            Input::VertebralCount if !self.reads_tokuhashi() => {
                classes(all, |count: VertebralCount| count == VertebralCount::One)
            }
            Input::ExtraspinalCount if !self.reads_tokuhashi() => {
                classes(all, |count: ExtraspinalCount| count == ExtraspinalCount::Zero)
            }
            Input::Visceral if !self.reads_tokuhashi() => classes(all, tomita::visceral),
            Input::TomitaType => classes(all, class_of_type),
            // Where no criterion reads the grade it is there for the surgical type, which epidural tumour narrows.
            Input::Escc if !self.read.contains(Input::Escc) => {
                classes(all, |grade: Escc| grade == Escc::Grade0)
            }
            _ => all,
        };
        let stays_away = input.is_override().then_some(None);
        told_apart.into_iter().map(Some).chain(stays_away).collect()
    }

    /// Whether a criterion reads a Tomita or Tokuhashi total: all that do read the viscera.
    fn reads_totals(&self) -> bool {
        self.read.contains(Input::Visceral)
    }

    /// Whether a criterion reads a Tokuhashi total: all that do read the bone foci outside the spine.
    fn reads_tokuhashi(&self) -> bool {
        self.read.contains(Input::ExtraspinalCount)
    }

    /// What the criteria can tell of a primary tumour: its biology, and its places in the totals where these are read.
    fn class_of_site(&self, site: PrimarySite) -> impl PartialEq + use<> {
        (
            self.read.contains(Input::Radiosensitivity).then(|| radiosensitivity(site)),
            self.read.contains(Input::HypervascularOnImaging).then(|| hypervascular(site)),
            self.read.contains(Input::NoCancerHistory).then_some(site == PrimarySite::Unidentified),
            self.reads_tokuhashi().then(|| tokuhashi::primary_group(site).0),
            self.reads_totals().then(|| (tomita::growth(site).0, site == PrimarySite::Breast)),
        )
    }

    /// What the criteria can tell of the cord: whether it is intact, and whether paralysis is incomplete where compression
    /// with it is read.
    fn class_of_frankel(&self, grade: Frankel) -> impl PartialEq + use<> {
        (
            grade == Frankel::E,
            self.read.contains(Input::Escc).then_some(grade == Frankel::A),
            self.reads_tokuhashi().then(|| tokuhashi::palsy(grade)),
        )
    }

    /// Whether a criterion reads a SINS total: all that do read the alignment.
    fn reads_sins(&self) -> bool {
        self.read.contains(Input::SinsAlignment)
    }
}

impl Subject {
    /// The subject with an input answered, unless what was answered before leaves nothing to say of it; `None` where that
    /// excludes the answer.
    fn with(self, input: Input, answer: usize) -> Option<Self> {
        match input.scope() {
            InputScope::Patient if input.is_flag() && !self.patient.is_open(input) => Some(self),
            InputScope::Patient => Some(Self { patient: self.patient.with(input, answer)?, ..self }),
            InputScope::Level => {
                let level = self.level?;
                let is_settled = input.is_flag() && !level.is_open(input);
                Some(if is_settled { self } else { Self { level: Some(level.with(input, answer)?), ..self } })
            }
        }
    }
}

/// The open inputs that a criterion reads, be it through another that they settle: counts settle the extent, and extent
/// and grade narrow the surgical type.
fn open_inputs(
    criterion: &Criterion,
    patient: &PatientPicture,
    level: Option<&LevelPicture>,
) -> ValueSet<Input> {
    let mut inputs: ValueSet<Input> = criterion.predicate.inputs().iter().copied().collect();
    if inputs.contains(Input::TomitaType) {
        inputs = inputs.union([Input::Escc, Input::BoneExtent].into_iter().collect());
    }
    if inputs.contains(Input::BoneExtent) {
        inputs = inputs.union([Input::VertebralCount, Input::ExtraspinalCount].into_iter().collect());
    }
    inputs.iter().filter(|input| picture::is_open(*input, patient, level)).collect()
}

/// What any criterion, the grade or the extent can tell of a surgical type.
fn class_of_type(kind: TomitaType) -> (bool, bool, bool) {
    use TomitaType::{Type1, Type4, Type6, Type7};
    (kind < Type4, kind == Type7, matches!(kind, Type1 | Type6))
}

/// The first answer of each class.
fn classes<T: Domain, C: PartialEq>(answers: Vec<usize>, class: impl Fn(T) -> C) -> Vec<usize> {
    let mut seen: Vec<Option<C>> = Vec::new();
    let mut kept = Vec::new();
    for answer in answers {
        let class = T::ALL.get(answer).map(|value| class(*value));
        if !seen.contains(&class) {
            seen.push(class);
            kept.push(answer);
        }
    }
    kept
}
