//! What an EHR did not send along is fetched from its FHIR server: whole, safely, in time, or it is said to be missing.

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

use std::time::{Duration, Instant};

use fhir_server::{FhirServer, Misbehaviour, Rude, TOKEN, rude};
use prefetch::{KEYS, breast, request_with};
use serde_json::{Value, json};
use spinemet::settings::{EhrServer, Milliseconds, Settings, SettingsError};
use support::{TestApp, assert_refused, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const SERVICE: &str = "/cds-services/spinemet-patient-view?asOf=2026-11-22";

/// A service that may fetch from a server.
async fn app_for(server: &str) -> TestApp {
    app_with(&[server.to_owned()], |_| ()).await
}

/// A service that may fetch from several. It waits longer than it does by default: a loaded machine is no slow EHR.
async fn app_with(servers: &[String], choose: impl Fn(&mut EhrServer)) -> TestApp {
    let servers = servers.iter().map(|server| {
        let mut ehr = EhrServer::named_by_hand(server.parse().unwrap());
        choose(&mut ehr);
        ehr
    });
    TestApp::start_with(|settings| {
        // The links of cards, which are compared, do not name the port.
        settings.public_base_url = Some("https://spinemet.example".to_owned().try_into().unwrap());
        settings.ehr_servers = servers.collect();
        settings.ehr_deadline_milliseconds = Milliseconds::new(3_000);
    })
    .await
}

/// A call that names a server, with a key to it.
fn call(server: &str, prefetch: &Value) -> Value {
    let authorization = json!({
        "access_token": TOKEN, "token_type": "Bearer", "expires_in": 300,
        "scope": "patient/Patient.read patient/*.rs", "subject": "spinemet", "patient": "breast-t12",
    });
    request_with(prefetch, &json!({"fhirServer": server, "fhirAuthorization": authorization}))
}

/// The sample patient's prefetch without some keys.
fn without(absent: &[&str]) -> Value {
    let mut prefetch = breast();
    for key in absent {
        prefetch.as_object_mut().unwrap().remove(*key);
    }
    prefetch
}

async fn card(app: &TestApp, call: &Value) -> Value {
    let response = app.post(SERVICE, call.to_string()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    json(response).await["cards"][0].clone()
}

/// Every key alone, all but each, and all.
fn subsets() -> impl Iterator<Item = Vec<&'static str>> {
    let alone = KEYS.iter().map(|key| vec![*key]);
    let all_but = KEYS.iter().map(|left| KEYS.iter().copied().filter(|key| key != left).collect());
    alone.chain(all_but).chain(std::iter::once(KEYS.to_vec()))
}

#[tokio::test]
async fn whatever_did_not_come_is_fetched_and_the_card_is_the_same() {
    let ehr = FhirServer::of_sample().await;
    let app = app_for(&ehr.url()).await;
    let whole = card(&app, &call(&ehr.url(), &breast())).await;
    assert_eq!(ehr.requests(), Vec::<String>::new(), "nothing is missing, so nobody is asked");
    for absent in subsets() {
        ehr.forget();
        assert_eq!(card(&app, &call(&ehr.url(), &without(&absent))).await, whole, "{absent:?}");
        assert_eq!(ehr.requests().len(), absent.len(), "{absent:?}");
    }
    let mut without_prefetch = call(&ehr.url(), &json!({}));
    without_prefetch.as_object_mut().unwrap().remove("prefetch");
    assert_eq!(card(&app, &without_prefetch).await, whole);
}

#[tokio::test]
async fn null_is_an_answer_and_an_error_is_none() {
    let ehr = FhirServer::of_sample().await;
    let app = app_for(&ehr.url()).await;
    let whole = card(&app, &call(&ehr.url(), &breast())).await;
    let error =
        json!({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]});
    for (sent, is_fetched) in
        [(Value::Null, false), (error, true), (json!("later"), true), (json!({}), true), (json!([]), true)]
    {
        ehr.forget();
        let mut prefetch = breast();
        prefetch["exams"] = sent.clone();
        let card = card(&app, &call(&ehr.url(), &prefetch)).await;
        assert_eq!(card == whole, is_fetched, "{sent}");
        assert_eq!(ehr.requests().len(), usize::from(is_fetched), "{sent}");
    }
}

