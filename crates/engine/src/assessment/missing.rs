//! What is missing, and whether it matters.
//!
//! For the scores this is exact: an input matters if two answers to it can lead to different bands for some completion of
//! everything else, and it decides if some answer alone leaves one band. Where an item rests on several inputs, every
//! combination of their answers is tried (`shared_item.rs`). For the verdicts the same is asked
//! ([`Verdict::hinges_on`]), exact as long as the completions can be tried; besides, each answer to one input is tried
//! with everything else as it is known, to see what it alone would decide.

use std::cmp::Reverse;

use super::input_state::InputState;
use super::shared_item::{Share, share};
use crate::clinical::{
    Case, Domain, Place, PrimarySite, Radiosensitivity, Standing, ValueSet, radiosensitivity,
};
use crate::guidance::{Input, Picture, TreatmentOption, Verdict, VerdictKind, kind};
use crate::scoring::{Band, Instrument, Item, PointSet, Reachable, Score, ScoredItem, noms};

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
    /// The verdicts that hinge on it, alone or together with other missing inputs.
    pub verdicts: Vec<VerdictEffect>,
}

/// What one item can change in its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemEffect {
    /// The score.
    pub instrument: Instrument,
    /// The level of the score, where it is about one.
    pub place: Option<Place>,
    /// The item.
    pub item: Item,
    /// Whether two answers to the input can lead to different bands, for some completion of everything else.
    pub can_change_band: bool,
    /// Whether some answer alone leaves one band.
    pub can_decide_alone: bool,
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

/// A verdict that hinges on one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerdictEffect {
    /// The option.
    pub option: TreatmentOption,
    /// The place, where the option is judged by level.
    pub place: Option<Place>,
    /// The kind of the verdict as things stand.
    pub now: VerdictKind,
    /// The kinds that it would take by one answer or another alone. Just the present one where other findings have to
    /// come first.
    pub alone: ValueSet<VerdictKind>,
    /// Whether it is certain that the verdict hinges on the input; otherwise it is only not excluded.
    pub is_exact: bool,
}

impl VerdictEffect {
    /// Whether some answer alone changes the verdict.
    pub fn changes_alone(&self) -> bool {
        !self.alone.is_subset(self.now.into())
    }
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

    /// Whether some verdict hinges on it.
    pub fn can_change_verdict(&self) -> bool {
        !self.verdicts.is_empty()
    }

    /// What it would decide, most first. Ties keep the order of [`Input`], then the level's.
    fn rank(&self) -> impl Ord + use<> {
        let changing = self.effects.iter().filter(|effect| effect.can_change_band).count();
        let alone = self.verdicts.iter().filter(|effect| effect.changes_alone()).count();
        (
            Reverse(self.decides().len()),
            Reverse(changing),
            Reverse(alone),
            Reverse(self.verdicts.len()),
            self.input,
            self.place,
        )
    }
}

impl ItemEffect {
    /// Whether some value alone leaves one band where there are more now.
    pub fn decides(&self) -> bool {
        self.can_change_band && self.can_decide_alone
    }
}

/// Every input that is not settled: those of the four scores of the consensus in any case, so that it is also said where they
/// cannot change anything; the others where they could change a band or a verdict.
pub(super) fn missing(
    inputs: &[InputState],
    case: &Case,
    scores: &[Score],
    picture: &Picture,
    verdicts: &[Verdict],
) -> Vec<MissingInput> {
    let mut missing: Vec<MissingInput> = inputs
        .iter()
        .filter_map(|state| {
            let effects = if bears_on(state.input, picture) {
                effects(state, inputs, case, scores)
            } else {
                Vec::new()
            };
            let settled = state.values.len() == 1 && effects.is_empty();
            if settled {
                return None;
            }
            let verdicts = verdict_effects(state.input, state.place, picture, verdicts);
            let matters = state.input.is_scored() || !effects.is_empty() || !verdicts.is_empty();
            matters.then_some(MissingInput {
                input: state.input,
                place: state.place,
                standing: state.standing,
                effects,
                verdicts,
            })
        })
        .collect();
    missing.sort_by_key(MissingInput::rank);
    missing
}

/// Whether an input can mean anything for the primary tumours that are possible.
fn bears_on(input: Input, picture: &Picture) -> bool {
    use PrimarySite::{Breast, Lung, LungNonSmallCell, Prostate};
    let mut sites = picture.patient.primary.iter();
    match input {
        Input::BreastReceptors => sites.any(|site| site == Breast),
        Input::HormoneDependent => sites.any(|site| matches!(site, Breast | Prostate)),
        Input::MolecularlyTargetedTherapy => sites.any(|site| matches!(site, Lung | LungNonSmallCell)),
        Input::Radiosensitivity => sites.any(|site| radiosensitivity(site) == Radiosensitivity::Unclassified),
        _ => true,
    }
}

