//! The extent of the tumour and what surgery can reach: Tomita's types, WBB sectors, and records that cannot both be true.

use spinemet_engine::assessment::assess;
use spinemet_engine::clinical::{
    Answer, BoneExtent, BreastReceptors, Count, Escc, Frankel, Karnofsky, Pain, PrimarySite, Question,
    Remark, Standing, Statement, TomitaType, VisceralState, WbbSectors,
};
use spinemet_engine::guidance::{
    AlertKind, Predicate, Role, TreatmentOption, Truth, Verdict, VerdictKind, alerts, judge_all,
};

use crate::pictures::{T10, escc, first, picture, stable_level};
use crate::record::{assert_finding, case_now};

fn sectors(sectors: &[u8]) -> Statement {
    Statement::WbbSectors(T10, WbbSectors::new(sectors.iter().copied()).unwrap())
}

fn of_type(tomita_type: TomitaType) -> Statement {
    Statement::TomitaType(T10, tomita_type.into())
}

fn answered(question: Question, answer: Answer) -> Statement {
    Statement::Answered(question, T10, answer)
}

/// A patient who meets every criterion of TES but the type.
fn candidate(more: Vec<Statement>) -> Verdict {
    let patient = vec![
        Statement::SpinalMetastasis(T10),
        Statement::Karnofsky(Karnofsky::K90.into()),
        Statement::Primary(PrimarySite::Thyroid),
        Statement::VertebralCount(Count::Exactly(1)),
        Statement::ExtraspinalCount(Count::Exactly(0)),
        Statement::VisceralStatus(VisceralState::Absent.into()),
        Statement::Frankel(Frankel::E.into()),
        Statement::Answered(
            Question::PrimaryControlled,
            spinemet_engine::clinical::Place::Unstated,
            Answer::Yes,
        ),
    ];
    first(TreatmentOption::TotalEnBlocSpondylectomy, &picture(patient.into_iter().chain(more).collect()))
}

fn holds(verdict: &Verdict, predicate: Predicate) -> bool {
    verdict.reasons.iter().any(|reason| reason.predicate == predicate && reason.truth == Truth::True)
}

/// Each qualification of TES and each support of biopsy speaks by its own rule.
#[test]
fn every_qualification_names_its_rule() {
    let rule = |option: TreatmentOption, predicate: Predicate| {
        let criteria = option.table().criteria();
        criteria
            .filter(|(_, criterion)| criterion.predicate == predicate)
            .map(|(_, criterion)| criterion.rule.id)
            .next()
    };
    let tes = |predicate| rule(TreatmentOption::TotalEnBlocSpondylectomy, predicate);
    assert_eq!(tes(Predicate::IntracompartmentalType), Some("CN-3.1-INTRA"));
    assert_eq!(tes(Predicate::ExtracompartmentalWithoutFibrousZone), Some("CN-3.1-EXTRA"));
    assert_eq!(tes(Predicate::OnePedicleFree), Some("CN-3.1-WBB-ONC"));
    assert_eq!(tes(Predicate::BothPediclesInvolved), Some("CN-3.1-WBB-ANAT"));
    let biopsy = rule(TreatmentOption::Biopsy, Predicate::NewLesionBesideMetastases);
    assert_eq!(biopsy, Some("CN-1.4-BX-MULTI"));
}

#[test]
fn the_type_decides_on_total_en_bloc_spondylectomy() {
    use TomitaType::{Type1, Type2, Type3, Type4, Type5, Type6};
    for (kind, expected) in [
        (Type1, VerdictKind::Relative),
        (Type2, VerdictKind::Option),
        (Type3, VerdictKind::Option),
        (Type4, VerdictKind::Option),
        (Type5, VerdictKind::Option),
        (Type6, VerdictKind::Relative),
    ] {
        assert_eq!(candidate(vec![of_type(kind)]).kind, expected, "{kind:?}");
    }
    let type_7 = first(TreatmentOption::TotalEnBlocSpondylectomy, &picture(vec![of_type(TomitaType::Type7)]));
    assert_eq!(type_7.kind, VerdictKind::Contraindicated);
}

