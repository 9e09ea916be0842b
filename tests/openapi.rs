//! The OpenAPI description says what is served, and nothing is left out of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Map, Value};
use support::{TestApp, json};

const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];

async fn description(app: &TestApp) -> Value {
    json(app.get("/openapi.json").send().await.unwrap()).await
}

fn members(of: &Value) -> &Map<String, Value> {
    of.as_object().unwrap_or_else(|| panic!("{of} is an object"))
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

/// A path with something for each of its parameters.
fn filled(path: &str) -> String {
    let id = if path.starts_with("/cds-services") { "spinemet-patient-view" } else { "1" };
    let version = if path.contains("SubscriptionTopic") { "R5" } else { "R4" };
    path.replace("{version}", version)
        .replace("{id}", id)
        .replace("{hookInstance}", "5f9a1d0c-2b7e-4c3a-9d8e-1f2a3b4c5d6e")
        .replace("{versionId}", "1")
        .replace("{job}", "1")
        .replace("{file}", "1")
}

#[tokio::test]
async fn it_is_openapi_3_1_of_this_program_at_this_address_and_kept_by_clients() {
    let app = TestApp::start().await;
    let response = app.get("/openapi.json").send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    let tag = response.headers()["etag"].clone();
    let description = json(response).await;
    assert_eq!(description["openapi"], "3.1.0");
    assert_eq!(description["info"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(description["servers"][0]["url"], app.url(""));
    let again = app.get("/openapi.json").header("If-None-Match", tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
}

#[tokio::test]
async fn each_method_of_each_path_is_answered_as_described_and_each_other_one_with_405() {
    let app = TestApp::start().await;
    let description = description(&app).await;
    let paths = members(&description["paths"]);
    assert!(paths.len() > 50, "{} paths", paths.len());
    for (path, operations) in paths {
        for method in METHODS {
            let name = method.to_uppercase();
            let request =
                app.client.request(Method::from_bytes(name.as_bytes()).unwrap(), app.url(&filled(path)));
            let response =
                request.header("Content-Type", "application/json").body("{}").send().await.unwrap();
            let status = response.status().as_u16();
            let Some(operation) = operations.get(method) else {
                assert_eq!(status, 405, "{name} {path}");
                let allowed = response.headers()["allow"].to_str().unwrap().to_owned();
                let described: Vec<String> =
                    members(operations).keys().map(|method| method.to_uppercase()).collect();
                let is_described =
                    |allowed: &str| allowed == "HEAD" || described.iter().any(|known| known == allowed);
                assert!(allowed.split(", ").all(is_described), "{path}: {allowed}");
                continue;
            };
            let answers = members(&operation["responses"]);
            assert!(answers.contains_key(&status.to_string()), "{name} {path}: {status} is not described");
            assert!(
                !response.text().await.unwrap().contains("Nothing is at this path") || path.contains("smart")
            );
        }
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_schema_is_used() {
    fn collect<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| collect(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let app = TestApp::start().await;
    let description = description(&app).await;
    let mut used = BTreeSet::new();
    collect(&description, &mut used);
    let schemas = members(&description["components"]["schemas"]);
    let known: BTreeSet<String> = schemas.keys().map(|name| format!("#/components/schemas/{name}")).collect();
    assert_eq!(used.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), known);
}

#[tokio::test]
async fn a_search_takes_what_the_capability_statement_says() {
    let app = TestApp::start().await;
    let description = description(&app).await;
    let statement = json(app.get("/fhir/R4/metadata").send().await.unwrap()).await;
    for resource in list(&statement["rest"][0], "resource") {
        let resource_type = resource["type"].as_str().unwrap();
        let search = &description["paths"][format!("/fhir/{{version}}/{resource_type}")]["get"];
        let taken: BTreeSet<&str> =
            list(search, "parameters").iter().map(|parameter| parameter["name"].as_str().unwrap()).collect();
        for parameter in list(resource, "searchParam") {
            let name = parameter["name"].as_str().unwrap();
            assert!(taken.contains(name), "{resource_type} is searched by {name}");
        }
    }
}

#[tokio::test]
async fn an_operation_takes_in_the_query_what_its_definition_says() {
    let app = TestApp::start().await;
    let description = description(&app).await;
    for (path, expected) in [
        ("/fhir/{version}/RiskAssessment/$knowledge-diff", vec!["assessments", "_count", "after"]),
        ("/fhir/{version}/$export", vec!["_type", "_since", "_outputFormat"]),
    ] {
        let parameters = list(&description["paths"][path]["get"], "parameters");
        let in_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        let names: Vec<&str> = in_query.map(|parameter| parameter["name"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{path}");
    }
}

#[tokio::test]
async fn where_callers_are_registered_their_token_is_asked_for_and_the_description_still_shown() {
    let app = TestApp::start_with(|settings| {
        settings.fhir_without_token = spinemet::settings::WithoutToken::Refused;
    })
    .await;
    let description = description(&app).await;
    let security = |path: &str, method: &str| description["paths"][path][method]["security"].clone();
    let token = serde_json::json!([{ "token": [] }]);
    assert_eq!(security("/fhir/{version}/RiskAssessment/{id}", "get"), token);
    assert_eq!(security("/fhir/{version}/$assess", "post"), token);
    assert_eq!(security("/fhir/{version}/metadata", "get"), Value::Null);
    assert_eq!(security("/cds-services", "get"), Value::Null);
}
