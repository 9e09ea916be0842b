//! The logic of the verdicts, what an empty record leaves, and the alerts.

use spinemet_engine::clinical::TomitaType;
use spinemet_engine::clinical::{
    Alignment, Case, Collapse, Escc, Frankel, Karnofsky, Lesion, Pain, Place, Posterolateral, PrimarySite,
    Statement, ValueSet, Vertebra, VisceralState,
};
use spinemet_engine::guidance::{
    AlertKind, Input, Picture, Strength, TreatmentOption, Truth, VerdictKind, alerts, judge_all,
};

use crate::pictures::{T10, answering, escc, first, of_type, picture, stable_level, stable_with};
use crate::record::case_now;

// --- Logic ---

#[test]
fn three_valued_logic_is_kleenes() {
    use Truth::{False, True, Unknown};
    for a in [False, Unknown, True] {
        for b in [False, Unknown, True] {
            assert_eq!(a.and(b), a.min(b));
            assert_eq!(a.or(b), a.max(b));
            assert_eq!(!(a.and(b)), (!a).or(!b));
        }
        assert_eq!(!!a, a);
        assert_eq!(Unknown.or_else(a), a);
    }
    assert_eq!((Truth::all([]), Truth::any([])), (True, False));
    assert_eq!(Truth::of(ValueSet::<Escc>::EMPTY, |_| true), Unknown);
    assert_eq!(Truth::of(ValueSet::<Escc>::all(), |_| true), True);
    assert_eq!(Truth::of(ValueSet::<Escc>::all(), |grade| grade == Escc::Grade0), Unknown);
    assert_eq!(Truth::of(ValueSet::only(Escc::Grade1a), |grade| grade == Escc::Grade0), False);
}

#[test]
fn a_verdict_follows_the_order_of_the_specification() {
    // Contraindication before missing requirement before missing data.
    let picture = of_type(picture(vec![Statement::Karnofsky(Karnofsky::K20.into())]), TomitaType::Type7);
    let verdict = first(TreatmentOption::TotalEnBlocSpondylectomy, &picture);
    assert_eq!(
        (verdict.kind, verdict.strength),
        (VerdictKind::Contraindicated, Some(Strength::Contraindication))
    );
    assert!(verdict.needs.is_empty());
}

// --- An empty record ---

#[test]
fn nothing_on_record_decides_nothing() {
    let picture = picture(vec![]);
    for verdict in judge_all(&picture) {
        assert_eq!(verdict.kind, VerdictKind::InsufficientData, "{verdict:?}");
        assert!(!verdict.needs.is_empty(), "{verdict:?}");
        assert_ne!(verdict.contraindicated, Truth::True);
        assert!(verdict.reasons.iter().all(|reason| reason.truth == Truth::Unknown), "{verdict:?}");
    }
    assert_eq!(alerts(&picture, &picture, &judge_all(&picture)), []);
}

#[test]
fn every_contraindication_that_cannot_be_read_from_the_record_is_unknown_never_absent() {
    let picture = stable_with([
        Statement::Primary(PrimarySite::Breast),
        Statement::Frankel(Frankel::E.into()),
        Statement::Karnofsky(Karnofsky::K90.into()),
        escc(Escc::Grade0),
    ]);
    for option in [
        TreatmentOption::VertebralAugmentation,
        TreatmentOption::RadiofrequencyAblation,
        TreatmentOption::MicrowaveAblation,
        TreatmentOption::LaminectomyFixation,
        TreatmentOption::Stabilisation,
        TreatmentOption::Embolisation,
    ] {
        assert_eq!(first(option, &picture).contraindicated, Truth::Unknown, "{option:?}");
    }
}

#[test]
fn an_unknown_criterion_always_names_what_it_needs() {
    let records =
        [vec![], stable_level(), vec![Statement::Primary(PrimarySite::Stomach), escc(Escc::Grade2)]];
    for picture in records.map(picture) {
        for verdict in judge_all(&picture) {
            let level = picture.levels.iter().find(|level| Some(level.place) == verdict.place);
            for reason in verdict.reasons.iter().filter(|reason| reason.truth == Truth::Unknown) {
                let open = reason.predicate.inputs().iter().copied().any(|input| {
                    picture.patient.is_open(input) || level.is_some_and(|level| level.is_open(input))
                });
                assert!(open, "{:?} of {:?} is unknown and asks nothing", reason.predicate, verdict.option);
            }
        }
    }
}

// --- Alerts ---

fn alert_kinds(picture: &Picture) -> Vec<AlertKind> {
    alerts(picture, picture, &judge_all(picture)).iter().map(|alert| alert.kind).collect()
}

