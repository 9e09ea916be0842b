//! Data that contradict themselves are reported as conflicts, at their place, and never scored.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod records;

use records::{ASSESSOR, bundle};
use serde_json::{Value, json};
use spinemet::assess::Request;
use spinemet::fhir::{FhirVersion, Record};
use spinemet::language::Language;
use spinemet::mapping::Outcome;

fn observation(code: &str, label: Option<&str>, value: &Value) -> Value {
    let mut coding = json!({ "system": "http://loinc.org", "code": code });
    if let Some(label) = label {
        coding["display"] = json!(label);
    }
    let mut observation = json!({
        "resourceType": "Observation", "id": "it", "status": "final", "code": { "coding": [coding] },
        "effectiveDateTime": "2026-11-20",
    });
    observation.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
    observation
}

fn quantity(value: f64, unit: &str) -> Value {
    json!({ "valueQuantity": { "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit } })
}

fn condition(codes: &[(&str, &str)]) -> Value {
    let coding: Vec<Value> =
        codes.iter().map(|(system, code)| json!({ "system": system, "code": code })).collect();
    json!({ "resourceType": "Condition", "id": "it", "code": { "coding": coding } })
}

const ICD10: &str = "http://hl7.org/fhir/sid/icd-10";
const SCT: &str = "http://snomed.info/sct";
const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";

/// A resource, the element that is named, and the reason.
fn contradictions() -> Vec<(Value, &'static str, &'static str)> {
    let mut with_histology = condition(&[(ICD10, "C50.9")]);
    with_histology["extension"] = json!([{
        "url": "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior",
        "valueCodeableConcept": { "coding": [
            { "system": "http://terminology.hl7.org/CodeSystem/icd-o-3", "code": "8140/6" },
        ] },
    }]);
    let mut two_opinions = observation("89243-0", None, &json!({ "valueInteger": 80 }));
    two_opinions["interpretation"] =
        json!([{ "coding": [{ "system": "http://loinc.org", "code": "LA29183-3" }] }]);
    vec![
        (observation("89243-0", None, &json!({ "valueInteger": 2 })), "valueInteger", "other-scale"),
        (observation("89243-0", None, &quantity(1.0, "{score}")), "valueQuantity", "other-scale"),
        (observation("89247-1", None, &json!({ "valueInteger": 70 })), "valueInteger", "other-scale"),
        (observation("LL4986-7", None, &json!({ "valueString": "80" })), "code", "misused-code"),
        (observation("LL529-9", None, &json!({ "valueInteger": 1 })), "code", "misused-code"),
        (
            observation("89243-0", Some("ECOG Performance Status score"), &json!({ "valueInteger": 80 })),
            "code",
            "label-disagrees",
        ),
        (
            observation("89247-1", Some("Gait speed test"), &json!({ "valueInteger": 2 })),
            "code",
            "label-disagrees",
        ),
        (observation("1988-5", Some("Albumin"), &quantity(12.0, "mg/L")), "code", "label-disagrees"),
        (observation("17861-6", None, &quantity(2.4, "mmol/L")), "valueQuantity", "unit-contradicts-code"),
        (observation("2000-8", None, &quantity(9.5, "mg/dL")), "valueQuantity", "unit-contradicts-code"),
        (observation("2160-0", None, &quantity(88.0, "umol/L")), "valueQuantity", "unit-contradicts-code"),
        (observation("14682-9", None, &quantity(1.0, "mg/dL")), "valueQuantity", "unit-contradicts-code"),
        (two_opinions, "valueInteger", "interpretation-disagrees"),
        (condition(&[(ICD10, "C79.5"), (SCT, "254837009")]), "code", "codes-disagree"),
        (with_histology, "extension", "histology-disagrees"),
        (
            json!({
                "resourceType": "MedicationRequest", "id": "it", "status": "active", "intent": "order",
                "medicationCodeableConcept": {
                    "coding": [{ "system": RXNORM, "code": "3002", "display": "Alendronate (Fosamax)" }],
                },
            }),
            "medication",
            "label-disagrees",
        ),
    ]
}

#[test]
fn each_contradiction_is_named_with_its_place_and_becomes_no_fact() {
    for (resource, element, reason) in contradictions() {
        let patient = json!({ "resourceType": "Patient", "id": "p" });
        let body = bundle(&[patient, resource.clone()]).to_string();
        let record = Record::read(body.as_bytes()).unwrap();
        let mapped = ASSESSOR.mappings().map(&record);
        assert!(mapped.facts.is_empty(), "{resource}: {:?}", mapped.facts);
        let kind = resource["resourceType"].as_str().unwrap();
        let told: Vec<(String, &str)> = mapped
            .decisions
            .iter()
            .filter_map(|decision| match &decision.outcome {
                Outcome::NearMiss { element, reason, .. } => Some((element.clone(), reason.key())),
                _ => None,
            })
            .collect();
        assert_eq!(told, [(format!("{kind}.{element}"), reason)], "{resource}");
    }
}

#[test]
fn the_answer_reports_each_as_a_conflict() {
    for (resource, element, _) in contradictions() {
        let patient = json!({ "resourceType": "Patient", "id": "p" });
        let body = bundle(&[patient, resource.clone()]).to_string();
        for language in [Language::English, Language::Chinese] {
            let as_of = "2026-11-22T00:00:00Z".parse().unwrap();
            let request =
                Request { body: body.as_bytes(), version: FhirVersion::R4, tenant: "test", language, as_of };
            let answer = ASSESSOR.assess(&request).unwrap();
            let expected = format!("Bundle.entry.resource.where(id='it').{element}");
            let conflicts = answer.issues.iter().filter(|issue| issue.code == fhir_wire::IssueType::Conflict);
            let places: Vec<Option<&str>> = conflicts.map(|issue| issue.expression.as_deref()).collect();
            assert_eq!(places, [Some(expected.as_str())], "{resource}");
        }
    }
}
