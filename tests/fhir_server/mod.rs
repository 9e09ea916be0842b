//! Hospital FHIR servers for tests: one that serves the sample patient, and many that misbehave.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::prefetch::{breast, patient, searchset};

/// A key that would be seen at once where it does not belong.
pub const TOKEN: &str = "canary-access-token-4711";

/// A server with the sample patient.
pub struct FhirServer {
    server: MockServer,
    shared: Arc<Shared>,
}

struct Shared {
    base: Mutex<String>,
    page_size: Mutex<usize>,
    requests: Mutex<Vec<String>>,
    tokens: Mutex<Vec<Option<String>>>,
    /// What becomes of requests for Observations; a queue, of which the last stays.
    misbehaviours: Mutex<Vec<Misbehaviour>>,
}

impl FhirServer {
    pub async fn of_sample() -> Self {
        Self::misbehaving(&[Misbehaviour::None]).await
    }

    /// One that misbehaves when it is asked for Observations: the first time in the first way, and so on.
    pub async fn misbehaving(misbehaviours: &[Misbehaviour]) -> Self {
        let server = MockServer::start().await;
        let shared = Arc::new(Shared {
            base: Mutex::new(format!("{}/fhir", server.uri())),
            page_size: Mutex::new(1000),
            requests: Mutex::default(),
            tokens: Mutex::default(),
            misbehaviours: Mutex::new(misbehaviours.to_vec()),
        });
        Mock::given(any()).respond_with(Sample(Arc::clone(&shared))).mount(&server).await;
        Self { server, shared }
    }

    /// The base URL.
    pub fn url(&self) -> String {
        format!("{}/fhir", self.server.uri())
    }

    /// What was asked for, in any order.
    pub fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// The `Authorization` of each request.
    pub fn tokens(&self) -> Vec<Option<String>> {
        self.shared.tokens.lock().unwrap().clone()
    }

    pub fn forget(&self) {
        self.shared.requests.lock().unwrap().clear();
        self.shared.tokens.lock().unwrap().clear();
    }

    pub fn page_by(&self, size: usize) {
        *self.shared.page_size.lock().unwrap() = size;
    }

    pub fn behave(&self) {
        *self.shared.misbehaviours.lock().unwrap() = vec![Misbehaviour::None];
    }

    /// The first page of a key as the EHR would send it along.
    pub fn first_page(&self, key: &str, size: usize) -> Value {
        let path = match key {
            "exams" => "Observation?patient=breast-t12&category=exam",
            "findings" => "Observation?patient=breast-t12&code=x",
            _ => "Condition?patient=breast-t12",
        };
        let url = Url::parse(&format!("{}/{path}", self.url())).unwrap();
        Shared::page(&url, size)
    }
}

/// Answers with the sample patient.
struct Sample(Arc<Shared>);

impl Respond for Sample {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let shared = &self.0;
        shared.requests.lock().unwrap().push(request.url.to_string());
        let token = request.headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
        shared.tokens.lock().unwrap().push(token);
        let is_observation = request.url.path().ends_with("/Observation");
        let misbehaviour = if is_observation { shared.next_misbehaviour() } else { Misbehaviour::None };
        let url = shared.absolute(&request.url);
        let size = *shared.page_size.lock().unwrap();
        misbehaviour.answer(shared, &url, || Shared::page(&url, size))
    }
}

impl Shared {
    fn next_misbehaviour(&self) -> Misbehaviour {
        let mut left = self.misbehaviours.lock().unwrap();
        if left.len() > 1 { left.remove(0) } else { left[0].clone() }
    }

    /// The URL of a request as the client wrote it.
    fn absolute(&self, url: &Url) -> Url {
        let base = self.base.lock().unwrap().clone();
        let path = url.path().trim_start_matches("/fhir");
        Url::parse(&format!("{base}{path}?{}", url.query().unwrap_or_default())).unwrap()
    }

    fn page(url: &Url, size: usize) -> Value {
        let parameter =
            |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let kind = url.path().rsplit('/').next().unwrap();
        if kind == "breast-t12" {
            return patient();
        }
        let of_sample = |key: &str| {
            let entries = breast()[key]["entry"].clone();
            entries.as_array().unwrap().iter().map(|entry| entry["resource"].clone()).collect::<Vec<Value>>()
        };
        let resources = match kind {
            "Condition" => of_sample("conditions"),
            "Observation" if parameter("code").is_some() => of_sample("findings"),
            "Observation" if parameter("category").as_deref() == Some("laboratory") => Vec::new(),
            "Observation" if parameter("category").is_some() => of_sample("exams"),
            "Observation" => [of_sample("findings"), of_sample("exams")].concat(),
            _ => Vec::new(),
        };
        let begin: usize = parameter("begin").map_or(0, |begin| begin.parse().unwrap());
        let end = (begin + size).min(resources.len());
        let mut page = searchset(&resources[begin..end]);
        page["total"] = json!(resources.len());
        if end < resources.len() {
            let mut next = url.clone();
            let kept: Vec<(String, String)> = url
                .query_pairs()
                .filter(|(key, _)| key != "begin")
                .map(|(key, value)| (key.into_owned(), value.into_owned()))
                .collect();
            next.query_pairs_mut().clear().extend_pairs(kept).append_pair("begin", &end.to_string());
            page["link"] = json!([{"relation": "self", "url": url.as_str()}, {"relation": "next", "url": next.as_str()}]);
        }
        page
    }
}

