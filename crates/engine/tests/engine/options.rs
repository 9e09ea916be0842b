//! Verdicts option by option, read against table A.4 and the rulings of the specification.

use spinemet_engine::clinical::TomitaType;
use spinemet_engine::clinical::{
    Alignment, Answer, BoneExtent, Collapse, Count, Domain, Escc, Frankel, Karnofsky, Lesion, Pain, Place,
    Posterolateral, PrimarySite, Procedure, ProcedureState, Question, Statement, ValueSet, Vertebra,
    VisceralState,
};
use spinemet_engine::guidance::{
    Input, Picture, Predicate, Radiosensitivity, Role, Strength, TreatmentOption, Truth, Verdict,
    VerdictKind, hypervascular, judge_all, radiosensitivity,
};

use crate::pictures::{T10, answering, escc, first, kind, of_type, picture, stable_with};

const L4: Place = Place::At(Vertebra::L4);

#[test]
fn supportive_care_needs_every_total_in_the_band() {
    let tomita = |visceral: VisceralState| {
        picture(vec![
            Statement::Primary(PrimarySite::Stomach),
            Statement::VisceralStatus(visceral.into()),
            Statement::BoneExtent(BoneExtent::Multiple),
        ])
    };
    let option = TreatmentOption::SupportiveCare;
    assert_eq!(kind(option, &tomita(VisceralState::Untreatable)), VerdictKind::Option);
    assert_eq!(kind(option, &tomita(VisceralState::Removable)), VerdictKind::Option);
    assert_eq!(kind(option, &tomita(VisceralState::Absent)), VerdictKind::NotIndicated);
    let open =
        picture(vec![Statement::Primary(PrimarySite::Stomach), Statement::BoneExtent(BoneExtent::Multiple)]);
    assert_eq!(kind(option, &open), VerdictKind::InsufficientData);
    assert_eq!(first(option, &open).needs, [Input::Visceral]);
}

/// Tomita classes no ovary: the total stays open although everything is known, and it is said what more has to be.
#[test]
fn a_tumour_that_the_paper_does_not_class_is_asked_for() {
    let ovary = picture(vec![
        Statement::Primary(PrimarySite::Ovary),
        Statement::VisceralStatus(VisceralState::Untreatable.into()),
        Statement::BoneExtent(BoneExtent::Multiple),
    ]);
    let verdict = first(TreatmentOption::SupportiveCare, &ovary);
    assert_eq!((verdict.kind, verdict.needs), (VerdictKind::InsufficientData, vec![Input::Primary]));
    assert!(!verdict.is_exact);
    let both: ValueSet<VerdictKind> = [VerdictKind::NotIndicated, VerdictKind::Option].into_iter().collect();
    assert_eq!(verdict.reachable, both);
}

#[test]
fn radiotherapy_alone_is_for_a_stable_level_with_bone_disease_only() {
    let option = TreatmentOption::RadiotherapyAlone;
    assert_eq!(kind(option, &stable_with([escc(Escc::Grade0)])), VerdictKind::Option);
    assert_eq!(kind(option, &stable_with([escc(Escc::Grade1a)])), VerdictKind::NotIndicated);
    assert_eq!(kind(option, &stable_with([])), VerdictKind::InsufficientData);
    assert_eq!(first(option, &stable_with([])).needs, [Input::Escc]);
    let mechanical = picture(vec![Statement::Pain(T10, Pain::Mechanical.into()), escc(Escc::Grade0)]);
    assert_eq!(kind(option, &mechanical), VerdictKind::NotIndicated);
    let strength = first(option, &stable_with([escc(Escc::Grade0)])).strength;
    assert_eq!(strength, Some(Strength::May));
}

