//! What becomes of cards: feedback is kept and joined to the rule, what was overridden with a reason does not come back until
//! something changes, and why a card was or was not shown can be asked.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod orders;
mod prefetch;
mod records;
mod support;

use std::time::Duration;

use orders::{given, planned, prescription, record, service_request, signing};
use serde_json::{Value, json};
use support::TestApp;

const SIGN: &str = "/cds-services/spinemet-order-sign";

async fn post(app: &TestApp, path: &str, body: &Value) -> (u16, Value) {
    let call = app.client.post(app.url(path)).header("Content-Type", "application/json");
    let response = call.body(body.to_string()).send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_str(&response.text().await.unwrap()).unwrap_or(Value::Null))
}

async fn get(app: &TestApp, path: &str) -> (u16, Value) {
    let response = app.get(path).send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_str(&response.text().await.unwrap()).unwrap())
}

/// Signs an order in a call of its own.
async fn sign(app: &TestApp, call: u32, drafts: &[Value], beside: &[Value]) -> Vec<Value> {
    let mut body = signing(drafts, &record(beside));
    body["hookInstance"] = json!(instance(call));
    let (status, answer) = post(app, &format!("{SIGN}?asOf=2026-11-22T00:00:00Z"), &body).await;
    assert_eq!(status, 200, "{answer}");
    answer["cards"].as_array().unwrap().clone()
}

fn instance(call: u32) -> String {
    format!("0b0f8e7e-6c5a-4f3c-9d7a-{call:012x}")
}

/// The account of a call is written beside the answer.
async fn explanation(app: &TestApp, call: u32) -> Value {
    let path = format!("{SIGN}/explanations/{}", instance(call));
    for _ in 0..200 {
        let (status, answer) = get(app, &path).await;
        if status == 200 {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no account of call {call}");
}

fn overridden(card: &Value, at: &str) -> Value {
    json!({
        "card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": at,
        "overrideReason": {
            "reason": {"code": "emergency", "system": "https://spinemet.org/fhir/CodeSystem/override-reason"},
            "userComment": "canary comment of a clinician",
        },
    })
}

#[tokio::test]
async fn a_card_overridden_with_a_reason_returns_only_when_something_changes() {
    let app = TestApp::start().await;
    let operation = |id: &str, date: &str| service_request(id, "spinal fixation", Some(date), Some("T12"));
    let dose = |date: &str| given("bev", "bevacizumab", date);
    let draft = operation("op", "2026-12-05");
    let cards = sign(&app, 1, std::slice::from_ref(&draft), &[dose("2026-11-21")]).await;
    assert_eq!(cards.len(), 1);
    explanation(&app, 1).await;
    let feedback = json!({"feedback": [overridden(&cards[0], "2026-11-22T08:00:00Z")]});
    assert_eq!(post(&app, &format!("{SIGN}/feedback"), &feedback).await, (200, Value::Null));

    // The same order again, and written anew under another id: put aside.
    for (call, draft) in [(2, draft.clone()), (3, operation("another", "2026-12-05"))] {
        assert_eq!(sign(&app, call, &[draft], &[dose("2026-11-21")]).await, Vec::<Value>::new());
        let why = explanation(&app, call).await;
        assert_eq!(why["statements"][0]["fate"]["code"], "suppressed", "{why}");
        assert_eq!(why["statements"][0]["rule"], "CN-1.5-HOLD", "{why}");
    }
    // Another date, another dose, another patient's urgency: back.
    assert_eq!(sign(&app, 4, &[operation("op", "2026-12-04")], &[dose("2026-11-21")]).await.len(), 1);
    assert_eq!(sign(&app, 5, std::slice::from_ref(&draft), &[dose("2026-11-22")]).await.len(), 1);
    let infected = [dose("2026-11-21"), orders::answered("surgical-tolerance", "no", None)];
    let worse = sign(&app, 6, &[draft], &infected).await;
    assert_eq!((worse.len(), &worse[0]["indicator"]), (1, &json!("critical")));
}

#[tokio::test]
async fn feedback_without_a_reason_does_not_put_a_card_aside() {
    let app = TestApp::start().await;
    let draft = prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25"));
    let beside = [planned("op", "spinal fixation", "2026-12-05")];
    let cards = sign(&app, 1, std::slice::from_ref(&draft), &beside).await;
    explanation(&app, 1).await;
    let bare = json!({"feedback": [{"card": cards[0]["uuid"], "outcome": "overridden", "outcomeTimestamp": "2026-11-22T08:00:00Z"}]});
    assert_eq!(post(&app, &format!("{SIGN}/feedback"), &bare).await.0, 200);
    assert_eq!(sign(&app, 2, &[draft], &beside).await.len(), 1);
}

#[tokio::test]
async fn feedback_comes_in_batches_and_again_and_is_counted_once_by_rule() {
    let app = TestApp::start().await;
    let draft = prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25"));
    let beside = [planned("op", "spinal fixation", "2026-12-05")];
    let first = sign(&app, 1, std::slice::from_ref(&draft), &beside).await;
    let second = sign(&app, 2, &[draft], &beside).await;
    explanation(&app, 1).await;
    explanation(&app, 2).await;
    let accepted = json!({
        "card": second[0]["uuid"], "outcome": "accepted", "outcomeTimestamp": "2026-11-22T08:01:00Z",
        "acceptedSuggestions": [{"id": second[0]["suggestions"][0]["uuid"]}],
    });
    let batch = json!({"feedback": [overridden(&first[0], "2026-11-22T08:00:00Z"), accepted]});
    for _ in 0..3 {
        assert_eq!(post(&app, &format!("{SIGN}/feedback"), &batch).await.0, 200);
    }
    let (status, report) = get(&app, &format!("{SIGN}/feedback")).await;
    assert_eq!(status, 200);
    assert_eq!(
        report,
        json!({"rules": [{
            "rule": "CN-1.5-HOLD", "shown": 2, "suppressed": 0, "shadow": 0, "accepted": 1, "overridden": 1,
            "overriddenPercent": 50, "flagged": false,
        }]})
    );
    let metrics = app.get("/metrics").send().await.unwrap().text().await.unwrap();
    for line in [
        "spinemet_cds_statements_total{rule=\"CN-1.5-HOLD\",fate=\"shown\"} 2",
        "spinemet_cds_feedback_total{rule=\"CN-1.5-HOLD\",outcome=\"overridden\"} 1",
        "spinemet_cds_feedback_total{rule=\"CN-1.5-HOLD\",outcome=\"accepted\"} 1",
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line}\n{metrics}");
    }
    // Nothing of the patient, and no clinician's words, are in the database.
    let files = std::fs::read_dir(app.database.parent().unwrap()).unwrap();
    for file in files {
        let bytes = std::fs::read(file.unwrap().path()).unwrap_or_default();
        for word in ["canary comment", "breast-t12"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} is stored");
        }
    }
}

