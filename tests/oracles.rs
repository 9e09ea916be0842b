//! What independent sources say of the codes and units of the mapping files: the tabular lists of ICD, the vertebrae of DICOM,
//! UCUM. The tables in `data/oracles` are made by `script/build-oracles` from packages of others; the expectations here are
//! written from the titles alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Value, json};
use spinemet::fhir::{Json, RecordBuilder};
use spinemet::mapping::{MappingSet, MappingSource};

static SET: LazyLock<MappingSet> = LazyLock::new(|| MappingSet::compile(&MappingSource::embedded()).unwrap());

const ICD_10_CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";

/// The rows of a table behind its header, each with so many columns; only the last may hold commas.
fn table(name: &str, columns: usize) -> Vec<Vec<String>> {
    let path = format!("{}/tests/data/oracles/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let row = |line: &str| {
        let row: Vec<String> =
            line.splitn(columns, ',').map(|field| field.trim_matches('"').to_owned()).collect();
        assert_eq!(row.len(), columns, "{line}");
        row
    };
    text.lines().skip(1).map(row).collect()
}

/// The statements that a resource becomes.
fn statements(resource: &Value) -> Vec<String> {
    let text = resource.to_string();
    let mut builder = RecordBuilder::default();
    builder.add(Json::parse(&text).unwrap(), "test").unwrap();
    let record = builder.finish(Some("Patient/test")).unwrap();
    SET.map(&record).facts.iter().map(|fact| fact.statement.to_string()).collect()
}

fn condition(code: &str) -> Vec<String> {
    let code = json!({ "coding": [{ "system": ICD_10_CM, "code": code }] });
    statements(&json!({ "resourceType": "Condition", "code": code }))
}

/// Every `system|code` of a file, wherever it stands.
fn codes_in(value: &toml::Value, found: &mut BTreeSet<(String, String)>) {
    match value {
        toml::Value::String(text) => {
            found.extend(text.split_once('|').map(|(system, code)| (system.to_owned(), code.to_owned())));
        }
        toml::Value::Array(values) => values.iter().for_each(|value| codes_in(value, found)),
        toml::Value::Table(table) => table.values().for_each(|value| codes_in(value, found)),
        _ => {}
    }
}

#[test]
fn every_icd_code_of_the_mapping_files_stands_in_the_tabular_list() {
    let known: BTreeSet<(String, String)> =
        table("icd_codes.csv", 2).into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let mut used = BTreeSet::new();
    for source in MappingSource::embedded() {
        codes_in(&toml::Value::Table(source.text.parse().unwrap()), &mut used);
    }
    used.retain(|(system, _)| ["icd10", "icd10cm"].contains(&system.as_str()));
    let unknown: Vec<_> = used.difference(&known).collect();
    assert!(unknown.is_empty(), "not confirmed; run script/build-oracles and look: {unknown:?}");
    assert!(used.len() > 300, "only {} codes were looked at", used.len());
}

/// What a title of ICD-10-CM must become, by words in it: the start, a word, words that must not stand there.
const TITLES: &[(&str, &str, &[&str], &str)] = &[
    ("Malignant neoplasm", "breast", &[], "primary = breast"),
    ("Malignant neoplasm", "nipple", &[], "primary = breast"),
    ("Malignant neoplasm", "prostate", &[], "primary = prostate"),
    ("Malignant neoplasm", "thyroid gland", &["parathyroid"], "primary = thyroid"),
    ("Malignant neoplasm", "bronchus", &[], "primary = lung"),
    ("Malignant neoplasm", "kidney", &[], "primary = kidney"),
    ("Malignant neoplasm", "esophagus", &[], "primary = esophagus"),
    ("Malignant neoplasm", "stomach", &[], "primary = stomach"),
    ("Malignant neoplasm", "pancrea", &[], "primary = pancreas"),
    ("Malignant neoplasm", "bladder", &["gallbladder"], "primary = bladder"),
    ("Malignant neoplasm", "gallbladder", &[], "primary = biliary"),
    ("Malignant neoplasm", "cervix uteri", &[], "primary = cervix"),
    ("Malignant neoplasm", "corpus uteri", &[], "primary = uterus"),
    ("Malignant neoplasm", "ovary", &[], "primary = ovary"),
    ("Malignant neoplasm", "testis", &[], "primary = germ-cell"),
    ("Malignant neoplasm", "vertebral column", &[], "primary-spinal-tumour"),
    ("Malignant neoplasm", "spinal cord", &["cranial nerves"], "primary-spinal-tumour"),
    ("Malignant neoplasm", "spinal meninges", &[], "primary-spinal-tumour"),
    ("Malignant neoplasm", "cauda equina", &[], "primary-spinal-tumour"),
    ("Malignant melanoma", "", &[], "primary = melanoma"),
    ("Malignant carcinoid", "", &[], "primary = carcinoid"),
    ("Liver cell carcinoma", "", &[], "primary = liver"),
    ("", "Hodgkin lymphoma", &[], "primary = lymphoma"),
    ("", "ollicular lymphoma", &[], "primary = lymphoma"),
    ("Multiple myeloma", "", &[], "primary = myeloma"),
    ("Secondary", "of bone", &["of bone marrow"], "bone-metastasis"),
    ("Secondary", "liver", &[], "visceral-metastasis = liver"),
    ("Secondary", "lung", &[], "visceral-metastasis = lung"),
    ("Secondary", "kidney", &[], "visceral-metastasis = kidney"),
    ("Secondary", "adrenal", &[], "visceral-metastasis = adrenal"),
    ("Secondary", "of brain", &[], "visceral-metastasis = brain"),
];

