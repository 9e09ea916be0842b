//! A hospital's interface reads, searches, pages and follows what is stored, in every FHIR release from one store.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod databases;
mod searching;
mod support;

use databases::TestDatabase;
use searching::{assess, bundle_of, entries, found, link, path, search};
use serde_json::{Value, json};
use spinemet::settings::{Milliseconds, SearchHandling};
use support::{TestApp, assert_refused, bundle, json};

#[tokio::test]
async fn a_search_finds_what_was_assessed_in_every_release() {
    let app = TestApp::start().await;
    let expected = assess(&app, &["p1", "p2"]).await;
    for release in ["R4", "R4B", "R5"] {
        let bundle = search(&app, &format!("/fhir/{release}/RiskAssessment?patient=p2")).await;
        assert_eq!(bundle["type"], "searchset");
        assert_eq!(bundle["total"], expected.len());
        assert_eq!(found(&bundle), expected);
        let first = &bundle["entry"][0];
        let url = app.url(&format!("/fhir/{release}/RiskAssessment/{}", expected[0]));
        assert_eq!(first["fullUrl"], url);
        assert_eq!(first["resource"]["meta"].get("profile").is_some(), release == "R4");
        assert_eq!(first["resource"], json(app.client.get(&url).send().await.unwrap()).await);
        let own = link(&bundle, "self").unwrap();
        assert_eq!(own, app.url(&format!("/fhir/{release}/RiskAssessment?patient=p2")));
        assert_eq!(link(&bundle, "next"), None);
    }
}

