//! CDS Hooks as an EHR calls it: paths, methods, media types, statuses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod prefetch;
mod records;
mod support;

use prefetch::{breast, request};
use serde_json::{Value, json};
use support::TestApp;

const SERVICE: &str = "/cds-services/spinemet-patient-view";

#[tokio::test]
async fn discovery_leads_to_a_service_that_answers_with_a_card() {
    let app = TestApp::start().await;
    let response = app.get("/cds-services").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let discovery: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    let path = format!("/cds-services/{}", discovery["services"][0]["id"].as_str().unwrap());

    // The sample patient's findings age; the instant at which they were fresh is part of the question here.
    let path = format!("{path}?asOf=2026-11-22T00:00:00Z");
    for (language, words) in [("en", "Spinal metastases"), ("zh-CN", "脊柱转移瘤")] {
        let body = request(&breast()).to_string();
        let call = app.client.post(app.url(&path)).header("Content-Type", "application/json");
        let response = call.header("Accept-Language", language).body(body).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/json");
        let answer: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        assert!(answer["cards"][0]["summary"].as_str().unwrap().contains(words), "{answer}");
    }
    assert_eq!(app.rows().await, 0, "nothing of a call is stored");
}

#[tokio::test]
async fn what_cannot_be_answered_gets_its_status_and_an_operation_outcome() {
    let app = TestApp::start().await;
    let good = request(&breast()).to_string();
    let other_hook = good.replace("\"patient-view\"", "\"order-sign\"");
    let other_patient = request(&json!({"patient": {"resourceType": "Patient", "id": "canary"}})).to_string();
    let large = request(&json!({"patient": prefetch::patient(), "padding": "x".repeat(600_000)})).to_string();
    let cases = [
        ("/cds-services/unknown", good.as_str(), 404),
        ("/cds-services/spinemet-patient-view/feedback", "{}", 400),
        ("/cds-services/unknown/feedback", "{}", 404),
        (SERVICE, "{", 400),
        (SERVICE, other_hook.as_str(), 400),
        (SERVICE, other_patient.as_str(), 400),
        (SERVICE, &request(&json!({})).to_string(), 412),
        (SERVICE, large.as_str(), 412),
        ("/cds-services", "{}", 405),
    ];
    for (path, body, status) in cases {
        let call = app.client.post(app.url(path)).header("Content-Type", "application/json");
        let response = call.body(body.to_owned()).send().await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        let text = response.text().await.unwrap();
        let outcome: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(outcome["resourceType"], "OperationOutcome", "{path}");
        assert!(!text.contains("canary"), "{text}");
    }
    assert_eq!(app.get(SERVICE).send().await.unwrap().status(), 405);
    let call = app.client.post(app.url(SERVICE)).header("Content-Type", "text/xml");
    assert_eq!(call.body(good).send().await.unwrap().status(), 415);
}