#[test]
fn ssrs_first_is_read_as_neither_instability_nor_cord_damage() {
    let option = TreatmentOption::SsrsFirst;
    let with = |frankel: Frankel, grade: Escc| {
        kind(option, &stable_with([Statement::Frankel(frankel.into()), escc(grade)]))
    };
    assert_eq!(with(Frankel::E, Escc::Grade0), VerdictKind::Option);
    assert_eq!(with(Frankel::E, Escc::Grade1b), VerdictKind::Option);
    assert_eq!(with(Frankel::E, Escc::Grade1c), VerdictKind::Relative);
    assert_eq!(with(Frankel::E, Escc::Grade2), VerdictKind::NotIndicated);
    assert_eq!(with(Frankel::D, Escc::Grade0), VerdictKind::NotIndicated);
    let open = stable_with([
        Statement::Frankel(Frankel::E.into()),
        Statement::Escc(T10, [Escc::Grade1b, Escc::Grade1c].into_iter().collect()),
    ]);
    assert_eq!(kind(option, &open), VerdictKind::InsufficientData);
    assert_eq!(first(option, &open).needs, [Input::Escc]);
}

fn separation(primary: PrimarySite, grade: Escc, answers: &[(Input, bool)]) -> Verdict {
    let base = stable_with([Statement::Primary(primary), Statement::Frankel(Frankel::D.into()), escc(grade)]);
    let always = [(Input::SurgicalTolerance, true), (Input::SsrsWithin35Days, true)];
    let picture = answering(answering(base, &always), answers);
    first(TreatmentOption::SeparationSurgerySsrs, &picture)
}

#[test]
fn separation_surgery_is_for_high_grade_compression_by_a_resistant_tumour() {
    let not_vascular = [(Input::HypervascularOnImaging, false)];
    let of = |primary, grade| separation(primary, grade, &not_vascular).kind;
    assert_eq!(of(PrimarySite::LungNonSmallCell, Escc::Grade3), VerdictKind::Option);
    for low in [Escc::Grade0, Escc::Grade1a, Escc::Grade1b, Escc::Grade1c] {
        assert_eq!(of(PrimarySite::LungNonSmallCell, low), VerdictKind::Contraindicated, "{low:?}");
    }
    let verdict = separation(PrimarySite::LungNonSmallCell, Escc::Grade2, &not_vascular);
    assert_eq!(verdict.strength, Some(Strength::Should));
    assert!(verdict.reasons.iter().any(|reason| reason.rule.id == "CN-2.4-23-SEP"));
    assert!(verdict.afterwards.iter().any(|rule| rule.id == "CN-3.7-SEP-35"));
    let tolerance = separation(
        PrimarySite::LungNonSmallCell,
        Escc::Grade3,
        &[(Input::HypervascularOnImaging, false), (Input::SsrsWithin35Days, false)],
    );
    // Both answers to one input are on record: that is not "no".
    assert_eq!(tolerance.kind, VerdictKind::InsufficientData);
}

#[test]
fn a_vascular_tumour_is_contraindicated_unless_embolised() {
    let of = |answers: &[(Input, bool)]| separation(PrimarySite::Kidney, Escc::Grade3, answers);
    assert_eq!(of(&[(Input::PreoperativeEmbolisation, false)]).kind, VerdictKind::Contraindicated);
    assert_eq!(of(&[(Input::PreoperativeEmbolisation, true)]).kind, VerdictKind::Relative);
    let open = of(&[]);
    assert_eq!(open.kind, VerdictKind::InsufficientData);
    assert!(open.needs.contains(&Input::PreoperativeEmbolisation));
}