#[tokio::test]
async fn further_pages_are_read_to_the_end() {
    let ehr = FhirServer::of_sample().await;
    let app = app_for(&ehr.url()).await;
    let whole = card(&app, &call(&ehr.url(), &breast())).await;
    // The server pages as it likes, from the first request on.
    for page_size in 1..4 {
        ehr.page_by(page_size);
        assert_eq!(
            card(&app, &call(&ehr.url(), &without(&["exams", "conditions"]))).await,
            whole,
            "{page_size}"
        );
    }
    // The EHR sent the first page and left the rest to us.
    let mut prefetch = breast();
    prefetch["findings"] = ehr.first_page("findings", 2);
    assert_eq!(card(&app, &call(&ehr.url(), &prefetch)).await, whole);
    // Without a server to ask, the same is incomplete, and the card says so.
    let detail = card(&app, &call("https://other.example/fhir", &prefetch)).await["detail"].clone();
    assert!(detail.as_str().unwrap().contains("Only a part came"), "{detail}");
}

/// The card where the Observations could not be had, and the one where only their first page could.
async fn poorer_cards(app: &TestApp) -> (Value, Value) {
    let error =
        json!({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]});
    let mut unavailable = breast();
    let mut incomplete = breast();
    for key in ["exams", "findings"] {
        unavailable[key] = error.clone();
        incomplete[key]["link"] = json!([{"relation": "next", "url": "https://other.example/2"}]);
    }
    let other = "https://other.example/fhir";
    (card(app, &call(other, &unavailable)).await, card(app, &call(other, &incomplete)).await)
}

#[tokio::test]
async fn a_server_that_misbehaves_costs_its_data_and_the_card_says_so_in_no_other_words() {
    let elsewhere = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&elsewhere).await;
    let away = elsewhere.uri();
    let ehr = FhirServer::of_sample().await;
    let (unavailable, incomplete) = poorer_cards(&app_for(&ehr.url()).await).await;
    let cases = [
        (Misbehaviour::Hangs, &unavailable, 2),
        (Misbehaviour::Status(503), &unavailable, 4),
        (Misbehaviour::Status(502), &unavailable, 4),
        (Misbehaviour::Status(504), &unavailable, 4),
        (Misbehaviour::Status(429), &unavailable, 4),
        (Misbehaviour::Later(503, 0), &unavailable, 4),
        (Misbehaviour::Later(503, 60), &unavailable, 2),
        (Misbehaviour::Later(429, 60), &unavailable, 2),
        (Misbehaviour::Status(500), &unavailable, 2),
        (Misbehaviour::Status(401), &unavailable, 2),
        (Misbehaviour::Status(403), &unavailable, 2),
        (Misbehaviour::Status(404), &unavailable, 2),
        (Misbehaviour::Status(206), &unavailable, 2),
        (Misbehaviour::Redirects(format!("{away}/fhir/Observation")), &unavailable, 2),
        (Misbehaviour::Html, &unavailable, 2),
        (Misbehaviour::WrongMediaType, &unavailable, 2),
        (Misbehaviour::NoJson, &unavailable, 2),
        (Misbehaviour::NoResource, &unavailable, 2),
        (Misbehaviour::OtherResource, &unavailable, 2),
        (Misbehaviour::Outcome, &unavailable, 2),
        (Misbehaviour::DuplicateKey, &unavailable, 2),
        (Misbehaviour::TooDeep, &unavailable, 2),
        (Misbehaviour::Huge, &unavailable, 2),
        (Misbehaviour::NextPageOf(away), &incomplete, 2),
        (Misbehaviour::NextPageIsThisOne, &incomplete, 2),
    ];
    let mut servers = Vec::new();
    for (misbehaviour, ..) in &cases {
        servers.push(FhirServer::misbehaving(std::slice::from_ref(misbehaviour)).await);
    }
    let urls: Vec<String> = servers.iter().map(FhirServer::url).collect();
    let app = app_with(&urls, |ehr| ehr.response_limit_bytes = 100_000.try_into().unwrap()).await;
    for ((misbehaviour, expected, requests), ehr) in cases.into_iter().zip(&servers) {
        let card = card(&app, &call(&ehr.url(), &without(&["exams", "findings"]))).await;
        assert_eq!(&card, expected, "{misbehaviour:?}");
        assert_eq!(ehr.requests().len(), requests, "{misbehaviour:?}");
    }
    assert_eq!(elsewhere.received_requests().await.unwrap().len(), 0, "somebody was led elsewhere");
}