/// The items that read an input and are not settled, with what they can change. A known input is only answerable for an
/// item that nothing else leaves open.
fn effects(state: &InputState, inputs: &[InputState], case: &Case, scores: &[Score]) -> Vec<ItemEffect> {
    let mut effects = Vec::new();
    for item in state.input.items() {
        let of_item = |score: &&Score| state.place.is_none() || score.place == state.place;
        for score in scores.iter().filter(of_item) {
            let Some(open) = score.item(*item).filter(|item| !item.is_settled()) else { continue };
            let is_open = |other: &&InputState| {
                other.values.len() > 1
                    && other.input != state.input
                    && other.place.is_none_or(|place| Some(place) == score.place)
                    && other.input.items().contains(item)
            };
            if state.values.len() > 1 || !inputs.iter().any(|other| is_open(&other)) {
                let level = case.levels.iter().find(|level| Some(level.place) == score.place);
                let share = share(state.input, *item, case, level);
                // What makes no difference to the item makes none to the score.
                if share.as_ref().is_none_or(|share| !share.pairs.is_empty()) {
                    let effect = effect(score, open);
                    effects.push(
                        share.iter().fold(effect, |effect, share| of_share(effect, share, score, open)),
                    );
                }
            }
        }
    }
    effects
}

/// The effect of an item, as far as one of the inputs behind it has a share in it.
fn of_share(effect: ItemEffect, share: &Share, score: &Score, item: &ScoredItem) -> ItemEffect {
    let left = |values: &Vec<&'static str>| {
        let outcomes = effect.outcomes.iter().filter(|outcome| values.contains(&outcome.value));
        outcomes.fold(ValueSet::<Band>::EMPTY, |bands, outcome| bands.union(outcome.bands))
    };
    let can_decide_alone = share.left.iter().map(left).any(|bands| bands.len() == 1);
    let differ = |(one, other): &(&'static str, &'static str)| match score.reachable {
        Reachable::Totals(_) => {
            let choices = item.item.choices();
            let points =
                |key| choices.iter().find(|choice| choice.key == key).and_then(|choice| choice.points);
            let band =
                |rest: u8, key| points(key).and_then(|own| Band::of_total(score.instrument, rest + own));
            score.totals_without(item.item).iter().any(|rest| band(rest, *one) != band(rest, *other))
        }
        // These axes have just two values.
        Reachable::Decisions(_) | Reachable::Grades(_) => effect.can_change_band,
    };
    let can_change_band = share.pairs.iter().any(differ);
    ItemEffect { can_change_band, can_decide_alone, ..effect }
}

fn effect(score: &Score, item: &ScoredItem) -> ItemEffect {
    match score.reachable {
        Reachable::Totals(_) => additive(score, item),
        Reachable::Decisions(_) => decided(score, item),
        Reachable::Grades(grades) => {
            let outcomes: Vec<Outcome> = grades
                .iter()
                .map(|grade| Outcome { value: grade.key(), bands: Band::of_grade(grade).into() })
                .collect();
            ItemEffect {
                instrument: score.instrument,
                place: score.place,
                item: item.item,
                can_change_band: score.bands.len() > 1,
                can_decide_alone: true,
                outcomes,
            }
        }
    }
}

fn decided(score: &Score, item: &ScoredItem) -> ItemEffect {
    let outcomes: Vec<Outcome> = item
        .values
        .iter()
        .map(|value| Outcome { value, bands: noms::decisions_with(score, item.item, value) })
        .collect();
    ItemEffect {
        instrument: score.instrument,
        place: score.place,
        item: item.item,
        can_change_band: noms::can_change(score, item),
        can_decide_alone: leaves_one(&outcomes),
        outcomes,
    }
}

fn additive(score: &Score, item: &ScoredItem) -> ItemEffect {
    let others = score.totals_without(item.item);
    let bands = |totals| Band::of_totals(score.instrument, totals);
    let can_change_band = others.iter().any(|rest| bands(item.points.plus(PointSet::only(rest))).len() > 1);
    let outcomes: Vec<Outcome> = item
        .item
        .choices()
        .into_iter()
        .filter(|choice| item.values.contains(&choice.key))
        .filter_map(|choice| {
            let totals = others.plus(PointSet::only(choice.points?));
            Some(Outcome { value: choice.key, bands: bands(totals) })
        })
        .collect();
    ItemEffect {
        instrument: score.instrument,
        place: score.place,
        item: item.item,
        can_change_band,
        can_decide_alone: leaves_one(&outcomes),
        outcomes,
    }
}

fn leaves_one(outcomes: &[Outcome]) -> bool {
    outcomes.iter().any(|outcome| outcome.bands.len() == 1)
}

/// The verdicts that hinge on an input, with what each answer to it alone would make of them.
fn verdict_effects(
    input: Input,
    place: Option<Place>,
    picture: &Picture,
    verdicts: &[Verdict],
) -> Vec<VerdictEffect> {
    let mut concerned = verdicts
        .iter()
        .filter(|verdict| verdict.hinges_on.contains(input) && (place.is_none() || verdict.place == place))
        .peekable();
    if concerned.peek().is_none() {
        return Vec::new();
    }
    let level = |place| picture.levels.iter().find(|level| Some(level.place) == place);
    let patients = picture.patient.variants(input);
    let levels = level(place).map_or_else(Vec::new, |level| level.variants(input, &picture.patient));
    concerned
        .map(|verdict| {
            let alone: ValueSet<VerdictKind> = match (place, level(verdict.place)) {
                (Some(_), _) => {
                    levels.iter().map(|level| kind(verdict.option, &picture.patient, Some(level))).collect()
                }
                (None, Some(level)) => patients
                    .iter()
                    .map(|patient| kind(verdict.option, patient, Some(&level.inferring(patient))))
                    .collect(),
                (None, None) => patients.iter().map(|patient| kind(verdict.option, patient, None)).collect(),
            };
            VerdictEffect {
                option: verdict.option,
                place: verdict.place,
                now: verdict.kind,
                alone,
                is_exact: verdict.is_exact,
            }
        })
        .collect()
}
