//! What the store promises, on SQLite and on PostgreSQL alike: the first writer wins, time never stands still, nothing is
//! acknowledged that is not kept, and what belongs together is stored together.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod databases;

use databases::TestDatabase;
use serde_json::json;
use spinemet::store::{Draft, Sql, Store, StoreError, Stored};

const TENANT: &str = "hospital-a";

on_both_databases!(
    what_was_put_is_read_back_also_after_a_restart,
    the_first_writer_wins_and_everybody_gets_what_it_stored,
    one_answer_may_hold_the_same_id_twice,
    times_increase_strictly_in_the_order_of_commits,
    writers_that_wait_at_the_same_time_share_a_commit,
    a_tenant_does_not_see_what_is_anothers,
    a_type_does_not_see_what_is_anothers,
    a_failed_write_is_an_error_stores_nothing_and_fails_no_other,
    statements_are_carried_out_with_the_resources_or_not_at_all,
    a_claim_is_had_by_one_alone,
    an_assessment_names_the_one_before_it,
    a_closed_store_says_so,
    a_database_of_a_newer_version_is_refused,
);

async fn what_was_put_is_read_back_also_after_a_restart(database: &TestDatabase) {
    let store = database.open().await;
    let body = format!("{{\"text\":\"{}转移\"}}", "x".repeat(10_000));
    let stored = store.put(TENANT, vec![draft("a", &body), draft("b", "two")]).await.unwrap();
    assert_eq!(ids(&stored), ["a", "b"]);
    assert_eq!(stored[0].json(), body.as_bytes());
    assert_eq!(read(&store, "a").await.as_ref(), stored.first());
    store.close().await;

    let store = database.open().await;
    assert_eq!(read(&store, "b").await.as_ref(), stored.last());
    assert_eq!(read(&store, "c").await, None);
}

async fn the_first_writer_wins_and_everybody_gets_what_it_stored(database: &TestDatabase) {
    let store = database.open().await;
    let puts: Vec<_> = (0..50)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(
                async move { store.put(TENANT, vec![draft("same", &number.to_string())]).await.unwrap() },
            )
        })
        .collect();
    let mut stored: Vec<Vec<Stored>> = Vec::new();
    for put in puts {
        stored.push(put.await.unwrap());
    }
    assert!(stored.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(read(&store, "same").await.as_ref(), stored[0].first());
}

async fn one_answer_may_hold_the_same_id_twice(database: &TestDatabase) {
    let store = database.open().await;
    let stored = store.put(TENANT, vec![draft("a", "one"), draft("a", "two")]).await.unwrap();
    assert_eq!(stored[0], stored[1]);
    assert_eq!(stored[0].json(), b"one");
}

async fn times_increase_strictly_in_the_order_of_commits(database: &TestDatabase) {
    let store = database.open().await;
    let mut latest = None;
    for round in 0..50 {
        let drafts = (0..10).map(|number| draft(&format!("{round}-{number}"), "body")).collect();
        for row in store.put(TENANT, drafts).await.unwrap() {
            assert!(Some(row.last_updated) > latest, "{round}");
            latest = Some(row.last_updated);
        }
    }
    // The clock of another machine may have been ahead.
    let ahead = jiff::Timestamp::now().as_microsecond() + 60_000_000;
    let sql = Sql::new("UPDATE commit_clock SET latest = $1").bind(ahead);
    store.write(TENANT, vec![], vec![sql]).await.unwrap();
    let stored = store.put(TENANT, vec![draft("after", "body")]).await.unwrap();
    assert_eq!(stored[0].last_updated.as_microsecond(), ahead + 1);
}

async fn writers_that_wait_at_the_same_time_share_a_commit(database: &TestDatabase) {
    const WRITERS: usize = 64;
    let store = database.open().await;
    let puts: Vec<_> = (0..WRITERS)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move { store.put(TENANT, vec![draft(&number.to_string(), "one")]).await })
        })
        .collect();
    let mut times = Vec::new();
    for put in puts {
        times.push(put.await.unwrap().unwrap()[0].last_updated.as_microsecond());
    }
    times.sort_unstable();
    // Rows of one commit follow each other by the microsecond; between two commits the disk is waited for.
    let commits = 1 + times.windows(2).filter(|pair| pair[1] > pair[0] + 1).count();
    assert!(commits <= 4, "{WRITERS} writers and {commits} commits");
}

