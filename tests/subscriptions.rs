//! Subscriptions: an interface engine is told of every RiskAssessment, in order, whatever happens on the way.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use std::path::Path;
use std::time::Duration;

use reqwest::Response;
use serde_json::{Value, json};
use spinemet::settings::{Settings, SubscriptionEndpoint};
use support::{TestApp, assert_refused, bundle, ids, json};
use wiremock::matchers::{any, header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const TOPIC: &str = "https://spinemet.org/fhir/SubscriptionTopic/risk-assessment";
const BACKPORT: &str = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";

/// Lets notifications go below `/hooks` of a server on this machine.
fn allow(settings: &mut Settings, server: &str) {
    settings.subscription_endpoints = vec![SubscriptionEndpoint {
        url: format!("{server}/hooks").parse().unwrap(),
        private_addresses: vec!["127.0.0.1".to_owned().try_into().unwrap()],
        certificate_authority_file: None,
    }];
}

async fn start(server: &MockServer) -> TestApp {
    TestApp::start_with(|settings| allow(settings, &server.uri())).await
}

async fn start_on(server: &MockServer, database: &Path) -> TestApp {
    TestApp::start_with(|settings| {
        allow(settings, &server.uri());
        settings.database = database.to_path_buf().into();
    })
    .await
}

/// An endpoint that acknowledges everything.
async fn willing() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    server
}

fn subscription(server: &MockServer, content: &str) -> Value {
    json!({
        "resourceType": "Subscription", "status": "requested", "reason": "interface", "criteria": TOPIC,
        "channel": {
            "type": "rest-hook", "endpoint": format!("{}/hooks/a", server.uri()), "payload": "application/fhir+json",
            "_payload": { "extension": [{ "url": format!("{BACKPORT}backport-payload-content"), "valueCode": content }] },
            "header": ["Authorization: Bearer hush"],
        },
    })
}

fn filtered(mut subscription: Value, query: &str) -> Value {
    let url = format!("{BACKPORT}backport-filter-criteria");
    subscription["_criteria"] = json!({ "extension": [{ "url": url, "valueString": query }] });
    subscription
}

async fn create(app: &TestApp, release: &str, subscription: &Value) -> Response {
    app.post(&format!("/fhir/{release}/Subscription"), subscription.to_string()).send().await.unwrap()
}

async fn created(app: &TestApp, subscription: &Value) -> String {
    let response = create(app, "R4", subscription).await;
    assert_eq!(response.status(), 201, "{:?}", response.text().await);
    json(response).await["id"].as_str().unwrap().to_owned()
}

fn of_patient(id: &str) -> String {
    bundle()
        .to_string()
        .replace("\"p1\"", &format!("\"{id}\""))
        .replace("Patient/p1", &format!("Patient/{id}"))
}

async fn assess(app: &TestApp, patient: &str) -> Vec<String> {
    ids(&json(app.assess(of_patient(patient)).await).await)
}

/// Waits until something holds.
async fn until<T>(what: &str, mut holds: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..400 {
        if let Some(found) = holds().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("in vain: {what}");
}

async fn notifications(server: &MockServer) -> Vec<Value> {
    let received: Vec<Request> = server.received_requests().await.unwrap();
    received.iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect()
}

/// The parameters of the status of a notification, by name.
fn said<'a>(notification: &'a Value, name: &str) -> Vec<&'a Value> {
    let parameters = notification["entry"][0]["resource"]["parameter"].as_array().unwrap();
    parameters.iter().filter(|parameter| parameter["name"] == name).collect()
}

fn kind(notification: &Value) -> &str {
    said(notification, "type")[0]["valueCode"].as_str().unwrap()
}

