//! Which rule of the consensus defines which part of a score or class of tumours.

use spinemet_engine::clinical::{Domain, Escc};
use spinemet_engine::guidance::{Radiosensitivity, Rule, definition};
use spinemet_engine::scoring::{Band, Instrument, Item};

fn ids(rules: &[Rule]) -> Vec<&'static str> {
    rules.iter().map(|rule| rule.id).collect()
}

#[test]
fn instruments_and_items_follow_their_definitions() {
    let cases: [(Instrument, &[&str]); 4] = [
        (Instrument::Tomita2001, &["CN-2.1-ITEMS", "CN-2.1-DIR"]),
        (Instrument::Tokuhashi2005, &["CN-2.2-ITEMS", "CN-2.2-MAX"]),
        (Instrument::Sins2010, &["CN-2.3-SIX"]),
        (Instrument::Escc2010, &["CN-2.4-HOW"]),
    ];
    for (instrument, expected) in cases {
        assert_eq!(ids(definition::of_instrument(instrument)), expected);
    }
    let cases: [(Item, &[&str]); 6] = [
        (Item::TokuhashiGeneral, &["CN-1.1-KPS", "CN-2.2-BINS"]),
        (Item::TokuhashiExtraspinalBone, &["CN-2.2-BINS"]),
        (Item::TokuhashiVertebral, &["CN-2.2-BINS"]),
        (Item::TokuhashiPalsy, &["CN-2.2-BINS"]),
        (Item::TokuhashiOrgans, &["CN-2.2-ORGAN"]),
        (Item::SinsPain, &["CN-1.2-LOCAL", "CN-1.2-MECH"]),
    ];
    for (item, expected) in cases {
        assert_eq!(ids(definition::of_item(item)), expected);
    }
}

#[test]
fn bands_and_grades_follow_their_definitions() {
    let cases: [(Band, &[&str]); 12] = [
        (Band::Tomita2To3, &["CN-2.1-2-3"]),
        (Band::Tomita4To5, &["CN-2.1-4-5"]),
        (Band::Tomita6To7, &["CN-2.1-6-7"]),
        (Band::Tomita8To10, &["CN-2.1-8-10"]),
        (Band::Tokuhashi0To8, &["CN-2.2-0-8"]),
        (Band::Tokuhashi9To11, &["CN-2.2-9-11"]),
        (Band::Tokuhashi12To15, &["CN-2.2-12-15"]),
        (Band::SinsStable, &["CN-2.3-LOW"]),
        (Band::SinsPotentiallyUnstable, &["CN-2.3-MID"]),
        (Band::SinsUnstable, &["CN-2.3-HIGH", "CN-2.3-INDEP"]),
        (Band::EsccLowGrade, &["CN-3.2-SEP-CI3"]),
        (Band::EsccHighGrade, &["CN-2.4-23-SEP"]),
    ];
    for (band, expected) in cases {
        assert_eq!(ids(definition::of_band(band)), expected);
    }
    let grades: Vec<&str> = Escc::ALL.iter().map(|grade| definition::of_grade(*grade).id).collect();
    assert_eq!(grades, ["CN-2.4-G0", "CN-2.4-G1a", "CN-2.4-G1b", "CN-2.4-G1c", "CN-2.4-G2", "CN-2.4-G3"]);
}

#[test]
fn classes_of_tumours_follow_their_lists() {
    let cases: [(Radiosensitivity, &[&str]); 3] = [
        (Radiosensitivity::Sensitive, &["CN-1.3-RS-SENS"]),
        (Radiosensitivity::Resistant, &["CN-1.3-RS-RES", "CN-3.7-RES"]),
        (Radiosensitivity::Unclassified, &["CN-1.3-RS-GAP"]),
    ];
    for (class, expected) in cases {
        assert_eq!(ids(definition::of_radiosensitivity(class)), expected);
    }
}
