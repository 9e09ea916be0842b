//! The whole answer: scope, order, conflicts, and what is missing.

use spinemet_engine::assessment::{Assessment, KNOWLEDGE_VERSION, MissingInput, Scope, assess};
use spinemet_engine::clinical::{
    BoneExtent, Count, Domain as _, Ecog, Escc, Frankel, Karnofsky, Lesion, Pain, PartialDate, Place,
    PrimarySite, Standing, Statement, ValueSet, Vertebra, VisceralState,
};
use spinemet_engine::guidance::{Input, TreatmentOption, VerdictKind};
use spinemet_engine::scoring::{Band, Instrument, Item};

use crate::record::case_now;

fn assessed(statements: Vec<Statement>) -> Assessment {
    assess(case_now(statements))
}

fn missing(assessment: &Assessment, input: Input) -> &MissingInput {
    assessment.missing.iter().find(|missing| missing.input == input).unwrap()
}

#[test]
fn outside_the_scope_nothing_is_scored() {
    let spinal = || Statement::SpinalMetastasis(Place::At(Vertebra::T10));
    let born = Statement::BirthDate(PartialDate::parse("2012-03-04").unwrap());
    let excluded = [
        (vec![Statement::Primary(PrimarySite::Breast)], Scope::NoSpinalMetastasisOnRecord),
        (vec![spinal(), born], Scope::Minor),
        (vec![spinal(), Statement::PrimarySpinalTumour], Scope::PrimarySpinalTumour),
    ];
    for (statements, scope) in excluded {
        let assessment = assessed(statements);
        assert_eq!(assessment.scope, scope);
        assert!(assessment.scores.is_empty() && assessment.verdicts.is_empty());
        assert!(assessment.alerts.is_empty() && assessment.missing.is_empty());
    }
    let graded = || Statement::Escc(Place::At(Vertebra::T10), Escc::Grade2.into());
    let none = Statement::VertebralCount(Count::Exactly(0));
    for (statements, scope) in [
        (vec![spinal()], Scope::InScope),
        (vec![Statement::BoneMetastasis], Scope::SpineNotConfirmed),
        (vec![graded()], Scope::MetastasisNotConfirmed),
        (vec![graded(), none], Scope::MetastasisNotConfirmed),
        (vec![graded(), Statement::BoneMetastasis], Scope::InScope),
        (vec![graded(), spinal()], Scope::InScope),
    ] {
        let assessment = assessed(statements);
        assert_eq!(assessment.scope, scope);
        assert!(!assessment.scores.is_empty() && !assessment.verdicts.is_empty());
    }
}

#[test]
fn scores_come_in_their_order() {
    let assessment = assessed(vec![
        Statement::SpinalMetastasis(Place::At(Vertebra::L2)),
        Statement::SpinalMetastasis(Place::At(Vertebra::T4)),
    ]);
    let order: Vec<(&str, Option<&str>)> =
        assessment.scores.iter().map(|score| (score.instrument.key(), score.place.map(Place::key))).collect();
    assert_eq!(
        order,
        [
            ("tomita-2001", None),
            ("tokuhashi-2005", None),
            ("modified-bauer-2008", None),
            ("katagiri-2014", None),
            ("van-der-linden-2005", None),
            ("sins-2010", Some("T4")),
            ("sins-2010", Some("L2")),
            ("escc-2010", Some("T4")),
            ("escc-2010", Some("L2")),
            ("noms-2013", Some("T4")),
            ("noms-2013", Some("L2")),
        ]
    );
    assert!(assessment.score(Instrument::Sins2010, Some(Place::At(Vertebra::T4))).is_some());
    assert_eq!(assessment.verdicts_on(TreatmentOption::Stabilisation).count(), 2);
    assert_eq!(assessment.verdicts_on(TreatmentOption::Biopsy).count(), 1);
    assert!(!KNOWLEDGE_VERSION.is_empty());
}

