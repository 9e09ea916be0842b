//! Bulk export: a snapshot, fetched as NDJSON by the asynchronous pattern.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use std::num::NonZeroUsize;

use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use spinemet::settings::Milliseconds;
use support::{TestApp, assert_refused, bundle, ids, json};

fn kick_off(app: &TestApp, path: &str) -> RequestBuilder {
    app.get(path).header("Prefer", "respond-async").header("Accept", "application/fhir+json")
}

/// The path of the status, from the header.
async fn location(app: &TestApp, response: Response) -> String {
    assert_eq!(response.status(), 202, "{:?}", response.text().await);
    let location = response.headers()["content-location"].to_str().unwrap().to_owned();
    location.strip_prefix(&app.url("")).expect("an absolute URL of ours").to_owned()
}

/// Asks until it is done.
async fn manifest(app: &TestApp, status: &str) -> Value {
    loop {
        let response = app.get(status).send().await.unwrap();
        if response.status() == 200 {
            assert_eq!(response.headers()["content-type"], "application/json");
            assert!(response.headers().contains_key("expires"));
            return json(response).await;
        }
        assert_eq!(response.status(), 202);
        assert_eq!(response.headers()["retry-after"], "1");
        assert!(response.headers().contains_key("x-progress"));
        tokio::time::sleep(std::time::Duration::from_millis(1050)).await;
    }
}

async fn export(app: &TestApp, path: &str) -> (String, Value) {
    let status = location(app, kick_off(app, path).send().await.unwrap()).await;
    let manifest = manifest(app, &status).await;
    (status, manifest)
}