#[test]
fn a_deficit_asks_whether_it_progresses_until_it_does() {
    use AlertKind::{
        DeficitOnRecord, DeficitWithHighGradeCompression, EmergencyDecompression,
        HighGradeCompressionWithoutNeurology,
    };
    for frankel in [Frankel::A, Frankel::B, Frankel::C, Frankel::D] {
        for grade in [Escc::Grade2, Escc::Grade3] {
            let kinds = alert_kinds(&picture(vec![Statement::Frankel(frankel.into()), escc(grade)]));
            assert_eq!(kinds, [DeficitWithHighGradeCompression], "{frankel:?} {grade:?}");
        }
        assert_eq!(alert_kinds(&picture(vec![Statement::Frankel(frankel.into())])), [DeficitOnRecord]);
    }
    assert_eq!(alert_kinds(&picture(vec![escc(Escc::Grade3)])), [HighGradeCompressionWithoutNeurology]);
    assert_eq!(alert_kinds(&picture(vec![escc(Escc::Grade3), Statement::Frankel(Frankel::E.into())])), []);
    let worse = answering(picture(vec![]), &[(Input::NeurologicalProgression, true)]);
    assert_eq!(alert_kinds(&worse), [EmergencyDecompression]);
    // The alarm that it does takes the place of the question; a "no" may be older than the deficit.
    for (grade, asked) in [(Escc::Grade1c, DeficitOnRecord), (Escc::Grade3, DeficitWithHighGradeCompression)]
    {
        for (progresses, expected) in [(true, EmergencyDecompression), (false, asked)] {
            let deficit = picture(vec![Statement::Frankel(Frankel::C.into()), escc(grade)]);
            let answered = answering(deficit, &[(Input::NeurologicalProgression, progresses)]);
            let kinds = alert_kinds(&answered).into_iter();
            let kinds: Vec<AlertKind> =
                kinds.filter(|kind| *kind != AlertKind::ConsensusSilentOnGrade).collect();
            assert_eq!(kinds, [expected], "{grade:?}");
        }
    }
}

/// RUL-5: 7 to 12 is for discussion, 13 to 18 an indication that stands alone.
#[test]
fn the_call_for_a_surgeon_cites_the_rule_of_its_band() {
    let rule = |statements: Vec<Statement>| {
        let picture = picture(statements);
        let found = alerts(&picture, &picture, &judge_all(&picture));
        found.iter().find(|alert| alert.kind == AlertKind::SurgicalConsultation).map(|alert| alert.rule.id)
    };
    let unstable = |collapse: Collapse| {
        vec![
            Statement::Pain(T10, Pain::Mechanical.into()),
            Statement::Lesion(T10, Lesion::Lytic.into()),
            Statement::Alignment(T10, Alignment::Subluxation.into()),
            Statement::Collapse(T10, collapse.into()),
            Statement::Posterolateral(T10, Posterolateral::Unilateral.into()),
        ]
    };
    // T10 is 1; with pain 3, lysis 2, subluxation 4, one side 1.
    assert_eq!(rule(unstable(Collapse::NoneBodyInvolved)), Some("CN-2.3-MID"), "SINS 12");
    assert_eq!(rule(unstable(Collapse::UnderHalf)), Some("CN-2.3-HIGH"), "SINS 13");
    assert_eq!(rule(stable_level()), None);
}

#[test]
fn contradictions_of_the_consensus_are_said() {
    let lymphoma = picture(vec![
        Statement::Primary(PrimarySite::Lymphoma),
        Statement::Frankel(Frankel::E.into()),
        escc(Escc::Grade2),
    ]);
    assert!(alert_kinds(&lymphoma).contains(&AlertKind::RadiosensitiveHighGrade));
    assert!(alert_kinds(&picture(vec![escc(Escc::Grade1b)])).contains(&AlertKind::ConsensusSilentOnGrade));
    let poor = picture(vec![
        Statement::Primary(PrimarySite::Lung),
        Statement::VisceralStatus(VisceralState::Untreatable.into()),
        Statement::Pain(T10, Pain::Mechanical.into()),
    ]);
    assert!(alert_kinds(&poor).contains(&AlertKind::PoorPrognosisHidesNothing));
}

#[test]
fn the_worst_levels_of_sins_and_escc_may_differ() {
    let level = |vertebra: Vertebra, pain: Pain, grade: Escc| {
        let place = Place::At(vertebra);
        vec![
            Statement::Pain(place, pain.into()),
            Statement::Lesion(place, Lesion::Lytic.into()),
            Statement::Alignment(place, Alignment::Normal.into()),
            Statement::Collapse(place, Collapse::UnderHalf.into()),
            Statement::Posterolateral(place, Posterolateral::Unilateral.into()),
            Statement::Escc(place, grade.into()),
        ]
    };
    let two = |first: Escc, second: Escc| {
        let levels = level(Vertebra::T5, Pain::Occasional, first);
        let picture =
            picture(levels.into_iter().chain(level(Vertebra::L1, Pain::Mechanical, second)).collect());
        alert_kinds(&picture).contains(&AlertKind::WorstLevelsDiffer)
    };
    assert!(two(Escc::Grade3, Escc::Grade0));
    assert!(!two(Escc::Grade0, Escc::Grade3));
    assert!(!two(Escc::Grade2, Escc::Grade2));
}

#[test]
fn every_level_has_its_own_verdict() {
    let case: Case = case_now([
        Statement::Escc(Place::At(Vertebra::L2), Escc::Grade0.into()),
        Statement::Escc(T10, Escc::Grade3.into()),
        Statement::Primary(PrimarySite::LungNonSmallCell),
    ]);
    let verdicts = judge_all(&Picture::from(&case));
    let separation: Vec<(Option<&str>, VerdictKind)> = verdicts
        .iter()
        .filter(|verdict| verdict.option == TreatmentOption::SeparationSurgerySsrs)
        .map(|verdict| (verdict.place.map(Place::key), verdict.kind))
        .collect();
    assert_eq!(
        separation,
        [(Some("T10"), VerdictKind::InsufficientData), (Some("L2"), VerdictKind::Contraindicated)]
    );
    let order: Vec<TreatmentOption> = verdicts.iter().map(|verdict| verdict.option).collect();
    assert!(order.is_sorted());
}
