//! The audit log: who asked for what and whether it was given, without a word of what was answered.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use spinemet::settings::Audit;
use support::{TestApp, assert_refused, bundle, ids, json};

async fn start() -> TestApp {
    TestApp::start_with(|settings| settings.audit = Some(Audit::Before)).await
}

/// The events of a search, the latest last.
async fn events(app: &TestApp, query: &str) -> Vec<Value> {
    let found = json(app.get(&format!("/fhir/R4/AuditEvent?_count=100&{query}")).send().await.unwrap()).await;
    let entries = found["entry"].as_array().cloned().unwrap_or_default();
    let mut events: Vec<Value> = entries
        .into_iter()
        .filter(|entry| entry["search"]["mode"] == "match")
        .map(|entry| entry["resource"].clone())
        .collect();
    events.sort_by_key(|event| event["meta"]["lastUpdated"].as_str().unwrap().to_owned());
    events
}

fn asked(event: &Value) -> String {
    let query = event["entity"][0]["query"].as_str().unwrap();
    String::from_utf8(STANDARD.decode(query).unwrap()).unwrap()
}

#[tokio::test]
async fn each_request_about_patients_is_an_event_also_the_reading_of_the_log() {
    let app = start().await;
    let id = ids(&json(app.assess(bundle().to_string()).await).await).remove(0);
    app.get(&format!("/fhir/R4/RiskAssessment/{id}")).send().await.unwrap();
    app.get("/fhir/R4/RiskAssessment?patient=Patient/p1").send().await.unwrap();
    assert_refused(app.get("/fhir/R4/RiskAssessment/none").send().await.unwrap(), 404).await;
    app.get("/livez").send().await.unwrap();
    events(&app, "").await;
    let events = events(&app, "").await;
    let told: Vec<(&str, &str, &str)> = events
        .iter()
        .map(|event| {
            let text = |pointer: &str| event.pointer(pointer).unwrap().as_str().unwrap();
            (text("/subtype/0/code"), text("/action"), text("/outcome"))
        })
        .collect();
    let expected = [
        ("operation", "E", "0"),
        ("read", "R", "0"),
        ("search-type", "E", "0"),
        ("read", "R", "4"),
        ("search-type", "E", "0"),
    ];
    assert_eq!(told, expected);
    assert_eq!(asked(&events[0]), "POST /fhir/R4/$assess?");
    assert_eq!(events[0]["entity"][1]["what"]["reference"], "Patient/p1");
    assert_eq!(events[1]["entity"][1]["what"]["reference"], format!("RiskAssessment/{id}"));
    assert_eq!(asked(&events[2]), "GET /fhir/R4/RiskAssessment?patient=Patient/p1");
    assert!(asked(&events[4]).starts_with("GET /fhir/R4/AuditEvent"));
}

#[tokio::test]
async fn events_are_found_by_who_what_and_outcome_and_read_in_each_release() {
    let app = start().await;
    let id = ids(&json(app.assess(bundle().to_string()).await).await).remove(0);
    app.get(&format!("/fhir/R4/RiskAssessment/{id}")).send().await.unwrap();
    app.get("/fhir/R4/RiskAssessment/none").send().await.unwrap();
    assert_eq!(events(&app, "outcome=4").await.len(), 1);
    assert_eq!(events(&app, "subtype=read").await.len(), 2);
    let found = events(&app, &format!("entity=RiskAssessment/{id}")).await;
    assert_eq!(found.len(), 1);
    let path = format!("AuditEvent/{}", found[0]["id"].as_str().unwrap());
    let r4 = json(app.get(&format!("/fhir/R4B/{path}")).send().await.unwrap()).await;
    assert_eq!(r4["type"]["code"], "rest");
    let r5 = json(app.get(&format!("/fhir/R5/{path}")).send().await.unwrap()).await;
    assert_eq!(r5["category"][0]["coding"][0]["code"], "rest");
    assert_eq!(r5["code"]["coding"][0]["code"], "read");
    assert_eq!(r5["outcome"]["code"]["code"], "0");
    assert!(r5.get("type").is_none() && r5.get("subtype").is_none());
}

#[tokio::test]
async fn nothing_of_an_answer_is_in_an_event() {
    let app = start().await;
    app.assess(bundle().to_string()).await;
    let events = events(&app, "").await;
    let text = Value::from(events).to_string();
    for word in ["tomita", "C34.90", "1960-02-03", "karnofsky"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[tokio::test]
async fn on_a_developers_machine_nothing_is_logged_unless_it_is_asked_for() {
    let app = TestApp::start().await;
    app.assess(bundle().to_string()).await;
    assert_eq!(events(&app, "").await, Vec::<Value>::new());
}