async fn a_tenant_does_not_see_what_is_anothers(database: &TestDatabase) {
    let store = database.open().await;
    store.put(TENANT, vec![draft("a", "one")]).await.unwrap();
    assert_eq!(store.read("hospital-b", "RiskAssessment", "a").await.unwrap(), None);
    let stored = store.put("hospital-b", vec![draft("a", "other")]).await.unwrap();
    assert_eq!(stored[0].json(), b"other");
    assert_eq!(read(&store, "a").await.unwrap().json(), b"one");
}

async fn a_type_does_not_see_what_is_anothers(database: &TestDatabase) {
    let store = database.open().await;
    let provenance = Draft::new("Provenance", "a".to_owned(), None, b"provenance".to_vec());
    let stored = store.put(TENANT, vec![draft("a", "assessment"), provenance]).await.unwrap();
    assert_eq!((stored[0].json(), stored[1].json()), (&b"assessment"[..], &b"provenance"[..]));
    assert_eq!(store.read(TENANT, "Provenance", "a").await.unwrap().as_ref(), stored.last());
}

async fn a_failed_write_is_an_error_stores_nothing_and_fails_no_other(database: &TestDatabase) {
    let store = database.open().await;
    // Stands for any failure in the middle of a transaction.
    let fails = || Sql::new("INSERT INTO commit_clock (id, latest) VALUES ($1, 0)").bind(2);
    let puts: Vec<_> = (0..40)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let statements = if number % 4 == 0 { vec![fails()] } else { vec![] };
                store.write(TENANT, vec![draft(&number.to_string(), "one")], statements).await
            })
        })
        .collect();
    for (number, put) in puts.into_iter().enumerate() {
        let outcome = put.await.unwrap();
        if number % 4 == 0 {
            assert!(matches!(outcome, Err(StoreError::Write(_))), "{outcome:?}");
        } else {
            outcome.unwrap();
        }
        assert_eq!(read(&store, &number.to_string()).await.is_none(), number % 4 == 0);
    }
}

async fn statements_are_carried_out_with_the_resources_or_not_at_all(database: &TestDatabase) {
    let store = database.open().await;
    let insert =
        |name: &str| Sql::new("INSERT INTO secret (name, value) VALUES ($1, $2)").bind(name).bind(vec![1]);
    let committed =
        store.write(TENANT, vec![draft("a", "one")], vec![insert("x"), insert("y")]).await.unwrap();
    assert_eq!(committed.rows, [1, 1]);
    let outcome = store.write(TENANT, vec![draft("b", "two")], vec![insert("z"), insert("x")]).await;
    assert!(matches!(outcome, Err(StoreError::Write(_))), "{outcome:?}");
    assert_eq!(read(&store, "b").await, None);
    let names: Vec<(String,)> = store.fetch(Sql::new("SELECT name FROM secret ORDER BY name")).await.unwrap();
    assert_eq!(names, [("x".to_owned(),), ("y".to_owned(),)]);
}

async fn a_claim_is_had_by_one_alone(database: &TestDatabase) {
    let replicas = [database.open().await, database.open().await];
    let insert = Sql::new("INSERT INTO secret (name, value) VALUES ('job', $1)").bind(vec![0]);
    replicas[0].write(TENANT, vec![], vec![insert]).await.unwrap();
    let claims: Vec<_> = (0..20)
        .map(|number| {
            let store = replicas[number % 2].clone();
            let claim = Sql::new("UPDATE secret SET value = $1 WHERE name = 'job' AND value = $2")
                .bind(vec![1])
                .bind(vec![0]);
            tokio::spawn(async move { store.write(TENANT, vec![], vec![claim]).await.unwrap().rows[0] })
        })
        .collect();
    let mut had = 0;
    for claim in claims {
        had += claim.await.unwrap();
    }
    assert_eq!(had, 1);
}