#[test]
fn a_radiosensitive_tumour_is_contraindicated_unless_deficit_or_instability_forces_decompression() {
    let not_vascular = (Input::HypervascularOnImaging, false);
    let of = |answers: &[(Input, bool)]| separation(PrimarySite::Breast, Escc::Grade3, answers);
    let steady = of(&[not_vascular, (Input::NeurologicalProgression, false)]);
    assert_eq!(steady.kind, VerdictKind::Contraindicated);
    let worse = of(&[not_vascular, (Input::NeurologicalProgression, true)]);
    assert_eq!(worse.kind, VerdictKind::Relative);
    let open = of(&[not_vascular]);
    assert_eq!(open.kind, VerdictKind::InsufficientData);
    assert_eq!(open.needs, [Input::NeurologicalProgression]);
    let unclassed = separation(
        PrimarySite::Stomach,
        Escc::Grade3,
        &[not_vascular, (Input::NeurologicalProgression, false)],
    );
    assert_eq!(unclassed.kind, VerdictKind::InsufficientData);
    assert_eq!(unclassed.needs, [Input::Radiosensitivity]);
}

fn spondylectomy(karnofsky: Karnofsky, extent: Count, kind: TomitaType, controlled: bool) -> Verdict {
    let base = picture(vec![
        Statement::SpinalMetastasis(T10),
        Statement::Primary(PrimarySite::Breast),
        Statement::Karnofsky(karnofsky.into()),
        Statement::VertebralCount(Count::Exactly(1)),
        Statement::ExtraspinalCount(extent),
        Statement::VisceralStatus(VisceralState::Absent.into()),
        Statement::Frankel(Frankel::E.into()),
    ]);
    let picture = of_type(answering(base, &[(Input::PrimaryControlled, controlled)]), kind);
    first(TreatmentOption::TotalEnBlocSpondylectomy, &picture)
}

#[test]
fn en_bloc_spondylectomy_needs_all_five_and_is_never_more_than_may() {
    use Karnofsky::{K70, K90};
    let (none, one) = (Count::Exactly(0), Count::Exactly(1));
    let best = spondylectomy(K90, none, TomitaType::Type3, true);
    assert_eq!((best.kind, best.strength), (VerdictKind::Option, Some(Strength::May)));
    assert_eq!(spondylectomy(K70, none, TomitaType::Type3, true).kind, VerdictKind::NotIndicated);
    assert_eq!(spondylectomy(K90, one, TomitaType::Type3, true).kind, VerdictKind::NotIndicated);
    assert_eq!(spondylectomy(K90, none, TomitaType::Type3, false).kind, VerdictKind::NotIndicated);
    for relative in [TomitaType::Type1, TomitaType::Type6] {
        assert_eq!(spondylectomy(K90, none, relative, true).kind, VerdictKind::Relative);
    }
    for suited in [TomitaType::Type2, TomitaType::Type4, TomitaType::Type5] {
        assert_eq!(spondylectomy(K90, none, suited, true).kind, VerdictKind::Option);
    }
    assert_eq!(spondylectomy(K90, none, TomitaType::Type7, true).kind, VerdictKind::Contraindicated);
}

#[test]
fn survival_of_six_months_follows_ruling_16() {
    let with = |karnofsky: ValueSet<Karnofsky>, visceral: VisceralState, primary: PrimarySite| {
        picture(vec![
            Statement::Primary(primary),
            Statement::Karnofsky(karnofsky),
            Statement::VertebralCount(Count::Exactly(1)),
            Statement::ExtraspinalCount(Count::Exactly(0)),
            Statement::VisceralStatus(visceral.into()),
            Statement::Frankel(Frankel::E.into()),
        ])
    };
    let truth = |picture: &Picture| Predicate::SurvivalOverSixMonths.truth(&picture.patient, None);
    let good = ValueSet::only(Karnofsky::K90);
    assert_eq!(truth(&with(good, VisceralState::Absent, PrimarySite::Breast)), Truth::True);
    // Lung: 0 + general 0-1 + 2 + 2 + 0-2 + 2 lies at the edge of 8 and 9.
    let edge = [Karnofsky::K40, Karnofsky::K70].into_iter().collect();
    assert_eq!(truth(&with(edge, VisceralState::Absent, PrimarySite::Lung)), Truth::Unknown);
    assert_eq!(truth(&with(edge, VisceralState::Untreatable, PrimarySite::Lung)), Truth::False);
    let estimated = answering(
        with(edge, VisceralState::Untreatable, PrimarySite::Lung),
        &[(Input::SurvivalOverSixMonths, true)],
    );
    assert_eq!(truth(&estimated), Truth::True);
}

