//! Subscriptions: an interface engine is told of every RiskAssessment, in the shape and of the part that it asked for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod subscriber;
mod support;

use serde_json::{Value, json};
use subscriber::{
    BACKPORT, TOPIC, assess, create, created, filtered, has_status, kind, notifications, numbered, said,
    start, subscription, told, until, willing,
};
use support::{assert_refused, json};
use wiremock::matchers::any;
use wiremock::{Mock, ResponseTemplate};

#[tokio::test]
async fn a_subscriber_is_greeted_and_told_of_every_assessment_in_order() {
    let server = willing().await;
    let app = start(&server).await;
    let before = assess(&app, "p0").await;
    let id = created(&app, &subscription(&server, "id-only")).await;
    has_status(&app, &id, "active").await;
    let mut expected = assess(&app, "p1").await;
    expected.extend(assess(&app, "p2").await);
    assert_eq!(told(&server, expected.len()).await, numbered(&expected), "and nothing of {before:?}");

    let received = server.received_requests().await.unwrap();
    assert!(received.iter().all(|request| {
        request.method.as_str() == "POST"
            && request.url.path() == "/hooks/a"
            && request.headers["authorization"] == "Bearer hush"
            && request.headers["content-type"] == "application/fhir+json"
    }));
    let greeting = &notifications(&server).await[0];
    assert_eq!(kind(greeting), "handshake");
    assert_eq!(greeting["type"], "history");
    assert_eq!(greeting["meta"]["profile"][0], format!("{BACKPORT}backport-subscription-notification-r4"));
    assert_eq!(greeting["entry"][0]["request"]["method"], "GET");
    assert_eq!(said(greeting, "events-since-subscription-start")[0]["valueString"], "0");
    assert_eq!(said(greeting, "topic")[0]["valueCanonical"], TOPIC);
    assert_eq!(
        said(greeting, "subscription")[0]["valueReference"]["reference"],
        app.url(&format!("/fhir/R4/Subscription/{id}"))
    );
    for notification in notifications(&server).await {
        assert_eq!(notification["entry"].as_array().unwrap().len(), 1, "ids alone");
    }
}

#[tokio::test]
async fn a_notification_holds_as_much_as_was_asked_for() {
    let server = willing().await;
    let app = start(&server).await;
    let full = created(&app, &subscription(&server, "full-resource")).await;
    has_status(&app, &full, "active").await;
    let expected = assess(&app, "p1").await;
    told(&server, expected.len()).await;
    let notification =
        notifications(&server).await.into_iter().find(|found| kind(found) == "event-notification").unwrap();
    let entries = notification["entry"].as_array().unwrap();
    assert_eq!(entries.len(), 1 + expected.len());
    let stored =
        json(app.get(&format!("/fhir/R4/RiskAssessment/{}", expected[0])).send().await.unwrap()).await;
    assert_eq!(entries[1]["resource"], stored);
    assert_eq!(entries[1]["request"]["method"], "POST");

    app.client.delete(app.url(&format!("/fhir/R4/Subscription/{full}"))).send().await.unwrap();
    server.reset().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let empty = created(&app, &subscription(&server, "empty")).await;
    has_status(&app, &empty, "active").await;
    let expected = assess(&app, "p2").await;
    let told = told(&server, expected.len()).await;
    assert!(told.iter().all(|(_, focus)| focus.is_empty()), "{told:?}");
}

#[tokio::test]
async fn a_subscriber_hears_only_of_what_its_filter_lets_through() {
    let server = willing().await;
    let app = start(&server).await;
    let query = "RiskAssessment?patient=Patient/p2&method=tomita-2001,guidance";
    let id = created(&app, &filtered(subscription(&server, "id-only"), query)).await;
    has_status(&app, &id, "active").await;
    assess(&app, "p1").await;
    let expected: Vec<String> = assess(&app, "p2")
        .await
        .into_iter()
        .filter(|id| id.ends_with("-tomita-2001") || id.ends_with("-guidance"))
        .collect();
    assert_eq!(told(&server, expected.len()).await, numbered(&expected));
    let read = json(app.get(&format!("/fhir/R4/Subscription/{id}")).send().await.unwrap()).await;
    let criteria = &read["_criteria"]["extension"][0]["valueString"];
    assert_eq!(criteria, "RiskAssessment?patient=Patient%2Fp2&method=tomita-2001%2Cguidance");
}

