//! Two replicas of the service on one database keep together what one promises alone: on SQLite, where two processes share
//! a file, and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod databases;
mod subscriber;
mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use databases::TestDatabase;
use reqwest::Response;
use serde_json::{Value, json};
use subscriber::{allow, created, events, has_status, kind, notifications, subscription, told};
use support::{TestApp, assert_refused, bundle, ids, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

on_both_databases!(
    an_export_that_one_was_asked_for_is_given_by_the_other,
    the_same_request_to_both_at_once_gets_the_same_bytes_and_is_stored_once,
    a_key_that_was_used_at_one_is_known_to_the_other,
    of_two_who_withdraw_the_same_version_one_is_first,
    what_either_stores_is_told_once_and_in_order,
);

async fn replicas(database: &TestDatabase) -> [TestApp; 2] {
    let start = || TestApp::start_with(|settings| settings.database = database.location());
    [start().await, start().await]
}

/// A path at the replica, of a URL that the other gave.
fn path(url: &str) -> String {
    url[url.find("/fhir/").unwrap()..].to_owned()
}

async fn an_export_that_one_was_asked_for_is_given_by_the_other(database: &TestDatabase) {
    let [one, other] = replicas(database).await;
    let stored: BTreeSet<String> =
        ids(&json(one.assess(bundle().to_string()).await).await).into_iter().collect();
    let kicked = one.get("/fhir/R4/$export?_type=RiskAssessment").header("Prefer", "respond-async");
    let kicked = kicked.send().await.unwrap();
    assert_eq!(kicked.status(), 202);
    let status = path(kicked.headers()["content-location"].to_str().unwrap());
    // What is stored meanwhile, by whomever, is not in it.
    other.assess(bundle().to_string().replace("p1", "later")).await;
    let manifest = loop {
        let response = other.get(&status).send().await.unwrap();
        if response.status() == 200 {
            break json(response).await;
        }
        assert_eq!(response.status(), 202);
        tokio::time::sleep(Duration::from_millis(1050)).await;
    };
    for replica in [&one, &other] {
        let file = path(manifest["output"][0]["url"].as_str().unwrap());
        let lines = replica.get(&file).send().await.unwrap().text().await.unwrap();
        let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
        assert_eq!(lines.lines().map(id).collect::<BTreeSet<_>>(), stored);
    }
    assert_eq!(other.client.delete(other.url(&status)).send().await.unwrap().status(), 202);
    assert_refused(one.get(&status).send().await.unwrap(), 404).await;
}

async fn the_same_request_to_both_at_once_gets_the_same_bytes_and_is_stored_once(database: &TestDatabase) {
    let [one, other] = replicas(database).await;
    // Each replica writes its own address into the Bundle.
    let ask = async |replica: &TestApp| {
        let answer = replica.assess(bundle().to_string()).await.text().await.unwrap();
        answer.replace(&replica.url(""), "")
    };
    let (a, b, c, d) = tokio::join!(ask(&one), ask(&other), ask(&one), ask(&other));
    let answers = BTreeSet::from([a, b, c, d]);
    assert_eq!(answers.len(), 1);
    let answer: Value = serde_json::from_str(answers.first().unwrap()).unwrap();
    let total = json(other.get("/fhir/R4/RiskAssessment?_summary=count").send().await.unwrap()).await;
    assert_eq!(total["total"], ids(&answer).len());
}

async fn a_key_that_was_used_at_one_is_known_to_the_other(database: &TestDatabase) {
    let [one, other] = replicas(database).await;
    let ask = async |replica: &TestApp, body: String| -> Response {
        replica.post("/fhir/R4/$assess", body).header("Idempotency-Key", "k").send().await.unwrap()
    };
    let first = ask(&one, bundle().to_string()).await;
    assert_eq!((first.status().as_u16(), first.headers().contains_key("idempotent-replayed")), (200, false));
    let first = first.bytes().await.unwrap();
    let again = ask(&other, bundle().to_string()).await;
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(again.bytes().await.unwrap(), first);
    assert_refused(ask(&other, bundle().to_string().replace("p1", "p2")).await, 422).await;
}

async fn of_two_who_withdraw_the_same_version_one_is_first(database: &TestDatabase) {
    let [one, other] = replicas(database).await;
    let id = ids(&json(one.assess(bundle().to_string()).await).await).remove(0);
    let path = format!("/fhir/R4/RiskAssessment/{id}");
    let withdraw = |replica: &TestApp, reason: &str| {
        let body =
            json!({"resourceType": "Parameters", "parameter": [{"name": "reason", "valueString": reason}]});
        let request = replica.post(&format!("{path}/$withdraw"), body.to_string());
        request.header("If-Match", "W/\"1\"").send()
    };
    let (first, second) = tokio::join!(withdraw(&one, "of one"), withdraw(&other, "of the other"));
    let mut statuses = [first.unwrap().status().as_u16(), second.unwrap().status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let history = json(other.get(&format!("{path}/_history")).send().await.unwrap()).await;
    assert_eq!(history["total"], 2);
}

async fn what_either_stores_is_told_once_and_in_order(database: &TestDatabase) {
    let endpoint = MockServer::start().await;
    let slowly = ResponseTemplate::new(200).set_delay(Duration::from_millis(100));
    Mock::given(any()).respond_with(slowly).mount(&endpoint).await;
    let start = || {
        TestApp::start_with(|settings| {
            settings.database = database.location();
            allow(settings, &endpoint.uri());
        })
    };
    let replicas = [start().await, start().await];
    let id = created(&replicas[0], &subscription(&endpoint, "id-only")).await;
    has_status(&replicas[1], &id, "active").await;
    let mut count = 0;
    for number in 0..6 {
        let body = bundle().to_string().replace("p1", &format!("p{number}"));
        count += ids(&json(replicas[number % 2].assess(body).await).await).len();
    }
    let numbers: Vec<usize> =
        told(&endpoint, count).await.iter().map(|(number, _)| number.parse().unwrap()).collect();
    assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let received = notifications(&endpoint).await;
    assert_eq!(events(&received).len(), count);
    assert_eq!(received.iter().filter(|found| kind(found) == "handshake").count(), 1);
}
