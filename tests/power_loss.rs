//! What was acknowledged is still there after the power failed, whenever that was: each write and each synchronisation of
//! the real service is watched, and the disk is made as it could then be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod disk;
mod support;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use disk::{Disk, Event, Loss, can_trace, read, traced};
use regex_lite::Regex;
use reqwest::Client;
use spinemet::store::{Draft, Sql, Store, backup};
use sqlx::{ConnectOptions, Connection};
use support::{FHIR_JSON, bundle};

const PROGRAM: &str = env!("CARGO_BIN_EXE_spinemet");
const WRITERS: usize = 64;
const TYPE: &str = "RiskAssessment";

/// The service as its own process, which can be killed.
struct Service {
    /// The process that watches it, or itself.
    child: Child,
    base: String,
}

impl Service {
    fn start(mut command: Command, database: &Path) -> Self {
        command.arg("serve").env("SPINEMET_DATABASE", database).env("SPINEMET_LISTEN", "127.0.0.1:0");
        // The check of the file that comes after the start would only make the trace longer.
        command.env("SPINEMET_DATABASE_CHECK", "off").env_remove("SPINEMET_TEST_POSTGRES");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (_, rest) = line.split_once("http://").unwrap();
        let address = rest.split_once(". ").unwrap().0;
        Self { child, base: format!("http://{address}") }
    }

