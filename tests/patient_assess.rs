//! `Patient/{id}/$assess`: the record is fetched from the hospital's server and assessed like one that was sent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod fhir_server;
mod prefetch;
mod records;
mod support;
mod tokens;

use fhir_server::{FhirServer, Misbehaviour, TOKEN};
use serde_json::{Value, json};
use spinemet::settings::{
    BackendClient, EhrServer, Milliseconds, PatientRecords, Settings, SigningAlgorithm,
};
use support::{TestApp, assert_refused, ids, json};
use tokens::Key;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const ASSESS: &str = "/fhir/R4/Patient/breast-t12/$assess?asOf=2026-11-22";

fn with_records(settings: &mut Settings, server: &str) {
    let url: spinemet::settings::ServerUrl = server.parse().unwrap();
    settings.ehr_servers = vec![EhrServer::named_by_hand(url.clone())];
    settings.patient_records = Some(PatientRecords::of_open_server(url));
}

async fn app(server: &str) -> TestApp {
    TestApp::start_with(|settings| with_records(settings, server)).await
}

async fn assess(app: &TestApp) -> Value {
    let response = app.post(ASSESS, "").send().await.unwrap();
    assert_eq!(response.status(), 200);
    json(response).await
}

#[tokio::test]
async fn a_fetched_record_is_assessed_like_one_that_was_sent() {
    let ehr = FhirServer::of_sample().await;
    let app = app(&ehr.url()).await;
    let sent = app.post("/fhir/R4/$assess?asOf=2026-11-22", records::example("breast-t12.json").to_string());
    let sent = ids(&json(sent.send().await.unwrap()).await);
    let rows = app.rows().await;
    let fetched = assess(&app).await;
    assert_eq!(ids(&fetched), sent, "the same facts, the same assessments");
    assert_eq!(app.rows().await, rows, "and nothing new to store");
    let first = json(app.get(&format!("/fhir/R4/RiskAssessment/{}", sent[0])).send().await.unwrap()).await;
    assert_eq!(first["subject"]["reference"], "Patient/breast-t12");
    // However the server pages.
    ehr.page_by(2);
    assert_eq!(ids(&assess(&app).await), sent);
}

