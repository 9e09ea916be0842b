//! Criteria that share open inputs, and every combination of answers to these.

use super::effect::{Effect, Effects, Pairs};
use crate::clinical::radiosensitivity;
use crate::clinical::{
    BreastReceptors, Domain, ExtraspinalCount, Frankel, PrimarySite, TomitaType, ValueSet, VertebralCount,
};
use crate::guidance::input::{Input, InputScope};
use crate::guidance::options::Criterion;
use crate::guidance::picture::{LevelPicture, PatientPicture};
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
            .filter(move |(_, pairs)| pairs.is_none_or(|pairs| pairs.differ_beside(others)))
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
    pub fn all(
        open: &[(Role, &'static Criterion)],
        patient: &PatientPicture,
        level: Option<&LevelPicture>,
    ) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for (role, criterion) in open {
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
            return Tried {
                effects: Effects::any(self.criteria.iter().map(|(role, _)| *role)),
                pairs: inputs.into_iter().map(|(input, _)| (input, None)).collect(),
                is_exact: false,
            };
        }
        let mut leaves = Vec::new();
        let types = level.map_or(ValueSet::EMPTY, |level| level.tomita_type);
        let subject = Subject { patient: *patient, level: level.copied(), types };
        self.try_all(&inputs, Some(subject), &mut leaves);
        let effects =
            leaves.iter().flatten().fold(Effects::EMPTY, |all, effect| all.union(Effects::only(*effect)));
        let pairs = pairs(&inputs, &leaves);
        Tried { effects, pairs, is_exact: true }
    }

    /// Goes through the combinations in the order of a number whose digits are the answers, the last input fastest.
    fn try_all(
        &self,
        inputs: &[(Input, Vec<Option<usize>>)],
        subject: Option<Subject>,
        leaves: &mut Vec<Option<Effect>>,
    ) {
        let Some(((input, answers), rest)) = inputs.split_first() else {
            leaves.push(subject.and_then(|subject| self.effect(subject)));
            return;
        };
        for answer in answers {
            let answered = match answer {
                Some(answer) => subject.and_then(|subject| subject.with(*input, *answer)),
                None => subject,
            };
            self.try_all(rest, answered, leaves);
        }
    }

    /// What the criteria come to; `None` where the answers leave one of them unknown, or cannot all be true.
    fn effect(&self, subject: Subject) -> Option<Effect> {
        let patient = if self.reads_totals() { subject.patient.totalled() } else { subject.patient };
        // Grade and extent exclude surgical types, unless they would exclude all: then the record contradicts itself, and
        // which of them is wrong is not known.
        let excluded = |level: LevelPicture| {
            let fitting = level.with_types(subject.types).fitting_types(&patient);
            !fitting.is_empty() && level.tomita_type.intersection(fitting).is_empty()
        };
        if subject.level.is_some_and(excluded) {
            return None;
        }
        let level = subject.level.map(|level| {
            let level = if self.reads_sins() { level.totalled() } else { level };
            level.inferring(&patient)
        });
        self.criteria.iter().try_fold(Effect::NONE, |effect, (role, criterion)| {
            effect.and(*role, criterion.predicate.truth(&patient, level.as_ref()))
        })
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
    fn with(self, input: Input, answer: usize) -> Option<Self> {
        match input.scope() {
            InputScope::Patient => Some(Self { patient: self.patient.with(input, answer)?, ..self }),
            InputScope::Level => Some(Self { level: Some(self.level?.with(input, answer)?), ..self }),
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
    let is_open = |input: &Input| patient.is_open(*input) || level.is_some_and(|level| level.is_open(*input));
    inputs.iter().filter(is_open).collect()
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

/// For each input the effects of combinations that differ in its answer alone.
fn pairs(inputs: &[(Input, Vec<Option<usize>>)], leaves: &[Option<Effect>]) -> Vec<(Input, Option<Pairs>)> {
    let mut stride = leaves.len();
    let mut all = Vec::with_capacity(inputs.len());
    for (input, answers) in inputs {
        stride /= answers.len().max(1);
        // That a judgement stays away is no answer to it; it is there for the sake of the other inputs.
        let answered = answers.iter().filter(|answer| answer.is_some()).count();
        let mut pairs = Pairs::default();
        for (position, one) in leaves.iter().enumerate() {
            let digit = position / stride.max(1) % answers.len().max(1);
            let Some(one) = one.filter(|_| digit < answered) else { continue };
            for step in 1..answered.saturating_sub(digit) {
                if let Some(Some(other)) = leaves.get(position + step * stride) {
                    pairs.add(one, *other);
                }
            }
        }
        all.push((*input, Some(pairs)));
    }
    all
}
