//! A disk that takes no more: what cannot be stored is refused and not answered, and what was answered is there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod process;
mod support;

use std::process::Command;

use process::{PROGRAM, Service, ids};
use reqwest::{Client, Response};
use support::{FHIR_JSON, assert_refused, bundle};

/// No file may become longer: in blocks of 512 bytes.
const LIMIT: &str = "2400";

async fn assess(service: &Service, patient: &str) -> Response {
    let body = bundle().to_string().replace("p1", patient);
    let request = Client::new().post(format!("{}/fhir/R4/$assess", service.base));
    request.header("Content-Type", FHIR_JSON).body(body).send().await.unwrap()
}

async fn status(service: &Service, path: &str) -> u16 {
    Client::new().get(format!("{}{path}", service.base)).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_and_what_was_answered_stays() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("test.db");
    let mut limited = Command::new("sh");
    // The signal that would end the process is ignored, so that a write fails as on a full disk.
    let limit = format!("trap '' XFSZ; ulimit -f {LIMIT}; exec \"$0\" \"$@\"");
    limited.args(["-c", &limit, PROGRAM]);
    let service = Service::start(limited, &database);
    let mut answered = Vec::new();
    let refused = loop {
        let answer = assess(&service, &format!("p{}", answered.len())).await;
        if answer.status() != 200 {
            break answer;
        }
        answered.extend(ids(&answer.text().await.unwrap()));
        assert!(answered.len() < 5000, "the limit is never reached");
    };
    assert!(!answered.is_empty());
    assert!(refused.headers().contains_key("retry-after"));
    let outcome = assert_refused(refused, 503).await;
    assert!(!outcome.to_string().contains("RiskAssessment/"), "{outcome}");
    // Again, and not by accident this time; while what is there is given.
    assert_refused(assess(&service, "another").await, 503).await;
    assert_eq!(status(&service, &format!("/fhir/R4/RiskAssessment/{}", answered[0])).await, 200);
    assert_eq!(status(&service, "/livez").await, 200);
    service.end("-TERM");

    // With room again, everything that was answered is there, and nothing else.
    let service = Service::start(Command::new(PROGRAM), &database);
    for id in &answered {
        assert_eq!(status(&service, &format!("/fhir/R4/RiskAssessment/{id}")).await, 200, "{id}");
    }
    let all = Client::new().get(format!("{}/fhir/R4/RiskAssessment?_summary=count", service.base));
    let all: serde_json::Value = support::json(all.send().await.unwrap()).await;
    assert_eq!(all["total"], answered.len());
    assert_eq!(assess(&service, "another").await.status(), 200);
    service.end("-TERM");
}
