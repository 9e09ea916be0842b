//! The codes of the mapping files: each is well formed, means what the evidence beside this test says, and every confirmed
//! code of the terminology tables is either mapped or listed in `mappings/unmapped.csv` with its reason.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::{Value, json};
use spinemet::fhir::{Json, RecordBuilder};
use spinemet::mapping::{MappingSet, MappingSource};

static SET: LazyLock<MappingSet> = LazyLock::new(|| MappingSet::compile(&MappingSource::embedded()).unwrap());

/// Each mapping file inside the program, parsed without our own reader.
static FILES: LazyLock<Vec<(String, toml::Table)>> = LazyLock::new(|| {
    let parsed = |source: MappingSource| (source.name.clone(), source.text.parse().unwrap());
    MappingSource::embedded().into_iter().map(parsed).collect()
});

/// The first URI of each code system by its short name.
static SYSTEMS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut systems = BTreeMap::new();
    for (_, file) in FILES.iter() {
        for (name, uris) in file.get("system").and_then(toml::Value::as_table).into_iter().flatten() {
            let uris = uris.as_array().unwrap().iter().map(|uri| uri.as_str().unwrap().to_owned());
            systems.insert(name.clone(), uris.collect());
        }
    }
    systems
});

/// The rows of a CSV file with a header, by name of column. Quoted fields may hold commas and doubled quotes.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut records: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let record = records.last_mut().unwrap();
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                record.last_mut().unwrap().push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(String::new()),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => records.push(vec![String::new()]),
            other => record.last_mut().unwrap().push(other),
        }
    }
    let mut records = records.into_iter();
    let header = records.next().unwrap();
    records
        .filter(|record| record.len() == header.len())
        .map(|record| header.iter().cloned().zip(record).collect())
        .collect()
}

