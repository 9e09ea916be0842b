//! The audit log: who asked for what and whether it was given, without a word of what was answered.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod prefetch;
mod records;
mod support;
mod tokens;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use prefetch::{breast, request};
use serde_json::{Value, json};
use spinemet::settings::Audit;
use support::{TestApp, assert_refused, bundle, ids, json};
use tokens::{Key, key_set, now};

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
    assert_eq!(events[1]["entity"][2]["what"]["reference"], format!("RiskAssessment/{id}"));
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

/// The patients whom an event names.
fn patients(event: &Value) -> Vec<&str> {
    let entities = event["entity"].as_array().unwrap();
    let references = entities.iter().filter_map(|entity| entity["what"]["reference"].as_str());
    references.filter(|reference| reference.starts_with("Patient/")).collect()
}

#[tokio::test]
async fn an_event_names_the_patient_whom_it_is_about() {
    let app = start().await;
    let id = ids(&json(app.assess(bundle().to_string()).await).await).remove(0);
    let provenance = format!("{}-provenance", id.split_once('-').unwrap().0);
    // What is asked for; the patient whom the event names.
    let cases = [
        (format!("RiskAssessment/{id}"), Some("Patient/p1")),
        (format!("RiskAssessment/{id}/_history"), Some("Patient/p1")),
        (format!("RiskAssessment/{id}/_history/1"), Some("Patient/p1")),
        (format!("RiskAssessment/{id}/$replay"), Some("Patient/p1")),
        (format!("Provenance/{provenance}"), Some("Patient/p1")),
        ("RiskAssessment?patient=p1&_count=1".to_owned(), Some("Patient/p1")),
        ("RiskAssessment?subject=Patient/p1".to_owned(), Some("Patient/p1")),
        ("RiskAssessment?subject:Patient=other".to_owned(), Some("Patient/other")),
        ("Provenance?patient=Patient/p1".to_owned(), Some("Patient/p1")),
        ("RiskAssessment?patient=p1,p2".to_owned(), None),
        ("RiskAssessment?subject=p1".to_owned(), None),
        ("RiskAssessment".to_owned(), None),
    ];
    for (path, _) in &cases {
        assert_eq!(app.get(&format!("/fhir/R4/{path}")).send().await.unwrap().status(), 200, "{path}");
    }
    let events = events(&app, "").await;
    assert_eq!(events.len(), cases.len() + 1);
    for (event, (path, expected)) in events[1..].iter().zip(&cases) {
        assert_eq!(asked(event).trim_end_matches('?'), format!("GET /fhir/R4/{path}"));
        assert_eq!(patients(event), expected.as_slice(), "{path}");
    }
    // So everything that was asked of a patient is found, in R5 by an element of its own.
    let of_patient = |event: &&Value| patients(event) == ["Patient/p1"];
    let found = json(app.get("/fhir/R5/AuditEvent?patient=p1&_count=100").send().await.unwrap()).await;
    assert_eq!(found["total"], events.iter().filter(of_patient).count());
    assert_eq!(found["entry"][0]["resource"]["patient"]["reference"], "Patient/p1");
}

#[tokio::test]
async fn the_call_of_a_cds_service_names_its_patient_also_where_there_is_nothing_to_say() {
    let app = start().await;
    let silent = json!({"patient": prefetch::patient(), "conditions": {"resourceType": "Bundle", "type": "searchset"}});
    for data in [breast(), silent] {
        let call = app.client.post(app.url("/cds-services/spinemet-patient-view"));
        let call = call.header("Content-Type", "application/json").body(request(&data).to_string());
        call.send().await.unwrap();
    }
    let events = events(&app, "").await;
    assert_eq!(events.len(), 2);
    let patient = format!("Patient/{}", request(&breast())["context"]["patientId"].as_str().unwrap());
    assert_eq!(patients(&events[0]), [patient.as_str()]);
    let (outcome, named) = (events[1]["outcome"].as_str().unwrap(), patients(&events[1]));
    assert!(outcome != "0" || named == [patient.as_str()], "{:?}", events[1]);
}

#[tokio::test]
async fn who_was_turned_away_is_in_the_log_with_what_was_asked() {
    let key = Key::p384("auth");
    let issuer = format!("issuer = \"https://auth.example\"\nkey_set = '{}'", key_set(&[&key]));
    let app = TestApp::start_with(|settings| {
        settings.audit = Some(Audit::Before);
        settings.api_clients = vec![toml::from_str(&issuer).unwrap()];
    })
    .await;
    let token = |scope: &str| {
        let claims = json!({
            "iss": "https://auth.example", "aud": app.url(""), "iat": now(), "exp": now() + 300,
            "client_id": "warehouse", "scope": scope,
        });
        key.token(&key.header("ES384"), &claims)
    };
    let path = "/fhir/R4/RiskAssessment?patient=p1";
    let get = async |token: Option<String>| {
        let request = app.get(path);
        token.into_iter().fold(request, reqwest::RequestBuilder::bearer_auth).send().await.unwrap()
    };
    assert_refused(get(None).await, 401).await;
    assert_refused(get(Some("forged".to_owned())).await, 401).await;
    assert_refused(get(Some(token("system/Observation.rs"))).await, 403).await;
    assert_refused(app.post("/fhir/R4/$assess", bundle().to_string()).send().await.unwrap(), 401).await;
    let log = app.get("/fhir/R4/AuditEvent").bearer_auth(token("system/AuditEvent.rs")).send().await.unwrap();
    let log = json(log).await;
    let events: Vec<&Value> =
        log["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]).collect();
    let asked: Vec<String> = events.iter().map(|event| asked(event)).collect();
    let search = format!("GET {path}");
    assert_eq!(asked, [search.as_str(), &search, &search, "POST /fhir/R4/$assess?"]);
    assert!(events.iter().all(|event| event["outcome"] == "4"));
    // Who showed a token of a registered issuer is known, though it opens nothing here.
    let who: Vec<&Value> =
        events.iter().map(|event| &event["agent"][0]["who"]["identifier"]["value"]).collect();
    assert_eq!(who, [&Value::Null, &Value::Null, &json!("warehouse"), &Value::Null]);
    assert!(!log.to_string().contains("forged"));
}