#[tokio::test]
async fn a_silent_call_says_why_and_leaves_nothing_in_the_database() {
    let app = TestApp::start().await;
    assert_eq!(sign(&app, 1, &[prescription("x", "ibuprofen", None, None)], &[]).await, Vec::<Value>::new());
    let why = explanation(&app, 1).await;
    assert_eq!(why["silence"]["code"], "no-relevant-order", "{why}");
    let kept = service_request("op", "spinal decompression", Some("2026-12-05"), Some("T12"));
    let tolerates = [orders::answered("surgical-tolerance", "yes", None)];
    assert_eq!(sign(&app, 2, &[kept], &tolerates).await, Vec::<Value>::new());
    assert_eq!(explanation(&app, 2).await["silence"]["code"], "nothing-to-say");
    let (status, _) = get(&app, &format!("{SIGN}/explanations/{}", instance(99))).await;
    assert_eq!(status, 404);
    assert_eq!(get(&app, &format!("{SIGN}/feedback")).await.1, json!({"rules": []}));
}

#[tokio::test]
async fn a_service_in_shadow_mode_computes_and_records_and_shows_nothing() {
    let app = TestApp::start_with(|settings| {
        settings.shadow_services = "spinemet-order-sign".to_owned().try_into().unwrap();
    })
    .await;
    let draft = prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25"));
    let beside = [planned("op", "spinal fixation", "2026-12-05")];
    assert_eq!(sign(&app, 1, &[draft], &beside).await, Vec::<Value>::new());
    assert_eq!(explanation(&app, 1).await["statements"][0]["fate"]["code"], "shadow");
    let (_, report) = get(&app, &format!("{SIGN}/feedback")).await;
    assert_eq!((&report["rules"][0]["shadow"], &report["rules"][0]["shown"]), (&json!(1), &json!(0)));
}