fn repository(path: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    rows(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
}

/// A terminology table that lies beside the repository in development; `None`, said aloud, where it does not.
fn table(name: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let path = format!("{}/../shared/reference/terminology/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        println!("SKIPPED: ../shared/reference/terminology/{name} is not there");
    }
    text.map(|text| rows(&text))
}

/// Whether the mapping knows a code, under the first URI of its system.
fn knows(system: &str, code: &str) -> bool {
    SET.knows(&SYSTEMS[system][0], code)
}

/// The codes that are deliberately not mapped, by short name of the system.
fn unmapped() -> BTreeSet<(String, String)> {
    let listed = repository("mappings/unmapped.csv");
    listed.into_iter().map(|row| (row["system"].clone(), row["code"].clone())).collect()
}

#[test]
fn a_code_that_is_listed_as_unmapped_is_not_mapped_and_has_a_reason() {
    let listed = repository("mappings/unmapped.csv");
    assert!(listed.len() > 1000);
    let mut seen = BTreeSet::new();
    for row in &listed {
        let (system, code) = (&row["system"], &row["code"]);
        assert!(row["reason"].len() > 3, "{system}|{code} has no reason");
        assert!(seen.insert((system, code)), "{system}|{code} is listed twice");
        assert!(system == "text" || !knows(system, code), "{system}|{code} is mapped");
    }
}

/// Names in the tables that are not the short names of the mapping files.
fn short_name(system: &str) -> Option<String> {
    match system {
        chinese if chinese.starts_with("CN-NHSA-ICD-10") => Some("cn-nhsa-icd10".to_owned()),
        chinese if chinese.starts_with("CN-NHSA-ICD-9") => Some("cn-nhsa-icd9cm3".to_owned()),
        uri => SYSTEMS
            .iter()
            .find(|(_, uris)| uris.iter().any(|known| known == uri))
            .map(|(name, _)| name.clone()),
    }
}

#[test]
fn every_confirmed_code_of_the_tables_is_mapped_or_listed() {
    let unmapped = unmapped();
    let mut lost = Vec::new();
    let mut count = 0;
    let mut check = |system: &str, code: &str| {
        count += 1;
        if !knows(system, code) && !unmapped.contains(&(system.to_owned(), code.to_owned())) {
            lost.push(format!("{system}|{code}"));
        }
    };
    let Some(codes) = table("codes.csv") else { return };
    for row in codes.iter().filter(|row| row["status"] == "CONFIRMED" && !row["system"].starts_with("text")) {
        let system = short_name(&row["system"]).unwrap_or_else(|| panic!("no system {}", row["system"]));
        check(&system, &row["code"]);
    }
    let in_tables: [(&str, &str, &str); 8] = [
        ("tables/secondary_snomed.csv", "sct", "code"),
        ("tables/primary_snomed.csv", "sct", "code"),
        ("tables/body_sites.csv", "sct", "snomed"),
        ("tables/vertebrae.csv", "sct", "snomed_body_of_vertebra"),
        ("tables/vertebrae.csv", "sct", "snomed_vertebra"),
        ("tables/primary_icdo3_topography.csv", "icdo3", "icdo3_topography"),
        ("tables/primary_icdo3_morphology.csv", "icdo3", "icdo3_morphology"),
        ("tables/cn_nhsa_icd10_secondary.csv", "cn-nhsa-icd10", "code"),
    ];
    for (name, system, column) in in_tables {
        for row in table(name).unwrap() {
            let is_confirmed = row.get("status").is_none_or(|status| status.starts_with("CONFIRMED"));
            if is_confirmed && !row[column].is_empty() {
                check(system, &row[column]);
            }
        }
    }
    for row in table("tables/primary_icd10.csv").unwrap() {
        check("icd10", &row["icd10_category"]);
    }
    assert!(count > 6000, "only {count} codes were looked at");
    assert!(lost.is_empty(), "{} of {count} codes: {}", lost.len(), lost.join(" "));
}

#[test]
fn every_drug_of_the_table_is_known_by_its_names() {
    let Some(drugs) = table("tables/drugs.csv") else { return };
    assert_eq!(drugs.len(), 149);
    for row in &drugs {
        let (name, chinese) = (&row["drug"], &row["name_zh"]);
        if name == "methotrexate" {
            continue;
        }
        for text in [format!("{name} 100 mg"), format!("{chinese}注射液"), format!("{chinese}片")] {
            let order = json!({
                "resourceType": "MedicationRequest", "status": "active", "intent": "order",
                "medicationCodeableConcept": { "text": text },
            });
            let found = statements(&order);
            assert!(found.len() == 1 && found[0].starts_with("drug "), "{text}: {found:?}");
        }
    }
}

/// The statements that a resource becomes.
fn statements(resource: &Value) -> Vec<String> {
    let text = resource.to_string();
    let mut builder = RecordBuilder::default();
    builder.add(Json::parse(&text).unwrap(), "test").unwrap();
    let record = builder.finish(Some("Patient/test")).unwrap();
    SET.map(&record).facts.iter().map(|fact| fact.statement.to_string()).collect()
}

/// A resource of the kind that a row of the evidence names, with its code.
fn resource(kind: &str, code: &Value) -> Value {
    let observation = |question: &str, more: &Value| {
        let mut observation = json!({
            "resourceType": "Observation", "status": "final",
            "code": { "coding": [{ "system": "http://loinc.org", "code": question }] },
        });
        observation.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        observation
    };
    let concept = json!({ "coding": [code] });
    match kind {
        "Condition" => json!({ "resourceType": kind, "code": concept }),
        "MedicationRequest" => json!({
            "resourceType": kind, "status": "active", "intent": "order", "medicationCodeableConcept": concept,
        }),
        "Procedure" => json!({
            "resourceType": kind, "status": "completed", "code": concept, "bodySite": [{ "text": "T12" }],
        }),
        "karnofsky" => observation("89243-0", &json!({ "valueCodeableConcept": concept })),
        "ecog" => observation("89247-1", &json!({ "valueCodeableConcept": concept })),
        "site" => json!({
            "resourceType": "Observation", "status": "final", "code": { "text": "ESCC" },
            "bodySite": concept, "valueString": "2",
        }),
        other => panic!("{other}"),
    }
}

#[test]
fn each_code_means_what_the_evidence_says() {
    let evidence = repository("tests/data/evidence.csv");
    assert!(evidence.len() > 500);
    for row in &evidence {
        let code = json!({ "system": SYSTEMS[&row["system"]][0], "code": row["code"] });
        let found = statements(&resource(&row["resource"], &code));
        assert!(found.contains(&row["statement"]), "{row:?}: {found:?}");
    }
}

#[test]
fn no_official_name_of_a_code_speaks_against_it() {
    // The table, and its columns of system, code and name; the system is fixed where it has no column.
    let tables: [(&str, &str, &str, &[&str]); 5] = [
        ("codes.csv", "", "code", &["display"]),
        ("tables/secondary_snomed.csv", "sct", "code", &["display"]),
        ("tables/primary_snomed.csv", "sct", "code", &["display"]),
        ("tables/cn_nhsa_icd10_secondary.csv", "cn-nhsa-icd10", "code", &["display_zh"]),
        ("tables/primary_icd10.csv", "icd10", "icd10_category", &["display_who", "display_zh"]),
    ];
    let (mut count, mut lost) = (0, Vec::new());
    for (name, system, column, names) in tables {
        let Some(rows) = table(name) else { return };
        for row in rows {
            let system = row.get("system").map_or_else(|| Some(system.to_owned()), |uri| short_name(uri));
            let Some(system) = system else { continue };
            let coding = json!({ "system": SYSTEMS[&system][0], "code": row[column] });
            for kind in ["Condition", "Procedure", "MedicationRequest", "site"] {
                let expected = statements(&resource(kind, &coding));
                if expected.is_empty() {
                    continue;
                }
                for name in names.iter().filter(|name| !row[**name].is_empty()) {
                    let mut coding = coding.clone();
                    coding["display"] = json!(row[*name]);
                    count += 1;
                    if statements(&resource(kind, &coding)) != expected {
                        lost.push(format!("{kind} {system}|{} \"{}\"", row[column], row[*name]));
                    }
                }
            }
        }
    }
    assert!(count > 3000, "only {count} names were looked at");
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The check digit of SNOMED CT: Verhoeff over all digits.
fn is_snomed(code: &str) -> bool {
    const MULTIPLY: [[u8; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const PERMUTE: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permuted =
        |digit: u8, times: usize| (0..times % 8).fold(digit, |digit, _| PERMUTE[usize::from(digit)]);
    let digits = code.bytes().rev().map(|byte| byte.wrapping_sub(b'0'));
    code.bytes().all(|byte| byte.is_ascii_digit())
        && (6..=18).contains(&code.len())
        && digits.enumerate().fold(0_u8, |sum, (position, digit)| {
            MULTIPLY[usize::from(sum)][usize::from(permuted(digit, position))]
        }) == 0
}

/// The check digit of LOINC: mod 10 with every second digit doubled. Answers and lists of answers have another one.
fn is_loinc(code: &str) -> bool {
    if code.starts_with('L') {
        return code.split_once('-').is_some_and(|(_, check)| check.len() == 1);
    }
    let Some((number, check)) = code.split_once('-') else { return false };
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(position, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            if position % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    number.bytes().all(|byte| byte.is_ascii_digit()) && check == ((10 - sum % 10) % 10).to_string()
}

/// A category of ICD-10 with up to four more characters, and what the Chinese edition adds.
fn is_icd(code: &str) -> bool {
    let (category, rest) = code.split_at(code.len().min(3));
    let mut characters = category.chars();
    let is_category = characters.next().is_some_and(|first| first.is_ascii_uppercase())
        && characters.all(|next| next.is_ascii_digit() || matches!(next, 'A' | 'B'));
    // "I6" is the start of the categories I60 to I69.
    let rest = rest.trim_start_matches('.');
    is_category && (2..=3).contains(&category.len()) && rest.chars().all(|next| next.is_ascii_alphanumeric())
}

fn is_atc(code: &str) -> bool {
    let shape: String = code
        .chars()
        .map(|character| {
            if character.is_ascii_digit() {
                '9'
            } else if character.is_ascii_uppercase() {
                'A'
            } else {
                '?'
            }
        })
        .collect();
    ["A99AA", "A99AA99"].contains(&shape.as_str())
}

/// Every `system|code` of a file, wherever it stands.
fn codes_in(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => found.extend(text.contains('|').then(|| text.clone())),
        toml::Value::Array(values) => values.iter().for_each(|value| codes_in(value, found)),
        toml::Value::Table(table) => {
            let is_code = |key: &str| {
                [
                    "code", "prefix", "question", "misused", "rule", "site", "meaning", "answer", "number",
                    "convert",
                ]
                .contains(&key)
            };
            table.iter().filter(|(key, _)| is_code(key)).for_each(|(_, value)| codes_in(value, found));
        }
        _ => {}
    }
}

#[test]
fn every_code_of_the_mapping_files_is_well_formed() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (name, file) in FILES.iter() {
        let mut codes = Vec::new();
        codes_in(&toml::Value::Table(file.clone()), &mut codes);
        for found in codes {
            let (system, code) = found.split_once('|').unwrap();
            count += 1;
            let is_well_formed = match system {
                "sct" => is_snomed(code),
                "loinc" => is_loinc(code),
                "icd10" | "icd10cm" | "icd10gm" | "cn-nhsa-icd10" => is_icd(code),
                "rxnorm" => !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()),
                "atc" => is_atc(code),
                "icd10pcs" => {
                    code.len() == 7
                        && code.chars().all(|next| next.is_ascii_digit() || next.is_ascii_uppercase())
                        && !code.contains(['I', 'O'])
                }
                _ => !code.is_empty(),
            };
            if !is_well_formed {
                wrong.push(format!("{name}: {found}"));
            }
        }
    }
    assert!(count > 5000, "only {count} codes were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_check_digits_find_a_wrong_digit() {
    assert!(is_snomed("23215003") && !is_snomed("23215004") && !is_snomed("23251003"));
    assert!(is_loinc("89243-0") && !is_loinc("89243-1") && !is_loinc("89234-0"));
}
