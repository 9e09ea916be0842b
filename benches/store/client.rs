//! The service on a free port, and a client of it.

use std::sync::Arc;
use std::thread::JoinHandle;

use reqwest::Client;
use serde_json::Value;
use spinemet::assess::Assessor;
use spinemet::http::{Server, open};
use spinemet::settings::{DatabaseLocation, LogLevel, Milliseconds, Settings, StartCheck};
use tokio::sync::{Notify, oneshot};

/// The running service.
pub struct Service {
    pub client: Client,
    pub base: String,
    stop: Arc<Notify>,
    thread: JoinHandle<()>,
}

impl Service {
    pub async fn start(database: DatabaseLocation) -> Self {
        let settings = Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            database,
            database_check: StartCheck::Off,
            log_level: LogLevel::Off,
            shutdown_notice_milliseconds: Milliseconds::new(1),
            ..Settings::default()
        };
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let (started, port) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(serve(settings, started, stopped));
        });
        let base = format!("http://127.0.0.1:{}/fhir/R4", port.await.unwrap());
        Self { client: Client::new(), base, stop, thread }
    }

    pub async fn stop(self) {
        self.stop.notify_one();
        tokio::task::spawn_blocking(|| self.thread.join().unwrap()).await.unwrap();
    }

    /// Gets a URL, relative to the base or not, and takes what is there.
    pub async fn get(&self, url: &str) -> Vec<u8> {
        let url = if url.starts_with("http") { url.to_owned() } else { format!("{}/{url}", self.base) };
        let answer = self.client.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.bytes().await.unwrap().to_vec()
    }

    /// Posts a record to `$assess`.
    pub async fn assess(&self, body: String) {
        let request = self.client.post(format!("{}/$assess?asOf=2026-11-22", self.base));
        let answer = request.header("Content-Type", "application/fhir+json").body(body).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.bytes().await.unwrap();
    }
}

async fn serve(settings: Settings, started: oneshot::Sender<u16>, stop: Arc<Notify>) {
    let store = open(&settings.database).await.unwrap();
    let server = Server::build(settings, Arc::new(Assessor::new(None).unwrap()), store).unwrap();
    started.send(server.port()).unwrap();
    server.run_until(async || stop.notified().await).await.unwrap();
}

/// The link of a Bundle to its next page.
pub fn next(bundle: &[u8]) -> Option<String> {
    let bundle: Value = serde_json::from_slice(bundle).unwrap();
    let links = bundle["link"].as_array()?;
    let next = links.iter().find(|link| link["relation"] == "next")?;
    next["url"].as_str().map(str::to_owned)
}