#[tokio::test]
async fn a_connection_that_misbehaves_costs_its_data_and_no_time() {
    let (unavailable, _) = poorer_cards(&app_for("http://127.0.0.1:1/fhir").await).await;
    for manner in [Rude::Silent, Rude::Drips, Rude::Closes, Rude::BreaksOff, Rude::Babbles] {
        let server = rude(manner).await;
        let ehr = EhrServer::named_by_hand(server.parse().unwrap());
        let app = TestApp::start_with(|settings| settings.ehr_servers = vec![ehr]).await;
        let begun = Instant::now();
        let card = card(&app, &call(&server, &without(&["exams", "findings"]))).await;
        let took = begun.elapsed();
        assert_eq!(card, unavailable, "{manner:?}");
        // 400 ms by default; a loaded machine takes longer, but not the 20 s that the silent server would.
        assert!(took < Duration::from_secs(10), "{manner:?}: {took:?}");
    }
}

#[tokio::test]
async fn pages_without_end_are_read_up_to_a_limit() {
    let ehr = FhirServer::misbehaving(&[Misbehaviour::PagesWithoutEnd]).await;
    let app = TestApp::start_with(|settings| {
        let mut server = EhrServer::named_by_hand(ehr.url().parse().unwrap());
        server.page_limit = 3.try_into().unwrap();
        settings.ehr_servers = vec![server];
        settings.ehr_deadline_milliseconds = Milliseconds::new(20_000);
    })
    .await;
    let card = card(&app, &call(&ehr.url(), &without(&["exams"]))).await;
    assert_eq!(ehr.requests().len(), 3);
    assert!(card["detail"].as_str().unwrap().contains("Only a part came from the record system"), "{card}");
}

#[tokio::test]
async fn a_busy_server_is_asked_once_more() {
    let all = [
        Misbehaviour::Status(503),
        Misbehaviour::Later(429, 0),
        Misbehaviour::Status(502),
        Misbehaviour::Status(504),
    ];
    let mut servers = Vec::new();
    for busy in &all {
        servers.push(FhirServer::misbehaving(&[busy.clone(), Misbehaviour::None]).await);
    }
    let urls: Vec<String> = servers.iter().map(FhirServer::url).collect();
    let app = app_with(&urls, |_| ()).await;
    let whole = card(&app, &call(&urls[0], &breast())).await;
    for (busy, ehr) in all.iter().zip(&servers) {
        assert_eq!(card(&app, &call(&ehr.url(), &without(&["exams"]))).await, whole, "{busy:?}");
        assert_eq!(ehr.requests().len(), 2, "{busy:?}");
    }
}

#[tokio::test]
async fn another_patients_data_is_not_used() {
    let ehr = FhirServer::misbehaving(&[Misbehaviour::OtherPatient]).await;
    let app = app_for(&ehr.url()).await;
    let card = card(&app, &call(&ehr.url(), &without(&["exams", "findings"]))).await;
    let whole = self::card(&app, &call(&ehr.url(), &breast())).await;
    assert_ne!(card["summary"], whole["summary"]);
    // A Patient with another id is none.
    let mut for_other = call(&ehr.url(), &without(&["patient", "exams", "findings", "conditions"]));
    for_other["context"]["patientId"] = json!("somebody-else");
    for_other["fhirAuthorization"]["patient"] = json!("somebody-else");
    let detail = self::card(&app, &for_other).await["detail"].clone();
    assert!(
        detail.as_str().unwrap().contains("Not available from the record system: the patient (age)"),
        "{detail}"
    );
}

