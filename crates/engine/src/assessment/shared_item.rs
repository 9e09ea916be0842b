//! Items that rest on several inputs at once: what one of the inputs can do to such an item while the others are as they are.
//! Every combination of answers is tried, so that this is exact.

use crate::clinical::{
    Answer, BreastReceptors, Case, Domain, ExtraspinalCount, Level, Pain, PrimarySite, Question, ValueSet,
    VertebralCount, VisceralPattern, VisceralState, extent_from_counts,
};
use crate::guidance::Input;
use crate::scoring::{Graded, Item, PointSet, katagiri, noms, tokuhashi, tomita};

/// What one input does to an item.
#[derive(Debug, Default)]
pub(super) struct Share {
    /// The values of the item that two answers make while everything else is the same.
    pub pairs: Vec<(&'static str, &'static str)>,
    /// For each answer the values that it leaves to the item.
    pub left: Vec<Vec<&'static str>>,
}

/// The share of an input in an item; `None` where nothing else is read for the item.
pub(super) fn share(input: Input, item: Item, case: &Case, level: Option<&Level>) -> Option<Share> {
    match item {
        Item::NomsMechanical => level.map(|level| mechanical(input, case, level)),
        Item::NomsOncologic => level.map(|level| oncologic(input, case, level)),
        Item::KatagiriPrimary => Some(katagiri_primary(input, case)),
        Item::TomitaPrimaryAdjusted => {
            Some(adjusted(input, case, |site, receptors| tomita::adjusted_growth(site, receptors.into())))
        }
        Item::TokuhashiPrimaryAdjusted => {
            Some(adjusted(input, case, |site, receptors| tokuhashi::adjusted_group(site, receptors.into())))
        }
        Item::TomitaBone | Item::BauerSkeletal | Item::KatagiriSkeletal => extent(input, case),
        Item::KatagiriVisceral if input == Input::Visceral => Some(pattern(case)),
        _ => None,
    }
}

/// Gathers what each answer makes of the item in each state of everything else.
fn gather<C, V: Domain + Ord>(
    answers: usize,
    states: impl IntoIterator<Item = C>,
    made: impl Fn(&C, usize) -> ValueSet<V>,
) -> Share {
    let mut left = vec![ValueSet::<V>::EMPTY; answers];
    let mut pairs: Vec<(V, V)> = Vec::new();
    for state in states {
        let all: Vec<ValueSet<V>> = (0..answers).map(|answer| made(&state, answer)).collect();
        for (position, one) in all.iter().enumerate() {
            if let Some(left) = left.get_mut(position) {
                *left = left.union(*one);
            }
            for other in all.iter().skip(position + 1).filter(|other| *other != one) {
                let new = one.iter().flat_map(|a| other.iter().map(move |b| (a.min(b), a.max(b))));
                pairs.extend(new.filter(|(a, b)| a != b));
                pairs.sort_unstable();
                pairs.dedup();
            }
        }
    }
    Share {
        pairs: pairs.into_iter().map(|(a, b)| (a.key(), b.key())).collect(),
        left: left.into_iter().map(|values| values.iter().map(Domain::key).collect()).collect(),
    }
}

/// Where nobody stated the extent of bone foci, it is what the counts come to.
fn extent(input: Input, case: &Case) -> Option<Share> {
    let vertebral: Vec<VertebralCount> = case.vertebral_count.possible().iter().collect();
    let extraspinal: Vec<ExtraspinalCount> = case.extraspinal_count.possible().iter().collect();
    let share = match input {
        Input::VertebralCount | Input::ExtraspinalCount if case.bone_extent.is_recorded() => Share::default(),
        Input::VertebralCount => gather(vertebral.len(), extraspinal, |extraspinal, answer| {
            let vertebral = vertebral.get(answer).copied().map_or(ValueSet::EMPTY, ValueSet::only);
            extent_from_counts(vertebral, (*extraspinal).into())
        }),
        Input::ExtraspinalCount => gather(extraspinal.len(), vertebral, |vertebral, answer| {
            let extraspinal = extraspinal.get(answer).copied().map_or(ValueSet::EMPTY, ValueSet::only);
            extent_from_counts((*vertebral).into(), extraspinal)
        }),
        _ => return None,
    };
    Some(share)
}

