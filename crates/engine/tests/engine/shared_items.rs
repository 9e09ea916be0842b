//! Items that rest on several inputs: which of the inputs can change the score is exact, also where the item is open for
//! another reason.

use spinemet_engine::assessment::{Assessment, assess};
use spinemet_engine::clinical::{
    Alignment, Answer, BoneExtent, BreastReceptors, Collapse, Count, Domain, Escc, Karnofsky, Lesion, Pain,
    Place, Posterolateral, PrimarySite, Question, Statement, Vertebra, VisceralState,
};
use spinemet_engine::guidance::Input;
use spinemet_engine::scoring::{Band, Instrument};

use crate::record::{Sequence, case_now, set};

const T10: Place = Place::At(Vertebra::T10);

fn answered(question: Question, place: Place, answer: Answer) -> Statement {
    Statement::Answered(question, place, answer)
}

/// Whether an input can change an instrument, and whether an answer to it alone would settle the band.
fn matters(assessment: &Assessment, input: Input, instrument: Instrument) -> (bool, bool) {
    let missing = assessment.missing.iter().find(|missing| missing.input == input);
    let effect = missing.and_then(|missing| {
        missing
            .effects
            .iter()
            .find(|effect| effect.instrument == instrument)
            .map(|effect| (effect.can_change_band, effect.decides()))
    });
    effect.unwrap_or((false, false))
}

/// Compression, condition and earlier treatment known, so that NOMS hangs on the tumour and on stability.
fn noms(statements: Vec<Statement>) -> Assessment {
    let known = [
        Statement::SpinalMetastasis(T10),
        Statement::Escc(T10, Escc::Grade1a.into()),
        answered(Question::SurgicalTolerance, Place::Unstated, Answer::Yes),
    ];
    assess(case_now(known.into_iter().chain(statements)))
}

fn stable() -> [Statement; 5] {
    [
        Statement::Pain(T10, Pain::PainFree.into()),
        Statement::Lesion(T10, Lesion::Blastic.into()),
        Statement::Alignment(T10, Alignment::Normal.into()),
        Statement::Collapse(T10, Collapse::NoCollapse.into()),
        Statement::Posterolateral(T10, Posterolateral::Uninvolved.into()),
    ]
}

#[test]
fn two_tumours_of_one_class_do_not_matter_beside_an_open_question() {
    let of = |sites: &[PrimarySite]| {
        noms(stable().into_iter().chain(sites.iter().map(|site| Statement::Primary(*site))).collect())
    };
    let instrument = Instrument::Noms2013;
    let sensitive = of(&[PrimarySite::Lymphoma, PrimarySite::Myeloma]);
    assert_eq!(matters(&sensitive, Input::Primary, instrument), (false, false), "both are sensitive");
    assert_eq!(matters(&sensitive, Input::LevelIrradiated, instrument), (true, true));
    let different = of(&[PrimarySite::Lymphoma, PrimarySite::Kidney]);
    assert_eq!(matters(&different, Input::Primary, instrument), (true, true), "kidney alone settles it");
    let unclassed = of(&[PrimarySite::Stomach, PrimarySite::Bladder]);
    assert_eq!(matters(&unclassed, Input::Primary, instrument), (false, false), "one judgement for both");
    assert_eq!(
        matters(&unclassed, Input::Radiosensitivity, instrument),
        (true, true),
        "resistant settles it"
    );
}

#[test]
fn receptors_and_hormones_matter_only_where_they_tell_apart() {
    let of = |statements: Vec<Statement>| {
        assess(case_now([Statement::SpinalMetastasis(T10)].into_iter().chain(statements)))
    };
    let negative = set(&[BreastReceptors::HormoneNegativeHer2Positive, BreastReceptors::TripleNegative]);
    let either = of(vec![
        Statement::Primary(PrimarySite::Breast),
        Statement::Primary(PrimarySite::Lung),
        Statement::BreastReceptors(negative),
    ]);
    let adjusted = Instrument::TokuhashiReceptorAdjusted;
    assert!(!matters(&either, Input::BreastReceptors, adjusted).0, "lowered by both");
    assert!(matters(&either, Input::Primary, adjusted).0);
    let same = of(vec![
        Statement::Primary(PrimarySite::Breast),
        Statement::Primary(PrimarySite::Prostate),
        Statement::BreastReceptors(BreastReceptors::ErPositive.into()),
    ]);
    assert!(!matters(&same, Input::Primary, Instrument::Katagiri2014).0, "hormones tell, not the organ");
    assert!(matters(&same, Input::HormoneDependent, Instrument::Katagiri2014).0);
}

