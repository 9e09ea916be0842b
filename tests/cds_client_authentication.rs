//! Who may call the CDS services, when clients are registered: whoever signs each call, and nobody else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod prefetch;
mod records;
mod support;
mod tokens;

use prefetch::{breast, request};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use spinemet::access::{Access, AccessError};
use spinemet::settings::{Settings, TokenIssuer, WithoutToken};
use support::{TestApp, assert_refused};
use tokens::{ISSUER, Key, claims, encoded, key_set, now};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const SERVICE: &str = "/cds-services/spinemet-patient-view";

/// An issuer with further lines of settings.
fn issuer(lines: &str) -> TokenIssuer {
    toml::from_str(&format!("issuer = \"{ISSUER}\"\n{lines}")).unwrap()
}

fn with_keys(keys: &[&Key]) -> TokenIssuer {
    issuer(&format!("key_set = '{}'", key_set(keys)))
}

async fn app(client: TokenIssuer) -> TestApp {
    TestApp::start_with(|settings| settings.cds_clients = vec![client]).await
}

/// Calls the service with a token.
async fn call(app: &TestApp, token: &str) -> Response {
    let body = request(&breast()).to_string();
    app.post(SERVICE, body).bearer_auth(token).send().await.unwrap()
}

async fn assert_let_in(app: &TestApp, token: &str, what: &str) {
    let response = call(app, token).await;
    assert_eq!(response.status(), 200, "{what}");
    assert!(response.text().await.unwrap().contains("\"summary\""), "{what}");
}

/// Every refusal is the same: nobody learns what was wrong.
async fn assert_kept_out(response: Response, what: &str) {
    assert_eq!(response.headers()["www-authenticate"], "Bearer", "{what}");
    let outcome = assert_refused(response, 401).await;
    let issue = json!({
        "severity": "error", "code": "login", "details": {"text": "This needs a valid token."},
    });
    assert_eq!(outcome["issue"], json!([issue]), "{what}");
}

#[tokio::test]
async fn every_asymmetric_algorithm_is_taken() {
    let keys = [Key::p384("ec384"), Key::p256("ec256"), Key::ed25519("ed"), Key::rsa("rsa")];
    let app = app(with_keys(&keys.iter().collect::<Vec<_>>())).await;
    for (algorithm, key) in [
        ("ES384", &keys[0]),
        ("ES256", &keys[1]),
        ("EdDSA", &keys[2]),
        ("RS384", &keys[3]),
        ("RS256", &keys[3]),
        ("RS512", &keys[3]),
        ("PS256", &keys[3]),
        ("PS384", &keys[3]),
        ("PS512", &keys[3]),
    ] {
        let token = key.token(&key.header(algorithm), &claims(&app.url(SERVICE)));
        assert_let_in(&app, &token, algorithm).await;
    }
}

#[tokio::test]
async fn every_path_of_the_cds_services_asks_for_a_token_for_itself() {
    let key = Key::p384("k");
    let app = app(with_keys(&[&key])).await;
    let feedback = format!("{SERVICE}/feedback");
    for (method, path) in
        [(Method::GET, "/cds-services"), (Method::POST, SERVICE), (Method::POST, feedback.as_str())]
    {
        let ask = |token: Option<String>| {
            let request = app
                .client
                .request(method.clone(), app.url(path))
                .header("Content-Type", "application/json")
                .body("{}");
            match token {
                Some(token) => request.bearer_auth(token).send(),
                None => request.send(),
            }
        };
        assert_kept_out(ask(None).await.unwrap(), path).await;
        let elsewhere = key.token(&key.header("ES384"), &claims(&app.url("/cds-services/other")));
        assert_kept_out(ask(Some(elsewhere)).await.unwrap(), path).await;
        let here = key.token(&key.header("ES384"), &claims(&app.url(path)));
        assert_ne!(ask(Some(here)).await.unwrap().status(), 401, "{path}");
    }
    // Operations and people need none.
    for path in ["/livez", "/readyz", "/", "/knowledge"] {
        assert_eq!(app.get(path).send().await.unwrap().status(), 200, "{path}");
    }
}

