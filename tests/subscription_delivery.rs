//! Subscriptions, whatever happens on the way: nothing is missed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod subscriber;
mod support;

use std::time::Duration;

use serde_json::{Value, json};
use subscriber::{
    assess, created, events, has_status, notifications, numbered, start, start_on, status, subscription,
    told, willing,
};
use support::{assert_refused, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

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
