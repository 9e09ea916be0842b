//! What is missing, and whether it matters.
//!
//! For the scores this is exact: an item matters if two of its values can lead to different bands for some completion of
//! the others, and it decides if some value of it alone leaves one band. For the verdicts each answer to one input is
//! tried with everything else as it is known.

use std::cmp::Reverse;

use super::input_state::InputState;
use crate::clinical::{Domain, Place, Standing, ValueSet};
use crate::guidance::{Input, InputScope, Picture, TreatmentOption, Truth, Verdict, VerdictKind, kind};
use crate::scoring::{Band, Instrument, Item, PointSet, Reachable, Score, ScoredItem};

/// An input that is not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingInput {
    /// Which input.
    pub input: Input,
    /// The level, where it is about one.
    pub place: Option<Place>,
    /// How it stands. A known input can still leave an item open, e.g. cervix in Tokuhashi.
    pub standing: Standing,
    /// What it can change in each score that reads it.
    pub effects: Vec<ItemEffect>,
    /// The verdicts that some answer to it alone would change.
    pub verdicts: Vec<VerdictEffect>,
}

/// What one item can change in its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemEffect {
    /// The score.
    pub instrument: Instrument,
    /// The item.
    pub item: Item,
    /// Whether two of its values can lead to different bands, for some completion of the other items.
    pub can_change_band: bool,
    /// For every value that remains possible: the bands that would then stay reachable.
    pub outcomes: Vec<Outcome>,
}

/// What would follow from one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The value, as a slug of the item's table.
    pub value: &'static str,
    /// The bands that would stay reachable.
    pub bands: ValueSet<Band>,
}

/// What the answers to one input would make of one verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerdictEffect {
    /// The option.
    pub option: TreatmentOption,
    /// The level, where the option is judged by level.
    pub place: Option<Place>,
    /// The kinds that the verdict would take, one answer or another.
    pub kinds: ValueSet<VerdictKind>,
}

impl MissingInput {
    /// Whether it can change the band of a score.
    pub fn can_change_band(&self) -> bool {
        self.effects.iter().any(|effect| effect.can_change_band)
    }

    /// The instruments for which some value of it alone leaves one band where there are more now.
    pub fn decides(&self) -> Vec<Instrument> {
        self.effects.iter().filter(|effect| effect.decides()).map(|effect| effect.instrument).collect()
    }

    /// Whether some answer to it alone would change a verdict.
    pub fn can_change_verdict(&self) -> bool {
        !self.verdicts.is_empty()
    }

    /// What it would decide, most first. Ties keep the order of [`Input`], then the level's.
    fn rank(&self) -> impl Ord + use<> {
        let changing = self.effects.iter().filter(|effect| effect.can_change_band).count();
        (
            Reverse(self.decides().len()),
            Reverse(changing),
            Reverse(self.verdicts.len()),
            self.input,
            self.place,
        )
    }
}

impl ItemEffect {
    /// Whether some value alone leaves one band where there are more now.
    pub fn decides(&self) -> bool {
        self.can_change_band && self.outcomes.iter().any(|outcome| outcome.bands.len() == 1)
    }
}

/// Every input that is not settled: those of the scores, and those of the guidance that could change a verdict.
pub(super) fn missing(
    inputs: &[InputState],
    scores: &[Score],
    picture: &Picture,
    verdicts: &[Verdict],
) -> Vec<MissingInput> {
    let verdicts = &Verdicts::of(verdicts);
    let of_scores = inputs.iter().filter_map(|state| {
        let effects = effects(state.input, state.place, scores);
        let settled = state.values.len() == 1 && effects.is_empty();
        (!settled).then(|| MissingInput {
            input: state.input,
            place: state.place,
            standing: state.standing,
            effects,
            verdicts: verdict_effects(state.input, state.place, picture, verdicts),
        })
    });
    let of_guidance = unscored(picture).filter_map(|(input, place)| {
        let verdicts = verdict_effects(input, place, picture, verdicts);
        let standing = Standing::NotRecorded;
        (!verdicts.is_empty()).then(|| MissingInput { input, place, standing, effects: Vec::new(), verdicts })
    });
    let mut missing: Vec<MissingInput> = of_scores.chain(of_guidance).collect();
    missing.sort_by_key(MissingInput::rank);
    missing
}

/// The inputs that only the guidance reads, for the patient and for each level.
fn unscored(picture: &Picture) -> impl Iterator<Item = (Input, Option<Place>)> {
    Input::ALL.iter().copied().filter(|input| !input.is_scored()).flat_map(|input| {
        let levels = picture.levels.iter().map(|level| Some(level.place));
        let of_patient = input.scope() == InputScope::Patient;
        of_patient
            .then_some(None)
            .into_iter()
            .chain(levels.filter(move |_| !of_patient))
            .map(move |place| (input, place))
    })
}

/// The items that read an input and are not settled, with what they can change.
fn effects(input: Input, place: Option<Place>, scores: &[Score]) -> Vec<ItemEffect> {
    let read = input.items().iter().flat_map(|item| {
        scores
            .iter()
            .filter(move |score| score.instrument == item.instrument() && score.place == place)
            .filter_map(move |score| score.item(*item).map(|scored| (score, scored)))
    });
    read.filter(|(_, item)| !item.is_settled()).map(|(score, item)| effect(score, item)).collect()
}