/// Breast, solitary, intact: Tomita is 2 to 6 by the visceral status alone, which is then what decides.
#[test]
fn what_is_missing_says_what_it_would_decide() {
    let assessment = assessed(vec![
        Statement::SpinalMetastasis(Place::At(Vertebra::T10)),
        Statement::Primary(PrimarySite::Breast),
        Statement::VertebralCount(Count::Exactly(1)),
        Statement::ExtraspinalCount(Count::Exactly(0)),
        Statement::Karnofsky(Karnofsky::K90.into()),
        Statement::Frankel(Frankel::E.into()),
    ]);
    let visceral = missing(&assessment, Input::Visceral);
    assert_eq!(visceral.standing, Standing::NotRecorded);
    assert!(visceral.can_change_band());
    assert!(visceral.decides().contains(&Instrument::Tomita2001));
    assert!(!visceral.decides().contains(&Instrument::Tokuhashi2005));
    let tomita = visceral.effects.iter().find(|effect| effect.item == Item::TomitaVisceral).unwrap();
    let outcomes: Vec<(&str, ValueSet<Band>)> =
        tomita.outcomes.iter().map(|outcome| (outcome.value, outcome.bands)).collect();
    assert_eq!(
        outcomes,
        [
            ("none", Band::Tomita2To3.into()),
            ("treatable", Band::Tomita4To5.into()),
            ("untreatable", Band::Tomita6To7.into()),
        ]
    );
    // Tokuhashi is 13 to 15 whatever the organs: nothing to decide there.
    let tokuhashi = visceral.effects.iter().find(|effect| effect.item == Item::TokuhashiOrgans).unwrap();
    assert!(!tokuhashi.can_change_band && !tokuhashi.decides());
    assert!(assessment.missing.iter().all(|missing| missing.input != Input::Karnofsky));
    let decided: Vec<usize> = assessment.missing.iter().map(|missing| missing.decides().len()).collect();
    assert!(decided.is_sorted_by(|one, other| one >= other), "what decides most comes first: {decided:?}");
}

/// Lung, multiple, untreatable organs: Tomita is 10, and no Karnofsky lifts Tokuhashi out of its lowest band.
#[test]
fn an_input_that_cannot_change_a_band_says_so() {
    let assessment = assessed(vec![
        Statement::Primary(PrimarySite::Lung),
        Statement::VisceralStatus(VisceralState::Untreatable.into()),
        Statement::VertebralCount(Count::Exactly(4)),
        Statement::ExtraspinalCount(Count::Exactly(5)),
    ]);
    let karnofsky = missing(&assessment, Input::Karnofsky);
    let tokuhashi =
        karnofsky.effects.iter().find(|effect| effect.instrument == Instrument::Tokuhashi2005).unwrap();
    assert!(!tokuhashi.can_change_band && !tokuhashi.decides());
    let order: Vec<Input> = assessment.missing.iter().map(|missing| missing.input).collect();
    let position = |input: Input| order.iter().position(|one| *one == input).unwrap();
    assert!(position(Input::Escc) < position(Input::Karnofsky));
}

#[test]
fn the_grade_would_decide_between_radiotherapy_and_separation() {
    let assessment = assessed(vec![
        Statement::Primary(PrimarySite::LungNonSmallCell),
        Statement::SpinalMetastasis(Place::At(Vertebra::T10)),
    ]);
    let escc = missing(&assessment, Input::Escc);
    assert!(escc.decides().contains(&Instrument::Escc2010));
    let kinds = |option: TreatmentOption| {
        escc.verdicts.iter().find(|effect| effect.option == option).map(|effect| effect.alone).unwrap()
    };
    let separation = kinds(TreatmentOption::SeparationSurgerySsrs);
    assert!(separation.contains(VerdictKind::Contraindicated));
    let radiotherapy = kinds(TreatmentOption::RadiotherapyAlone);
    assert!(radiotherapy.contains(VerdictKind::NotIndicated));
}