#[tokio::test]
async fn where_nothing_can_be_had_the_answer_is_412() {
    for server in [rude(Rude::Silent).await, rude(Rude::Closes).await, "http://127.0.0.1:1/fhir".to_owned()] {
        let app = app_for(&server).await;
        let response = app.post(SERVICE, call(&server, &json!({})).to_string()).send().await.unwrap();
        let outcome = assert_refused(response, 412).await;
        let named: Vec<&Value> =
            outcome["issue"].as_array().unwrap().iter().map(|issue| &issue["expression"][0]).collect();
        assert_eq!(named, ["prefetch.patient", "prefetch.conditions"]);
    }
}

#[tokio::test]
async fn a_server_that_keeps_failing_is_left_alone_and_asked_again_later() {
    let ehr = FhirServer::misbehaving(&[Misbehaviour::Status(500)]).await;
    let app = app_for(&ehr.url()).await;
    for _ in 0..20 {
        card(&app, &call(&ehr.url(), &without(&["exams"]))).await;
    }
    assert_eq!(ehr.requests().len(), 5);
    let metrics = app.get("/metrics").send().await.unwrap().text().await.unwrap();
    for (outcome, count) in [("unavailable", 5), ("left-alone", 15)] {
        let line = format!("spinemet_ehr_fetches_total{{data=\"exams\",outcome=\"{outcome}\"}} {count}");
        assert!(metrics.contains(&line), "{line} in {metrics}");
    }
}

#[tokio::test]
async fn a_server_is_not_asked_for_more_at_once_than_agreed() {
    let ehr = FhirServer::misbehaving(&[Misbehaviour::Hangs]).await;
    let app = app_with(&[ehr.url()], |ehr| ehr.concurrent_requests = 1.try_into().unwrap()).await;
    card(&app, &call(&ehr.url(), &without(&["exams", "findings"]))).await;
    assert_eq!(ehr.requests().len(), 1, "the other waited until the deadline");
}

#[tokio::test]
async fn nobody_is_called_who_is_not_registered() {
    let stranger = FhirServer::of_sample().await;
    let ehr = FhirServer::of_sample().await;
    let registered = app_for(&ehr.url()).await;
    let development = TestApp::start().await;
    for app in [&registered, &development] {
        for url in [
            stranger.url(),
            format!("{}/", stranger.url()),
            stranger.url().replace("http://", &format!("{}@", ehr.url())),
            ehr.url().replace("/fhir", "/fhir/../other"),
            ehr.url().replace("127.0.0.1", "2130706434"),
        ] {
            card(app, &call(&url, &without(&["exams"]))).await;
        }
        for wrong in [json!(7), json!(null), json!(""), json!({"url": stranger.url()})] {
            let mut call = call("", &without(&["exams"]));
            call["fhirServer"] = wrong;
            card(app, &call).await;
        }
    }
    card(&development, &call(&ehr.url(), &without(&["exams"]))).await;
    assert_eq!((stranger.requests().len(), ehr.requests().len()), (0, 0));
    // Other spellings of the registered one are the registered one.
    card(&registered, &call(&ehr.url().replace("127.0.0.1", "2130706433"), &without(&["exams"]))).await;
    assert_eq!(ehr.requests().len(), 1);
}

