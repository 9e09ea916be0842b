//! NOMS of one level: neurologic, oncologic, mechanical and systemic assessment, and the decision that follows.
//!
//! Laufer I et al. The NOMS framework: approach to the treatment of spinal metastatic tumors. Oncologist 2013;18(6):744-751;
//! the rows as in specification D.1. What a row leaves open is open here, too.

use super::band::Band;
use super::graded::read_as;
use super::instrument::Instrument;
use super::item::Item;
use super::points::PointSet;
use super::score::{Reachable, Score, ScoreNote, ScoredItem};
use super::sins;
use crate::clinical::{
    Answer, Case, Domain, Escc, Finding, Level, Pain, Place, PrimarySite, Question, Radiosensitivity,
    ValueSet, domain, radiosensitivity,
};

domain! {
    /// Compression of the cord.
    Neurologic, "noms-neurologic" {
        /// ESCC 0 to 1b.
        Low = "low",
        /// ESCC 1c.
        Contact = "contact",
        /// ESCC 2 and 3.
        High = "high",
    }
}

domain! {
    /// Response to conventional radiotherapy.
    Oncologic, "noms-oncologic" {
        /// Sensitive.
        Sensitive = "sensitive",
        /// Resistant, or the level was irradiated before.
        Resistant = "resistant",
    }
}

domain! {
    /// Stability: unstable at SINS 13 to 18, and at 7 to 12 with mechanical pain where a surgeon judges so.
    Mechanical, "noms-mechanical" {
        /// Stable.
        Stable = "stable",
        /// Unstable.
        Unstable = "unstable",
    }
}

domain! {
    /// Whether surgery can be tolerated.
    Systemic, "noms-systemic" {
        /// It can.
        Tolerates = "tolerates",
        /// It cannot.
        CannotTolerate = "cannot-tolerate",
    }
}

/// The decision of a row (specification D.1).
#[expect(clippy::match_same_arms, reason = "the rows of the table, in its order")]
pub const fn decision(n: Neurologic, o: Oncologic, m: Mechanical, s: Systemic) -> Band {
    use Mechanical::{Stable, Unstable};
    use Neurologic::{Contact, High, Low};
    use Oncologic::{Resistant, Sensitive};
    use Systemic::{CannotTolerate, Tolerates};
    match (n, o, m, s) {
        (Contact, Sensitive, _, _) | (Low | High, Sensitive, Stable, _) => Band::NomsRadiotherapy,
        (Low | High, Sensitive, Unstable, _) => Band::NomsStabiliseRadiotherapy,
        (Low, Resistant, Stable, _) => Band::NomsRadiosurgery,
        (Low, Resistant, Unstable, _) => Band::NomsStabiliseRadiosurgery,
        (Contact, Resistant, _, _) => Band::NomsUnsettled,
        (High, Resistant, _, Tolerates) => Band::NomsSeparationRadiosurgery,
        (High, Resistant, Stable, CannotTolerate) => Band::NomsRadiotherapy,
        (High, Resistant, Unstable, CannotTolerate) => Band::NomsPercutaneousRadiotherapy,
    }
}

/// What the four assessments still allow.
#[derive(Debug, Clone, Copy)]
struct Axes {
    neurologic: ValueSet<Neurologic>,
    oncologic: ValueSet<Oncologic>,
    mechanical: ValueSet<Mechanical>,
    systemic: ValueSet<Systemic>,
}

impl Axes {
    /// Every decision that remains reachable.
    fn decisions(self) -> ValueSet<Band> {
        let mut all = ValueSet::EMPTY;
        for n in self.neurologic.iter() {
            for o in self.oncologic.iter() {
                for m in self.mechanical.iter() {
                    all = self.systemic.iter().fold(all, |all, s| all.union(decision(n, o, m, s).into()));
                }
            }
        }
        all
    }

    /// The axes of a score, read back from its items.
    fn of(score: &Score) -> Self {
        fn values<T: Domain>(score: &Score, item: Item) -> ValueSet<T> {
            let keys = score.item(item).map(|item| item.values.as_slice()).unwrap_or_default();
            keys.iter().filter_map(|key| T::from_key(key)).collect()
        }
        Self {
            neurologic: values(score, Item::NomsNeurologic),
            oncologic: values(score, Item::NomsOncologic),
            mechanical: values(score, Item::NomsMechanical),
            systemic: values(score, Item::NomsSystemic),
        }
    }

