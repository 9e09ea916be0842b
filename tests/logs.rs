//! No patient data reaches a log line, at any level of the service's own log.
//!
//! One test, as a process has one log.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod fhir_server;
mod prefetch;
mod records;
mod support;
mod tokens;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use fhir_server::{FhirServer, Misbehaviour};
use serde_json::Value;
use spinemet::settings::{LogFormat, LogLevel, Milliseconds};
use support::{TestApp, bundle};
use tracing_subscriber::util::SubscriberInitExt;

/// Words of a patient that would be seen at once where they do not belong.
const CANARIES: [&str; 12] = [
    "Canaryfamily",
    "Canarygiven",
    "MRN-4711-CANARY",
    "1911-11-11",
    "canary-patient-id",
    "canary-note",
    "canarymethod",
    "canary-access-token",
    "canary-server",
    "canary-user",
    "canary-jti",
    "breast-t12",
];

#[tokio::test]
async fn no_patient_data_reaches_the_log() {
    let log = Log::default();
    let subscriber = spinemet::telemetry::subscriber(LogFormat::Json, LogLevel::Trace, false, log.writer());
    // Also takes what libraries say through the `log` crate, as the service itself does.
    subscriber.try_init().unwrap();
    spinemet::telemetry::log_panics_by_place();
    let app = TestApp::start().await;

    let patient = canary_bundle().to_string();
    for body in [
        patient.clone(),
        patient.replace("Bundle", "Patient"),
        patient.replacen('{', "", 1),
        format!("{patient}x"),
    ] {
        for release in ["R4", "R5", "Canaryfamily"] {
            app.post(&format!("/fhir/{release}/$assess"), body.clone()).send().await.unwrap();
        }
    }
    call_hooks(&app).await;
    call_with_tokens().await;
    for path in [
        "/fhir/R4/RiskAssessment/canary-patient-id",
        "/fhir/R4/Patient/canary-patient-id",
        "/Canaryfamily?name=Canarygiven",
        "/fhir/R4/RiskAssessment/1?patient=MRN-4711-CANARY",
    ] {
        app.get(path).send().await.unwrap();
    }
    app.post("/fhir/R4/$assess?asOf=1911-11-11x", patient.clone()).send().await.unwrap();
    for name in [
        "User-Agent",
        "Referer",
        "Authorization",
        "Accept",
        "Accept-Language",
        "X-Request-Id",
        "Content-Type",
    ] {
        let request = app.post("/fhir/R4/$assess", patient.clone()).header(name, "Canaryfamily, Canarygiven");
        request.send().await.unwrap();
    }
    let method = reqwest::Method::from_bytes(b"canarymethod").unwrap();
    app.client.request(method, app.url("/livez")).send().await.unwrap();
    rename_table(&app, "resource_version", "elsewhere").await;
    app.assess(patient.clone()).await;
    app.get("/fhir/R4/RiskAssessment/canary-patient-id").send().await.unwrap();
    app.begin_to_stop();
    app.stopped().await;
    let _ = std::panic::catch_unwind(|| panic!("quotes Canaryfamily"));

    let lines = log.text();
    for canary in CANARIES {
        assert!(!lines.contains(canary), "{canary} is in the log:\n{lines}");
    }
    assert_every_request_has_one_line(&lines);
    assert!(lines.contains("a defect: the code panicked"), "{lines}");
}

/// Calls of a CDS client, the first of which gets a card.
async fn call_hooks(app: &TestApp) {
    let call = canary_call().to_string();
    let service = "/cds-services/spinemet-patient-view";
    let answer = app.post(service, call.clone()).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(support::json(answer).await["cards"][0]["detail"].is_string());
    for body in [
        call.clone(),
        call.replace("patient-view", "Canaryfamily"),
        call.replace("\"patientId\":\"canary-patient-id\"", "\"patientId\":\"Canarygiven\""),
        call.replace("\"prefetch\"", "\"Canaryfamily\""),
        call.replacen('{', "", 1),
    ] {
        for path in [service, "/cds-services/Canaryfamily"] {
            app.post(path, body.clone()).send().await.unwrap();
        }
    }
    app.post(&format!("{service}?asOf=1911-11-11x"), call).send().await.unwrap();
}

