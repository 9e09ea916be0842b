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
mod process;
mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use disk::{Disk, Event, Loss, can_trace, read, traced};
use process::{PROGRAM, Service, ids};
use spinemet::store::{Draft, Sql, Store, backup};
use sqlx::{ConnectOptions, Connection};

const WRITERS: usize = 64;
const TYPE: &str = "RiskAssessment";

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
        let mut service = Service::start(Command::new(PROGRAM), &database);
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
        assert!(!service.child.wait().unwrap().success());
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