    /// The same with one assessment settled; `None` for a value that the item does not have.
    fn with(self, item: Item, key: &str) -> Option<Self> {
        Some(match item {
            Item::NomsNeurologic => Self { neurologic: Neurologic::from_key(key)?.into(), ..self },
            Item::NomsOncologic => Self { oncologic: Oncologic::from_key(key)?.into(), ..self },
            Item::NomsMechanical => Self { mechanical: Mechanical::from_key(key)?.into(), ..self },
            Item::NomsSystemic => Self { systemic: Systemic::from_key(key)?.into(), ..self },
            _ => return None,
        })
    }
}

/// The decisions that would stay reachable if one assessment came out so.
pub(crate) fn decisions_with(score: &Score, item: Item, key: &str) -> ValueSet<Band> {
    Axes::of(score).with(item, key).map_or(ValueSet::EMPTY, Axes::decisions)
}

/// Whether two values of an item lead to different decisions, for some outcome of the other assessments.
pub(crate) fn can_change(score: &Score, item: &ScoredItem) -> bool {
    let axes = Axes::of(score);
    let others = Item::ALL.iter().copied().filter(|other| *other != item.item);
    let completions = others.fold(vec![axes], |all, other| {
        let keys = score.item(other).map(|other| other.values.clone()).unwrap_or_default();
        if keys.is_empty() {
            return all;
        }
        all.iter().flat_map(|axes| keys.iter().filter_map(|key| axes.with(other, key))).collect()
    });
    completions.into_iter().any(|axes| axes.decisions().len() > 1)
}

/// The table for a level.
pub fn score(case: &Case, level: &Level) -> Score {
    let axes = Axes {
        neurologic: read_as(level.escc.possible(), |grade| neurologic(grade).into()),
        oncologic: oncologic(case, level.place),
        mechanical: mechanical(case, level),
        systemic: systemic(case),
    };
    let decisions = axes.decisions();
    let unsettled = decisions.contains(Band::NomsUnsettled) && level.escc.is_recorded();
    Score {
        instrument: Instrument::Noms2013,
        place: Some(level.place),
        items: vec![
            ungraded(Item::NomsNeurologic, &level.escc, axes.neurologic),
            oncologic_item(case, level.place, axes.oncologic),
            mechanical_item(case, level, axes.mechanical),
            flagged(Item::NomsSystemic, case, Question::SurgicalTolerance, None, axes.systemic),
        ],
        reachable: Reachable::Decisions(decisions),
        bands: decisions.iter().collect(),
        notes: if unsettled { vec![ScoreNote::SourcesDisagreeOnContact] } else { Vec::new() },
    }
}

fn ungraded<T: Domain, V: Domain>(item: Item, finding: &Finding<T>, values: ValueSet<V>) -> ScoredItem {
    ScoredItem::ungraded(item, finding, values, PointSet::EMPTY)
}

/// An item that a question answers.
fn flagged<V: Domain>(
    item: Item,
    case: &Case,
    question: Question,
    place: Option<Place>,
    values: ValueSet<V>,
) -> ScoredItem {
    let nothing = Finding::not_recorded();
    ungraded(item, case.answer(question, place).unwrap_or(&nothing), values)
}

const fn neurologic(grade: Escc) -> Neurologic {
    match grade {
        Escc::Grade0 | Escc::Grade1a | Escc::Grade1b => Neurologic::Low,
        Escc::Grade1c => Neurologic::Contact,
        Escc::Grade2 | Escc::Grade3 => Neurologic::High,
    }
}

