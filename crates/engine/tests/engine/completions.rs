//! What the missing findings can still make of a verdict, against trying every answer one by one.

use spinemet_engine::assessment::assess;
use spinemet_engine::clinical::{
    Collapse, Count, Escc, Frankel, Karnofsky, Lesion, Pain, Posterolateral, PrimarySite, Statement,
    TomitaType, ValueSet, VisceralState,
};
use spinemet_engine::guidance::{Input, Picture, TreatmentOption, VerdictKind, judge};

use crate::pictures::{T10, answering, escc, first, of_type, picture, stable_level, stable_with};
use crate::record::case_now;

fn kind_of(option: TreatmentOption, picture: &Picture) -> VerdictKind {
    judge(option, &picture.patient, picture.levels.first()).kind
}

/// Every way to answer these inputs with yes or no.
fn every_answer(picture: &Picture, inputs: &[Input]) -> Vec<(Vec<bool>, Picture)> {
    (0..1_usize << inputs.len())
        .map(|number| {
            let answers: Vec<bool> = (0..inputs.len()).map(|bit| number >> bit & 1 == 1).collect();
            let pairs: Vec<(Input, bool)> = inputs.iter().copied().zip(answers.iter().copied()).collect();
            (answers, answering(picture.clone(), &pairs))
        })
        .collect()
}

/// Asserts that a verdict's reach and hinges are just what trying all answers to these inputs, all that are open, gives.
fn assert_exact(option: TreatmentOption, picture: &Picture, open: &[Input]) {
    let verdict = judge(option, &picture.patient, picture.levels.first());
    let all = every_answer(picture, open);
    let kinds: Vec<VerdictKind> = all.iter().map(|(_, full)| kind_of(option, full)).collect();
    let reachable: ValueSet<VerdictKind> = kinds.iter().copied().collect();
    let hinges: ValueSet<Input> = open
        .iter()
        .enumerate()
        .filter(|(position, _)| (0..all.len()).any(|number| kinds[number] != kinds[number ^ (1 << position)]))
        .map(|(_, input)| *input)
        .collect();
    assert!(verdict.is_exact, "{option:?}");
    assert_eq!(verdict.reachable, reachable, "{option:?} {open:?}");
    assert_eq!(verdict.hinges_on, hinges, "{option:?} {open:?}");
}

const AUGMENTATION: [Input; 7] = [
    Input::PosteriorWallIntact,
    Input::SevereCollapse,
    Input::Infection,
    Input::SevereCoagulopathy,
    Input::PmmaAllergy,
    Input::Pregnancy,
    Input::NeuralCompression,
];

/// Lytic, painful, a little collapsed, ESCC 1a, pedicles free: what is open is asked with yes or no.
fn augmentable() -> Picture {
    picture(vec![
        Statement::SpinalMetastasis(T10),
        Statement::Pain(T10, Pain::Occasional.into()),
        Statement::Lesion(T10, Lesion::Lytic.into()),
        Statement::Collapse(T10, Collapse::UnderHalf.into()),
        Statement::Posterolateral(T10, Posterolateral::Uninvolved.into()),
        Statement::Frankel(Frankel::E.into()),
        escc(Escc::Grade1a),
    ])
}

#[test]
fn reach_and_hinges_are_what_trying_every_answer_gives() {
    let option = TreatmentOption::VertebralAugmentation;
    // Each subset of the seven open, the others answered as they would be for a good candidate.
    for number in 0..1_usize << AUGMENTATION.len() {
        let is_open = |position: usize| number >> position & 1 == 1;
        let settled: Vec<(Input, bool)> = AUGMENTATION
            .iter()
            .enumerate()
            .filter(|(position, _)| !is_open(*position))
            .map(|(_, input)| (*input, *input == Input::PosteriorWallIntact))
            .collect();
        let open: Vec<Input> =
            (0..AUGMENTATION.len()).filter(|p| is_open(*p)).map(|p| AUGMENTATION[p]).collect();
        assert_exact(option, &answering(augmentable(), &settled), &open);
    }
}

