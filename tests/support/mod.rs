//! The real service on a free port with a database of its own, for tests that are its clients.

// Each test file uses its own part of this.
#![allow(dead_code, missing_docs)]

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;
use spinemet::assess::Assessor;
use spinemet::http::{Server, open};
use spinemet::settings::{Milliseconds, Settings};
use tokio::sync::{Notify, oneshot};

pub const FHIR_JSON: &str = "application/fhir+json";

/// A running service. It stops when it is dropped.
pub struct TestApp {
    pub port: u16,
    pub client: Client,
    pub database: PathBuf,
    stop: Arc<Notify>,
    server: Option<JoinHandle<()>>,
    _directory: tempfile::TempDir,
}

impl TestApp {
    /// Starts the service as an operator without settings would have it, but for the port and the database.
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// Starts the service with settings of the test's choice.
    pub async fn start_with(choose: impl FnOnce(&mut Settings)) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let database = directory.path().join("test.db");
        let mut settings = Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            database: database.clone().into(),
            shutdown_notice_milliseconds: Milliseconds::new(1),
            ..Settings::default()
        };
        choose(&mut settings);
        let stop = Arc::new(Notify::new());
        let (started, port) = oneshot::channel();
        let server = std::thread::spawn({
            let stop = Arc::clone(&stop);
            move || actix_web::rt::System::new().block_on(serve(settings, started, stop))
        });
        let port = port.await.expect("the server starts");
        let client = Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        Self { port, client, database, stop, server: Some(server), _directory: directory }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    pub fn post(&self, path: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
        self.client.post(self.url(path)).header("Content-Type", FHIR_JSON).body(body)
    }

    /// Posts to `/fhir/R4/$assess`.
    pub async fn assess(&self, body: impl Into<reqwest::Body>) -> Response {
        self.post("/fhir/R4/$assess", body).send().await.unwrap()
    }

    /// Begins to stop the service, as a signal would.
    pub fn begin_to_stop(&self) {
        self.stop.notify_one();
    }

    /// Waits until the service has stopped.
    pub async fn stopped(mut self) {
        let server = self.server.take().unwrap();
        tokio::task::spawn_blocking(move || server.join().unwrap()).await.unwrap();
    }

    /// How many RiskAssessments are stored.
    pub async fn rows(&self) -> i64 {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&self.database).read_only(true);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        sqlx::query_scalar("SELECT count(*) FROM resource_version WHERE resource_type = 'RiskAssessment'")
            .fetch_one(&pool)
            .await
            .unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.begin_to_stop();
        if let Some(server) = self.server.take() {
            // A failure of the server is the test's to see, by what it was answered.
            let _ = server.join();
        }
    }
}

async fn serve(settings: Settings, started: oneshot::Sender<u16>, stop: Arc<Notify>) {
    let store = open(&settings.database).await.unwrap();
    let assessor = assessor(&settings);
    let server = Server::build(settings, assessor, store).unwrap();
    started.send(server.port()).unwrap();
    server.run_until(async || stop.notified().await).await.unwrap();
}

fn assessor(settings: &Settings) -> Arc<Assessor> {
    let (policy, thresholds) = (settings.clinical.freshness.into(), settings.clinical.thresholds.into());
    Arc::new(Assessor::new(settings.site_mappings()).unwrap().with_policy(policy, thresholds))
}

/// A Bundle with a patient whose lung cancer has spread to the spine.
pub fn bundle() -> Value {
    let icd10 = |code: &str| serde_json::json!({"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}]});
    let condition = |id: &str, code: &str| {
        serde_json::json!({"resource": {
            "resourceType": "Condition", "id": id, "code": icd10(code),
            "subject": {"reference": "Patient/p1"}, "recordedDate": "2026-05-01",
            "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]}
        }})
    };
    serde_json::json!({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"resource": {"resourceType": "Patient", "id": "p1", "birthDate": "1960-02-03"}},
            condition("c1", "C34.90"),
            condition("c2", "C79.51"),
            {"resource": {
                "resourceType": "Observation", "id": "o1", "status": "final",
                "code": {"coding": [{"system": "http://loinc.org", "code": "89243-0"}]},
                "subject": {"reference": "Patient/p1"},
                "effectiveDateTime": "2026-05-01", "valueInteger": 80
            }},
        ],
    })
}

/// The ids of the RiskAssessments in an answer of `$assess`.
pub fn ids(answer: &Value) -> Vec<String> {
    let entries = answer["entry"].as_array().expect("the answer has entries");
    entries
        .iter()
        .map(|entry| &entry["resource"])
        .filter(|resource| resource["resourceType"] == "RiskAssessment")
        .map(|resource| resource["id"].as_str().expect("a RiskAssessment has an id").to_owned())
        .collect()
}

/// Asserts that the answer is a refusal with this status: an OperationOutcome with an error, as FHIR JSON.
pub async fn assert_refused(response: Response, status: u16) -> Value {
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()["content-type"], "application/fhir+json; charset=utf-8");
    let outcome: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    assert_eq!(outcome["resourceType"], "OperationOutcome");
    let severity = outcome["issue"][0]["severity"].as_str().unwrap();
    assert!(matches!(severity, "error" | "fatal"), "{outcome}");
    outcome
}

pub async fn json(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}
