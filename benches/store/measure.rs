//! What is measured.

use std::sync::Arc;
use std::time::{Duration, Instant};

use spinemet::fhir::search::{Key, Order};
use spinemet::store::{Position, Search, Store, Stored};

use crate::client::{Service, next};
use crate::fill::{Filled, TENANT, patient};

const READS: usize = 2000;
const SEARCHES: usize = 500;
const PAGE: usize = 1000;
const DEEP_PAGE: usize = 100;
/// Pages at each place.
const PAGES: usize = 50;
const TYPE: &str = "RiskAssessment";
const WRITERS: usize = 64;
const WRITES: usize = 1280;

/// Prints the median and the time that one in a hundred exceeds.
fn row(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("| {what} | {} | {:.2} | {:.2} |", times.len(), at(50), at(99));
}

fn head() {
    println!("| what | times | median ms | 99 % ms |\n|---|---|---|---|");
}

/// Numbers that are spread over everything, the same in every run.
fn spread(count: usize, among: usize) -> impl Iterator<Item = usize> {
    (1..=count).map(move |number| number * 7_368_787 % among)
}

async fn timed(service: &Service, url: &str) -> (Duration, Vec<u8>) {
    let began = Instant::now();
    let body = service.get(url).await;
    (began.elapsed(), body)
}

/// One by its id, and the page of one patient.
pub async fn reads(service: &Service, filled: &Filled) {
    head();
    let mut times = Vec::new();
    for number in spread(READS, filled.ids) {
        times.push(timed(service, &format!("RiskAssessment/{}", filled.id(number))).await.0);
    }
    row("read by id", times);
    let mut times = Vec::new();
    for number in spread(SEARCHES, filled.patients) {
        let (time, _) = timed(service, &format!("RiskAssessment?patient={}", patient(number * 3))).await;
        times.push(time);
    }
    row("search by patient, with its total", times);
    let mut times = Vec::new();
    for number in spread(SEARCHES, filled.patients) {
        let query =
            format!("RiskAssessment?patient={}&method=sins-2010&_sort=-date&_count=1", patient(number * 3));
        times.push(timed(service, &query).await.0);
    }
    row("the latest of an instrument of a patient", times);
}

/// A search that is followed from its first page to its last.
pub async fn pages(service: &Service) {
    let search = "RiskAssessment?method=sins-2010&status=final";
    let (first, body) = timed(service, &format!("{search}&_count={PAGE}")).await;
    row(&format!("`{search}`, first page of {PAGE}, with its total"), vec![first]);
    let mut times = Vec::new();
    let mut link = next(&body);
    while let Some(url) = link {
        let (time, body) = timed(service, &url).await;
        link = next(&body);
        times.push(time);
    }
    // The last page may not be full.
    times.pop();
    let thirds = times.len() / 3;
    if thirds > 0 {
        row(&format!("its first {thirds} links to further pages"), times[..thirds].to_vec());
        row("the next as many", times[thirds..2 * thirds].to_vec());
        row("the last", times[2 * thirds..].to_vec());
    }
    let (first, _) = timed(service, &format!("RiskAssessment?_count={PAGE}")).await;
    row(&format!("`RiskAssessment`, first page of {PAGE}, with its total"), vec![first]);
    let (first, _) = timed(service, &format!("RiskAssessment?_count={PAGE}&_total=none")).await;
    row(&format!("`RiskAssessment`, first page of {PAGE}, `_total=none`"), vec![first]);
    // As a poller asks: what came after the last that it saw.
    let mut times = Vec::new();
    let latest = timed(service, "RiskAssessment?_sort=-_lastUpdated&_count=1").await.1;
    let latest: serde_json::Value = serde_json::from_slice(&latest).unwrap();
    let latest = latest["entry"][0]["resource"]["meta"]["lastUpdated"].as_str().unwrap().replace('+', "%2B");
    for _ in 0..SEARCHES {
        times.push(timed(service, &format!("RiskAssessment?_lastUpdated=ge{latest}")).await.0);
    }
    row("`_lastUpdated=ge` the latest", times);
}

