//! Patients that were assessed, and the Bundles of searches for what is stored of them. A test file that uses it has the
//! module `support` too.

// Each test file uses its own part of this.
#![allow(dead_code, missing_docs)]

use serde_json::{Value, json};

use crate::support::{TestApp, bundle, ids, json};

/// The bundle of another patient, with an identifier.
pub fn bundle_of(patient: &str) -> Value {
    let text = bundle().to_string().replace("Patient/p1", &format!("Patient/{patient}"));
    let mut bundle: Value = serde_json::from_str(&text).unwrap();
    bundle["entry"][0]["resource"]["id"] = patient.into();
    bundle["entry"][0]["resource"]["identifier"] =
        json!([{"system": "urn:mrn", "value": format!("MRN-{patient}")}]);
    bundle
}

/// Assesses patients as of a day, and returns the ids of the last one's RiskAssessments.
pub async fn assess(app: &TestApp, patients: &[&str]) -> Vec<String> {
    let mut last = Vec::new();
    for patient in patients {
        let answer = app.post("/fhir/R4/$assess?asOf=2026-05-03T10:00:00Z", bundle_of(patient).to_string());
        last = ids(&json(answer.send().await.unwrap()).await);
    }
    last
}

pub async fn search(app: &TestApp, path: &str) -> Value {
    let response = app.get(path).send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    json(response).await
}

pub fn found(bundle: &Value) -> Vec<String> {
    entries(bundle, "match").iter().map(|resource| resource["id"].as_str().unwrap().to_owned()).collect()
}

pub fn entries<'a>(bundle: &'a Value, mode: &str) -> Vec<&'a Value> {
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    entries.iter().filter(|entry| entry["search"]["mode"] == mode).map(|entry| &entry["resource"]).collect()
}

pub fn link<'a>(bundle: &'a Value, relation: &str) -> Option<&'a str> {
    let links = bundle["link"].as_array().unwrap();
    links.iter().find(|link| link["relation"] == relation).map(|link| link["url"].as_str().unwrap())
}

/// The path of a link, for a server on another port.
pub fn path(url: &str) -> &str {
    &url[url.find("/fhir/").unwrap()..]
}