/// What a server does wrong when it is asked for Observations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misbehaviour {
    None,
    Hangs,
    Status(u16),
    /// A status with a `Retry-After` of so many seconds.
    Later(u16, u64),
    Redirects(String),
    Html,
    WrongMediaType,
    NoJson,
    NoResource,
    OtherResource,
    Outcome,
    DuplicateKey,
    TooDeep,
    Huge,
    NextPageOf(String),
    NextPageIsThisOne,
    PagesWithoutEnd,
    OtherPatient,
}

impl Misbehaviour {
    fn answer(&self, shared: &Shared, url: &Url, page: impl Fn() -> Value) -> ResponseTemplate {
        let fhir = |body: String| ResponseTemplate::new(200).set_body_raw(body, "application/fhir+json");
        let with_next = |next: &str| {
            let mut page = page();
            page["link"] = json!([{"relation": "next", "url": next}]);
            fhir(page.to_string())
        };
        match self {
            Self::None if url.path().ends_with("/Patient/somebody-else") => ResponseTemplate::new(404),
            Self::None => fhir(page().to_string()),
            Self::Hangs => fhir(page().to_string()).set_delay(Duration::from_secs(20)),
            Self::Status(status) => ResponseTemplate::new(*status).set_body_raw(
                json!({"resourceType": "OperationOutcome"}).to_string(),
                "application/fhir+json",
            ),
            Self::Later(status, seconds) => {
                ResponseTemplate::new(*status).insert_header("Retry-After", seconds.to_string().as_str())
            }
            Self::Redirects(to) => ResponseTemplate::new(302).insert_header("Location", to.as_str()),
            Self::Html => {
                ResponseTemplate::new(200).set_body_raw("<html>Sign in, error 503</html>", "text/html")
            }
            Self::WrongMediaType => ResponseTemplate::new(200).set_body_raw(page().to_string(), "text/plain"),
            Self::NoJson => fhir("{\"resourceType\":\"Bundle\",".to_owned()),
            Self::NoResource => fhir("[]".to_owned()),
            Self::OtherResource => fhir(patient().to_string()),
            Self::Outcome => fhir(json!({"resourceType": "OperationOutcome", "issue": []}).to_string()),
            Self::DuplicateKey => fhir(page().to_string().replacen('{', "{\"resourceType\":\"Bundle\",", 1)),
            Self::TooDeep => fhir(format!(
                "{{\"resourceType\":\"Bundle\",\"entry\":{}{}}}",
                "[".repeat(100_000),
                "]".repeat(100_000)
            )),
            Self::Huge => {
                let mut page = page();
                page["padding"] = json!("x".repeat(200_000));
                fhir(page.to_string())
            }
            Self::NextPageOf(to) => with_next(&format!("{to}/fhir/Observation?page=2")),
            Self::NextPageIsThisOne => with_next(url.as_str()),
            Self::PagesWithoutEnd => {
                with_next(&format!("{url}&begin=0&round={}", shared.requests.lock().unwrap().len()))
            }
            Self::OtherPatient => {
                let text = page().to_string().replace("Patient/breast-t12", "Patient/somebody-else");
                fhir(text)
            }
        }
    }
}

/// How a server breaks the connection itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rude {
    /// Takes the connection and says nothing.
    Silent,
    /// Sends a byte now and then.
    Drips,
    /// Ends the connection at once.
    Closes,
    /// Ends it in the middle of the body.
    BreaksOff,
    /// Is not HTTP.
    Babbles,
}

/// A server below HTTP. Returns its base URL.
pub async fn rude(manner: Rude) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(be_rude(stream, manner));
        }
    });
    format!("http://{address}/fhir")
}

async fn be_rude(mut stream: TcpStream, manner: Rude) {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: 5000\r\n\r\n{\"resourceType\":";
    let mut ignored = [0; 4096];
    if manner != Rude::Closes {
        let _ = stream.read(&mut ignored).await;
    }
    match manner {
        Rude::Silent => tokio::time::sleep(Duration::from_secs(20)).await,
        Rude::Drips => {
            for byte in head.bytes().chain(std::iter::repeat(b' ')) {
                if stream.write_all(&[byte]).await.is_err() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        Rude::Closes => {}
        Rude::BreaksOff => drop(stream.write_all(head.as_bytes()).await),
        Rude::Babbles => drop(stream.write_all(b"\x16\x03\x01 hello\r\n\r\n").await),
    }
}
