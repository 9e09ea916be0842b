//! How long does an EHR wait for a card, beside a server that merely parses the same request?
//!
//! Starts the service and a bare actix-web server, and asks both in turn over connections that stay open, at a moderate
//! pace: so a machine that is busy is busy for both. Prints percentiles over all calls and what the service takes for each
//! time of the bare one.
//!
//! The request holds a complete record of spinal metastasis among the resources of a public patient (from `../shared`, else
//! among made-up ones), 200 in all.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench may fail loudly, and its sizes are small"
)]

mod records;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use actix_web::web::{Bytes, PayloadConfig};
use actix_web::{App, HttpResponse, HttpServer, web};
use serde_json::{Value, json};
use spinemet::assess::Assessor;
use spinemet::http::{Server, open};
use spinemet::settings::Settings;

/// How many clients call at a time.
const CLIENTS: usize = 2;
/// How often each of them sends every request.
const ROUNDS: usize = 400;
/// How long a client waits between two calls: two of them make about a hundred calls a second.
const PAUSE: Duration = Duration::from_millis(18);
/// Calls before the measurement.
const WARM_UP: usize = 20;

/// A request, and what it is called in the table.
struct Asked {
    name: &'static str,
    path: &'static str,
    body: String,
    /// What the answer must contain, so that nothing else is measured.
    answer: &'static str,
}

fn main() {
    let directory = tempfile::tempdir().expect("a directory");
    let service = service(directory.path().join("bench.db"));
    let bare = bare();
    let asked = Arc::new(asked());
    println!(
        "{:<42} {:>8} | {:>6} {:>6} {:>6} | {:>6} {:>6} {:>6} | {:>5} {:>5}",
        "request", "bytes", "p50", "p90", "p99", "p50", "p90", "p99", "p50", "p99"
    );
    println!("{:<51} | {:^20} | {:^20} | {:^11}", "", "service, ms", "bare, ms", "ratio");
    let clients = (0..CLIENTS).map(|_| {
        let asked = Arc::clone(&asked);
        spawn(move || client(service, bare, &asked))
    });
    let clients: Vec<_> = clients.collect();
    let mut times: Vec<[Vec<Duration>; 2]> = asked.iter().map(|_| Default::default()).collect();
    for measured in clients.into_iter().map(|client| client.join().expect("a client")) {
        for (all, of_client) in times.iter_mut().zip(measured) {
            for (all, of_client) in all.iter_mut().zip(of_client) {
                all.extend(of_client);
            }
        }
    }
    for (asked, [mut service, mut bare]) in asked.iter().zip(times) {
        let [service, bare] = [&mut service, &mut bare].map(|times| {
            times.sort_unstable();
            [50, 90, 99].map(|percent| times[times.len() * percent / 100].as_secs_f64() * 1_000.0)
        });
        println!(
            "{:<42} {:>8} | {:>6.2} {:>6.2} {:>6.2} | {:>6.2} {:>6.2} {:>6.2} | {:>5.2} {:>5.2}",
            asked.name,
            asked.body.len(),
            service[0],
            service[1],
            service[2],
            bare[0],
            bare[1],
            bare[2],
            service[0] / bare[0],
            service[2] / bare[2],
        );
    }
}

/// The service as an operator without settings has it, in a database of its own.
fn service(database: PathBuf) -> SocketAddr {
    let (started, port) = channel();
    spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let settings = Settings {
                listen: SocketAddr::from(([127, 0, 0, 1], 0)),
                database: database.into(),
                ..Settings::default()
            };
            let store = open(&settings.database).await.expect("the database opens");
            let assessor = Arc::new(Assessor::new(None).expect("the embedded files are sound"));
            let server = Server::build(settings, assessor, store).expect("the service starts");
            started.send(server.port()).expect("somebody waits");
            server.run_until_stopped().await.expect("the service runs");
        });
    });
    SocketAddr::from(([127, 0, 0, 1], port.recv().expect("the service starts")))
}

/// A server that parses what it is sent and says that there is nothing to say.
fn bare() -> SocketAddr {
    async fn parse(body: Bytes) -> HttpResponse {
        match serde_json::from_slice::<Value>(&body) {
            Ok(request) if request.is_object() => HttpResponse::Ok().json(json!({"cards": []})),
            _ => HttpResponse::BadRequest().finish(),
        }
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let application =
                || App::new().app_data(PayloadConfig::new(32 << 20)).default_service(web::post().to(parse));
            HttpServer::new(application).listen(listener).expect("the port is ours").run().await
        })
    });
    address
}

/// Sends every request in turn to both, and measures from the first byte out to the last byte in.
fn client(service: SocketAddr, bare: SocketAddr, asked: &[Asked]) -> Vec<[Vec<Duration>; 2]> {
    let mut connections = [service, bare].map(|address| TcpStream::connect(address).expect("it listens"));
    for connection in &connections {
        connection.set_nodelay(true).expect("a TCP connection");
    }
    let mut times: Vec<[Vec<Duration>; 2]> = asked.iter().map(|_| Default::default()).collect();
    for round in 0..WARM_UP + ROUNDS {
        for (asked, times) in asked.iter().zip(&mut times) {
            for (to, (connection, times)) in connections.iter_mut().zip(times).enumerate() {
                sleep(PAUSE);
                let begun = Instant::now();
                let answer = call(connection, asked);
                let took = begun.elapsed();
                assert!(to == 1 || answer.contains(asked.answer), "{}: {answer}", asked.name);
                if round >= WARM_UP {
                    times.push(took);
                }
            }
        }
    }
    times
}

