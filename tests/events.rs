//! What happened since: a stay in hospital ends the freshness of an older performance status, a fall that of what older images
//! show of the bone (specification F.2). Who does not send Encounters gets the same card as before.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod hooks;
mod prefetch;
mod records;
mod schema;

use std::collections::BTreeSet;

use prefetch::{breast, request, searchset};
use records::{AS_OF, ASSESSOR, bundle, outcomes, told};
use serde_json::{Value, json};
use spinemet::cds_hooks::Service;
use spinemet::fhir::Record;
use spinemet::language::Language;

const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const SNOMED: &str = "http://snomed.info/sct";
const ICD_10: &str = "http://hl7.org/fhir/sid/icd-10";
const ICD_10_CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";

fn patient() -> Value {
    json!({ "resourceType": "Patient", "id": "p", "birthDate": "1960-01-01" })
}

/// What the first resource behind the patient becomes.
fn became(resource: &Value) -> String {
    told(&outcomes(&patient(), std::slice::from_ref(resource))[0])
}

/// The freshness of what a record says of something, as the assessment judges it.
fn freshness(resources: &[Value], statement: &str) -> String {
    let all: Vec<Value> = std::iter::once(patient()).chain(resources.iter().cloned()).collect();
    let body = bundle(&all).to_string();
    let evaluation =
        ASSESSOR.evaluate(Record::read(body.as_bytes()).unwrap(), AS_OF.parse().unwrap()).unwrap();
    let facts = &evaluation.assessment.case.facts;
    let (_, freshness) = facts.iter().find(|(fact, _)| fact.statement.to_string() == statement).unwrap();
    freshness.key().to_owned()
}

/// An Encounter of R4, or of R5.
fn encounter(release: &str, class: &str, status: &str, start: &str) -> Value {
    let coding = json!({ "system": ACT_CODE, "code": class });
    if release == "R5" {
        return json!({
            "resourceType": "Encounter", "status": status, "class": [{ "coding": [coding] }],
            "actualPeriod": { "start": start },
        });
    }
    json!({ "resourceType": "Encounter", "status": status, "class": coding, "period": { "start": start } })
}

#[test]
fn an_encounter_that_has_begun_is_a_stay_in_hospital_where_its_class_says_so() {
    let begun = [
        ("R4", ["arrived", "triaged", "in-progress", "onleave", "finished"].as_slice()),
        ("R5", ["in-progress", "on-hold", "discharged", "completed", "discontinued"].as_slice()),
    ];
    for (release, statuses) in begun {
        for status in statuses {
            for class in ["IMP", "ACUTE", "NONAC"] {
                let sent = encounter(release, class, status, "2026-11-20");
                assert_eq!(became(&sent), "event = hospitalisation", "{sent}");
            }
            for class in ["AMB", "EMER", "HH", "VR", "OBSENC"] {
                assert_eq!(became(&encounter(release, class, status, "2026-11-20")), "(by-rule)", "{class}");
            }
            assert_eq!(became(&encounter(release, "STATION-4", status, "2026-11-20")), "(code-not-known)");
        }
        for status in ["planned", "cancelled", "entered-in-error", "unknown", "?"] {
            assert_eq!(became(&encounter(release, "IMP", status, "2026-11-20")), "(status)", "{status}");
        }
    }
}

#[test]
fn a_class_in_another_shape_is_understood_or_left_aside() {
    let cases = [
        (json!({ "code": "IMP" }), "event = hospitalisation"),
        (json!({ "coding": [{ "code": "IMP" }] }), "event = hospitalisation"),
        (
            json!([{ "coding": [{ "system": ACT_CODE, "code": "IMP" }] }, { "text": "Station 4" }]),
            "event = hospitalisation",
        ),
        (json!({ "system": "http://hl7.org/fhir/v3/ActCode", "code": "IMP" }), "event = hospitalisation"),
        (
            json!([{ "coding": [{ "code": "IMP" }] }, { "coding": [{ "code": "AMB" }] }]),
            "Encounter.class: codes-disagree",
        ),
        (json!({ "code": "IMP", "display": "ruled out" }), "Encounter.class: label-in-doubt"),
        (json!("IMP"), "(no-code)"),
        (json!([]), "(no-code)"),
    ];
    for (class, expected) in cases {
        let mut sent = encounter("R4", "IMP", "finished", "2026-11-20");
        sent["class"] = class.clone();
        assert_eq!(became(&sent), expected, "{class}");
    }
    let mut without_status = encounter("R4", "IMP", "finished", "2026-11-20");
    without_status.as_object_mut().unwrap().remove("status");
    assert_eq!(became(&without_status), "Encounter.status: no-status");
}

