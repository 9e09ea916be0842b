//! What operations can rely on: the probes, and a stop that loses no request.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use spinemet::settings::Milliseconds;
use support::{TestApp, bundle, json};

#[tokio::test]
async fn a_started_service_lives_and_is_ready() {
    let app = TestApp::start().await;
    assert_eq!(json(app.get("/livez").send().await.unwrap()).await["status"], "live");
    assert_eq!(json(app.get("/readyz").send().await.unwrap()).await["status"], "ready");
}

#[tokio::test]
async fn the_metrics_count_answers_by_route_and_status_and_never_name_what_was_asked_for() {
    let app = TestApp::start().await;
    for path in ["/livez", "/livez", "/fhir/R4/RiskAssessment/canary-id", "/canary/path"] {
        app.get(path).send().await.unwrap();
    }
    let response = app.get("/metrics").send().await.unwrap();
    assert_eq!(
        response.headers()["content-type"],
        "application/openmetrics-text; version=1.0.0; charset=utf-8"
    );
    let text = response.text().await.unwrap();
    for line in [
        "spinemet_http_requests_total{method=\"GET\",route=\"/livez\",status=\"200\"} 2",
        "spinemet_http_requests_total{method=\"GET\",route=\"unknown\",status=\"404\"} 1",
        "spinemet_http_request_duration_seconds_count{route=\"/livez\"} 2",
        "spinemet_store_up 1",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    let build = text.lines().find(|line| line.starts_with("spinemet_build_info{")).unwrap();
    assert!(build.contains("version=\"") && build.contains("knowledge=\""), "{build}");
    assert!(text.contains("spinemet_mapping_version{version=\""), "{text}");
    assert!(text.contains("/{id}\",status=\"404\"} 1\n"), "the id is a part of the pattern: {text}");
    assert!(!text.contains("canary"), "{text}");
}

#[tokio::test]
async fn the_start_page_says_what_this_is_and_what_to_try() {
    let app = TestApp::start().await;
    let page = app.get("/").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("spinal metastases"), "{page}");
    assert!(page.contains(&app.url("/fhir/R4/$assess")), "{page}");
}

#[tokio::test]
async fn a_stopping_service_is_not_ready_but_still_answers_until_its_notice_has_passed() {
    let app =
        TestApp::start_with(|settings| settings.shutdown_notice_milliseconds = Milliseconds::new(800)).await;
    app.begin_to_stop();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let ready = app.get("/readyz").send().await.unwrap();
    assert_eq!(ready.status(), 503);
    assert_eq!(json(ready).await["reason"], "stopping");
    assert_eq!(app.get("/livez").send().await.unwrap().status(), 200);
    assert_eq!(app.assess(bundle().to_string()).await.status(), 200);
    let port = app.port;
    app.stopped().await;
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "the service listens no more");
}

#[tokio::test]
async fn a_request_under_way_is_answered_while_the_service_stops() {
    let app = TestApp::start().await;
    let body = bundle().to_string();
    let mut socket = TcpStream::connect(("127.0.0.1", app.port)).unwrap();
    let head =
        format!("POST /fhir/R4/$assess HTTP/1.1\r\nHost: test\r\nContent-Length: {}\r\n\r\n", body.len());
    socket.write_all(head.as_bytes()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    app.begin_to_stop();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let answer = tokio::task::spawn_blocking(move || {
        socket.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    });
    assert!(answer.await.unwrap().starts_with("HTTP/1.1 200"));
    app.stopped().await;
}

#[tokio::test]
async fn a_second_signal_does_not_wait_for_anybody() {
    let app =
        TestApp::start_with(|settings| settings.shutdown_notice_milliseconds = Milliseconds::new(60_000))
            .await;
    app.begin_to_stop();
    tokio::time::sleep(Duration::from_millis(100)).await;
    app.begin_to_stop();
    tokio::time::timeout(Duration::from_secs(2), app.stopped()).await.expect("it stops at once");
}
