//! `spinemet mappings` as the engineer of a new site uses it: what is there, what is not, and a file to fill in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::process::Command;

use serde_json::Value;

const RECORD: &str = "examples/site-mappings/record.json";
const SITE: &str = "examples/site-mappings/mappings";

/// Runs the program; its exit code, output and complaints.
fn spinemet(arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spinemet"));
    let output = command
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("SPINEMET_CONFIG")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_list_says_what_feeds_an_input_and_where_that_is_written() {
    let (code, out, _) = spinemet(&["mappings", "list", "--input", "karnofsky"]);
    assert_eq!(code, 0);
    assert!(out.contains("loinc|89243-0") && out.contains("performance-status/karnofsky"), "{out}");
    assert!(!out.contains("escc"), "{out}");
    let (_, out, _) = spinemet(&["mappings", "list", "--matching", "胸12", "--format", "json"]);
    let entries: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(entries.iter().any(|entry| entry["value"] == "T12" && entry["input"] == "body-site"), "{out}");
    let (_, out, _) = spinemet(&["mappings", "list", "--site-only", "--mappings", SITE, "--format", "json"]);
    let entries: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let rules: std::collections::BTreeSet<&str> =
        entries.iter().map(|entry| entry["rule"].as_str().unwrap()).collect();
    let expected = ["example-hospital/escc-radiology", "example-hospital/karnofsky-ward"];
    assert_eq!(rules.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn the_suggestion_is_refused_until_it_is_filled_in_and_works_then() {
    let (code, stub, complaints) = spinemet(&["mappings", "suggest", RECORD]);
    assert_eq!((code, complaints.as_str()), (0, ""));
    assert!(stub.contains("# Nearest: karnofsky"), "{stub}");
    assert!(stub.contains("# Nearest: albumin"), "{stub}");
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("local.toml");
    let path = path.to_str().unwrap();
    std::fs::write(path, &stub).unwrap();
    let (code, _, complaints) = spinemet(&["mappings", "check", "--mappings", path]);
    assert_eq!(code, 1);
    assert!(complaints.contains("local.toml:") && complaints.contains("FILL-IN"), "{complaints}");

    let filled = filled_in(
        &stub,
        &[("KPS-N", "karnofsky", ""), ("JS-ESCC\"", "escc", "2"), ("LAB0417", "albumin", "")],
    );
    std::fs::write(path, &filled).unwrap();
    let (code, out, complaints) = spinemet(&["mappings", "check", "--mappings", path]);
    assert_eq!((code, complaints.as_str()), (0, ""), "{filled}\n{out}");
    let (_, out, _) = spinemet(&["explain", "--mappings", path, "--as-of", "2026-11-22", RECORD]);
    for statement in ["karnofsky = 70", "escc at T10 = 2"] {
        assert!(out.contains(statement), "{statement}: {out}\n{filled}");
    }
    let (_, rest, _) = spinemet(&["mappings", "suggest", "--mappings", path, RECORD]);
    assert!(rest.contains("Nothing: every code of these records is known."), "{rest}");
}

/// The stub as an engineer fills it in: for the rule about a code, its input and the value of its answers. A laboratory
/// value wants its unit with a factor, which the table of inputs says.
fn filled_in(stub: &str, answers: &[(&str, &str, &str)]) -> String {
    let rules: Vec<String> = stub
        .split("[[rule]]")
        .map(|rule| {
            let Some((_, input, value)) =
                answers.iter().find(|(code, ..)| rule.contains(&format!("|{code}")))
            else {
                return rule.replace("site-FILL-IN", "site");
            };
            let rule = rule.replace("input = \"FILL-IN\"", &format!("input = \"{input}\""));
            let rule = rule.replace("value = \"FILL-IN\"", &format!("value = \"{value}\""));
            rule.replace("unit = [\"g/L\"]", "convert = [{ unit = [\"g/L\"], factor = \"0.1\" }]")
        })
        .collect();
    rules.join("[[rule]]")
}

#[test]
fn numbers_and_texts_of_patients_are_not_in_the_suggestion() {
    let record = std::fs::read_to_string(RECORD).unwrap().replace("35.5", "31.4159");
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record.json");
    std::fs::write(&path, record).unwrap();
    let (_, stub, _) = spinemet(&["mappings", "suggest", path.to_str().unwrap()]);
    for secret in ["31.4159", "Patient/example", "2026-11-20", "1961"] {
        assert!(!stub.contains(secret), "{secret}: {stub}");
    }
}

#[test]
fn names_of_drugs_and_body_sites_that_are_not_understood_are_suggested_too() {
    let record = r#"{"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p"}},
        {"resource": {"resourceType": "MedicationStatement", "id": "m", "status": "active", "medicationCodeableConcept":
            {"coding": [{"system": "https://hospital.example/drugs", "code": "4711", "display": "Avastin Hausmarke"}]}}},
        {"resource": {"resourceType": "Condition", "id": "c",
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "C79.5"}]},
            "bodySite": [{"coding": [{"system": "https://hospital.example/sites", "code": "BWK12"}]}]}}]}"#;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record.json");
    std::fs::write(&path, record).unwrap();
    let path = path.to_str().unwrap();
    let (_, stub, _) = spinemet(&["mappings", "suggest", path]);
    for line in [
        "local1 = [\"https://hospital.example/drugs\"]",
        "meaning = [{ value = \"FILL-IN\", code = [\"local1|4711\"] }]",
        "[[site]]\nvalue = \"FILL-IN\"\ncode = [\"local2|BWK12\"]",
    ] {
        assert!(stub.contains(line), "{line}\n{stub}");
    }
    // The metastasis counts without its level, and that its site was not understood is said.
    let (_, out, _) = spinemet(&["explain", "--as-of", "2026-11-22", path]);
    assert!(out.contains("bone-metastasis") && out.contains("Condition.bodySite: the body site is"), "{out}");
}

#[test]
fn the_schema_is_printed() {
    let (code, out, _) = spinemet(&["mappings", "schema"]);
    let kept = std::fs::read_to_string("mappings/mapping.schema.json").unwrap();
    assert_eq!((code, out), (0, kept));
}

#[test]
fn the_check_names_what_of_a_concept_map_is_not_used() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("map.json");
    let map = r#"{"resourceType": "ConceptMap", "status": "active", "group": [{"source": "urn:x", "target":
        "http://loinc.org", "element": [{"code": "A", "target": [{"code": "89243-0", "equivalence": "wider"}]}]}]}"#;
    std::fs::write(&path, map).unwrap();
    let (code, out, _) = spinemet(&["mappings", "check", "--mappings", directory.path().to_str().unwrap()]);
    assert_eq!(code, 0);
    assert!(out.contains("not used: the code A: its relation to 89243-0 is \"wider\""), "{out}");
}
