//! `Idempotency-Key`: a request that is sent again gets the answer that it got, and a key is for one request.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use reqwest::Response;
use spinemet::settings::Milliseconds;
use support::{TestApp, assert_refused, bundle};

async fn assess(app: &TestApp, key: &str, query: &str, body: &str) -> Response {
    let request =
        app.post(&format!("/fhir/R4/$assess{query}"), body.to_owned()).header("Idempotency-Key", key);
    request.send().await.unwrap()
}

fn is_replayed(response: &Response) -> bool {
    response.headers().get("idempotent-replayed").is_some_and(|value| value == "true")
}

#[tokio::test]
async fn the_same_request_under_a_key_gets_the_same_bytes_again() {
    let app = TestApp::start().await;
    let body = bundle().to_string();
    let first = assess(&app, "k1", "", &body).await;
    assert_eq!(first.status(), 200);
    assert!(!is_replayed(&first));
    let content_type = first.headers()["content-type"].clone();
    let first = first.bytes().await.unwrap();
    let again = assess(&app, "k1", "", &body).await;
    assert_eq!(again.status(), 200);
    assert!(is_replayed(&again));
    assert_eq!(again.headers()["content-type"], content_type);
    assert_eq!(again.bytes().await.unwrap(), first);
    // Under another key, and under none, it is a request of its own.
    assert!(!is_replayed(&assess(&app, "k2", "", &body).await));
    assert!(!is_replayed(&app.assess(body).await));
}

#[tokio::test]
async fn a_key_is_for_one_request_alone() {
    let app = TestApp::start().await;
    let body = bundle().to_string();
    assert_eq!(assess(&app, "k1", "", &body).await.status(), 200);
    let spaced = format!("{body} ");
    for (query, body) in [("", &spaced), ("?asOf=2026-05-02", &body)] {
        let outcome = assert_refused(assess(&app, "k1", query, body).await, 422).await;
        assert_eq!(outcome["issue"][0]["code"], "duplicate");
    }
    let other_release = app.post("/fhir/R5/$assess", body.clone()).header("Idempotency-Key", "k1");
    assert_refused(other_release.send().await.unwrap(), 422).await;
    let other_language = app.post("/fhir/R4/$assess", body.clone()).header("Idempotency-Key", "k1");
    let other_language = other_language.header("Accept-Language", "zh").send().await.unwrap();
    assert_refused(other_language, 422).await;
    assert!(is_replayed(&assess(&app, "k1", "", &body).await));
}

#[tokio::test]
async fn a_refused_request_may_be_mended_under_its_key() {
    let app = TestApp::start().await;
    assert_refused(assess(&app, "k1", "", "{").await, 400).await;
    let answer = assess(&app, "k1", "", &bundle().to_string()).await;
    assert_eq!(answer.status(), 200);
    assert!(!is_replayed(&answer));
}

#[tokio::test]
async fn a_key_is_forgotten_after_its_lifetime() {
    let app =
        TestApp::start_with(|settings| settings.idempotency_lifetime_milliseconds = Milliseconds::new(200))
            .await;
    let body = bundle().to_string();
    assert_eq!(assess(&app, "k1", "", &body).await.status(), 200);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let other = assess(&app, "k1", "?asOf=2026-05-02", &body).await;
    assert_eq!(other.status(), 200);
    assert!(!is_replayed(&other));
}

#[tokio::test]
async fn twenty_at_once_under_one_key_get_the_same_bytes() {
    let app = TestApp::start().await;
    let body = bundle().to_string();
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let request = app.post("/fhir/R4/$assess", body.clone()).header("Idempotency-Key", "k1");
            tokio::spawn(async move { request.send().await.unwrap().bytes().await.unwrap() })
        })
        .collect();
    let mut answers = Vec::new();
    for request in requests {
        answers.push(request.await.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

#[tokio::test]
async fn an_illegible_key_is_refused() {
    let app = TestApp::start().await;
    let body = bundle().to_string();
    for key in ["", " ", "a b", &"x".repeat(256), "schlüssel"] {
        let header = reqwest::header::HeaderValue::from_bytes(key.as_bytes()).unwrap();
        let request = app.post("/fhir/R4/$assess", body.clone()).header("Idempotency-Key", header);
        assert_refused(request.send().await.unwrap(), 400).await;
    }
    let twice =
        app.post("/fhir/R4/$assess", body).header("Idempotency-Key", "a").header("Idempotency-Key", "b");
    assert_refused(twice.send().await.unwrap(), 400).await;
}