#[test]
fn stabilisation_follows_sins_and_mechanical_pain() {
    let option = TreatmentOption::Stabilisation;
    let tolerated =
        |statements: Vec<Statement>| answering(picture(statements), &[(Input::SurgicalTolerance, true)]);
    let level = |place: Place, pain: Pain, lesion: Lesion, collapse: Collapse, side: Posterolateral| {
        tolerated(vec![
            Statement::Pain(place, pain.into()),
            Statement::Lesion(place, lesion.into()),
            Statement::Alignment(place, Alignment::Normal.into()),
            Statement::Collapse(place, collapse.into()),
            Statement::Posterolateral(place, side.into()),
        ])
    };
    let t12 = Place::At(Vertebra::T12);
    let s3 = Place::At(Vertebra::S3);
    // 3 + 3 + 2 + 0 + 3 + 3 = 14
    let unstable = level(t12, Pain::Mechanical, Lesion::Lytic, Collapse::OverHalf, Posterolateral::Bilateral);
    assert_eq!(kind(option, &unstable), VerdictKind::Option);
    assert_eq!(first(option, &unstable).strength, Some(Strength::Should));
    // 3 + 1 + 2 + 0 + 2 + 1 = 9
    let between =
        level(t12, Pain::Occasional, Lesion::Lytic, Collapse::UnderHalf, Posterolateral::Unilateral);
    assert_eq!(kind(option, &between), VerdictKind::Relative);
    // 0 + 3 = 3, but mechanical pain stands alone.
    let painful =
        level(s3, Pain::Mechanical, Lesion::Blastic, Collapse::NoCollapse, Posterolateral::Uninvolved);
    assert_eq!(kind(option, &painful), VerdictKind::Option);
    let quiet = level(s3, Pain::PainFree, Lesion::Blastic, Collapse::NoCollapse, Posterolateral::Uninvolved);
    assert_eq!(kind(option, &quiet), VerdictKind::NotIndicated);
    let frail = answering(
        picture(vec![Statement::Pain(T10, Pain::Mechanical.into())]),
        &[(Input::SurgicalTolerance, false)],
    );
    assert_eq!(kind(option, &frail), VerdictKind::Contraindicated);
    let unasked = picture(vec![Statement::Pain(T10, Pain::Mechanical.into())]);
    let verdict = first(option, &unasked);
    assert_eq!((verdict.kind, verdict.required), (VerdictKind::InsufficientData, Truth::True));
    assert_eq!(verdict.needs, [Input::SurgicalTolerance]);
}

/// A painful lytic level with everything that augmentation asks for.
fn augmentable() -> Picture {
    let base = picture(vec![
        Statement::Pain(T10, Pain::Mechanical.into()),
        Statement::Lesion(T10, Lesion::Lytic.into()),
        Statement::Collapse(T10, Collapse::NoCollapse.into()),
        Statement::Posterolateral(T10, Posterolateral::Uninvolved.into()),
        Statement::Frankel(Frankel::E.into()),
        escc(Escc::Grade0),
    ]);
    let no = [Input::Infection, Input::SevereCoagulopathy, Input::PmmaAllergy, Input::Pregnancy];
    answering(answering(base, &no.map(|input| (input, false))), &[(Input::PosteriorWallIntact, true)])
}