#[tokio::test]
async fn get_and_post_find_the_same() {
    let app = TestApp::start().await;
    assess(&app, &["p1", "p2"]).await;
    let by_get = search(&app, "/fhir/R4/RiskAssessment?subject=Patient/p2&method=tomita-2001,guidance").await;
    let post = |body: &'static str, query: &str| {
        app.client
            .post(app.url(&format!("/fhir/R4/RiskAssessment/_search{query}")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
    };
    let whole = json(post("subject=Patient%2Fp2&method=tomita-2001%2Cguidance", "").await.unwrap()).await;
    let split = json(post("method=tomita-2001,guidance", "?subject=Patient/p2").await.unwrap()).await;
    assert!(!found(&by_get).is_empty());
    assert_eq!(found(&by_get), found(&whole));
    assert_eq!(found(&by_get), found(&split));
    let request = app.post("/fhir/R4/RiskAssessment/_search", "{}");
    assert_refused(request.send().await.unwrap(), 415).await;
}

#[tokio::test]
async fn a_patient_is_found_by_the_hospitals_identifier() {
    let app = TestApp::start().await;
    let expected = assess(&app, &["p1", "p2"]).await;
    for query in [
        "subject:identifier=urn:mrn|MRN-p2",
        "patient:identifier=MRN-p2",
        "subject.identifier=urn:mrn%7CMRN-p2",
        "patient.identifier=urn:mrn|MRN-p2,urn:mrn|nobody",
    ] {
        assert_eq!(
            found(&search(&app, &format!("/fhir/R4/RiskAssessment?{query}")).await),
            expected,
            "{query}"
        );
    }
    let none = search(&app, "/fhir/R4/RiskAssessment?subject:identifier=urn:other|MRN-p2").await;
    assert_eq!(none["total"], 0);
    assert_eq!(none.get("entry"), None);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_named_and_what_is_not_known_is_said() {
    let app = TestApp::start().await;
    assess(&app, &["p1"]).await;
    for (query, parameter) in [
        ("date=yesterday", "date"),
        ("date=gt", "date"),
        ("_lastUpdated=ge2026-13", "_lastUpdated"),
        ("_count=many", "_count"),
        ("_count=-1", "_count"),
        ("_summary=little", "_summary"),
        ("_total=perhaps", "_total"),
        ("_elements=a.b", "_elements"),
        ("probability=likely", "probability"),
        ("method:above=x", "method:above"),
        ("subject:Device=x", "subject:Device"),
        ("identifier:missing=perhaps", "identifier:missing"),
        ("patient=", "patient"),
        ("method=a,,b", "method"),
        ("_page=invented", "_page"),
    ] {
        let response = app.get(&format!("/fhir/R4/RiskAssessment?{query}")).send().await.unwrap();
        let outcome = assert_refused(response, 400).await;
        let details = outcome["issue"][0]["details"]["text"].as_str().unwrap();
        assert!(details.contains(parameter), "{query}: {details}");
    }

    let all = search(&app, "/fhir/R4/RiskAssessment").await;
    let lenient = search(&app, "/fhir/R4/RiskAssessment?_totalMethod=count&patient=p1&_sort=secret").await;
    assert_eq!(found(&lenient), found(&all));
    assert_eq!(link(&lenient, "self").unwrap(), app.url("/fhir/R4/RiskAssessment?patient=p1"));
    let outcome = entries(&lenient, "outcome")[0].to_string();
    assert!(outcome.contains("_totalMethod") && outcome.contains("_sort") && !outcome.contains("secret"));
    assert_eq!(lenient["total"], all["total"], "an outcome is no match");

    let strict =
        app.get("/fhir/R4/RiskAssessment?colour=red").header("Prefer", "handling=strict").send().await;
    let outcome = assert_refused(strict.unwrap(), 400).await.to_string();
    assert!(outcome.contains("colour") && !outcome.contains("red"), "{outcome}");

    let app = TestApp::start_with(|settings| settings.search_handling = SearchHandling::Strict).await;
    assert_refused(app.get("/fhir/R4/RiskAssessment?colour=red").send().await.unwrap(), 400).await;
    let lenient =
        app.get("/fhir/R4/RiskAssessment?colour=red").header("Prefer", "handling=lenient").send().await;
    assert_eq!(lenient.unwrap().status(), 200);
}

#[tokio::test]
async fn a_part_of_a_resource_says_that_it_is_one() {
    let app = TestApp::start().await;
    let all = assess(&app, &["p1"]).await;
    let keys = |bundle: &Value| {
        let first = entries(bundle, "match")[0].as_object().unwrap().clone();
        let tag = first["meta"]["tag"][0]["code"].clone();
        (first.keys().cloned().collect::<Vec<_>>(), tag)
    };
    let cases = [
        ("_elements=method", vec!["id", "meta", "method", "resourceType", "status", "subject"]),
        (
            "_summary=true",
            vec!["code", "id", "meta", "method", "occurrenceDateTime", "resourceType", "status", "subject"],
        ),
        ("_summary=text", vec!["id", "meta", "resourceType", "status", "subject", "text"]),
    ];
    for (query, expected) in cases {
        let (mut names, tag) = keys(&search(&app, &format!("/fhir/R4/RiskAssessment?{query}")).await);
        names.sort();
        assert_eq!(
            (names, tag),
            (expected.iter().map(|name| (*name).to_owned()).collect(), json!("SUBSETTED"))
        );
    }
    let (names, _) = keys(&search(&app, "/fhir/R4/RiskAssessment?_summary=data").await);
    assert!(!names.contains(&"text".to_owned()) && names.contains(&"contained".to_owned()));
    let basis = search(&app, "/fhir/R4/RiskAssessment?_elements=basis&method=tomita-2001").await;
    assert!(keys(&basis).0.contains(&"contained".to_owned()), "what it refers to inside is there");
    for query in ["_summary=count", "_count=0"] {
        let counted = search(&app, &format!("/fhir/R4/RiskAssessment?{query}")).await;
        assert_eq!((counted["total"].as_u64(), counted.get("entry")), (Some(all.len() as u64), None));
    }
    let uncounted = search(&app, "/fhir/R4/RiskAssessment?_total=none").await;
    assert_eq!(uncounted.get("total"), None);
}

#[tokio::test]
async fn pages_are_followed_to_the_end_also_on_another_replica_and_see_nothing_new() {
    for database in [Some(TestDatabase::sqlite()), TestDatabase::postgres().await].into_iter().flatten() {
        let location = database.location();
        let app = TestApp::start_with(|settings| settings.database = location.clone()).await;
        let replica = TestApp::start_with(|settings| settings.database = location).await;
        assess(&app, &["patient-one", "p2", "p3"]).await;
        for sort in ["", "&_sort=-_lastUpdated", "&_sort=_id", "&_sort=-date"] {
            let all = search(&app, &format!("/fhir/R4/RiskAssessment?_count=1000{sort}")).await;
            let mut bundle =
                search(&app, &format!("/fhir/R4/RiskAssessment?_count=4{sort}&_format=json")).await;
            let mut seen = found(&bundle);
            let mut page = 0;
            while let Some(next) = link(&bundle, "next") {
                assert!(next.ends_with("&_format=json"), "{next}");
                assert!(!next.contains("patient-one"), "a link tells nothing");
                let app = if page % 2 == 0 { &replica } else { &app };
                if page == 0 {
                    assess(app, &[&format!("later{}", sort.replace(['&', '=', '_'], ""))]).await;
                }
                let next = path(next).to_owned();
                bundle = search(app, &next).await;
                assert_eq!(bundle["total"], all["total"]);
                assert_eq!(link(&bundle, "self").map(path), Some(next.as_str()));
                seen.extend(found(&bundle));
                page += 1;
            }
            assert!(page > 2);
            assert_eq!(seen, found(&all), "{sort}");
        }
    }
}

#[tokio::test]
async fn a_link_that_is_old_or_for_elsewhere_is_refused() {
    let app = TestApp::start_with(|settings| {
        settings.page_link_lifetime_milliseconds = Milliseconds::new(1);
    })
    .await;
    assess(&app, &["p1"]).await;
    let bundle = search(&app, "/fhir/R4/RiskAssessment?_count=1").await;
    let next = path(link(&bundle, "next").unwrap()).to_owned();
    assert_eq!(app.get(&next).send().await.unwrap().status(), 200, "a second is the least");
    let elsewhere = next.replace("/R4/", "/R5/");
    assert_refused(app.get(&elsewhere).send().await.unwrap(), 400).await;
    let forged = format!("{}A", &next[..next.len() - 1]);
    let is_same = forged == next;
    assert_refused(app.get(&if is_same { format!("{next}B") } else { forged }).send().await.unwrap(), 400)
        .await;
    tokio::time::sleep(std::time::Duration::from_millis(2100)).await;
    let outcome = assert_refused(app.get(&next).send().await.unwrap(), 410).await;
    assert_eq!(outcome["issue"][0]["code"], "expired");
}

#[tokio::test]
async fn what_the_client_has_already_is_not_sent_again() {
    let app = TestApp::start().await;
    let id = assess(&app, &["p1"]).await.remove(0);
    for path in [format!("/fhir/R4/RiskAssessment/{id}"), format!("/fhir/R4/RiskAssessment/{id}/_history/1")]
    {
        let first = app.get(&path).send().await.unwrap();
        assert_eq!((first.status().as_u16(), &first.headers()["etag"]), (200, &"W/\"1\"".parse().unwrap()));
        let modified = first.headers()["last-modified"].clone();
        let cases = [
            ("If-None-Match", "W/\"1\"", 304),
            ("If-None-Match", "W/\"7\", W/\"1\"", 304),
            ("If-None-Match", "W/\"2\"", 200),
            ("If-Modified-Since", modified.to_str().unwrap(), 304),
            ("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT", 200),
            ("If-Modified-Since", "yesterday", 200),
        ];
        for (name, value, status) in cases {
            let response = app.get(&path).header(name, value).send().await.unwrap();
            assert_eq!(response.status(), status, "{name}: {value}");
            assert_eq!(response.headers()["etag"], "W/\"1\"");
            assert_eq!(response.bytes().await.unwrap().is_empty(), status == 304);
        }
        let head = app.client.head(app.url(&path)).send().await.unwrap();
        assert_eq!((head.status().as_u16(), head.headers().contains_key("etag")), (200, true));
        assert!(head.bytes().await.unwrap().is_empty());
    }
    for path in ["RiskAssessment/none", "RiskAssessment/none/_history", "RiskAssessment/none/_history/1"] {
        assert_refused(app.get(&format!("/fhir/R4/{path}")).send().await.unwrap(), 404).await;
    }
    for version in ["2", "0", "x", "99999999999"] {
        let path = format!("/fhir/R4/RiskAssessment/{id}/_history/{version}");
        assert_refused(app.get(&path).send().await.unwrap(), 404).await;
    }
}

#[tokio::test]
async fn methods_that_a_path_does_not_have_are_told_the_right_ones() {
    let app = TestApp::start().await;
    for (path, allowed) in [
        ("RiskAssessment", "GET, HEAD"),
        ("RiskAssessment/_search", "POST"),
        ("RiskAssessment/_history", "GET, HEAD"),
        ("RiskAssessment/x", "GET, HEAD"),
        ("RiskAssessment/x/_history", "GET, HEAD"),
        ("RiskAssessment/x/_history/1", "GET, HEAD"),
        ("RiskAssessment/x/$withdraw", "POST"),
    ] {
        let url = app.url(&format!("/fhir/R4/{path}"));
        for method in [reqwest::Method::PUT, reqwest::Method::DELETE, reqwest::Method::PATCH] {
            let response = app.client.request(method, &url).send().await.unwrap();
            assert_eq!(response.headers()["allow"], allowed, "{path}");
            assert_refused(response, 405).await;
        }
        let xml = app
            .get(&format!("/fhir/R4/{path}"))
            .header("Accept", "application/fhir+xml")
            .send()
            .await
            .unwrap();
        assert_eq!(xml.status(), if allowed == "POST" { 405 } else { 406 }, "{path}");
    }
}

#[tokio::test]
async fn an_assessment_with_other_facts_names_the_one_before_it_and_the_same_facts_the_same_bytes() {
    let app = TestApp::start().await;
    let ask = async |bundle: &Value, day: &str| {
        let path = format!("/fhir/R4/$assess?asOf={day}T10:00:00Z");
        app.post(&path, bundle.to_string()).send().await.unwrap().bytes().await.unwrap()
    };
    let sins = |answer: &[u8]| {
        let answer: Value = serde_json::from_slice(answer).unwrap();
        let entries = answer["entry"].as_array().unwrap().clone();
        let is_guidance =
            |entry: &&Value| entry["resource"]["id"].as_str().is_some_and(|id| id.ends_with("guidance"));
        entries.iter().find(is_guidance).unwrap()["resource"].clone()
    };
    let mut bundle = bundle();
    let first = ask(&bundle, "2026-05-03").await;
    assert_eq!(sins(&first).get("parent"), None);
    bundle["entry"][3]["resource"]["valueInteger"] = json!(40);
    let second = ask(&bundle, "2026-05-04").await;
    let parent = format!("RiskAssessment/{}", sins(&first)["id"].as_str().unwrap());
    assert_eq!(sins(&second)["parent"]["reference"], parent);
    // Asked again, also after others: the bytes that were given first.
    assert_eq!(ask(&bundle, "2026-05-05").await, second);
    bundle["entry"][3]["resource"]["valueInteger"] = json!(80);
    assert_eq!(ask(&bundle, "2026-05-05").await, first);
}

#[tokio::test]
async fn a_withdrawn_assessment_says_so_everywhere_and_keeps_its_history() {
    let app = TestApp::start().await;
    let id = assess(&app, &["p1"]).await.into_iter().find(|id| id.contains("sins")).unwrap();
    let path = format!("/fhir/R4/RiskAssessment/{id}");
    let before = json(app.get(&path).send().await.unwrap()).await;
    let withdraw = |tag: &'static str, body: String| {
        app.post(&format!("{path}/$withdraw"), body).header("If-Match", tag).send()
    };
    assert_refused(withdraw("W/\"2\"", String::new()).await.unwrap(), 412).await;
    assert_refused(withdraw("W/\"1\"", "{}".to_owned()).await.unwrap(), 400).await;
    let reason = json!({"resourceType": "Parameters", "parameter": [
        {"name": "reason", "valueString": "The CT was <another> patient's."},
    ]});
    let response = withdraw("W/\"1\"", reason.to_string()).await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["etag"]), (200, &"W/\"2\"".parse().unwrap()));
    let after = json(response).await;
    assert_eq!(after["status"], "entered-in-error");
    assert_eq!(after["contained"][0]["status"], "entered-in-error");
    let narrative = after["text"]["div"].as_str().unwrap();
    assert!(narrative.contains("Withdrawn") && narrative.contains("&lt;another&gt;"), "{narrative}");
    assert!(after["note"][0]["text"].as_str().unwrap().contains("<another>"));
    assert_eq!(json(app.get(&path).send().await.unwrap()).await, after);
    assert_eq!(json(app.get(&format!("{path}/_history/1")).send().await.unwrap()).await, before);
    // Once is enough, and the version is then another.
    assert_eq!(withdraw("W/\"2\"", String::new()).await.unwrap().headers()["etag"], "W/\"2\"");
    assert_refused(withdraw("W/\"1\"", String::new()).await.unwrap(), 412).await;

    let history = search(&app, &format!("{path}/_history")).await;
    assert_eq!((history["type"].as_str(), history["total"].as_u64()), (Some("history"), Some(2)));
    assert_eq!(history["entry"][0]["request"]["method"], "PUT");
    assert_eq!(history["entry"][1]["request"], json!({"method": "POST", "url": "RiskAssessment"}));
    assert_eq!(history["entry"][1]["response"]["etag"], "W/\"1\"");
    let withdrawn = search(&app, "/fhir/R4/RiskAssessment?status=entered-in-error").await;
    assert_eq!(found(&withdrawn), [id.as_str()]);
    let others = search(&app, "/fhir/R4/RiskAssessment?status:not=entered-in-error").await;
    assert!(!found(&others).contains(&id));
    // The same facts: the same assessment, which is withdrawn.
    let again =
        app.post("/fhir/R4/$assess?asOf=2026-05-03T10:00:00Z", bundle_of("p1").to_string()).send().await;
    let again = json(again.unwrap()).await;
    let entries = again["entry"].as_array().unwrap();
    let same = entries.iter().find(|entry| entry["resource"]["id"] == id.as_str()).unwrap();
    assert_eq!(same["resource"], after);
    for missing in ["RiskAssessment/none/$withdraw", "Provenance/none/$withdraw"] {
        assert_refused(app.post(&format!("/fhir/R4/{missing}"), "").send().await.unwrap(), 404).await;
    }
}