/// Number and focus of each event that was told, in the order received.
fn events(notifications: &[Value]) -> Vec<(String, String)> {
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

fn numbered(ids: &[String]) -> Vec<(String, String)> {
    ids.iter().enumerate().map(|(index, id)| ((index + 1).to_string(), id.clone())).collect()
}

async fn told(server: &MockServer, count: usize) -> Vec<(String, String)> {
    until("events", async || {
        let told = events(&notifications(server).await);
        (told.len() >= count).then_some(told)
    })
    .await
}

async fn status(app: &TestApp, id: &str) -> String {
    let read = json(app.get(&format!("/fhir/R4/Subscription/{id}")).send().await.unwrap()).await;
    read["status"].as_str().unwrap().to_owned()
}

async fn has_status(app: &TestApp, id: &str, wanted: &str) {
    until(wanted, async || (status(app, id).await == wanted).then_some(())).await;
}

#[tokio::test]
async fn a_subscriber_is_greeted_and_told_of_every_assessment_in_order() {
    let server = willing().await;
    let app = start(&server).await;
    let before = assess(&app, "p0").await;
    let id = created(&app, &subscription(&server, "id-only")).await;
    has_status(&app, &id, "active").await;
    let mut expected = assess(&app, "p1").await;
    expected.extend(assess(&app, "p2").await);
    assert_eq!(told(&server, expected.len()).await, numbered(&expected), "and nothing of {before:?}");

    let received = server.received_requests().await.unwrap();
    assert!(received.iter().all(|request| {
        request.method.as_str() == "POST"
            && request.url.path() == "/hooks/a"
            && request.headers["authorization"] == "Bearer hush"
            && request.headers["content-type"] == "application/fhir+json"
    }));
    let greeting = &notifications(&server).await[0];
    assert_eq!(kind(greeting), "handshake");
    assert_eq!(greeting["type"], "history");
    assert_eq!(greeting["meta"]["profile"][0], format!("{BACKPORT}backport-subscription-notification-r4"));
    assert_eq!(greeting["entry"][0]["request"]["method"], "GET");
    assert_eq!(said(greeting, "events-since-subscription-start")[0]["valueString"], "0");
    assert_eq!(said(greeting, "topic")[0]["valueCanonical"], TOPIC);
    assert_eq!(
        said(greeting, "subscription")[0]["valueReference"]["reference"],
        app.url(&format!("/fhir/R4/Subscription/{id}"))
    );
    for notification in notifications(&server).await {
        assert_eq!(notification["entry"].as_array().unwrap().len(), 1, "ids alone");
    }
}

#[tokio::test]
async fn a_notification_holds_as_much_as_was_asked_for() {
    let server = willing().await;
    let app = start(&server).await;
    let full = created(&app, &subscription(&server, "full-resource")).await;
    has_status(&app, &full, "active").await;
    let expected = assess(&app, "p1").await;
    told(&server, expected.len()).await;
    let notification =
        notifications(&server).await.into_iter().find(|found| kind(found) == "event-notification").unwrap();
    let entries = notification["entry"].as_array().unwrap();
    assert_eq!(entries.len(), 1 + expected.len());
    let stored =
        json(app.get(&format!("/fhir/R4/RiskAssessment/{}", expected[0])).send().await.unwrap()).await;
    assert_eq!(entries[1]["resource"], stored);
    assert_eq!(entries[1]["request"]["method"], "POST");

    app.client.delete(app.url(&format!("/fhir/R4/Subscription/{full}"))).send().await.unwrap();
    server.reset().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let empty = created(&app, &subscription(&server, "empty")).await;
    has_status(&app, &empty, "active").await;
    let expected = assess(&app, "p2").await;
    let told = told(&server, expected.len()).await;
    assert!(told.iter().all(|(_, focus)| focus.is_empty()), "{told:?}");
}

#[tokio::test]
async fn a_subscriber_hears_only_of_what_its_filter_lets_through() {
    let server = willing().await;
    let app = start(&server).await;
    let query = "RiskAssessment?patient=Patient/p2&method=tomita-2001,guidance";
    let id = created(&app, &filtered(subscription(&server, "id-only"), query)).await;
    has_status(&app, &id, "active").await;
    assess(&app, "p1").await;
    let expected: Vec<String> = assess(&app, "p2")
        .await
        .into_iter()
        .filter(|id| id.ends_with("-tomita-2001") || id.ends_with("-guidance"))
        .collect();
    assert_eq!(told(&server, expected.len()).await, numbered(&expected));
    let read = json(app.get(&format!("/fhir/R4/Subscription/{id}")).send().await.unwrap()).await;
    let criteria = &read["_criteria"]["extension"][0]["valueString"];
    assert_eq!(criteria, "RiskAssessment?patient=Patient%2Fp2&method=tomita-2001%2Cguidance");
}

#[tokio::test]
async fn an_endpoint_that_fails_is_tried_again_and_misses_nothing() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(503)).up_to_n_times(2).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let app = start(&server).await;
    let id = created(&app, &subscription(&server, "id-only")).await;
    has_status(&app, &id, "active").await;
    let expected = assess(&app, "p1").await;
    // Two refusals and one acknowledgement of the same events under the same numbers.
    let told = told(&server, 3 * expected.len()).await;
    let thrice: Vec<_> = std::iter::repeat_n(numbered(&expected), 3).flatten().collect();
    assert_eq!(told, thrice);
    assert_eq!(status(&app, &id).await, "active");
}

