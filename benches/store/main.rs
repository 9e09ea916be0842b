//! What does the store cost when it is full?
//!
//! Fills a database with RiskAssessments, a million unless the command line says another number, and asks the service over
//! HTTP, as its clients do: for one by its id, for a patient's, for pages at the start, in the middle and at the end, for
//! an export, and for new assessments by one client and by 64 at once. First on SQLite, then on the PostgreSQL server that
//! `script/with-postgres --durable` starts, if there is one. `sqlite` or `postgresql` on the command line leaves the other
//! out.
//!
//! `script/with-postgres --durable cargo bench --bench store -- 1000000`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a bench may fail loudly, and its numbers are small"
)]

mod client;
mod fill;
mod measure;

use std::time::Instant;

use client::Service;
use spinemet::settings::DatabaseLocation;
use spinemet::store::Store;

const USUAL_ASSESSMENTS: usize = 1_000_000;
const SERVER: &str = "SPINEMET_TEST_POSTGRES";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(USUAL_ASSESSMENTS);
    let is_asked = |name: &str, other: &str| {
        arguments.iter().any(|argument| argument == name)
            || !arguments.iter().any(|argument| argument == other)
    };
    if is_asked("sqlite", "postgresql") {
        // Both need not lie on the disk at once.
        let directory = tempfile::tempdir().unwrap();
        on("SQLite", DatabaseLocation::from(directory.path().join("bench.db")), count).await;
    }
    if is_asked("postgresql", "sqlite") {
        match std::env::var(SERVER) {
            Ok(url) => on("PostgreSQL", url.try_into().unwrap(), count).await,
            Err(_) => println!("\nno PostgreSQL: {SERVER} names none"),
        }
    }
}

async fn opened(location: &DatabaseLocation) -> Store {
    match location {
        DatabaseLocation::File(path) => Store::open(path).await.unwrap(),
        DatabaseLocation::Server(url) => Store::connect(url).await.unwrap(),
    }
}

async fn on(name: &str, location: DatabaseLocation, count: usize) {
    let store = opened(&location).await;
    let began = Instant::now();
    let filled = fill::fill(&store, count).await;
    let seconds = began.elapsed().as_secs_f64();
    store.close().await;
    println!(
        "\n{name}: {} RiskAssessments of {} patients, {} resources in all, stored in {seconds:.0} s\n",
        filled.ids, filled.patients, filled.resources
    );
    let service = Service::start(location.clone()).await;
    measure::reads(&service, &filled).await;
    measure::pages(&service).await;
    let store = opened(&location).await;
    measure::depth(&store, &filled).await;
    store.close().await;
    measure::export(&service).await;
    measure::writers(&service).await;
    service.stop().await;
}
