//! Who may use the FHIR API, when an authorization server is registered: as far as the scopes of a token go.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod source;
mod support;
mod tokens;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use spinemet::settings::TokenIssuer;
use support::{TestApp, assert_refused, bundle, ids};
use tokens::{Key, key_set, now};

const ISSUER: &str = "https://auth.example";

fn issuer(key: &Key, lines: &str) -> TokenIssuer {
    toml::from_str(&format!("issuer = \"{ISSUER}\"\nkey_set = '{}'\n{lines}", key_set(&[key]))).unwrap()
}

/// A service with an authorization server, and what that server signs with.
struct Guarded {
    app: TestApp,
    key: Key,
}

impl Guarded {
    async fn start() -> Self {
        let key = Key::p384("auth");
        let issuer = issuer(&key, "token_endpoint = \"https://auth.example/token\"");
        let app = TestApp::start_with(|settings| settings.api_clients = vec![issuer]).await;
        Self { app, key }
    }

    fn claims(&self, scope: &str) -> Value {
        json!({
            "iss": ISSUER, "aud": self.app.url(""), "iat": now(), "exp": now() + 300,
            "client_id": "warehouse", "scope": scope,
        })
    }

    fn token(&self, scope: &str) -> String {
        self.key.token(&json!({"alg": "ES384", "kid": "auth", "typ": "at+jwt"}), &self.claims(scope))
    }

    fn patients_token(&self, scope: &str, patient: &str) -> String {
        let mut claims = self.claims(scope);
        claims["patient"] = json!(patient);
        self.key.token(&self.key.header("ES384"), &claims)
    }

    /// Stores the assessments of the sample patient and returns the id of one.
    async fn assessed(&self) -> String {
        let request = self.app.post("/fhir/R4/$assess", bundle().to_string());
        let response = request.bearer_auth(self.token("system/RiskAssessment.c")).send().await.unwrap();
        assert_eq!(response.status(), 200);
        ids(&support::json(response).await).remove(0)
    }
}

async fn status(request: RequestBuilder) -> StatusCode {
    request.send().await.unwrap().status()
}

#[tokio::test]
async fn no_route_can_be_forgotten() {
    let guarded = Guarded::start().await;
    let public = [
        "/",
        "/knowledge",
        "/livez",
        "/readyz",
        "/metrics",
        "/mapping.schema.json",
        "/openapi.json",
        "/fhir/{version}/.well-known/smart-configuration",
    ];
    let mut walked = 0;
    for pattern in routes() {
        let path = pattern.replace("{version}", "R4").replace("{type}", "RiskAssessment");
        let path = regex_lite::Regex::new(r"\{[^}]*\}").unwrap().replace_all(&path, "1").into_owned();
        let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
        for method in methods {
            let response = guarded.app.client.request(method.clone(), guarded.app.url(&path)).body("{}");
            let status = status(response.header("Content-Type", support::FHIR_JSON)).await;
            let is_read = method == Method::GET || method == Method::HEAD;
            let is_for_people = !pattern.starts_with("/fhir");
            let is_public = public.contains(&pattern.as_str()) && (is_read || is_for_people)
                || is_conformance(&pattern) && is_read;
            assert_eq!(status != 401, is_public, "{method} {pattern}: {status}");
        }
        walked += 1;
    }
    assert!(walked >= 9, "the routes were not found in routes.rs: {walked}");
    for unknown in [
        "/fhir",
        "/fhir/R4",
        "/fhir/R4/",
        "/fhir/R4/$anything",
        "/fhir/R9/RiskAssessment",
        "/admin",
        "//fhir/R4/RiskAssessment",
    ] {
        assert_eq!(status(guarded.app.get(unknown)).await, 401, "{unknown}");
    }
    // Encoding a path in another way is no way around.
    for path in [
        "/fhir/R4/%52iskAssessment/1",
        "/%66hir/R4/RiskAssessment/1",
        "/cds%2Dservices",
        "/livez/../fhir/R4/RiskAssessment/1",
    ] {
        let request = guarded.app.client.get(guarded.app.url(path));
        assert_eq!(status(request).await, 401, "{path}");
    }
}