/// By the lists, else by radiation oncology's judgement; a level that was irradiated counts as resistant, and one of which
/// that is not known as resistant or as its tumour.
fn oncologic(case: &Case, place: Place) -> ValueSet<Oncologic> {
    let by_tumour = read_as(case.primary.possible(), |site| match radiosensitivity(site) {
        Radiosensitivity::Sensitive => Oncologic::Sensitive.into(),
        Radiosensitivity::Resistant => Oncologic::Resistant.into(),
        Radiosensitivity::Unclassified => {
            read_as(case.possible_answers(Question::Radiosensitivity, None), |answer| match answer {
                Answer::Yes => Oncologic::Sensitive.into(),
                Answer::No => Oncologic::Resistant.into(),
            })
        }
    });
    read_as(case.possible_answers(Question::LevelIrradiated, Some(place)), |answer| match answer {
        Answer::Yes => Oncologic::Resistant.into(),
        Answer::No => by_tumour,
    })
}

/// The same for one tumour, one judgement and one answer.
pub(crate) fn oncologic_of(site: PrimarySite, judged: Answer, irradiated: Answer) -> Oncologic {
    let is_sensitive = match radiosensitivity(site) {
        Radiosensitivity::Sensitive => true,
        Radiosensitivity::Resistant => false,
        Radiosensitivity::Unclassified => judged == Answer::Yes,
    };
    if is_sensitive && irradiated == Answer::No { Oncologic::Sensitive } else { Oncologic::Resistant }
}

fn oncologic_item(case: &Case, place: Place, values: ValueSet<Oncologic>) -> ScoredItem {
    let irradiated = case.answer(Question::LevelIrradiated, Some(place));
    if let Some(irradiated) = irradiated.filter(|irradiated| irradiated.known() == Some(Answer::Yes)) {
        return ungraded(Item::NomsOncologic, irradiated, values);
    }
    let item = ungraded(Item::NomsOncologic, &case.primary, values);
    let unclassified = |site| radiosensitivity(site) == Radiosensitivity::Unclassified;
    let judgement = case
        .answer(Question::Radiosensitivity, None)
        .filter(|_| case.primary.possible().iter().any(unclassified));
    let item = judgement.into_iter().fold(item, ScoredItem::also_resting_on);
    item.also_resting_on(irradiated.unwrap_or(&Finding::not_recorded()))
}

fn mechanical(case: &Case, level: &Level) -> ValueSet<Mechanical> {
    let totals = sins::totals(&sins::Values::of(level));
    let may_be_mechanical = level.pain.possible().contains(Pain::Mechanical);
    let opinion = case.possible_answers(Question::UnstableInSurgicalOpinion, Some(level.place));
    let for_opinion = totals.iter().any(|total| (7..=12).contains(&total)) && may_be_mechanical;
    let unstable = totals.iter().any(|total| total >= 13) || (for_opinion && opinion.contains(Answer::Yes));
    let surely_mechanical = level.pain.known() == Some(Pain::Mechanical);
    let stable = totals
        .iter()
        .any(|total| total <= 6 || (total <= 12 && (!surely_mechanical || opinion.contains(Answer::No))));
    [(stable, Mechanical::Stable), (unstable, Mechanical::Unstable)]
        .into_iter()
        .filter_map(|(is_possible, value)| is_possible.then_some(value))
        .collect()
}

/// The same for one total, one kind of pain and one opinion.
pub(crate) fn mechanical_of(total: u8, pain: Pain, unstable_in_opinion: Answer) -> Mechanical {
    let by_opinion = total >= 7 && pain == Pain::Mechanical && unstable_in_opinion == Answer::Yes;
    if total >= 13 || by_opinion { Mechanical::Unstable } else { Mechanical::Stable }
}

fn mechanical_item(case: &Case, level: &Level, values: ValueSet<Mechanical>) -> ScoredItem {
    let item = ungraded(Item::NomsMechanical, &level.location, values)
        .also_resting_on(&level.pain)
        .also_resting_on(&level.lesion)
        .also_resting_on(&level.alignment)
        .also_resting_on(&level.collapse)
        .also_resting_on(&level.posterolateral);
    match case.answer(Question::UnstableInSurgicalOpinion, Some(level.place)) {
        Some(opinion) => item.also_resting_on(opinion),
        None => item,
    }
}

fn systemic(case: &Case) -> ValueSet<Systemic> {
    read_as(case.possible_answers(Question::SurgicalTolerance, None), |answer| match answer {
        Answer::Yes => Systemic::Tolerates.into(),
        Answer::No => Systemic::CannotTolerate.into(),
    })
}
