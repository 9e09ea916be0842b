//! Conversations as they were: of each hook three requests with the whole answer. `tests/data/cds_hooks` holds them;
//! `UPDATE_SNAPSHOTS=1` writes the answers anew.
//!
//! The answer must be the same to the last character, but for names that are digests and for versions, which stand in braces.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod schema;
mod support;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use spinemet::cds_hooks::Service;
use support::TestApp;

const CONVERSATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/cds_hooks");

/// A service whose hospital has a page about assessments and a SMART app.
async fn app() -> TestApp {
    TestApp::start_with(|settings| {
        settings.public_base_url = Some("https://spinemet.example".to_owned().try_into().unwrap());
        settings.assessment_page_url =
            Some("https://hospital.example/assessments".to_owned().try_into().unwrap());
        settings.smart_app_url =
            Some("https://hospital.example/tumour-board/launch".to_owned().try_into().unwrap());
    })
    .await
}

fn conversations(hook: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(format!("{CONVERSATIONS}/{hook}")).unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// The answer with what is not the same each time in braces: names of cards and suggestions by their order, the identity of
/// an assessment, and the versions of program, knowledge and mapping.
fn normalised(answer: &Value) -> Value {
    let mut text = answer.to_string();
    let mut uuids: Vec<String> = Vec::new();
    collect(answer, &mut uuids);
    for (position, uuid) in uuids.iter().enumerate() {
        text = text.replace(uuid, &format!("{{uuid {}}}", position + 1));
    }
    let versions = [
        (spinemet_engine::assessment::KNOWLEDGE_VERSION.to_owned(), "{knowledge}"),
        (mapping_version(), "{mapping}"),
        (format!("Spinemet {}", env!("CARGO_PKG_VERSION")), "Spinemet {version}"),
    ];
    for (version, name) in versions {
        text = text.replace(&version, name);
    }
    without_identity(&serde_json::from_str(&text).unwrap())
}

fn mapping_version() -> String {
    spinemet::mapping::MappingSet::load([]).unwrap().version().to_owned()
}

fn collect(value: &Value, uuids: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, uuids)),
        Value::Object(members) => {
            uuids.extend(members.get("uuid").map(|uuid| uuid.as_str().unwrap().to_owned()));
            members.values().for_each(|member| collect(member, uuids));
        }
        _ => {}
    }
}

/// The id of a RiskAssessment begins with the identity of its assessment, in 32 hexadecimal digits.
fn without_identity(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_identity).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| {
                match member.as_str().filter(|_| name == "id").map(|id| id.split_at_checked(32)) {
                    Some(Some((identity, rest))) if identity.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                        (name.clone(), json!(format!("{{identity}}{rest}")))
                    }
                    _ => (name.clone(), without_identity(member)),
                }
            })
            .collect(),
        other => other.clone(),
    }
}

async fn ask(app: &TestApp, hook: &str, conversation: &Value) -> (u16, Value) {
    let url = format!("/cds-services/spinemet-{hook}?asOf=2026-11-22");
    let language = conversation["language"].as_str().unwrap();
    let call = app.post(&url, conversation["request"].to_string()).header("Accept-Language", language);
    let response = call.send().await.unwrap();
    (response.status().as_u16(), support::json(response).await)
}

fn keep(path: &Path, conversation: &Value, status: u16, answer: &Value) {
    let mut renewed = conversation.clone();
    renewed["status"] = json!(status);
    renewed["response"] = answer.clone();
    std::fs::write(path, serde_json::to_string_pretty(&renewed).unwrap() + "\n").unwrap();
}

#[tokio::test]
async fn every_hook_has_three_conversations_that_go_as_they_went() {
    let renew = std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|value| value == "1");
    let app = app().await;
    for service in Service::ALL {
        let hook = service.hook().name();
        let files = conversations(hook);
        assert!(files.len() >= 3, "{hook} has {} conversations", files.len());
        for path in files {
            let conversation: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let (status, answer) = ask(&app, hook, &conversation).await;
            assert_eq!(schema::empties(&answer), Vec::<String>::new(), "{}", path.display());
            let answer = normalised(&answer);
            if renew {
                keep(&path, &conversation, status, &answer);
                continue;
            }
            let (told, expected) = (&answer, &conversation["response"]);
            assert_eq!(json!(status), conversation["status"], "{}", path.display());
            assert!(
                told == expected,
                "{} went otherwise: compare with `UPDATE_SNAPSHOTS=1 cargo nextest run --test cds_conversations` and \
                 git diff",
                path.display()
            );
        }
    }
}