#[tokio::test]
async fn the_key_goes_to_the_server_and_nowhere_else() {
    let ehr = FhirServer::of_sample().await;
    let app = app_for(&ehr.url()).await;
    let response = app.post(SERVICE, call(&ehr.url(), &without(&KEYS)).to_string()).send().await.unwrap();
    assert_eq!(ehr.tokens(), vec![Some(format!("Bearer {TOKEN}")); KEYS.len()]);
    assert!(!format!("{:?}", response.headers()).contains(TOKEN));
    assert!(!response.text().await.unwrap().contains(TOKEN));
    app.assess(support::bundle().to_string()).await;
    let database = std::fs::read(&app.database).unwrap();
    let journal = std::fs::read(app.database.with_extension("db-wal")).unwrap_or_default();
    for bytes in [database, journal] {
        assert!(!bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes()));
    }
}

#[tokio::test]
async fn a_key_that_is_none_opens_nothing() {
    let ehr = FhirServer::of_sample().await;
    let app = app_for(&ehr.url()).await;
    let good = call(&ehr.url(), &without(&["exams"]));
    for (member, wrong) in [
        ("token_type", json!("MAC")),
        ("token_type", json!(null)),
        ("expires_in", json!(0)),
        ("expires_in", json!(-5)),
        ("expires_in", json!("soon")),
        ("patient", json!("somebody-else")),
        ("patient", json!(["breast-t12"])),
        ("access_token", json!("")),
        ("access_token", json!("two words")),
        ("access_token", json!("line\r\nbreak")),
        ("access_token", json!("x".repeat(100_000))),
        ("access_token", json!(7)),
    ] {
        let mut call = good.clone();
        call["fhirAuthorization"][member] = wrong.clone();
        card(&app, &call).await;
        assert_eq!(ehr.requests().len(), 0, "{member}: {wrong}");
    }
    for (member, right) in [
        ("token_type", json!("bearer")),
        ("scope", json!("user/Observation.read launch openid")),
        ("scope", json!("system/*.cruds?status=final")),
        ("patient", json!("Patient/breast-t12")),
    ] {
        let mut call = good.clone();
        call["fhirAuthorization"][member] = right.clone();
        ehr.forget();
        card(&app, &call).await;
        assert_eq!(ehr.requests().len(), 1, "{member}: {right}");
    }
    // What the scopes do not open is not asked for.
    let mut poor = call(&ehr.url(), &without(&KEYS));
    poor["fhirAuthorization"]["scope"] = json!("patient/Condition.rs patient/Patient.read openid");
    ehr.forget();
    card(&app, &poor).await;
    let asked: Vec<String> =
        ehr.requests().iter().map(|url| url.split(['?', '/']).nth(4).unwrap().to_owned()).collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked.contains(&"Patient".to_owned()) && asked.contains(&"Condition".to_owned()), "{asked:?}");
    // An open server, as a sandbox has one, needs no key.
    let mut open = good.clone();
    open.as_object_mut().unwrap().remove("fhirAuthorization");
    ehr.forget();
    card(&app, &open).await;
    assert_eq!(ehr.tokens(), [None]);
}

/// A name of the settings may lead anywhere: what it resolves to is judged where the connection is made.
#[tokio::test]
async fn a_name_that_leads_to_an_address_which_nobody_named_is_not_called() {
    let ehr = FhirServer::of_sample().await;
    let by_name = ehr.url().replace("127.0.0.1", "localhost");
    for (network, asked) in [("10.20.0.0/16", 0), ("127.0.0.0/8", 1)] {
        let networks = vec![network.to_owned().try_into().unwrap()];
        let app =
            app_with(std::slice::from_ref(&by_name), |ehr| ehr.private_addresses = networks.clone()).await;
        ehr.forget();
        card(&app, &call(&by_name, &without(&["exams"]))).await;
        assert_eq!(ehr.requests().len(), asked, "{network}");
        let metrics = app.get("/metrics").send().await.unwrap().text().await.unwrap();
        let line = "spinemet_ehr_fetches_total{data=\"exams\",outcome=\"address\"} 1";
        assert_eq!(metrics.contains(line), asked == 0, "{network}: {metrics}");
    }
}