/// Some findings of a level left out, in every way that the others can be completed: an input matters for NOMS exactly if two
/// answers to it differ in the decision while everything else is the same.
#[test]
fn what_matters_for_stability_is_what_a_complete_record_shows() {
    let mut sequence = Sequence::new(5);
    for round in 0..40 {
        let all = every_finding();
        let mut open: Vec<usize> = (0..all.len()).collect();
        sequence.shuffle(&mut open);
        open.truncate(1 + sequence.below(3));
        open.sort_unstable();
        let chosen: Vec<usize> = all.iter().map(|(_, values)| sequence.below(values.len())).collect();
        let tumour =
            [Statement::Primary(PrimarySite::Lymphoma), answered(Question::LevelIrradiated, T10, Answer::No)];
        let record = |answers: &[Option<usize>]| {
            let findings =
                all.iter().zip(answers).filter_map(|((_, values), answer)| Some(values[(*answer)?].clone()));
            noms(findings.chain(tumour.clone()).collect())
        };
        let known: Vec<Option<usize>> =
            (0..all.len()).map(|index| (!open.contains(&index)).then_some(chosen[index])).collect();
        let claims = record(&known);
        // Every completion and its decision.
        let mut completions: Vec<Vec<Option<usize>>> = vec![known.clone()];
        for index in &open {
            completions = completions
                .into_iter()
                .flat_map(|answers| {
                    (0..all[*index].1.len()).map(move |answer| {
                        let mut answers = answers.clone();
                        answers[*index] = Some(answer);
                        answers
                    })
                })
                .collect();
        }
        let decided: Vec<(Vec<Option<usize>>, Vec<Band>)> = completions
            .into_iter()
            .map(|answers| {
                let bands = record(&answers).score(Instrument::Noms2013, Some(T10)).unwrap().bands.clone();
                (answers, bands)
            })
            .collect();
        for index in &open {
            let differ = decided.iter().any(|(one, bands)| {
                decided.iter().any(|(other, others)| {
                    bands != others
                        && (0..all.len()).all(|place| place == *index || one[place] == other[place])
                })
            });
            let claimed = matters(&claims, all[*index].0, Instrument::Noms2013).0;
            assert_eq!(claimed, differ, "round {round}: {:?} of {open:?} {chosen:?}", all[*index].0);
        }
    }
}

/// What stability rests on, with every answer.
fn every_finding() -> Vec<(Input, Vec<Statement>)> {
    fn each<T: Domain>(made: impl Fn(T) -> Statement) -> Vec<Statement> {
        T::ALL.iter().map(|value| made(*value)).collect()
    }
    vec![
        (Input::SinsPain, each(|pain: Pain| Statement::Pain(T10, pain.into()))),
        (Input::SinsLesion, each(|lesion: Lesion| Statement::Lesion(T10, lesion.into()))),
        (Input::SinsAlignment, each(|alignment: Alignment| Statement::Alignment(T10, alignment.into()))),
        (Input::SinsCollapse, each(|collapse: Collapse| Statement::Collapse(T10, collapse.into()))),
        (Input::SinsPosterolateral, each(|side: Posterolateral| Statement::Posterolateral(T10, side.into()))),
        (
            Input::UnstableInSurgicalOpinion,
            each(|answer: Answer| answered(Question::UnstableInSurgicalOpinion, T10, answer)),
        ),
    ]
}