/// An answer that rules the option out leaves only what can also contraindicate it.
#[test]
fn what_is_not_required_any_more_is_not_asked() {
    let option = TreatmentOption::VertebralAugmentation;
    for asked in AUGMENTATION {
        for answer in [false, true] {
            let picture = answering(augmentable(), &[(asked, answer)]);
            let open: Vec<Input> = AUGMENTATION.iter().copied().filter(|input| *input != asked).collect();
            assert_exact(option, &picture, &open);
        }
    }
    let breached = answering(augmentable(), &[(Input::PosteriorWallIntact, false)]);
    let verdict = first(option, &breached);
    assert_eq!(verdict.kind, VerdictKind::NotIndicated);
    assert!(!verdict.hinges_on.contains(Input::SevereCollapse));
    assert!(verdict.hinges_on.contains(Input::Infection));
}

#[test]
fn inputs_that_share_criteria_are_tried_together() {
    let open = [
        Input::SurgicalTolerance,
        Input::SsrsWithin35Days,
        Input::PreoperativeEmbolisation,
        Input::NeurologicalProgression,
    ];
    for primary in [PrimarySite::Kidney, PrimarySite::Lymphoma, PrimarySite::Breast] {
        for grade in [Escc::Grade1c, Escc::Grade2] {
            for imaging in [true, false] {
                let base = stable_with([
                    Statement::Primary(primary),
                    Statement::Frankel(Frankel::D.into()),
                    escc(grade),
                ]);
                let base = answering(base, &[(Input::HypervascularOnImaging, imaging)]);
                let open: Vec<Input> =
                    open.into_iter().filter(|input| base.patient.is_open(*input)).collect();
                assert_exact(TreatmentOption::SeparationSurgerySsrs, &base, &open);
            }
        }
    }
}

/// A grade that is missing decides between radiotherapy and separation surgery, viscera change nothing there.
#[test]
fn the_grade_hinges_where_the_viscera_do_not() {
    let level = stable_with([Statement::Primary(PrimarySite::LungNonSmallCell)]);
    for option in [TreatmentOption::RadiotherapyAlone, TreatmentOption::SeparationSurgerySsrs] {
        let verdict = first(option, &level);
        assert!(verdict.hinges_on.contains(Input::Escc), "{option:?}");
        assert!(!verdict.hinges_on.contains(Input::Visceral), "{option:?}");
    }
}

/// Where too many combinations are open to be tried, nothing is excluded and that is said.
#[test]
fn what_cannot_be_tried_is_not_excluded() {
    let verdict =
        first(TreatmentOption::TotalEnBlocSpondylectomy, &picture(vec![Statement::SpinalMetastasis(T10)]));
    assert!(!verdict.is_exact);
    for input in
        [Input::Karnofsky, Input::Visceral, Input::Frankel, Input::TomitaType, Input::PrimaryControlled]
    {
        assert!(verdict.hinges_on.contains(input), "{input:?}");
    }
    let all: ValueSet<VerdictKind> =
        [VerdictKind::Contraindicated, VerdictKind::NotIndicated, VerdictKind::Relative, VerdictKind::Option]
            .into_iter()
            .collect();
    assert_eq!(verdict.reachable, all);
}

/// A verdict that nothing can change says so, and no input is listed for its sake.
#[test]
fn a_settled_verdict_hinges_on_nothing() {
    let assessment = assess(case_now(stable_level().into_iter().chain([
        escc(Escc::Grade0),
        Statement::Frankel(Frankel::E.into()),
        Statement::Primary(PrimarySite::Kidney),
    ])));
    let verdict = assessment.verdicts_on(TreatmentOption::SsrsFirst).next().unwrap();
    assert_eq!((verdict.kind, verdict.reachable), (VerdictKind::Option, VerdictKind::Option.into()));
    assert!(verdict.hinges_on.is_empty());
    let named = assessment.missing.iter().flat_map(|missing| &missing.verdicts);
    assert!(named.into_iter().all(|effect| effect.option != TreatmentOption::SsrsFirst));
}