#[tokio::test]
async fn a_subscriber_can_ask_how_it_stands_and_what_happened() {
    let server = willing().await;
    let app = start(&server).await;
    let id = created(&app, &subscription(&server, "id-only")).await;
    has_status(&app, &id, "active").await;
    let expected = assess(&app, "p1").await;
    told(&server, expected.len()).await;
    let count = expected.len().to_string();
    let status = json(app.get(&format!("/fhir/R4/Subscription/{id}/$status")).send().await.unwrap()).await;
    assert_eq!(status["type"], "searchset");
    assert_eq!(kind(&status), "query-status");
    assert_eq!(said(&status, "events-since-subscription-start")[0]["valueString"], count);
    let asked = json(
        app.get(&format!(
            "/fhir/R4/Subscription/{id}/$events?eventsSinceNumber=2&eventsUntilNumber=3&content=full-resource"
        ))
        .send()
        .await
        .unwrap(),
    )
    .await;
    assert_eq!(kind(&asked), "query-event");
    assert_eq!(said(&asked, "notification-event").len(), 2);
    assert_eq!(asked["entry"][1]["resource"]["id"], expected[1]);
    for query in ["eventsSinceNumber=x", "content=all"] {
        assert_refused(
            app.get(&format!("/fhir/R4/Subscription/{id}/$events?{query}")).send().await.unwrap(),
            400,
        )
        .await;
    }
    let search = json(app.get("/fhir/R4/Subscription?status=active").send().await.unwrap()).await;
    assert_eq!((&search["total"], &search["entry"][0]["resource"]["id"]), (&json!(1), &json!(id)));
    assert_eq!(json(app.get("/fhir/R4/Subscription?status=error").send().await.unwrap()).await["total"], 0);
}

