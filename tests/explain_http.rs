//! What an integration engineer sees of a record over HTTP: as FHIR, and as a page.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod support;

use serde_json::{Value, json};
use support::{TestApp, assert_refused, bundle};

/// The record of a patient with a Karnofsky, one in a unit that is none, and a heart rate.
fn record() -> Value {
    let loinc = |code: &str| json!({ "coding": [{ "system": "http://loinc.org", "code": code }] });
    let observation = |id: &str, code: &str, unit: &str| {
        json!({ "resource": {
            "resourceType": "Observation", "id": id, "status": "final", "subject": { "reference": "Patient/p" },
            "code": loinc(code), "effectiveDateTime": "2026-11-20",
            "valueQuantity": { "value": 80, "unit": unit },
        }})
    };
    json!({ "resourceType": "Bundle", "type": "collection", "entry": [
        { "resource": { "resourceType": "Patient", "id": "p" } },
        observation("kps", "89243-0", "%"),
        observation("far-off", "89243-0", "kg"),
        observation("heart-rate", "8867-4", "/min"),
    ]})
}

/// The parts of the parameter about a resource, by name.
fn about(parameters: &Value, reference: &str) -> Value {
    let parameters = parameters["parameter"].as_array().unwrap().iter();
    let resources = parameters.filter(|parameter| parameter["name"] == "resource").map(|resource| {
        let parts = resource["part"].as_array().unwrap().iter().map(|part| {
            let members = part.as_object().unwrap().iter();
            let mut value =
                members.filter(|(name, _)| name.starts_with("value")).map(|(_, value)| value.clone());
            (part["name"].as_str().unwrap().to_owned(), value.next().unwrap())
        });
        Value::Object(parts.collect())
    });
    resources.into_iter().find(|parts| parts["reference"] == reference).expect(reference)
}

#[tokio::test]
async fn the_operation_says_of_each_resource_what_it_became_and_where_the_rule_stands() {
    let app = TestApp::start().await;
    for release in ["R4", "R4B", "R5"] {
        let path = format!("/fhir/{release}/$explain-mapping?asOf=2026-11-22");
        let response = app.post(&path, record().to_string()).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/fhir+json; charset=utf-8");
        let parameters: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        assert_eq!(parameters["resourceType"], "Parameters");
        let kps = about(&parameters, "Observation/kps");
        assert_eq!(kps["outcome"], "mapped");
        assert_eq!(kps["statement"], "karnofsky = 80");
        assert_eq!(kps["freshness"], "fresh");
        assert_eq!(kps["rule"], "performance-status/karnofsky");
        assert_eq!(kps["file"], "performance-status.toml");
        let line = usize::try_from(kps["line"].as_u64().unwrap()).unwrap();
        let file = include_str!("../mappings/performance-status.toml");
        assert_eq!(file.lines().nth(line), Some("id = \"karnofsky\""), "line {line} is that of its [[rule]]");
        assert_eq!(kps["code"], "http://loinc.org|89243-0");
        assert_eq!(kps["place"], "Bundle.entry[1].resource");
        let far_off = about(&parameters, "Observation/far-off");
        assert_eq!((&far_off["outcome"], &far_off["reason"]), (&json!("near-miss"), &json!("unit")));
        assert_eq!(far_off["element"], "Observation.valueQuantity");
        let heart_rate = about(&parameters, "Observation/heart-rate");
        assert_eq!(
            (&heart_rate["outcome"], &heart_rate["reason"]),
            (&json!("left-aside"), &json!("code-not-known"))
        );
    }
    assert_eq!(app.rows().await, 0, "nothing is stored");
}