/// The resources of a file.
async fn lines(app: &TestApp, output: &Value) -> Vec<Value> {
    let url = output["url"].as_str().unwrap();
    let response = app.get(url.strip_prefix(&app.url("")).unwrap()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/fhir+ndjson");
    let text = response.text().await.unwrap();
    assert!(text.ends_with('\n'));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn of_patient(id: &str) -> String {
    bundle()
        .to_string()
        .replace("\"p1\"", &format!("\"{id}\""))
        .replace("Patient/p1", &format!("Patient/{id}"))
}

#[tokio::test]
async fn an_export_holds_everything_that_was_stored_before_it() {
    let app = TestApp::start().await;
    let mut expected: Vec<String> = Vec::new();
    for patient in ["p1", "p2", "p3"] {
        expected.extend(ids(&json(app.assess(of_patient(patient)).await).await));
    }
    let status = location(&app, kick_off(&app, "/fhir/R4/$export").send().await.unwrap()).await;
    // What comes later is not in it.
    app.assess(of_patient("p4")).await;
    let manifest = manifest(&app, &status).await;
    assert_eq!(manifest["request"], app.url("/fhir/R4/$export"));
    assert_eq!(manifest["requiresAccessToken"], false);
    assert_eq!(manifest["error"], json!([]));
    let output = manifest["output"].as_array().unwrap();
    let types: Vec<&str> = output.iter().map(|file| file["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["RiskAssessment", "Provenance"]);

    let assessments = lines(&app, &output[0]).await;
    assert_eq!(output[0]["count"], assessments.len());
    let mut found: Vec<&str> = assessments.iter().map(|resource| resource["id"].as_str().unwrap()).collect();
    let mut expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    for resource in &assessments {
        assert_eq!(resource["resourceType"], "RiskAssessment");
        let stored = json(
            app.get(&format!("/fhir/R4/RiskAssessment/{}", resource["id"].as_str().unwrap()))
                .send()
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(*resource, stored);
        assert!(
            resource["meta"]["lastUpdated"].as_str().unwrap()
                <= manifest["transactionTime"].as_str().unwrap()
        );
    }

    let provenances = lines(&app, &output[1]).await;
    assert_eq!(provenances.len(), 3);
    assert!(provenances.iter().all(|provenance| provenance["resourceType"] == "Provenance"));

    // The same file is the same again.
    assert_eq!(lines(&app, &output[0]).await, assessments);
}

#[tokio::test]
async fn since_the_last_transaction_time_nothing_is_missed_and_nothing_comes_twice() {
    let app = TestApp::start().await;
    app.assess(of_patient("p1")).await;
    let (_, first) = export(&app, "/fhir/R4/Patient/$export?_type=RiskAssessment").await;
    let transaction_time = first["transactionTime"].as_str().unwrap();
    let expected = ids(&json(app.assess(of_patient("p2")).await).await);
    let (_, second) =
        export(&app, &format!("/fhir/R4/Patient/$export?_type=RiskAssessment&_since={transaction_time}"))
            .await;
    let output = second["output"].as_array().unwrap();
    assert_eq!(output.len(), 1);
    let found: Vec<Value> = lines(&app, &output[0]).await;
    let found: Vec<&str> = found.iter().map(|resource| resource["id"].as_str().unwrap()).collect();
    assert_eq!(found, expected);
    let transaction_time = second["transactionTime"].as_str().unwrap();
    let (_, third) = export(&app, &format!("/fhir/R4/$export?_since={transaction_time}")).await;
    assert_eq!(third["output"], json!([]));
}

#[tokio::test]
async fn parameters_may_come_in_a_body() {
    let app = TestApp::start().await;
    app.assess(of_patient("p1")).await;
    app.assess(of_patient("p2")).await;
    let body = json!({ "resourceType": "Parameters", "parameter": [
        { "name": "_type", "valueString": "Provenance" },
        { "name": "_outputFormat", "valueString": "application/fhir+ndjson" },
        { "name": "_since", "valueInstant": "2020-01-01T00:00:00Z" },
        { "name": "patient", "valueReference": { "reference": "Patient/p2" } },
    ]});
    let request = app.post("/fhir/R4/Patient/$export", body.to_string()).header("Prefer", "respond-async");
    let status = location(&app, request.send().await.unwrap()).await;
    let manifest = manifest(&app, &status).await;
    let output = manifest["output"].as_array().unwrap();
    assert_eq!((output.len(), &output[0]["type"], &output[0]["count"]), (1, &json!("Provenance"), &json!(1)));
    let provenance = &lines(&app, &output[0]).await[0];
    let target = provenance["target"][0]["reference"].as_str().unwrap();
    let read = json(
        app.get(&format!("/fhir/R4/{}", target.split("/_history").next().unwrap())).send().await.unwrap(),
    )
    .await;
    assert_eq!(read["subject"]["reference"], "Patient/p2");
}

#[tokio::test]
async fn what_cannot_be_exported_is_said() {
    let app = TestApp::start().await;
    app.assess(of_patient("p1")).await;
    for path in [
        "/fhir/R4/$export?_type=Patient",
        "/fhir/R4/$export?_type=RiskAssessment,Observation",
        "/fhir/R4/Patient/$export?_type=AuditEvent",
        "/fhir/R4/$export?_outputFormat=text/csv",
        "/fhir/R4/$export?_since=yesterday",
        "/fhir/R4/$export?_since=2026-01-01",
        "/fhir/R4/$export?_typeFilter=RiskAssessment%3Fpatient%3D1",
        "/fhir/R4/$export?patient=Patient/p1",
    ] {
        assert_refused(kick_off(&app, path).send().await.unwrap(), 400).await;
    }
    assert_refused(app.get("/fhir/R4/$export").send().await.unwrap(), 400).await;
    for body in
        ["{", "[]", r#"{"resourceType":"Bundle"}"#, r#"{"resourceType":"Parameters","parameter":[{}]}"#]
    {
        let request = app.post("/fhir/R4/$export", body).header("Prefer", "respond-async");
        assert_refused(request.send().await.unwrap(), 400).await;
    }
    let lenient = app
        .get("/fhir/R4/$export?_type=Patient")
        .header("Prefer", "respond-async, handling=lenient")
        .send()
        .await
        .unwrap();
    let status = location(&app, lenient).await;
    let manifest = manifest(&app, &status).await;
    assert_eq!(manifest["output"], json!([]), "not everything, where only something else was asked for");
    let remarks = lines(&app, &manifest["error"][0]).await;
    assert_eq!(remarks[0]["resourceType"], "OperationOutcome");
}

#[tokio::test]
async fn a_deleted_an_expired_and_an_unknown_export_are_not_there() {
    let app =
        TestApp::start_with(|settings| settings.export_lifetime_milliseconds = Milliseconds::new(1500)).await;
    app.assess(of_patient("p1")).await;
    let (status, manifest) = export(&app, "/fhir/R4/$export").await;
    let file = manifest["output"][0]["url"].as_str().unwrap().strip_prefix(&app.url("")).unwrap().to_owned();
    assert_eq!(app.client.delete(app.url(&status)).send().await.unwrap().status(), 202);
    for path in [&status, &file] {
        assert_refused(app.get(path).send().await.unwrap(), 404).await;
    }
    assert_refused(app.client.delete(app.url(&status)).send().await.unwrap(), 404).await;
    assert_refused(app.get("/fhir/R4/$export/0").send().await.unwrap(), 404).await;

    let (status, _) = export(&app, "/fhir/R4/$export").await;
    assert_refused(app.get(&format!("{status}/99")).send().await.unwrap(), 404).await;
    assert_refused(app.get(&format!("{status}/0")).send().await.unwrap(), 404).await;
    tokio::time::sleep(std::time::Duration::from_millis(1600)).await;
    assert_refused(app.get(&status).send().await.unwrap(), 404).await;
}

#[tokio::test]
async fn there_are_no_more_exports_than_the_operator_allows() {
    let app = TestApp::start_with(|settings| settings.export_limit = NonZeroUsize::MIN).await;
    let status = location(&app, kick_off(&app, "/fhir/R4/$export").send().await.unwrap()).await;
    let refused = kick_off(&app, "/fhir/R4/$export").send().await.unwrap();
    assert!(refused.headers().contains_key("retry-after"));
    assert_refused(refused, 429).await;
    app.client.delete(app.url(&status)).send().await.unwrap();
    assert_eq!(kick_off(&app, "/fhir/R4/$export").send().await.unwrap().status(), 202);
}

#[tokio::test]
async fn an_export_is_there_again_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("test.db");
    let start = || TestApp::start_with(|settings| settings.database = database.clone().into());
    let app = start().await;
    app.assess(of_patient("p1")).await;
    let (status, before) = export(&app, "/fhir/R4/$export").await;
    let lines_before = lines(&app, &before["output"][0]).await;
    app.begin_to_stop();
    app.stopped().await;

    let app = start().await;
    let after = manifest(&app, &status).await;
    assert_eq!(after["transactionTime"], before["transactionTime"]);
    assert_eq!(lines(&app, &after["output"][0]).await, lines_before);
}

#[tokio::test]
async fn who_asks_too_often_is_told_to_wait() {
    let app = TestApp::start().await;
    app.assess(of_patient("p1")).await;
    let (status, _) = export(&app, "/fhir/R4/$export").await;
    // An export that is never ready: its files are forgotten, and nobody can write while they are laid out again.
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&app.database);
    let mut blocking = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::query("UPDATE export_job SET files = NULL").execute(&mut blocking).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut blocking).await.unwrap();
    assert_eq!(app.get(&status).send().await.unwrap().status(), 202);
    let refused = app.get(&status).send().await.unwrap();
    assert_eq!(refused.headers()["retry-after"], "1");
    let outcome = assert_refused(refused, 429).await;
    assert_eq!(outcome["issue"][0]["code"], "throttled");
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(app.get(&status).send().await.unwrap().status(), 202, "after the time that it was told");
    sqlx::query("ROLLBACK").execute(&mut blocking).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    manifest(&app, &status).await;
}