#[tokio::test]
async fn an_endpoint_that_does_not_greet_back_is_in_error_until_it_is_asked_for_again() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(302).insert_header("Location", "/hooks/b"))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let app = start(&server).await;
    let mut asked = subscription(&server, "id-only");
    let id = created(&app, &asked).await;
    has_status(&app, &id, "error").await;
    assert_eq!(server.received_requests().await.unwrap().len(), 1, "a redirect is not followed");
    let read = json(app.get(&format!("/fhir/R4/Subscription/{id}")).send().await.unwrap()).await;
    assert_eq!(read["error"], "the endpoint answered with status 302");
    let expected = assess(&app, "p1").await;
    asked["id"] = json!(id);
    let put = |version: &str, body: &Value| {
        let request = app.client.put(app.url(&format!("/fhir/R4/Subscription/{id}")));
        request
            .header("Content-Type", support::FHIR_JSON)
            .header("If-Match", version)
            .body(body.to_string())
            .send()
    };
    assert_refused(put("W/\"7\"", &asked).await.unwrap(), 412).await;
    let updated = put("W/\"1\"", &asked).await.unwrap();
    assert_eq!((updated.status().as_u16(), updated.headers()["etag"].to_str().unwrap()), (200, "W/\"2\""));
    assert_eq!(told(&server, expected.len()).await, numbered(&expected), "what was missed is told");
}

#[tokio::test]
async fn what_was_not_told_before_a_restart_is_told_after_it() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).up_to_n_times(1).mount(&server).await;
    let refusing = Mock::given(any()).respond_with(ResponseTemplate::new(500)).mount_as_scoped(&server).await;
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("test.db");
    let app = start_on(&server, &database).await;
    let id = created(&app, &subscription(&server, "id-only")).await;
    has_status(&app, &id, "active").await;
    let expected = assess(&app, "p1").await;
    told(&server, expected.len()).await;
    app.begin_to_stop();
    app.stopped().await;
    drop(refusing);
    server.reset().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;

    let app = start_on(&server, &database).await;
    let mut expected = expected;
    expected.extend(assess(&app, "p2").await);
    assert_eq!(told(&server, expected.len()).await, numbered(&expected));
    // Nothing more comes.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(events(&notifications(&server).await).len(), expected.len());
}