#[test]
fn a_known_primary_can_still_leave_an_item_open() {
    let assessment = assessed(vec![
        Statement::SpinalMetastasis(Place::At(Vertebra::T10)),
        Statement::Primary(PrimarySite::Cervix),
    ]);
    let primary = missing(&assessment, Input::Primary);
    assert_eq!(primary.standing, Standing::Known);
    let values = |item: Item| {
        let effect = primary.effects.iter().find(|effect| effect.item == item).unwrap();
        effect.outcomes.iter().map(|outcome| outcome.value).collect::<Vec<_>>()
    };
    assert_eq!(values(Item::TomitaPrimary), ["moderate", "rapid"]);
    assert_eq!(values(Item::TokuhashiPrimary), ["others", "kidney-uterus"]);
}

#[test]
fn contradictions_of_the_record_are_listed() {
    let assessment = assessed(vec![
        Statement::SpinalMetastasis(Place::At(Vertebra::T10)),
        Statement::Karnofsky(Karnofsky::K90.into()),
        Statement::Ecog(Ecog::E4.into()),
        Statement::Pain(Place::At(Vertebra::T10), Pain::PainFree.into()),
        Statement::Pain(Place::At(Vertebra::T10), Pain::Mechanical.into()),
    ]);
    let conflicts: Vec<(Input, Option<&str>, Vec<&str>)> = assessment
        .conflicts
        .iter()
        .map(|conflict| (conflict.input, conflict.place.map(Place::key), conflict.values.clone()))
        .collect();
    assert_eq!(
        conflicts,
        [
            (Input::Karnofsky, None, vec!["10", "20", "90"]),
            (Input::SinsPain, Some("T10"), vec!["mechanical", "none"]),
        ]
    );
    assert!(assessment.conflicts.iter().all(|conflict| conflict.evidence.len() == 2));
}

#[test]
fn the_levels_that_may_be_worst() {
    let (t4, l2) = (Place::At(Vertebra::T4), Place::At(Vertebra::L2));
    let assessment = assessed(vec![
        Statement::Escc(t4, Escc::Grade3.into()),
        Statement::Escc(l2, Escc::Grade1a.into()),
        Statement::Lesion(l2, Lesion::Lytic.into()),
    ]);
    assert_eq!(assessment.worst_compression(), [t4]);
    assert_eq!(assessment.least_stable(), [t4, l2]);
}

#[test]
fn a_complete_record_misses_nothing_that_a_score_needs() {
    let place = Place::At(Vertebra::T10);
    let assessment = assessed(vec![
        Statement::SpinalMetastasis(place),
        Statement::Primary(PrimarySite::Breast),
        Statement::BoneExtent(BoneExtent::Solitary),
        Statement::VertebralCount(Count::Exactly(1)),
        Statement::ExtraspinalCount(Count::Exactly(0)),
        Statement::VisceralStatus(VisceralState::Absent.into()),
        Statement::Karnofsky(Karnofsky::K90.into()),
        Statement::Frankel(Frankel::E.into()),
        Statement::Pain(place, Pain::PainFree.into()),
        Statement::Lesion(place, Lesion::Blastic.into()),
        Statement::Alignment(place, spinemet_engine::clinical::Alignment::Normal.into()),
        Statement::Collapse(place, spinemet_engine::clinical::Collapse::NoCollapse.into()),
        Statement::Posterolateral(place, spinemet_engine::clinical::Posterolateral::Uninvolved.into()),
        Statement::Escc(place, Escc::Grade0.into()),
    ]);
    let of_the_consensus = assessment.scores.iter().filter(|score| {
        use Instrument::{Escc2010, Sins2010, Tokuhashi2005, Tomita2001};
        matches!(score.instrument, Tomita2001 | Tokuhashi2005 | Sins2010 | Escc2010)
    });
    assert!(of_the_consensus.into_iter().all(spinemet_engine::scoring::Score::is_settled));
    let scored = assessment.missing.iter().filter(|missing| missing.input.is_scored());
    assert_eq!(scored.map(|missing| missing.input).collect::<Vec<_>>(), []);
}
