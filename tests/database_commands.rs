//! `spinemet backup`, `spinemet purge` and the retention of the running service: copies that can be put in the place of the
//! database, and an end for what is too old.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod databases;
mod support;

use std::num::NonZeroU32;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use databases::TestDatabase;
use serde_json::Value;
use spinemet::settings::DatabaseLocation;
use support::{TestApp, assert_refused, bundle, ids, json};

const ASSESSMENTS: &str = "/fhir/R4/RiskAssessment";

async fn start(database: DatabaseLocation) -> TestApp {
    TestApp::start_with(|settings| settings.database = database).await
}

/// The ids of what is stored of a patient in an assessment.
async fn assessed(app: &TestApp, patient: &str) -> Vec<String> {
    let answer = app.assess(bundle().to_string().replace("p1", patient)).await;
    assert_eq!(answer.status(), 200);
    ids(&json(answer).await)
}

async fn stop(app: TestApp) {
    app.begin_to_stop();
    app.stopped().await;
}

fn run(arguments: &[&str], database: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spinemet"));
    command.args(arguments).env("SPINEMET_DATABASE", database);
    // A setting that is none of the program's.
    command.env_remove("SPINEMET_TEST_POSTGRES").output().unwrap()
}

fn said(text: &[u8]) -> &str {
    std::str::from_utf8(text).unwrap()
}

#[tokio::test]
async fn a_backup_of_the_running_service_holds_what_was_answered_before_it() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str| directory.path().join(name).display().to_string();
    let app = start(Path::new(&file("live.db")).to_path_buf().into()).await;
    let before = assessed(&app, "p1").await;
    let output = run(&["backup", &file("copy.db")], &file("live.db"));
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        said(&output.stdout),
        format!("{} is a sound copy of {}.\n", file("copy.db"), file("live.db"))
    );
    let after = assessed(&app, "p2").await;

    let restored = start(Path::new(&file("copy.db")).to_path_buf().into()).await;
    for id in &before {
        let path = format!("{ASSESSMENTS}/{id}");
        let (live, copy) = (app.get(&path).send().await.unwrap(), restored.get(&path).send().await.unwrap());
        assert_eq!((live.status().as_u16(), copy.status().as_u16()), (200, 200));
        assert_eq!(live.headers()["last-modified"], copy.headers()["last-modified"]);
        let same = json(live).await;
        assert_eq!(json(copy).await, same);
    }
    assert_refused(restored.get(&format!("{ASSESSMENTS}/{}", after[0])).send().await.unwrap(), 404).await;
    assert_eq!(assessed(&restored, "p3").await.len(), before.len(), "it is a database like any other");
}

#[test]
fn a_backup_that_cannot_be_made_is_no_success() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str| directory.path().join(name).display().to_string();
    std::fs::write(file("earlier.db"), "the backup before").unwrap();
    std::fs::write(file("other.db"), "no database at all, and long enough to be looked at ".repeat(100))
        .unwrap();
    // From where, to where; the exit code, and what is said of it.
    let cases = [
        (file("none.db"), file("copy.db"), 1, "the database cannot be copied"),
        (file("other.db"), file("copy.db"), 1, "the database cannot be copied"),
        (file("none.db"), file("earlier.db"), 1, "earlier.db exists already"),
        ("postgres://localhost/spinemet".to_owned(), file("copy.db"), 1, "use pg_dump"),
    ];
    for (database, target, code, expected) in cases {
        let output = run(&["backup", &target], &database);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        assert!(said(&output.stderr).contains(expected), "{output:?}");
        assert_eq!(output.stdout, b"");
    }
    assert_eq!(std::fs::read_to_string(file("earlier.db")).unwrap(), "the backup before");
    assert!(!Path::new(&file("copy.db")).exists());
    assert!(!Path::new(&file("none.db")).exists());
}

/// What is stored so far, as if it had been stored this many days before.
async fn age(database: &TestDatabase, days: u32) {
    for (table, columns) in [
        ("resource_version", ["sequence", "answer"].as_slice()),
        ("posting", &["sequence"]),
        ("number_posting", &["sequence"]),
    ] {
        let earlier = columns.iter().map(|column| format!("{column} = {column} - {days} * 86400000000"));
        let statement = format!("UPDATE {table} SET {}", earlier.collect::<Vec<_>>().join(", "));
        database.execute(Box::leak(statement.into_boxed_str())).await;
    }
}

on_both_databases!(
    what_is_older_than_asked_is_purged_and_says_that_it_was_there,
    the_running_service_purges_what_is_older_than_its_retention,
);

/// That it was there, and nothing else.
async fn assert_gone(app: &TestApp, id: &str) {
    assert_refused(app.get(&format!("{ASSESSMENTS}/{id}")).send().await.unwrap(), 410).await;
    assert_refused(app.get(&format!("{ASSESSMENTS}/{id}/_history/1")).send().await.unwrap(), 410).await;
    let history = json(app.get(&format!("{ASSESSMENTS}/{id}/_history")).send().await.unwrap()).await;
    let entries = history["entry"].as_array().unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["request"]["method"], "DELETE");
    assert_eq!(entries[0].get("resource"), None::<&Value>);
}

async fn what_is_older_than_asked_is_purged_and_says_that_it_was_there(database: &TestDatabase) {
    let location = String::from(database.location());
    let app = start(database.location()).await;
    let old = assessed(&app, "old").await;
    stop(app).await;
    age(database, 31).await;
    let app = start(database.location()).await;
    let young = assessed(&app, "young").await;

    let output = run(&["purge", "--older-than-days", "32"], &location);
    assert_eq!(said(&output.stdout), "0 resources were purged.\n", "{output:?}");
    let output = run(&["purge", "--older-than-days", "30"], &location);
    assert!(output.status.success(), "{output:?}");
    // The RiskAssessments and their Provenance, while the service runs.
    assert_eq!(said(&output.stdout), format!("{} resources were purged.\n", old.len() + 1));

    assert_gone(&app, &old[0]).await;
    let found = json(app.get(&format!("{ASSESSMENTS}?_summary=count")).send().await.unwrap()).await;
    assert_eq!(found["total"], young.len());
    // The same facts again are assessed again, as a version after the deletion.
    assert_eq!(assessed(&app, "old").await, old);
    let again = app.get(&format!("{ASSESSMENTS}/{}", old[0])).send().await.unwrap();
    assert_eq!(again.headers()["etag"], "W/\"3\"");

    let output = run(&["purge", "--older-than-days", "0"], &location);
    assert_eq!(output.status.code(), Some(2), "that would be all there is: {output:?}");
}

async fn the_running_service_purges_what_is_older_than_its_retention(database: &TestDatabase) {
    let app = start(database.location()).await;
    let old = assessed(&app, "old").await;
    stop(app).await;
    age(database, 3).await;
    let app = TestApp::start_with(|settings| {
        settings.database = database.location();
        settings.retention_days = NonZeroU32::new(2);
    })
    .await;
    let young = assessed(&app, "young").await;
    for _ in 0..200 {
        let read = app.get(&format!("{ASSESSMENTS}/{}", old[0])).send().await.unwrap();
        if read.status() == 410 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_gone(&app, &old[0]).await;
    assert_eq!(app.get(&format!("{ASSESSMENTS}/{}", young[0])).send().await.unwrap().status(), 200);
}