#[tokio::test]
async fn a_token_with_anything_wrong_is_refused_without_a_word() {
    let key = Key::rsa("k");
    let stranger = Key::rsa("k");
    let app = app(with_keys(&[&key])).await;
    let url = app.url(SERVICE);
    let header = key.header("RS384");
    let good = |change: &dyn Fn(&mut Value)| {
        let mut claims = claims(&url);
        change(&mut claims);
        key.token(&header, &claims)
    };
    let with_header = |member: &str, value: Value| {
        let mut header = header.clone();
        header[member] = value;
        key.token(&header, &claims(&url))
    };
    let without =
        |member: &'static str| good(&move |claims| drop(claims.as_object_mut().unwrap().remove(member)));
    let set = |member: &'static str, value: Value| good(&move |claims| claims[member] = value.clone());
    let parts: Vec<String> = good(&|_| ()).split('.').map(str::to_owned).collect();
    let public = key.public().to_string();
    let cases = [
        ("no algorithm", format!("{}.{}.", encoded(br#"{"alg":"none","kid":"k","typ":"JWT"}"#), parts[1])),
        (
            "no algorithm in capitals",
            format!("{}.{}.", encoded(br#"{"alg":"NONE","kid":"k","typ":"JWT"}"#), parts[1]),
        ),
        ("signed with the public key as a secret", hmac(&public, &claims(&url))),
        ("symmetric by its header alone", with_header("alg", json!("HS256"))),
        ("another algorithm than it is signed with", with_header("alg", json!("ES384"))),
        ("unknown algorithm", with_header("alg", json!("RS384 "))),
        ("no key id", with_header("kid", json!(null))),
        ("unknown key id", with_header("kid", json!("other"))),
        ("key id that is a path", with_header("kid", json!("../../../../dev/null"))),
        ("critical extension", with_header("crit", json!(["b64"]))),
        ("empty critical extensions", with_header("crit", json!([]))),
        ("another type", with_header("typ", json!("at+jwt"))),
        ("no type", with_header("typ", json!(null))),
        (
            "header with a key twice",
            key.raw_token(r#"{"alg":"none","alg":"RS384","kid":"k","typ":"JWT"}"#, &claims(&url).to_string()),
        ),
        ("signed by a stranger", stranger.token(&header, &claims(&url))),
        ("signed by a stranger whose key is along", {
            let mut header = header.clone();
            header["jwk"] = stranger.public();
            stranger.token(&header, &claims(&url))
        }),
        (
            "tampered claims",
            format!("{}.{}.{}", parts[0], encoded(claims(&url).to_string().as_bytes()), parts[2]),
        ),
        (
            "tampered header",
            format!(
                "{}.{}.{}",
                encoded(header.to_string().replace("RS384", "RS256").as_bytes()),
                parts[1],
                parts[2]
            ),
        ),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("two parts", format!("{}.{}", parts[0], parts[1])),
        ("four parts", format!("{}.{}.{}.{}", parts[0], parts[1], parts[2], parts[2])),
        ("padded parts", format!("{}=.{}.{}", parts[0], parts[1], parts[2])),
        ("no JSON", format!("{}.{}.{}", encoded(b"{"), parts[1], parts[2])),
        ("huge", good(&|claims| claims["padding"] = json!("x".repeat(30_000)))),
        ("empty", String::new()),
        ("run out", set("exp", json!(now() - 60))),
        ("from the future", set("iat", json!(now() + 120))),
        ("not good yet", set("nbf", json!(now() + 120))),
        ("good for too long", set("exp", json!(now() + 86_400))),
        ("without exp", without("exp")),
        ("without iat", without("iat")),
        ("without aud", without("aud")),
        ("without jti", without("jti")),
        ("without iss", without("iss")),
        ("exp that is a text", set("exp", json!((now() + 300).to_string()))),
        ("another issuer", set("iss", json!("https://stranger.example"))),
        ("issuer of another spelling", set("iss", json!(format!("{ISSUER}/")))),
        ("issuer in a list", set("iss", json!([ISSUER]))),
        ("another endpoint", set("aud", json!(app.url("/cds-services")))),
        ("another host", set("aud", json!(format!("https://spinemet.example{SERVICE}")))),
        ("only the base", set("aud", json!(app.url("")))),
        ("no audience at all", set("aud", json!([]))),
    ];
    for (what, token) in cases {
        assert_kept_out(call(&app, &token).await, what).await;
    }
    assert_let_in(&app, &good(&|_| ()), "nothing wrong").await;
    assert_let_in(&app, &set("aud", json!(["https://other.example", url])), "one of several audiences").await;
}

/// A token whose secret is the public key, as against libraries that take the algorithm from the token.
fn hmac(secret: &str, claims: &Value) -> String {
    let header = json!({"alg": "HS256", "kid": "k", "typ": "JWT"});
    let signed =
        format!("{}.{}", encoded(header.to_string().as_bytes()), encoded(claims.to_string().as_bytes()));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret.as_bytes());
    let signature = aws_lc_rs::hmac::sign(&key, signed.as_bytes());
    format!("{signed}.{}", encoded(signature.as_ref()))
}

#[tokio::test]
async fn only_a_bearer_header_counts_and_only_one() {
    let key = Key::p384("k");
    let app = app(with_keys(&[&key])).await;
    let token = || key.token(&key.header("ES384"), &claims(&app.url(SERVICE)));
    let body = request(&breast()).to_string();
    for header in [token(), format!("Basic {}", token()), format!("Bearer{}", token()), "Bearer".to_owned()] {
        let response = app.post(SERVICE, body.clone()).header("Authorization", header).send().await.unwrap();
        assert_kept_out(response, "no bearer").await;
    }
    let twice = app.post(SERVICE, body.clone()).bearer_auth(token()).header("Authorization", "Bearer x");
    assert_kept_out(twice.send().await.unwrap(), "two headers").await;
    let in_query = app.post(&format!("{SERVICE}?access_token={}", token()), body.clone());
    assert_kept_out(in_query.send().await.unwrap(), "in the query").await;
    let lower = app.post(SERVICE, body).header("Authorization", format!("bearer {}", token()));
    assert_eq!(lower.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_token_is_good_once() {
    let key = Key::p384("k");
    let app = app(with_keys(&[&key])).await;
    let claims = claims(&app.url(SERVICE));
    let token = key.token(&key.header("ES384"), &claims);
    assert_let_in(&app, &token, "the first time").await;
    assert_kept_out(call(&app, &token).await, "the second time").await;
    // Signed anew it is still the same token.
    assert_kept_out(call(&app, &key.token(&key.header("ES384"), &claims)).await, "signed anew").await;
    // The operator sees how many and why.
    let metrics = app.get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("spinemet_denied_requests_total{reason=\"replayed\"} 2"), "{metrics}");
}

#[tokio::test]
async fn of_twenty_calls_at_once_with_one_token_one_is_answered() {
    let key = Key::p384("k");
    let app = app(with_keys(&[&key])).await;
    let token = key.token(&key.header("ES384"), &claims(&app.url(SERVICE)));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        calls.spawn(app.post(SERVICE, request(&breast()).to_string()).bearer_auth(&token).send());
    }
    let statuses: Vec<u16> =
        calls.join_all().await.into_iter().map(|response| response.unwrap().status().as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 19, "{statuses:?}");
}

#[tokio::test]
async fn two_keys_of_one_name_are_told_apart_or_none_is_taken() {
    let (one, other, third) = (Key::p384("same"), Key::p384("same"), Key::p256("same"));
    let ambiguous = app(with_keys(&[&one, &other, &third])).await;
    for key in [&one, &other] {
        let token = key.token(&key.header("ES384"), &claims(&ambiguous.url(SERVICE)));
        assert_kept_out(call(&ambiguous, &token).await, "either could be meant").await;
    }
    let token = third.token(&third.header("ES256"), &claims(&ambiguous.url(SERVICE)));
    assert_let_in(&ambiguous, &token, "only one is for this algorithm").await;
}

#[tokio::test]
async fn what_is_agreed_beside_the_url_counts() {
    let key = Key::p384("k");
    let app = app(issuer(&format!(
        "key_set = '{}'\naudiences = [\"urn:spinemet\"]\ntenant_claim = \"ward-7\"\ntoken_lifetime_limit_seconds = 60",
        key_set(&[&key])
    )))
    .await;
    let token = |change: &[(&str, Value)]| {
        let mut claims = claims("urn:spinemet");
        claims["tenant"] = json!("ward-7");
        claims["exp"] = json!(now() + 50);
        for (member, value) in change {
            claims[*member] = value.clone();
        }
        key.token(&key.header("ES384"), &claims)
    };
    assert_let_in(&app, &token(&[]), "as agreed").await;
    for (member, value) in [
        ("tenant", json!("ward-8")),
        ("tenant", json!(null)),
        ("aud", json!("urn:other")),
        ("exp", json!(now() + 300)),
    ] {
        assert_kept_out(call(&app, &token(&[(member, value)])).await, member).await;
    }
}

/// A server that publishes a key set.
async fn publisher(keys: &[&Key]) -> MockServer {
    let server = MockServer::start().await;
    let keys = ResponseTemplate::new(200).set_body_raw(key_set(keys), "application/json");
    Mock::given(method("GET")).and(path("/keys")).respond_with(keys).mount(&server).await;
    server
}

fn published_at(urls: &[String]) -> TokenIssuer {
    issuer(&format!("key_set_urls = {}\nprivate_addresses = [\"127.0.0.0/8\"]", json!(urls)))
}

async fn fetches(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

#[tokio::test]
async fn published_keys_are_fetched_once_and_again_for_a_new_one_at_most_once_a_minute() {
    let (key, new) = (Key::p384("k"), Key::p384("new"));
    let server = publisher(&[&key]).await;
    let url = format!("{}/keys", server.uri());
    let app = app(published_at(std::slice::from_ref(&url))).await;
    let token = |key: &Key, url: Option<&str>| {
        let mut header = key.header("ES384");
        if let Some(url) = url {
            header["jku"] = json!(url);
        }
        key.token(&header, &claims(&app.url(SERVICE)))
    };
    assert_eq!(fetches(&server).await, 0);
    assert_let_in(&app, &token(&key, None), "the token names no URL").await;
    assert_let_in(&app, &token(&key, Some(&url)), "the token names the URL").await;
    assert_eq!(fetches(&server).await, 1);
    for _ in 0..5 {
        assert_kept_out(call(&app, &token(&new, Some(&url))).await, "not published").await;
    }
    assert_eq!(fetches(&server).await, 1, "it was fetched within the minute");
    assert_let_in(&app, &token(&key, Some(&url)), "the others go on").await;
}

#[tokio::test]
async fn keys_are_fetched_from_nowhere_but_where_the_settings_say() {
    let (key, forger) = (Key::p384("k"), Key::p384("k"));
    let server = publisher(&[&key]).await;
    let strange = publisher(&[&forger]).await;
    let url = format!("{}/keys", server.uri());
    let app = app(published_at(std::slice::from_ref(&url))).await;
    for jku in [
        format!("{}/keys", strange.uri()),
        format!("{}/other", server.uri()),
        format!("{url}?x=1"),
        format!("{url}#x"),
        url.replace("http://", &format!("http://{}@", strange.address())),
        "file:///etc/passwd".to_owned(),
        String::new(),
    ] {
        let mut header = forger.header("ES384");
        header["jku"] = json!(jku);
        let token = forger.token(&header, &claims(&app.url(SERVICE)));
        assert_kept_out(call(&app, &token).await, &jku).await;
    }
    assert_eq!((fetches(&server).await, fetches(&strange).await), (0, 0));
}

#[tokio::test]
async fn a_publisher_that_misbehaves_lets_nobody_in() {
    let key = Key::p384("k");
    let elsewhere = publisher(&[&key]).await;
    let to = format!("{}/keys", elsewhere.uri());
    for answer in [
        ResponseTemplate::new(302).insert_header("Location", to.as_str()),
        ResponseTemplate::new(500),
        ResponseTemplate::new(200).set_body_raw(key_set(&[&key]), "text/html"),
        ResponseTemplate::new(200).set_body_raw("{\"keys\":[]}", "application/json"),
        ResponseTemplate::new(200).set_body_raw("{\"keys\":7}", "application/json"),
        ResponseTemplate::new(200).set_body_raw("<html>", "application/json"),
        ResponseTemplate::new(200)
            .set_body_raw(format!("{}{}", " ".repeat(1_000_000), key_set(&[&key])), "application/json"),
    ] {
        let server = MockServer::start().await;
        Mock::given(method("GET")).respond_with(answer).mount(&server).await;
        let app = app(published_at(&[format!("{}/keys", server.uri())])).await;
        let token = key.token(&key.header("ES384"), &claims(&app.url(SERVICE)));
        assert_kept_out(call(&app, &token).await, "no key could be had").await;
        assert_eq!(fetches(&server).await, 1);
    }
    assert_eq!(fetches(&elsewhere).await, 0, "somebody was led elsewhere");
}

#[tokio::test]
async fn keys_that_are_not_for_signatures_check_none() {
    let key = Key::p384("k");
    for (member, value) in [
        ("use", json!("enc")),
        ("key_ops", json!(["encrypt"])),
        ("alg", json!("ES256")),
        ("crv", json!("P-256")),
    ] {
        let mut public = key.public();
        public[member] = value;
        let set = json!({"keys": [public, Key::p256("other").public()]});
        let app = app(issuer(&format!("key_set = '{set}'"))).await;
        let token = key.token(&key.header("ES384"), &claims(&app.url(SERVICE)));
        assert_kept_out(call(&app, &token).await, member).await;
    }
}

#[tokio::test]
async fn a_browser_asks_before_it_shows_a_token() {
    let key = Key::p384("k");
    let app = TestApp::start_with(|settings| {
        settings.cds_clients = vec![with_keys(&[&key])];
        settings.allowed_origins = vec!["https://ehr.example".to_owned().try_into().unwrap()];
    })
    .await;
    let preflight = |origin: &'static str, path: &str| {
        app.client
            .request(Method::OPTIONS, app.url(path))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type,x-of-the-client")
            .send()
    };
    let answer = preflight("https://ehr.example", SERVICE).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["access-control-allow-origin"], "https://ehr.example");
    assert!(answer.headers()["access-control-allow-methods"].to_str().unwrap().contains("POST"));
    let allowed = answer.headers()["access-control-allow-headers"].to_str().unwrap().to_lowercase();
    for header in ["authorization", "content-type", "x-of-the-client"] {
        assert!(allowed.contains(header), "{header} in {allowed}");
    }
    let answer = preflight("https://stranger.example", SERVICE).await.unwrap();
    assert!(!answer.headers().contains_key("access-control-allow-origin"));
    // Whoever asks without being a browser learns the methods.
    let plain = app.client.request(Method::OPTIONS, app.url(SERVICE)).send().await.unwrap();
    assert_eq!(
        (plain.status().as_u16(), &plain.headers()["allow"]),
        (204, &"POST, OPTIONS".parse().unwrap())
    );
    // The page can read that it was refused.
    let refused = app.get("/cds-services").header("Origin", "https://ehr.example").send().await.unwrap();
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.headers()["access-control-allow-origin"], "https://ehr.example");
}

#[tokio::test]
async fn without_settings_any_page_may_call_the_cds_services_and_nothing_else() {
    let app = TestApp::start().await;
    let answer =
        app.get("/cds-services").header("Origin", "https://sandbox.cds-hooks.org").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["access-control-allow-origin"], "https://sandbox.cds-hooks.org");
    let stored = app
        .get("/fhir/R4/RiskAssessment/1")
        .header("Origin", "https://sandbox.cds-hooks.org")
        .send()
        .await
        .unwrap();
    assert!(!stored.headers().contains_key("access-control-allow-origin"));
}

#[test]
fn a_service_that_is_open_by_accident_does_not_start() {
    let key = Key::p384("k");
    let anywhere = "0.0.0.0".parse().unwrap();
    let here = "127.0.0.1".parse().unwrap();
    let start = |address, choose: &dyn Fn(&mut Settings)| {
        let mut settings = Settings::default();
        choose(&mut settings);
        Access::new(&settings, address)
    };
    assert!(start(here, &|_| ()).unwrap().is_development());
    assert!(matches!(start(anywhere, &|_| ()), Err(AccessError::NobodyRegistered)));
    assert!(matches!(start("10.1.2.3".parse().unwrap(), &|_| ()), Err(AccessError::NobodyRegistered)));
    let allowed = start(anywhere, &|settings| {
        settings.cds_hooks_without_token = WithoutToken::Allowed;
        settings.fhir_without_token = WithoutToken::Allowed;
    });
    assert_eq!(allowed.unwrap().needs_tokens(), (false, false));
    // As soon as somebody is registered, nobody else is let in, here neither.
    for address in [anywhere, here] {
        let access = start(address, &|settings| settings.cds_clients = vec![with_keys(&[&key])]).unwrap();
        assert_eq!((access.needs_tokens(), access.is_development()), ((true, true), false));
    }
    for (wrong, expected) in [
        ("", "exactly one of"),
        ("key_set = '{}'\nkey_set_file = \"x\"", "exactly one of"),
        ("key_set = '{\"keys\":[]}'", "no JSON Web Key Set"),
        ("key_set = '{\"keys\":[{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\"AAAA\"}]}'", "no JSON Web Key Set"),
        ("key_set_file = \"/no/such/file\"", "/no/such/file"),
        ("key_set_urls = [\"http://keys.example/keys\"]", "not encrypted"),
        ("key_set_urls = [\"https://127.0.0.1/keys\"]", "not public"),
    ] {
        let error =
            start(here, &|settings| settings.cds_clients = vec![issuer(wrong)]).unwrap_err().to_string();
        assert!(error.contains(expected), "{wrong}: {error}");
    }
    let twice = start(here, &|settings| settings.cds_clients = vec![with_keys(&[&key]), with_keys(&[&key])]);
    assert!(matches!(twice, Err(AccessError::IssuerTwice(_))));
}
