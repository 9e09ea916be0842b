//! Records as senders of several countries write them, with faults among them: each becomes what a person reads in it, and
//! what is wrong becomes nothing and is named. The patients are invented.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod records;

use records::ASSESSOR;
use spinemet::fhir::Record;
use spinemet::mapping::{Ignored, Outcome};

/// What each resource becomes, in the order of the record: its id with a statement, or with a reason in brackets. What no rule
/// knows, or comes from no type that is read, is left out.
fn became(file: &str) -> Vec<String> {
    let path = format!("{}/tests/data/senders/{file}", env!("CARGO_MANIFEST_DIR"));
    let body = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let record = Record::read(&body).unwrap_or_else(|rejection| panic!("{:?}", rejection.issues()));
    let mapped = ASSESSOR.mappings().map(&record);
    let name = |position: usize| {
        let reference = &record.resources[position].reference;
        reference.rsplit('/').next().unwrap().to_owned()
    };
    let told = mapped.decisions.into_iter().filter_map(|decision| {
        let became = match decision.outcome {
            Outcome::Mapped { statement, .. } => statement.to_string(),
            Outcome::Ignored(Ignored::CodeNotKnown | Ignored::TypeNotRead | Ignored::NoCode) => return None,
            Outcome::Ignored(reason) => format!("({reason})"),
            Outcome::NearMiss { reason, .. } => format!("({reason})"),
        };
        Some(format!("{}: {became}", name(decision.resource)))
    });
    told.collect()
}

#[test]
fn a_german_record_with_certainties_of_diagnoses() {
    let expected = [
        "mamma: primary = breast",
        "knochen: spinal-metastasis at T12",
        // Excluded, and "suspected or to be ruled out".
        "leber: (refuted)",
        "lunge: (not-established)",
        "diabetes: diabetes = yes",
        // Coded as certain, and ruled out in words.
        "hirn: (label-in-doubt)",
        "ecog: ecog = 1",
        "hb: haemoglobin = 11.4 g/dL",
        // The factor from substance to mass was not confirmed.
        "hb-mol: (unit)",
        "crp: crp = 2.3 mg/dL",
        "thr: platelets = 212 10*9/L",
        "denosumab: drug denosumab = prescribed",
        // By the ATC code of before 2021.
        "beva: drug bevacizumab = last-taken",
    ];
    // A finding in German words and an OPS code are known to no rule.
    assert_eq!(became("german.json"), expected);
}

#[test]
fn a_french_record_with_si_units() {
    let expected = [
        "poumon: primary = lung",
        // The level stands in words that nobody here understands.
        "os: bone-metastasis",
        "foie: (label-in-doubt)",
        // ICD-10 under an address that no file names.
        "surrenale: (unknown-system)",
        "oms: ecog = 2",
        "albumine: albumin = 3.1 g/dL",
        "calcium: calcium = 11.623 mg/dL",
        // 1975-2 asks for mass, umol/L is substance.
        "bili: (unit-contradicts-code)",
        "leuco: leukocytes = 6.2 10*9/L",
        "osimertinib: drug osimertinib = prescribed",
        // Not to be taken.
        "aspirine: (status)",
    ];
    assert_eq!(became("french.json"), expected);
}

#[test]
fn a_chinese_record_in_words_and_full_width() {
    let expected = [
        "fei: primary = lung",
        "xiong: spinal-metastasis",
        "t10: spinal-metastasis at T10",
        // "T1, 2", "to be ruled out" and "not seen" are understood by no rule; this one has a code.
        "gan2: (label-in-doubt)",
        "kps: karnofsky = 70",
        "escc: escc at T10 = 2",
        "frankel: frankel = D",
        "hb: haemoglobin = 9.8 g/dL",
        "alb: albumin = 3.35 g/dL",
        "plt: platelets = 186 10*9/L",
        "ldh: ldh = 310 U/L",
        "egfr: driver egfr = yes",
        "amt: drug osimertinib = prescribed",
        "stop: (illegible)",
        "mri: procedure spinal-mri = planned",
    ];
    assert_eq!(became("chinese.json"), expected);
}

#[test]
fn an_mcode_record_with_faults() {
    let expected = [
        "prim: primary = lung-non-small-cell",
        "sec: spinal-metastasis at T12",
        "sec: spinal-metastasis at L1",
        "sec-old: (resolved)",
        "ecog: ecog = 1",
        "kps-in-ecog: (other-scale)",
        "egfr: driver egfr = yes",
        "alk: driver alk = no",
        // The code of one gene with the symbol of another.
        "swapped-gene: (unknown-answer)",
        // The level is that of the volume; dose and fractions are read by no rule of the engine.
        "rt: procedure radiotherapy at T12 = done",
        // Its period ends before it begins: given, without a date.
        "bev: drug bevacizumab = given",
        // Of the mother.
        "mother: (other-subject)",
    ];
    assert_eq!(became("mcode.json"), expected);
}

#[test]
fn a_report_with_findings_inside_and_coded_vertebrae() {
    let expected = [
        "mri: escc at L2 = 2",
        // The code is of L3, its names are of L4.
        "mri: (site-not-known)",
        // A lytic lesion by code that is called blastic.
        "panel: (label-disagrees)",
        "panel: sins-pain at L2 = mechanical",
        // 0.6 of what, says no unit.
        "panel: (unit)",
        "panel: sins-alignment at L2 = normal",
        "dist: within-1-cm-of-cord at L2 = yes",
    ];
    assert_eq!(became("imaging.json"), expected);
}

/// The consensus asks of women whether they are pregnant (CN-3.4-VP-CI5); of nobody else is anything taken for granted.
#[test]
fn a_man_is_not_asked_about_pregnancy() {
    for (gender, said) in [
        (r#", "gender": "male""#, vec!["birth-date = 1960", "pregnancy = no"]),
        (r#", "gender": "female""#, vec!["birth-date = 1960"]),
        (r#", "gender": "other""#, vec!["birth-date = 1960"]),
        (r#", "gender": 7"#, vec!["birth-date = 1960"]),
        ("", vec!["birth-date = 1960"]),
    ] {
        let body = format!(
            r#"{{"resourceType": "Bundle", "type": "collection", "entry": [
            {{"resource": {{"resourceType": "Patient", "id": "p", "birthDate": "1960"{gender}}}}}]}}"#
        );
        let record =
            Record::read(body.as_bytes()).unwrap_or_else(|rejection| panic!("{:?}", rejection.issues()));
        let facts = ASSESSOR.mappings().map(&record).facts;
        let found: Vec<String> = facts.iter().map(|fact| fact.statement.to_string()).collect();
        assert_eq!(found, said, "{gender}");
        assert!(facts.iter().all(|fact| fact.evidence.resource == "Patient/p"));
    }
}