#[test]
fn performance_status_is_not_fresh_beside_a_later_stay_in_hospital() {
    let kps = json!({
        "resourceType": "Observation", "status": "final", "code": { "text": "KPS" }, "valueInteger": 80,
        "effectiveDateTime": "2026-11-18",
    });
    let of = |encounters: &[Value]| {
        let resources: Vec<Value> = std::iter::once(kps.clone()).chain(encounters.iter().cloned()).collect();
        freshness(&resources, "karnofsky = 80")
    };
    let mut undated = encounter("R4", "IMP", "finished", "2026-11-20");
    undated.as_object_mut().unwrap().remove("period");
    let cases = [
        (vec![], "fresh"),
        (vec![encounter("R4", "IMP", "in-progress", "2026-11-20")], "overtaken"),
        (vec![encounter("R5", "IMP", "completed", "2026-11-20")], "overtaken"),
        // The status was found in hospital, or on the day of admission.
        (vec![encounter("R4", "IMP", "in-progress", "2026-11-10")], "fresh"),
        (vec![encounter("R4", "IMP", "in-progress", "2026-11-18")], "fresh"),
        (vec![encounter("R4", "IMP", "planned", "2026-11-20")], "fresh"),
        (vec![encounter("R4", "AMB", "finished", "2026-11-20")], "fresh"),
        (vec![encounter("R4", "IMP", "in-progress", "2026-12-20")], "fresh"),
        (vec![undated], "fresh"),
    ];
    for (encounters, expected) in cases {
        assert_eq!(of(&encounters), expected, "{encounters:?}");
    }
}

#[test]
fn a_fall_makes_what_older_images_show_worthless() {
    let lesion = json!({
        "resourceType": "Observation", "status": "final", "code": { "text": "Lesion quality" }, "valueString": "lytic",
        "bodySite": { "text": "T8" }, "effectiveDateTime": "2026-11-12",
    });
    let fall = |system: &str, code: &str, onset: &str| {
        json!({
            "resourceType": "Condition", "code": { "coding": [{ "system": system, "code": code }] },
            "onsetDateTime": onset,
        })
    };
    let cases = [
        (fall(SNOMED, "1912002", "2026-11-20"), true),
        (fall(SNOMED, "217082002", "2026-11-20"), true),
        (fall(ICD_10, "W19", "2026-11-20"), true),
        (fall(ICD_10, "W01.0", "2026-11-20"), true),
        (fall(ICD_10_CM, "W10.9XXA", "2026-11-20"), true),
        (
            json!({ "resourceType": "Condition", "code": { "text": "跌倒" }, "recordedDate": "2026-11-20" }),
            true,
        ),
        // Before the images; slipped without falling; pushed against something; a history, of no date.
        (fall(SNOMED, "1912002", "2026-11-01"), false),
        (fall(ICD_10_CM, "W18.40XA", "2026-11-20"), false),
        (fall(ICD_10, "W22", "2026-11-20"), false),
        (fall(ICD_10_CM, "Z91.81", "2026-11-20"), false),
    ];
    for (condition, is_void) in cases {
        let found = freshness(&[lesion.clone(), condition.clone()], "sins-lesion at T8 = lytic");
        assert_eq!(found != "fresh", is_void, "{found}: {condition}");
    }
}

/// The codes of a rule of the mapping files.
fn classes_of_the_rule() -> BTreeSet<String> {
    let file = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/mappings/events.toml")).unwrap();
    let file: toml::Table = file.parse().unwrap();
    let rules = file["rule"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"].as_str() == Some("hospitalisation")).unwrap();
    let codes = rule["meaning"][0]["code"].as_array().unwrap().iter();
    codes.map(|code| code.as_str().unwrap().strip_prefix("act|").unwrap().to_owned()).collect()
}

/// The classes that a search asks for.
fn classes_in(query: &str) -> BTreeSet<String> {
    let (_, classes) = query.split_once("class=").unwrap();
    classes.split('&').next().unwrap().split(',').map(str::to_owned).collect()
}

#[test]
fn every_service_asks_for_the_stays_in_hospital_that_the_mapping_knows() {
    for service in Service::ALL {
        let keys = service.prefetch();
        let key = keys.iter().find(|key| key.name() == "encounters").unwrap();
        assert_eq!(classes_in(&key.template()), classes_of_the_rule());
    }
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/ehr/gather.rs")).unwrap();
    let line = source.lines().find(|line| line.contains("\"Encounter\"")).unwrap();
    assert_eq!(classes_in(line), classes_of_the_rule(), "and so does the fetching of a whole record");
}

#[test]
fn encounters_that_did_not_come_change_no_card() {
    let respond = |prefetch: &Value| {
        hooks::respond("spinemet-patient-view", &request(prefetch), Language::English).unwrap()
    };
    let whole = respond(&breast());
    let mut prefetch = breast();
    prefetch.as_object_mut().unwrap().remove("encounters");
    let error = json!({ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "code": "processing" }] });
    assert_eq!(respond(&prefetch), whole);
    for sent in [json!(null), searchset(&[]), error, json!("no")] {
        prefetch["encounters"] = sent.clone();
        assert_eq!(respond(&prefetch), whole, "{sent}");
    }
    // One that did come is seen.
    let mut stay = encounter("R4", "IMP", "in-progress", "2026-11-21");
    stay["id"] = json!("stay");
    stay["subject"] = json!({ "reference": "Patient/breast-t12" });
    prefetch["encounters"] = searchset(&[stay]);
    assert_ne!(respond(&prefetch), whole);
}