/// What stands in for an answer that nobody gave leaves the verdict settled, and it is said which answer would change it.
#[test]
fn a_settled_verdict_names_the_answers_that_go_before_it() {
    use Input::{
        GoodGeneralCondition, HypervascularOnImaging, ImagingDiagnosisClear, NeuralCompression,
        NeurologicalProgression, PathologyWouldNotChangeStrategy, PedicleInvolvement,
        SurgicalIndicationClear, SurvivalOverSixMonths,
    };
    let kidney = |more: Vec<Statement>| {
        let known = [Statement::Primary(PrimarySite::Kidney), Statement::SpinalMetastasis(T10)];
        picture(known.into_iter().chain(more).collect())
    };
    let yields = |option: TreatmentOption, picture: &Picture, answers: &[(Input, bool)]| {
        let verdict = first(option, &answering(picture.clone(), answers));
        (verdict.kind, verdict.yields_to.iter().collect::<Vec<Input>>())
    };
    // Imaging goes before histology.
    let planned = [(Input::SurgeryPlanned, true), (Input::HairpinArtery, false)];
    let embolisation = yields(TreatmentOption::Embolisation, &kidney(vec![]), &planned);
    assert_eq!(embolisation, (VerdictKind::Option, vec![HypervascularOnImaging]));
    let imaged = [planned[0], planned[1], (HypervascularOnImaging, true)];
    let embolisation = yields(TreatmentOption::Embolisation, &kidney(vec![]), &imaged);
    assert_eq!(embolisation, (VerdictKind::Option, vec![]));
    // That it gets worse counts also of who is intact; the three attestations waive a biopsy together.
    let intact = kidney(vec![Statement::Frankel(Frankel::E.into())]);
    let waived = [ImagingDiagnosisClear, SurgicalIndicationClear, PathologyWouldNotChangeStrategy];
    let biopsy = yields(TreatmentOption::Biopsy, &intact, &[(Input::NoCancerHistory, true)]);
    assert_eq!(biopsy, (VerdictKind::Option, [&[NeurologicalProgression][..], &waived].concat()));
    let two = [(Input::NoCancerHistory, true), (waived[0], true), (waived[1], false)];
    let biopsy = yields(TreatmentOption::Biopsy, &intact, &two);
    assert_eq!(biopsy, (VerdictKind::Option, vec![NeurologicalProgression]));
    // A clinician's word goes before the scores.
    let candidate = of_type(
        kidney(vec![
            Statement::Karnofsky(Karnofsky::K90.into()),
            Statement::VertebralCount(Count::Exactly(1)),
            Statement::ExtraspinalCount(Count::Exactly(0)),
            Statement::VisceralStatus(VisceralState::Absent.into()),
            Statement::Frankel(Frankel::E.into()),
        ]),
        TomitaType::Type4,
    );
    let spondylectomy =
        yields(TreatmentOption::TotalEnBlocSpondylectomy, &candidate, &[(Input::PrimaryControlled, true)]);
    assert_eq!(spondylectomy, (VerdictKind::Option, vec![GoodGeneralCondition, SurvivalOverSixMonths]));
    let settled = AUGMENTATION.map(|input| (input, input == Input::PosteriorWallIntact));
    let settled: Vec<(Input, bool)> =
        settled.into_iter().filter(|(input, _)| *input != NeuralCompression).collect();
    let lytic = picture(vec![
        Statement::Pain(T10, Pain::Occasional.into()),
        Statement::Lesion(T10, Lesion::Lytic.into()),
        Statement::Collapse(T10, Collapse::UnderHalf.into()),
        Statement::Posterolateral(T10, Posterolateral::Uninvolved.into()),
        Statement::Frankel(Frankel::E.into()),
        escc(Escc::Grade0),
    ]);
    let augmentation = yields(TreatmentOption::VertebralAugmentation, &lytic, &settled);
    assert_eq!(augmentation, (VerdictKind::Option, vec![NeuralCompression, PedicleInvolvement]));
    // What is contraindicated stays so whatever is said of the rest.
    let infected = [(Input::Infection, true)];
    let augmentation = yields(TreatmentOption::VertebralAugmentation, &lytic, &infected);
    assert_eq!(augmentation, (VerdictKind::Contraindicated, vec![]));
    // An open verdict names what it needs instead.
    assert_eq!(yields(TreatmentOption::Biopsy, &kidney(vec![]), &[]).1, []);
}
