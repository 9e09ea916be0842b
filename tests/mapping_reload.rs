//! A running service reads its site's mapping files anew on SIGHUP: wholly, or not at all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod support;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use support::{TestApp, json};

/// A mapping file under which a local code means Karnofsky, or, with another input, something else.
fn site(input: &str) -> String {
    format!(
        r#"
        topic = "site"
        [system]
        local = ["https://hospital.example/codes"]
        [[rule]]
        id = "one"
        input = "{input}"
        question = ["local|ONE"]
        number = {{ unit = [""] }}
        "#
    )
}

const RECORD: &str = r#"{"resourceType": "Bundle", "type": "collection", "entry": [
    {"resource": {"resourceType": "Patient", "id": "p"}},
    {"resource": {"resourceType": "Observation", "id": "o", "status": "final",
        "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2026-11-20", "valueInteger": 1,
        "code": {"coding": [{"system": "https://hospital.example/codes", "code": "ONE"}]}}}]}"#;

async fn explained(app: &TestApp) -> String {
    let request = app.post("/fhir/R4/$explain-mapping?asOf=2026-11-22", RECORD);
    request.send().await.unwrap().text().await.unwrap()
}

async fn mapping(app: &TestApp) -> Value {
    let ready = app.get("/readyz").send().await.unwrap();
    assert_eq!(ready.status(), 200, "a refused reload is no reason not to be ready");
    json(ready).await["mapping"].take()
}

/// Sends SIGHUP to this process, which is the service's, and waits for what comes of it.
async fn reload(app: &TestApp, expected: &str) -> Value {
    let process = std::process::id().to_string();
    assert!(Command::new("kill").args(["-HUP", &process]).status().unwrap().success());
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mapping = mapping(app).await;
        if mapping["last_reload"] == expected {
            return mapping;
        }
    }
    panic!("the reload was not {expected}: {}", mapping(app).await);
}

/// A service with one file in its site's directory.
async fn app(directory: &Path, text: &str) -> TestApp {
    std::fs::write(directory.join("site.toml"), text).unwrap();
    let app = TestApp::start_with(|settings| settings.mappings_directory = Some(directory.to_owned())).await;
    // Once it answers, it listens to signals.
    assert_eq!(mapping(&app).await["last_reload"], "none");
    app
}

/// One test, because a signal goes to the whole process.
#[tokio::test]
async fn the_files_are_read_anew_on_a_signal_and_a_bad_one_keeps_what_was() {
    let directory = tempfile::tempdir().unwrap();
    let app = app(directory.path(), &site("ecog")).await;
    assert!(explained(&app).await.contains("ecog = 1"));
    let first = mapping(&app).await["version"].clone();

    std::fs::write(directory.path().join("site.toml"), site("vertebral-count")).unwrap();
    assert!(explained(&app).await.contains("ecog = 1"), "nothing changes before the signal");
    let second = reload(&app, "replaced").await["version"].clone();
    assert_ne!(first, second);
    assert!(explained(&app).await.contains("vertebral-count = 1"));
    let knowledge = app.get("/knowledge").header("Accept", "application/json").send().await.unwrap();
    assert!(knowledge.text().await.unwrap().contains(second.as_str().unwrap()), "all that names it follows");

    std::fs::write(directory.path().join("site.toml"), site("no-such-input")).unwrap();
    let refused = reload(&app, "refused").await;
    assert_eq!(refused["version"], second);
    let reason = refused["reason"].as_str().unwrap();
    assert!(reason.contains("site.toml:5: no input is called \"no-such-input\""), "{reason}");
    assert!(explained(&app).await.contains("vertebral-count = 1"), "the version before stays in use");
    let metrics = app.get("/metrics").send().await.unwrap().text().await.unwrap();
    for line in [
        "spinemet_mapping_reloads_total{outcome=\"replaced\"} 1".to_owned(),
        "spinemet_mapping_reloads_total{outcome=\"refused\"} 1".to_owned(),
        "spinemet_mapping_current 0".to_owned(),
        format!("spinemet_mapping_version{{version={second}}} 1"),
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line}\n{metrics}");
    }

    std::fs::write(directory.path().join("site.toml"), site("vertebral-count")).unwrap();
    let mended = reload(&app, "unchanged").await;
    assert_eq!((&mended["version"], &mended["reason"]), (&second, &Value::Null));
}