#[test]
fn augmentation_needs_an_intact_wall_and_no_contraindication() {
    let option = TreatmentOption::VertebralAugmentation;
    assert_eq!(kind(option, &augmentable()), VerdictKind::Option);
    assert!(first(option, &augmentable()).afterwards.iter().any(|rule| rule.id == "CN-3.4-VP-RT"));
    let compressed = picture(vec![Statement::Frankel(Frankel::C.into()), escc(Escc::Grade2)]);
    let verdict = first(option, &compressed);
    assert_eq!(verdict.kind, VerdictKind::Contraindicated);
    assert!(verdict.reasons.iter().any(|reason| {
        reason.rule.id == "CN-3.4-VP-CI2"
            && reason.truth == Truth::True
            && reason.role == Role::Contraindication
    }));
    let intact = picture(vec![Statement::Frankel(Frankel::E.into()), escc(Escc::Grade2)]);
    assert_eq!(kind(option, &intact), VerdictKind::NotIndicated);
    for input in [Input::Infection, Input::SevereCoagulopathy, Input::PmmaAllergy, Input::Pregnancy] {
        let base = picture(vec![Statement::Pain(T10, Pain::Mechanical.into())]);
        assert_eq!(
            kind(option, &answering(base, &[(input, true)])),
            VerdictKind::Contraindicated,
            "{input:?}"
        );
    }
}

#[test]
fn radiofrequency_is_contraindicated_near_the_cord_and_microwave_is_not_judged_by_that_distance() {
    let rfa = TreatmentOption::RadiofrequencyAblation;
    for grade in Escc::ALL.iter().copied().filter(|grade| *grade != Escc::Grade0) {
        assert_eq!(kind(rfa, &stable_with([escc(grade)])), VerdictKind::Contraindicated, "{grade:?}");
    }
    let bone_only = picture(vec![escc(Escc::Grade0)]);
    assert!(first(rfa, &bone_only).needs.contains(&Input::WithinOneCentimetreOfCord));
    let microwave = TreatmentOption::MicrowaveAblation;
    let table = microwave.table();
    assert!(!table.contraindications.iter().any(|one| one.predicate == Predicate::WithinOneCentimetreOfCord));
    // Epidural tumour is type 4 or more: not for microwave alone.
    assert_eq!(kind(microwave, &stable_with([escc(Escc::Grade1a)])), VerdictKind::NotIndicated);
    let healthy = [Input::SevereCoagulopathy, Input::CardiovascularDisease, Input::PulmonaryDysfunction];
    let base = answering(picture(vec![]), &healthy.map(|input| (input, false)));
    assert_eq!(kind(microwave, &of_type(base.clone(), TomitaType::Type2)), VerdictKind::Option);
    assert_eq!(kind(microwave, &of_type(base, TomitaType::Type5)), VerdictKind::NotIndicated);
}

#[test]
fn embolisation_and_biopsy() {
    let kidney = picture(vec![Statement::Primary(PrimarySite::Kidney)]);
    let clear = [(Input::SurgeryPlanned, true), (Input::HairpinArtery, false)];
    assert_eq!(kind(TreatmentOption::Embolisation, &answering(kidney.clone(), &clear)), VerdictKind::Option);
    let hairpin = [(Input::HairpinArtery, true)];
    assert_eq!(
        kind(TreatmentOption::Embolisation, &answering(kidney, &hairpin)),
        VerdictKind::Contraindicated
    );
    let prostate = picture(vec![Statement::Primary(PrimarySite::Prostate)]);
    assert!(first(TreatmentOption::Embolisation, &prostate).needs.contains(&Input::HypervascularOnImaging));
    let imaged = [(Input::HypervascularOnImaging, false)];
    assert_eq!(kind(TreatmentOption::Embolisation, &answering(prostate, &imaged)), VerdictKind::NotIndicated);

    let unidentified = |more: Vec<Statement>| {
        let primary = vec![Statement::Primary(PrimarySite::Unidentified)];
        picture(primary.into_iter().chain(more).collect())
    };
    let intact = unidentified(vec![Statement::Frankel(Frankel::E.into())]);
    assert_eq!(kind(TreatmentOption::Biopsy, &intact), VerdictKind::Option);
    let worse = answering(unidentified(vec![]), &[(Input::NeurologicalProgression, true)]);
    assert_eq!(kind(TreatmentOption::Biopsy, &worse), VerdictKind::NotIndicated);
    assert_eq!(kind(TreatmentOption::Biopsy, &unidentified(vec![])), VerdictKind::InsufficientData);
}

