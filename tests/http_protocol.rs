//! The service speaks HTTP and FHIR as their clients expect: paths, methods, media types, headers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use support::{TestApp, assert_refused, bundle, ids, json};

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    let app = TestApp::start().await;
    for path in
        ["/nothing", "/fhir", "/fhir/R4", "/fhir/R4/Patient/1", "/fhir/R4/$assess/", "/%00", "/../etc"]
    {
        assert_refused(app.get(path).send().await.unwrap(), 404).await;
    }
    assert_refused(app.post("/fhir/R4/$nothing", "{}").send().await.unwrap(), 404).await;
}

#[tokio::test]
async fn an_unknown_fhir_release_is_not_found() {
    let app = TestApp::start().await;
    for release in ["R3", "r4", "STU3", "4.0.1"] {
        let path = format!("/fhir/{release}/$assess");
        assert_refused(app.post(&path, bundle().to_string()).send().await.unwrap(), 404).await;
        let path = format!("/fhir/{release}/RiskAssessment/1");
        assert_refused(app.get(&path).send().await.unwrap(), 404).await;
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::start().await;
    let cases =
        [("/fhir/R4/$assess", "POST"), ("/fhir/R4/RiskAssessment/1", "GET, HEAD"), ("/livez", "GET, HEAD")];
    for (path, allowed) in cases {
        let response = app.client.delete(app.url(path)).send().await.unwrap();
        assert_eq!(response.headers()["allow"], allowed, "{path}");
        assert_refused(response, 405).await;
    }
    assert_refused(app.get("/fhir/R4/$assess").send().await.unwrap(), 405).await;
}

#[tokio::test]
async fn json_is_read_by_all_its_names() {
    let app = TestApp::start().await;
    let names = [
        "application/fhir+json",
        "application/json",
        "application/json; charset=utf-8",
        "Application/FHIR+JSON;charset=\"UTF-8\"",
        "application/fhir+json; fhirVersion=4.0",
    ];
    for name in names {
        let request = app.client.post(app.url("/fhir/R4/$assess")).header("Content-Type", name);
        assert_eq!(request.body(bundle().to_string()).send().await.unwrap().status(), 200, "{name}");
    }
    let untyped = app.client.post(app.url("/fhir/R4/$assess")).body(bundle().to_string());
    assert_eq!(untyped.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_body_that_is_not_json_by_its_headers_is_refused() {
    let app = TestApp::start().await;
    let cases = [
        ("Content-Type", "application/fhir+xml"),
        ("Content-Type", "text/plain"),
        ("Content-Type", ""),
        ("Content-Type", "application/json; charset=iso-8859-1"),
        ("Content-Type", "application/fhir+json; fhirVersion=5.0"),
        ("Content-Encoding", "gzip"),
    ];
    for (name, value) in cases {
        let request = app.client.post(app.url("/fhir/R4/$assess")).header(name, value);
        assert_refused(request.body(bundle().to_string()).send().await.unwrap(), 415).await;
    }
}

#[tokio::test]
async fn json_is_written_to_those_who_take_it_and_others_are_told() {
    let app = TestApp::start().await;
    let taken = [
        "*/*",
        "application/*",
        "application/fhir+json; fhirVersion=4.0",
        "text/html, application/json;q=0.1",
    ];
    for accept in taken {
        let response =
            app.post("/fhir/R4/$assess", bundle().to_string()).header("Accept", accept).send().await.unwrap();
        assert_eq!(response.status(), 200, "{accept}");
    }
    for accept in [
        "application/fhir+xml",
        "text/html",
        "application/fhir+json;q=0",
        "application/json; fhirVersion=5.0",
    ] {
        let request = app.post("/fhir/R4/$assess", bundle().to_string()).header("Accept", accept);
        assert_refused(request.send().await.unwrap(), 406).await;
    }
    for (format, status) in [("json", 200), ("application/fhir+json", 200), ("xml", 406)] {
        let path = format!("/fhir/R4/$assess?_format={format}");
        let request = app.post(&path, bundle().to_string()).header("Accept", "text/html");
        assert_eq!(request.send().await.unwrap().status(), status, "{format}");
    }
}

#[tokio::test]
async fn an_illegible_as_of_is_named() {
    let app = TestApp::start().await;
    let refused = app.post("/fhir/R4/$assess?asOf=yesterday", bundle().to_string()).send().await.unwrap();
    let outcome = assert_refused(refused, 400).await.to_string();
    assert!(outcome.contains("asOf") && !outcome.contains("yesterday"), "{outcome}");
    for as_of in ["2026", "2026-05-03", "2026-05-03T10:00:00%2B02:00", "2026-05-03T10:00:00+02:00"] {
        let path = format!("/fhir/R4/$assess?asOf={as_of}");
        assert_eq!(app.post(&path, bundle().to_string()).send().await.unwrap().status(), 200, "{as_of}");
    }
}

#[tokio::test]
async fn an_answer_is_a_bundle_and_can_be_read_again() {
    let app = TestApp::start().await;
    for release in ["R4", "R4B", "R5"] {
        let path = format!("/fhir/{release}/$assess");
        let answer = json(app.post(&path, bundle().to_string()).send().await.unwrap()).await;
        assert_eq!(answer["type"], "collection");
        let entries = answer["entry"].as_array().unwrap();
        assert_eq!(entries.last().unwrap()["resource"]["resourceType"], "OperationOutcome");
        assert!(!ids(&answer).is_empty());
        for (entry, id) in entries.iter().zip(ids(&answer)) {
            let path = format!("/fhir/{release}/RiskAssessment/{id}");
            assert_eq!(entry["fullUrl"], app.url(&path));
            let read = app.get(&path).send().await.unwrap();
            assert_eq!(read.headers()["etag"], "W/\"1\"");
            assert!(read.headers()["last-modified"].to_str().unwrap().ends_with("GMT"));
            assert_eq!(read.headers()["content-type"], "application/fhir+json; charset=utf-8");
            assert_eq!(json(read).await, entry["resource"]);
            assert_eq!(entry["resource"]["meta"]["versionId"], "1");
            assert_eq!(entry["resource"]["meta"].get("profile").is_some(), release == "R4");
        }
    }
}

#[tokio::test]
async fn head_says_what_get_would() {
    let app = TestApp::start().await;
    let id = ids(&json(app.assess(bundle().to_string()).await).await).remove(0);
    for path in
        ["/livez".to_owned(), "/readyz".to_owned(), "/".to_owned(), format!("/fhir/R4/RiskAssessment/{id}")]
    {
        let get = app.get(&path).send().await.unwrap();
        let head = app.client.head(app.url(&path)).send().await.unwrap();
        assert_eq!(head.status(), get.status(), "{path}");
        for name in ["content-type", "content-length", "etag", "last-modified"] {
            assert_eq!(head.headers().get(name), get.headers().get(name), "{path} {name}");
        }
        assert!(head.bytes().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn all_unknown_ids_are_answered_alike() {
    let app = TestApp::start().await;
    let mut answers = Vec::new();
    for id in
        ["0", "Mustermann", "a%2Fb", "%F0%9F%92%A9", "'; DROP TABLE risk_assessment; --", &"x".repeat(2000)]
    {
        let response = app.get(&format!("/fhir/R4/RiskAssessment/{id}")).send().await.unwrap();
        assert_eq!(response.status(), 404, "{id}");
        answers.push(response.bytes().await.unwrap());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn patient_data_is_neither_kept_on_the_way_nor_guessed_at() {
    let app = TestApp::start().await;
    for response in [app.assess(bundle().to_string()).await, app.get("/nothing").send().await.unwrap()] {
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn a_request_id_is_given_or_taken_over_when_it_is_harmless() {
    let app = TestApp::start().await;
    let id_for = async |sent: &str| {
        let response = app.get("/livez").header("X-Request-Id", sent).send().await.unwrap();
        response.headers()["x-request-id"].to_str().unwrap().to_owned()
    };
    assert_eq!(id_for("abc-1.2_3").await, "abc-1.2_3");
    let made = id_for("two words").await;
    assert_eq!(made.len(), 16);
    assert_ne!(id_for(&"x".repeat(65)).await, made);
}