/// Without visceral metastases there is no pattern of them, and with them there is one.
fn pattern(case: &Case) -> Share {
    let states: Vec<VisceralState> = case.visceral.possible().iter().collect();
    let possible = case.visceral_pattern.possible();
    gather(states.len(), [()], |(), answer| {
        let is_absent = states.get(answer) == Some(&VisceralState::Absent);
        possible.iter().filter(|pattern| (*pattern == VisceralPattern::Absent) == is_absent).collect()
    })
}

/// Stability is the sum of SINS, and between 7 and 12 with mechanical pain a surgeon's opinion.
fn mechanical(input: Input, case: &Case, level: &Level) -> Share {
    let opinions = || case.possible_answers(Question::UnstableInSurgicalOpinion, Some(level.place));
    let items: [(Input, Vec<u8>); 5] = [
        (Input::SinsLocation, points(level.location.possible())),
        (Input::SinsLesion, points(level.lesion.possible())),
        (Input::SinsAlignment, points(level.alignment.possible())),
        (Input::SinsCollapse, points(level.collapse.possible())),
        (Input::SinsPosterolateral, points(level.posterolateral.possible())),
    ];
    let sum_without = |left_out: Option<Input>| -> PointSet {
        let others = items.iter().filter(|(item, _)| Some(*item) != left_out);
        others.map(|(_, points)| points.iter().copied().collect::<PointSet>()).sum()
    };
    let pains: Vec<Pain> = level.pain.possible().iter().collect();
    match input {
        Input::SinsPain => {
            let states = sum_without(None)
                .iter()
                .flat_map(|rest| opinions().iter().map(move |opinion| (rest, opinion)));
            gather(pains.len(), states, |(rest, opinion), answer| {
                pains.get(answer).map_or(ValueSet::EMPTY, |pain| {
                    noms::mechanical_of(rest + pain.points(), *pain, *opinion).into()
                })
            })
        }
        Input::UnstableInSurgicalOpinion => {
            let answers: Vec<Answer> = opinions().iter().collect();
            let states =
                sum_without(None).iter().flat_map(|rest| pains.iter().map(move |pain| (rest, *pain)));
            gather(answers.len(), states, |(rest, pain), answer| {
                answers.get(answer).map_or(ValueSet::EMPTY, |opinion| {
                    noms::mechanical_of(rest + pain.points(), *pain, *opinion).into()
                })
            })
        }
        _ => {
            let Some((_, points)) = items.iter().find(|(item, _)| *item == input) else {
                return Share::default();
            };
            let states = sum_without(Some(input)).iter().flat_map(|rest| {
                pains
                    .iter()
                    .flat_map(move |pain| opinions().iter().map(move |opinion| (rest, *pain, opinion)))
            });
            gather(points.len(), states, |(rest, pain, opinion), answer| {
                points.get(answer).map_or(ValueSet::EMPTY, |own| {
                    noms::mechanical_of(rest + own + pain.points(), *pain, *opinion).into()
                })
            })
        }
    }
}

fn points<G: Graded>(values: ValueSet<G>) -> Vec<u8> {
    values.iter().map(Graded::points).collect()
}

/// The tumour, radiation oncology's judgement where it is not classed, and whether the level was irradiated.
fn oncologic(input: Input, case: &Case, level: &Level) -> Share {
    let sites: Vec<PrimarySite> = case.primary.possible().iter().collect();
    let judged: Vec<Answer> = case.possible_answers(Question::Radiosensitivity, None).iter().collect();
    let irradiated: Vec<Answer> =
        case.possible_answers(Question::LevelIrradiated, Some(level.place)).iter().collect();
    three(
        [Input::Primary, Input::Radiosensitivity, Input::LevelIrradiated].map(|one| one == input),
        (&sites, &judged, &irradiated),
        |site, judged, irradiated| noms::oncologic_of(site, judged, irradiated).into(),
    )
}