/// Pages of everything, asked of the store at the start, in the middle and at the end: where a link would lead after so
/// many others.
pub async fn depth(store: &Store, filled: &Filled) {
    let snapshot = store.snapshot().await.unwrap();
    let search = Search { tenant: TENANT, resource_type: TYPE, conditions: &[], snapshot };
    for (name, by) in [("storing", Key::Updated), ("date", Key::Date), ("id", Key::Id)] {
        for is_descending in [false, true] {
            let order = Order { by, is_descending };
            for part in [1, 50, 98] {
                let mut times = Vec::new();
                for number in 0..PAGES {
                    let id = filled.id(filled.ids / 100 * part + number);
                    let stored = store.read(TENANT, TYPE, &id).await.unwrap().unwrap();
                    let after = place(&stored, by);
                    let began = Instant::now();
                    let page = store.search(&search, order, Some(&after), DEEP_PAGE).await.unwrap();
                    times.push(began.elapsed());
                    // Whatever is near either end of an order has a shorter page.
                    assert!(by == Key::Id || page.found.len() == DEEP_PAGE || part != 50);
                }
                let direction = if is_descending { "backwards" } else { "forwards" };
                row(
                    &format!(
                        "a page of {DEEP_PAGE} by {name}, {direction}, after about {part} % of what was stored"
                    ),
                    times,
                );
            }
        }
    }
}

/// The place of a resource in an order.
fn place(stored: &Stored, by: Key) -> Position {
    let sequence = stored.last_updated.as_microsecond();
    match by {
        Key::Updated => Position::Updated(sequence),
        Key::Id => Position::Id(stored.id.clone()),
        Key::Date => {
            let body: serde_json::Value = serde_json::from_slice(stored.json()).unwrap();
            let date: jiff::Timestamp = body["occurrenceDateTime"].as_str().unwrap().parse().unwrap();
            Position::Date(date.as_microsecond(), sequence)
        }
    }
}

/// An export of everything, file after file.
pub async fn export(service: &Service) {
    let began = Instant::now();
    let request = service.client.get(format!("{}/$export?_type=RiskAssessment", service.base));
    let request = request.header("Prefer", "respond-async").header("Accept", "application/fhir+json");
    let started = request.send().await.unwrap();
    assert_eq!(started.status(), 202);
    let status = started.headers()["content-location"].to_str().unwrap().to_owned();
    let manifest = loop {
        let answer = service.client.get(&status).send().await.unwrap();
        if answer.status() == 200 {
            break serde_json::from_slice::<serde_json::Value>(&answer.bytes().await.unwrap()).unwrap();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let laid_out = began.elapsed();
    let fetching = Instant::now();
    let (mut bytes, mut resources) = (0_usize, 0_usize);
    for file in manifest["output"].as_array().unwrap() {
        let request = service.client.get(file["url"].as_str().unwrap());
        let body = request.send().await.unwrap().bytes().await.unwrap();
        bytes += body.len();
        resources += memchr::memchr_iter(b'\n', &body).count();
    }
    let seconds = fetching.elapsed().as_secs_f64();
    println!(
        "\n`$export` of {resources} RiskAssessments: ready to fetch after {:.1} s, then {seconds:.0} s: \
         {:.0} resources/s, {:.0} MB/s\n",
        laid_out.as_secs_f64(),
        resources as f64 / seconds,
        bytes as f64 / seconds / 1e6
    );
}

/// New assessments: by one client after another, and by many at once.
pub async fn writers(service: &Service) {
    let record = include_str!("../../examples/breast-t12.json");
    let body = |name: String| record.replace("breast-t12", &name);
    let began = Instant::now();
    let one = WRITES / 8;
    for number in 0..one {
        service.assess(body(format!("alone-{number}"))).await;
    }
    let alone = one as f64 / began.elapsed().as_secs_f64();
    let began = Instant::now();
    let service = Arc::new((service.client.clone(), service.base.clone()));
    let mut writing = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let bodies: Vec<String> =
            (0..WRITES / WRITERS).map(|number| body(format!("many-{writer}-{number}"))).collect();
        let service = Arc::clone(&service);
        writing.spawn(async move {
            for body in bodies {
                let request = service.0.post(format!("{}/$assess?asOf=2026-11-22", service.1));
                let request = request.header("Content-Type", "application/fhir+json").body(body);
                let answer = request.send().await.unwrap();
                assert_eq!(answer.status(), 200);
                answer.bytes().await.unwrap();
            }
        });
    }
    while let Some(ended) = writing.join_next().await {
        ended.unwrap();
    }
    let together = WRITES as f64 / began.elapsed().as_secs_f64();
    println!(
        "new assessments a second: {alone:.0} by one client, {together:.0} by {WRITERS} at once ({:.1} times)",
        together / alone
    );
}
