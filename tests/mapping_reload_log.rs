//! What the log says when the site's mapping files are read anew.
//!
//! One test, as a process has one log, and a signal goes to the whole process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use std::io::{self, Write};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use spinemet::settings::{LogFormat, LogLevel};
use support::TestApp;
use tracing_subscriber::util::SubscriberInitExt;

/// What was logged, line by line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn writer(&self) -> impl Fn() -> Self + Send + Sync + use<> {
        let log = self.clone();
        move || log.clone()
    }

    /// The line with this message.
    fn line(&self, message: &str) -> Option<Value> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        text.lines().find(|line| line.contains(message)).map(|line| serde_json::from_str(line).unwrap())
    }
}

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sends SIGHUP to this process, which is the service's, and waits for a line.
async fn reload(log: &Log, message: &str) -> Value {
    let process = std::process::id().to_string();
    assert!(Command::new("kill").args(["-HUP", &process]).status().unwrap().success());
    for _ in 0..200 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if let Some(line) = log.line(message) {
            return line;
        }
    }
    panic!("no line says \"{message}\"");
}

#[tokio::test]
async fn the_log_says_what_became_of_the_files() {
    let log = Log::default();
    let subscriber = spinemet::telemetry::subscriber(LogFormat::Json, LogLevel::Info, false, log.writer());
    subscriber.try_init().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("site.toml");
    let app =
        TestApp::start_with(|settings| settings.mappings_directory = Some(directory.path().to_owned())).await;
    // Once it answers, it listens to signals.
    assert_eq!(app.get("/readyz").send().await.unwrap().status(), 200);

    std::fs::write(&path, "topic = \"site\"\n").unwrap();
    let replaced = reload(&log, "read the mapping files anew").await;
    assert_eq!(
        (&replaced["level"], &replaced["outcome"]),
        (&"INFO".into(), &"replaced".into()),
        "{replaced}"
    );

    std::fs::write(&path, "topic = \"site\"\n[[rule]]\nid = \"a\"\ninput = \"x\"\n").unwrap();
    let refused = reload(&log, "the mapping before stays in use").await;
    assert_eq!(refused["level"], "ERROR", "{refused}");
    let reason = refused["reason"].as_str().unwrap();
    assert!(reason.starts_with(&format!("{}:2: no input is called \"x\"", path.display())), "{reason}");
}