/// Calls with tokens, good and bad, of a service that fetches from servers which fail in many ways.
async fn call_with_tokens() {
    let key = tokens::Key::p384("canary-key");
    let issuer = |keys: &str| {
        let text = format!("issuer = \"{}\"\nkey_set = '{keys}'", tokens::ISSUER);
        toml::from_str::<spinemet::settings::TokenIssuer>(&text).unwrap()
    };
    let service = "/cds-services/spinemet-patient-view";
    for misbehaviour in
        [Misbehaviour::None, Misbehaviour::Status(500), Misbehaviour::Html, Misbehaviour::Hangs]
    {
        let ehr = FhirServer::misbehaving(std::slice::from_ref(&misbehaviour)).await;
        let url: spinemet::settings::ServerUrl = ehr.url().parse().unwrap();
        let app = TestApp::start_with(|settings| {
            settings.cds_clients = vec![issuer(&tokens::key_set(&[&key]))];
            settings.fhir_without_token = spinemet::settings::WithoutToken::Allowed;
            settings.ehr_servers = vec![spinemet::settings::EhrServer::named_by_hand(url.clone())];
            settings.patient_records = Some(spinemet::settings::PatientRecords::of_open_server(url));
            settings.patient_records.as_mut().unwrap().deadline_milliseconds = Milliseconds::new(300);
        })
        .await;
        let authorization = serde_json::json!({
            "access_token": fhir_server::TOKEN, "token_type": "Bearer", "expires_in": 300, "scope": "user/*.read",
            "subject": "canary-user",
        });
        let members = serde_json::json!({"fhirServer": ehr.url(), "fhirAuthorization": authorization});
        let call = prefetch::request_with(&serde_json::json!({}), &members).to_string();
        let good = key.token(&key.header("ES384"), &tokens::claims(&app.url(service)));
        let answered = app.post(service, call.clone()).bearer_auth(&good).send().await.unwrap();
        assert_eq!(answered.status(), 200);
        // Used twice, for another place, and no token at all.
        let elsewhere = key.token(&key.header("ES384"), &tokens::claims("https://canary-server.example"));
        for bad in [good.as_str(), elsewhere.as_str(), "canary-access-token"] {
            let refused = app.post(service, call.clone()).bearer_auth(bad).send().await.unwrap();
            assert_eq!(refused.status(), 401);
        }
        app.post("/fhir/R4/Patient/breast-t12/$assess", "").send().await.unwrap();
    }
}

fn assert_every_request_has_one_line(lines: &str) {
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered: Vec<&Value> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), 12 + 12 + 4 * 5 + 4 + 1 + 7 + 1 + 2);
    for line in &answered {
        assert!(line["method"].is_string(), "{line}");
        assert!(line["status"].is_u64(), "{line}");
        assert!(line["duration_milliseconds"].is_number(), "{line}");
        assert!(line["body_bytes"].is_u64(), "{line}");
        assert!(line["span"]["request_id"].is_string(), "{line}");
    }
    let routes: Vec<&str> = answered.iter().filter_map(|line| line["route"].as_str()).collect();
    for route in ["/fhir/{version}/{type}/{id}", "/cds-services/{id}"] {
        assert!(routes.contains(&route), "{routes:?}");
    }
    let failed: Vec<&Value> =
        lines.iter().filter(|line| line["level"] == "ERROR" && line["message"] == "failed").collect();
    assert!(failed.iter().all(|line| line["span"]["request_id"].is_string()), "{failed:?}");
    assert!(
        failed.iter().any(|line| line["cause"].is_string()),
        "the store's failure has a cause: {failed:?}"
    );
}

fn canary_bundle() -> Value {
    let mut bundle = bundle();
    bundle["entry"][0]["resource"] = serde_json::json!({
        "resourceType": "Patient", "id": "canary-patient-id",
        "identifier": [{"system": "urn:mrn", "value": "MRN-4711-CANARY"}],
        "name": [{"family": "Canaryfamily", "given": ["Canarygiven"]}],
        "birthDate": "1911-11-11",
        "Canaryfamily": "canary-note", "gender": ["canary-note"],
    });
    for index in 1..4 {
        bundle["entry"][index]["resource"]["subject"]["reference"] = "Patient/canary-patient-id".into();
        bundle["entry"][index]["resource"]["note"] = serde_json::json!([{"text": "canary-note"}]);
    }
    bundle
}

/// A call about the same patient, with the key to the record system that comes with it.
fn canary_call() -> Value {
    let entries = canary_bundle()["entry"].clone();
    let searchset = |entries: &[Value]| serde_json::json!({"resourceType": "Bundle", "type": "searchset", "entry": entries});
    let entries = entries.as_array().unwrap();
    serde_json::json!({
        "hook": "patient-view",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "fhirServer": "https://canary-server.example/fhir",
        "fhirAuthorization": {
            "access_token": "canary-access-token", "token_type": "Bearer", "expires_in": 300,
            "scope": "user/*.read", "subject": "canary-user",
        },
        "context": {"userId": "Practitioner/canary-user", "patientId": "canary-patient-id"},
        "prefetch": {
            "patient": entries[0]["resource"],
            "conditions": searchset(&entries[1..3]),
            "findings": searchset(&entries[3..]),
            "exams": searchset(&[]),
        },
    })
}

async fn rename_table(app: &TestApp, from: &str, to: &str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&app.database);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let sql = sqlx::AssertSqlSafe(format!("ALTER TABLE {from} RENAME TO {to}"));
    sqlx::query(sql).execute(&pool).await.unwrap();
}

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn writer(&self) -> impl Fn() -> Self + Send + Sync + use<> {
        let log = self.clone();
        move || log.clone()
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