#[tokio::test]
async fn what_cannot_be_had_is_said_and_what_must_be_had_stops_it() {
    for (misbehaviour, status) in [
        (Misbehaviour::Hangs, 504),
        (Misbehaviour::Status(500), 502),
        (Misbehaviour::Status(503), 502),
        (Misbehaviour::Status(403), 502),
        (Misbehaviour::Html, 502),
        (Misbehaviour::DuplicateKey, 502),
    ] {
        let ehr = FhirServer::misbehaving(std::slice::from_ref(&misbehaviour)).await;
        let app = TestApp::start_with(|settings| {
            with_records(settings, &ehr.url());
            // Only the one that hangs is waited for to the end; a loaded machine is no slow server.
            let most = if misbehaviour == Misbehaviour::Hangs { 500 } else { 10_000 };
            settings.patient_records.as_mut().unwrap().deadline_milliseconds = Milliseconds::new(most);
        })
        .await;
        let outcome = assert_refused(app.post(ASSESS, "").send().await.unwrap(), status).await;
        assert!(outcome.to_string().contains("Observation"), "{misbehaviour:?}: {outcome}");
        assert_eq!(app.rows().await, 0, "{misbehaviour:?}: nothing is kept");
    }
    // A limit of the operator's cuts off what is old: that is said, and no reason to stop.
    let ehr = FhirServer::misbehaving(&[Misbehaviour::PagesWithoutEnd]).await;
    let answer = assess(&app(&ehr.url()).await).await;
    assert!(
        answer.to_string().contains("There is more of Observation in the record system than was read"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_patient_whom_nobody_knows_is_404_and_a_service_without_records_is_501() {
    let ehr = FhirServer::of_sample().await;
    let app = app(&ehr.url()).await;
    for id in ["somebody-else", "a_b", "...", "x%2Fy"] {
        let response = app.post(&format!("/fhir/R4/Patient/{id}/$assess"), "").send().await.unwrap();
        assert_refused(response, 404).await;
    }
    let development = TestApp::start().await;
    assert_refused(development.post(ASSESS, "").send().await.unwrap(), 501).await;
}

#[tokio::test]
async fn the_token_of_a_file_is_read_each_time() {
    let ehr = FhirServer::of_sample().await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("token");
    std::fs::write(&file, format!("{TOKEN}\n")).unwrap();
    let app = TestApp::start_with(|settings| {
        with_records(settings, &ehr.url());
        settings.patient_records.as_mut().unwrap().token_file = Some(file.clone());
    })
    .await;
    assess(&app).await;
    assert!(ehr.tokens().iter().all(|token| token.as_deref() == Some(&format!("Bearer {TOKEN}"))));
    std::fs::write(&file, "renewed").unwrap();
    ehr.forget();
    assess(&app).await;
    assert!(ehr.tokens().iter().all(|token| token.as_deref() == Some("Bearer renewed")));
    std::fs::remove_file(&file).unwrap();
    ehr.forget();
    assert_refused(app.post(ASSESS, "").send().await.unwrap(), 502).await;
    assert_eq!(ehr.requests().len(), 0);
}

#[tokio::test]
async fn the_service_signs_for_a_token_of_its_own_and_keeps_it_while_it_is_good() {
    let ehr = FhirServer::of_sample().await;
    let authorization = MockServer::start().await;
    let issued =
        json!({"access_token": TOKEN, "token_type": "bearer", "expires_in": 300, "scope": "system/*.rs"});
    let answer = ResponseTemplate::new(200).set_body_json(issued);
    Mock::given(method("POST")).and(path("/token")).respond_with(answer).mount(&authorization).await;
    let directory = tempfile::tempdir().unwrap();
    for (key, algorithm, name) in [
        (Key::p384("spinemet-1"), SigningAlgorithm::Es384, "ES384"),
        (Key::rsa("spinemet-1"), SigningAlgorithm::Rs384, "RS384"),
    ] {
        authorization.reset().await;
        let issued = json!({"access_token": TOKEN, "token_type": "bearer", "expires_in": 300});
        let answer = ResponseTemplate::new(200).set_body_json(issued);
        Mock::given(method("POST")).and(path("/token")).respond_with(answer).mount(&authorization).await;
        let private_key_file = directory.path().join(name);
        std::fs::write(&private_key_file, key.private_pem()).unwrap();
        let token_url = format!("{}/token", authorization.uri());
        let app = TestApp::start_with(|settings| {
            with_records(settings, &ehr.url());
            settings.patient_records.as_mut().unwrap().client = Some(BackendClient {
                token_url: token_url.parse().unwrap(),
                client_id: "spinemet".to_owned().try_into().unwrap(),
                private_key_file,
                key_id: "spinemet-1".to_owned().try_into().unwrap(),
                algorithm,
                scope: "system/*.rs".to_owned().try_into().unwrap(),
            });
        })
        .await;
        ehr.forget();
        assess(&app).await;
        assess(&app).await;
        assert!(ehr.tokens().iter().all(|token| token.as_deref() == Some(&format!("Bearer {TOKEN}"))));
        let asked = authorization.received_requests().await.unwrap();
        assert_eq!(asked.len(), 1, "{name}: one token is good for both");
        let form: std::collections::HashMap<String, String> =
            url::form_urlencoded::parse(&asked[0].body).into_owned().collect();
        assert_eq!(form["grant_type"], "client_credentials");
        assert_eq!(form["client_assertion_type"], "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        assert_eq!(form["scope"], "system/*.rs");
        let (header, claims) = tokens::opened(&form["client_assertion"]);
        assert_eq!(
            (&header["alg"], &header["kid"], &header["typ"]),
            (&json!(name), &json!("spinemet-1"), &json!("JWT"))
        );
        assert_eq!(
            (&claims["iss"], &claims["sub"], &claims["aud"]),
            (&json!("spinemet"), &json!("spinemet"), &json!(token_url))
        );
        let good_for = claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap();
        assert!(good_for <= 300 && claims["jti"].as_str().is_some_and(|name| !name.is_empty()), "{claims}");
        assert!(key.has_signed(name, &form["client_assertion"]), "{name}");
    }
}

#[tokio::test]
async fn an_authorization_server_that_misbehaves_is_a_502() {
    let ehr = FhirServer::of_sample().await;
    let directory = tempfile::tempdir().unwrap();
    let private_key_file = directory.path().join("key");
    std::fs::write(&private_key_file, Key::p384("k").private_pem()).unwrap();
    for answer in [
        ResponseTemplate::new(401).set_body_json(json!({"error": "invalid_client"})),
        ResponseTemplate::new(302).insert_header("Location", ehr.url().as_str()),
        ResponseTemplate::new(200).set_body_json(json!({"access_token": TOKEN, "token_type": "mac"})),
        ResponseTemplate::new(200).set_body_json(json!({"token_type": "bearer"})),
        ResponseTemplate::new(200).set_body_raw("<html>", "application/json"),
    ] {
        let authorization = MockServer::start().await;
        Mock::given(method("POST")).respond_with(answer).mount(&authorization).await;
        let app = TestApp::start_with(|settings| {
            with_records(settings, &ehr.url());
            settings.patient_records.as_mut().unwrap().client = Some(BackendClient {
                token_url: format!("{}/token", authorization.uri()).parse().unwrap(),
                client_id: "spinemet".to_owned().try_into().unwrap(),
                private_key_file: private_key_file.clone(),
                key_id: "k".to_owned().try_into().unwrap(),
                algorithm: SigningAlgorithm::Es384,
                scope: "system/*.rs".to_owned().try_into().unwrap(),
            });
        })
        .await;
        assert_refused(app.post(ASSESS, "").send().await.unwrap(), 502).await;
        assert_eq!(ehr.requests().len(), 0);
    }
}

#[tokio::test]
async fn the_same_request_under_a_key_gets_the_same_answer_and_fetches_nothing_again() {
    let ehr = FhirServer::of_sample().await;
    let app = app(&ehr.url()).await;
    let ask = async |path: &str| app.post(path, "").header("Idempotency-Key", "k").send().await.unwrap();
    let first = ask(ASSESS).await;
    assert_eq!((first.status().as_u16(), first.headers().contains_key("idempotent-replayed")), (200, false));
    let first = first.bytes().await.unwrap();
    let fetched = ehr.requests();
    let again = ask(ASSESS).await;
    assert_eq!(
        (again.status().as_u16(), &again.headers()["idempotent-replayed"]),
        (200, &"true".parse().unwrap())
    );
    assert_eq!(again.bytes().await.unwrap(), first);
    assert_eq!(ehr.requests(), fetched);
    assert_refused(ask("/fhir/R4/Patient/another/$assess?asOf=2026-11-22").await, 422).await;
}