#[tokio::test]
async fn in_r5_it_has_the_shape_of_r5() {
    let server = willing().await;
    let app = start(&server).await;
    let asked = json!({
        "resourceType": "Subscription", "status": "requested", "topic": TOPIC,
        "channelType": { "system": "http://terminology.hl7.org/CodeSystem/subscription-channel-type", "code": "rest-hook" },
        "endpoint": format!("{}/hooks/r5", server.uri()), "content": "id-only", "contentType": "application/fhir+json",
        "parameter": [{ "name": "X-Key", "value": "hush" }], "maxCount": 2, "heartbeatPeriod": 1,
        "filterBy": [{ "filterParameter": "patient", "value": "Patient/p1" }],
    });
    let created = json(create(&app, "R5", &asked).await).await;
    assert_eq!((&created["topic"], &created["maxCount"]), (&json!(TOPIC), &json!(2)));
    assert_eq!(created["parameter"][0], json!({ "name": "X-Key", "value": "********" }));
    assess(&app, "p2").await;
    let expected = assess(&app, "p1").await;
    let received = until("events and a heartbeat", async || {
        let received = notifications(&server).await;
        let heartbeat =
            received.iter().any(|notification| notification["entry"][0]["resource"]["type"] == "heartbeat");
        (heartbeat && received.len() > expected.len() / 2 + 1).then_some(received)
    })
    .await;
    let mut focuses = Vec::new();
    for notification in &received {
        assert_eq!(notification["type"], "subscription-notification");
        let status = &notification["entry"][0]["resource"];
        assert_eq!(status["resourceType"], "SubscriptionStatus");
        let events = status["notificationEvent"].as_array().cloned().unwrap_or_default();
        assert!(events.len() <= 2);
        focuses.extend(events.iter().map(|event| {
            event["focus"]["reference"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
        }));
    }
    assert_eq!(focuses, expected);
}

#[tokio::test]
async fn two_versions_of_one_assessment_are_told_in_one_notification_of_each_release() {
    let server = willing().await;
    let app = start(&server).await;
    let id = created(&app, &subscription(&server, "full-resource")).await;
    has_status(&app, &id, "active").await;
    let assessed = assess(&app, "p1").await;
    let path = format!("/fhir/R4/RiskAssessment/{}/$withdraw", assessed[0]);
    assert_eq!(app.post(&path, "").send().await.unwrap().status(), 200);
    told(&server, assessed.len() + 1).await;
    for release in ["R4", "R4B", "R5"] {
        let path = format!("/fhir/{release}/Subscription/{id}/$events");
        let by_get = json(app.get(&path).send().await.unwrap()).await;
        let entries = by_get["entry"].as_array().unwrap();
        let of_first = entries.iter().filter(|entry| entry["resource"]["id"] == assessed[0].as_str());
        let versions: Vec<&Value> = of_first.map(|entry| &entry["resource"]["meta"]["versionId"]).collect();
        assert_eq!(versions, ["1", "2"], "{release}");
        let parameters = json!({ "resourceType": "Parameters", "parameter": [
            { "name": "eventsSinceNumber", "valueInteger64": "1" }, { "name": "eventsUntilNumber", "valueString": "1" },
        ] });
        let by_post = json(app.post(&path, parameters.to_string()).send().await.unwrap()).await;
        assert_eq!(by_post["entry"].as_array().map(Vec::len), Some(2), "{release}: the status and one event");
        assert_refused(app.post(&path, r#"{"resourceType":"Bundle"}"#).send().await.unwrap(), 400).await;
    }
}

#[tokio::test]
async fn a_subscription_of_r5_without_a_reason_says_in_r4_that_none_was_asked_for() {
    let server = willing().await;
    let app = start(&server).await;
    let asked = json!({
        "resourceType": "Subscription", "status": "requested", "topic": TOPIC,
        "channelType": { "system": "http://terminology.hl7.org/CodeSystem/subscription-channel-type", "code": "rest-hook" },
        "endpoint": format!("{}/hooks/r5", server.uri()), "content": "id-only",
    });
    let made = json(create(&app, "R5", &asked).await).await;
    let path = format!("/fhir/R4/Subscription/{}", made["id"].as_str().unwrap());
    let read = json(app.get(&path).send().await.unwrap()).await;
    assert_eq!(read.get("reason"), None);
    assert_eq!(read["_reason"]["extension"][0]["valueCode"], "not-asked");
}

#[tokio::test]
async fn a_search_is_paged_counted_and_leaves_nothing_out_in_silence() {
    let server = willing().await;
    let app = start(&server).await;
    for _ in 0..3 {
        created(&app, &subscription(&server, "empty")).await;
    }
    let search = async |query: &str| {
        json(app.get(&format!("/fhir/R4/Subscription{query}")).send().await.unwrap()).await
    };
    let page = search("?_count=2").await;
    assert_eq!((page["total"].as_u64(), page["entry"].as_array().map(Vec::len)), (Some(3), Some(2)));
    let next = page["link"].as_array().unwrap().iter().find(|link| link["relation"] == "next").unwrap();
    let rest = json(app.client.get(next["url"].as_str().unwrap()).send().await.unwrap()).await;
    assert_eq!(rest["entry"].as_array().map(Vec::len), Some(1));
    let counted = search("?_count=0").await;
    assert_eq!((counted["total"].as_u64(), counted.get("entry")), (Some(3), None));
    let lenient = search("?colour=green").await;
    assert_eq!(lenient["entry"][3]["search"]["mode"], "outcome");
    for query in ["?status=", "?_count=many"] {
        assert_refused(app.get(&format!("/fhir/R4/Subscription{query}")).send().await.unwrap(), 400).await;
    }
    let strict = app.get("/fhir/R4/Subscription?colour=green").header("Prefer", "handling=strict");
    assert_refused(strict.send().await.unwrap(), 400).await;
}

#[tokio::test]
async fn only_listed_endpoints_are_called_and_what_is_not_served_is_refused_with_its_place() {
    let server = willing().await;
    let app = start(&server).await;
    let good = subscription(&server, "id-only");
    let with = |pointer: &str, value: Value| {
        let mut changed = good.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed
    };
    let elsewhere = format!("{}/other", server.uri());
    for (wrong, place) in [
        (with("/channel/endpoint", json!(elsewhere)), "Subscription.channel.endpoint"),
        (with("/channel/endpoint", json!("http://169.254.169.254/hooks/a")), "Subscription.channel.endpoint"),
        (
            with("/channel/endpoint", json!(format!("{}/hooks/../a", server.uri()))),
            "Subscription.channel.endpoint",
        ),
        (with("/channel/type", json!("email")), "Subscription.channel"),
        (with("/channel/payload", json!("application/fhir+xml")), "Subscription.channel"),
        (with("/channel/header", json!(["Host: evil.example"])), "Subscription.channel.header[0]"),
        (with("/channel/header", json!(["X: a\r\nY: b"])), "Subscription.channel.header[0]"),
        (with("/channel/header", json!([1])), "Subscription.channel.header[0]"),
        (with("/criteria", json!("RiskAssessment?patient=1")), "Subscription"),
        (with("/reason", json!(1)), "Subscription.reason"),
        (with("/channel", json!([])), "Subscription.channel"),
        (filtered(good.clone(), "Observation?code=1"), "Subscription"),
        (filtered(good.clone(), "RiskAssessment?patient="), "Subscription"),
        (filtered(good.clone(), "RiskAssessment?status=final"), "Subscription"),
        (json!({ "resourceType": "Patient" }), "Subscription"),
        (json!([]), "Subscription"),
    ] {
        let outcome = assert_refused(create(&app, "R4", &wrong).await, 422).await;
        let places: Vec<&str> = outcome["issue"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|issue| issue["expression"][0].as_str())
            .collect();
        assert!(places.contains(&place), "{place}: {outcome}");
        assert!(!outcome.to_string().contains("hush"));
    }
    assert_refused(app.get("/fhir/R4/Subscription/none").send().await.unwrap(), 404).await;
    assert_eq!(json(app.get("/fhir/R4/Subscription").send().await.unwrap()).await["total"], 0);
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_secret_is_shown_to_nobody_and_does_not_follow_to_another_place() {
    let server = willing().await;
    let app = start(&server).await;
    let id = created(&app, &subscription(&server, "id-only")).await;
    has_status(&app, &id, "active").await;
    let path_of = format!("/fhir/R4/Subscription/{id}");
    let mut read = json(app.get(&path_of).send().await.unwrap()).await;
    assert!(!read.to_string().contains("hush"), "{read}");
    let put = async |body: &Value| {
        let request = app.client.put(app.url(&path_of)).header("Content-Type", support::FHIR_JSON);
        request.body(body.to_string()).send().await.unwrap()
    };
    assert_eq!(put(&read).await.status(), 200, "as it was read");
    has_status(&app, &id, "active").await;
    assert!(
        server
            .received_requests()
            .await
            .unwrap()
            .iter()
            .all(|request| request.headers["authorization"] == "Bearer hush")
    );
    read["channel"]["endpoint"] = json!(format!("{}/hooks/b", server.uri()));
    assert_refused(put(&read).await, 422).await;
    read["id"] = json!("other");
    assert_refused(put(&read).await, 400).await;
}

#[tokio::test]
async fn in_r4b_it_is_asked_for_as_in_r4_and_told_with_a_subscription_status() {
    let server = willing().await;
    let app = start(&server).await;
    let response = create(&app, "R4B", &subscription(&server, "full-resource")).await;
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["etag"], "W/\"1\"");
    let made = json(response).await;
    let id = made["id"].as_str().unwrap();
    assert_eq!(made["criteria"], TOPIC);
    has_status(&app, id, "active").await;
    let expected = assess(&app, "p1").await;
    let received = until("every event", async || {
        let received = notifications(&server).await;
        let told: usize = received
            .iter()
            .map(|received| {
                received["entry"][0]["resource"]["notificationEvent"].as_array().map_or(0, Vec::len)
            })
            .sum();
        (told == expected.len()).then_some(received)
    })
    .await;
    let mut told = Vec::new();
    for notification in &received {
        assert_eq!(notification["type"], "history");
        assert_eq!(
            notification["meta"]["profile"][0],
            format!("{BACKPORT}backport-subscription-notification")
        );
        assert_eq!(notification["entry"][0]["resource"]["resourceType"], "SubscriptionStatus");
        let status = &notification["entry"][0]["resource"];
        let base = app.url("/fhir/R4B");
        assert_eq!(status["subscription"]["reference"], format!("{base}/Subscription/{id}"));
        for (event, entry) in status["notificationEvent"]
            .as_array()
            .into_iter()
            .flatten()
            .zip(notification["entry"].as_array().unwrap().iter().skip(1))
        {
            assert_eq!(event["focus"]["reference"], entry["fullUrl"]);
            let path = format!("/fhir/R4B/RiskAssessment/{}", entry["resource"]["id"].as_str().unwrap());
            assert_eq!(entry["resource"], json(app.get(&path).send().await.unwrap()).await);
            told.push(entry["resource"]["id"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(told, expected);
    let read = json(app.get(&format!("/fhir/R4B/Subscription/{id}/$status")).send().await.unwrap()).await;
    assert_eq!(read["entry"][0]["resource"]["resourceType"], "SubscriptionStatus");
}

#[tokio::test]
async fn a_subscription_that_is_asked_for_twice_under_one_key_is_made_once() {
    let server = willing().await;
    let app = start(&server).await;
    let asked = subscription(&server, "id-only");
    let ask = |release: &str, asked: &Value, key: &'static str| {
        let path = format!("/fhir/{release}/Subscription");
        app.post(&path, asked.to_string()).header("Idempotency-Key", key).send()
    };
    let first = ask("R4", &asked, "k1").await.unwrap();
    assert_eq!(first.status(), 201);
    let headers = ["location", "etag", "content-type"].map(|name| first.headers()[name].clone());
    let first = first.text().await.unwrap();
    let id = serde_json::from_str::<Value>(&first).unwrap()["id"].as_str().unwrap().to_owned();
    assert_eq!(headers[0], app.url(&format!("/fhir/R4/Subscription/{id}/_history/1")));
    has_status(&app, &id, "active").await;
    let again = ask("R4", &asked, "k1").await.unwrap();
    assert_eq!(
        (again.status().as_u16(), &again.headers()["idempotent-replayed"]),
        (201, &"true".parse().unwrap())
    );
    assert_eq!(["location", "etag", "content-type"].map(|name| again.headers()[name].clone()), headers);
    assert_eq!(again.text().await.unwrap(), first, "as it was answered, whatever became of it");
    assert_refused(ask("R4", &filtered(asked.clone(), "RiskAssessment?patient=p"), "k1").await.unwrap(), 422)
        .await;
    assert_refused(ask("R5", &asked, "k1").await.unwrap(), 422).await;

    // The process may have ended before the answer was kept: it is still the same one.
    let database = sqlx::sqlite::SqliteConnectOptions::new().filename(&app.database);
    let pool = sqlx::SqlitePool::connect_with(database).await.unwrap();
    sqlx::query("DELETE FROM idempotency").execute(&pool).await.unwrap();
    let once_more = json(ask("R4", &asked, "k1").await.unwrap()).await;
    assert_eq!(once_more["id"], id.as_str());
    let all = async || json(app.get("/fhir/R4/Subscription").send().await.unwrap()).await["total"].clone();
    assert_eq!(all().await, 1);
    assert_eq!(ask("R4", &asked, "k2").await.unwrap().status(), 201);
    assert_eq!(all().await, 2, "under another key it is another one");
}