async fn an_assessment_names_the_one_before_it(database: &TestDatabase) {
    let store = database.open().await;
    let put = async |id: &str, patient: &str, series: &str, date: &str| {
        let body = json!({"occurrenceDateTime": date}).to_string();
        let subject = Some(format!("Patient/{patient}"));
        let draft = Draft::new("RiskAssessment", id.to_owned(), subject, body.into_bytes());
        store.put(TENANT, vec![draft.in_series(series.to_owned())]).await.unwrap().remove(0).predecessor
    };
    // id, patient, series, date; the id of the one before.
    let cases = [
        ("first", "1", "tomita", "2026-05-03T10:00:00Z", None),
        ("other patient", "2", "tomita", "2026-05-03T10:00:00Z", None),
        ("other instrument", "1", "sins t12", "2026-05-03T10:00:00Z", None),
        ("second", "1", "tomita", "2026-05-04T10:00:00Z", Some("first")),
        ("same second", "1", "tomita", "2026-05-04T10:00:00Z", Some("second")),
        ("looked at as of earlier", "1", "tomita", "2026-05-03T12:00:00Z", Some("first")),
        ("before all", "1", "tomita", "2025-05-03T12:00:00Z", None),
        ("last", "1", "tomita", "2026-06-01T10:00:00Z", Some("same second")),
        // Stored already: it says what it said.
        ("second", "1", "tomita", "2026-05-04T10:00:00Z", Some("first")),
    ];
    for (id, patient, series, date, expected) in cases {
        assert_eq!(put(id, patient, series, date).await.as_deref(), expected, "{id}");
    }
    // Also within one transaction.
    let dated = |id: &str| {
        let body = json!({"occurrenceDateTime": "2026-07-01T10:00:00Z"}).to_string();
        Draft::new("RiskAssessment", id.to_owned(), Some("Patient/1".to_owned()), body.into_bytes())
            .in_series("tomita".to_owned())
    };
    let stored = store.put(TENANT, vec![dated("x"), dated("y")]).await.unwrap();
    let before: Vec<_> = stored.iter().map(|stored| stored.predecessor.as_deref()).collect();
    assert_eq!(before, [Some("last"), Some("x")]);
}

async fn a_closed_store_says_so(database: &TestDatabase) {
    let store = database.open().await;
    store.close().await;
    assert!(matches!(store.put(TENANT, vec![draft("a", "one")]).await, Err(StoreError::Stopped)));
    assert!(store.check().await.is_err());
}

async fn a_database_of_a_newer_version_is_refused(database: &TestDatabase) {
    database.open().await.close().await;
    database
        .execute(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (9999, 'from the future', true, '\\x00', 0)",
        )
        .await;
    let opened = match database {
        TestDatabase::Sqlite { path, .. } => Store::open(path).await,
        TestDatabase::Postgres { url } => Store::connect(url).await,
    };
    assert!(matches!(opened, Err(StoreError::Migrate(_))));
}

/// What only a file can be.
mod file {
    use super::{TENANT, draft};
    use spinemet::store::{Store, StoreError};

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
        let store = Store::open(&path).await.unwrap();
        let drafts = (0..5000).map(|number| draft(&number.to_string(), "body")).collect();
        store.put(TENANT, drafts).await.unwrap();
        store.close().await;
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 20_000].fill(0xff);
        std::fs::write(&path, bytes).unwrap();
        let store = Store::open(&path).await.unwrap();
        store.look_for_damage().await;
        assert!(matches!(store.put(TENANT, vec![draft("new", "one")]).await, Err(StoreError::Stopped)));
        assert!(store.check().await.is_err());
    }
}

async fn read(store: &Store, id: &str) -> Option<Stored> {
    store.read(TENANT, "RiskAssessment", id).await.unwrap()
}

fn draft(id: &str, body: &str) -> Draft {
    Draft::new("RiskAssessment", id.to_owned(), Some("Patient/1".to_owned()), body.as_bytes().to_vec())
}

fn ids(stored: &[Stored]) -> Vec<&str> {
    stored.iter().map(|row| row.id.as_str()).collect()
}