/// What a call said is in the writer's queue before its answer leaves, and the writer empties its queue before it ends.
#[tokio::test]
async fn a_stop_right_after_the_answer_loses_nothing_of_what_was_said() {
    let draft = prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25"));
    let beside = [planned("op", "spinal fixation", "2026-12-05")];
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("kept.db");
    let app = TestApp::start_with(|settings| settings.database = database.clone().into()).await;
    for call in 1..=20 {
        assert_eq!(sign(&app, call, std::slice::from_ref(&draft), &beside).await.len(), 1);
    }
    app.begin_to_stop();
    app.stopped().await;
    let app = TestApp::start_with(|settings| settings.database = database.into()).await;
    let (_, report) = get(&app, &format!("{SIGN}/feedback")).await;
    assert_eq!(report["rules"][0]["shown"], 20, "{report}");
}

#[tokio::test]
async fn what_cards_said_is_forgotten_with_age() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("cards.db");
    let app = TestApp::start_with(|settings| settings.database = database.clone().into()).await;
    let draft = prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25"));
    let beside = [planned("op", "spinal fixation", "2026-12-05")];
    let cards = sign(&app, 1, std::slice::from_ref(&draft), &beside).await;
    let feedback = json!({"feedback": [overridden(&cards[0], "2026-11-22T08:00:00Z")]});
    assert_eq!(post(&app, &format!("{SIGN}/feedback"), &feedback).await.0, 200);
    app.begin_to_stop();
    app.stopped().await;
    let store = spinemet::store::Store::open(&database).await.unwrap();
    let now = jiff::Timestamp::now();
    let day = jiff::SignedDuration::from_hours(24);
    assert_eq!(store.forget_cards((now - day).as_microsecond()).await.unwrap(), 0);
    let known = keys(&store).await;
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    assert_eq!(store.overridden("default", &known).await.unwrap().len(), 1);
    assert_eq!(store.forget_cards((now + day).as_microsecond()).await.unwrap(), 2);
    assert_eq!(keys(&store).await, Vec::<String>::new());
    assert_eq!(store.rule_counts("default", "spinemet-order-sign").await.unwrap(), []);
}

/// What the statements of the first call are recognised by.
async fn keys(store: &spinemet::store::Store) -> Vec<String> {
    let said = store.cards_of_call("default", "spinemet-order-sign", &instance(1)).await.unwrap();
    said.into_iter().map(|said| said.suppression_key).collect()
}

#[tokio::test]
async fn feedback_that_cannot_be_read_is_refused_as_a_whole() {
    let app = TestApp::start().await;
    let good = json!({"card": "4e0a3a1e-3283-4575-ab82-028d55fe2719", "outcome": "overridden", "outcomeTimestamp": "2020-12-11T00:00:00Z"});
    let changed = |member: &str, value: Value| {
        let mut entry = good.clone();
        entry[member] = value;
        json!({"feedback": [good, entry]})
    };
    let wrong = [
        json!({}),
        json!([]),
        json!({"feedback": []}),
        json!({"feedback": {}}),
        json!({"feedback": [1]}),
        changed("card", Value::Null),
        changed("card", json!("")),
        changed("outcome", json!("ignored")),
        changed("outcome", json!("accepted")),
        changed("outcomeTimestamp", json!("yesterday canary")),
        changed("outcomeTimestamp", Value::Null),
    ];
    for body in wrong {
        let (status, outcome) = post(&app, &format!("{SIGN}/feedback"), &body).await;
        assert_eq!((status, &outcome["resourceType"]), (400, &json!("OperationOutcome")), "{body}");
        assert!(!outcome.to_string().contains("canary"), "{outcome}");
    }
    assert_eq!(post(&app, "/cds-services/other/feedback", &json!({"feedback": [good]})).await.0, 404);
    assert_eq!(post(&app, &format!("{SIGN}/feedback"), &json!({"feedback": [good]})).await.0, 200);
}

#[tokio::test]
async fn published_feedback_is_taken() {
    let app = TestApp::start().await;
    let directory = format!("{}/../shared/reference/cds-hooks-examples", env!("CARGO_MANIFEST_DIR"));
    let Ok(files) = std::fs::read_dir(&directory) else {
        println!("SKIPPED: ../shared/reference/cds-hooks-examples is not there");
        return;
    };
    for path in
        files.map(|file| file.unwrap().path()).filter(|path| path.to_string_lossy().contains("feedback"))
    {
        let body: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(post(&app, &format!("{SIGN}/feedback"), &body).await.0, 200, "{}", path.display());
    }
}
