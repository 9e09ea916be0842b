//! `$replay` and `$knowledge-diff` over HTTP: a stored assessment made again, and which ones would come out otherwise.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use serde_json::Value;
use spinemet::settings::Settings;
use support::{TestApp, assert_refused, bundle, ids, json};

/// The values of the parameters of a name, or their parts.
fn all<'a>(parameters: &'a Value, name: &str) -> Vec<&'a Value> {
    let list = parameters["parameter"].as_array().or(parameters["part"].as_array()).unwrap();
    list.iter().filter(|parameter| parameter["name"] == name).collect()
}

fn of_patient(id: &str) -> String {
    bundle()
        .to_string()
        .replace("\"p1\"", &format!("\"{id}\""))
        .replace("Patient/p1", &format!("Patient/{id}"))
}

/// A service over one database, with another policy than the usual one where it is strict.
async fn start(database: &std::path::Path, is_strict: bool) -> TestApp {
    TestApp::start_with(|settings| {
        settings.database = database.to_path_buf().into();
        if is_strict {
            let file = database.with_extension("toml");
            std::fs::write(&file, "[clinical.freshness]\nperformance = { fresh = 1, usable = 2 }\n").unwrap();
            settings.clinical = Settings::from_layers(Some(&file), []).unwrap().clinical;
        }
    })
    .await
}

const AS_OF: &str = "/fhir/R4/$assess?asOf=2026-05-02";

#[tokio::test]
async fn a_stored_assessment_is_the_same_when_made_again() {
    let app = TestApp::start().await;
    let stored = ids(&json(app.post(AS_OF, bundle().to_string()).send().await.unwrap()).await);
    for id in &stored {
        let path = format!("/fhir/R4/RiskAssessment/{id}/$replay");
        let got = json(app.get(&path).send().await.unwrap()).await;
        assert_eq!(all(&got, "outcome")[0]["valueCode"], "same", "{got}");
        let compared = all(&got, "resource");
        assert_eq!(compared.len(), stored.len());
        assert!(compared.iter().all(|resource| all(resource, "same-bytes")[0]["valueBoolean"] == true));
        assert!(all(&got, "difference").is_empty());
        let posted = app.client.post(app.url(&path)).send().await.unwrap();
        assert_eq!(json(posted).await, got);
    }
}

#[tokio::test]
async fn what_another_policy_changes_is_named_and_changes_nothing_that_is_stored() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("test.db");
    let app = start(&database, false).await;
    let stored = ids(&json(app.post(AS_OF, bundle().to_string()).send().await.unwrap()).await);
    let before = app
        .get(&format!("/fhir/R4/RiskAssessment/{}", stored[0]))
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    app.begin_to_stop();
    app.stopped().await;

    let app = start(&database, true).await;
    let id = &stored[0];
    let got = json(app.get(&format!("/fhir/R4/RiskAssessment/{id}/$replay")).send().await.unwrap()).await;
    assert_eq!(all(&got, "outcome")[0]["valueCode"], "different");
    let differences = all(&got, "difference");
    let about: Vec<&str> = differences
        .iter()
        .map(|difference| all(difference, "about")[0]["valueString"].as_str().unwrap())
        .collect();
    assert!(about.iter().any(|about| about.starts_with("freshness of karnofsky")), "{about:?}");
    assert!(about.contains(&"score tokuhashi-2005"), "{about:?}");

    let diff = json(app.get("/fhir/R4/RiskAssessment/$knowledge-diff").send().await.unwrap()).await;
    assert_eq!(all(&diff, "examined")[0]["valueInteger"], 1);
    assert_eq!(all(&diff, "changed")[0]["valueInteger"], 1);
    let found = all(&diff, "assessment")[0];
    assert_eq!(all(found, "patient")[0]["valueReference"]["reference"], "Patient/p1");
    let kinds: Vec<&Value> =
        all(found, "difference").iter().map(|difference| &all(difference, "kind")[0]["valueCode"]).collect();
    assert!(!kinds.is_empty() && kinds.iter().all(|kind| **kind == "result"), "{kinds:?}");

    let after =
        app.get(&format!("/fhir/R4/RiskAssessment/{id}")).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn what_would_change_is_looked_for_page_by_page_and_of_each_patient_by_the_latest() {
    let app = TestApp::start().await;
    for patient in ["p1", "p2", "p3"] {
        for day in ["2026-05-02", "2026-05-20"] {
            let answer =
                app.post(&format!("/fhir/R4/$assess?asOf={day}"), of_patient(patient)).send().await.unwrap();
            assert_eq!(answer.status(), 200);
        }
    }
    let path = "/fhir/R4/RiskAssessment/$knowledge-diff";
    for (assessments, expected) in [("latest", 3), ("all", 6)] {
        let (mut examined, mut after) = (0, String::new());
        for _ in 0..10 {
            let page = app.get(&format!("{path}?_count=2&assessments={assessments}{after}"));
            let page = json(page.send().await.unwrap()).await;
            assert_eq!(all(&page, "changed")[0]["valueInteger"], 0, "{page}");
            examined += all(&page, "examined")[0]["valueInteger"].as_i64().unwrap();
            match all(&page, "after").first() {
                Some(next) => after = format!("&after={}", next["valueString"].as_str().unwrap()),
                None => break,
            }
        }
        assert_eq!(examined, expected, "{assessments}");
    }
    for query in ["_count=0", "_count=1001", "_count=x", "assessments=some", "after="] {
        assert_refused(app.get(&format!("{path}?{query}")).send().await.unwrap(), 400).await;
    }
}

#[tokio::test]
async fn where_an_assessment_comes_from_is_found_by_it() {
    let app = TestApp::start().await;
    let id = ids(&json(app.assess(of_patient("p1")).await).await).remove(0);
    app.assess(of_patient("p2")).await;
    for target in [format!("RiskAssessment/{id}"), format!("RiskAssessment/{id}/_history/1")] {
        let found =
            json(app.get(&format!("/fhir/R4/Provenance?target={target}")).send().await.unwrap()).await;
        assert_eq!(found["total"], 1, "{found}");
    }
    let path = format!("/fhir/R4/RiskAssessment?_id={id}&_revinclude=Provenance:target");
    let found = json(app.get(&path).send().await.unwrap()).await;
    let types: Vec<&Value> =
        found["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]["resourceType"]).collect();
    assert_eq!(types, ["RiskAssessment", "Provenance"]);
}

#[tokio::test]
async fn what_is_not_there_cannot_be_made_again() {
    let app = TestApp::start().await;
    assert_refused(app.get("/fhir/R4/RiskAssessment/none/$replay").send().await.unwrap(), 404).await;
    assert_refused(
        app.client.delete(app.url("/fhir/R4/RiskAssessment/none/$replay")).send().await.unwrap(),
        405,
    )
    .await;
}