#[tokio::test]
async fn the_history_of_the_type_is_followed_since_an_instant() {
    let app = TestApp::start().await;
    assess(&app, &["p1"]).await;
    let all = search(&app, "/fhir/R4/RiskAssessment/_history?_count=3").await;
    let latest = all["entry"][0]["resource"]["meta"]["lastUpdated"].as_str().unwrap().to_owned();
    let ids = assess(&app, &["p2"]).await;
    let since = search(&app, &format!("/fhir/R4/RiskAssessment/_history?_since={latest}")).await;
    // The instant itself is in it.
    assert_eq!(since["total"], ids.len() + 1);
    let mut seen = 0;
    let mut page = all.clone();
    loop {
        seen += page["entry"].as_array().unwrap().len();
        let Some(next) = link(&page, "next") else { break };
        let next = path(next).to_owned();
        page = search(&app, &next).await;
    }
    assert_eq!(all["total"], seen, "what came later is not in it");
    for query in ["_since=yesterday", "_count=0", "_count=x"] {
        let response = app.get(&format!("/fhir/R4/RiskAssessment/_history?{query}")).send().await.unwrap();
        assert_refused(response, 400).await;
    }
    // What is not known: left out of the self link, or refused.
    let unknown = "/fhir/R4/RiskAssessment/_history?_at=2026&_count=3&_pretty=false";
    let lenient = search(&app, unknown).await;
    assert_eq!(
        link(&lenient, "self").map(path),
        Some("/fhir/R4/RiskAssessment/_history?_count=3&_pretty=false")
    );
    let strict = app.get(unknown).header("Prefer", "handling=strict").send().await.unwrap();
    let outcome = assert_refused(strict, 400).await.to_string();
    assert!(outcome.contains("_at"), "{outcome}");
}

