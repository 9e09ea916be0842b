//! Our own Questionnaire, answered: every item of it becomes the fact that it asks for, with every answer that it offers.

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
use spinemet::conformance::find;
use spinemet::fhir::{FhirVersion, Record};

fn published(resource_type: &str, id: &str) -> Value {
    let found = find(resource_type, id).unwrap_or_else(|| panic!("{resource_type}/{id} is published"));
    serde_json::from_str(&found.body(FhirVersion::R4)).unwrap()
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

/// The items that are answered, and whether they stand in the group of a level.
fn items(questionnaire: &Value) -> Vec<(Value, bool)> {
    let split = |item: &Value| match item["linkId"].as_str() {
        Some("level") => list(item, "item").iter().map(|item| (item.clone(), true)).collect(),
        _ => vec![(item.clone(), false)],
    };
    let all = list(questionnaire, "item").iter().flat_map(split);
    // The level is no fact by itself.
    all.filter(|(item, _)| item["linkId"] != "vertebral-level").collect()
}

/// Every answer that an item offers, or some where it offers any number or text.
fn answers(item: &Value) -> Vec<Value> {
    match item["type"].as_str().unwrap() {
        "boolean" => vec![json!({ "valueBoolean": true }), json!({ "valueBoolean": false })],
        "choice" => {
            let id = item["answerValueSet"].as_str().unwrap().rsplit('/').next().unwrap();
            let set = published("ValueSet", id);
            let of = |include: &Value| -> Vec<Value> {
                let coding = |concept: &Value| json!({ "valueCoding": { "system": include["system"], "code": concept["code"] } });
                list(include, "concept").iter().map(coding).collect()
            };
            list(&set["compose"], "include").iter().flat_map(of).collect()
        }
        "integer" if item["linkId"] == "loinc|89243-0" => {
            (1..=10).map(|tens| json!({ "valueInteger": tens * 10 })).collect()
        }
        "integer" => (0..=4).map(|number| json!({ "valueInteger": number })).collect(),
        "decimal" => vec![
            json!({ "valueDecimal": 0 }),
            json!({ "valueDecimal": 49.5 }),
            json!({ "valueDecimal": 100 }),
        ],
        "string" => ["4-9", "4", "10,11,12", "1-3, 12"].map(|text| json!({ "valueString": text })).into(),
        other => panic!("{}: nobody answers a {other}", item["linkId"]),
    }
}

/// What a response with one answer becomes.
fn statements(item: &Value, answer: &Value, is_at_level: bool) -> Vec<String> {
    let answered = json!({ "linkId": item["linkId"], "answer": [answer] });
    let level = json!({ "linkId": "vertebral-level", "answer": [{ "valueString": "T12" }] });
    let items = if is_at_level {
        json!([{ "linkId": "level", "item": [level, answered] }])
    } else {
        json!([answered])
    };
    let response = json!({
        "resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-11-20",
        "questionnaire": "https://spinemet.org/fhir/Questionnaire/missing-findings|0.1.0", "item": items,
    });
    let record = bundle(&[json!({ "resourceType": "Patient", "id": "p" }), response]).to_string();
    let mapped = ASSESSOR.mappings().map(&Record::read(record.as_bytes()).unwrap());
    assert_eq!(mapped.issues, [], "{} {answer}", item["linkId"]);
    mapped.facts.iter().map(|fact| fact.statement.to_string()).collect()
}

#[test]
fn every_answer_to_every_item_becomes_a_fact_and_another_answer_another_one() {
    let questionnaire = published("Questionnaire", "missing-findings");
    let items = items(&questionnaire);
    assert!(items.len() > 60, "{} items", items.len());
    for (item, is_at_level) in &items {
        let mut said: Vec<Vec<String>> = Vec::new();
        for answer in answers(item) {
            let statements = statements(item, &answer, *is_at_level);
            assert!(!statements.is_empty(), "{} {answer} became nothing", item["linkId"]);
            let is_placed = |statement: &String| statement.contains(" at T12 ");
            assert_eq!(statements.iter().all(is_placed), *is_at_level, "{} {statements:?}", item["linkId"]);
            // For SINS, local pain is pain that is not mechanical (CN-1.2-LOCAL).
            let is_local_pain = answer["valueCoding"]["code"] == "pain-local";
            assert_eq!(
                said.contains(&statements),
                is_local_pain,
                "{} {answer}: {statements:?}",
                item["linkId"]
            );
            said.push(statements);
        }
    }
}

#[test]
fn a_link_names_a_code_of_ours_or_one_of_a_code_system_by_its_short_name() {
    let cases = [
        ("loinc|89243-0", json!({ "valueInteger": 80 }), vec!["karnofsky = 80"]),
        ("loinc|89247-1", json!({ "valueInteger": 2 }), vec!["ecog = 2"]),
        ("surgical-tolerance", json!({ "valueBoolean": false }), vec!["surgical-tolerance = no"]),
        ("nothing|89243-0", json!({ "valueInteger": 80 }), vec![]),
        ("89243-0", json!({ "valueInteger": 80 }), vec![]),
    ];
    for (link, answer, expected) in cases {
        let item = json!({ "linkId": link, "type": "integer" });
        let response = json!({ "linkId": link, "answer": [answer] });
        assert_eq!(statements(&item, &response["answer"][0], false), expected, "{link}");
    }
}