/// A count outside the spine settles the extent of foci, and with it what reads the extent.
#[test]
fn a_count_matters_to_every_score_that_reads_the_extent() {
    use Instrument::{Katagiri2014, ModifiedBauer2008, Tomita2001};
    let stomach = |more: Vec<Statement>| {
        let known = [
            Statement::SpinalMetastasis(T10),
            Statement::Primary(PrimarySite::Stomach),
            Statement::VisceralStatus(VisceralState::Removable.into()),
        ];
        assess(case_now(known.into_iter().chain(more)))
    };
    let one = || Statement::VertebralCount(Count::Exactly(1));
    let two = Statement::VertebralCount(Count::Exactly(2));
    let none = Statement::ExtraspinalCount(Count::Exactly(0));
    let open = stomach(vec![one()]);
    for instrument in [Tomita2001, ModifiedBauer2008] {
        // Tomita 4 + 2 + 1 or 2, Bauer 0 or 1 for the skeleton.
        assert_eq!(matters(&open, Input::ExtraspinalCount, instrument), (true, true), "{instrument:?}");
        assert_eq!(matters(&open, Input::BoneExtent, instrument), (true, true), "{instrument:?}");
        assert_eq!(matters(&open, Input::VertebralCount, instrument), (false, false), "it is known");
    }
    assert_eq!(matters(&open, Input::ExtraspinalCount, Katagiri2014), (true, false));
    // Both counts open: one focus more settles the extent, none leaves it open.
    let both = stomach(vec![]);
    assert_eq!(matters(&both, Input::ExtraspinalCount, Tomita2001), (true, true));
    assert_eq!(matters(&both, Input::VertebralCount, Tomita2001), (true, true));
    assert_eq!(matters(&stomach(vec![none]), Input::VertebralCount, Tomita2001), (true, true));
    // Two vertebrae are multiple whatever lies outside; a stated extent does not wait for counts.
    assert_eq!(matters(&stomach(vec![two]), Input::ExtraspinalCount, Tomita2001), (false, false));
    let stated = stomach(vec![one(), Statement::BoneExtent(BoneExtent::Multiple)]);
    assert_eq!(matters(&stated, Input::ExtraspinalCount, Tomita2001), (false, false));
}

#[test]
fn whether_there_are_visceral_metastases_matters_for_how_they_are_spread() {
    let lung = |more: Vec<Statement>| {
        let known = [
            Statement::SpinalMetastasis(T10),
            Statement::Primary(PrimarySite::Kidney),
            Statement::Karnofsky(Karnofsky::K90.into()),
            Statement::BoneExtent(BoneExtent::Multiple),
            answered(Question::PriorChemotherapy, Place::Unstated, Answer::Yes),
        ];
        assess(case_now(known.into_iter().chain(more)))
    };
    let katagiri = Instrument::Katagiri2014;
    assert!(matters(&lung(vec![]), Input::Visceral, katagiri).0);
    assert!(matters(&lung(vec![]), Input::VisceralPattern, katagiri).0);
    let present = lung(vec![Statement::VisceralStatus(
        [VisceralState::Removable, VisceralState::Untreatable].into_iter().collect(),
    )]);
    assert_eq!(matters(&present, Input::Visceral, katagiri), (false, false), "present is all that it asks");
    assert!(matters(&present, Input::VisceralPattern, katagiri).0);
}

/// Receptors alone decide between two bands of the adjusted scores, and of the raw scores they change nothing (RUL-4).
#[test]
fn receptors_matter_to_the_adjusted_scores_alone() {
    let breast = assess(case_now([
        Statement::SpinalMetastasis(T10),
        Statement::Primary(PrimarySite::Breast),
        Statement::VisceralStatus(VisceralState::Untreatable.into()),
        Statement::BoneExtent(BoneExtent::Multiple),
    ]));
    // 1 or 2, and 4, and 2.
    assert_eq!(matters(&breast, Input::BreastReceptors, Instrument::TomitaReceptorAdjusted), (true, true));
    assert!(matters(&breast, Input::BreastReceptors, Instrument::TokuhashiReceptorAdjusted).0);
    for raw in [Instrument::Tomita2001, Instrument::Tokuhashi2005] {
        assert_eq!(matters(&breast, Input::BreastReceptors, raw), (false, false), "{raw:?}");
    }
}