fn effect(score: &Score, item: &ScoredItem) -> ItemEffect {
    match score.reachable {
        Reachable::Totals(_) => additive(score, item),
        Reachable::Grades(grades) => {
            let outcomes: Vec<Outcome> = grades
                .iter()
                .map(|grade| Outcome { value: grade.key(), bands: Band::of_grade(grade).into() })
                .collect();
            ItemEffect {
                instrument: score.instrument,
                item: item.item,
                can_change_band: score.bands.len() > 1,
                outcomes,
            }
        }
    }
}

fn additive(score: &Score, item: &ScoredItem) -> ItemEffect {
    let others = score.totals_without(item.item);
    let bands = |totals| Band::of_totals(score.instrument, totals);
    let can_change_band = others.iter().any(|rest| bands(item.points.plus(PointSet::only(rest))).len() > 1);
    let outcomes = item
        .item
        .choices()
        .into_iter()
        .filter(|choice| item.values.contains(&choice.key))
        .filter_map(|choice| {
            let totals = others.plus(PointSet::only(choice.points?));
            Some(Outcome { value: choice.key, bands: bands(totals) })
        })
        .collect();
    ItemEffect { instrument: score.instrument, item: item.item, can_change_band, outcomes }
}

/// The verdicts, and what each of them reads.
struct Verdicts<'a> {
    /// The verdicts that are not yet certain, with the inputs that their options read.
    open: Vec<(&'a Verdict, ValueSet<Input>)>,
}

impl<'a> Verdicts<'a> {
    fn of(verdicts: &'a [Verdict]) -> Self {
        let reads: Vec<ValueSet<Input>> =
            TreatmentOption::ALL.iter().map(|option| read_by(*option)).collect();
        let reads = |option: TreatmentOption| {
            let index = usize::try_from(option.index()).ok();
            index.and_then(|index| reads.get(index)).copied().unwrap_or(ValueSet::EMPTY)
        };
        let open = verdicts.iter().filter(|verdict| !is_certain(verdict));
        Self { open: open.map(|verdict| (verdict, reads(verdict.option))).collect() }
    }

    /// The open verdicts that read an input of this place.
    fn reading(&self, input: Input, place: Option<Place>) -> impl Iterator<Item = &'a Verdict> {
        self.open
            .iter()
            .filter(move |(verdict, reads)| {
                reads.contains(input) && (place.is_none() || verdict.place == place)
            })
            .map(|(verdict, _)| *verdict)
    }
}

/// Whether no further knowledge can change a verdict.
fn is_certain(verdict: &Verdict) -> bool {
    match verdict.kind {
        VerdictKind::InsufficientData => false,
        VerdictKind::NotIndicated => verdict.contraindicated == Truth::False,
        VerdictKind::Contraindicated | VerdictKind::Relative | VerdictKind::Option => true,
    }
}

/// The inputs that an option reads, be it through another that they settle: counts settle the extent, and extent and
/// grade narrow the surgical type.
fn read_by(option: TreatmentOption) -> ValueSet<Input> {
    let criteria = option.table().decisive();
    let mut inputs: ValueSet<Input> =
        criteria.flat_map(|criterion| criterion.predicate.inputs()).copied().collect();
    if inputs.contains(Input::TomitaType) {
        inputs = [Input::Escc, Input::BoneExtent].into_iter().chain(inputs.iter()).collect();
    }
    if inputs.contains(Input::BoneExtent) {
        inputs = [Input::VertebralCount, Input::ExtraspinalCount].into_iter().chain(inputs.iter()).collect();
    }
    inputs
}

/// The verdicts that some answer to an input alone would change.
fn verdict_effects(
    input: Input,
    place: Option<Place>,
    picture: &Picture,
    verdicts: &Verdicts<'_>,
) -> Vec<VerdictEffect> {
    let mut concerned = verdicts.reading(input, place).peekable();
    if concerned.peek().is_none() {
        return Vec::new();
    }
    let level = |place| picture.levels.iter().find(|level| Some(level.place) == place);
    let patients = picture.patient.variants(input);
    let levels = level(place).map_or_else(Vec::new, |level| level.variants(input, &picture.patient));
    concerned
        .filter_map(|verdict| {
            let kinds: ValueSet<VerdictKind> = match (place, level(verdict.place)) {
                (Some(_), _) => {
                    levels.iter().map(|level| kind(verdict.option, &picture.patient, Some(level))).collect()
                }
                (None, Some(level)) => patients
                    .iter()
                    .map(|patient| kind(verdict.option, patient, Some(&level.inferring(patient))))
                    .collect(),
                (None, None) => patients.iter().map(|patient| kind(verdict.option, patient, None)).collect(),
            };
            changed(verdict, kinds)
        })
        .collect()
}

fn changed(verdict: &Verdict, kinds: ValueSet<VerdictKind>) -> Option<VerdictEffect> {
    let changes = !kinds.is_subset(verdict.kind.into());
    changes.then_some(VerdictEffect { option: verdict.option, place: verdict.place, kinds })
}