fn call(connection: &mut TcpStream, asked: &Asked) -> String {
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        asked.path,
        asked.body.len()
    );
    connection.write_all(head.as_bytes()).expect("it reads");
    connection.write_all(asked.body.as_bytes()).expect("it reads");
    let mut answer = Vec::new();
    let mut buffer = [0_u8; 16 * 1024];
    loop {
        let count = connection.read(&mut buffer).expect("it answers");
        assert!(count > 0, "the connection was closed");
        answer.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        assert!(head.starts_with("HTTP/1.1 200"), "{text}");
        let length = head.to_ascii_lowercase();
        let length = length.split_once("content-length: ").expect("a length").1;
        let length: usize = length.lines().next().unwrap_or_default().parse().expect("a length");
        if body.len() >= length {
            return body.to_owned();
        }
    }
}

fn asked() -> Vec<Asked> {
    let prefetch = prefetch();
    let resources: usize = prefetch
        .as_object()
        .into_iter()
        .flat_map(serde_json::Map::values)
        .map(|value| value["entry"].as_array().map_or(1, Vec::len))
        .sum();
    println!("{resources} resources in the prefetch");
    let view = json!({"userId": "Practitioner/example", "patientId": "breast-t12"});
    let order = |text: &str| {
        let order = json!({
            "resourceType": "ServiceRequest", "id": "order", "status": "draft", "intent": "order",
            "code": {"text": text}, "subject": {"reference": "Patient/breast-t12"},
            "occurrenceDateTime": "2026-12-05", "bodySite": [{"text": "T12"}],
        });
        let mut context = view.clone();
        context["draftOrders"] =
            json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": order}]});
        context
    };
    let request = |hook: &str, context: &Value, prefetch: Option<&Value>| {
        let mut request = json!({
            "hook": hook, "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": context,
        });
        if let Some(prefetch) = prefetch {
            request["prefetch"] = prefetch.clone();
        }
        request.to_string()
    };
    let (fixation, appendix) = (order("spinal fixation"), order("appendectomy"));
    let sign = "/cds-services/spinemet-order-sign?asOf=2026-11-22";
    let silent = r#"{"cards":[]}"#;
    vec![
        Asked {
            name: "patient-view, a card",
            path: "/cds-services/spinemet-patient-view?asOf=2026-11-22",
            body: request("patient-view", &view, Some(&prefetch)),
            answer: "Tomita",
        },
        Asked {
            name: "order-sign, a card",
            path: sign,
            body: request("order-sign", &fixation, Some(&prefetch)),
            answer: "spinal fixation",
        },
        Asked {
            name: "order-sign, an irrelevant order",
            path: sign,
            body: request("order-sign", &appendix, Some(&prefetch)),
            answer: silent,
        },
        Asked {
            name: "order-sign, an irrelevant order alone",
            path: sign,
            body: request("order-sign", &appendix, None),
            answer: silent,
        },
    ]
}

/// The record as an EHR would send it, by type.
fn prefetch() -> Value {
    let mut resources = records::example();
    let others = public_patient().unwrap_or_else(|| {
        println!("../shared is not there: bystanders are made up");
        made_up()
    });
    let left = 200 - resources.len();
    resources.extend(others.iter().cycle().take(left).cloned());
    let of = |key: &str| {
        let of_key = resources.iter().filter(|resource| key_of(resource) == key);
        let entries: Vec<Value> = of_key.map(|resource| json!({"resource": resource})).collect();
        json!({"resourceType": "Bundle", "type": "searchset", "total": entries.len(), "entry": entries})
    };
    let patient = resources.iter().find(|resource| resource["resourceType"] == "Patient").expect("a Patient");
    json!({
        "patient": patient, "conditions": of("conditions"), "findings": of("findings"), "exams": of("exams"),
        "laboratory": of("laboratory"), "procedures": of("procedures"), "medications": of("medications"),
        "serviceRequests": of("serviceRequests"),
    })
}

/// Where an EHR would send a resource.
fn key_of(resource: &Value) -> &'static str {
    match resource["resourceType"].as_str() {
        Some("Patient") => "patient",
        Some("Condition") => "conditions",
        Some("Procedure") => "procedures",
        Some("MedicationRequest") => "medications",
        Some("Observation") if resource["category"].to_string().contains("laboratory") => "laboratory",
        Some("Observation") if resource["code"].get("coding").is_some() => "findings",
        Some("ServiceRequest") => "serviceRequests",
        _ => "exams",
    }
}

/// The resources of the public patient, as if they were the example patient's.
fn public_patient() -> Option<Vec<Value>> {
    let mut resources = records::public_patient()?;
    for resource in &mut resources {
        for member in ["subject", "patient"] {
            if resource.get(member).is_some() {
                resource[member] = json!({"reference": "Patient/breast-t12"});
            }
        }
    }
    Some(resources)
}

fn made_up() -> Vec<Value> {
    let resource = |index: usize| {
        json!({
            "resourceType": "Observation", "id": format!("lab-{index}"), "status": "final",
            "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "718-7", "display": "Hemoglobin [Mass/volume] in Blood"}]},
            "subject": {"reference": "Patient/breast-t12"}, "effectiveDateTime": "2026-11-20T08:00:00Z",
            "valueQuantity": {"value": 13.1, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL"},
        })
    };
    (0..200).map(resource).collect()
}
