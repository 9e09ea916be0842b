//! What belongs to what was found: it comes along where that is asked for, and says whose it is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod searching;
mod support;

use searching::{assess, entries, found, link, path, search};
use serde_json::Value;
use support::{TestApp, bundle, ids, json};

const RELEASES: [&str; 3] = ["R4", "R4B", "R5"];

/// The types and ids of what came along.
fn included(bundle: &Value) -> Vec<String> {
    let text = |resource: &Value, member: &str| resource[member].as_str().unwrap().to_owned();
    let name = |resource: &&Value| format!("{}/{}", text(resource, "resourceType"), text(resource, "id"));
    entries(bundle, "include").iter().map(name).collect()
}

/// The name of the Provenance of a RiskAssessment.
fn provenance_of(id: &str) -> String {
    format!("Provenance/{}-provenance", id.split_once('-').unwrap().0)
}

#[tokio::test]
async fn the_provenance_of_what_was_found_comes_along_once() {
    let app = TestApp::start().await;
    let first = assess(&app, &["p1"]).await;
    let second = assess(&app, &["p2"]).await;
    for release in RELEASES {
        let query = format!("/fhir/{release}/RiskAssessment?_revinclude=Provenance:target");
        let both = search(&app, &query).await;
        assert_eq!(both["total"], first.len() + second.len(), "what comes along is no match");
        assert_eq!(included(&both), [provenance_of(&first[0]), provenance_of(&second[0])], "{release}");
        let one = search(&app, &format!("{query}&patient=p2")).await;
        assert_eq!(included(&one), [provenance_of(&second[0])]);
        assert_eq!(link(&one, "self").map(path), Some(format!("{query}&patient=p2").as_str()));
        assert!(included(&search(&app, &format!("{query}&patient=nobody")).await).is_empty());
    }
    // On each page what belongs to that page.
    let mut page = search(&app, "/fhir/R4/RiskAssessment?_revinclude=Provenance:target&_count=1").await;
    let mut pages = 1;
    loop {
        assert_eq!(included(&page), [provenance_of(&found(&page)[0])]);
        let Some(next) = link(&page, "next") else { break };
        let next = path(next).to_owned();
        page = search(&app, &next).await;
        pages += 1;
    }
    assert_eq!(pages, first.len() + second.len());
}

#[tokio::test]
async fn what_a_provenance_is_about_comes_along() {
    let app = TestApp::start().await;
    let first = assess(&app, &["p1"]).await;
    assess(&app, &["p2"]).await;
    let query = "/fhir/R4/Provenance?patient=p1&_include=Provenance:target";
    let bundle = search(&app, query).await;
    assert_eq!(found(&bundle), [provenance_of(&first[0]).split_once('/').unwrap().1]);
    let mut expected: Vec<String> = first.iter().map(|id| format!("RiskAssessment/{id}")).collect();
    let mut came = included(&bundle);
    expected.sort();
    came.sort();
    assert_eq!(came, expected);
    // A patient is not held here, and so does not come along.
    let bundle = search(&app, "/fhir/R4/RiskAssessment?_include=RiskAssessment:subject").await;
    assert!(!found(&bundle).is_empty());
    assert_eq!(included(&bundle), Vec::<String>::new());
}

#[tokio::test]
async fn a_provenance_is_found_by_its_patient_and_by_its_target_in_every_release() {
    let app = TestApp::start().await;
    let first = assess(&app, &["p1"]).await;
    assess(&app, &["p2"]).await;
    let name = provenance_of(&first[0]);
    let expected = [name.split_once('/').unwrap().1];
    for release in RELEASES {
        for query in [
            "patient=p1".to_owned(),
            "patient=Patient/p1".to_owned(),
            format!("patient={}", app.url(&format!("/fhir/{release}/Patient/p1"))),
            "patient:Patient=p1&recorded=ge2020".to_owned(),
            format!("target=RiskAssessment/{}", first[0]),
            format!("target={}", first[1]),
            format!("target=RiskAssessment/{}/_history/1", first[0]),
            "patient=p1&entity=Condition/c1".to_owned(),
        ] {
            let bundle = search(&app, &format!("/fhir/{release}/Provenance?{query}")).await;
            assert_eq!(found(&bundle), expected, "{release} {query}");
            // R5 alone has an element for whom it is about.
            let patient = &entries(&bundle, "match")[0]["patient"]["reference"];
            assert_eq!(patient.as_str(), (release == "R5").then_some("Patient/p1"), "{release}");
        }
        let none = search(&app, &format!("/fhir/{release}/Provenance?patient:missing=true")).await;
        assert_eq!(none["total"], 0);
        let read = json(app.get(&format!("/fhir/{release}/{name}")).send().await.unwrap()).await;
        assert_eq!(read["patient"]["reference"].as_str(), (release == "R5").then_some("Patient/p1"));
    }
}

#[tokio::test]
async fn of_a_patient_without_an_id_it_is_said_that_only_identifiers_lead_to_what_is_stored() {
    let app = TestApp::start().await;
    let urn = "urn:uuid:8b0c1d2e-1cbf-4d64-b04d-cd9187a4c6e0";
    let text = bundle().to_string().replace("Patient/p1", urn);
    let mut record: Value = serde_json::from_str(&text).unwrap();
    let patient = &mut record["entry"][0];
    patient["fullUrl"] = urn.into();
    patient["resource"].as_object_mut().unwrap().remove("id");
    patient["resource"]["identifier"] = serde_json::json!([{"system": "urn:mrn", "value": "7"}]);
    for (language, words) in [("en", "The Patient has no id"), ("zh", "Patient 没有 id")] {
        let answer = app.post("/fhir/R4/$assess", record.to_string()).header("Accept-Language", language);
        let answer = json(answer.send().await.unwrap()).await;
        let outcome = answer["entry"].as_array().unwrap().last().unwrap();
        let issues = outcome["resource"]["issue"].as_array().unwrap();
        let text = |issue: &Value| issue["details"]["text"].as_str().unwrap().to_owned();
        let said: Vec<&Value> = issues.iter().filter(|issue| text(issue).starts_with(words)).collect();
        assert_eq!(said.len(), 1, "{issues:?}");
        assert_eq!(
            (&said[0]["severity"], &said[0]["expression"][0]),
            (&"warning".into(), &"Bundle.entry[0].resource".into())
        );
        let found = search(&app, "/fhir/R4/RiskAssessment?subject:identifier=urn:mrn|7").await;
        assert!(entries(&found, "match").iter().all(|stored| stored["subject"]["reference"] == urn));
        assert!(entries(&found, "match").len() >= ids(&answer).len());
    }
    let with_id = app.assess(bundle().to_string()).await.text().await.unwrap();
    assert!(!with_id.contains("has no id"));
}