/// CN-1.4-BX-REC and CN-1.4-BX-MULTI: a primary that was long inactive with a new deposit, or a new deposit beside others.
#[test]
fn a_biopsy_of_a_known_cancer_is_for_what_is_new() {
    /// What is on record, what is answered, and the verdict.
    type Known<'k> = (&'k str, &'k [Statement], [(Input, bool); 2], VerdictKind);
    use VerdictKind::{InsufficientData, NotIndicated, Option};
    let breast = |more: &[Statement], answers: &[(Input, bool)]| {
        let known = [Statement::Primary(PrimarySite::Breast), Statement::Frankel(Frankel::E.into())];
        let base = picture(known.into_iter().chain(more.iter().cloned()).collect());
        first(
            TreatmentOption::Biopsy,
            &answering(answering(base, &[(Input::NoCancerHistory, false)]), answers),
        )
    };
    let inactive = |answer| (Input::PrimaryLongInactive, answer);
    let new = |answer| (Input::NewSpinalLesion, answer);
    let (none, treatable) = (
        Statement::VisceralStatus(VisceralState::Absent.into()),
        Statement::VisceralStatus(VisceralState::Removable.into()),
    );
    let (solitary, multiple) =
        (Statement::BoneExtent(BoneExtent::Solitary), Statement::BoneExtent(BoneExtent::Multiple));
    let cases: [Known<'_>; 7] = [
        ("long inactive and new", &[], [inactive(true), new(true)], Option),
        ("long inactive and not new", &[], [inactive(true), new(false)], NotIndicated),
        ("new beside other bones", &[multiple], [inactive(false), new(true)], Option),
        ("new beside organs", &[treatable], [inactive(false), new(true)], Option),
        ("new and the only one", &[solitary.clone(), none], [inactive(false), new(true)], NotIndicated),
        ("new, and others are not known", &[solitary], [inactive(false), new(true)], InsufficientData),
        ("not new", &[], [inactive(false), new(false)], NotIndicated),
    ];
    for (what, more, answers, kind) in cases {
        assert_eq!(breast(more, &answers).kind, kind, "{what}");
    }
    let inactive_alone = breast(&[], &[inactive(true)]);
    assert_eq!((inactive_alone.kind, inactive_alone.needs), (InsufficientData, vec![Input::NewSpinalLesion]));
    let open = breast(&[Statement::BoneExtent(BoneExtent::Solitary)], &[inactive(false), new(true)]);
    assert_eq!(open.needs, [Input::Visceral]);
}

#[test]
fn a_severe_collapse_that_somebody_saw_goes_before_what_sins_says() {
    let with = |collapse: &[Statement], severe: Option<bool>| {
        let base = answering(
            picture(collapse.to_vec()),
            &severe.map(|yes| (Input::SevereCollapse, yes)).into_iter().collect::<Vec<_>>(),
        );
        Predicate::NoSevereCollapse.truth(&base.patient, base.levels.first())
    };
    let collapse = |grade: Collapse| [Statement::Collapse(T10, grade.into())];
    for grade in [Collapse::NoCollapse, Collapse::NoneBodyInvolved] {
        assert_eq!(with(&collapse(grade), None), Truth::True, "{grade:?}");
        assert_eq!(with(&collapse(grade), Some(true)), Truth::False, "{grade:?}");
    }
    for grade in [Collapse::UnderHalf, Collapse::OverHalf] {
        assert_eq!(with(&collapse(grade), None), Truth::Unknown, "{grade:?}: the consensus names no number");
        assert_eq!(with(&collapse(grade), Some(false)), Truth::True, "{grade:?}");
    }
    let nothing = [Statement::SpinalMetastasis(T10)];
    assert_eq!(with(&nothing, Some(true)), Truth::False);
    assert_eq!(with(&nothing, None), Truth::Unknown);
}

