//! When an alert is raised: each of its conditions alone and together.

use spinemet_engine::clinical::{
    Alignment, Collapse, Escc, Frankel, Lesion, Pain, Place, Posterolateral, PrimarySite, Statement, Vertebra,
};
use spinemet_engine::guidance::{
    AlertKind, Input, Picture, TreatmentOption, Verdict, VerdictKind, alerts, judge_all,
};
use spinemet_engine::scoring::PointSet;

use crate::pictures::{T10, answering, escc, picture, stable_level};

const L4: Place = Place::At(Vertebra::L4);

fn raised(picture: &Picture, verdicts: &[Verdict], kind: AlertKind) -> bool {
    alerts(picture, picture, verdicts).iter().any(|alert| alert.kind == kind)
}

/// Specification F.3: the two scores point different ways for every total that each can still come to.
#[test]
fn scores_disagree_where_every_total_does() {
    let sets =
        |least: u8, most: u8| (least..=most).flat_map(move |one| (one..=most).map(move |other| [one, other]));
    let mut picture = picture(vec![Statement::SpinalMetastasis(T10)]);
    for tomita in sets(2, 10) {
        for tokuhashi in sets(0, 15) {
            picture.patient.tomita = tomita.into_iter().collect();
            picture.patient.tokuhashi = tokuhashi.into_iter().collect();
            let no_operation = tomita[0] >= 8 && tokuhashi[0] >= 9;
            let excision = tomita[1] <= 5 && tokuhashi[1] <= 8;
            let found = raised(&picture, &[], AlertKind::ScoresDisagree);
            assert_eq!(found, no_operation || excision, "Tomita {tomita:?}, Tokuhashi {tokuhashi:?}");
        }
    }
}

/// A verdict on an option at a level.
fn verdict(option: TreatmentOption, place: Place, kind: VerdictKind) -> Verdict {
    let any = judge_all(&picture(vec![Statement::SpinalMetastasis(T10)])).remove(0);
    Verdict { option, place: Some(place), kind, ..any }
}

const KINDS: [VerdictKind; 5] = [
    VerdictKind::Contraindicated,
    VerdictKind::NotIndicated,
    VerdictKind::InsufficientData,
    VerdictKind::Relative,
    VerdictKind::Option,
];

/// RUL-11: decompression, stabilisation, cement and radiotherapy are what a poor score must not hide.
#[test]
fn a_poor_score_is_answered_by_what_it_must_not_hide() {
    use TreatmentOption::{RadiotherapyAlone, Stabilisation, VertebralAugmentation};
    let kind = AlertKind::PoorPrognosisHidesNothing;
    let with = |tomita: u8, tokuhashi: u8, frankel: Frankel| {
        let mut picture = picture(vec![Statement::SpinalMetastasis(T10), Statement::Frankel(frankel.into())]);
        picture.patient.tomita = PointSet::only(tomita);
        picture.patient.tokuhashi = PointSet::only(tokuhashi);
        picture
    };
    let options = [
        RadiotherapyAlone,
        Stabilisation,
        VertebralAugmentation,
        TreatmentOption::TotalEnBlocSpondylectomy,
        TreatmentOption::SupportiveCare,
    ];
    for option in options {
        for of_option in KINDS {
            let verdicts = [verdict(option, T10, of_option)];
            let is_palliative = [RadiotherapyAlone, Stabilisation, VertebralAugmentation].contains(&option);
            let remains = is_palliative
                && !matches!(of_option, VerdictKind::Contraindicated | VerdictKind::NotIndicated);
            for (tomita, tokuhashi, poor) in [(8, 12, true), (4, 8, true), (9, 3, true), (7, 9, false)] {
                let found = raised(&with(tomita, tokuhashi, Frankel::E), &verdicts, kind);
                assert_eq!(found, poor && remains, "{option:?} {of_option:?} {tomita} {tokuhashi}");
            }
        }
    }
    // A deficit may want decompression, whatever the options say.
    assert!(raised(&with(8, 12, Frankel::C), &[], kind));
    assert!(!raised(&with(8, 12, Frankel::E), &[], kind));
}

/// RUL-17: mechanical pain at a level where the criteria of cement are not met.
#[test]
fn fixation_is_named_where_cement_is_out_at_the_very_level() {
    use TreatmentOption::{Stabilisation, VertebralAugmentation};
    let kind = AlertKind::FixationRatherThanAugmentation;
    let pain = |pain: Pain| picture(vec![Statement::Pain(T10, pain.into())]);
    for of_option in KINDS {
        let is_out = matches!(of_option, VerdictKind::Contraindicated | VerdictKind::NotIndicated);
        let here = verdict(VertebralAugmentation, T10, of_option);
        assert_eq!(
            raised(&pain(Pain::Mechanical), std::slice::from_ref(&here), kind),
            is_out,
            "{of_option:?}"
        );
        assert!(!raised(&pain(Pain::Occasional), &[here], kind));
        assert!(!raised(&pain(Pain::Mechanical), &[verdict(VertebralAugmentation, L4, of_option)], kind));
        assert!(!raised(&pain(Pain::Mechanical), &[verdict(Stabilisation, T10, of_option)], kind));
    }
    assert!(!raised(&pain(Pain::Mechanical), &[], kind));
}

/// Specification F.3: of records that contradict each other the worse is taken, for what is about safety and for nothing else.
#[test]
fn the_worse_of_a_contradiction_counts_for_safety_alone() {
    let calm = picture(stable_level().into_iter().chain([escc(Escc::Grade0)]).collect());
    let worse = answering(
        picture(vec![
            Statement::Primary(PrimarySite::Lymphoma),
            Statement::Frankel(Frankel::C.into()),
            Statement::Pain(T10, Pain::Mechanical.into()),
            Statement::Lesion(T10, Lesion::Lytic.into()),
            Statement::Alignment(T10, Alignment::Subluxation.into()),
            Statement::Collapse(T10, Collapse::OverHalf.into()),
            Statement::Posterolateral(T10, Posterolateral::Bilateral.into()),
            escc(Escc::Grade3),
        ]),
        &[(Input::NeurologicalProgression, true)],
    );
    let kinds = |picture: &Picture, worse: &Picture| {
        alerts(picture, worse, &[]).iter().map(|alert| alert.kind).collect::<Vec<AlertKind>>()
    };
    assert_eq!(kinds(&calm, &calm), []);
    let safety = [AlertKind::EmergencyDecompression, AlertKind::SurgicalConsultation];
    assert_eq!(kinds(&calm, &worse), safety);
    assert!(kinds(&worse, &worse).contains(&AlertKind::RadiosensitiveHighGrade));
    assert!(!kinds(&worse, &calm).contains(&AlertKind::EmergencyDecompression));
    // Short of an emergency, and without an examination.
    let asked = |frankel: Option<Frankel>| {
        let frankel = frankel.map(|grade| Statement::Frankel(grade.into()));
        kinds(&calm, &picture(frankel.into_iter().chain([escc(Escc::Grade3)]).collect()))
    };
    assert_eq!(asked(Some(Frankel::C)), [AlertKind::DeficitWithHighGradeCompression]);
    assert_eq!(asked(None), [AlertKind::HighGradeCompressionWithoutNeurology]);
    let deficit = picture(vec![Statement::Frankel(Frankel::C.into()), escc(Escc::Grade0)]);
    assert_eq!(kinds(&calm, &deficit), [AlertKind::DeficitOnRecord]);
}