#[test]
fn type_and_sectors_tell_what_margin_can_be_reached() {
    let intra = candidate(vec![of_type(TomitaType::Type3)]);
    assert!(holds(&intra, Predicate::IntracompartmentalType));
    let without_zone =
        candidate(vec![of_type(TomitaType::Type5), answered(Question::FibrousReactiveZone, Answer::No)]);
    assert!(holds(&without_zone, Predicate::ExtracompartmentalWithoutFibrousZone));
    let with_zone =
        candidate(vec![of_type(TomitaType::Type5), answered(Question::FibrousReactiveZone, Answer::Yes)]);
    assert!(!holds(&with_zone, Predicate::ExtracompartmentalWithoutFibrousZone));
    for (drawn, one_pedicle_free, both_pedicles) in [
        (&[4, 5, 6, 7, 8][..], true, false),
        (&[5, 6, 7, 8, 9], true, false),
        (&[5, 6], true, false),
        (&[4, 5, 6, 7, 8, 9], false, true),
        (&[4, 9], false, true),
        (&[3, 4, 5], false, false),
    ] {
        let verdict = candidate(vec![of_type(TomitaType::Type3), sectors(drawn)]);
        assert_eq!(holds(&verdict, Predicate::OnePedicleFree), one_pedicle_free, "{drawn:?}");
        assert_eq!(holds(&verdict, Predicate::BothPediclesInvolved), both_pedicles, "{drawn:?}");
        assert_eq!(verdict.kind, VerdictKind::Option, "the margin does not change the kind");
    }
}

/// CN-2.2-ACTIVE: solitary, low-grade and Tokuhashi 12 to 15, all three.
#[test]
fn active_surgery_is_supported_by_all_three_together() {
    let verdict = candidate(vec![of_type(TomitaType::Type3)]);
    assert!(holds(&verdict, Predicate::SolitaryLowGradeGoodPrognosis));
    assert!(
        verdict
            .reasons
            .iter()
            .any(|reason| reason.rule.id == "CN-2.2-ACTIVE" && reason.role == Role::Strengthening)
    );
}

/// CN-3.3-LAM-IND: sectors 10 to 3, across the spinous process.
#[test]
fn posterior_sectors_are_posterior_elements() {
    let laminectomy =
        |drawn: &[u8]| first(TreatmentOption::LaminectomyFixation, &picture(vec![sectors(drawn)])).required;
    assert_eq!(laminectomy(&[10, 11, 12, 1, 2, 3]), Truth::True);
    assert_eq!(laminectomy(&[12, 1]), Truth::True);
    assert_eq!(laminectomy(&[3, 4]), Truth::Unknown, "palliative decompression may still be intended");
}

#[test]
fn sectors_that_do_not_exist_are_none() {
    for wrong in [vec![], vec![0], vec![13], vec![4, 14]] {
        assert_eq!(WbbSectors::new(wrong), None);
    }
    assert_eq!(WbbSectors::new([9, 4, 4]).unwrap().to_string(), "4,9");
}

/// Specification A.4: type 7 is more than one focus. An inference, so that it only fills a gap.
#[test]
fn type_7_is_more_than_one_focus() {
    let inferred = case_now([of_type(TomitaType::Type7)]).bone_extent;
    assert_finding(&inferred, Standing::Known, &[BoneExtent::Multiple]);
    assert_eq!(inferred.remarks(), [Remark::FromTomitaType]);
    let stated =
        case_now([of_type(TomitaType::Type7), Statement::BoneExtent(BoneExtent::Solitary)]).bone_extent;
    assert_finding(&stated, Standing::Known, &[BoneExtent::Solitary]);
}

/// Records that cannot both be true are named and never corrected (specification A.4).
#[test]
fn records_that_cannot_both_be_true_are_named() {
    let kinds = |statements: Vec<Statement>| {
        let picture = picture(statements);
        alerts(&picture, &picture, &judge_all(&picture)).iter().map(|alert| alert.kind).collect::<Vec<_>>()
    };
    let against = |statements: Vec<Statement>, kind| kinds(statements).contains(&kind);
    assert!(against(vec![of_type(TomitaType::Type2), escc(Escc::Grade1a)], AlertKind::GradeAgainstType));
    assert!(!against(vec![of_type(TomitaType::Type4), escc(Escc::Grade1a)], AlertKind::GradeAgainstType));
    assert!(!against(vec![of_type(TomitaType::Type2), escc(Escc::Grade0)], AlertKind::GradeAgainstType));
    let solitary = || Statement::BoneExtent(BoneExtent::Solitary);
    assert!(against(vec![of_type(TomitaType::Type7), solitary()], AlertKind::Type7AgainstSolitary));
    assert!(!against(vec![of_type(TomitaType::Type6), solitary()], AlertKind::Type7AgainstSolitary));
    let wall = |answer| answered(Question::PosteriorWallIntact, answer);
    assert!(against(vec![sectors(&[12, 1]), wall(Answer::No)], AlertKind::PosteriorOnlyAgainstWall));
    assert!(!against(vec![sectors(&[12, 1]), wall(Answer::Yes)], AlertKind::PosteriorOnlyAgainstWall));
}