/// An embolisation of one level leaves the tumour of another as it was (RUL-7).
#[test]
fn an_embolisation_counts_at_its_level() {
    let embolised = |places: &[Place]| {
        let level = |place: Place| {
            [Statement::Escc(place, Escc::Grade3.into()), Statement::Pain(place, Pain::PainFree.into())]
        };
        let known = [
            Statement::Primary(PrimarySite::Kidney),
            Statement::Answered(Question::SurgicalTolerance, Place::Unstated, Answer::Yes),
            Statement::Answered(Question::SsrsWithin35Days, Place::Unstated, Answer::Yes),
        ];
        let done = places
            .iter()
            .map(|place| Statement::Procedure(Procedure::Embolisation, ProcedureState::Done, *place));
        let statements = known.into_iter().chain(level(T10)).chain(level(L4)).chain(done);
        let verdicts = judge_all(&picture(statements.collect()));
        let of = |place: Place| {
            verdicts
                .iter()
                .find(|verdict| {
                    verdict.option == TreatmentOption::SeparationSurgerySsrs && verdict.place == Some(place)
                })
                .map(|verdict| (verdict.kind, verdict.needs.clone()))
                .unwrap()
        };
        (of(T10), of(L4))
    };
    let (relative, open) = (
        (VerdictKind::Relative, vec![]),
        (VerdictKind::InsufficientData, vec![Input::PreoperativeEmbolisation, Input::HypervascularOnImaging]),
    );
    assert_eq!(embolised(&[]), (open.clone(), open.clone()));
    assert_eq!(embolised(&[L4]), (open, relative.clone()));
    assert_eq!(embolised(&[L4, T10]), (relative.clone(), relative.clone()));
    assert_eq!(
        embolised(&[Place::Unstated]),
        (relative.clone(), relative),
        "nobody says that it was another"
    );
}

#[test]
fn laminectomy_is_for_posterior_tumour_or_palliation() {
    let option = TreatmentOption::LaminectomyFixation;
    let with = |answers: &[(Input, bool)]| kind(option, &answering(picture(vec![]), answers));
    let fit = (Input::SurgicalTolerance, true);
    assert_eq!(with(&[fit, (Input::PosteriorElementsOnly, true)]), VerdictKind::Option);
    assert_eq!(with(&[fit, (Input::PalliativeDecompression, true)]), VerdictKind::Option);
    assert_eq!(with(&[(Input::SurgicalTolerance, false)]), VerdictKind::Contraindicated);
    let neither = [fit, (Input::PosteriorElementsOnly, false), (Input::PalliativeDecompression, false)];
    assert_eq!(with(&neither), VerdictKind::NotIndicated);
}

#[test]
fn biology_of_the_primaries() {
    let class = |class: Radiosensitivity| {
        PrimarySite::ALL
            .iter()
            .filter(|site| radiosensitivity(**site) == class)
            .map(|site| site.key())
            .collect()
    };
    let sensitive: Vec<&str> = class(Radiosensitivity::Sensitive);
    assert_eq!(sensitive, ["breast", "prostate", "carcinoid", "ovary", "lymphoma", "myeloma"]);
    let resistant: Vec<&str> = class(Radiosensitivity::Resistant);
    assert_eq!(
        resistant,
        [
            "lung-non-small-cell",
            "osteosarcoma",
            "liver",
            "kidney",
            "rectum",
            "rectosigmoid",
            "colon",
            "thyroid",
            "melanoma",
            "sarcoma",
        ]
    );
    let vascular: Vec<&str> = PrimarySite::ALL
        .iter()
        .filter(|site| hypervascular(**site) == Truth::True)
        .map(|site| site.key())
        .collect();
    assert_eq!(vascular, ["liver", "kidney", "thyroid"]);
}
