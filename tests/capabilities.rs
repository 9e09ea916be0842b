//! What the CapabilityStatement says is so, and nothing is left out of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use reqwest::Method;
use serde_json::Value;
use support::{FHIR_JSON, TestApp, assert_refused, json};

const RELEASES: [(&str, &str); 3] = [("R4", "4.0.1"), ("R4B", "4.3.0"), ("R5", "5.0.0")];

async fn statement(app: &TestApp, release: &str) -> Value {
    json(app.get(&format!("/fhir/{release}/metadata")).send().await.unwrap()).await
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

#[tokio::test]
async fn the_statement_says_which_program_release_and_address_this_is() {
    let app = TestApp::start().await;
    for (release, number) in RELEASES {
        let response = app.get(&format!("/fhir/{release}/metadata")).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/fhir+json; charset=utf-8");
        let statement = json(response).await;
        assert_eq!(statement["resourceType"], "CapabilityStatement");
        assert_eq!(statement["fhirVersion"], number);
        assert_eq!(statement["kind"], "instance");
        assert_eq!(statement["status"], "active");
        assert_eq!(statement["software"]["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(statement["implementation"]["url"], app.url(&format!("/fhir/{release}")));
        assert_eq!(statement["rest"][0]["mode"], "server");
    }
}

#[tokio::test]
async fn a_client_that_has_the_statement_is_not_sent_it_again() {
    let app = TestApp::start().await;
    let first = app.get("/fhir/R4/metadata").send().await.unwrap();
    let tag = first.headers()["etag"].clone();
    let again = app.get("/fhir/R4/metadata").header("If-None-Match", tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    assert!(again.bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_statement_is_refused_in_forms_and_releases_that_are_not_served() {
    let app = TestApp::start().await;
    assert_refused(app.get("/fhir/R3/metadata").send().await.unwrap(), 404).await;
    assert_refused(app.get("/fhir/R4/metadata?_format=xml").send().await.unwrap(), 406).await;
    assert_refused(app.post("/fhir/R4/metadata", "{}").send().await.unwrap(), 405).await;
}

/// The request that an interaction of a type is.
fn request_of(interaction: &str, resource_type: &str) -> (Method, String) {
    match interaction {
        "read" => (Method::GET, format!("{resource_type}/unknown")),
        "vread" => (Method::GET, format!("{resource_type}/unknown/_history/1")),
        "update" => (Method::PUT, format!("{resource_type}/unknown")),
        "delete" => (Method::DELETE, format!("{resource_type}/unknown")),
        "history-instance" => (Method::GET, format!("{resource_type}/unknown/_history")),
        "history-type" => (Method::GET, format!("{resource_type}/_history")),
        "create" => (Method::POST, resource_type.to_owned()),
        "search-type" => (Method::GET, resource_type.to_owned()),
        other => panic!("{other} is no interaction of a type"),
    }
}

const INTERACTIONS: [&str; 8] =
    ["read", "vread", "update", "delete", "history-instance", "history-type", "create", "search-type"];

#[tokio::test]
async fn each_listed_interaction_is_answered_and_each_other_one_is_refused() {
    let app = TestApp::start().await;
    for (release, _) in RELEASES {
        let statement = statement(&app, release).await;
        let resources = list(&statement["rest"][0], "resource");
        assert!(resources.iter().any(|resource| resource["type"] == "RiskAssessment"), "{statement}");
        for resource in resources {
            let resource_type = resource["type"].as_str().unwrap();
            let listed = list(resource, "interaction");
            for interaction in INTERACTIONS {
                let is_listed = listed.iter().any(|code| code["code"] == interaction);
                let (method, path) = request_of(interaction, resource_type);
                let url = app.url(&format!("/fhir/{release}/{path}"));
                let request = app.client.request(method, url).header("Content-Type", FHIR_JSON).body("{}");
                let response = request.send().await.unwrap();
                let status = response.status();
                let body = response.text().await.unwrap();
                // An id that is not stored is not found, and neither is a path that is not served.
                let is_lacking =
                    status == 404 && (body.contains("Nothing is at") || !path.contains("unknown"));
                let exists = status != 405 && !is_lacking;
                assert_eq!(exists, is_listed, "{release} {resource_type} {interaction}: {status} {body}");
            }
        }
    }
}

#[tokio::test]
async fn each_listed_operation_is_answered() {
    let app = TestApp::start().await;
    let statement = statement(&app, "R4").await;
    let rest = &statement["rest"][0];
    let of_types = list(rest, "resource").iter().flat_map(|resource| {
        let resource_type = resource["type"].as_str().unwrap();
        list(resource, "operation").iter().map(move |operation| (format!("{resource_type}/"), operation))
    });
    let operations: Vec<_> =
        list(rest, "operation").iter().map(|operation| (String::new(), operation)).chain(of_types).collect();
    assert!(operations.iter().any(|(_, operation)| operation["name"] == "assess"), "{statement}");
    for (of_type, operation) in operations {
        let name = operation["name"].as_str().unwrap();
        let mut exists = false;
        for path in [format!("{of_type}${name}"), format!("{of_type}unknown/${name}")] {
            for method in [Method::GET, Method::POST] {
                let url = app.url(&format!("/fhir/R4/{path}"));
                let request = app.client.request(method, url).header("Content-Type", FHIR_JSON).body("{}");
                let response = request.send().await.unwrap();
                let status = response.status();
                exists |=
                    status != 405 && !response.text().await.unwrap().contains("Nothing is at this path");
            }
        }
        assert!(exists, "{of_type}${name} is listed and not answered");
    }
}

/// What the statement says of a type.
fn of_type<'a>(statement: &'a Value, resource_type: &str) -> &'a Value {
    let resources = list(&statement["rest"][0], "resource");
    resources.iter().find(|resource| resource["type"] == resource_type).unwrap_or(&Value::Null)
}

#[tokio::test]
async fn search_parameters_name_their_definition_where_fhir_has_one() {
    let app = TestApp::start().await;
    let hl7 = "http://hl7.org/fhir/SearchParameter";
    for (release, resource_type, name, kind, expected) in [
        ("R4", "RiskAssessment", "date", "date", Some(format!("{hl7}/clinical-date"))),
        ("R4", "RiskAssessment", "method", "token", Some(format!("{hl7}/RiskAssessment-method"))),
        ("R4", "RiskAssessment", "_profile", "uri", Some(format!("{hl7}/Resource-profile"))),
        ("R5", "RiskAssessment", "_profile", "reference", Some(format!("{hl7}/Resource-profile"))),
        (
            "R5",
            "RiskAssessment",
            "status",
            "token",
            Some("https://spinemet.org/fhir/SearchParameter/risk-assessment-status".to_owned()),
        ),
        ("R4B", "CodeSystem", "url", "uri", Some(format!("{hl7}/conformance-url"))),
        ("R5", "CodeSystem", "url", "uri", None),
        ("R4", "Questionnaire", "url", "uri", Some(format!("{hl7}/Questionnaire-url"))),
        ("R4", "Subscription", "status", "token", Some(format!("{hl7}/Subscription-status"))),
        ("R4", "SearchParameter", "title", "string", None),
    ] {
        let statement = statement(&app, release).await;
        let parameters = list(of_type(&statement, resource_type), "searchParam");
        let named = parameters.iter().find(|parameter| parameter["name"] == name);
        let named = named.unwrap_or_else(|| panic!("{release} {resource_type} is searched by {name}"));
        let found = (named["type"].as_str(), named["definition"].as_str());
        assert_eq!(found, (Some(kind), expected.as_deref()), "{release} {resource_type} {name}");
    }
}

#[tokio::test]
async fn what_is_included_is_listed_as_far_as_it_can_be_held() {
    let app = TestApp::start().await;
    let statement = statement(&app, "R4").await;
    let cases = [
        ("RiskAssessment", "searchInclude", vec![]),
        (
            "RiskAssessment",
            "searchRevInclude",
            vec!["Provenance:entity", "Provenance:target", "AuditEvent:entity"],
        ),
        ("Provenance", "searchInclude", vec!["Provenance:entity", "Provenance:target"]),
        ("AuditEvent", "searchInclude", vec!["AuditEvent:entity"]),
        ("CodeSystem", "searchInclude", vec![]),
    ];
    for (resource_type, element, expected) in cases {
        let listed: Vec<&str> =
            list(of_type(&statement, resource_type), element).iter().filter_map(Value::as_str).collect();
        assert_eq!(listed, expected, "{resource_type} {element}");
        for value in listed {
            let name = if element == "searchInclude" { "_include" } else { "_revinclude" };
            let strict = app
                .get(&format!("/fhir/R4/{resource_type}?{name}={value}"))
                .header("Prefer", "handling=strict");
            assert_eq!(strict.send().await.unwrap().status(), 200, "{resource_type} {name}={value}");
        }
    }
}

#[tokio::test]
async fn the_topic_of_subscriptions_is_said_as_each_release_has_it() {
    let app = TestApp::start().await;
    let topic = "https://spinemet.org/fhir/SubscriptionTopic/risk-assessment";
    for (release, in_statement, as_resource) in [("R4", true, 404), ("R4B", true, 200), ("R5", false, 200)] {
        let statement = statement(&app, release).await;
        let extension = &of_type(&statement, "Subscription")["extension"][0]["valueCanonical"];
        assert_eq!(extension == topic, in_statement, "{release}");
        assert_eq!(of_type(&statement, "SubscriptionTopic").is_null(), as_resource == 404, "{release}");
        let read =
            app.get(&format!("/fhir/{release}/SubscriptionTopic/risk-assessment")).send().await.unwrap();
        assert_eq!(read.status(), as_resource, "{release}");
        if as_resource == 200 {
            let resource = json(read).await;
            assert_eq!(resource["url"], topic);
            let filters = list(&resource, "canFilterBy")
                .iter()
                .map(|filter| filter["filterParameter"].as_str().unwrap());
            assert_eq!(filters.collect::<Vec<_>>(), ["patient", "subject", "method"]);
        }
    }
}
