//! What the store promises: the first writer wins, time never stands still, and nothing is acknowledged that is not kept.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::path::Path;

use spinemet::assess::Rendered;
use spinemet::store::{Store, StoreError, Stored};

const TENANT: &str = "hospital-a";

#[tokio::test]
async fn what_was_put_is_read_back_also_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("test.db");
    let store = open(&path).await;
    let stored = store.put(TENANT, vec![rendered("a", "one"), rendered("b", "two")]).await.unwrap();
    assert_eq!(stored.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(store.get(TENANT, "a").await.unwrap().as_ref(), stored.first());
    store.close().await;

    let store = open(&path).await;
    assert_eq!(store.get(TENANT, "b").await.unwrap().as_ref(), stored.last());
}

#[tokio::test]
async fn the_first_writer_wins_and_everybody_gets_what_it_stored() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("test.db")).await;
    let puts: Vec<_> = (0..50)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                store.put(TENANT, vec![rendered("same", &number.to_string())]).await.unwrap()
            })
        })
        .collect();
    let mut stored: Vec<Vec<Stored>> = Vec::new();
    for put in puts {
        stored.push(put.await.unwrap());
    }
    assert!(stored.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn one_answer_may_hold_the_same_id_twice() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("test.db")).await;
    let stored = store.put(TENANT, vec![rendered("a", "one"), rendered("a", "two")]).await.unwrap();
    assert_eq!(stored[0], stored[1]);
    assert_eq!(stored[0].body, b"one");
}

#[tokio::test]
async fn times_increase_strictly_in_the_order_of_commits() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("test.db")).await;
    let mut latest = None;
    for round in 0..50 {
        let resources = (0..10).map(|number| rendered(&format!("{round}-{number}"), "body")).collect();
        for row in store.put(TENANT, resources).await.unwrap() {
            assert!(Some(row.last_updated) > latest, "{round}");
            latest = Some(row.last_updated);
        }
    }
}

#[tokio::test]
async fn a_tenant_does_not_see_what_is_anothers() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("test.db")).await;
    store.put(TENANT, vec![rendered("a", "one")]).await.unwrap();
    assert_eq!(store.get("hospital-b", "a").await.unwrap(), None);
    let stored = store.put("hospital-b", vec![rendered("a", "other")]).await.unwrap();
    assert_eq!(stored[0].body, b"other");
}

#[tokio::test]
async fn a_failed_write_is_an_error_and_stores_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("test.db");
    let store = open(&path).await;
    // Stands for any failure in the middle of a transaction.
    execute(
        &path,
        "CREATE TRIGGER fails BEFORE INSERT ON risk_assessment WHEN NEW.id = 'bad' \
         BEGIN SELECT RAISE(ABORT, 'no'); END",
    )
    .await;
    let outcome = store.put(TENANT, vec![rendered("good", "one"), rendered("bad", "two")]).await;
    assert!(matches!(outcome, Err(StoreError::Write(_))), "{outcome:?}");
    assert_eq!(store.get(TENANT, "good").await.unwrap(), None);
    store.put(TENANT, vec![rendered("good", "one")]).await.unwrap();
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("test.db")).await;
    store.close().await;
    assert!(matches!(store.put(TENANT, vec![rendered("a", "one")]).await, Err(StoreError::Stopped)));
    assert!(store.check().await.is_err());
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("test.db");
    std::fs::write(&path, "This is not a database, and long enough to be looked at as one. ".repeat(100))
        .unwrap();
    assert!(Store::open(&path).await.is_err());
}

#[tokio::test]
async fn a_damaged_database_takes_no_more_writes() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("test.db");
    let store = open(&path).await;
    let resources = (0..500).map(|number| rendered(&number.to_string(), &"x".repeat(1000))).collect();
    store.put(TENANT, resources).await.unwrap();
    store.close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0xff);
    std::fs::write(&path, bytes).unwrap();
    let store = open(&path).await;
    store.look_for_damage().await;
    assert!(matches!(store.put(TENANT, vec![rendered("new", "one")]).await, Err(StoreError::Stopped)));
    assert!(store.check().await.is_err());
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("test.db");
    open(&path).await.close().await;
    execute(
        &path,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from the future', 1, x'00', 0)",
    )
    .await;
    assert!(matches!(Store::open(&path).await, Err(StoreError::Migrate(_))));
}

async fn open(path: &Path) -> Store {
    Store::open(path).await.unwrap()
}

fn rendered(id: &str, body: &str) -> Rendered {
    Rendered { id: id.to_owned(), subject: "Patient/1".to_owned(), body: body.as_bytes().to_vec() }
}

async fn execute(path: &Path, sql: &'static str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query(sql).execute(&pool).await.unwrap();
    pool.close().await;
}