/// What the service can do is nobody's secret.
fn is_conformance(pattern: &str) -> bool {
    let kinds = [
        "metadata",
        "CapabilityStatement",
        "CodeSystem",
        "ConceptMap",
        "ImplementationGuide",
        "NamingSystem",
        "OperationDefinition",
        "Questionnaire",
        "SearchParameter",
        "StructureDefinition",
        "SubscriptionTopic",
        "ValueSet",
    ];
    let rest = pattern.strip_prefix("/fhir/").unwrap_or_default();
    let rest = rest.strip_prefix("{version}/").unwrap_or(rest);
    kinds.contains(&rest.split('/').next().unwrap_or_default())
}

/// The patterns that stand in routes.rs. `held` begins the paths of what is stored.
fn routes() -> Vec<String> {
    let text = source::read("src/http/routes.rs");
    let pattern = regex_lite::Regex::new(r#""((?:/|\{held\})[^"]*)""#).unwrap();
    let written = pattern.captures_iter(&text).map(|found| found[1].replace("{{", "{").replace("}}", "}"));
    written
        .map(|path| path.replace("{held}", "/fhir/{version}/{type}").replace("{type:{}}", "{type}"))
        .collect()
}

#[tokio::test]
async fn a_token_opens_what_its_scopes_say() {
    let guarded = Guarded::start().await;
    let id = guarded.assessed().await;
    let read = format!("/fhir/R4/RiskAssessment/{id}");
    for (scope, may_read, may_assess) in [
        ("system/RiskAssessment.rs", true, false),
        ("system/RiskAssessment.r", true, false),
        ("system/RiskAssessment.s", false, false),
        ("system/RiskAssessment.read", true, false),
        ("system/*.rs", true, false),
        ("system/*.read", true, false),
        ("system/RiskAssessment.c", false, true),
        ("system/RiskAssessment.write", false, true),
        ("system/RiskAssessment.crs openid", true, true),
        ("system/*.*", true, true),
        ("system/Observation.rs", false, false),
        ("user/RiskAssessment.rs", false, false),
        ("patient/RiskAssessment.rs", false, false),
        ("launch openid", false, false),
        ("", false, false),
    ] {
        let token = guarded.token(scope);
        let response = guarded.app.get(&read).bearer_auth(&token).send().await.unwrap();
        if may_read {
            assert_eq!(response.status(), 200, "{scope}");
        } else {
            let outcome = assert_refused(response, 403).await;
            assert_eq!(outcome["issue"][0]["code"], "forbidden", "{scope}");
        }
        let request = guarded.app.post("/fhir/R4/$assess", bundle().to_string()).bearer_auth(&token);
        assert_eq!(status(request).await, if may_assess { 200 } else { 403 }, "{scope}");
        // What nobody has thought of needs everything.
        let request = guarded.app.post("/fhir/R4/$anything", "{}").bearer_auth(&token);
        assert_eq!(status(request).await, if scope == "system/*.*" { 404 } else { 403 }, "{scope}");
    }
}

#[tokio::test]
async fn a_token_of_a_patient_opens_that_patient_and_says_nothing_of_others() {
    let guarded = Guarded::start().await;
    let id = guarded.assessed().await;
    let read = format!("/fhir/R4/RiskAssessment/{id}");
    let of = |patient: &str| guarded.patients_token("patient/RiskAssessment.rs", patient);
    for own in ["p1", "Patient/p1"] {
        assert_eq!(status(guarded.app.get(&read).bearer_auth(of(own))).await, 200, "{own}");
    }
    // Another's is as unknown as one that is not there.
    let another = guarded.app.get(&read).bearer_auth(of("p2")).send().await.unwrap();
    let unknown = guarded.app.get("/fhir/R4/RiskAssessment/none").bearer_auth(of("p2")).send().await.unwrap();
    assert_eq!((another.status(), unknown.status()), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(another.bytes().await.unwrap(), unknown.bytes().await.unwrap());
    for (search, expected) in [
        ("?patient=p1", true),
        ("?patient=Patient/p1&_count=3", true),
        ("", false),
        ("?patient=p2", false),
        ("?patient=p1,p2", false),
        ("?patient=p1&patient=p2", false),
        ("?patient:identifier=p1", false),
        ("?subject=Patient/p2&method=x", false),
    ] {
        let search = format!("/fhir/R4/RiskAssessment{search}");
        assert_eq!(status(guarded.app.get(&search).bearer_auth(of("p1"))).await != 403, expected, "{search}");
    }
    for path in [
        "/fhir/R4/RiskAssessment/_history",
        "/fhir/R4/Provenance",
        "/fhir/R4/AuditEvent?patient=p1",
        "/fhir/R4/$export",
    ] {
        assert_eq!(status(guarded.app.get(path).bearer_auth(of("p1"))).await, 403, "{path}");
    }
    // Assessing by id: only the own one.
    let creating = guarded.patients_token("patient/RiskAssessment.c", "p1");
    for (patient, expected) in [("p1", 501), ("p2", 403)] {
        let path = format!("/fhir/R4/Patient/{patient}/$assess");
        assert_eq!(status(guarded.app.post(&path, "").bearer_auth(&creating)).await, expected, "{patient}");
    }
}

#[tokio::test]
async fn a_link_to_a_further_page_opens_for_nobody_else() {
    let guarded = Guarded::start().await;
    guarded.assessed().await;
    let next = async |query: &str, token: &str| {
        let path = format!("/fhir/R4/RiskAssessment?_count=1{query}");
        let page = support::json(guarded.app.get(&path).bearer_auth(token).send().await.unwrap()).await;
        let links = page["link"].as_array().unwrap().clone();
        let next = links.iter().find(|link| link["relation"] == "next").unwrap()["url"].clone();
        let url = next.as_str().unwrap().to_owned();
        url[url.find("/fhir/").unwrap()..].to_owned()
    };
    let of = |patient: &str| guarded.patients_token("patient/RiskAssessment.rs", patient);
    let system = guarded.token("system/RiskAssessment.rs");
    let own = next("&patient=p1", &of("p1")).await;
    let everybodys = next("", &system).await;
    for (link, token, expected) in [
        (&own, of("p1"), 200),
        (&own, of("p2"), 400),
        (&own, system.clone(), 400),
        (&everybodys, system, 200),
        (&everybodys, of("p1"), 400),
        (&everybodys, guarded.token("system/Observation.rs"), 403),
    ] {
        assert_eq!(status(guarded.app.get(link).bearer_auth(&token)).await, expected, "{link}");
    }
}

#[tokio::test]
async fn an_access_token_with_anything_wrong_is_refused() {
    let guarded = Guarded::start().await;
    let id = guarded.assessed().await;
    let read = format!("/fhir/R4/RiskAssessment/{id}");
    let header = guarded.key.header("ES384");
    let with = |member: &str, value: Value| {
        let mut claims = guarded.claims("system/*.rs");
        claims[member] = value;
        guarded.key.token(&header, &claims)
    };
    for (what, token) in [
        ("run out", with("exp", json!(now() - 60))),
        ("no exp", with("exp", json!(null))),
        ("from the future", with("iat", json!(now() + 120))),
        ("another audience", with("aud", json!("https://other.example"))),
        ("no audience", with("aud", json!(null))),
        ("another issuer", with("iss", json!("https://other.example"))),
        ("nobody's", with("client_id", json!(null))),
        (
            "another type of token",
            guarded.key.token(
                &json!({"alg": "ES384", "kid": "auth", "typ": "logout+jwt"}),
                &guarded.claims("system/*.rs"),
            ),
        ),
        ("a stranger's signature", Key::p384("auth").token(&header, &guarded.claims("system/*.rs"))),
        ("no token", "x".to_owned()),
    ] {
        let response = guarded.app.get(&read).bearer_auth(token).send().await.unwrap();
        assert_eq!(response.headers()["www-authenticate"], "Bearer", "{what}");
        assert_refused(response, 401).await;
    }
    // An access token is good as often as it is used, for the base or for a release.
    for audience in ["", "/fhir/R4"] {
        let token = with("aud", json!([guarded.app.url(audience)]));
        for _ in 0..2 {
            assert_eq!(status(guarded.app.get(&read).bearer_auth(&token)).await, 200, "{audience}");
        }
    }
    let other_release = with("aud", json!(guarded.app.url("/fhir/R5")));
    assert_eq!(status(guarded.app.get(&read).bearer_auth(other_release)).await, 401);
    // Scopes as an array, under the other usual name.
    let mut claims = guarded.claims("");
    claims.as_object_mut().unwrap().remove("scope");
    claims["scp"] = json!(["system/RiskAssessment.rs"]);
    assert_eq!(status(guarded.app.get(&read).bearer_auth(guarded.key.token(&header, &claims))).await, 200);
}

#[tokio::test]
async fn each_authorization_server_opens_the_data_of_its_tenant_alone() {
    let (one, other) = (Key::p384("auth"), Key::p384("other"));
    let first = issuer(&one, "tenant = \"east\"");
    let second = TokenIssuer {
        issuer: "https://west.example".to_owned().try_into().unwrap(),
        ..issuer(&other, "tenant = \"west\"")
    };
    let app = TestApp::start_with(|settings| settings.api_clients = vec![first, second]).await;
    let token = |key: &Key, issuer: &str| {
        let claims = json!({
            "iss": issuer, "aud": app.url(""), "iat": now(), "exp": now() + 300, "sub": "w", "scope": "system/RiskAssessment.crs",
        });
        key.token(&key.header("ES384"), &claims)
    };
    let (east, west) = (token(&one, ISSUER), token(&other, "https://west.example"));
    let response =
        app.post("/fhir/R4/$assess", bundle().to_string()).bearer_auth(&east).send().await.unwrap();
    let path = format!("/fhir/R4/RiskAssessment/{}", ids(&support::json(response).await)[0]);
    assert_eq!(status(app.get(&path).bearer_auth(&east)).await, 200);
    assert_eq!(status(app.get(&path).bearer_auth(&west)).await, 404);
    // Nor does a link to a page lead to another's.
    let first = app.get("/fhir/R4/RiskAssessment?_count=1").bearer_auth(&east).send().await.unwrap();
    let first = support::json(first).await;
    let next = first["link"][1]["url"].as_str().unwrap();
    assert_eq!(status(app.client.get(next).bearer_auth(&east)).await, 200);
    assert_eq!(status(app.client.get(next).bearer_auth(&west)).await, 400);
}

#[tokio::test]
async fn a_client_finds_out_where_tokens_are_issued() {
    let guarded = Guarded::start().await;
    let response = guarded.app.get("/fhir/R4/.well-known/smart-configuration").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let configuration = support::json(response).await;
    assert_eq!(configuration["issuer"], ISSUER);
    assert_eq!(configuration["token_endpoint"], "https://auth.example/token");
    assert!(
        configuration["scopes_supported"].as_array().unwrap().contains(&json!("system/RiskAssessment.rs"))
    );
    let development = TestApp::start().await;
    let response = development.get("/fhir/R4/.well-known/smart-configuration").send().await.unwrap();
    assert_eq!(response.status(), 404, "nobody asks for tokens there");
}