/// The tumour and its receptors.
fn adjusted<V: Domain + Ord>(
    input: Input,
    case: &Case,
    made: impl Fn(PrimarySite, BreastReceptors) -> ValueSet<V>,
) -> Share {
    let sites: Vec<PrimarySite> = case.primary.possible().iter().collect();
    let receptors: Vec<BreastReceptors> = case.breast_receptors.possible().iter().collect();
    three(
        [input == Input::Primary, input == Input::BreastReceptors, false],
        (&sites, &receptors, &[Answer::Yes]),
        |site, receptors, _| made(site, receptors),
    )
}

/// The tumour, its receptors, and whether it depends on hormones or is treated with targeted drugs.
fn katagiri_primary(input: Input, case: &Case) -> Share {
    let sites: Vec<PrimarySite> = case.primary.possible().iter().collect();
    let receptors: Vec<BreastReceptors> = case.breast_receptors.possible().iter().collect();
    let hormones = case.possible_answers(Question::HormoneDependent, None);
    let targeted = case.possible_answers(Question::MolecularlyTargetedTherapy, None);
    let treatments: Vec<(Answer, Answer)> =
        hormones.iter().flat_map(|one| targeted.iter().map(move |other| (one, other))).collect();
    let made = |site: PrimarySite, receptors: BreastReceptors, hormone: Answer, targeted: Answer| {
        let negative = site == PrimarySite::Breast && receptors.lowers_prognosis() == Some(true);
        let hormone = if negative { Answer::No } else { hormone };
        let treatability =
            katagiri::Treatability { hormone_dependent: hormone.into(), targeted: targeted.into() };
        katagiri::growth(site, &treatability).0
    };
    match input {
        Input::HormoneDependent | Input::MolecularlyTargetedTherapy => {
            let is_hormone = input == Input::HormoneDependent;
            let (own, other) = if is_hormone { (hormones, targeted) } else { (targeted, hormones) };
            let own: Vec<Answer> = own.iter().collect();
            let states = sites.iter().flat_map(|site| {
                let beside = receptors.iter();
                beside.flat_map(move |receptors| other.iter().map(move |other| (*site, *receptors, other)))
            });
            gather(own.len(), states, |(site, receptors, other), answer| {
                own.get(answer).map_or(ValueSet::EMPTY, |own| {
                    let (hormone, targeted) = if is_hormone { (*own, *other) } else { (*other, *own) };
                    made(*site, *receptors, hormone, targeted)
                })
            })
        }
        _ => three(
            [input == Input::Primary, input == Input::BreastReceptors, false],
            (&sites, &receptors, &treatments),
            |site, receptors, (hormone, targeted)| made(site, receptors, hormone, targeted),
        ),
    }
}

/// The share of one of three inputs, by every answer to all of them.
fn three<A: Copy, B: Copy, C: Copy, V: Domain + Ord>(
    [first, second, third]: [bool; 3],
    (one, two, three): (&[A], &[B], &[C]),
    made: impl Fn(A, B, C) -> ValueSet<V>,
) -> Share {
    fn both<'s, L: Copy, R: Copy>(left: &'s [L], right: &'s [R]) -> impl Iterator<Item = (L, R)> + 's {
        left.iter().flat_map(move |left| right.iter().map(move |right| (*left, *right)))
    }
    if first {
        gather(one.len(), both(two, three), |(b, c), answer| {
            one.get(answer).map_or(ValueSet::EMPTY, |a| made(*a, *b, *c))
        })
    } else if second {
        gather(two.len(), both(one, three), |(a, c), answer| {
            two.get(answer).map_or(ValueSet::EMPTY, |b| made(*a, *b, *c))
        })
    } else if third {
        gather(three.len(), both(one, two), |(a, b), answer| {
            three.get(answer).map_or(ValueSet::EMPTY, |c| made(*a, *b, *c))
        })
    } else {
        Share::default()
    }
}