/// RUL-17: mechanical pain calls for augmentation or fixation; where the criteria of augmentation fail, fixation is left.
#[test]
fn mechanical_pain_without_the_criteria_of_augmentation_leaves_fixation() {
    let mechanical = |wall| {
        let statements: Vec<Statement> = stable_level()
            .into_iter()
            .filter(|statement| !matches!(statement, Statement::Pain(..)))
            .chain([
                Statement::Pain(T10, Pain::Mechanical.into()),
                answered(Question::PosteriorWallIntact, wall),
            ])
            .collect();
        let assessment = assess(case_now(statements));
        assessment.alerts.iter().any(|alert| alert.kind == AlertKind::FixationRatherThanAugmentation)
    };
    assert!(mechanical(Answer::No));
}

/// CN-1.4-BX-SKIP: the three attestations waive biopsy only together, and their absence never holds the advice back.
#[test]
fn three_attestations_together_waive_a_biopsy() {
    use Question::{ImagingDiagnosisClear, PathologyWouldNotChangeStrategy, SurgicalIndicationClear};
    let all = [ImagingDiagnosisClear, SurgicalIndicationClear, PathologyWouldNotChangeStrategy];
    let biopsy = |attested: &[Question]| {
        let place = spinemet_engine::clinical::Place::Unstated;
        let statements = [Question::NoCancerHistory].iter().chain(attested);
        let statements = statements.map(|question| Statement::Answered(*question, place, Answer::Yes));
        first(
            TreatmentOption::Biopsy,
            &picture(statements.chain([Statement::Frankel(Frankel::E.into())]).collect()),
        )
        .kind
    };
    assert_eq!(biopsy(&[]), VerdictKind::Option);
    for omitted in all {
        let two: Vec<Question> = all.into_iter().filter(|question| *question != omitted).collect();
        assert_eq!(biopsy(&two), VerdictKind::Option, "without {omitted:?}");
    }
    assert_eq!(biopsy(&all), VerdictKind::Relative);
}

/// CN-1.6-HYPER, CN-1.6-HYPO, CN-1.6-IMG: histology suggests, imaging decides, either way.
#[test]
fn imaging_goes_before_histology_in_embolisation() {
    let place = spinemet_engine::clinical::Place::Unstated;
    let embolisation = |primary: PrimarySite, imaging: Option<Answer>| {
        let imaging =
            imaging.map(|answer| Statement::Answered(Question::HypervascularOnImaging, place, answer));
        let statements = [
            Statement::Primary(primary),
            Statement::Answered(Question::SurgeryPlanned, place, Answer::Yes),
            Statement::Answered(Question::HairpinArtery, place, Answer::No),
        ];
        first(TreatmentOption::Embolisation, &picture(statements.into_iter().chain(imaging).collect()))
    };
    assert_eq!(embolisation(PrimarySite::Kidney, None).kind, VerdictKind::Option);
    assert_eq!(embolisation(PrimarySite::Breast, None).kind, VerdictKind::InsufficientData);
    assert_eq!(embolisation(PrimarySite::Breast, Some(Answer::Yes)).kind, VerdictKind::Option);
    let hypovascular = embolisation(PrimarySite::Kidney, Some(Answer::No));
    assert_eq!(hypovascular.kind, VerdictKind::NotIndicated);
    let why = hypovascular.reasons.iter().find(|reason| reason.truth == Truth::False).unwrap();
    assert_eq!(why.rule.id, "CN-1.6-HYPO");
}

/// RUL-4 where it decides: receptors missing leave both readings of breast cancer open.
#[test]
fn receptors_are_asked_for_where_the_totals_depend_on_them() {
    let tomita = |receptors: Option<BreastReceptors>| {
        let receptors = receptors.map(|receptors| Statement::BreastReceptors(receptors.into()));
        let statements = [
            Statement::Primary(PrimarySite::Breast),
            Statement::VisceralStatus(VisceralState::Untreatable.into()),
            Statement::BoneExtent(BoneExtent::Multiple),
        ];
        first(TreatmentOption::SupportiveCare, &picture(statements.into_iter().chain(receptors).collect()))
    };
    assert_eq!(tomita(Some(BreastReceptors::TripleNegative)).kind, VerdictKind::Option, "2 + 4 + 2");
    assert_eq!(tomita(Some(BreastReceptors::ErPositive)).kind, VerdictKind::NotIndicated, "1 + 4 + 2");
    for open in [None, Some(BreastReceptors::ErNegativePrPositive)] {
        let verdict = tomita(open);
        assert_eq!(verdict.kind, VerdictKind::InsufficientData);
        assert_eq!(verdict.needs, [spinemet_engine::guidance::Input::BreastReceptors]);
    }
}