#[tokio::test]
async fn the_answer_is_just_this_in_every_release() {
    let app = TestApp::start().await;
    let record = r#"{"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1960"}},
        {"resource": {"resourceType": "Observation", "id": "kps", "status": "final", "code": {"text": "KPS"},
            "effectiveDateTime": "2026-11-20", "valueInteger": 85}}]}"#;
    let version = app.get("/readyz").send().await.unwrap().text().await.unwrap();
    let version: Value = serde_json::from_str(&version).unwrap();
    let file = include_str!("../mappings/performance-status.toml");
    let line = file.lines().position(|line| line == "id = \"karnofsky\"").unwrap();
    let part = |name: &str, kind: &str, value: &str| json!({ "name": name, kind: value });
    let expected = json!({ "resourceType": "Parameters", "parameter": [
        { "name": "asOf", "valueDateTime": "2026-11-22T00:00:00Z" },
        { "name": "mappingVersion", "valueString": version["mapping"]["version"] },
        { "name": "counts", "part": [
            { "name": "resources", "valueInteger": 2 },
            { "name": "mapped", "valueInteger": 1 },
            { "name": "nearMisses", "valueInteger": 1 },
            { "name": "leftAside", "valueInteger": 0 },
        ]},
        part("patient", "valueString", "Patient/p"),
        { "name": "resource", "part": [
            part("outcome", "valueCode", "mapped"),
            part("reference", "valueString", "Patient/p"),
            part("type", "valueString", "Patient"),
            part("place", "valueString", "Bundle.entry[0].resource"),
            part("statement", "valueString", "birth-date = 1960"),
            part("rule", "valueString", "patient/birth-date"),
            part("freshness", "valueCode", "fresh"),
        ]},
        { "name": "resource", "part": [
            part("outcome", "valueCode", "near-miss"),
            part("reference", "valueString", "Observation/kps"),
            part("type", "valueString", "Observation"),
            part("place", "valueString", "Bundle.entry[1].resource"),
            part("code", "valueString", "KPS"),
            part("element", "valueString", "Observation.valueInteger"),
            part("words", "valueString", "the number is none of the possible values"),
            part("rule", "valueString", "performance-status/karnofsky"),
            part("file", "valueString", "performance-status.toml"),
            part("reason", "valueCode", "out-of-range"),
            { "name": "line", "valueInteger": line },
        ]},
    ]});
    for release in ["R4", "R4B", "R5"] {
        let path = format!("/fhir/{release}/$explain-mapping?asOf=2026-11-22T00:00:00Z");
        let answer = app.post(&path, record).send().await.unwrap().text().await.unwrap();
        assert_eq!(serde_json::from_str::<Value>(&answer).unwrap(), expected, "{release}");
    }
}

#[tokio::test]
async fn a_fact_by_way_of_a_concept_map_names_the_map_as_well_as_the_rule() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ward.json");
    let map = r#"{"resourceType": "ConceptMap", "status": "active", "group": [
        {"source": "https://hospital.example/codes", "target": "http://loinc.org", "element": [
            {"code": "ALB", "target": [{"code": "1751-7", "equivalence": "equivalent"}]},
            {"code": "KPS", "target": [{"code": "89243-0", "equivalence": "equivalent"}]}]}]}"#;
    std::fs::write(&path, map).unwrap();
    let app = TestApp::start_with(|settings| settings.concept_maps = vec![path.clone()]).await;
    let record = record()
        .to_string()
        .replace("89243-0", "KPS")
        .replace("http://loinc.org", "https://hospital.example/codes");
    let response =
        app.post("/fhir/R4/$explain-mapping?asOf=2026-11-22", record.clone()).send().await.unwrap();
    let parameters: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    let resources = parameters["parameter"].as_array().unwrap().iter();
    let translations: Vec<&Value> = resources
        .filter_map(|parameter| {
            parameter["part"].as_array()?.iter().find(|part| part["name"] == "translation")
        })
        .collect();
    let expected = json!({ "name": "translation", "part": [
        { "name": "from", "valueString": "https://hospital.example/codes|KPS" },
        { "name": "to", "valueString": "http://loinc.org|89243-0" },
        { "name": "file", "valueString": path.to_str().unwrap() },
        { "name": "line", "valueInteger": 4 },
    ]});
    // The fact and the near miss; the heart rate has no code that is translated.
    assert_eq!(translations, [&expected, &expected]);
    assert_eq!(about_rule(&parameters), Some("performance-status/karnofsky"));
    let page = paste(&app, &record, "en").await.text().await.unwrap();
    let words =
        format!("; https://hospital.example/codes|KPS → http://loinc.org|89243-0 ({}:4)", path.display());
    assert!(page.contains(&words), "{words}: {page}");
}