/// A title that says so, or none that must not: the other way round.
const MEANT_BY: &[(&str, &[&str])] = &[
    ("primary = breast", &["breast", "nipple"]),
    ("primary = prostate", &["prostate"]),
    ("primary = thyroid", &["thyroid"]),
    ("primary = lung", &["lung", "bronchus"]),
    ("primary = kidney", &["kidney"]),
    ("primary = liver", &["liver", "Liver", "Hepatoblastoma"]),
    ("primary = carcinoid", &["carcinoid"]),
    ("primary = rectum", &["rectum"]),
    ("primary-spinal-tumour", &["vertebral column", "spinal cord", "spinal meninges", "cauda equina"]),
    ("bone-metastasis", &["of bone"]),
    ("visceral-metastasis = liver", &["liver"]),
    ("visceral-metastasis = kidney", &["kidney"]),
    ("visceral-metastasis = adrenal", &["adrenal"]),
    ("visceral-metastasis = brain", &["brain", "cerebral meninges"]),
];

#[test]
fn a_cancer_code_of_icd_10_cm_means_what_its_title_says() {
    let titles = table("icd10cm_cancers.csv", 2);
    assert!(titles.len() > 1500);
    let (mut wrong, mut told) = (Vec::new(), 0);
    for row in &titles {
        let (code, title) = (&row[0], &row[1]);
        let found = condition(code);
        let is_meant = |(start, word, but, _): &&(&str, &str, &[&str], &str)| {
            title.starts_with(start) && title.contains(word) && !but.iter().any(|word| title.contains(word))
        };
        for (_, _, _, expected) in TITLES.iter().filter(is_meant) {
            told += 1;
            if !found.iter().any(|found| found == expected) {
                wrong.push(format!("{code} {title}: {found:?}, not {expected}"));
            }
        }
        for (statement, words) in MEANT_BY {
            if found.iter().any(|found| found == statement) && !words.iter().any(|word| title.contains(word))
            {
                wrong.push(format!("{code} {title}: {statement}"));
            }
        }
        let is_metastasis = found.iter().any(|found| found.contains("metastasis"));
        if is_metastasis && !title.starts_with("Secondary") {
            wrong.push(format!("{code} {title}: {found:?} is no metastasis"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(told > 400, "only {told} titles say what they mean");
}

#[test]
fn every_vertebra_of_dicom_is_the_level_of_its_name() {
    let vertebrae = table("dicom_vertebrae.csv", 2);
    assert_eq!(vertebrae.len(), 24);
    for row in vertebrae {
        let site = json!({ "coding": [{ "system": "http://snomed.info/sct", "code": row[0] }] });
        let escc = json!({
            "resourceType": "Observation", "status": "final", "code": { "text": "ESCC" }, "bodySite": site,
            "valueString": "2",
        });
        assert_eq!(statements(&escc), [format!("escc at {} = 2", row[1])]);
    }
}

#[test]
fn a_measurement_in_each_unit_is_the_amount_that_ucum_says() {
    let units = table("units.csv", 6);
    assert!(units.len() > 35);
    for row in units {
        let [loinc, unit, value, input, amount, own] = row.try_into().unwrap();
        let value: Value = serde_json::from_str(&value).unwrap();
        let measurement = json!({
            "resourceType": "Observation", "status": "final", "valueQuantity": { "value": value, "code": unit },
            "code": { "coding": [{ "system": "http://loinc.org", "code": loinc }] },
        });
        assert_eq!(statements(&measurement), [format!("{input} = {amount} {own}")], "{measurement}");
    }
}
