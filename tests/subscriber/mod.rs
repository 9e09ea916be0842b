//! A subscriber: what it asks for, and what it was told. A test file that uses it has the module `support` too.

// Each test file uses its own part of this.
#![allow(dead_code, missing_docs)]

use std::path::Path;
use std::time::Duration;

use reqwest::Response;
use serde_json::{Value, json};
use spinemet::settings::{Settings, SubscriptionEndpoint};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::support::{TestApp, bundle, ids, json};

pub const TOPIC: &str = "https://spinemet.org/fhir/SubscriptionTopic/risk-assessment";
pub const BACKPORT: &str = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";

/// Lets notifications go below `/hooks` of a server on this machine.
pub fn allow(settings: &mut Settings, server: &str) {
    settings.subscription_endpoints = vec![SubscriptionEndpoint {
        url: format!("{server}/hooks").parse().unwrap(),
        private_addresses: vec!["127.0.0.1".to_owned().try_into().unwrap()],
        certificate_authority_file: None,
    }];
}

pub async fn start(server: &MockServer) -> TestApp {
    TestApp::start_with(|settings| allow(settings, &server.uri())).await
}

pub async fn start_on(server: &MockServer, database: &Path) -> TestApp {
    TestApp::start_with(|settings| {
        allow(settings, &server.uri());
        settings.database = database.to_path_buf().into();
    })
    .await
}

/// An endpoint that acknowledges everything.
pub async fn willing() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    server
}

pub fn subscription(server: &MockServer, content: &str) -> Value {
    json!({
        "resourceType": "Subscription", "status": "requested", "reason": "interface", "criteria": TOPIC,
        "channel": {
            "type": "rest-hook", "endpoint": format!("{}/hooks/a", server.uri()), "payload": "application/fhir+json",
            "_payload": { "extension": [{ "url": format!("{BACKPORT}backport-payload-content"), "valueCode": content }] },
            "header": ["Authorization: Bearer hush"],
        },
    })
}

pub fn filtered(mut subscription: Value, query: &str) -> Value {
    let url = format!("{BACKPORT}backport-filter-criteria");
    subscription["_criteria"] = json!({ "extension": [{ "url": url, "valueString": query }] });
    subscription
}

pub async fn create(app: &TestApp, release: &str, subscription: &Value) -> Response {
    app.post(&format!("/fhir/{release}/Subscription"), subscription.to_string()).send().await.unwrap()
}

pub async fn created(app: &TestApp, subscription: &Value) -> String {
    let response = create(app, "R4", subscription).await;
    assert_eq!(response.status(), 201, "{:?}", response.text().await);
    json(response).await["id"].as_str().unwrap().to_owned()
}

pub fn of_patient(id: &str) -> String {
    bundle()
        .to_string()
        .replace("\"p1\"", &format!("\"{id}\""))
        .replace("Patient/p1", &format!("Patient/{id}"))
}

pub async fn assess(app: &TestApp, patient: &str) -> Vec<String> {
    ids(&json(app.assess(of_patient(patient)).await).await)
}

/// Waits until something holds.
pub async fn until<T>(what: &str, mut holds: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..400 {
        if let Some(found) = holds().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("in vain: {what}");
}

pub async fn notifications(server: &MockServer) -> Vec<Value> {
    let received: Vec<Request> = server.received_requests().await.unwrap();
    received.iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect()
}

/// The parameters of the status of a notification, by name.
pub fn said<'a>(notification: &'a Value, name: &str) -> Vec<&'a Value> {
    let parameters = notification["entry"][0]["resource"]["parameter"].as_array().unwrap();
    parameters.iter().filter(|parameter| parameter["name"] == name).collect()
}

pub fn kind(notification: &Value) -> &str {
    said(notification, "type")[0]["valueCode"].as_str().unwrap()
}

/// Number and focus of each event that was told, in the order received.
pub fn events(notifications: &[Value]) -> Vec<(String, String)> {
    let part = |event: &Value, name: &str| {
        event["part"]
            .as_array()
            .unwrap()
            .iter()
            .find(|part| part["name"] == name)
            .cloned()
            .unwrap_or_default()
    };
    let told = notifications.iter().filter(|notification| kind(notification) == "event-notification");
    let events = told.flat_map(|notification| said(notification, "notification-event"));
    let event = |event: &Value| {
        let number = part(event, "event-number")["valueString"].as_str().unwrap().to_owned();
        let focus =
            part(event, "focus")["valueReference"]["reference"].as_str().unwrap_or_default().to_owned();
        (number, focus.rsplit('/').next().unwrap().to_owned())
    };
    events.map(event).collect()
}

pub fn numbered(ids: &[String]) -> Vec<(String, String)> {
    ids.iter().enumerate().map(|(index, id)| ((index + 1).to_string(), id.clone())).collect()
}

pub async fn told(server: &MockServer, count: usize) -> Vec<(String, String)> {
    until("events", async || {
        let told = events(&notifications(server).await);
        (told.len() >= count).then_some(told)
    })
    .await
}

pub async fn status(app: &TestApp, id: &str) -> String {
    let read = json(app.get(&format!("/fhir/R4/Subscription/{id}")).send().await.unwrap()).await;
    read["status"].as_str().unwrap().to_owned()
}

pub async fn has_status(app: &TestApp, id: &str, wanted: &str) {
    until(wanted, async || (status(app, id).await == wanted).then_some(())).await;
}