#[tokio::test]
async fn nobody_is_asked_about_an_order_that_is_none_of_ours() {
    let ehr = FhirServer::of_sample().await;
    let app = app_for(&ehr.url()).await;
    let order = |text: &str| json!({"resourceType": "ServiceRequest", "id": "o", "status": "draft", "intent": "order", "code": {"text": text}});
    for (hook, member) in
        [("order-select", "draftOrders"), ("order-sign", "draftOrders"), ("appointment-book", "appointments")]
    {
        for (what, asked) in [("appendectomy", 0), ("mri of the spine", 0), ("spinal fixation", 9)] {
            let mut body = call(&ehr.url(), &json!({}));
            body["hook"] = json!(hook);
            let mut drafted = order(what);
            if hook == "appointment-book" {
                drafted = json!({"resourceType": "Appointment", "id": "o", "status": "proposed", "serviceType": [{"text": what}], "start": "2026-12-05T09:00:00Z"});
            }
            body["context"][member] =
                json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": drafted}]});
            ehr.forget();
            let response =
                app.post(&format!("/cds-services/spinemet-{hook}"), body.to_string()).send().await.unwrap();
            assert_eq!(response.status(), 200, "{hook}");
            assert_eq!(ehr.requests().len(), asked, "{hook}: {what}");
            let cards = json(response).await["cards"].clone();
            assert_eq!(cards == json!([]), asked == 0, "{hook}: {what}: {cards}");
        }
    }
}

#[tokio::test]
async fn a_key_that_was_given_to_another_service_is_not_used() {
    let ehr = FhirServer::of_sample().await;
    let subject = || "spinemet".to_owned().try_into().unwrap();
    let app = app_with(&[ehr.url()], |ehr| ehr.token_subject = Some(subject())).await;
    for (subject, asked) in
        [(json!("spinemet"), 1), (json!("another-service"), 0), (json!(null), 0), (json!(7), 0)]
    {
        let mut call = call(&ehr.url(), &without(&["exams"]));
        call["fhirAuthorization"]["subject"] = subject.clone();
        ehr.forget();
        card(&app, &call).await;
        assert_eq!(ehr.requests().len(), asked, "{subject}");
    }
}

#[test]
fn a_server_that_is_not_safe_to_call_stops_the_start() {
    for (url, networks, expected) in [
        ("https://10.20.3.4/fhir", "", "private_addresses"),
        ("https://2130706433/fhir", "", "private_addresses"),
        ("https://[::ffff:10.0.0.1]/fhir", "", "private_addresses"),
        ("https://10.20.3.4/fhir", "10.21.0.0/16", "private_addresses"),
        ("http://ehr.example/fhir", "", "not encrypted"),
    ] {
        let networks = if networks.is_empty() { String::new() } else { format!("\"{networks}\"") };
        let text = format!("[[ehr_servers]]\nbase_url = \"{url}\"\nprivate_addresses = [{networks}]");
        let settings = settings(&text).unwrap();
        let error = spinemet::ehr::Ehr::new(&settings).unwrap_err().to_string();
        assert!(error.contains(expected), "{url}: {error}");
    }
    for (line, expected) in [
        ("base_url = \"ftp://ehr.example\"", "line 2"),
        ("base_url = \"https://user:secret@ehr.example\"", "line 2"),
        ("base_url = \"https://ehr.example/fhir?x=1\"", "line 2"),
        ("base_url = \"https://ehr.example\"\nprivate_addresses = [\"inside\"]", "line 3"),
        ("base_url = \"https://ehr.example\"\nallow = 1", "allow"),
        ("clients = []", "base_url"),
    ] {
        let error = settings(&format!("[[ehr_servers]]\n{line}")).unwrap_err().to_string();
        assert!(error.contains(expected), "{line}: {error}");
    }
}

fn settings(text: &str) -> Result<Settings, SettingsError> {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("settings.toml");
    std::fs::write(&file, text).unwrap();
    Settings::from_layers(Some(&file), [])
}