/// The rule of the first resource that has one.
fn about_rule(parameters: &Value) -> Option<&str> {
    let rule = |part: &&Value| part["name"] == "rule";
    parameters["parameter"]
        .as_array()?
        .iter()
        .find_map(|parameter| parameter["part"].as_array()?.iter().find(rule)?["valueString"].as_str())
}

#[tokio::test]
async fn the_operation_speaks_chinese() {
    let app = TestApp::start().await;
    let request =
        app.post("/fhir/R4/$explain-mapping", record().to_string()).header("Accept-Language", "zh-CN");
    let parameters: Value =
        serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap();
    assert_eq!(about(&parameters, "Observation/far-off")["words"], "单位不是该输入项所用的单位");
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_as_by_assess() {
    let app = TestApp::start().await;
    for (body, status) in [("{", 400), ("{\"resourceType\": \"Patient\"}", 422)] {
        assert_refused(app.post("/fhir/R4/$explain-mapping", body).send().await.unwrap(), status).await;
    }
    assert_refused(app.post("/fhir/R3/$explain-mapping", bundle().to_string()).send().await.unwrap(), 404)
        .await;
}

/// Sends the form with a record in it.
async fn paste(app: &TestApp, record: &str, language: &str) -> reqwest::Response {
    let body = format!("record={}", percent_encoded(record));
    let request = app.client.post(app.url(&format!("/explain?language={language}&asOf=2026-11-22")));
    request.header("Content-Type", "application/x-www-form-urlencoded").body(body).send().await.unwrap()
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |encoded, byte| format!("{encoded}%{byte:02X}"))
}

#[tokio::test]
async fn the_page_shows_a_form_and_the_answer_without_scripts() {
    let app = TestApp::start().await;
    let form = app.get("/explain").send().await.unwrap();
    let policy = form.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(policy.contains("form-action 'self'"), "{policy}");
    let form = form.text().await.unwrap();
    assert!(form.contains("<textarea name=\"record\""), "{form}");
    let answer = paste(&app, &record().to_string(), "en").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let answer = answer.text().await.unwrap();
    for words in [
        "karnofsky = 80",
        "performance-status/karnofsky (performance-status.toml:",
        "the unit is not one of this input",
        "no mapping rule knows its code",
        "4 resources. Facts: 1, near misses: 1, left aside: 2.",
    ] {
        assert!(answer.contains(words), "{words}: {answer}");
    }
    assert!(!answer.contains("<script"), "{answer}");
}

#[tokio::test]
async fn the_page_speaks_chinese_and_escapes_what_was_sent() {
    let app = TestApp::start().await;
    let hostile = record().to_string().replace("far-off", "<script>alert(1)</script>");
    let answer = paste(&app, &hostile, "zh").await.text().await.unwrap();
    assert!(answer.contains("单位不是该输入项所用的单位"), "{answer}");
    assert!(answer.contains("&lt;script&gt;") && !answer.contains("<script"), "{answer}");
}

#[tokio::test]
async fn the_page_says_what_is_wrong_with_a_record_and_keeps_its_form() {
    let app = TestApp::start().await;
    let answer = paste(&app, "{", "en").await;
    assert_eq!(answer.status(), 200);
    let answer = answer.text().await.unwrap();
    assert!(answer.contains("Could not be read") && answer.contains("<textarea"), "{answer}");
    let not_the_form =
        app.client.post(app.url("/explain")).header("Content-Type", "application/json").body("{}");
    assert_refused(not_the_form.send().await.unwrap(), 415).await;
}

#[tokio::test]
async fn the_schema_of_mapping_files_is_served() {
    let app = TestApp::start().await;
    let response = app.get("/mapping.schema.json").send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/schema+json");
    assert_eq!(
        response.text().await.unwrap(),
        std::fs::read_to_string("mappings/mapping.schema.json").unwrap()
    );
}