    /// Many write at once, each for so many patients of its own, until the service answers no more. Returns the ids that
    /// they were given, whose number is told meanwhile.
    async fn written(
        &self,
        run: &str,
        writers: usize,
        patients: usize,
        count: &Arc<AtomicUsize>,
    ) -> BTreeSet<String> {
        let client = Client::new();
        let writers: Vec<_> = (0..writers)
            .map(|writer| {
                let (client, count) = (client.clone(), Arc::clone(count));
                let (url, run) = (format!("{}/fhir/R4/$assess", self.base), run.to_owned());
                tokio::spawn(async move {
                    let mut given = BTreeSet::new();
                    for number in 0..patients {
                        let body = bundle().to_string().replace("p1", &format!("{run}-{writer}-{number}"));
                        let request = client.post(&url).header("Content-Type", FHIR_JSON).body(body);
                        let Ok(answer) = request.send().await else { break };
                        // On a loaded machine a request may wait too long; then nothing was acknowledged.
                        if answer.status() != 200 {
                            assert!(matches!(answer.status().as_u16(), 408 | 503), "{}", answer.status());
                            continue;
                        }
                        let Ok(answer) = answer.text().await else { break };
                        given.extend(ids(&answer));
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                    given
                })
            })
            .collect();
        let mut given = BTreeSet::new();
        for writer in writers {
            given.extend(writer.await.unwrap());
        }
        given
    }

    /// The process id of the service itself.
    fn process(&self) -> u32 {
        let children = format!("/proc/{0}/task/{0}/children", self.child.id());
        let children = std::fs::read_to_string(children).unwrap_or_default();
        children.split_whitespace().next().map_or(self.child.id(), |child| child.parse().unwrap())
    }

    fn end(mut self, signal: &str) {
        let status = Command::new("kill").args([signal, &self.process().to_string()]).status().unwrap();
        assert!(status.success());
        self.child.wait().unwrap();
    }
}

/// The ids of the RiskAssessments in an answer.
fn ids(answer: &str) -> Vec<String> {
    let pattern = Regex::new(r#""resourceType":"RiskAssessment","id":"([0-9a-z.-]+)""#).unwrap();
    pattern.captures_iter(answer).map(|found| found[1].to_owned()).collect()
}

/// What is missing in the database of a directory of what was acknowledged. It must be sound and take new writes.
async fn missing(directory: &Path, acknowledged: &BTreeSet<String>) -> Vec<String> {
    let path = directory.join("test.db");
    let store = Store::open(&path).await.unwrap();
    let stored = Sql::new("SELECT id FROM resource_version WHERE resource_type = $1 AND body IS NOT NULL");
    let stored: Vec<(String,)> = store.fetch(stored.bind(TYPE)).await.unwrap();
    let stored: BTreeSet<String> = stored.into_iter().map(|(id,)| id).collect();
    let missing = acknowledged.difference(&stored).cloned().collect();
    if let Some(id) = acknowledged.last() {
        assert!(
            store
                .read("default", TYPE, id)
                .await
                .unwrap()
                .is_none_or(|stored| stored.json().starts_with(b"{"))
        );
    }
    store.put("default", vec![Draft::new(TYPE, "new".to_owned(), None, b"{}".to_vec())]).await.unwrap();
    store.close().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut connection = options.connect().await.unwrap();
    let verdict: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    assert_eq!(verdict, "ok");
    connection.close().await.unwrap();
    missing
}

/// Lets the power fail at a moment and looks what is missing then.
async fn missing_after(disk: &Disk, loss: Loss, acknowledged: &BTreeSet<String>) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    disk.fail(loss, directory.path());
    missing(directory.path(), acknowledged).await
}

#[tokio::test]
async fn whatever_was_answered_is_there_after_a_power_cut_at_any_moment() {
    if !can_trace() {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("test.db");
    let logs = tempfile::tempdir().unwrap();
    let mut events = Vec::new();
    let mut given = BTreeSet::new();
    // Ended in order, which empties and removes the log of the database; and killed.
    for signal in ["-TERM", "-KILL"] {
        let log = logs.path().join(signal);
        let service = Service::start(traced(PROGRAM, &log), &database);
        given.extend(service.written(&format!("one{signal}"), 1, 1, &Arc::default()).await);
        assert!(!given.is_empty());
        given.extend(service.written(&format!("many{signal}"), WRITERS, 1, &Arc::default()).await);
        service.end(signal);
        events.extend(read(&log, directory.path()));
    }
    assert!(given.len() > WRITERS, "{}", given.len());
    let synchronisations: Vec<usize> = events
        .iter()
        .enumerate()
        .filter(|(_, event)| matches!(event, Event::Synchronised(_)))
        .map(|(index, _)| index)
        .collect();
    assert!(synchronisations.len() > 20, "{}", synchronisations.len());

    // Just before a synchronisation there is the most to lose.
    let every = synchronisations.len().div_ceil(25);
    let moments: BTreeSet<usize> =
        synchronisations.into_iter().step_by(every).chain([events.len()]).collect();
    let (mut disk, mut acknowledged) = (Disk::default(), BTreeSet::new());
    for number in 0..=events.len() {
        if moments.contains(&number) {
            for loss in [Loss::Everything, Loss::Nothing, Loss::Some(number as u64)] {
                let missing = missing_after(&disk, loss, &acknowledged).await;
                assert_eq!(missing, Vec::<String>::new(), "after {number} of {} and {loss:?}", events.len());
            }
        }
        if let Some(event) = events.get(number) {
            disk.happen(event);
            if let Event::Sent(bytes) = event {
                acknowledged.extend(ids(&String::from_utf8_lossy(bytes)));
            }
        }
    }
    assert_eq!(acknowledged, given, "what was sent is what was received");

    // The disk does lose what is not synchronised: without the synchronisations of the log the very first answer is lost.
    let mut disk = Disk::default();
    let is_of_log = |event: &Event| matches!(event, Event::Synchronised(name) if name == "test.db-wal");
    for event in &events {
        if let Event::Sent(bytes) = event
            && let first @ [_, ..] = ids(&String::from_utf8_lossy(bytes)).as_slice()
        {
            let first = first.iter().cloned().collect();
            assert!(!missing_after(&disk, Loss::Everything, &first).await.is_empty());
            break;
        }
        if !is_of_log(event) {
            disk.happen(event);
        }
    }
}

#[tokio::test]
async fn whatever_was_answered_is_there_after_the_process_was_killed() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("test.db");
    let mut given = BTreeSet::new();
    for run in ["first", "second"] {
        let service = Service::start(Command::new(PROGRAM), &database);
        let count = Arc::new(AtomicUsize::new(0));
        let writing = service.written(run, WRITERS, usize::MAX, &count);
        let process = service.process().to_string();
        let killing = async {
            while count.load(Ordering::Relaxed) < WRITERS + WRITERS / 4 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            assert!(Command::new("kill").args(["-KILL", &process]).status().unwrap().success());
        };
        let (answered, ()) = tokio::join!(writing, killing);
        assert!(answered.len() >= WRITERS, "{}", answered.len());
        given.extend(answered);
        let Service { mut child, .. } = service;
        assert!(!child.wait().unwrap().success());
        assert_eq!(missing(directory.path(), &given).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_backup_that_was_said_to_be_sound_is_there_after_a_power_cut() {
    if !can_trace() {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("test.db");
    let store = Store::open(&database).await.unwrap();
    let body = |number: usize| format!("{{\"text\":\"{}\"}}", number.to_string().repeat(2000)).into_bytes();
    let drafts = (0..100).map(|number| Draft::new(TYPE, number.to_string(), None, body(number))).collect();
    let stored = store.put("default", drafts).await.unwrap();
    let copies = tempfile::tempdir().unwrap();
    let log = directory.path().join("trace");
    let mut command = traced(PROGRAM, &log);
    command.arg("backup").arg(copies.path().join("test.db")).env("SPINEMET_DATABASE", &database);
    let output = command.env_remove("SPINEMET_TEST_POSTGRES").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let mut disk = Disk::default();
    for event in read(&log, copies.path()) {
        disk.happen(&event);
    }
    for loss in [Loss::Everything, Loss::Nothing, Loss::Some(1)] {
        let known: BTreeSet<String> = stored.iter().map(|stored| stored.id.clone()).collect();
        assert_eq!(missing_after(&disk, loss, &known).await, Vec::<String>::new());
    }
    // A copy never takes the place of the one before it.
    let again = backup(&database, &copies.path().join("test.db")).await;
    assert!(again.is_err());
}
