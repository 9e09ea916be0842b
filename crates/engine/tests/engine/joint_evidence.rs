//! Where one item rests on several findings: the joint effect is exact, and nothing is read into a record that it does not
//! say.

use spinemet_engine::clinical::{
    BreastReceptors, Place, PrimarySite, Procedure, ProcedureState, Standing, Statement, Vertebra,
};
use spinemet_engine::scoring::{Instrument, Item, ScoreNote, ScoredItem, score_all};

use crate::record::case_now;

const T10: Place = Place::At(Vertebra::T10);

fn item(statements: Vec<Statement>, instrument: Instrument, item: Item) -> ScoredItem {
    let scores = score_all(&case_now(statements));
    let score = scores.iter().find(|score| score.instrument == instrument).unwrap();
    score.item(item).unwrap().clone()
}

fn oncologic(statements: Vec<Statement>) -> ScoredItem {
    item(statements, Instrument::Noms2013, Item::NomsOncologic)
}

const fn irradiated(place: Place) -> Statement {
    Statement::Procedure(Procedure::Radiotherapy, ProcedureState::Done, place)
}

/// Radiotherapy whose place nobody named may have been to this level or to any other part of the body.
#[test]
fn radiotherapy_without_a_place_leaves_open_whether_the_level_was_irradiated() {
    let lymphoma = || Statement::Primary(PrimarySite::Lymphoma);
    let somewhere = irradiated(Place::Unstated);
    let unnamed = oncologic(vec![lymphoma(), somewhere.clone()]);
    assert_eq!(unnamed.values, ["sensitive", "resistant"]);
    let named = oncologic(vec![Statement::SpinalMetastasis(T10), lymphoma(), somewhere]);
    assert_eq!(named.values, ["sensitive", "resistant"]);
    assert_eq!(named.standing, Standing::Narrowed);
    assert_eq!(named.evidence.len(), 2, "the primary and the radiotherapy");
    let elsewhere = irradiated(Place::At(Vertebra::L3));
    let elsewhere = oncologic(vec![Statement::SpinalMetastasis(T10), lymphoma(), elsewhere]);
    assert_eq!(elsewhere.values, ["sensitive", "resistant"], "nobody said that it was the only course");
    assert_eq!((elsewhere.standing, elsewhere.evidence.len()), (Standing::Narrowed, 1));
}

#[test]
fn an_irradiated_level_counts_as_resistant_by_the_record_of_it() {
    let found = oncologic(vec![Statement::SpinalMetastasis(T10), irradiated(T10)]);
    assert_eq!((found.values.as_slice(), found.standing), (["resistant"].as_slice(), Standing::Known));
    assert_eq!(found.evidence.len(), 1, "{:?}", found.evidence);
    assert!(found.evidence[0].resource.contains("radiotherapy"), "{:?}", found.evidence);
}

/// Breast without hormone receptors and kidney both grow moderately; receptors say nothing of the prostate.
#[test]
fn katagiri_reads_receptors_of_breast_cancer_among_several_primaries() {
    let growth = |other: Option<PrimarySite>| {
        let mut statements = vec![
            Statement::Primary(PrimarySite::Breast),
            Statement::BreastReceptors(BreastReceptors::TripleNegative.into()),
        ];
        statements.extend(other.map(Statement::Primary));
        item(statements, Instrument::Katagiri2014, Item::KatagiriPrimary)
    };
    assert_eq!(growth(None).values, ["moderate"]);
    assert_eq!(growth(None).evidence.len(), 2, "the primary and the receptors");
    assert_eq!(growth(Some(PrimarySite::Kidney)).values, ["moderate"]);
    assert_eq!(growth(Some(PrimarySite::Prostate)).values, ["slow", "moderate"]);
}

#[test]
fn katagiri_flags_anaplastic_thyroid_carcinoma_that_is_slow_by_name_alone() {
    let scores = score_all(&case_now([Statement::Primary(PrimarySite::ThyroidAnaplastic)]));
    let katagiri = scores.iter().find(|score| score.instrument == Instrument::Katagiri2014).unwrap();
    assert!(katagiri.notes.contains(&ScoreNote::AnaplasticThyroid));
}