#[tokio::test]
async fn answers_are_compressed_or_broken_into_lines_for_those_who_ask() {
    let app = TestApp::start().await;
    assess(&app, &["p1"]).await;
    let path = "/fhir/R4/RiskAssessment";
    let plain = app.get(path).send().await.unwrap();
    assert!(!plain.headers().contains_key("content-encoding"));
    let plain = plain.bytes().await.unwrap();
    for coding in ["gzip", "br", "zstd"] {
        let response = app.get(path).header("Accept-Encoding", coding).send().await.unwrap();
        assert_eq!(response.headers()["content-encoding"], coding);
        assert!(response.bytes().await.unwrap().len() < plain.len() / 2, "{coding}");
    }
    let pretty = app.get(&format!("{path}?_pretty=true")).send().await.unwrap().bytes().await.unwrap();
    assert!(pretty.starts_with(b"{\n  \"resourceType\": \"Bundle\""));
    assert!(!plain.contains(&b'\n'));
    let mut lines: Value = serde_json::from_slice(&pretty).unwrap();
    let plain: Value = serde_json::from_slice(&plain).unwrap();
    assert!(lines["link"][0]["url"].as_str().unwrap().ends_with("?_pretty=true"));
    lines["link"] = plain["link"].clone();
    assert_eq!(lines, plain);
}

#[tokio::test]
async fn an_age_that_the_operator_chose_purges_and_leaves_a_tombstone() {
    let app = TestApp::start().await;
    let id = assess(&app, &["p1"]).await.remove(0);
    let store = spinemet::store::Store::open(&app.database).await.unwrap();
    store.purge("default", "RiskAssessment", jiff::Timestamp::now()).await.unwrap();
    let path = format!("/fhir/R4/RiskAssessment/{id}");
    for path in [path.clone(), format!("{path}/_history/1"), format!("{path}/_history/2")] {
        let outcome = assert_refused(app.get(&path).send().await.unwrap(), 410).await;
        assert_eq!(outcome["issue"][0]["code"], "deleted");
    }
    assert_refused(app.get(&format!("{path}/_history/3")).send().await.unwrap(), 404).await;
    let history = search(&app, &format!("{path}/_history")).await;
    assert_eq!(history["total"], 1);
    assert_eq!(history["entry"][0]["request"]["method"], "DELETE");
    assert_eq!(history["entry"][0].get("resource"), None);
    assert_eq!(search(&app, "/fhir/R4/RiskAssessment").await["total"], 0);
    assert_refused(app.post(&format!("{path}/$withdraw"), "").send().await.unwrap(), 410).await;
}