#[tokio::test]
async fn a_subscriber_can_ask_how_it_stands_and_what_happened() {
    let server = willing().await;
    let app = start(&server).await;
    let id = created(&app, &subscription(&server, "id-only")).await;
    has_status(&app, &id, "active").await;
    let expected = assess(&app, "p1").await;
    told(&server, expected.len()).await;
    let count = expected.len().to_string();
    let status = json(app.get(&format!("/fhir/R4/Subscription/{id}/$status")).send().await.unwrap()).await;
    assert_eq!(status["type"], "searchset");
    assert_eq!(kind(&status), "query-status");
    assert_eq!(said(&status, "events-since-subscription-start")[0]["valueString"], count);
    let asked = json(
        app.get(&format!(
            "/fhir/R4/Subscription/{id}/$events?eventsSinceNumber=2&eventsUntilNumber=3&content=full-resource"
        ))
        .send()
        .await
        .unwrap(),
    )
    .await;
    assert_eq!(kind(&asked), "query-event");
    assert_eq!(said(&asked, "notification-event").len(), 2);
    assert_eq!(asked["entry"][1]["resource"]["id"], expected[1]);
    for query in ["eventsSinceNumber=x", "content=all"] {
        assert_refused(
            app.get(&format!("/fhir/R4/Subscription/{id}/$events?{query}")).send().await.unwrap(),
            400,
        )
        .await;
    }
    let search = json(app.get("/fhir/R4/Subscription?status=active").send().await.unwrap()).await;
    assert_eq!((&search["total"], &search["entry"][0]["resource"]["id"]), (&json!(1), &json!(id)));
    assert_eq!(json(app.get("/fhir/R4/Subscription?status=error").send().await.unwrap()).await["total"], 0);
}

#[tokio::test]
async fn in_r5_it_has_the_shape_of_r5() {
    let server = willing().await;
    let app = start(&server).await;
    let asked = json!({
        "resourceType": "Subscription", "status": "requested", "topic": TOPIC,
        "channelType": { "system": "http://terminology.hl7.org/CodeSystem/subscription-channel-type", "code": "rest-hook" },
        "endpoint": format!("{}/hooks/r5", server.uri()), "content": "id-only", "contentType": "application/fhir+json",
        "parameter": [{ "name": "X-Key", "value": "hush" }], "maxCount": 2, "heartbeatPeriod": 1,
        "filterBy": [{ "filterParameter": "patient", "value": "Patient/p1" }],
    });
    let created = json(create(&app, "R5", &asked).await).await;
    assert_eq!((&created["topic"], &created["maxCount"]), (&json!(TOPIC), &json!(2)));
    assert_eq!(created["parameter"][0], json!({ "name": "X-Key", "value": "********" }));
    assess(&app, "p2").await;
    let expected = assess(&app, "p1").await;
    let received = until("events and a heartbeat", async || {
        let received = notifications(&server).await;
        let heartbeat =
            received.iter().any(|notification| notification["entry"][0]["resource"]["type"] == "heartbeat");
        (heartbeat && received.len() > expected.len() / 2 + 1).then_some(received)
    })
    .await;
    let mut focuses = Vec::new();
    for notification in &received {
        assert_eq!(notification["type"], "subscription-notification");
        let status = &notification["entry"][0]["resource"];
        assert_eq!(status["resourceType"], "SubscriptionStatus");
        let events = status["notificationEvent"].as_array().cloned().unwrap_or_default();
        assert!(events.len() <= 2);
        focuses.extend(events.iter().map(|event| {
            event["focus"]["reference"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
        }));
    }
    assert_eq!(focuses, expected);
}

#[tokio::test]
async fn two_versions_of_one_assessment_are_told_in_one_notification_of_each_release() {
    let server = willing().await;
    let app = start(&server).await;
    let id = created(&app, &subscription(&server, "full-resource")).await;
    has_status(&app, &id, "active").await;
    let assessed = assess(&app, "p1").await;
    let path = format!("/fhir/R4/RiskAssessment/{}/$withdraw", assessed[0]);
    assert_eq!(app.post(&path, "").send().await.unwrap().status(), 200);
    told(&server, assessed.len() + 1).await;
    for release in ["R4", "R4B", "R5"] {
        let path = format!("/fhir/{release}/Subscription/{id}/$events");
        let by_get = json(app.get(&path).send().await.unwrap()).await;
        let entries = by_get["entry"].as_array().unwrap();
        let of_first = entries.iter().filter(|entry| entry["resource"]["id"] == assessed[0].as_str());
        let versions: Vec<&Value> = of_first.map(|entry| &entry["resource"]["meta"]["versionId"]).collect();
        assert_eq!(versions, ["1", "2"], "{release}");
        let parameters = json!({ "resourceType": "Parameters", "parameter": [
            { "name": "eventsSinceNumber", "valueInteger64": "1" }, { "name": "eventsUntilNumber", "valueString": "1" },
        ] });
        let by_post = json(app.post(&path, parameters.to_string()).send().await.unwrap()).await;
        assert_eq!(by_post["entry"].as_array().map(Vec::len), Some(2), "{release}: the status and one event");
        assert_refused(app.post(&path, r#"{"resourceType":"Bundle"}"#).send().await.unwrap(), 400).await;
    }
}

#[tokio::test]
async fn a_subscription_of_r5_without_a_reason_says_in_r4_that_none_was_asked_for() {
    let server = willing().await;
    let app = start(&server).await;
    let asked = json!({
        "resourceType": "Subscription", "status": "requested", "topic": TOPIC,
        "channelType": { "system": "http://terminology.hl7.org/CodeSystem/subscription-channel-type", "code": "rest-hook" },
        "endpoint": format!("{}/hooks/r5", server.uri()), "content": "id-only",
    });
    let made = json(create(&app, "R5", &asked).await).await;
    let path = format!("/fhir/R4/Subscription/{}", made["id"].as_str().unwrap());
    let read = json(app.get(&path).send().await.unwrap()).await;
    assert_eq!(read.get("reason"), None);
    assert_eq!(read["_reason"]["extension"][0]["valueCode"], "not-asked");
}

#[tokio::test]
async fn a_search_is_paged_counted_and_leaves_nothing_out_in_silence() {
    let server = willing().await;
    let app = start(&server).await;
    for _ in 0..3 {
        created(&app, &subscription(&server, "empty")).await;
    }
    let search = async |query: &str| {
        json(app.get(&format!("/fhir/R4/Subscription{query}")).send().await.unwrap()).await
    };
    let page = search("?_count=2").await;
    assert_eq!((page["total"].as_u64(), page["entry"].as_array().map(Vec::len)), (Some(3), Some(2)));
    let next = page["link"].as_array().unwrap().iter().find(|link| link["relation"] == "next").unwrap();
    let rest = json(app.client.get(next["url"].as_str().unwrap()).send().await.unwrap()).await;
    assert_eq!(rest["entry"].as_array().map(Vec::len), Some(1));
    let counted = search("?_count=0").await;
    assert_eq!((counted["total"].as_u64(), counted.get("entry")), (Some(3), None));
    let lenient = search("?colour=green").await;
    assert_eq!(lenient["entry"][3]["search"]["mode"], "outcome");
    for query in ["?status=", "?_count=many"] {
        assert_refused(app.get(&format!("/fhir/R4/Subscription{query}")).send().await.unwrap(), 400).await;
    }
    let strict = app.get("/fhir/R4/Subscription?colour=green").header("Prefer", "handling=strict");
    assert_refused(strict.send().await.unwrap(), 400).await;
}

#[tokio::test]
async fn only_listed_endpoints_are_called_and_what_is_not_served_is_refused_with_its_place() {
    let server = willing().await;
    let app = start(&server).await;
    let good = subscription(&server, "id-only");
    let with = |pointer: &str, value: Value| {
        let mut changed = good.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed
    };
    let elsewhere = format!("{}/other", server.uri());
    for (wrong, place) in [
        (with("/channel/endpoint", json!(elsewhere)), "Subscription.channel.endpoint"),
        (with("/channel/endpoint", json!("http://169.254.169.254/hooks/a")), "Subscription.channel.endpoint"),
        (
            with("/channel/endpoint", json!(format!("{}/hooks/../a", server.uri()))),
            "Subscription.channel.endpoint",
        ),
        (with("/channel/type", json!("email")), "Subscription.channel"),
        (with("/channel/payload", json!("application/fhir+xml")), "Subscription.channel"),
        (with("/channel/header", json!(["Host: evil.example"])), "Subscription.channel.header[0]"),
        (with("/channel/header", json!(["X: a\r\nY: b"])), "Subscription.channel.header[0]"),
        (with("/channel/header", json!([1])), "Subscription.channel.header[0]"),
        (with("/criteria", json!("RiskAssessment?patient=1")), "Subscription"),
        (with("/reason", json!(1)), "Subscription.reason"),
        (with("/channel", json!([])), "Subscription.channel"),
        (filtered(good.clone(), "Observation?code=1"), "Subscription"),
        (filtered(good.clone(), "RiskAssessment?patient="), "Subscription"),
        (filtered(good.clone(), "RiskAssessment?status=final"), "Subscription"),
        (json!({ "resourceType": "Patient" }), "Subscription"),
        (json!([]), "Subscription"),
    ] {
        let outcome = assert_refused(create(&app, "R4", &wrong).await, 422).await;
        let places: Vec<&str> = outcome["issue"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|issue| issue["expression"][0].as_str())
            .collect();
        assert!(places.contains(&place), "{place}: {outcome}");
        assert!(!outcome.to_string().contains("hush"));
    }
    assert_refused(app.get("/fhir/R4/Subscription/none").send().await.unwrap(), 404).await;
    assert_eq!(json(app.get("/fhir/R4/Subscription").send().await.unwrap()).await["total"], 0);
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_secret_is_shown_to_nobody_and_does_not_follow_to_another_place() {
    let server = willing().await;
    let app = start(&server).await;
    let id = created(&app, &subscription(&server, "id-only")).await;
    has_status(&app, &id, "active").await;
    let path_of = format!("/fhir/R4/Subscription/{id}");
    let mut read = json(app.get(&path_of).send().await.unwrap()).await;
    assert!(!read.to_string().contains("hush"), "{read}");
    let put = async |body: &Value| {
        let request = app.client.put(app.url(&path_of)).header("Content-Type", support::FHIR_JSON);
        request.body(body.to_string()).send().await.unwrap()
    };
    assert_eq!(put(&read).await.status(), 200, "as it was read");
    has_status(&app, &id, "active").await;
    assert!(
        server
            .received_requests()
            .await
            .unwrap()
            .iter()
            .all(|request| request.headers["authorization"] == "Bearer hush")
    );
    read["channel"]["endpoint"] = json!(format!("{}/hooks/b", server.uri()));
    assert_refused(put(&read).await, 422).await;
    read["id"] = json!("other");
    assert_refused(put(&read).await, 400).await;
}

#[tokio::test]
async fn a_subscription_that_was_ended_is_told_nothing_more() {
    let server = willing().await;
    let app = start(&server).await;
    let id = created(&app, &subscription(&server, "id-only")).await;
    has_status(&app, &id, "active").await;
    let deleted = app.client.delete(app.url(&format!("/fhir/R4/Subscription/{id}"))).send().await.unwrap();
    assert_eq!(deleted.status(), 204);
    assert_refused(app.get(&format!("/fhir/R4/Subscription/{id}")).send().await.unwrap(), 404).await;
    assess(&app, "p1").await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(events(&notifications(&server).await), []);
}

#[tokio::test]
async fn two_processes_on_one_database_do_not_tell_twice() {
    let server = MockServer::start().await;
    let slowly = ResponseTemplate::new(200).set_delay(Duration::from_millis(100));
    Mock::given(method("POST"))
        .and(path("/hooks/a"))
        .and(header("authorization", "Bearer hush"))
        .respond_with(slowly)
        .mount(&server)
        .await;
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("test.db");
    let first = start_on(&server, &database).await;
    let second = start_on(&server, &database).await;
    let id = created(&first, &subscription(&server, "id-only")).await;
    has_status(&second, &id, "active").await;
    let mut count = 0;
    for number in 0..6 {
        let app = if number % 2 == 0 { &first } else { &second };
        count += assess(app, &format!("p{number}")).await.len();
    }
    let told = told(&server, count).await;
    let numbers: Vec<usize> = told.iter().map(|(number, _)| number.parse().unwrap()).collect();
    assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(events(&notifications(&server).await).len(), count);
    let greetings = notifications(&server).await.iter().filter(|found| kind(found) == "handshake").count();
    assert_eq!(greetings, 1);
}
